"""Events that are made by a paper: the paper gets its number of a register in the same moment."""

from __future__ import annotations

from dataclasses import dataclass, replace

from journal.casework import ClockChange, NewEvent, Noted, happened, known, undo
from journal.clocks import ClockRules
from journal.database import writing
from journal.history import Act, hold_all
from journal.models import CaseEvent, Entry, Office, RegisterLine
from journal.numbers import SeriesRule, check_open, closed_at
from journal.register_rows import office_of
from journal.registers import Paper, enter_line
from journal.voiding import void_line
from opika.errors import JournalError, NotFoundError
from rules.casework import kind_of

_CLOSED = "Номер у ньому залишиться чинним: скасуйте подію без --void-number."


@dataclass(frozen=True, slots=True)
class Numbering:
    """Where the paper gets its number.

    Attributes:
        office: key of the office whose register it is.
        series: how that register is numbered this year.
        counterpart: whom the paper concerns.
    """

    office: str
    series: SeriesRule
    counterpart: str = ""


@dataclass(frozen=True, slots=True)
class PaperNumber:
    """The number of an event's paper, and how it stands.

    Attributes:
        office: key of the office whose register it is.
        index: the number as it is written.
        closed: whether the year of its register is closed.
    """

    office: str
    register: str
    year: int
    number: int
    index: str
    voided: bool
    closed: bool


@dataclass(frozen=True, slots=True)
class Undone:
    """An event that was undone.

    Attributes:
        clocks: what that did to the clocks of the case.
        number: that of its paper, where it has one of ours.
    """

    clocks: tuple[ClockChange, ...]
    number: PaperNumber | None


def happened_on_paper(
    new: NewEvent, numbering: Numbering, act: Act, rules: ClockRules
) -> tuple[Noted, str]:
    """As :func:`journal.casework.happened`, with a number for the event's paper; its index.

    Told again it is the same event under the same number; refused, it takes none.

    Raises:
        BadValueError: the kind or what is told of it is not known or not complete.
        ClosedYearError: the register's year is closed.
        JournalError: the event has no such paper, or is refused.
        NotFoundError: there is no such entry.
    """
    paper = kind_of(new.kind).paper
    if paper is None or new.details.get("number"):
        raise JournalError(
            "no number of ours",
            clerk_message="Номер реєстру можна дати лише актові, наказові чи протоколові цієї "
            "події, який ще не має номера.",
        )
    with writing():
        office = _hold(new.entry_id, numbering)
        event = known(new)
        if event is not None:
            return Noted(event, known=True), _index(event)
        dated = new.at.astimezone(rules.terms.zone).date()
        line, _number = enter_line(
            office,
            numbering.series,
            Paper(paper.about, numbering.counterpart, dated, new.entry_id),
            act,
        )
        return happened(replace(new, line_id=line.pk), act, rules), line.index


def undo_on_paper(event_id: int, act: Act, rules: ClockRules, *, void: bool) -> Undone:
    """As :func:`journal.casework.undo`, and what becomes of the number of the event's paper.

    Args:
        event_id: which event.
        act: who, when, and why: a reason must be given.
        rules: by what clocks are counted.
        void: whether the number becomes void with the event, for the same reason. Else it stays
            as it is: the paper may have been made all the same.

    Raises:
        ClosedYearError: the number is to become void, but the year of its register is closed.
        JournalError: no reason, or a later event of the case cannot be without it.
        NotFoundError: there is no such event.
    """
    ids = CaseEvent.objects.filter(pk=event_id).values_list("line", "entry__office", "line__office")
    line_id, *offices = ids.first() or (None,)
    with writing():
        hold_all(filter(None, offices))
        changes = undo(event_id, act, rules)
        if line_id is None:
            return Undone(changes, None)
        if void:
            _void(RegisterLine.objects.get(pk=line_id), act)
        return Undone(changes, _number_of(RegisterLine.objects.get(pk=line_id)))


def _void(line: RegisterLine, act: Act) -> None:
    if line.voided_at is None:
        check_open(line.office, line.register, line.year, _CLOSED)
        void_line(line.pk, act)


def _number_of(line: RegisterLine) -> PaperNumber:
    return PaperNumber(
        office=line.office.key,
        register=line.register,
        year=line.year,
        number=line.number,
        index=line.index,
        voided=line.voided_at is not None,
        closed=closed_at(line.office, line.register, line.year) is not None,
    )


def _hold(entry_id: int, numbering: Numbering) -> Office:
    """The register's office, held together with that of the entry."""
    entry_office = Entry.objects.filter(pk=entry_id).values_list("office", flat=True).first()
    if entry_office is None:
        raise NotFoundError("no such entry")
    office = office_of(numbering.office).pk
    return hold_all([entry_office, office])[office]


def _index(event: int) -> str:
    row = CaseEvent.objects.select_related("line").get(pk=event)
    return row.line.index if row.line else ""
