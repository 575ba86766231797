"""What of an entry is searched: each of its texts, under the name of the field that holds it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Prefetch, QuerySet
from django.utils.timezone import localdate

from journal.models import (
    Arrival,
    CaseEvent,
    Document,
    Entry,
    File,
    RegisterLine,
    Revision,
    Sending,
)
from rules.casework import KINDS, detail_words
from rules.form_keys import FORM_KEYS
from rules.reporter import reporter_of

_TELLING = ("subject", "persons", "address", "content")
# Mails and their files are theirs who wrote; what a letter is filled with is not searched anyway.
_TELLING_WHO = frozenset({"reporter", "reporter_kinds", "arrival", "file", "former", "sending"})
_SENDERS = frozenset({"sender", "sender_email", "sender_phone"})
_SCOPES = {
    **dict.fromkeys(("subject", "persons", "reporter", "accepted_by"), "p"),
    "address": "a",
    **dict.fromkeys(("sender", "recipient", "arrival", "sending", "register"), "o"),
    "indicator": "i",
}


def with_texts(ids: Sequence[int]) -> QuerySet[Entry]:
    """The entries with all that :func:`fields` looks at, in a fixed number of queries."""
    arrivals = Arrival.objects.only("subject", "sender_name", "sender_address", "file_name")
    files = File.objects.annotate(forms_in_it=Count("forms")).order_by("pk")
    return (
        Entry.objects.filter(pk__in=ids)
        .select_related("office")
        .prefetch_related(
            Prefetch("revisions", Revision.objects.order_by("-ordinal")),
            Prefetch("documents", Document.objects.defer("context").order_by("pk")),
            Prefetch("documents__sendings", Sending.objects.only("document", "recipient")),
            Prefetch("events", CaseEvent.objects.order_by("pk")),
            Prefetch("lines", RegisterLine.objects.order_by("pk")),
            Prefetch("files", files),
            Prefetch("files__arrival", arrivals),
            "forms__file",
            Prefetch("forms__file__arrival", arrivals),
        )
    )


def scope_of(field: str) -> str:
    """The letter under which a question may ask for words of this field alone; empty: none."""
    return _SCOPES.get(field, "")


def fields(entry: Entry) -> Iterator[tuple[str, str]]:
    """Field -> text, the most telling first; a field may come more than once."""
    yield "number", f"{entry.number} {entry.index} {entry.number}/{entry.year}"
    yield "registered_at", _text(localdate(entry.registered_at))
    yield "received_at", _text(localdate(entry.received_at))
    current, *former = entry.revisions.all()
    # Not every database keeps the order of a form's keys.
    for key in dict.fromkeys((*_TELLING, *FORM_KEYS, *sorted(current.values))):
        yield key, _text(current.values.get(key))
    yield "indicator", _text(entry.indicators)
    yield from _of_our_own(entry)
    yield from _brought(entry)
    for revision in former:
        yield "former", _text(revision.values)
    for revision in (current, *former):
        yield "former", revision.why


def fields_without_reporter(entry: Entry) -> Iterator[tuple[str, str]]:
    """The same for whoever may not know who reported."""
    reporter = reporter_of(revision.values for revision in entry.revisions.all())
    hidden = _TELLING_WHO | (_SENDERS if reporter.private else frozenset())
    for field, text in fields(entry):
        if field not in hidden:
            yield field, reporter.out_of(text)


def _of_our_own(entry: Entry) -> Iterator[tuple[str, str]]:
    for document in entry.documents.all():
        yield "document", f"{document.index or ''} {_text(document.dated)}"
        for sending in document.sendings.all():
            yield "sending", sending.recipient
    for event in entry.events.all():
        told = f"{KINDS[event.kind].words} {detail_words(event.kind, event.details)}"
        yield "event", f"{_text(localdate(event.happened_at))} {told} {_text(event.details)}"
    for line in entry.lines.all():
        yield "register", f"{line.index} {_text(line.dated)} {line.about} {line.counterpart}"


def _brought(entry: Entry) -> Iterator[tuple[str, str]]:
    """What came with it. The text of a file of many forms tells of other families, too."""
    files = list(entry.files.all())
    arrivals = {file.arrival_id: file.arrival for file in files}
    arrivals |= {form.file.arrival_id: form.file.arrival for form in entry.forms.all()}
    for arrival in arrivals.values():
        yield "arrival", f"{arrival.subject} {arrival.sender_name} {arrival.sender_address}"
        yield "file", arrival.file_name
    for file in files:
        yield "file", file.name
        if getattr(file, "forms_in_it", 0) <= 1:
            yield "file", file.text


def _text(value: Any) -> str:
    """A value as words; a date is one in figures."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, dict):
        return " ; ".join(_text(one) for one in value.values())
    if isinstance(value, list | tuple):
        return " ; ".join(_text(one) for one in value)
    if isinstance(value, date | datetime):
        return f"{value:%d.%m.%Y}"
    return str(value)
