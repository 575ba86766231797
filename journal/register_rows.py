"""Reading the registers: every number with what stands on it, and what a closing counts."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import localdate, localtime

from journal.history import WHY
from journal.models import (
    Document,
    DocumentState,
    Entry,
    HistoryValue,
    Office,
    RegisterLine,
    Revision,
    Series,
    YearClosing,
)
from journal.numbers import NOTIFICATIONS
from opika.errors import NotFoundError

# What a row of the history calls that on which a number stands.
_SUBJECTS = {"entry": "entry", "letter": "document", "paper": "line", "skipped": "line"}


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One number of a register, whatever stands on it.

    Attributes:
        number: the running number; ``index`` as it is written.
        what: ``entry``, ``letter``, ``paper``, or ``skipped`` for a number that was passed over.
        id: of the row that it stands on.
        about: the subject of an entry, the kind of a letter, what a paper is about.
        entry: number of the entry that a letter or paper belongs to.
        voided: whether it is void.
    """

    number: int
    index: str
    dated: date
    what: str
    id: int
    about: str
    counterpart: str
    entry: int | None
    voided: bool


@dataclass(frozen=True, slots=True)
class RegisterCard:
    """A register of a year: its numbers counted, and when it was closed."""

    office: str
    register: str
    year: int
    first: int | None
    last: int | None
    count: int
    voided: int
    closed_at: datetime | None


def registers(office: str | None = None, year: int | None = None) -> list[RegisterCard]:
    """Every register that has given a number or is closed."""
    found = set(Series.objects.values_list("office", "register", "year"))
    found |= set(YearClosing.objects.values_list("office", "register", "year"))
    known = Office.objects.in_bulk()
    return [
        card_of(known[pk], register, of)
        for pk, register, of in sorted(found, key=lambda one: (one[2], one[0], one[1]))
        if office in (None, known[pk].key) and year in (None, of)
    ]


def rows(office: str, register: str, year: int, number: int | None = None) -> Iterator[RegisterRow]:
    """Every number of a register, in order.

    Args:
        office: key of the office.
        register: which register.
        year: of the numbers.
        number: only this one.

    Raises:
        NotFoundError: there is no such office.
    """
    where: dict[str, Any] = {"year": year}
    where |= {"number__isnull": False} if number is None else {"number": number}
    row = office_of(office)
    sources = [_letters(row, register, where), _lines(row, register, where)]
    if register == NOTIFICATIONS:
        sources.append(_entries(row, where))
    return heapq.merge(*sources, key=lambda one: one.number)


def why_void(row: RegisterRow) -> str:
    """Why a number is void, as it was given then; "" for one that is not."""
    values = HistoryValue.objects.filter(
        history__subject=f"{_SUBJECTS[row.what]}:{row.id}",
        history__action__in=("voided", "number passed over"),
        field=WHY,
    )
    return str(values.values_list("new", flat=True).first() or "") if row.voided else ""


def office_of(key: str) -> Office:
    """The office with this key.

    Raises:
        NotFoundError: there is none.
    """
    office = Office.objects.filter(key=key).first()
    if office is None:
        raise NotFoundError("no such office", clerk_message=f"Установи «{key}» немає.")
    return office


def card_of(office: Office, register: str, year: int) -> RegisterCard:
    """A register of a year, counted."""
    closed = YearClosing.objects.filter(office=office, register=register, year=year)
    closed_at = closed.values_list("closed_at", flat=True).first()
    return RegisterCard(
        office=office.key,
        register=register,
        year=year,
        **counted(office, register, year),
        closed_at=closed_at and localtime(closed_at),
    )


def counted(office: Office, register: str, year: int) -> dict[str, Any]:
    """What a closing counts: first, last, how many, how many of them void."""
    series = Series.objects.filter(office=office, register=register, year=year)
    first, final = series.values_list("first_number", "last_number").first() or (None, None)
    voided = sum(rows.filter(void).count() for rows, void in _numbered(office, register, year))
    count = 0 if first is None or final is None else final - first + 1
    return {"first": first, "last": final, "count": count, "voided": voided}


def _numbered(office: Office, register: str, year: int) -> list[tuple[QuerySet[Any], Q]]:
    """The rows that have numbers of a register, each kind with what makes it void."""
    void = Q(voided_at__isnull=False)
    in_year = {"register": register, "year": year}
    letters = Document.objects.filter(issuer=office, number__isnull=False, **in_year)
    found: list[tuple[QuerySet[Any], Q]] = [
        (letters, Q(state=DocumentState.VOID)),
        (RegisterLine.objects.filter(office=office, **in_year), void),
    ]
    if register == NOTIFICATIONS:
        # What was taken over from the paper book is counted there.
        ours = Entry.objects.filter(office=office, year=year, imported_at__isnull=True)
        found.append((ours, void))
    return found


def _entries(office: Office, where: dict[str, Any]) -> Iterator[RegisterRow]:
    newest = Revision.objects.filter(entry=OuterRef("pk")).order_by("-ordinal")
    found = Entry.objects.filter(office=office, **where).order_by("number")
    for row in found.annotate(said=Subquery(newest.values("values")[:1])).iterator():
        said = row.said
        yield RegisterRow(
            number=row.number,
            index=row.index,
            dated=localdate(row.registered_at),
            what="entry",
            id=row.pk,
            about=said.get("subject") or "",
            counterpart=said.get("sender") or said.get("reporter") or "",
            entry=None,
            voided=row.voided_at is not None,
        )


def _letters(office: Office, register: str, where: dict[str, Any]) -> Iterator[RegisterRow]:
    found = Document.objects.filter(issuer=office, register=register, **where)
    found = found.select_related("entry").defer("context").order_by("number")
    for row in found.iterator():
        yield RegisterRow(
            number=row.number or 0,
            index=row.index or "",
            dated=row.dated or localdate(row.created_at),
            what="letter",
            id=row.pk,
            about=row.kind,
            counterpart="",
            entry=row.entry.number,
            voided=row.state == DocumentState.VOID,
        )


def _lines(office: Office, register: str, where: dict[str, Any]) -> Iterator[RegisterRow]:
    found = RegisterLine.objects.filter(office=office, register=register, **where)
    for row in found.select_related("entry").order_by("number").iterator():
        yield RegisterRow(
            number=row.number,
            index=row.index,
            dated=row.dated,
            what="paper" if row.about else "skipped",
            id=row.pk,
            about=row.about,
            counterpart=row.counterpart,
            entry=row.entry.number if row.entry else None,
            voided=row.voided_at is not None,
        )
