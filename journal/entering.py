"""A notification becomes an entry: its number, its case, its persons, its clocks, its history."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from journal import book
from journal.clocks import ClockRules, new_clock
from journal.history import Act, record
from journal.likeness import leave_clues, propose_links
from journal.models import Arrival, Case, Deadline, Entry, Form, Person, Revision
from journal.numbers import Number, SeriesRule, give
from journal.texts import fit
from rules.calendar import Calendar
from rules.deadlines import Clock, Terms, opening_clocks


@dataclass(frozen=True, slots=True)
class RegistrationRules:
    """By what a notification is registered.

    Attributes:
        calendar: working days.
        terms: the terms of the Порядок and their conventions.
        series: the series of the notification journal.
        assessor: key of the office whose own box starts the clock of п. 18.
        partners: addresses of the bodies that the configuration names: their answers are known.
    """

    calendar: Calendar
    terms: Terms
    series: SeriesRule
    assessor: str = "css"
    partners: frozenset[str] = frozenset()

    @property
    def clocks(self) -> ClockRules:
        """By what clocks are counted."""
        return ClockRules(self.calendar, self.terms)


@dataclass(frozen=True, slots=True)
class PaperRegistration:
    """How the paper book registered a notification: it keeps its number and its dates.

    Attributes:
        number: as it was given there.
        registered_at: when; midnight where the book says no time, ``received_at`` likewise.
        channel: how it came.
    """

    number: Number
    registered_at: datetime
    received_at: datetime
    channel: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A notification about to be registered: what it says and with which arrival it came.

    ``completes``: the clerk who wrote an entry down goes on writing: what differs is no doubt.
    ``on_paper``: it is registered already, in the paper book.
    """

    arrival: Arrival
    values: Mapping[str, Any]
    review: Sequence[str] = ()
    urgent: bool | None = None
    indicators: Sequence[Mapping[str, Any]] = ()
    form: Form | None = None
    completes: bool = False
    on_paper: PaperRegistration | None = None


def enter(notice: Notice, act: Act, rules: RegistrationRules) -> Entry:
    """Register a notice as a new entry; the caller's transaction holds the journal's office.

    Law: Порядок, п. 10: every notification, oral or written, on the form or not.
    """
    entry = _number(notice, act, rules)
    revision = _first_revision(entry, notice, act)
    persons = name_persons(entry, notice.values)
    deadlines = start_clocks(entry, notice.arrival, rules, registered_at=entry.registered_at)
    links = propose_links(entry, notice.values, leave_clues(entry, notice.values))
    facts = {
        **book.entry_facts(entry),
        **book.revision_facts(revision),
        "review": revision.review,
        **book.person_facts(persons),
        **book.deadline_facts(deadlines),
        **book.link_facts(links),
        **book.arrival_facts([notice.arrival]),
    }
    record(
        entry.office,
        "registered",
        f"entry:{entry.pk}",
        act,
        entry=entry,
        changes=book.changes({}, facts),
    )
    return entry


def name_persons(entry: Entry, values: Mapping[str, Any]) -> list[Person]:
    """Store the persons whom ``values`` name, with the day on which their ages were true."""
    age_on = localdate(entry.received_at)
    return Person.objects.bulk_create(
        [
            Person(
                case_id=entry.case_id,
                entry=entry,
                name=fit(person.get("name"), 300),
                birth_date=_date(person.get("birth_date")),
                birth_year=person.get("birth_year"),
                age=person.get("age"),
                age_on=None if person.get("age") is None else age_on,
            )
            for person in values.get("persons") or []
        ]
    )


def start_clocks(
    entry: Entry,
    arrival: Arrival,
    rules: RegistrationRules,
    *,
    registered_at: datetime | None = None,
    running: Collection[tuple[str, str]] = (),
) -> list[Deadline]:
    """Start the clocks that this arrival of the entry starts and that do not run yet.

    Args:
        entry: the entry.
        arrival: how it came, or came again.
        rules: calendar and terms.
        registered_at: given when it is being registered: the clock of п. 10 is then done.
        running: (key, start kind) of the clocks that run already.
    """
    kinds = ["notification"] if arrival.office.key == rules.assessor else []
    came = entry.received_at if registered_at else arrival.received_at
    clocks = opening_clocks(came, entry.registered_at, entry.urgent, kinds)
    return Deadline.objects.bulk_create(
        [
            _deadline(entry, clock, rules, registered_at)
            for clock in clocks
            if (clock.key, clock.start_kind or "") not in running
        ]
    )


def _number(notice: Notice, act: Act, rules: RegistrationRules) -> Entry:
    office, arrival, paper = notice.arrival.journal, notice.arrival, notice.on_paper
    given = paper.number if paper else give(office, rules.series, act.now)
    registered_at = paper.registered_at if paper else act.now
    case = Case.objects.create(office=office, opened_at=registered_at)
    return Entry.objects.create(
        office=office,
        case=case,
        year=given.year,
        number=given.number,
        index=given.index,
        registered_at=registered_at,
        received_at=paper.received_at if paper else arrival.received_at,
        channel=paper.channel if paper else arrival.channel,
        urgent=notice.urgent,
        indicators=list(notice.indicators),
        imported_at=act.now if paper else None,
        # Its letters were written on paper.
        drafted_at=act.now if paper else None,
    )


def _first_revision(entry: Entry, notice: Notice, act: Act) -> Revision:
    return Revision.objects.create(
        entry=entry,
        ordinal=1,
        form=notice.form,
        values=dict(notice.values),
        review=list(notice.review),
        made_at=act.now,
    )


def _deadline(
    entry: Entry, clock: Clock, rules: RegistrationRules, registered_at: datetime | None
) -> Deadline:
    row = new_clock(entry, clock, rules.clocks)
    row.done_at = registered_at if clock.key == "register" else None
    return row


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
