"""What the journal hands out for its printed books: plain frozen cards, free of Django."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from journal.cards import EntryCard, EventCard


@dataclass(frozen=True, slots=True)
class BookRow:
    """One number of a book, whatever stands on it.

    Attributes:
        number: the running number; ``index`` as it is written.
        what: ``entry``, ``letter``, ``paper``, or ``skipped`` for a number that was passed over.
        about: the kind of a letter, what a paper is about; of an entry its subject.
        counterpart: whom a paper concerns or who signed it; the addressee of a letter.
        voided: whether it is void; ``why_void``: the reason that was given.
        sent_at: when a letter left us.
        executor: who worked on its entry, as our first letter about it says.
        card: the entry that it is or belongs to.
        event: what happened by this paper.
    """

    number: int
    index: str
    dated: date
    what: str
    about: str
    counterpart: str
    voided: bool
    why_void: str
    sent_at: datetime | None
    executor: str
    card: EntryCard | None
    event: EventCard | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """A register of a year, ready to be printed.

    Attributes:
        count: how many numbers the year has so far; ``voided``: how many of them are void.
        closed_at: when the year was closed.
        head: number and hash of the office's last row of history; of a closed year as it was then.
        rows: every number, in order.
    """

    register: str
    year: int
    first: int | None
    last: int | None
    count: int
    voided: int
    closed_at: datetime | None
    head: str
    rows: tuple[BookRow, ...]
