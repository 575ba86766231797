"""What a person does with letters: sends them, and decides about those that went astray."""

from __future__ import annotations

import fcntl
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection
from django.utils.timezone import localtime

from journal import documents
from journal.arrivals import keep_original
from journal.clocks import ClockRules
from journal.contacts import is_confirmed
from journal.database import writing
from journal.history import Act, given
from journal.models import Arrival, Document, DocumentState, Office, Sending, SendingState
from journal.restoring import check_not_sent_before
from journal.sending import change, leave, save
from opika.errors import JournalBusyError, JournalError, NotFoundError

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
        attached: digest of the copy of the letter that the mail carries; "": not to be compared.
    """

    document_id: int
    mailbox: str
    recipient: str
    by_configuration: bool
    message_id: str
    sha256: str
    size: int
    attached: str = ""


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
    # A session of PostgreSQL may take its own lock twice: the file tells its threads apart.
    with (data / "sending.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as err:
            raise busy from err
        with _locked_for_all_machines(busy):
            yield


@contextmanager
def _locked_for_all_machines(busy: JournalBusyError) -> Iterator[None]:
    if connection.vendor == "sqlite":
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


def begin(new: NewSending, *, now: datetime, actor: str, why: str = "") -> int:
    """A person sends a letter: from now on it is under way; give the sending's id.

    Args:
        new: the letter, its mail and its recipient.
        now: when.
        actor: who.
        why: a reason, where the journal was restored since its entry came.

    Raises:
        JournalError: the letter is not approved, not rendered, overtaken by a change of its entry,
            its recipient is not confirmed, or a reason is missing.
        NotFoundError: there is no such document.
    """
    act = Act(actor, now, why.strip())
    with writing():
        document, office = documents.held(new.document_id)
        _check(document, why)
        if new.attached and new.attached != (document.signed_id or document.pdf_sha256):
            raise JournalError(
                "another copy was signed meanwhile",
                clerk_message="Підписаний примірник саме замінено. Повторіть надсилання.",
            )
        check_recipient(office.key, new.recipient, by_configuration=new.by_configuration)
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
        save(row, office, "to be sent", act, {})
        documents.move(document, office, DocumentState.SENDING, "sending", act)
        return row.pk


def check_may_leave(document_id: int, why: str = "") -> None:
    """See whether a letter may leave, for the reason that is given.

    Raises:
        JournalError: it may not; the message says why.
        NotFoundError: there is no such document.
    """
    document = Document.objects.select_related("entry").filter(pk=document_id).first()
    if document is None:
        raise NotFoundError("no such document", clerk_message="Документа з таким номером немає.")
    _check(document, why)


def check_recipient(office: str, recipient: str, *, by_configuration: bool) -> None:
    """See whether letters of an office may go to an address.

    Raises:
        JournalError: it is not in the register, or not confirmed; the message says what to do.
    """
    if by_configuration or is_confirmed(office, recipient):
        return
    raise JournalError(
        "recipient is not confirmed",
        clerk_message="Адреси одержувача немає серед підтверджених. Додайте її: opika contact "
        "add; підтвердити має інша особа: opika contact confirm.",
    )


def _check(document: Document, why: str) -> None:
    documents.check_living(document.entry_id)
    if document.state not in _SENDABLE:
        raise JournalError(
            "not approved", clerk_message=_NOT_SENDABLE[DocumentState(document.state)]
        )
    if not document.pdf:
        raise JournalError(
            "not rendered", clerk_message="PDF документа ще не сформовано. Повторіть за хвилину."
        )
    if document.stale_at:
        raise documents.overtaken(document)
    check_not_sent_before(document, why)


def sendable(kinds: Collection[str]) -> list[int]:
    """Ids of the approved documents of these kinds, oldest first."""
    rows = Document.objects.filter(state__in=_SENDABLE, kind__in=kinds)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def decide_sent(
    document_id: int, *, why: str, now: datetime, actor: str, rules: ClockRules
) -> None:
    """A person has found out that a letter in doubt has left.

    Raises:
        JournalError: it is not in doubt, or no reason is given.
        NotFoundError: there is no such document.
    """
    with writing():
        row, office = _doubtful(document_id, why)
        leave(row, office, Act(actor, now, why), rules)


def decide_again(document_id: int, *, why: str, now: datetime, actor: str) -> None:
    """A person has found out that a letter has not arrived, and lets it go once more.

    One in doubt goes as the very same mail, so that a recipient who has it all the same can see
    that the two are one. One that failed or came back is approved (or signed) again, for a new mail.

    Raises:
        JournalError: it is neither in doubt nor failed, or no reason is given.
        NotFoundError: there is no such document.
    """
    act = Act(actor, now, given(why))
    with writing():
        document, office = documents.held(document_id)
        if document.state == DocumentState.FAILED:
            before = DocumentState.SIGNED if document.signed_id else DocumentState.APPROVED
            documents.move(document, office, before, "to be sent again", act)
            return
        row, _ = _doubtful(document_id, why)
        row.attempts, row.next_try_at, row.fault = 0, None, ""
        change(row, office, "to be sent again", act, state=SendingState.WAITING, started_at=None)


def _doubtful(document_id: int, why: str) -> tuple[Sending, Office]:
    given(why)
    document, office = documents.held(document_id)
    row = document.sendings.filter(state=SendingState.DOUBT).select_related("document__entry")
    found = row.first()
    if found is None:
        raise JournalError(
            "not in doubt",
            clerk_message="Про цей лист нема чого вирішувати: див. opika send --list.",
        )
    return found, office


_NOT_SENDABLE = {
    DocumentState.DRAFT: "Це ще проєкт: спершу погодьте його (opika approve).",
    DocumentState.SENDING: "Лист уже надсилається (див. opika send --list).",
    DocumentState.SENT: "Лист уже надіслано.",
    DocumentState.FAILED: "Лист не надіслано або він повернувся. Надіслати ще раз: opika send "
    "--again ID --why «підстава».",
    DocumentState.VOID: "Документ анульовано: він не надсилається.",
}


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A letter that has begun its way and has not arrived, as far as we know.

    Attributes:
        state: of its last mail: ``waiting``, ``sending``, ``doubt`` or ``failed``.
        fault: a server's code, or the kind of the error.
        came_back: it was returned undelivered.
    """

    document_id: int
    index: str | None
    state: str
    recipient: str
    fault: str
    next_try_at: datetime | None
    came_back: bool


def under_way() -> list[UnderWay]:
    """The letters that were to be sent and are not known to have arrived, oldest first."""
    rows = Document.objects.filter(state__in=[DocumentState.SENDING, DocumentState.FAILED])
    found = []
    for document in rows.prefetch_related("sendings").order_by("pk"):
        mails: Sequence[Sending] = sorted(document.sendings.all(), key=lambda row: row.pk)
        if mails:
            found.append(_under_way(document, mails[-1]))
    return found


def sent_to(document_id: int) -> str:
    """The address that a letter was last sent to; "" where it never was."""
    mails = Sending.objects.filter(document=document_id).order_by("-pk")
    return mails.values_list("recipient", flat=True).first() or ""


def thread_with(arrival_ids: Sequence[int], address: str) -> tuple[str, str]:
    """Message-ID and References of the first of these mails that came from the address."""
    rows = Arrival.objects.filter(pk__in=arrival_ids, sender_address__iexact=address)
    found = rows.exclude(message_id="").order_by("pk").values_list("message_id", "references")
    return found.first() or ("", "")


def _under_way(document: Document, mail: Sending) -> UnderWay:
    return UnderWay(
        document_id=document.pk,
        index=document.index,
        state=mail.state,
        recipient=mail.recipient,
        fault=mail.fault,
        next_try_at=mail.next_try_at and localtime(mail.next_try_at),
        came_back=mail.bounced_at is not None,
    )
