"""The ways of counting a term: in hours, days, working days or months, each told in words."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from rules.calendar import Calendar, full_label

Counted = tuple[date | datetime, str]
"""When a term ends (a moment where it is counted in hours), and the arithmetic in Ukrainian."""


@dataclass(frozen=True, slots=True)
class Start:
    """The moment from which a term is counted, and what counting needs to know of that day.

    Attributes:
        moment: the start, in the office's own zone.
        words: the start as the arithmetic begins with it, ``отримано пт 06.03 16:40``.
        calendar: the working days.
        closes: when the office closes on that day.
        late_is_next_day: whether what comes after ``closes`` counts for the next working day.
    """

    moment: datetime
    words: str
    calendar: Calendar
    closes: time
    late_is_next_day: bool

    @property
    def day(self) -> date:
        """The day of the start: day 0 whatever the hour."""
        return self.moment.date()

    @property
    def is_late(self) -> bool:
        """Whether the minute of the start lies after closing time, and that counts."""
        minute = self.moment.time().replace(second=0, microsecond=0)
        return self.late_is_next_day and minute > self.closes

    def named(self, day: date) -> str:
        """A day that is due, and why it is a working day where one would not expect it."""
        note = self.calendar.why_working(day)
        return full_label(day) + (f" ({note})" if note else "")

    def next_working_after(self, day: date) -> tuple[date, str]:
        """The next working day, and the days passed over on the way there in words."""
        due = self.calendar.next_working(day)
        skipped = self.calendar.skipped(day)
        way = f"; {skipped}" if skipped else ""
        return due, f"{way} → строк наступного робочого дня {self.named(due)}"


def same_working_day(start: Start, _amount: int = 0) -> Counted:
    """The day of the start; after hours or on a day off the next working day."""
    reason = start.calendar.why_off(start.day)
    if not reason and start.is_late:
        reason = f"після закінчення роботи о {start.closes:%H:%M}"
    if not reason:
        return start.day, f"{start.words} → строк того самого робочого дня {start.named(start.day)}"
    due, way = start.next_working_after(start.day)
    return due, f"{start.words} ({reason}){way}"


def working_days(start: Start, amount: int) -> Counted:
    """So many working days; none at all is the same working day."""
    if amount == 0:
        return same_working_day(start)
    due, way = start.calendar.add_working_days(start.day, amount)
    return due, f"{start.words} → день 0; {way} → строк {full_label(due)}"


def calendar_days(start: Start, amount: int) -> Counted:
    """So many days, working or not; the end never moves."""
    due = start.day + timedelta(days=amount)
    way = f"{start.words} → день 0; + {amount} календ. дн. (без перенесення з вихідних)"
    return due, f"{way} → строк {full_label(due)}"


def months(start: Start, amount: int) -> Counted:
    """To the same day of a later month or its last day, and forward from a day off."""
    end = months_later(start.day, amount)
    last = "" if end.day == start.day.day else " (останній день місяця)"
    way = f"{start.words}; + {amount} міс. → {full_label(end)}{last}"
    if not (why := start.calendar.why_off(end)):
        return end, f"{way} → строк {start.named(end)}"
    due, moved = start.next_working_after(end)
    return due, f"{way} – {why}{moved}"


def hours(start: Start, amount: int) -> Counted:
    """So many elapsed hours, also when the clocks change."""
    elapsed = start.moment.astimezone(UTC) + timedelta(hours=amount)
    due = elapsed.astimezone(start.moment.tzinfo)
    changed = due.utcoffset() != start.moment.utcoffset()
    note = " (за цей час переведено годинник)" if changed else ""
    way = f"{start.words}; + {amount} год поспіль, вихідні не виключаються{note}"
    return due, f"{way} → строк {full_label(due)} {due:%H:%M}"


def at_once(start: Start, _amount: int = 0) -> Counted:
    """No term at all: the start itself, from which the hours are shown."""
    return start.moment, f"{start.words} → невідкладно: години рахуються від цієї хвилини"


def at_the_visit(start: Start, _amount: int = 0) -> Counted:
    """While it happens: the day of the start, working or not."""
    return start.day, f"{start.words} → акт складається під час візиту, {full_label(start.day)}"


def months_later(day: date, amount: int) -> date:
    """The same day of a later month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + amount, 12)
    if year > date.max.year:
        raise OverflowError
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
