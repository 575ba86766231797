"""Erasing what an entry says about persons, by order of the law; its number and its chain stay.

One person asks and another confirms. Then, in one transaction, every text of the entry is blanked, the
values behind its rows of history are deleted (the chain holds their salted digests only), and one row
«erased» states anew what is left. The files go after that; whoever is killed in between goes on with
them at the next pass.

Law: Закон України «Про захист персональних даних», ст. 15: data are erased by decision of a court or of
the Commissioner, and where their term or purpose has ended.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils.timezone import localtime

from journal import book, comparing, documents, search_engine
from journal.blanking import blank
from journal.database import writing
from journal.document_files import remove_files_of
from journal.history import Act, given, hold_all, record, values_to_erase
from journal.models import Deadline, Document, DocumentState, Entry, Erasure, Office, Original
from journal.originals import Originals
from journal.retention import note_removed, remove_bytes
from opika.errors import JournalError, NotFoundError

_UNSENT = (
    DocumentState.DRAFT,
    DocumentState.APPROVED,
    DocumentState.SIGNED,
    DocumentState.FAILED,
)


@dataclass(frozen=True, slots=True)
class ErasureCard:
    """An order to erase an entry, and how far it is carried out.

    Attributes:
        order: the decision that orders it.
        confirmed_by: the second person; empty: nobody has confirmed yet.
        done_at: since when nothing of it is left; None: files still wait to be removed.
    """

    id: int
    office: str
    number: str
    year: int
    order: str
    asked_by: str
    asked_at: datetime
    confirmed_by: str
    confirmed_at: datetime | None
    done_at: datetime | None


def ask(entry_id: int, order: str, act: Act) -> int:
    """Ask that an entry be erased; a second person has to confirm. Asked again it is the same request.

    Args:
        entry_id: which one.
        order: the decision, so that its reader finds it («рішення … суду від … № …»).
        act: who, when, and why: a reason must be given.

    Raises:
        JournalError: no order or no reason, or it is erased already.
        NotFoundError: there is no such entry.
    """
    given(act.why)
    if not order.strip():
        raise JournalError("no order", clerk_message="Вкажіть рішення: --order «…».")
    with writing():
        entry, offices = _held(entry_id)
        known = entry.erasures.order_by("-pk").first()
        if known is not None:
            _check_not_erased(known)
            return known.pk
        erasure = Erasure.objects.create(
            entry=entry, order=order.strip(), asked_by=act.actor[:150], asked_at=act.now
        )
        _note(erasure, offices[entry.office_id], "erasure asked", act, {})
        return erasure.pk


def confirm(entry_id: int, act: Act) -> int:
    """Erase an entry whose erasure another person has asked for.

    Raises:
        JournalError: nobody has asked, the same person has, or a letter of it is under way.
        NotFoundError: there is no such entry.
    """
    _forget_thoroughly()
    with writing():
        entry, offices = _held(entry_id)
        erasure = entry.erasures.order_by("-pk").first()
        if erasure is None:
            raise JournalError(
                "nobody has asked",
                clerk_message="Стирання цього запису ніхто не просив: спершу --order і --why.",
            )
        _check_not_erased(erasure)
        if erasure.asked_by == act.actor[:150]:
            raise JournalError(
                "one person cannot do both",
                clerk_message="Підтвердити стирання має інша особа, ніж та, що його просила.",
            )
        _check_still(entry)
        # Whoever confirms does it for the order's reason.
        _erase(entry, erasure, offices, replace(act, why=erasure.order))
        return erasure.pk


def finish(originals: Originals, data: Path, now: datetime) -> int:
    """Remove the files of entries that are erased; give how many erasures are now done.

    Bytes that were put into the store within the hour wait for the next time: somebody may just be
    bringing the same ones. So does a log of the database that somebody is reading.
    """
    done = 0
    for erasure in Erasure.objects.filter(seq__isnull=False, done_at__isnull=True).order_by("pk"):
        letters = Document.objects.filter(entry=erasure.entry_id).values_list("pk", flat=True)
        remove_files_of(data, set(letters))
        _forget_thoroughly()
        search_engine.forget()
        gone = remove_bytes(originals, Original.objects.filter(erased_at=erasure.confirmed_at))
        if gone and _is_written_through():
            with writing():
                Erasure.objects.filter(pk=erasure.pk).update(done_at=now)
            done += 1
    return done


def erasures(entry_id: int | None = None) -> list[ErasureCard]:
    """The orders to erase, the oldest first.

    Args:
        entry_id: only of this entry; None: of all.
    """
    rows = Erasure.objects.select_related("entry__office").order_by("pk")
    return [_card(row) for row in (rows if entry_id is None else rows.filter(entry=entry_id))]


def _held(entry_id: int) -> tuple[Entry, dict[int, Office]]:
    # Its letters and papers may be another office's.
    offices = hold_all(Office.objects.values_list("pk", flat=True))
    entry = Entry.objects.select_related("case").filter(pk=entry_id).first()
    if entry is None:
        raise NotFoundError("no such entry")
    return entry, offices


def _check_not_erased(erasure: Erasure) -> None:
    if erasure.seq is not None:
        raise JournalError("erased already", clerk_message="Зміст цього запису вже стерто.")


def _check_still(entry: Entry) -> None:
    if entry.documents.filter(state=DocumentState.SENDING).exists():
        raise JournalError(
            "a letter is under way",
            clerk_message="Лист цього запису саме надсилається. Дочекайтеся результату "
            "(opika send --list).",
        )


def _erase(entry: Entry, erasure: Erasure, offices: Mapping[int, Office], act: Act) -> None:
    office = offices[entry.office_id]
    _end(entry, offices, act)
    old = book.erasure_facts(erasure)
    last = office.history.order_by("-seq")[0]
    erasure.seq = last.seq
    erasure.confirmed_by, erasure.confirmed_at = act.actor[:150], act.now
    # From here on the database itself lets values of this entry go.
    erasure.save()
    removed = blank(entry, act.now)
    values_to_erase(entry, last).delete()
    search_engine.drop([entry.pk])
    left = comparing.facts_of(entry.pk)
    _state_anew(entry, left, offices, act)
    note_removed(removed, office, act, entry=entry)
    _note(erasure, office, "erasure confirmed", act, old)


def _end(entry: Entry, offices: Mapping[int, Office], act: Act) -> None:
    """Nothing of the entry leaves any more, and no clock of it runs."""
    for letter in entry.documents.filter(state__in=_UNSENT).order_by("pk"):
        documents.make_void(letter, offices[letter.issuer_id], act)
    running = entry.deadlines.filter(done_at__isnull=True, cancelled_at__isnull=True)
    clocks = list(running.order_by("pk"))
    old = book.deadline_facts(clocks)
    for clock in clocks:
        clock.cancelled_at = act.now
    Deadline.objects.bulk_update(clocks, ["cancelled_at"])
    changes = book.changes(old, book.deadline_facts(clocks))
    if changes:
        office = offices[entry.office_id]
        record(office, "clocks cancelled", f"entry:{entry.pk}", act, entry=entry, changes=changes)


def _state_anew(
    entry: Entry,
    left: Mapping[tuple[int, str], book.Facts],
    offices: Mapping[int, Office],
    act: Act,
) -> None:
    """One row for everything that still says something: what that is, without what it was."""
    for (office_id, subject), facts in left.items():
        changes = book.changes({}, facts)
        record(offices[office_id], "erased", subject, act, entry=entry, changes=changes)


def _note(erasure: Erasure, office: Office, action: str, act: Act, old: Mapping[str, Any]) -> None:
    changes = book.changes(old, book.erasure_facts(erasure))
    record(office, action, f"erasure:{erasure.pk}", act, entry=erasure.entry, changes=changes)


def _forget_thoroughly() -> None:
    """Have SQLite overwrite what it deletes; PostgreSQL's rows go with its next vacuum."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def _is_written_through() -> bool:
    """Have SQLite put all into its file, so that its log keeps no former page; whether nobody reads one."""
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, *_ = cursor.fetchone()
        return not busy


def _card(row: Erasure) -> ErasureCard:
    return ErasureCard(
        id=row.pk,
        office=row.entry.office.key,
        number=str(row.entry.number),
        year=row.entry.year,
        order=row.order,
        asked_by=row.asked_by,
        asked_at=localtime(row.asked_at),
        confirmed_by=row.confirmed_by,
        confirmed_at=row.confirmed_at and localtime(row.confirmed_at),
        done_at=row.done_at and localtime(row.done_at),
    )
