"""What the journal hands out: plain frozen cards, free of Django.

``values`` of a card are the keys of the parse contract (subject, persons, address, …), dates as
ISO strings. Times are aware, in the configured zone (Europe/Kyiv).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from rules.reporter import Reporter

OVERTAKEN_IN = frozenset({"approved", "signed", "failed"})
"""States of a letter that its entry's change overtakes: a draft is renewed by itself, and of one
under way nobody knows yet whether it has left."""


@dataclass(frozen=True, slots=True)
class DeadlineCard:
    """A clock of a case: when it started, when it ends, by which rule and arithmetic.

    ``start_kind``: from what the days of п. 18 run. ``cancelled``: since when it asks for nothing
    any more, though nothing was done.
    """

    key: str
    starts: datetime
    due: date | datetime
    done: datetime | None
    rule: str
    steps: str
    start_kind: str | None = None
    cancelled: datetime | None = None

    @property
    def runs(self) -> bool:
        """Whether it still asks for something."""
        return self.done is None and self.cancelled is None


@dataclass(frozen=True, slots=True)
class EventCard:
    """Something that happened to the family after registration (:mod:`rules.casework`).

    Attributes:
        details: what is told of it.
        document: id of the letter of ours that it is; ``arrival``: of what brought it; ``line``:
            of its line in a register, whose number is ``index``.
        undone: since when it is known not to have happened.
    """

    id: int
    kind: str
    at: datetime
    recorded_at: datetime
    details: Mapping[str, Any]
    document: int | None = None
    arrival: int | None = None
    line: int | None = None
    index: str | None = None
    undone: datetime | None = None


@dataclass(frozen=True, slots=True)
class ArrivalCard:
    """One arrival of a notice."""

    id: int
    source: str
    channel: str
    message_id: str | None
    sha256: str
    received_at: datetime
    sender_address: str | None


@dataclass(frozen=True, slots=True)
class RelatedCard:
    """Another entry that may concern the same family, and what is alike.

    Attributes:
        state: ``proposed``, or ``confirmed`` by a person.
        score: how likely the rule held it to be, 0 to 100; None: no rule did.
    """

    office: str
    number: str
    year: int
    why: str
    state: str = "proposed"
    score: int | None = None


@dataclass(frozen=True, slots=True)
class ProposalCard:
    """An entry that an arrival in triage may belong to, and why."""

    office: str
    number: str
    year: int
    why: str


@dataclass(frozen=True, slots=True)
class SignedCard:
    """A signed copy: its digest in the store of originals, what it is by its ending, since when."""

    sha256: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """A document of an entry; ``docx`` and ``pdf`` are paths below the data folder.

    ``stale``: its entry has changed since it was drafted. ``signed``: the signed copy that was put
    back; it is what is sent.
    """

    id: int
    kind: str
    index: str | None
    dated: date | None
    state: str
    docx: str | None
    pdf: str | None
    stale: bool = False
    signed: SignedCard | None = None

    @property
    def overtaken(self) -> bool:
        """Whether it was approved, has not left, and its entry says something else now."""
        return self.stale and self.state in OVERTAKEN_IN


@dataclass(frozen=True, slots=True)
class EntryCard:
    """One registered notification with everything that hangs on it.

    ``number`` is the running number; ``index`` is how letters write it, by the mask of its series.
    ``written_down``: a clerk took it down by hand; there is no paper of the sender's.
    ``voided``: it was a mistake; its number stays. ``events``: in the order in which they happened.
    ``stage``: how far the work with the case has come (:data:`rules.casework.STAGES`).
    ``ordinal``: the how-manieth notification of its family it is (п. 24); None: it is void.
    ``imported``: since when it stands here, taken over from the paper book; where that says no time,
    ``registered_at`` and ``received_at`` are midnight.
    ``erased``: since when its number and moments are all that is left of it.
    ``former``: what earlier revisions said. ``hides``: what of it its reader may not know.
    """

    id: int
    office: str
    number: str
    year: int
    registered_at: datetime
    received_at: datetime
    channel: str
    urgent: bool | None
    status: str
    values: Mapping[str, Any]
    review: tuple[str, ...]
    indicators: tuple[Mapping[str, Any], ...]
    related: tuple[RelatedCard, ...]
    arrivals: tuple[ArrivalCard, ...]
    deadlines: tuple[DeadlineCard, ...]
    documents: tuple[DocumentCard, ...]
    index: str = ""
    written_down: bool = False
    voided: datetime | None = None
    events: tuple[EventCard, ...] = ()
    stage: str = "registered"
    imported: datetime | None = None
    former: tuple[Mapping[str, Any], ...] = ()
    hides: Reporter | None = None
    erased: datetime | None = None
    ordinal: int | None = 1


@dataclass(frozen=True, slots=True)
class TriageFile:
    """One file of an arrival that waits; ``urgent`` None: nobody could judge it."""

    id: int
    path: str
    name: str
    media_type: str
    sha256: str | None
    outcome: str
    reason: str
    urgent: bool | None
    indicators: tuple[Mapping[str, Any], ...]
    text: str


@dataclass(frozen=True, slots=True)
class TriageCard:
    """An arrival that no rule could place, or that was set aside without a person.

    ``urgent`` None: possibly urgent, something of it could not be judged.
    """

    id: int
    source: str
    received_at: datetime
    message_id: str | None
    sha256: str
    outcome: str
    reason: str
    urgent: bool | None
    files: tuple[TriageFile, ...]
