"""What happens to a family after registration is written down, and moves the clocks of its case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from journal import book
from journal.case_refusals import refusals_in
from journal.clocks import ClockRules, Moved, replay, settle_status, taken_at
from journal.database import writing
from journal.history import Act, given, hold, record
from journal.joining import draft_again, is_calm, look_for_letters
from journal.models import Arrival, CaseEvent, Deadline, Document, Entry, Office, RegisterLine
from journal.texts import clean
from opika.errors import JournalError, NotFoundError
from rules.case_story import moment_fault
from rules.casework import checked

# Law: Порядок, п. 14: the request to assess the family's needs is made when it has gone to ЦСС;
# п. 19: the petition is submitted when it has gone to the mayor.
_EVENT_OF_LETTER: Mapping[str, str] = {
    "assessment_request": "request_sent",
    "removal_petition": "petition_filed",
}
_CLOCK_OF_LETTER: Mapping[str, str] = {
    "assessment_request": "assessment_request",
    "removal_petition": "removal_petition",
}
# Law: п. 19: a confirmed threat calls for the petition within a day; it is drafted by itself.
_CALLS_FOR_LETTERS = frozenset({"threat_confirmed"})
_WAS = "was"
"""The detail of a calmed entry that keeps how urgent it was, should the calm be undone."""


@dataclass(frozen=True, slots=True)
class NewEvent:
    """Something that happened to an entry's family.

    Attributes:
        kind: one of :data:`rules.casework.KINDS`.
        at: when it happened, aware.
        details: what is told of it, as :func:`rules.casework.checked` takes it.
        document_id: the letter of ours that it is.
        arrival_id: what brought it.
        line_id: its line in a register.
    """

    entry_id: int
    kind: str
    at: datetime
    details: Mapping[str, str] = field(default_factory=dict)
    document_id: int | None = None
    arrival_id: int | None = None
    line_id: int | None = None


@dataclass(frozen=True, slots=True)
class ClockChange:
    """What became of a clock.

    Attributes:
        number: of the entry.
        due: when it ends; a moment for terms counted in hours.
    """

    number: int
    key: str
    start_kind: str
    what: Literal["started", "stopped", "cancelled", "runs on"]
    due: date | datetime


@dataclass(frozen=True, slots=True)
class Noted:
    """An event as it was written down.

    Attributes:
        known: it had been written down before; nothing was changed.
        clocks: what it did to the clocks of the case.
    """

    id: int
    known: bool
    clocks: tuple[ClockChange, ...] = ()


def happened(new: NewEvent, act: Act, rules: ClockRules) -> Noted:
    """Write an event down, and let it stop and start clocks; told again it does nothing.

    Args:
        new: what happened.
        act: who writes it down, when, why.
        rules: by what clocks are counted.

    Raises:
        BadValueError: the kind or what is told of it is not known or not complete.
        JournalError: the law or the order of steps refuses it; the message says why.
        NotFoundError: there is no such entry, or no such line of a register.
    """
    details = clean(checked(new.kind, new.details))
    with writing():
        entry, office = _held(new.entry_id)
        known = _same(entry, new, details)
        if known:
            return Noted(known.pk, known=True)
        _check(entry, new, act, rules)
        before = refusals_in(entry.case_id, rules)
        noted = _note(entry, office, new, details, act, rules)
        _check_story(before, refusals_in(entry.case_id, rules))
        return noted


def known(new: NewEvent) -> int | None:
    """Id of the event, if it is written down already; its line in a register does not matter.

    Raises:
        BadValueError: the kind or what is told of it is not known or not complete.
        NotFoundError: there is no such entry.
    """
    entry, _office = _held(new.entry_id)
    row = _same(entry, new, clean(checked(new.kind, new.details)))
    return row.pk if row else None


def undo(event_id: int, act: Act, rules: ClockRules) -> tuple[ClockChange, ...]:
    """An event turns out not to have happened: what it stopped runs on, what it started ends.

    Undone already, it stays so.

    Raises:
        JournalError: no reason, or a later event of the case cannot be without it.
        NotFoundError: there is no such event.
    """
    given(act.why)
    entry_id = CaseEvent.objects.filter(pk=event_id).values_list("entry", flat=True).first()
    if entry_id is None:
        raise NotFoundError("no such event", clerk_message="Події з таким номером немає.")
    with writing():
        entry, office = _held(entry_id)
        event = CaseEvent.objects.get(pk=event_id)
        if event.undone_at is not None:
            return ()
        before = refusals_in(entry.case_id, rules)
        changes = _undo(entry, office, event, act, rules)
        _check_story(before, refusals_in(entry.case_id, rules))
        return changes


def letter_left(document: Document, left_at: datetime, act: Act, rules: ClockRules) -> None:
    """A letter of ours has left; the caller's transaction holds the office of its entry."""
    kind = _EVENT_OF_LETTER.get(document.kind)
    if kind is None:
        return
    entry, office = _held(document.entry_id)
    new = NewEvent(entry.pk, kind, left_at, document_id=document.pk)
    if _same(entry, new, {}) is None:
        _note(entry, office, new, {}, act, rules)


def letter_came_back(document: Document, act: Act, rules: ClockRules) -> None:
    """A letter has come back: it has not been sent; the caller's transaction holds the office."""
    if document.kind not in _EVENT_OF_LETTER:
        return
    entry, office = _held(document.entry_id)
    for event in CaseEvent.objects.filter(document=document, undone_at__isnull=True):
        _undo(entry, office, event, act, rules)
    # Before there were events a letter stopped its clock without one.
    stopped = entry.deadlines.filter(
        key=_CLOCK_OF_LETTER[document.kind], done_at__isnull=False, stopped_by__isnull=True
    )
    rows = list(stopped)
    old = book.deadline_facts(rows)
    for row in rows:
        row.done_at = None
        row.save(update_fields=["done_at"])
    if rows:
        changes = book.changes(old, book.deadline_facts(rows))
        record(office, "clock runs on", f"entry:{entry.pk}", act, entry=entry, changes=changes)


def conclusion_came(entry: Entry, arrival: Arrival, kind: str, act: Act, rules: ClockRules) -> None:
    """An arrival brought what a letter of ours asked for; the caller's transaction holds the office.

    Law: Порядок, п. 18: done on the day on which the conclusion came.
    """
    new = NewEvent(entry.pk, kind, arrival.received_at, arrival_id=arrival.pk)
    if _same(entry, new, {}) is None:
        _note(entry, hold(entry.office_id), new, {}, act, rules)


def _held(entry_id: int) -> tuple[Entry, Office]:
    rows = Entry.objects.filter(pk=entry_id)
    office_id = rows.values_list("office", flat=True).first()
    if office_id is None:
        raise NotFoundError("no such entry")
    office = hold(office_id)
    return rows.select_related("case", "office").get(), office


def _check(entry: Entry, new: NewEvent, act: Act, rules: ClockRules) -> None:
    zone = rules.terms.zone
    fault = moment_fault(
        new.at.astimezone(zone), taken_at(entry).astimezone(zone), act.now.astimezone(zone)
    )
    if entry.voided_at is not None:
        fault = f"Запис № {entry.number} анульовано: подій до нього не записують."
    elif entry.erasures.filter(seq__isnull=False).exists():
        fault = f"Зміст запису № {entry.number} стерто: подій до нього не записують."
    elif new.kind == "calmed" and entry.urgent is False:
        fault = f"Запис № {entry.number} не позначено як терміновий."
    if fault:
        raise JournalError(f"{new.kind} is refused", clerk_message=fault)
    line = new.line_id and RegisterLine.objects.filter(pk=new.line_id, voided_at__isnull=True)
    if line is not None and line != 0 and not line.exists():
        raise NotFoundError("no such line", clerk_message="Такого рядка реєстру немає.")


def _same(entry: Entry, new: NewEvent, details: Mapping[str, Any]) -> CaseEvent | None:
    """The event, if it is written down already."""
    rows = entry.events.filter(kind=new.kind, undone_at__isnull=True)
    if new.document_id or new.arrival_id:
        rows = rows.filter(document=new.document_id, arrival=new.arrival_id)
        return rows.first()
    same_line = {"line": new.line_id} if new.line_id else {}
    for row in rows.filter(happened_at=new.at, **same_line):
        if {key: value for key, value in row.details.items() if key != _WAS} == details:
            return row
    return None


def _check_story(before: Mapping[int, str], after: Mapping[int, str]) -> None:
    """See that no event has become impossible by what was just done.

    Raises:
        JournalError: one has; the message says why.
    """
    for event, reason in after.items():
        if event not in before:
            raise JournalError("the order of events refuses it", clerk_message=reason)


def _note(
    entry: Entry,
    office: Office,
    new: NewEvent,
    details: Mapping[str, Any],
    act: Act,
    rules: ClockRules,
) -> Noted:
    told = dict(details)
    if new.kind == "calmed":
        told[_WAS] = entry.urgent
    event = CaseEvent.objects.create(
        entry=entry,
        kind=new.kind,
        happened_at=new.at,
        recorded_at=act.now,
        details=told,
        document_id=new.document_id,
        arrival_id=new.arrival_id,
        line_id=new.line_id,
    )
    old = book.entry_facts(entry)
    urgent = {"threat_confirmed": True, "calmed": False}.get(new.kind, entry.urgent)
    _set_urgent(entry, urgent, act)
    if new.kind in _CALLS_FOR_LETTERS:
        look_for_letters(entry)
    facts = {**book.entry_facts(entry), **book.event_facts([event])}
    changes = _settle(entry, office, "happened", act, rules, (old, facts))
    return Noted(event.pk, known=False, clocks=changes)


def _undo(
    entry: Entry, office: Office, event: CaseEvent, act: Act, rules: ClockRules
) -> tuple[ClockChange, ...]:
    old = {**book.entry_facts(entry), **book.event_facts([event])}
    event.undone_at = act.now
    event.save(update_fields=["undone_at"])
    if event.kind == "calmed" and entry.urgent is False and not is_calm(entry):
        _set_urgent(entry, event.details.get(_WAS), act)
    new = {**book.entry_facts(entry), **book.event_facts([event])}
    return _settle(entry, office, "undone", act, rules, (old, new))


def _set_urgent(entry: Entry, urgent: bool | None, act: Act) -> None:
    if entry.urgent is not urgent:
        entry.urgent = urgent
        entry.save(update_fields=["urgent"])
        draft_again(entry, act)


def _settle(
    entry: Entry,
    office: Office,
    action: str,
    act: Act,
    rules: ClockRules,
    facts: tuple[book.Facts, book.Facts],
) -> tuple[ClockChange, ...]:
    """Bring clocks and status of the case in line with its events; all of it in the history."""
    moved = replay(entry.case_id, rules, act.now)
    old, new = moved.get(entry.pk, ({}, {}))
    changes = book.changes({**facts[0], **old}, {**facts[1], **new})
    record(office, action, f"entry:{entry.pk}", act, entry=entry, changes=changes)
    for other in Entry.objects.filter(pk__in=moved.keys() - {entry.pk}).order_by("pk"):
        changes = book.changes(*moved[other.pk])
        record(office, "clocks moved", f"entry:{other.pk}", act, entry=other, changes=changes)
    settle_status(entry, office, act)
    return _clock_changes(moved)


def _clock_changes(moved: Moved) -> tuple[ClockChange, ...]:
    found = []
    rows = Deadline.objects.filter(entry__in=moved).select_related("entry").order_by("pk")
    for row in rows:
        (name,) = (facts := book.deadline_facts([row]))
        old = moved[row.entry_id][0].get(name)
        what = _what(old, facts[name])
        end = row.due_on or row.due_at
        if what and end:
            found.append(ClockChange(row.entry.number, row.key, row.start_kind, what, end))
    return tuple(found)


def _what(
    old: book.Facts | None, new: book.Facts
) -> Literal["started", "stopped", "cancelled", "runs on"] | None:
    if old == new:
        return None
    if new["done_at"]:
        return None if old and old["done_at"] else "stopped"
    if new.get("cancelled_at"):
        return "cancelled"
    return "runs on" if old and old["starts_at"] == new["starts_at"] else "started"
