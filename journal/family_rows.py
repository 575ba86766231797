"""Reading what is known of families: whom a rule proposes as one, and who is one already."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from journal import masking
from journal.card_making import card_of, with_all
from journal.cards import EntryCard, RelatedCard
from journal.families import PROPOSED
from journal.models import Entry, Link
from rules.roles import EVERYTHING, Eyes


@dataclass(frozen=True, slots=True)
class Proposed:
    """Two entries that may concern one family, and nobody has decided yet.

    Attributes:
        score: how likely the rule held it to be, 0 to 100; None: proposed before scores were kept.
        why: what is alike, and what speaks against it.
    """

    newer: EntryCard
    older: EntryCard
    score: int | None
    why: str


def proposals(
    office: str | None = None, eyes: Eyes = EVERYTHING, most: int = 50
) -> tuple[list[Proposed], bool]:
    """What waits for a decision, of the newest entries; the likeliest first.

    Args:
        office: key of the office whose journal it is; None: of all.
        eyes: what is shown to whoever asks.
        most: so many at most.

    Returns:
        The proposals, and whether there are more.
    """
    entries = masking.seen(Entry.objects.filter(voided_at__isnull=True), eyes)
    if office is not None:
        entries = entries.filter(office__key=office)
    waiting = Link.objects.filter(state=PROPOSED, newer__in=entries, older__voided_at__isnull=True)
    rows = list(waiting.order_by("-newer", "-older")[: most + 1])
    cards = _cards({pk for row in rows[:most] for pk in (row.newer_id, row.older_id)}, eyes)
    found = [
        Proposed(cards[row.newer_id], cards[row.older_id], row.score, row.why)
        for row in rows[:most]
        if row.newer_id in cards and row.older_id in cards
    ]
    found.sort(key=lambda one: (-(one.score or 0), -one.newer.id))
    return found, len(rows) > most


def family_of(card: EntryCard, eyes: Eyes = EVERYTHING) -> list[EntryCard]:
    """All entries of the case of an entry, the earliest first, void ones too."""
    case = Entry.objects.get(pk=card.id).case_id
    ids = Entry.objects.filter(case=case).values_list("pk", flat=True)
    cards = _cards(set(ids), eyes).values()
    return sorted(cards, key=lambda one: (one.registered_at, one.id))


def proposed_json(found: Proposed) -> dict[str, Any]:
    """A proposal as ``opika family list --json`` prints it."""
    return {
        "newer": _name_json(found.newer),
        "older": _name_json(found.older),
        "score": found.score,
        "why": found.why,
    }


def family_json(family: list[EntryCard]) -> dict[str, Any]:
    """A family as ``opika family show --json`` prints it."""
    return {
        "entries": [
            {
                **_name_json(card),
                "ordinal": card.ordinal,
                "registered_at": card.registered_at.isoformat(),
                "urgent": card.urgent,
                "voided": card.voided and card.voided.isoformat(),
            }
            for card in family
        ],
        "proposed": [
            {
                **{"office": one.office, "number": one.number, "year": one.year},
                **{"score": one.score, "why": one.why},
            }
            for one in open_proposals(family)
        ],
    }


def open_proposals(family: Collection[EntryCard]) -> list[RelatedCard]:
    """The entries that may concern this family, too; the likeliest first, each once."""
    found: dict[tuple[str, str, int], RelatedCard] = {}
    for one in (one for card in family for one in card.related if one.state == PROPOSED):
        name = (one.office, one.number, one.year)
        if name not in found or (one.score or 0) > (found[name].score or 0):
            found[name] = one
    return sorted(found.values(), key=lambda one: -(one.score or 0))


def _name_json(card: EntryCard) -> dict[str, Any]:
    return {
        "office": card.office,
        "number": card.number,
        "year": card.year,
        "subject": card.values.get("subject"),
    }


def _cards(ids: Collection[int], eyes: Eyes) -> dict[int, EntryCard]:
    rows = with_all(masking.seen(Entry.objects.filter(pk__in=ids), eyes))
    return {row.pk: masking.shown(card_of(row), eyes) for row in rows}
