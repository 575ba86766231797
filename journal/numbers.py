"""Running numbers: one counter row for each office, register and year; no gaps, no repeats.

A number belongs to the transaction that takes it: rolled back, it was never given. The counter is
never derived from the rows that carry numbers, so a lost row does not give its number away again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, Max
from django.utils.timezone import localdate

from journal.models import Entry, Office, Series, YearClosing
from opika.errors import ClosedYearError
from rules.series import kyiv_year, render_index

NOTIFICATIONS = "notifications"


@dataclass(frozen=True, slots=True)
class SeriesRule:
    """How one register of an office numbers.

    Attributes:
        register: the name of the register (``notifications``, ``outgoing``, …).
        zone: the zone whose calendar decides on year and day.
        mask: how the number is written, see :func:`rules.series.render_index`.
        start: the first number of a year (the paper book goes on).
        number_at: ``draft``, or ``approval`` for documents numbered when they are approved.
    """

    register: str
    zone: ZoneInfo
    mask: str = "{number}"
    start: int = 1
    number_at: str = "draft"


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it was given."""

    year: int
    number: int
    index: str
    dated: date


def take(office: Office, register: str, year: int, start: int) -> int:
    """The next number of the series; the caller's transaction must hold the office.

    On SQLite every transaction is IMMEDIATE; on PostgreSQL the UPDATE locks the row.

    Raises:
        ClosedYearError: the register of that year is closed.
    """
    where = {"office": office, "register": register, "year": year}
    series = Series.objects.filter(**where)
    if series.filter(~Exists(YearClosing.objects.filter(**where))).update(
        last_number=F("last_number") + 1
    ):
        return series.values_list("last_number", flat=True).get()
    check_open(office, register, year, "Перевірте дату комп’ютера.")
    start = max(start, last_on_paper(office, register, year) + 1)
    Series.objects.create(
        office=office, register=register, year=year, first_number=start, last_number=start
    )
    return start


def give(office: Office, rule: SeriesRule, now: datetime, year: int | None = None) -> Number:
    """The next number by ``rule``, with the year and the day of ``now`` in the rule's zone.

    Args:
        office: whose register it is.
        rule: how it numbers.
        now: the moment of registration.
        year: another one than that of ``now``, for a number that is only accounted for.

    Raises:
        ClosedYearError: the register of that year is closed.

    Law: Порядок, п. 10 (registration in the journal); the year is the calendar year in Kyiv.
    """
    year = year or kyiv_year(now, rule.zone)
    dated = now.astimezone(rule.zone).date()
    number = take(office, rule.register, year, rule.start)
    return Number(year, number, render_index(rule.mask, number, year, dated), dated)


def last(office: Office, rule: SeriesRule, year: int) -> int:
    """The last number that the series has given in a year; before the first one, the one below."""
    series = Series.objects.filter(office=office, register=rule.register, year=year)
    known = series.values_list("last_number", flat=True).first()
    if known is not None:
        return known
    return max(rule.start - 1, last_on_paper(office, rule.register, year))


def last_on_paper(office: Office, register: str, year: int) -> int:
    """The highest number of a year that was taken over from the paper book; 0: none was."""
    if register != NOTIFICATIONS:
        return 0
    taken_over = Entry.objects.filter(office=office, year=year, imported_at__isnull=False)
    return int(taken_over.aggregate(last=Max("number"))["last"] or 0)


def check_open(office: Office, register: str, year: int, advice: str) -> None:
    """See that the register of a year is not closed.

    Raises:
        ClosedYearError: it is; the message says since when, and ends with ``advice``.
    """
    since = closed_at(office, register, year)
    if since is not None:
        raise ClosedYearError(
            f"{register} of {year} is closed",
            clerk_message=f"Журнал за {year} рік закрито {localdate(since):%d.%m.%Y}. {advice}",
        )


def closed_at(office: Office, register: str, year: int) -> datetime | None:
    """When the register of a year was closed; None: it is open."""
    rows = YearClosing.objects.filter(office=office, register=register, year=year)
    return rows.values_list("closed_at", flat=True).first()
