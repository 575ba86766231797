"""Mails of ours: each is stored before it leaves, given to a server at most once, and followed.

A sending goes ``waiting`` → ``sending`` → ``sent``. ``sending`` is on the disk before the server
hears of the mail; so whoever finds it there, with nobody at work on it, knows that the mail may or
may not have left. From there it goes back to ``waiting`` only where it is certain that it has not,
or where a person says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from journal import book, documents
from journal.casework import letter_came_back, letter_left
from journal.clocks import ClockRules
from journal.database import writing
from journal.history import Act, hold_all, record
from journal.models import DocumentState, Office, Sending, SendingState
from journal.retrying import later
from opika.errors import NotFoundError

# About a day and a half: longer than a night's outage, shorter than a letter's term.
_MOST_TRIES = 8
OVERTAKEN = "overtaken"
"""The fault of a letter whose entry changed before it had left."""


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


def letters_to_send(now: datetime) -> list[int]:
    """Ids of the documents among them."""
    letters = Sending.objects.filter(pk__in=to_send(now), document__isnull=False).order_by("pk")
    return list(letters.values_list("document_id", flat=True))


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
        row, office = held(sending_id)
        if row.state != SendingState.WAITING or (row.next_try_at and row.next_try_at > now):
            return False
        document = row.document
        if document and (document.stale_at or document.state != DocumentState.SENDING):
            fail(row, office, OVERTAKEN, act)
            return False
        change(row, office, "sending", act, state=SendingState.SENDING, started_at=now)
        return True


def sent(sending_id: int, *, now: datetime, actor: str, rules: ClockRules, why: str = "") -> None:
    """The server has taken the mail; a letter moves the clocks of its case.

    Args:
        sending_id: the mail.
        now: when this is known.
        actor: who acts.
        rules: by what clocks are counted.
        why: how it is known, where the server's answer was lost; it left when it was started then.
    """
    act = Act(actor, now, why)
    with writing():
        row, office = held(sending_id)
        if row.state in (SendingState.SENDING, SendingState.DOUBT):
            leave(row, office, act, rules)


def put_off(sending_id: int, fault: str, *, now: datetime, actor: str) -> None:
    """The mail has not left: it is tried again later, and given up after a day and a half."""
    with writing():
        row, office = held(sending_id)
        if row.state != SendingState.SENDING:
            return
        old = book.sending_facts(row)
        later(row, fault, now)
        if row.attempts >= _MOST_TRIES:
            fail(row, office, fault, Act(actor, now))
            return
        row.state, row.started_at = SendingState.WAITING, None
        save(row, office, "put off", Act(actor, now), old)


def refused(sending_id: int, fault: str, *, now: datetime, actor: str) -> None:
    """The mail has not left and will not: a person has to see why."""
    with writing():
        row, office = held(sending_id)
        if row.state == SendingState.SENDING:
            fail(row, office, fault, Act(actor, now))


def doubted(sending_id: int, fault: str, *, now: datetime, actor: str) -> None:
    """Nobody knows whether the mail left; a person decides, unless it is found among sent mail.

    A receipt is not worth a person's time: it counts as not sent, and is never sent again.
    """
    with writing():
        row, office = held(sending_id)
        if row.state not in (SendingState.SENDING, SendingState.DOUBT):
            return
        if row.document_id is None:
            fail(row, office, fault, Act(actor, now))
            return
        old = book.sending_facts(row)
        later(row, fault, now)
        row.state = SendingState.DOUBT
        save(row, office, "in doubt", Act(actor, now), old)


def copied(sending_id: int, *, now: datetime, actor: str) -> None:
    """A copy of the mail lies in the folder of sent mail."""
    with writing():
        row, office = held(sending_id)
        if row.copied_at is None:
            change(row, office, "copied", Act(actor, now), copied_at=now)


def try_later(sending_id: int, fault: str, *, now: datetime) -> None:
    """What was to be done with the mail could not even be begun; it is due again later."""
    with writing():
        row, _office = held(sending_id)
        later(row, fault, now)
        row.save(update_fields=["next_try_at", "attempts", "fault"])


def bounced(
    document_id: int,
    *,
    message_id: str = "",
    now: datetime,
    actor: str,
    rules: ClockRules,
    why: str = "",
) -> None:
    """A letter came back undelivered: it has failed, and a person has to see why.

    Told of the same mail again it does nothing; a letter that never left is left alone. A notice
    that a mail is only delayed is no bounce, and not to be told here.

    Args:
        document_id: the letter.
        message_id: of the mail that came back; "": the last one that left.
        now: when the bounce was seen.
        actor: who acts.
        rules: by what clocks are counted.
        why: the status code that the bounce gives («5.1.1»), or "".
    """
    act = Act(actor, now, why)
    with writing():
        document, office = documents.held(document_id)
        mails = document.sendings.exclude(state=SendingState.FAILED).order_by("-pk")
        if message_id:
            mails = mails.filter(message_id=message_id.strip())
        row = mails.first()
        if row is None or (row.state == SendingState.WAITING and not message_id):
            return
        row.fault = why[:80]
        # Failed, so that the letter may be sent to the same address once more.
        change(row, office, "came back", act, state=SendingState.FAILED, bounced_at=now)
        documents.move(document, office, DocumentState.FAILED, "came back", act)
        letter_came_back(document, act, rules)


def document_by_message_id(message_id: str) -> int | None:
    """Id of the document of ours that left under this Message-ID, or None."""
    rows = Sending.objects.filter(message_id=message_id.strip(), document__isnull=False)
    return rows.values_list("document", flat=True).first()


def is_ours(message_id: str) -> bool:
    """Whether a mail of ours, a letter or a receipt, has this Message-ID."""
    return Sending.objects.filter(message_id=message_id.strip()).exists()


def _due(rows: QuerySet[Sending], now: datetime) -> list[int]:
    due = Q(next_try_at__isnull=True) | Q(next_try_at__lte=now)
    return list(rows.filter(due).order_by("pk").values_list("pk", flat=True))


def held(sending_id: int) -> tuple[Sending, Office]:
    """A mail and its office, held with that of its letter's entry until the transaction ends.

    Raises:
        NotFoundError: there is no such sending.
    """
    rows = Sending.objects.filter(pk=sending_id)
    ids = rows.values_list("office", "document__entry__office").first()
    if ids is None:
        raise NotFoundError("no such sending")
    office = hold_all(filter(None, ids))[ids[0]]
    return rows.select_related("document__entry").get(), office


def leave(row: Sending, office: Office, act: Act, rules: ClockRules) -> None:
    """The mail has left; the caller's transaction holds the office.

    Known only afterwards, for a reason, it left when it was started.
    """
    row.attempts, row.next_try_at, row.fault = 0, None, ""
    left_at = row.started_at if act.why and row.started_at else act.now
    change(row, office, "sent", act, state=SendingState.SENT, sent_at=left_at)
    if row.document:
        documents.move(row.document, office, DocumentState.SENT, "sent", act)
        letter_left(row.document, left_at, act, rules)


def fail(row: Sending, office: Office, fault: str, act: Act) -> None:
    """The mail will not leave; the caller's transaction holds the office."""
    row.next_try_at, row.fault = None, fault[:80]
    change(row, office, "not sent", act, state=SendingState.FAILED)
    if row.document and row.document.state == DocumentState.SENDING:
        documents.move(row.document, office, DocumentState.FAILED, "not sent", act)


def change(
    row: Sending, office: Office, action: str, act: Act, **changed: datetime | str | None
) -> None:
    """Change the mail, with its row of history; the caller's transaction holds the office."""
    old = book.sending_facts(row)
    for name, value in changed.items():
        setattr(row, name, value)
    save(row, office, action, act, old)


def save(row: Sending, office: Office, action: str, act: Act, old: book.Facts) -> None:
    """Store the mail, with a row of history; the caller's transaction holds the office."""
    row.save()
    changes = book.changes(old, book.sending_facts(row))
    entry = row.document.entry if row.document else None
    record(office, action, f"sending:{row.pk}", act, entry=entry, changes=changes)
