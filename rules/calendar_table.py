"""The clerks' table of days, ``catalogues/calendar.toml``: reading it and naming its faults."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from dateutil.easter import (  # type: ignore[import-untyped]
    EASTER_ORTHODOX,
    easter,
)

from rules.catalogue_file import read_toml, refused

_WHAT = "Календар"
_ONGOING = "триває"
_SECTIONS = ("martial_law", "holidays", "days_off", "working_days")
_EASTER_KEY = re.compile(r"Великдень(?:([+-]\d{1,3}))?")
_MONTH_DAY = re.compile(r"(\d{2})-(\d{2})")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Holiday:
    """A yearly holiday: on a month and day, or so many days after Orthodox Easter."""

    name: str
    month_day: tuple[int, int] | None
    after_easter: int = 0

    def on(self, year: int) -> date:
        """The day of the holiday in ``year``."""
        if self.month_day:
            return date(year, *self.month_day)
        sunday: date = easter(year, EASTER_ORTHODOX)
        return sunday + timedelta(days=self.after_easter)


@dataclass(frozen=True, slots=True)
class DayTable:
    """What the table says; see :class:`rules.calendar.Calendar` for what each part means."""

    martial_law: tuple[tuple[date, date | None], ...]
    holidays: tuple[Holiday, ...]
    days_off: Mapping[date, str]
    working_days: Mapping[date, str]


def read_table(path: Path) -> DayTable:
    """The table of days in a file.

    Raises:
        ConfigError: the file is missing or wrong; every fault with its line and what is allowed.
    """
    text, data = read_toml(path, _WHAT)
    reader = _Reader(text, data)
    table = reader.read()
    if reader.faults:
        raise refused(path, _WHAT, reader.faults)
    return table


class _Reader:
    """The parsed file beside its text, so that each fault can name its line."""

    def __init__(self, text: str, data: Mapping[str, Any]) -> None:
        self.lines = text.splitlines()
        self.data = data
        self.faults: list[str] = []

    def read(self) -> DayTable:
        self.check_sections()
        table = DayTable(
            martial_law=self.periods("martial_law"),
            holidays=self.holidays("holidays"),
            days_off=self.days("days_off"),
            working_days=self.days("working_days"),
        )
        for day in sorted(set(table.days_off) & set(table.working_days)):
            self.fault("working_days", day.isoformat(), "цей день названо і вихідним у [days_off]")
        return table

    def fault(self, section: str, key: str | None, allowed: str) -> None:
        where = f"[{section}]" + (f" {key}" if key else "")
        self.faults.append(f"рядок {self._line(section, key)}: {where}: {allowed}")

    def section(self, name: str) -> Mapping[str, Any]:
        found = self.data.get(name, {})
        if isinstance(found, dict):
            return found
        self.fault(name, None, "має бути розділом, тобто рядком [назва] і рядками під ним")
        return {}

    def periods(self, section: str) -> tuple[tuple[date, date | None], ...]:
        found = []
        for key, value in sorted(self.section(section).items()):
            first, last = _day(key), None if value == _ONGOING else _day(value)
            if first is None or (last is None and value != _ONGOING) or (last and last < first):
                allowed = f'перша доба = остання доба, не раніша, або "{_ONGOING}"'
                self.fault(section, key, f'{allowed}; приклад: 2022-02-24 = "{_ONGOING}"')
            else:
                found.append((first, last))
        return tuple(found)

    def holidays(self, section: str) -> tuple[Holiday, ...]:
        found = []
        for key, name in self.section(section).items():
            holiday = _holiday(key, name)
            if holiday:
                found.append(holiday)
            else:
                example = '"08-24" = "назва" або "Великдень+49" = "назва"'
                self.fault(section, key, f"дозволено {example}")
        return tuple(found)

    def days(self, section: str) -> dict[date, str]:
        found = {}
        for key, reason in self.section(section).items():
            day = _day(key)
            if day and isinstance(reason, str) and reason.strip():
                found[day] = reason.strip()
            else:
                self.fault(section, key, 'дозволено рік-місяць-день = "пояснення"')
        return found

    def check_sections(self) -> None:
        for name in sorted(set(self.data) - set(_SECTIONS)):
            self.fault(name, None, f"невідомий розділ; дозволено {', '.join(_SECTIONS)}")
        for name in ("martial_law", "holidays"):  # without these the days would be wrong in silence
            if name not in self.data:
                self.faults.append(f"немає обов’язкового розділу [{name}]")

    def _line(self, section: str, key: str | None) -> int:
        here = ""
        for number, line in enumerate(self.lines, 1):
            header = re.match(r"\s*\[+\s*([^]\s]+)", line)
            here = header[1] if header else here
            name = line.split("=")[0].strip().strip("\"'")
            if here == section and (key is None or name == key or name.startswith(f"{key}.")):
                return number
        return 1


def _day(value: object) -> date | None:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not _ISO_DAY.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _holiday(key: str, name: object) -> Holiday | None:
    if not isinstance(name, str) or not name.strip():
        return None
    if movable := _EASTER_KEY.fullmatch(key):
        return Holiday(name.strip(), None, int(movable[1] or 0))
    fixed = _MONTH_DAY.fullmatch(key)
    # 2001 is no leap year: a holiday on 29 February would be missing in most years.
    if fixed and _day(f"2001-{key}"):
        return Holiday(name.strip(), (int(fixed[1]), int(fixed[2])))
    return None
