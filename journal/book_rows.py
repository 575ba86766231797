"""The rows of a printed book, and that somebody has taken them out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice

from django.utils.timezone import localtime

from journal.card_making import card_of as entry_card_of
from journal.card_making import with_all
from journal.cards import EntryCard, EventCard
from journal.cards_books import Book, BookRow
from journal.database import snapshot, writing
from journal.models import Document, Entry, Look, Office, RegisterLine, YearClosing
from journal.register_rows import RegisterRow, card_of, office_of, rows, why_void

_CHUNK = 500
_ADDRESSEE = "адресат"
_EXECUTOR = "виконавець"


def book(office: str, register: str, year: int) -> Book:
    """A register of a year with all that its book says, as it stood at one moment.

    Raises:
        NotFoundError: there is no such office.
    """
    with snapshot():
        return _book(office_of(office), register, year)


def looked(entry_ids: Sequence[int], *, actor: str, now: datetime, why: str) -> None:
    """Record that somebody has taken out what these entries say.

    Law: Порядок, п. 13 (confidentiality).
    """
    with writing():
        looks = [Look(actor=actor[:150], entry_id=pk, at=now, why=why[:200]) for pk in entry_ids]
        Look.objects.bulk_create(looks, batch_size=_CHUNK)


def _book(office: Office, register: str, year: int) -> Book:
    card = card_of(office, register, year)
    closing = YearClosing.objects.filter(office=office, register=register, year=year).first()
    return Book(
        register=register,
        year=year,
        first=card.first,
        last=card.last,
        count=card.count,
        voided=card.voided,
        closed_at=card.closed_at,
        head=closing.head if closing else _head(office),
        rows=tuple(_rows(office, register, year)),
    )


def _head(office: Office) -> str:
    head = office.history.order_by("-seq").values_list("seq", "hash").first()
    return f"{head[0]}:{head[1]}" if head else "0"


def _rows(office: Office, register: str, year: int) -> Iterator[BookRow]:
    found = rows(office.key, register, year)
    while chunk := list(islice(found, _CHUNK)):
        entry_of = entries_of(chunk)
        letters = _letters([row.id for row in chunk if row.what == "letter"])
        cards = _cards(set(entry_of.values()))
        executors = _executors(set(entry_of.values()))
        for row in chunk:
            entry = entry_of.get((row.what, row.id), 0)
            letter = letters.get(row.id) if row.what == "letter" else None
            yield _row(row, cards.get(entry), letter, executors.get(entry, ""))


def _row(
    row: RegisterRow, card: EntryCard | None, letter: Document | None, executor: str
) -> BookRow:
    return BookRow(
        number=row.number,
        index=row.index,
        dated=row.dated,
        what=row.what,
        about=row.about,
        counterpart=_addressee(letter) if letter else row.counterpart,
        voided=row.voided,
        why_void=why_void(row),
        sent_at=_sent_at(letter) if letter else None,
        executor=executor,
        card=card,
        event=_event(row, card),
    )


def _event(row: RegisterRow, card: EntryCard | None) -> EventCard | None:
    if card is None or row.what != "paper":
        return None
    by_it = (event for event in card.events if event.line == row.id and event.undone is None)
    return next(by_it, None)


def entries_of(chunk: Sequence[RegisterRow]) -> dict[tuple[str, int], int]:
    """What a number stands on -> the id of the entry that it is or belongs to."""
    found = {(row.what, row.id): row.id for row in chunk if row.what == "entry"}
    for what, model in (("letter", Document), ("paper", RegisterLine)):
        ids = [row.id for row in chunk if row.what == what]
        belonging = model.objects.filter(pk__in=ids, entry__isnull=False)
        found |= {(what, pk): entry for pk, entry in belonging.values_list("pk", "entry")}
    return found


def _cards(ids: set[int]) -> dict[int, EntryCard]:
    return {row.pk: entry_card_of(row) for row in with_all(Entry.objects.filter(pk__in=ids))}


def _executors(ids: set[int]) -> dict[int, str]:
    """Who worked on each entry, as its first letter that says so named them."""
    said = Document.objects.filter(entry__in=ids).order_by("-pk")
    named = said.values_list("entry", f"context__{_EXECUTOR}")
    return {entry: str(name) for entry, name in named if name}


def _letters(ids: Sequence[int]) -> dict[int, Document]:
    found = Document.objects.filter(pk__in=ids).only("context")
    return {row.pk: row for row in found.prefetch_related("sendings")}


def _addressee(letter: Document) -> str:
    lines: list[str] = letter.context.get(_ADDRESSEE) or []
    return ", ".join(lines)


def _sent_at(letter: Document) -> datetime | None:
    """When the letter left us for the last time without coming back."""
    left = [one.sent_at for one in letter.sendings.all() if one.sent_at and not one.bounced_at]
    return localtime(max(left)) if left else None
