"""What somebody is shown of the journal: the one place that leaves out what is not for their eyes.

Whoever sees but some offices finds nothing of the others' entries and mail. Whoever need not know who
reported finds neither name nor contacts, in no text.

Law: Порядок, п. 13 (confidentiality, also of the person who reported).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from journal.book_rows import entries_of
from journal.cards import EntryCard, TriageCard, TriageFile
from journal.cards_books import Book, BookRow
from journal.contacts import ContactCard
from journal.models import Arrival, CaseEvent, Document, Entry, File, Form, Revision
from journal.register_rows import RegisterRow
from opika.errors import NotFoundError
from rules.reporter import NOT_SHOWN, Reporter, reporter_of
from rules.roles import Eyes

_CHUNK = 500
TEXT_NOT_SHOWN = "[текст приховано: у ньому може бути названо заявника]"
_REPORTERS = ("reporter", "reporter_kinds")
# With no organisation between, these are the reporter's own.
_SENDERS = ("sender", "sender_email", "sender_phone")
# What a letter is filled with names its addressee, a mail's own name often its sender.
_LETTERS = ("context", "message_id")


def seen(rows: QuerySet[Entry], eyes: Eyes) -> QuerySet[Entry]:
    """Those of the entries that are in a journal of theirs, or came through a box of theirs."""
    if eyes.offices is None:
        return rows
    forms = Form.objects.filter(entry=OuterRef("pk"), file__arrival__office__key__in=eyes.offices)
    files = File.objects.filter(entry=OuterRef("pk"), arrival__office__key__in=eyes.offices)
    return rows.filter(Q(office__key__in=eyes.offices) | Exists(forms) | Exists(files))


def seen_ids(ids: Collection[int], eyes: Eyes) -> set[int]:
    """Which of these entries are seen."""
    return set(seen(Entry.objects.filter(pk__in=ids), eyes).values_list("pk", flat=True))


def seen_arrivals(rows: QuerySet[Arrival], eyes: Eyes) -> QuerySet[Arrival]:
    """Those of the arrivals that came through a box of theirs, or are for a journal of theirs."""
    if eyes.offices is None:
        return rows
    return rows.filter(Q(office__key__in=eyes.offices) | Q(journal__key__in=eyes.offices))


def check_arrival(arrival_id: int, eyes: Eyes) -> None:
    """See that an arrival is theirs.

    Raises:
        NotFoundError: there is none, or it is not.
    """
    if not seen_arrivals(Arrival.objects.filter(pk=arrival_id), eyes).exists():
        raise NotFoundError("no such arrival", clerk_message="Надходження з таким номером немає.")


def check_document(document_id: int, eyes: Eyes) -> None:
    """See that a document is theirs, or belongs to an entry that is.

    Raises:
        NotFoundError: there is none, or it is not.
    """
    if not seen_documents([document_id], eyes):
        raise NotFoundError("no such document", clerk_message="Документа з таким номером немає.")


def seen_documents(ids: Collection[int], eyes: Eyes) -> set[int]:
    """Which of these documents are theirs, or belong to an entry that is."""
    rows = Document.objects.filter(pk__in=ids)
    if eyes.offices is not None:
        entries = seen(Entry.objects.all(), eyes)
        rows = rows.filter(Q(issuer__key__in=eyes.offices) | Q(entry__in=entries))
    return set(rows.values_list("pk", flat=True))


def check_event(event_id: int, eyes: Eyes) -> None:
    """See that an event belongs to an entry of theirs.

    Raises:
        NotFoundError: there is none, or it does not.
    """
    entry = CaseEvent.objects.filter(pk=event_id).values_list("entry", flat=True).first()
    if entry is None or not seen_ids([entry], eyes):
        raise NotFoundError("no such event", clerk_message="Події з таким номером немає.")


def shown(card: EntryCard, eyes: Eyes) -> EntryCard:
    """The card, with what would tell who reported left out."""
    if eyes.reporter:
        return card
    card = replace(card, hides=reporter_of([*card.former, card.values]))
    return replace(
        card,
        values=told(card.values, card),
        former=(),
        indicators=told(card.indicators, card),
        related=tuple(replace(one, why=told(one.why, card)) for one in card.related),
        events=tuple(replace(one, details=told(one.details, card)) for one in card.events),
        arrivals=tuple(replace(one, message_id=None, sender_address=None) for one in card.arrivals),
    )


def told(value: Any, card: EntryCard) -> Any:
    """Anything JSON-ready that is told of an entry, with what its card hides left out.

    Args:
        value: dicts by the keys of the parse contract and by the facts of the history, lists, texts.
        card: as :func:`shown` gives it.
    """
    if card.hides is None:
        return value
    hidden = {*_REPORTERS, *_LETTERS, *(_SENDERS if card.hides.private else ())}
    return _told(value, hidden, card.hides.out_of)


def book_shown(book: Book, eyes: Eyes) -> Book:
    """A book, with what would tell who reported left out."""
    if eyes.reporter:
        return book
    return replace(book, rows=tuple(_row_shown(row, eyes) for row in book.rows))


def rows_shown(
    rows: Iterable[tuple[RegisterRow, str]], eyes: Eyes
) -> Iterator[tuple[RegisterRow, str]]:
    """The numbers of a register, each with why it is void, without what tells who reported."""
    if eyes.reporter:
        yield from rows
        return
    found = iter(rows)
    while chunk := list(islice(found, _CHUNK)):
        entry_of = entries_of([row for row, _ in chunk])
        reporters = _reporters(set(entry_of.values()))
        for row, why in chunk:
            reporter = reporters.get(entry_of.get((row.what, row.id), 0))
            yield (row, why) if reporter is None else _number_shown(row, why, reporter)


def contacts_shown(cards: Iterable[ContactCard], eyes: Eyes) -> list[ContactCard]:
    """The addresses of their offices; whoever reported may be among those that letters go to."""
    own = [card for card in cards if eyes.offices is None or card.office in eyes.offices]
    if eyes.reporter:
        return own
    return [replace(card, name=NOT_SHOWN, email=NOT_SHOWN) for card in own]


def triage_shown(card: TriageCard, eyes: Eyes) -> TriageCard:
    """A triage card; nobody has read yet who reported, so no text of it is shown at all."""
    if eyes.reporter:
        return card
    return replace(card, message_id=None, files=tuple(map(_file_shown, card.files)))


def _row_shown(row: BookRow, eyes: Eyes) -> BookRow:
    if row.card is None:
        return row
    card = shown(row.card, eyes)
    texts = {name: told(getattr(row, name), card) for name in ("about", "counterpart", "why_void")}
    return replace(row, card=card, **texts)


def _number_shown(row: RegisterRow, why: str, reporter: Reporter) -> tuple[RegisterRow, str]:
    out_of = reporter.out_of
    # Of an entry it is the sender; with no organisation between, or none named, the reporter.
    alone = row.what == "entry" and reporter.private and row.counterpart
    counterpart = NOT_SHOWN if alone else out_of(row.counterpart)
    return replace(row, about=out_of(row.about), counterpart=counterpart), out_of(why)


def _reporters(ids: set[int]) -> dict[int, Reporter]:
    said: dict[int, list[dict[str, Any]]] = {}
    revisions = Revision.objects.filter(entry__in=ids).order_by("ordinal")
    for entry, values in revisions.values_list("entry", "values"):
        said.setdefault(entry, []).append(values)
    return {entry: reporter_of(values) for entry, values in said.items()}


def _file_shown(file: TriageFile) -> TriageFile:
    text = TEXT_NOT_SHOWN if file.text.strip() else ""
    signs = tuple({**sign, "quote": TEXT_NOT_SHOWN} for sign in file.indicators)
    return replace(file, name="", text=text, indicators=signs)


def _told(value: Any, hidden: set[str], out_of: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return out_of(value)
    if isinstance(value, Mapping):
        return {
            key: _blank(one)
            if key in hidden or _is_address(key, one)
            else _told(one, hidden, out_of)
            for key, one in value.items()
        }
    if isinstance(value, list | tuple):
        return type(value)(_told(one, hidden, out_of) for one in value)
    return value


def _is_address(key: str, value: Any) -> bool:
    """Whether this is where a mail of ours went; the form's own recipient is the office."""
    return key == "recipient" and "@" in str(value)


def _blank(value: Any) -> Any:
    """The same kind of value, saying nothing."""
    if isinstance(value, str):
        return NOT_SHOWN if value else ""
    if isinstance(value, Mapping):
        return {key: _blank(one) for key, one in value.items()}
    return [] if isinstance(value, list | tuple) else value
