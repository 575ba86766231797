"""The clocks of a case in the journal: begun, moved by events, counted again by another calendar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils.timezone import localtime

from journal import book
from journal.database import writing
from journal.history import Act, hold, record
from journal.models import CaseEvent, Deadline, Entry, Office
from rules.calendar import Calendar
from rules.case_story import Happened, Running, play
from rules.deadlines import Clock, Terms, due

Moved = dict[int, tuple[book.Facts, book.Facts]]
"""Id of an entry -> the facts of its clocks before and after."""


@dataclass(frozen=True, slots=True)
class ClockRules:
    """By what clocks are counted."""

    calendar: Calendar
    terms: Terms


@dataclass(frozen=True, slots=True)
class Recounted:
    """A running clock whose end has moved."""

    office: str
    number: int
    year: int
    key: str
    old: date | datetime | None
    new: date | datetime | None


def new_clock(entry: Entry, clock: Clock, rules: ClockRules) -> Deadline:
    """The row of a clock that begins, not stored yet."""
    row = Deadline(
        case_id=entry.case_id, entry=entry, key=clock.key, start_kind=clock.start_kind or ""
    )
    _begin(row, clock.starts, rules)
    return row


def begin_anew(row: Deadline, starts: datetime, rules: ClockRules) -> None:
    """Let a stopped or cancelled clock of the notification run again, from another moment."""
    row.done_at = row.cancelled_at = row.stopped_by_id = None
    _begin(row, starts, rules)
    row.save()


def happened_in(case_id: int, rules: ClockRules) -> list[Happened]:
    """What happened in a case and was not undone."""
    rows = CaseEvent.objects.filter(entry__case=case_id, undone_at__isnull=True)
    return [
        Happened(row.pk, row.entry_id, row.kind, row.happened_at.astimezone(rules.terms.zone))
        for row in rows.order_by("pk")
    ]


def replay(case_id: int, rules: ClockRules, now: datetime) -> Moved:
    """Bring the clocks of a case in line with what happened in it; what that changed.

    The clocks of void entries are left alone. The caller's transaction holds the office.
    """
    entries = {
        entry.pk: entry
        for entry in Entry.objects.select_related("case").filter(
            case=case_id, voided_at__isnull=True
        )
    }
    rows = {
        (row.entry_id, row.key, row.start_kind): row
        for row in Deadline.objects.filter(entry__in=entries).order_by("pk")
    }
    old = _facts(rows.values())
    opening = [_opening(row) for row in rows.values() if row.cause_id is None]
    played = play(opening, happened_in(case_id, rules), entries.keys())
    for clock in played:
        if clock.name not in rows:
            begun = Clock(clock.key, clock.starts, clock.start_kind)
            rows[clock.name] = new_clock(entries[clock.entry], begun, rules)
        _follow(rows[clock.name], clock, rules)
    for name in rows.keys() - {clock.name for clock in played}:
        _cancel(rows[name], now)
    new = _facts(rows.values())
    pairs = {entry: (old.get(entry, {}), facts) for entry, facts in new.items()}
    return {entry: pair for entry, pair in pairs.items() if pair[0] != pair[1]}


def recount(rules: ClockRules, act: Act) -> list[Recounted]:
    """Count every open clock again, for the calendar or the terms have changed; which have moved.

    A clock that has stopped keeps the end that it had. Each entry with a clock that changed has a
    row of history.
    """
    found = []
    for office in Office.objects.order_by("pk"):
        with writing():
            found += _recount(hold(office.pk), rules, act)
    return found


def _recount(office: Office, rules: ClockRules, act: Act) -> list[Recounted]:
    found = []
    rows = Deadline.objects.filter(
        entry__office=office,
        entry__voided_at__isnull=True,
        done_at__isnull=True,
        cancelled_at__isnull=True,
    ).select_related("entry")
    ordered = rows.order_by("entry", "pk")
    for entry, clocks in groupby(ordered, key=lambda row: row.entry):
        open_clocks = list(clocks)
        old = book.deadline_facts(open_clocks)
        for row in open_clocks:
            before = row.due_on or row.due_at
            _begin(row, row.starts_at, rules)
            row.save()
            after = row.due_on or row.due_at
            if before != after:
                named = (office.key, entry.number, entry.year, row.key)
                found.append(Recounted(*named, _local(before), _local(after)))
        changes = book.changes(old, book.deadline_facts(open_clocks))
        if changes:
            subject = f"entry:{entry.pk}"
            record(office, "recounted", subject, act, entry=entry, changes=changes)
    return found


def _begin(row: Deadline, starts: datetime, rules: ClockRules) -> None:
    counted = due(row.key, starts, rules.calendar, rules.terms, row.start_kind or None)
    moment = counted.due if isinstance(counted.due, datetime) else None
    row.starts_at = starts
    row.due_on, row.due_at = None if moment else counted.due, moment
    row.rule, row.steps = counted.rule, counted.steps


def _opening(row: Deadline) -> Running:
    """A clock that the notification started; what no event has stopped stays as it is."""
    by_event = row.stopped_by_id is not None
    return Running(
        entry=row.entry_id,
        key=row.key,
        start_kind=row.start_kind,
        starts=row.starts_at,
        done=None if by_event else row.done_at,
        cancelled=None if by_event else row.cancelled_at,
    )


def _follow(row: Deadline, clock: Running, rules: ClockRules) -> None:
    """Let the row say what became of the clock; one that stands already is not counted anew."""
    if row.starts_at != clock.starts:
        _begin(row, clock.starts, rules)
    row.cause_id = clock.cause
    row.done_at, row.cancelled_at = clock.done, clock.cancelled
    row.stopped_by_id = clock.stopped_by
    row.save()


def _cancel(row: Deadline, now: datetime) -> None:
    # What started it was undone: it never ran, so nothing of it was done either.
    row.cancelled_at = row.cancelled_at or now
    row.done_at = row.stopped_by_id = None
    row.save()


def _facts(rows: Iterable[Deadline]) -> Mapping[int, book.Facts]:
    found: dict[int, book.Facts] = {}
    for row in rows:
        found.setdefault(row.entry_id, {}).update(book.deadline_facts([row]))
    return found


def _local(end: date | datetime | None) -> date | datetime | None:
    return localtime(end) if isinstance(end, datetime) else end
