"""Mails of ours: each is stored before it leaves, given to a server at most once, and followed.

A sending goes ``waiting`` → ``sending`` → ``sent``. ``sending`` is on the disk before the server
hears of the mail; so whoever finds it there, with nobody at work on it, knows that the mail may or
may not have left. From there it goes back to ``waiting`` only where it is certain that it has not,
or where a person says so.
"""

from __future__ import annotations

import fcntl
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import connection
from django.db.models import Q, QuerySet

from journal import book, documents
from journal.arrivals import keep_original
from journal.contacts import is_confirmed
from journal.database import writing
from journal.history import Act, hold, record
from journal.models import Document, DocumentState, Office, Sending, SendingState
from journal.retrying import later
from opika.errors import JournalBusyError, JournalError, NotFoundError

# About a day and a half: longer than a night's outage, shorter than a letter's term.
_MOST_TRIES = 8
OVERTAKEN = "overtaken"
"""The fault of a letter whose entry changed before it had left."""
_SENDABLE = (DocumentState.APPROVED, DocumentState.SIGNED)
# Any fixed number: processes that send from one PostgreSQL journal take turns on it.
_SENDER = 1_059_202_612


@dataclass(frozen=True, slots=True)
class NewSending:
    """A letter about to be sent; its bytes lie in the store of originals.

    Attributes:
        document_id: the letter.
        mailbox: our address that it goes from.
        recipient: the address that it goes to.
        by_configuration: the administrator has put the recipient into the configuration, so the
            contacts need not know it.
        message_id: its own, never used before.
        sha256: digest of the mail's bytes.
        size: their number.
    """

    document_id: int
    mailbox: str
    recipient: str
    by_configuration: bool
    message_id: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class SendingWork:
    """What sending one mail needs.

    Attributes:
        document_id: the letter; None: the mail is a receipt.
    """

    id: int
    document_id: int | None
    mailbox: str
    recipient: str
    message_id: str
    sha256: str
    state: str
    created_at: datetime


@contextmanager
def sole_sender(data: Path) -> Iterator[None]:
    """Be the one process that sends mail of this journal.

    Raises:
        JournalBusyError: another one sends.
    """
    busy = JournalBusyError(
        "another process sends",
        clerk_message="Листи саме надсилає інша дія. Повторіть за хвилину.",
    )
    if connection.vendor == "sqlite":
        with (data / "sending.lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as err:
                raise busy from err
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_SENDER])
        if not cursor.fetchone()[0]:
            raise busy
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_SENDER])


def begin(new: NewSending, *, now: datetime, actor: str) -> int:
    """A person sends a letter: from now on it is under way; give the sending's id.

    Raises:
        JournalError: the letter is not approved, not rendered, overtaken by a change of its entry,
            or its recipient is not confirmed.
        NotFoundError: there is no such document.
    """
    act = Act(actor, now)
    with writing():
        document, office = _held_document(new.document_id)
        check_sendable(document)
        if not (new.by_configuration or is_confirmed(office.key, new.recipient)):
            raise JournalError(
                "recipient is not confirmed",
                clerk_message="Адресу одержувача ще не підтвердила друга особа.",
            )
        keep_original(new.sha256, new.size, now)
        row = Sending(
            office=office,
            document=document,
            mailbox=new.mailbox,
            recipient=new.recipient,
            message_id=new.message_id,
            original_id=new.sha256,
            created_at=now,
        )
        _save(row, office, "to be sent", act, {})
        documents.move(document, office, DocumentState.SENDING, "sending", act)
        return row.pk


def check_sendable(document: Document) -> None:
    """Whether a letter may leave.

    Raises:
        JournalError: it may not; the message says why.
    """
    if document.state not in _SENDABLE:
        raise JournalError(
            "not approved", clerk_message=_NOT_SENDABLE[DocumentState(document.state)]
        )
    if not document.pdf:
        raise JournalError(
            "not rendered", clerk_message="PDF документа ще не сформовано. Повторіть за хвилину."
        )
    if document.stale_at:
        raise JournalError(
            OVERTAKEN,
            clerk_message="Дані повідомлення змінилися після погодження: лист застарів.",
        )


def sendable(ids: list[int] | None = None) -> list[int]:
    """Ids of the approved letters, all or those of ``ids``, in the order of their numbers."""
    rows = Document.objects.filter(state__in=_SENDABLE)
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def work(sending_id: int) -> SendingWork:
    """What sending it needs.

    Raises:
        NotFoundError: there is no such sending.
    """
    fields = (
        "pk",
        "document_id",
        "mailbox",
        "recipient",
        "message_id",
        "original_id",
        "state",
        "created_at",
    )
    row = Sending.objects.filter(pk=sending_id).values_list(*fields).first()
    if row is None:
        raise NotFoundError("no such sending")
    return SendingWork(*row)


def to_send(now: datetime) -> list[int]:
    """Ids of the mails to be given to a server now."""
    return _due(Sending.objects.filter(state=SendingState.WAITING), now)


def to_ask_about(now: datetime) -> list[int]:
    """Ids of the mails of which nobody knows whether they left, and that may be asked about now.

    The caller is the sole sender: what is ``sending`` is in nobody's hands.
    """
    unknown = Sending.objects.filter(state__in=[SendingState.SENDING, SendingState.DOUBT])
    return _due(unknown, now)


def to_copy(now: datetime) -> list[int]:
    """Ids of the letters that have left and are not yet in the folder of sent mail."""
    rows = Sending.objects.filter(
        state=SendingState.SENT,
        document__isnull=False,
        copied_at__isnull=True,
        attempts__lt=_MOST_TRIES,
    )
    return _due(rows, now)


def start(sending_id: int, *, now: datetime, actor: str) -> bool:
    """Take a waiting mail in hand, durably; False where it may not be given to the server now.

    A letter that has been voided, or overtaken by a change of its entry, does not leave any more.
    """
    act = Act(actor, now)
    with writing():
        row, office = _held(sending_id)
        if row.state != SendingState.WAITING or (row.next_try_at and row.next_try_at > now):
            return False
        document = row.document
        if document and (document.stale_at or document.state != DocumentState.SENDING):
            _fail(row, office, OVERTAKEN, act)
            return False
        _change(row, office, "sending", act, state=SendingState.SENDING, started_at=now)
        return True


def sent(sending_id: int, *, now: datetime, actor: str, why: str = "") -> None:
    """The server has taken the mail."""
    act = Act(actor, now, why)
    with writing():
        row, office = _held(sending_id)
        if row.state in (SendingState.SENDING, SendingState.DOUBT):
            _leave(row, office, act)


def put_off(sending_id: int, fault: str, *, now: datetime, actor: str) -> None:
    """The mail has not left: it is tried again later, and given up after a day and a half."""
    with writing():
        row, office = _held(sending_id)
        if row.state != SendingState.SENDING:
            return
        old = book.sending_facts(row)
        later(row, fault, now)
        if row.attempts >= _MOST_TRIES:
            _fail(row, office, fault, Act(actor, now))
            return
        row.state, row.started_at = SendingState.WAITING, None
        _save(row, office, "put off", Act(actor, now), old)


def refused(sending_id: int, fault: str, *, now: datetime, actor: str) -> None:
    """The mail has not left and will not: a person has to see why."""
    with writing():
        row, office = _held(sending_id)
        if row.state == SendingState.SENDING:
            _fail(row, office, fault, Act(actor, now))


def doubted(sending_id: int, fault: str, *, now: datetime, actor: str) -> None:
    """Nobody knows whether the mail left; a person decides, unless it is found among sent mail.

    A receipt is not worth a person's time: it counts as not sent, and is never sent again.
    """
    with writing():
        row, office = _held(sending_id)
        if row.state not in (SendingState.SENDING, SendingState.DOUBT):
            return
        if row.document_id is None:
            _fail(row, office, fault, Act(actor, now))
            return
        old = book.sending_facts(row)
        later(row, fault, now)
        row.state = SendingState.DOUBT
        _save(row, office, "in doubt", Act(actor, now), old)


def copied(sending_id: int, *, now: datetime, actor: str) -> None:
    """A copy of the mail lies in the folder of sent mail."""
    with writing():
        row, office = _held(sending_id)
        if row.copied_at is None:
            _change(row, office, "copied", Act(actor, now), copied_at=now)


def copy_failed(sending_id: int, fault: str, *, now: datetime) -> None:
    """The copy could not be made; it is tried again later."""
    with writing():
        row, _office = _held(sending_id)
        later(row, fault, now)
        row.save(update_fields=["next_try_at", "attempts", "fault"])


def decide_sent(document_id: int, *, why: str, now: datetime, actor: str) -> None:
    """A person has found out that a letter in doubt has left.

    Raises:
        JournalError: it is not in doubt, or no reason is given.
        NotFoundError: there is no such document.
    """
    with writing():
        row, office = _doubtful(document_id, why)
        _leave(row, office, Act(actor, now, why))


def decide_again(document_id: int, *, why: str, now: datetime, actor: str) -> None:
    """A person has found out that a letter has not arrived, and lets it go once more.

    One in doubt goes as the very same mail, so that a recipient who has it all the same can see
    that the two are one. One that failed or came back is approved again, for a new mail.

    Raises:
        JournalError: it is neither in doubt nor failed, or no reason is given.
        NotFoundError: there is no such document.
    """
    act = Act(actor, now, _given(why))
    with writing():
        document, office = _held_document(document_id)
        if document.state == DocumentState.FAILED:
            documents.move(document, office, DocumentState.APPROVED, "to be sent again", act)
            return
        row, _ = _doubtful(document_id, why)
        row.attempts, row.next_try_at, row.fault = 0, None, ""
        _change(row, office, "to be sent again", act, state=SendingState.WAITING, started_at=None)


def bounced(
    document_id: int, *, message_id: str = "", now: datetime, actor: str, why: str = ""
) -> None:
    """A letter came back undelivered: it has failed, and a person has to see why.

    Told of the same mail again it does nothing; a letter that never left is left alone. A notice
    that a mail is only delayed is no bounce, and not to be told here.

    Args:
        document_id: the letter.
        message_id: of the mail that came back; "": the last one that left.
        now: when the bounce was seen.
        actor: who acts.
        why: what the bounce says, without anybody's data.
    """
    act = Act(actor, now, why)
    with writing():
        document, office = _held_document(document_id)
        mails = document.sendings.exclude(state=SendingState.FAILED).order_by("-pk")
        if message_id:
            mails = mails.filter(message_id=message_id.strip())
        row = mails.first()
        if row is None or (row.state == SendingState.WAITING and not message_id):
            return
        # Failed, so that the letter may be sent to the same address once more.
        _change(row, office, "came back", act, state=SendingState.FAILED, bounced_at=now)
        documents.move(document, office, DocumentState.FAILED, "came back", act)


def document_by_message_id(message_id: str) -> int | None:
    """Id of the document of ours that left under this Message-ID, or None."""
    rows = Sending.objects.filter(message_id=message_id.strip(), document__isnull=False)
    return rows.values_list("document", flat=True).first()


def is_ours(message_id: str) -> bool:
    """Whether a mail of ours, a letter or a receipt, has this Message-ID."""
    return Sending.objects.filter(message_id=message_id.strip()).exists()


def document_by_index(office: str, index: str, dated: date | None = None) -> int | None:
    """Id of the letter that an office issued under this index, or None; never a draft's.

    Args:
        office: key of the office.
        index: ``01-12/7``; spaces and the case of letters do not count.
        dated: its date; None: the newest that has this index.
    """
    known = (DocumentState.SENDING, DocumentState.SENT, DocumentState.FAILED, *_SENDABLE)
    rows = Document.objects.filter(
        issuer__key=office, index__iexact=re.sub(r"\s+", "", index), state__in=known
    )
    if dated is not None:
        rows = rows.filter(dated=dated)
    return rows.order_by("-dated", "-pk").values_list("pk", flat=True).first()


_NOT_SENDABLE = {
    DocumentState.DRAFT: "Це ще проєкт: спершу погодьте його (opika approve).",
    DocumentState.SENDING: "Лист уже надсилається (див. opika send --list).",
    DocumentState.SENT: "Лист уже надіслано.",
    DocumentState.FAILED: "Лист не надіслано або він повернувся. Надіслати ще раз: opika send "
    "--again ID --why «підстава».",
    DocumentState.VOID: "Документ анульовано: він не надсилається.",
}


def _due(rows: QuerySet[Sending], now: datetime) -> list[int]:
    due = Q(next_try_at__isnull=True) | Q(next_try_at__lte=now)
    return list(rows.filter(due).order_by("pk").values_list("pk", flat=True))


def _held(sending_id: int) -> tuple[Sending, Office]:
    rows = Sending.objects.filter(pk=sending_id)
    office_id = rows.values_list("office", flat=True).first()
    if office_id is None:
        raise NotFoundError("no such sending")
    office = hold(office_id)
    return rows.select_related("document__entry").get(), office


def _held_document(document_id: int) -> tuple[Document, Office]:
    rows = Document.objects.filter(pk=document_id)
    issuer = rows.values_list("issuer", flat=True).first()
    if issuer is None:
        raise NotFoundError("no such document", clerk_message="Документа з таким номером немає.")
    office = hold(issuer)
    return rows.select_related("entry").get(), office


def _doubtful(document_id: int, why: str) -> tuple[Sending, Office]:
    _given(why)
    document, office = _held_document(document_id)
    row = document.sendings.filter(state=SendingState.DOUBT).select_related("document__entry")
    found = row.first()
    if found is None:
        raise JournalError(
            "not in doubt",
            clerk_message="Про цей лист нема чого вирішувати: див. opika send --list.",
        )
    return found, office


def _given(why: str) -> str:
    if not why.strip():
        raise JournalError("no reason", clerk_message="Вкажіть підставу: --why «…».")
    return why.strip()


def _leave(row: Sending, office: Office, act: Act) -> None:
    row.attempts, row.next_try_at, row.fault = 0, None, ""
    _change(row, office, "sent", act, state=SendingState.SENT, sent_at=act.now)
    if row.document:
        documents.move(row.document, office, DocumentState.SENT, "sent", act)


def _fail(row: Sending, office: Office, fault: str, act: Act) -> None:
    row.next_try_at, row.fault = None, fault[:80]
    _change(row, office, "not sent", act, state=SendingState.FAILED)
    if row.document and row.document.state == DocumentState.SENDING:
        documents.move(row.document, office, DocumentState.FAILED, "not sent", act)


def _change(
    row: Sending, office: Office, action: str, act: Act, **changed: datetime | str | None
) -> None:
    old = book.sending_facts(row)
    for name, value in changed.items():
        setattr(row, name, value)
    _save(row, office, action, act, old)


def _save(row: Sending, office: Office, action: str, act: Act, old: book.Facts) -> None:
    row.save()
    changes = book.changes(old, book.sending_facts(row))
    entry = row.document.entry if row.document else None
    record(office, action, f"sending:{row.pk}", act, entry=entry, changes=changes)
