"""What lies in a case's file beside its notifications: answers that came in, letters of ours."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils.timezone import localtime

from journal.models import Arrival, CaseEvent, Document, DocumentState, File, Form, Outcome

_OUT = (
    DocumentState.APPROVED,
    DocumentState.SIGNED,
    DocumentState.SENDING,
    DocumentState.SENT,
    DocumentState.FAILED,
)
_NOTICES = (Outcome.REGISTERED, Outcome.REVISION, Outcome.DUPLICATE)


@dataclass(frozen=True, slots=True)
class Received:
    """A file that was put to an entry after its notification.

    Attributes:
        event: kind of the event that it brought; "": none.
        day: on which it came.
        sha256: digest of its original; None: erased or never kept.
        text: what was read in it.
    """

    entry_id: int
    event: str
    day: date
    sha256: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Issued:
    """A document of ours that a person has approved.

    Attributes:
        pdf: its path below the data folder.
        signed: digest of the signed scan or КЕП container that was put back; None: neither was.
    """

    entry_id: int
    kind: str
    index: str
    day: date | None
    pdf: str
    signed: str | None = None


def received(entry_ids: Collection[int]) -> list[Received]:
    """The answers and acts of entries, oldest first; no mail that brought a notification itself.

    Law: Порядок, п. 13: what came with the notification tells who reported.
    """
    forms = Form.objects.filter(file__arrival=OuterRef("pk"), entry__isnull=False)
    notices = File.objects.filter(arrival=OuterRef("pk"), outcome__in=_NOTICES)
    answers = Arrival.objects.filter(~Exists(forms), ~Exists(notices))
    files = File.objects.filter(entry__in=entry_ids, arrival__in=answers)
    rows = list(files.select_related("arrival", "original").order_by("arrival__received_at", "pk"))
    attached = {row.arrival_id for row in rows if row.role == "attachment"}
    events = dict(
        CaseEvent.objects.filter(
            arrival__in={row.arrival_id for row in rows}, undone_at=None
        ).values_list("arrival", "kind")
    )
    return [
        Received(
            entry_id=row.entry_id or 0,
            event=events.get(row.arrival_id, ""),
            day=localtime(row.arrival.received_at).date(),
            sha256=row.original.sha256 if row.original and not row.original.erased_at else None,
            text=row.text,
        )
        for row in rows
        # A mail's own words matter where nothing is attached to them.
        if row.role == "attachment" or (row.role == "body" and row.arrival_id not in attached)
    ]


def issued(entry_ids: Collection[int]) -> list[Issued]:
    """The approved documents of entries that belong to a register and are printed, oldest first."""
    rows = Document.objects.filter(entry__in=entry_ids, state__in=_OUT).exclude(register="")
    found = rows.exclude(pdf="").order_by("dated", "pk")
    return [
        Issued(row.entry_id, row.kind, row.index or "", row.dated, row.pdf, row.signed_id)
        for row in found
    ]
