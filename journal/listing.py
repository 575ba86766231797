"""Reading the book: an entry with all that hangs on it, as a card and as the contract's JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from journal import masking
from journal.card_making import card_of, with_all
from journal.cards import (
    ArrivalCard,
    DeadlineCard,
    DocumentCard,
    EntryCard,
    EventCard,
)
from journal.database import writing
from journal.history import WHY, day
from journal.models import (
    Entry,
    History,
    Look,
    Revision,
)
from journal.revisions import differing
from opika.errors import NotFoundError
from rules.form_keys import FORM_KEYS
from rules.roles import EVERYTHING, Eyes
from rules.sameness import changed_fields

_CHUNK = 500


def entries(
    office: str | None = None, year: int | None = None, eyes: Eyes = EVERYTHING
) -> Iterator[EntryCard]:
    """The entries of the journal, oldest first; the number of queries grows only by the 500.

    Args:
        office: key of the office whose journal it is; None: of all.
        year: of the number; None: of all.
        eyes: what is shown to whoever reads them.
    """
    rows = masking.seen(Entry.objects.all(), eyes)
    if office is not None:
        rows = rows.filter(office__key=office)
    if year is not None:
        rows = rows.filter(year=year)
    for row in with_all(rows).order_by("registered_at", "pk").iterator(chunk_size=_CHUNK):
        yield masking.shown(card_of(row), eyes)


def entry(
    number: int | str,
    office: str | None = None,
    year: int | None = None,
    eyes: Eyes = EVERYTHING,
) -> EntryCard:
    """The entry under a number.

    Args:
        number: the running number.
        office: needed where several journals have this number.
        year: None: the newest year that has it.
        eyes: what is shown to whoever reads it.

    Raises:
        NotFoundError: there is none for these eyes, or several; the message says what to add.
    """
    if not re.fullmatch(r"[0-9]{1,9}", str(number)):
        raise NotFoundError("not a number", clerk_message="Номер має складатися з цифр.")
    rows = masking.seen(Entry.objects.filter(number=int(number)), eyes)
    if office is not None:
        rows = rows.filter(office__key=office)
    if year is not None:
        rows = rows.filter(year=year)
    found = list(with_all(rows).order_by("-year", "office__key")[:50])
    newest = [row for row in found if row.year == found[0].year]
    if not newest:
        raise NotFoundError("no such entry")
    if len(newest) > 1:
        keys = ", ".join(row.office.key for row in newest)
        message = f"Такий номер є в кількох журналах ({keys}). Додайте --office."
        raise NotFoundError("several entries", clerk_message=message)
    return masking.shown(card_of(newest[0]), eyes)


def entry_by_id(entry_id: int) -> EntryCard:
    """The entry with this id.

    Raises:
        NotFoundError: there is none.
    """
    row = with_all(Entry.objects.filter(pk=entry_id)).first()
    if row is None:
        raise NotFoundError("no such entry")
    return card_of(row)


def look(entry_id: int, *, actor: str, now: datetime, why: str = "") -> None:
    """Record that somebody looks at an entry's card.

    Law: Порядок, п. 13 (confidentiality).
    """
    with writing():
        Look.objects.create(actor=actor[:150], entry_id=entry_id, at=now, why=why[:200])


def entry_json(card: EntryCard) -> dict[str, Any]:
    """An entry as ``opika journal list --json`` prints it."""
    return {
        "office": card.office,
        "number": card.number,
        "year": card.year,
        "index": card.index,
        "registered_at": card.registered_at.isoformat(),
        "received_at": card.received_at.isoformat(),
        "channel": card.channel,
        "urgent": card.urgent,
        **{key: card.values.get(key) for key in ("subject", "address", "sender")},
        **{key: card.values.get(key) for key in ("outgoing_number", "outgoing_date")},
        "status": card.status,
        "voided": card.voided and card.voided.isoformat(),
        "imported": card.imported and card.imported.isoformat(),
        "review": list(card.review),
        "ordinal": card.ordinal,
        "related": [
            {
                **{"office": link.office, "number": link.number, "year": link.year},
                **{"why": link.why, "state": link.state, "score": link.score},
            }
            for link in card.related
        ],
        "arrivals": [_arrival_json(arrival) for arrival in card.arrivals],
        "stage": card.stage,
        "events": [_event_json(event) for event in card.events],
        "deadlines": [_deadline_json(deadline) for deadline in card.deadlines],
        "documents": [_document_json(document) for document in card.documents],
    }


def shown_json(card: EntryCard) -> dict[str, Any]:
    """An entry as ``opika journal show --json`` prints it: with form, history and indicators."""
    rows = History.objects.filter(entry=card.id).order_by("pk").prefetch_related("values")
    whole = {
        **entry_json(card),
        "form": _form_json(card),
        "erased": card.erased and card.erased.isoformat(),
        "history": [_history_json(row) for row in rows],
        "indicators": [dict(indicator) for indicator in card.indicators],
    }
    return dict(masking.told(whole, card))


def _arrival_json(card: ArrivalCard) -> dict[str, Any]:
    return {
        "id": card.id,
        "source": card.source,
        "message_id": card.message_id,
        "sha256": card.sha256,
        "received_at": card.received_at.isoformat(),
    }


def _deadline_json(card: DeadlineCard) -> dict[str, Any]:
    return {
        "key": card.key,
        "starts": card.starts.isoformat(),
        "due": card.due.isoformat(),
        "done": card.done and card.done.isoformat(),
        "rule": card.rule,
        "steps": card.steps,
        "start_kind": card.start_kind,
        "cancelled": card.cancelled and card.cancelled.isoformat(),
    }


def _event_json(card: EventCard) -> dict[str, Any]:
    return {
        "id": card.id,
        "kind": card.kind,
        "at": card.at.isoformat(),
        "recorded_at": card.recorded_at.isoformat(),
        "details": dict(card.details),
        "document": card.document,
        "arrival": card.arrival,
        "line": card.line,
        "index": card.index,
        "undone": card.undone and card.undone.isoformat(),
    }


def _document_json(card: DocumentCard) -> dict[str, Any]:
    return {
        "id": card.id,
        "kind": card.kind,
        "index": card.index,
        "dated": day(card.dated),
        "state": card.state,
        "stale": card.stale,
        "docx": card.docx,
        "pdf": card.pdf,
        "signed": card.signed
        and {
            "name": card.signed.name,
            "sha256": card.signed.sha256,
            "at": card.signed.at.isoformat(),
        },
    }


def _form_json(card: EntryCard) -> dict[str, Any]:
    """The form in force, by the parse contract; a plain letter's ``form`` is null."""
    revision = Revision.objects.select_related("form__file").filter(entry=card.id).latest("ordinal")
    form = revision.form
    return {
        "file": form.file.name if form else None,
        "part": form.file.path if form else None,
        "form": "dodatok-1" if form else None,
        "urgent": card.urgent,
        "indicators": [dict(indicator) for indicator in card.indicators],
        **{key: card.values.get(key) for key in FORM_KEYS},
        "confidence": form.confidence if form else {},
        "review": list(card.review),
    }


def _history_json(row: History) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    for value in row.values.all():
        if value.field != WHY:
            changes |= _change_json(value.field, value.old, value.new)
    reasons = [value.new for value in row.values.all() if value.field == WHY]
    return {
        "who": row.actor,
        "when": localtime(row.at).isoformat(),
        "what": row.action,
        "subject": row.subject,
        "why": reasons[0] if reasons else "",
        "changes": changes,
        "hash": row.hash,
    }


def _change_json(field: str, old: Any, new: Any) -> dict[str, Any]:
    """A change as a clerk reads it: of a new revision only the fields that differ."""
    if field.startswith("revision:") and old and new:
        by_hand = old["form"] == new["form"]
        told = (differing if by_hand else changed_fields)(old["values"], new["values"])
        return {key: {"old": was, "new": now} for key, (was, now) in told.items()}
    return {field: {"old": old, "new": new}}
