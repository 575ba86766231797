"""Making the card of an entry out of the rows that hang on it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.utils.timezone import localtime

from journal.cards import (
    ArrivalCard,
    DeadlineCard,
    DocumentCard,
    EntryCard,
    EventCard,
    RelatedCard,
    SignedCard,
)
from journal.models import (
    Arrival,
    CaseEvent,
    Deadline,
    Document,
    Entry,
    Erasure,
    File,
    Form,
    Link,
    Revision,
)
from journal.work import is_written_down
from opika.errors import NotFoundError
from rules.case_story import Happened, in_order, stage

_REJECTED = "rejected"


def with_all(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    """The entries with everything that :func:`card_of` needs, in a fixed number of queries."""
    # Texts and forms stay in the database: the card needs only which arrivals they came with.
    arrivals = Arrival.objects.select_related("source")
    files = File.objects.only("entry", "arrival").order_by("pk")
    forms = (
        Form.objects.only("entry", "file__arrival", "file__media_type")
        .select_related("file")
        .order_by("pk")
    )
    return rows.select_related("office", "case").prefetch_related(
        Prefetch("revisions", Revision.objects.order_by("ordinal")),
        Prefetch("links", Link.objects.select_related("older__office").order_by("older")),
        Prefetch("linked_by", Link.objects.select_related("newer__office").order_by("newer")),
        Prefetch("forms", forms),
        Prefetch("forms__file__arrival", arrivals),
        Prefetch("files", files),
        Prefetch("files__arrival", arrivals),
        Prefetch("deadlines", Deadline.objects.order_by("pk")),
        Prefetch("documents", Document.objects.defer("context").order_by("pk")),
        Prefetch("case__entries", Entry.objects.only("case", "registered_at", "voided_at")),
        Prefetch("case__entries__events", CaseEvent.objects.select_related("line").order_by("pk")),
    )


def card_of(row: Entry) -> EntryCard:
    """The card of an entry that was read by :func:`with_all`."""
    *former, revision = row.revisions.all()
    return EntryCard(
        id=row.pk,
        office=row.office.key,
        number=str(row.number),
        year=row.year,
        registered_at=localtime(row.registered_at),
        received_at=localtime(row.received_at),
        channel=row.channel,
        urgent=row.urgent,
        status=row.case.status,
        values=revision.values,
        review=tuple(revision.review),
        indicators=tuple(row.indicators),
        related=_related(row),
        arrivals=_arrivals(row),
        deadlines=tuple(_deadline(deadline) for deadline in row.deadlines.all()),
        documents=tuple(_document(document) for document in row.documents.all()),
        index=row.index,
        written_down=any(map(_is_written_down, row.forms.all())),
        voided=row.voided_at and localtime(row.voided_at),
        imported=row.imported_at and localtime(row.imported_at),
        events=_events(row),
        former=tuple(one.values for one in former),
        # Only then does it say nothing at all.
        erased=None if revision.values else _erased(row),
        stage=stage(_happened(event) for event in _case_events(row) if event.undone_at is None),
        ordinal=_ordinal(row),
    )


def _ordinal(row: Entry) -> int | None:
    """As :func:`journal.repeats.ordinals` counts it, of rows that are read already."""
    if row.voided_at is not None:
        return None
    before = [
        one
        for one in row.case.entries.all()
        if one.voided_at is None and (one.registered_at, one.pk) < (row.registered_at, row.pk)
    ]
    return len(before) + 1


def _erased(row: Entry) -> datetime | None:
    orders = Erasure.objects.filter(entry=row, seq__isnull=False)
    at = orders.values_list("confirmed_at", flat=True).first()
    return at and localtime(at)


def _case_events(row: Entry) -> list[CaseEvent]:
    return [event for entry in row.case.entries.all() for event in entry.events.all()]


def _happened(event: CaseEvent) -> Happened:
    return Happened(event.pk, event.entry_id, event.kind, localtime(event.happened_at))


def _events(row: Entry) -> tuple[EventCard, ...]:
    own = {event.pk: event for event in _case_events(row) if event.entry_id == row.pk}
    return tuple(_event(own[event.id]) for event in in_order(map(_happened, own.values())))


def _event(row: CaseEvent) -> EventCard:
    return EventCard(
        id=row.pk,
        kind=row.kind,
        at=localtime(row.happened_at),
        recorded_at=localtime(row.recorded_at),
        details=row.details,
        document=row.document_id,
        arrival=row.arrival_id,
        line=row.line_id,
        index=row.line.index if row.line else None,
        undone=row.undone_at and localtime(row.undone_at),
    )


def _is_written_down(form: Form) -> bool:
    return is_written_down(form.file)


def _related(row: Entry) -> tuple[RelatedCard, ...]:
    others = [(link.older, link) for link in row.links.all()]
    others += [(link.newer, link) for link in row.linked_by.all()]
    return tuple(
        RelatedCard(
            other.office.key, str(other.number), other.year, link.why, link.state, link.score
        )
        for other, link in others
        if link.state != _REJECTED and other.voided_at is None
    )


def _arrivals(row: Entry) -> tuple[ArrivalCard, ...]:
    found = {form.file.arrival_id: form.file.arrival for form in row.forms.all()}
    found |= {file.arrival_id: file.arrival for file in row.files.all()}
    return tuple(
        ArrivalCard(
            id=arrival.pk,
            source=arrival.source.name if arrival.source else arrival.channel,
            channel=arrival.channel,
            message_id=arrival.message_id or None,
            sha256=arrival.original_id,
            received_at=localtime(arrival.received_at),
            sender_address=arrival.sender_address or None,
        )
        for _, arrival in sorted(found.items())
    )


def _deadline(row: Deadline) -> DeadlineCard:
    due = row.due_on or row.due_at
    if due is None:
        raise NotFoundError("a deadline without its end")
    return DeadlineCard(
        key=row.key,
        starts=localtime(row.starts_at),
        due=localtime(due) if isinstance(due, datetime) else due,
        done=row.done_at and localtime(row.done_at),
        rule=row.rule,
        steps=row.steps,
        start_kind=row.start_kind or None,
        cancelled=row.cancelled_at and localtime(row.cancelled_at),
    )


def _document(row: Document) -> DocumentCard:
    return DocumentCard(
        id=row.pk,
        kind=row.kind,
        index=row.index,
        dated=row.dated,
        state=row.state,
        docx=row.docx or None,
        pdf=row.pdf or None,
        stale=row.stale_at is not None,
        signed=_signed(row),
    )


def _signed(row: Document) -> SignedCard | None:
    if row.signed_id is None or row.signed_at is None:
        return None
    return SignedCard(row.signed_id, row.signed_name or "", localtime(row.signed_at))
