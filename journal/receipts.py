"""Automatic receipts: which arrivals may get one, each at most one, and never too many in all."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.timezone import localtime

from journal import book
from journal.arrivals import keep_original
from journal.database import writing
from journal.history import Act, hold
from journal.models import Arrival, Channel, Entry, Outcome, Revision, Sending
from journal.restoring import restored_at
from journal.sending import save

# A receipt that comes a day late only puzzles; and switched on, it must not answer all old mail.
_STALE = timedelta(hours=24)
_ANSWERED = (
    Outcome.REGISTERED,
    Outcome.REVISION,
    Outcome.DUPLICATE,
    Outcome.FILED,
    Outcome.TRIAGE,
)
_NUMBERED = (Outcome.REGISTERED, Outcome.REVISION, Outcome.DUPLICATE)


@dataclass(frozen=True, slots=True)
class ReceiptWork:
    """An arrival that may get a receipt.

    Attributes:
        sha256: digest of the mail.
        office: key of the office whose mailbox it came through.
        mailbox: that mailbox's address.
        index: under which it is registered, or "".
        anonymous: somebody does not want to be known: no receipt must lie in any mailbox.
    """

    arrival_id: int
    sha256: str
    office: str
    mailbox: str
    message_id: str
    references: str
    received_at: datetime
    index: str
    anonymous: bool


@dataclass(frozen=True, slots=True)
class NewReceipt:
    """A receipt about to be sent; its bytes lie in the store of originals."""

    arrival_id: int
    mailbox: str
    recipient: str
    message_id: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Caps:
    """At most so many receipts to one address in 24 hours, and so many in all in one hour."""

    per_sender: int
    per_hour: int


def to_decide(now: datetime, decided: Collection[int]) -> list[int]:
    """Ids of the arrivals of the last day that have no receipt, without those ``decided``."""
    # What came before the journal was restored may have had its receipt.
    since = max(now - _STALE, restored_at() or now - _STALE)
    rows = Arrival.objects.filter(
        channel=Channel.EMAIL,
        placed_at__isnull=False,
        received_at__gte=since,
        receipts__isnull=True,
    )
    # Chosen and ordered here: asked for it, SQLite would go through all that was registered in all
    # the years, not through what came in a day.
    found = rows.order_by().values_list("pk", "outcome", "source__kind")
    return sorted(
        pk
        for pk, outcome, kind in found
        if outcome in _ANSWERED and kind == "mailbox" and pk not in decided
    )


def receipt_work(arrival_id: int) -> ReceiptWork:
    """What deciding on a receipt needs."""
    arrival = Arrival.objects.select_related("office", "source").get(pk=arrival_id)
    entry = Entry.objects.filter(forms__file__arrival=arrival).order_by("pk").first()
    numbered = entry is not None and arrival.outcome in _NUMBERED
    return ReceiptWork(
        arrival_id=arrival.pk,
        sha256=arrival.original_id,
        office=arrival.office.key,
        mailbox=arrival.source.name if arrival.source else "",
        message_id=arrival.message_id,
        references=arrival.references,
        received_at=localtime(arrival.received_at),
        index=entry.index if entry and numbered else "",
        anonymous=_is_anonymous(arrival),
    )


def begin_receipt(new: NewReceipt, caps: Caps, *, now: datetime, actor: str) -> int | None:
    """Have a receipt under way and give its id; None where there may be none.

    None, too, where the same mail came through another mailbox of ours and has got its receipt.
    """
    with writing():
        arrival = Arrival.objects.select_related("office").get(pk=new.arrival_id)
        office = hold(arrival.office_id)
        if _is_answered(arrival) or _is_capped(new.recipient, caps, now):
            return None
        keep_original(new.sha256, new.size, now)
        row = Sending(
            office=office,
            arrival=arrival,
            mailbox=new.mailbox,
            recipient=new.recipient,
            message_id=new.message_id,
            original_id=new.sha256,
            created_at=now,
        )
        save(row, office, "receipt to be sent", Act(actor, now), book.Facts())
        return row.pk


def _is_answered(arrival: Arrival) -> bool:
    answered = Sending.objects.filter(arrival__isnull=False)
    if arrival.message_id and answered.filter(
        arrival__message_id=arrival.message_id, arrival__sender_address=arrival.sender_address
    ):
        return True
    return answered.filter(arrival=arrival).exists()


def _is_capped(recipient: str, caps: Caps, now: datetime) -> bool:
    receipts = Sending.objects.filter(arrival__isnull=False)
    of_day = receipts.filter(recipient=recipient, created_at__gt=now - timedelta(hours=24))
    of_hour = receipts.filter(created_at__gt=now - timedelta(hours=1))
    return of_day.count() >= caps.per_sender or of_hour.count() >= caps.per_hour


def _is_anonymous(arrival: Arrival) -> bool:
    revisions = Revision.objects.filter(form__file__arrival=arrival)
    return any(
        "anonymous" in (values.get("reporter_kinds") or ())
        for values in revisions.values_list("values", flat=True)
    )
