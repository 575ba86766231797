"""The clocks of a case in the journal: begun, moved by events, counted again by another calendar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from itertools import groupby

from django.db.models import QuerySet
from django.utils.timezone import localtime

from journal import book
from journal.database import writing
from journal.history import Act, hold, record
from journal.models import CaseEvent, Deadline, Entry, Office
from rules.calendar import Calendar
from rules.case_story import Happened, Running, play, status
from rules.deadlines import Clock, Terms, due

# About a second's work.
_AT_ONCE = 200
_COUNTED = ("due_on", "due_at", "rule", "steps")

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
    return _happened(case_id, rules.terms.zone)


def taken_at(entry: Entry) -> datetime:
    """Since when the clocks of the notification run: it came then, or was taken as corrected."""
    starts = entry.deadlines.filter(key="register").values_list("starts_at", flat=True)
    return localtime(starts.first() or entry.received_at)


def came_in(case_id: int) -> list[datetime]:
    """When the notifications of a case came; a void one never did."""
    rows = Entry.objects.filter(case=case_id, voided_at__isnull=True)
    return list(rows.values_list("received_at", flat=True))


def settle_status(entry: Entry, office: Office, act: Act) -> None:
    """Bring the status of the entry's case in line with its events and with what of it is void.

    The caller's transaction holds the office.
    """
    case = entry.case
    old = book.case_facts(case)
    happened = _happened(case.pk, UTC)
    case.status, case.closed_at = status(happened, _void_since(case.pk), came_in(case.pk))
    changes = book.changes(old, book.case_facts(case))
    if changes:
        case.save(update_fields=["status", "closed_at"])
        record(office, "status changed", f"case:{case.pk}", act, entry=entry, changes=changes)


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
    row of history. A few entries go into one transaction, so that nobody waits long for the office;
    cut off in between, what is counted stays, and the next recount goes on with the rest.
    """
    found = []
    for office_id in Office.objects.order_by("pk").values_list("pk", flat=True):
        running = _open_clocks().filter(entry__office=office_id).order_by("entry_id")
        entries = list(running.values_list("entry_id", flat=True).distinct())
        for start in range(0, len(entries), _AT_ONCE):
            with writing():
                few = entries[start : start + _AT_ONCE]
                found += _recount(hold(office_id), few, rules, act)
    return found


def _happened(case_id: int, zone: tzinfo) -> list[Happened]:
    rows = CaseEvent.objects.filter(entry__case=case_id, undone_at__isnull=True)
    return [
        Happened(row.pk, row.entry_id, row.kind, row.happened_at.astimezone(zone))
        for row in rows.order_by("pk")
    ]


def _void_since(case_id: int) -> datetime | None:
    """Since when every entry of the case is void; None: one of them is not."""
    voided = Entry.objects.filter(case=case_id).values_list("voided_at", flat=True)
    moments = [moment for moment in voided if moment is not None]
    return max(moments) if moments and len(moments) == len(voided) else None


def _open_clocks() -> QuerySet[Deadline]:
    return Deadline.objects.filter(
        entry__voided_at__isnull=True, done_at__isnull=True, cancelled_at__isnull=True
    )


def _recount(
    office: Office, entries: Sequence[int], rules: ClockRules, act: Act
) -> list[Recounted]:
    found = []
    ordered = (
        _open_clocks().filter(entry__in=entries).select_related("entry").order_by("entry", "pk")
    )
    for entry, clocks in groupby(ordered, key=lambda row: row.entry):
        open_clocks = list(clocks)
        old = book.deadline_facts(open_clocks)
        for row in open_clocks:
            before = row.due_on or row.due_at
            _begin(row, row.starts_at, rules)
            after = row.due_on or row.due_at
            if before != after:
                named = (office.key, entry.number, entry.year, row.key)
                found.append(Recounted(*named, _local(before), _local(after)))
        changes = book.changes(old, book.deadline_facts(open_clocks))
        if changes:
            Deadline.objects.bulk_update(open_clocks, _COUNTED)
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
