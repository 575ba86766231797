"""Which days an office works: our own dated table, with only Easter taken from a library.

The package ``holidays`` has Ukraine's martial law built in without an end and gives no day off
from 2023 on, so the table ``catalogues/calendar.toml`` says what holds, and since when.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from opika.errors import BadValueError
from rules.calendar_table import Holiday, read_table

_WEEKDAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "нд")
_SATURDAY = 5
_DAY = timedelta(days=1)
_BY_HAND = "визначено вручну"


def day_label(day: date) -> str:
    """``пн 09.03``: how a day is named in the arithmetic of a term."""
    return f"{_WEEKDAYS[day.weekday()]} {day:%d.%m}"


def full_label(day: date) -> str:
    """``пн 09.03.2026``: the same with its year, for the day on which a term ends."""
    return f"{_WEEKDAYS[day.weekday()]} {day:%d.%m}.{day.year:04}"


@dataclass(frozen=True)
class Calendar:
    """The working days of an office.

    Law: КЗпП, ст. 67, 73: a holiday on a weekend moves to the next working day; Law 2136-IX,
    ст. 6: under martial law holidays are working days and nothing moves.

    Attributes:
        martial_law: first and last day of each martial law; None where it has not ended.
        holidays: the yearly holidays that hold without martial law.
        days_off: days named by hand as off, with the reason; they hold under martial law too.
        working_days: days named by hand as working, with the reason; they win over all else.
    """

    martial_law: tuple[tuple[date, date | None], ...]
    holidays: tuple[Holiday, ...]
    days_off: Mapping[date, str]
    working_days: Mapping[date, str]
    _years: dict[int, dict[date, str]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def with_overrides(
        self,
        *,
        martial_law: bool | None = None,
        days_off: Collection[date] | None = None,
        working_days: Collection[date] | None = None,
    ) -> Calendar:
        """This calendar with what is given in place of its own; None keeps what is there.

        Args:
            martial_law: whether martial law holds, on every day there is.
            days_off: the only days that are off by hand.
            working_days: the only days that are working by hand.

        Raises:
            BadValueError: a day is both off and working.
        """
        changes: dict[str, Any] = {}
        if martial_law is not None:
            changes["martial_law"] = ((date.min, None),) if martial_law else ()
        if days_off is not None:
            changes["days_off"] = dict.fromkeys(days_off, _BY_HAND)
        if working_days is not None:
            changes["working_days"] = dict.fromkeys(working_days, _BY_HAND)
        changed = replace(self, **changes)
        if both := sorted(set(changed.days_off) & set(changed.working_days)):
            raise BadValueError(f"{full_label(both[0])} названо і вихідним, і робочим днем")
        return changed

    def is_working(self, day: date) -> bool:
        """Whether the office works on ``day``."""
        return self.why_off(day) is None

    def why_off(self, day: date) -> str | None:
        """Why ``day`` is no working day, in words for a clerk; None for a working day."""
        if day in self.working_days:
            return None
        if day in self.days_off:
            return f"вихідний: {self.days_off[day]}"
        if day.weekday() >= _SATURDAY:
            return "вихідний"
        return None if self.is_martial_law(day) else self._holidays_around(day.year).get(day)

    def why_working(self, day: date) -> str | None:
        """Why a working day that looks like a day off is none; None for an ordinary day."""
        if day in self.working_days:
            return f"робочий: {self.working_days[day]}"
        holiday = self._holidays_around(day.year).get(day)
        if holiday and self.is_martial_law(day) and self.is_working(day):
            return f"{holiday}; воєнний стан – день робочий"
        return None

    def is_martial_law(self, day: date) -> bool:
        """Whether martial law holds on ``day``."""
        return any(first <= day <= (last or date.max) for first, last in self.martial_law)

    def next_working(self, day: date) -> date:
        """The first working day after ``day``."""
        day += _DAY
        while not self.is_working(day):
            day += _DAY
        return day

    def add_working_days(self, day: date, count: int) -> tuple[date, str]:
        """The ``count``-th working day after ``day`` (day 0), and the way there in words.

        Raises:
            BadValueError: ``count`` is below 1.
        """
        if count < 1:
            raise BadValueError(f"кількість робочих днів має бути від 1, а не {count}")
        steps = []
        for number in range(1, count + 1):
            skipped = self.skipped(day)
            day = self.next_working(day)
            note = self.why_working(day)
            steps += [skipped] if skipped else []
            steps.append(f"{number}-й роб. день {day_label(day)}" + (f" ({note})" if note else ""))
        return day, "; ".join(steps)

    def skipped(self, day: date) -> str:
        """The days off between ``day`` and the next working day, in words; may be empty."""
        days = []
        while why := self.why_off(day := day + _DAY):
            days.append(f"{day_label(day)} ({why})")
        return "пропущено " + ", ".join(days) if days else ""

    def _holidays_around(self, year: int) -> dict[date, str]:
        """The holidays of the year and the days they move to, by day; computed once a year."""
        if year not in self._years:
            days = {item.on(each): item.name for each in (year - 1, year) for item in self.holidays}
            self._years[year] = days | self._moved(days)
        return self._years[year]

    def _moved(self, holidays: Mapping[date, str]) -> dict[date, str]:
        moved: dict[date, str] = {}
        for holiday in sorted(holidays):
            if holiday.weekday() < _SATURDAY or self.is_martial_law(holiday):
                continue
            day = holiday + _DAY
            while self._is_taken(day, holidays, moved):
                day += _DAY
            moved[day] = f"{holidays[holiday]}, перенесено з {day_label(holiday)}"
        return moved

    def _is_taken(self, day: date, *tables: Mapping[date, str]) -> bool:
        return day.weekday() >= _SATURDAY or any(day in table for table in (self.days_off, *tables))


def load_calendar(path: Path) -> Calendar:
    """The calendar of a table like ``catalogues/calendar.toml``.

    Raises:
        ConfigError: the file is missing or wrong; every fault with its line and what is allowed.
    """
    table = read_table(path)
    return Calendar(table.martial_law, table.holidays, table.days_off, table.working_days)
