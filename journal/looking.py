"""Who looked at which card, and when.

Law: Порядок, п. 13 (confidentiality); Закон України «Про захист персональних даних», ст. 8: whom the data
are about may ask who has seen them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.timezone import localtime

from journal.database import writing
from journal.masking import seen
from journal.models import Entry, Look
from rules.roles import EVERYTHING, Eyes

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class LookCard:
    """One look at an entry's card.

    Attributes:
        why: on what occasion; empty: the card itself was opened.
    """

    at: datetime
    actor: str
    office: str
    number: str
    year: int
    why: str


@dataclass(frozen=True, slots=True)
class Days:
    """The days of looks that are asked for; None: from the first, to the last."""

    first: date | None = None
    last: date | None = None


def looks(
    *,
    entry_id: int | None = None,
    actor: str | None = None,
    days: Days = Days(),
    eyes: Eyes = EVERYTHING,
) -> Iterator[LookCard]:
    """Looks, the oldest first.

    Args:
        entry_id: only at this entry.
        actor: only of this login.
        days: only on these days, in the office's zone.
        eyes: what is shown to whoever asks.
    """
    rows = Look.objects.select_related("entry__office").order_by("at", "pk")
    if entry_id is not None:
        rows = rows.filter(entry=entry_id)
    if actor is not None:
        rows = rows.filter(actor=actor)
    if days.first is not None:
        rows = rows.filter(at__date__gte=days.first)
    if days.last is not None:
        rows = rows.filter(at__date__lte=days.last)
    if eyes.offices is not None:
        rows = rows.filter(entry__in=seen(Entry.objects.all(), eyes))
    for row in rows.iterator(chunk_size=_CHUNK):
        yield LookCard(
            at=localtime(row.at),
            actor=row.actor,
            office=row.entry.office.key,
            number=str(row.entry.number),
            year=row.entry.year,
            why=row.why,
        )


def looked_at_arrival(arrival_id: int, *, actor: str, now: datetime, why: str) -> None:
    """Record that somebody has read what an arrival brought to the entries that it belongs to.

    What waits in triage belongs to none yet.
    """
    through = Q(files__arrival=arrival_id) | Q(forms__file__arrival=arrival_id)
    entries = Entry.objects.filter(through | Q(documents__answered_by=arrival_id)).distinct()
    with writing():
        Look.objects.bulk_create(
            [Look(actor=actor[:150], entry=entry, at=now, why=why[:200]) for entry in entries]
        )


def look_json(card: LookCard) -> dict[str, Any]:
    """A look as ``opika journal views --json`` prints it."""
    return {
        "at": card.at.isoformat(),
        "who": card.actor,
        "office": card.office,
        "number": card.number,
        "year": card.year,
        "why": card.why,
    }
