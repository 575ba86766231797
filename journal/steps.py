"""The steps between arrival and document: what each leaves behind, and what is due.

Every function that stores is idempotent: a step run again finds its work done and does nothing.
A step that fails is tried again after 1 minute, 5, 30, 2 hours, 12 hours; then the clerks get it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from journal.arrivals import keep_original
from journal.database import writing
from journal.models import Arrival, Document, DocumentState, Entry, File, Form, Outcome
from journal.retrying import PAUSES, later, pause
from journal.texts import clean, fit
from rules.sameness import notice_key, values_digest

UNDECIDED = ("", Outcome.FAILED)
"""Outcomes of what no step has finished yet."""

_AS_RECEIVED = ("file__arrival__received_at", "file__arrival__source_id")
# What a mail set aside without a person is called in `outcome`; its kind is the reason.
_OWN = "own"
UNREAD_ROLES = ("signature", "inline")
"""Parts that are no document: a detached signature, the logo under a mail."""


@dataclass(frozen=True, slots=True)
class NewFile:
    """One part of an arrival; its bytes are already in the store of originals.

    Attributes:
        path: its place in the arrival (``2/1``).
        name: as the sender named it.
        media_type: of its content.
        role: ``body``, ``attachment``, ``inline``, ``signature``.
        sha256: digest of the bytes; None where unpacking gave none.
        size: their number.
        signer: from the certificate of a signed container.
        fault: why it cannot be read, in the words of triage; None if it may be.
    """

    path: str
    name: str
    media_type: str
    role: str
    sha256: str | None
    size: int = 0
    signer: str = ""
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class NewForm:
    """One filled form that was read: the values are the keys of the parse contract."""

    values: Mapping[str, Any]
    confidence: Mapping[str, float] = field(default_factory=dict)
    review: Sequence[str] = ()
    places: Mapping[str, Any] = field(default_factory=dict)
    urgent: bool | None = None
    indicators: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class NewReading:
    """What reading one file gave: its text, its forms, or why it has none."""

    text: str
    forms: Sequence[NewForm] = ()
    reason: str | None = None
    urgent: bool | None = None
    indicators: Sequence[Mapping[str, Any]] = ()


def arrivals_to_unpack(now: datetime) -> list[int]:
    """Ids of the arrivals to unpack now."""
    waiting = Arrival.objects.filter(unpacked_at__isnull=True, outcome__in=UNDECIDED)
    return _due(waiting, now)


def files_to_read(now: datetime) -> list[int]:
    """Ids of the files to read now."""
    return _due(File.objects.filter(read_at__isnull=True, outcome__in=UNDECIDED), now)


def forms_to_register(now: datetime) -> list[int]:
    """Ids of the forms to register now, in the order in which they were received.

    Sources are read side by side, and files too: the numbers follow the mail, not the readers.
    """
    due = Q(next_try_at__isnull=True) | Q(next_try_at__lte=now)
    forms = Form.objects.filter(due, outcome__in=UNDECIDED)
    forms = forms.order_by(*_AS_RECEIVED, "file_id", "ordinal")
    return list(forms.values_list("pk", flat=True))


def entries_to_draft(now: datetime) -> list[int]:
    """Ids of the entries whose letters are to be drafted now."""
    due = Q(draft_next_try_at__isnull=True) | Q(draft_next_try_at__lte=now)
    entries = Entry.objects.filter(due, drafted_at__isnull=True, voided_at__isnull=True)
    # What changes in an entry of the paper book asks for no letter that was written on paper.
    entries = entries.filter(imported_at__isnull=True)
    return list(entries.order_by("pk").values_list("pk", flat=True))


def documents_to_render(now: datetime) -> list[int]:
    """Ids of the documents whose DOCX or PDF is to be made now."""
    return _due(Document.objects.filter(pdf="").exclude(state=DocumentState.VOID), now)


def arrivals_to_place(now: datetime) -> list[int]:
    """Ids of the arrivals of which every file is read and every form registered."""
    files = File.objects.filter(arrival=OuterRef("pk"), read_at__isnull=True, outcome__in=UNDECIDED)
    forms = Form.objects.filter(file__arrival=OuterRef("pk"), outcome__in=UNDECIDED)
    done = Arrival.objects.filter(
        unpacked_at__isnull=False, placed_at__isnull=True, outcome__in=UNDECIDED
    )
    return _due(done.exclude(Exists(files)).exclude(Exists(forms)), now)


def save_unpacked(
    arrival_id: int, message: Mapping[str, Any], files: Sequence[NewFile], *, now: datetime
) -> None:
    """Store what unpacking gave.

    Args:
        arrival_id: what was unpacked.
        message: ``message_id``, ``sender_address``, ``sender_name``, ``subject``,
            ``in_reply_to``, ``references``, ``auto`` (None, "auto-reply", "bounce", "bulk", "own"); empty for what
            is no mail; ``answers``: the document of ours that it brings back. Automatic mail is set
            aside: its files are kept and not read.
        files: its parts in their order.
        now: when.
    """
    auto = message.get("auto")
    with writing():
        arrival = Arrival.objects.select_for_update().get(pk=arrival_id)
        if arrival.unpacked_at is not None:
            return
        _fill(arrival, message)
        _finished(arrival, now, "unpacked_at")
        if auto:
            arrival.outcome = Outcome.OWN if auto == _OWN else Outcome.IGNORED
            arrival.reason = auto
            arrival.placed_at = now
        arrival.save()
        for new in files:
            if new.sha256:
                keep_original(new.sha256, new.size, now)
        File.objects.bulk_create(
            _file(arrival, ordinal, new, now) for ordinal, new in enumerate(files, start=1)
        )


def save_read(file_id: int, reading: NewReading, *, now: datetime) -> None:
    """Store what reading one file gave, each form with the keys that tell a repeated notice."""
    with writing():
        file = File.objects.select_for_update(of=("self",)).select_related("arrival")
        row = file.get(pk=file_id)
        if row.read_at is not None:
            return
        _finished(row, now, "read_at")
        row.text = clean(reading.text)
        row.urgent = reading.urgent
        row.indicators = clean(list(reading.indicators))
        row.reason = "" if reading.forms else fit(reading.reason or "not a form", 60)
        row.save()
        Form.objects.bulk_create(
            _form(row, ordinal, new) for ordinal, new in enumerate(reading.forms, start=1)
        )


def refused(file_id: int, reason: str, *, now: datetime) -> None:
    """A file that no reader takes goes to the clerks at once, with the word for why."""
    with writing():
        File.objects.filter(pk=file_id, read_at__isnull=True).update(
            read_at=now, outcome=Outcome.TRIAGE, reason=reason, next_try_at=None
        )


def failed(kind: str, row_id: int, fault: str, *, now: datetime) -> None:
    """A step failed: it is tried again later, and after five failures the clerks get it.

    Args:
        kind: ``unpack``, ``read``, ``register``, ``place``, ``draft`` or ``render``. A draft or a
            rendering is tried on every 12 hours: no clerk could do it instead.
        row_id: of the arrival, file, form, entry or document.
        fault: the name of the error's class, never a text of it.
        now: when it failed.
    """
    with writing():
        _FAILED[kind](row_id, fault[:80], now)


def _due(rows: QuerySet[Any], now: datetime) -> list[int]:
    due = Q(next_try_at__isnull=True) | Q(next_try_at__lte=now)
    return list(rows.filter(due).order_by("pk").values_list("pk", flat=True))


def _finished(row: Arrival | File, now: datetime, done: str) -> None:
    setattr(row, done, now)
    row.attempts, row.next_try_at, row.fault, row.outcome = 0, None, "", ""


def _fill(arrival: Arrival, message: Mapping[str, Any]) -> None:
    arrival.message_id = fit(message.get("message_id"), 1000)
    arrival.sender_address = fit(message.get("sender_address"), 400)
    arrival.sender_name = fit(message.get("sender_name"), 400)
    arrival.subject = clean(message.get("subject") or "")
    arrival.in_reply_to = clean(message.get("in_reply_to") or "")
    arrival.answers_id = message.get("answers")
    arrival.references = clean(" ".join(message.get("references") or ()))


def _file(arrival: Arrival, ordinal: int, new: NewFile, now: datetime) -> File:
    unread = new.role in UNREAD_ROLES or bool(arrival.outcome) or bool(new.fault)
    reason = new.fault or arrival.reason or (new.role if new.role in UNREAD_ROLES else "")
    return File(
        arrival=arrival,
        ordinal=ordinal,
        path=fit(new.path, 500),
        name=fit(new.name, 500),
        media_type=fit(new.media_type, 200),
        role=new.role,
        signer=fit(new.signer, 300),
        original_id=new.sha256,
        read_at=now if unread else None,
        outcome=arrival.outcome or (Outcome.TRIAGE if new.fault else ""),
        reason=reason,
    )


def _form(file: File, ordinal: int, new: NewForm) -> Form:
    values = clean(dict(new.values))
    return Form(
        file=file,
        ordinal=ordinal,
        values=values,
        confidence=dict(new.confidence),
        review=list(new.review),
        places=clean(dict(new.places)),
        urgent=new.urgent,
        indicators=clean(list(new.indicators)),
        notice_key=notice_key(values, file.arrival.sender_address or None) or "",
        values_digest=values_digest(values),
    )


def _placed_failure(model: type[Model], done: Q) -> Callable[[int, str, datetime], None]:
    def fail(row_id: int, fault: str, now: datetime) -> None:
        rows: QuerySet[Any] = model._default_manager.filter(done, pk=row_id)
        row: Any = rows.select_for_update().first()
        if row is not None:
            later(row, fault, now)
            given_up = row.attempts >= len(PAUSES)
            row.outcome = Outcome.TRIAGE if given_up else Outcome.FAILED
            row.reason = "failed" if given_up else ""
            row.save()

    return fail


def _render_failed(row_id: int, fault: str, now: datetime) -> None:
    document = Document.objects.select_for_update().get(pk=row_id)
    later(document, fault, now)
    document.save(update_fields=["next_try_at", "attempts", "fault"])


def _draft_failed(row_id: int, fault: str, now: datetime) -> None:
    entry = Entry.objects.select_for_update().get(pk=row_id)
    entry.draft_next_try_at = now + pause(entry.draft_attempts)
    entry.draft_attempts += 1
    entry.draft_fault = fault
    entry.save(update_fields=["draft_next_try_at", "draft_attempts", "draft_fault"])


_FAILED: Mapping[str, Callable[[int, str, datetime], None]] = {
    "unpack": _placed_failure(Arrival, Q(unpacked_at__isnull=True, outcome__in=UNDECIDED)),
    "read": _placed_failure(File, Q(read_at__isnull=True, outcome__in=UNDECIDED)),
    "register": _placed_failure(Form, Q(outcome__in=UNDECIDED)),
    "place": _placed_failure(Arrival, Q(placed_at__isnull=True, outcome__in=UNDECIDED)),
    "draft": _draft_failed,
    "render": _render_failed,
}
