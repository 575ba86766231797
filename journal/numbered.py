"""Events that are made by a paper: the paper gets its number of a register in the same moment."""

from __future__ import annotations

from dataclasses import dataclass, replace

from journal.casework import NewEvent, Noted, happened, known
from journal.clocks import ClockRules
from journal.database import writing
from journal.history import Act, hold_all
from journal.models import CaseEvent, Entry, Office
from journal.numbers import SeriesRule
from journal.register_rows import office_of
from journal.registers import Paper, enter_line
from opika.errors import JournalError, NotFoundError
from rules.casework import kind_of


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
