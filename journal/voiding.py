"""Making void: what was numbered by mistake keeps its number for ever and asks for nothing more."""

from __future__ import annotations

from collections.abc import Iterable

from journal import book, documents
from journal.clocks import settle_status
from journal.database import writing
from journal.history import Act, given, hold, hold_all, record
from journal.models import Deadline, Document, DocumentState, Entry, Office, RegisterLine
from journal.numbers import NOTIFICATIONS, check_open, closed_at
from opika.errors import JournalError, NotFoundError

_CLOSED = "Номери в ньому вже не анулюють; запишіть виправлення до запису."
UNSENT = (
    DocumentState.DRAFT,
    DocumentState.APPROVED,
    DocumentState.SIGNED,
    DocumentState.FAILED,
)
"""The states of letters that have not left, and that may be made void."""


def void_entry(entry_id: int, act: Act) -> None:
    """Make an entry void: its clocks are cancelled, its letters that have not left are void.

    A case of which nothing else lives is closed with it. Void already, it stays as it is.

    Args:
        entry_id: which one.
        act: who, when, and why: a reason must be given.

    Raises:
        JournalError: no reason, or a letter of it is under way.
        ClosedYearError: its year is closed.
        NotFoundError: there is no such entry.

    Law: Правила діловодства: a number that was given stays given; a mistake is crossed out, signed
    and explained, never removed.
    """
    given(act.why)
    with writing():
        # Its letters may be another office's, also one that is drafted just now.
        offices = hold_all(Office.objects.values_list("pk", flat=True))
        entry = Entry.objects.select_related("case").filter(pk=entry_id).first()
        if entry is None:
            raise NotFoundError("no such entry")
        if entry.voided_at is not None:
            return
        check_open(offices[entry.office_id], NOTIFICATIONS, entry.year, _CLOSED)
        letters = list(entry.documents.exclude(register="").order_by("pk"))
        _check_still(letters)
        _void_entry(entry, offices[entry.office_id], act)
        for letter in letters:
            office = offices[letter.issuer_id]
            if letter.state in UNSENT and not _is_closed(office, letter):
                documents.make_void(letter, office, act)


def void_document(document_id: int, act: Act) -> None:
    """Make a letter void that has not left; the same letter may then be drafted anew.

    Void already, it stays as it is.

    Raises:
        JournalError: no reason, it is under way or has left, or it is no letter.
        ClosedYearError: its year is closed.
        NotFoundError: there is no such letter.
    """
    given(act.why)
    with writing():
        letter, office = documents.held(document_id)
        if letter.state == DocumentState.VOID:
            return
        if not letter.register:
            raise JournalError(
                "no letter", clerk_message="Це форма для справи: номера вона не має."
            )
        if letter.state == DocumentState.SENT:
            raise JournalError(
                "it has left", clerk_message="Лист уже надіслано: його номер не анулюють."
            )
        _check_still([letter])
        if letter.year is not None:
            check_open(office, letter.register, letter.year, _CLOSED)
        documents.make_void(letter, office, act)


def void_line(line_id: int, act: Act) -> None:
    """Make a line of a register void; void already, it stays as it is.

    Raises:
        JournalError: no reason.
        ClosedYearError: its year is closed.
        NotFoundError: there is no such line.
    """
    given(act.why)
    with writing():
        rows = RegisterLine.objects.filter(pk=line_id)
        office_id = rows.values_list("office", flat=True).first()
        if office_id is None:
            raise NotFoundError("no such line")
        office = hold(office_id)
        line = rows.select_related("entry").get()
        if line.voided_at is not None:
            return
        check_open(office, line.register, line.year, _CLOSED)
        old = book.line_facts(line)
        line.voided_at = act.now
        line.save(update_fields=["voided_at"])
        changes = book.changes(old, book.line_facts(line))
        record(office, "voided", f"line:{line.pk}", act, entry=line.entry, changes=changes)


def _void_entry(entry: Entry, office: Office, act: Act) -> None:
    running = entry.deadlines.filter(done_at__isnull=True, cancelled_at__isnull=True)
    clocks = list(running.order_by("pk"))
    old = {**book.entry_facts(entry), **book.deadline_facts(clocks)}
    entry.voided_at = act.now
    entry.save(update_fields=["voided_at"])
    for clock in clocks:
        clock.cancelled_at = act.now
    Deadline.objects.bulk_update(clocks, ["cancelled_at"])
    changes = book.changes(old, {**book.entry_facts(entry), **book.deadline_facts(clocks)})
    record(office, "voided", f"entry:{entry.pk}", act, entry=entry, changes=changes)
    settle_status(entry, office, act)


def _check_still(letters: Iterable[Document]) -> None:
    for letter in letters:
        if letter.state == DocumentState.SENDING:
            raise JournalError(
                "a letter is under way",
                clerk_message=f"Лист {letter.index or letter.pk} саме надсилається. Дочекайтеся "
                "результату (opika send --list).",
            )


def _is_closed(office: Office, letter: Document) -> bool:
    return bool(letter.year and closed_at(office, letter.register, letter.year))
