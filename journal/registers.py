"""The registers of an office: numbers of papers made elsewhere, numbers passed over, closed years.

A register holds what has its number from one series: entries of the journal, letters of ours, and
lines. Nothing ever leaves it; what was a mistake becomes void and keeps its number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.timezone import localdate

from journal import book
from journal.database import writing
from journal.history import Act, given, hold, record
from journal.models import (
    Document,
    DocumentState,
    Entry,
    Office,
    RegisterLine,
    YearClosing,
)
from journal.numbers import NOTIFICATIONS, Number, SeriesRule, give, last
from journal.register_rows import RegisterCard, card_of, counted, office_of
from journal.texts import clean
from opika.errors import JournalError, NotFoundError

_MOST_SKIPPED = 200


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper made elsewhere that is to have a number of a register of ours.

    Attributes:
        about: what it is about.
        counterpart: whom it concerns or who signed it.
        dated: its own date; None: the day on which it gets its number.
        entry_id: the entry that it belongs to.
    """

    about: str
    counterpart: str = ""
    dated: date | None = None
    entry_id: int | None = None


def add_line(office: str, rule: SeriesRule, paper: Paper, act: Act) -> tuple[int, Number]:
    """Give a paper made elsewhere its number; the line's id, and the number.

    Raises:
        JournalError: nothing is said about it, or the register is that of the notifications.
        ClosedYearError: the year is closed.
        NotFoundError: there is no such entry.
    """
    with writing():
        line, number = enter_line(_held(office), rule, paper, act)
        return line.pk, number


def enter_line(
    office: Office, rule: SeriesRule, paper: Paper, act: Act
) -> tuple[RegisterLine, Number]:
    """As :func:`add_line`, within the caller's transaction, which holds the office."""
    if rule.register == NOTIFICATIONS:
        raise JournalError(
            "notifications are registered",
            clerk_message="Номер у журналі повідомлень отримує лише повідомлення: opika add.",
        )
    if not paper.about.strip():
        raise JournalError("says nothing", clerk_message="Вкажіть, про що документ: --about «…».")
    if paper.entry_id and not Entry.objects.filter(pk=paper.entry_id).exists():
        raise NotFoundError("no such entry")
    number = give(office, rule, act.now)
    return _line(office, rule, number, paper, act), number


def skip(office: str, rule: SeriesRule, to: int, act: Act, year: int | None = None) -> list[Number]:
    """Pass over the numbers from the next one to ``to``; each stays in the register, void.

    For numbers that are used already: spoilt in the paper book, or given out after the backup that
    the journal was restored from.

    Args:
        office: key of the office.
        rule: how the register numbers in that year.
        to: the last number to be passed over.
        act: who, when, and why: a reason must be given.
        year: whose numbers; None: of this year.

    Raises:
        JournalError: no reason, the number is given out already, or too many at once.
        ClosedYearError: the year is closed.
    """
    given(act.why)
    with writing():
        row = _held(office)
        counted = year or act.now.astimezone(rule.zone).year
        known = last(row, rule, counted)
        _check_skip(known, to)
        numbers = [give(row, rule, act.now, counted) for _ in range(to - known)]
        for number in numbers:
            _line(row, rule, number, None, act)
        return numbers


def close(office: str, register: str, year: int, act: Act) -> RegisterCard:
    """Close a register of a past year; closed again it stays as it is.

    Law: Правила діловодства: the books of a year are closed by an inscription that counts them.

    Raises:
        JournalError: the year still runs, or something of it waits; the message says what.
    """
    with writing():
        row = _held(office)
        closed = YearClosing.objects.filter(office=row, register=register, year=year).first()
        if closed is None:
            _check_closable(row, register, year, act.now)
            _close(row, register, year, act)
        return card_of(row, register, year)


def _held(key: str) -> Office:
    return hold(office_of(key).pk)


def _line(
    office: Office, rule: SeriesRule, number: Number, paper: Paper | None, act: Act
) -> RegisterLine:
    """Store a line with its history; without a paper its number is passed over."""
    line = RegisterLine.objects.create(
        office=office,
        register=rule.register,
        year=number.year,
        number=number.number,
        index=number.index,
        dated=(paper and paper.dated) or number.dated,
        about=clean(paper.about.strip()) if paper else "",
        counterpart=clean(paper.counterpart.strip()) if paper else "",
        entry_id=paper.entry_id if paper else None,
        made_at=act.now,
        voided_at=None if paper else act.now,
    )
    action = "line added" if paper else "number passed over"
    changes = book.changes({}, book.line_facts(line))
    record(office, action, f"line:{line.pk}", act, entry=line.entry, changes=changes)
    return line


def _check_skip(known: int, to: int) -> None:
    if to <= known:
        raise JournalError(
            "given out already",
            clerk_message=f"Номер {to} вже видано; наступний – {known + 1}.",
        )
    if to - known > _MOST_SKIPPED:
        raise JournalError(
            "too many at once",
            clerk_message=f"Це {to - known} номерів (наступний – {known + 1}); за один раз можна "
            f"пропустити не більше {_MOST_SKIPPED}. Перевірте число.",
        )


def _check_closable(office: Office, register: str, year: int, now: datetime) -> None:
    if year >= localdate(now).year:
        raise JournalError(
            "the year still runs", clerk_message=f"{year} рік ще триває: його журнал не закривають."
        )
    waiting = _waiting(office, year) if register == NOTIFICATIONS else 0
    if waiting:
        raise JournalError(
            "something waits",
            clerk_message=f"Надходжень {year} року, які ще чекають: {waiting}. Спершу вирішіть про "
            "них (opika triage list).",
        )
    under_way = (DocumentState.DRAFT, DocumentState.SENDING)
    letters = Document.objects.filter(issuer=office, register=register, year=year)
    undone = letters.filter(state__in=under_way).values_list("index", flat=True)
    if undone:
        named = ", ".join(str(index) for index in undone[:10])
        raise JournalError(
            "letters wait",
            clerk_message=f"Листів, які ще не завершено: {len(undone)} ({named}). Погодьте й "
            "надішліть їх або анулюйте: opika register void.",
        )


def _waiting(office: Office, year: int) -> int:
    undecided = Q(placed_at__isnull=True) | Q(outcome__in=("triage", "failed", ""))
    came = Q(received_at__year=year)
    return office.journal_arrivals.filter(undecided & came).count()


def _close(office: Office, register: str, year: int, act: Act) -> None:
    totals = counted(office, register, year)
    head = office.history.order_by("-seq").values_list("seq", "hash").first()
    closing = YearClosing.objects.create(
        office=office,
        register=register,
        year=year,
        **totals,
        head=f"{head[0]}:{head[1]}" if head else "0",
        closed_at=act.now,
        closed_by=act.actor[:150],
    )
    changes = book.changes({}, book.closing_facts(closing))
    record(office, "year closed", f"closing:{closing.pk}", act, changes=changes)
