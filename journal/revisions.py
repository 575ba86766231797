"""What an entry said one time after the other: each revision with what it changed, who and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from journal import masking
from journal.book import filled
from journal.cards import EntryCard
from journal.models import HistoryValue, Revision
from rules.form_keys import FORM_KEYS
from rules.form_values import held_by_hand
from rules.sameness import changed_fields

Changes = Mapping[str, tuple[Any, Any]]
"""Key of a field -> what it said before and what it says after."""


@dataclass(frozen=True, slots=True)
class Brought:
    """The arrival that brought a revision.

    Attributes:
        source: the mailbox's address, the folder, or how it came (``phone``).
    """

    id: int
    source: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class RevisionCard:
    """What an entry said from a moment on.

    Attributes:
        ordinal: 1 is what it said when it was registered.
        actor: who wrote it; "" where that was erased.
        by_hand: a person corrected what stood there; else an arrival brought it.
        changes: against the revision before it.
        disputed: what the arrival says of fields that a person had set by hand: they stay as they
            were, and somebody decides.
        review: the fields that somebody has to look at.
    """

    ordinal: int
    made_at: datetime
    actor: str
    why: str
    by_hand: bool
    brought: Brought | None
    values: Mapping[str, Any]
    review: tuple[str, ...]
    changes: Changes = field(default_factory=dict)
    disputed: Mapping[str, Any] = field(default_factory=dict)


def revisions(entry_id: int) -> list[RevisionCard]:
    """What the entry said, from its registration on."""
    rows = Revision.objects.filter(entry=entry_id).order_by("ordinal")
    rows = rows.select_related("form__file__arrival__source")
    actors = _actors(entry_id)
    cards: list[RevisionCard] = []
    former: list[Revision] = []
    for row in rows:
        cards.append(_card(row, former, actors.get(f"revision:{row.ordinal}", "")))
        former.append(row)
    return cards


def shown(cards: Sequence[RevisionCard], entry: EntryCard) -> list[RevisionCard]:
    """The revisions with what the entry's card hides from who asks left out."""
    return [
        replace(
            card,
            why=masking.told(card.why, entry),
            values=masking.told(card.values, entry),
            changes=_changes_of(masking.told(changes_json(card.changes), entry)),
            disputed=masking.told(card.disputed, entry),
        )
        for card in cards
    ]


def difference(cards: Sequence[RevisionCard], first: int, last: int) -> Changes:
    """What one revision says otherwise than an earlier one."""
    values = {card.ordinal: card.values for card in cards}
    return differing(values[first], values[last])


def open_disputes(cards: Sequence[RevisionCard]) -> dict[str, tuple[Any, Brought]]:
    """Fields that were set by hand and still wait for a decision: what came last, and with what."""
    found: dict[str, tuple[Any, Brought]] = {}
    for card in cards:
        settled = found.keys() - set(card.review)
        found = {key: one for key, one in found.items() if key not in settled}
        if card.brought:
            found |= {key: (value, card.brought) for key, value in card.disputed.items()}
    return {key: one for key, one in found.items() if key in cards[-1].review}


def revision_json(card: RevisionCard) -> dict[str, Any]:
    """A revision as ``opika journal differences --json`` prints it."""
    brought = card.brought
    return {
        "revision": card.ordinal,
        "when": card.made_at.isoformat(),
        "who": card.actor,
        "why": card.why,
        "by_hand": card.by_hand,
        "arrival": brought
        and {
            "id": brought.id,
            "source": brought.source,
            "received_at": brought.received_at.isoformat(),
        },
        "changes": changes_json(card.changes),
        "disputed": dict(card.disputed),
        "review": list(card.review),
    }


def changes_json(changes: Changes) -> dict[str, Any]:
    """Changes as the history prints them."""
    return {key: {"old": old, "new": new} for key, (old, new) in changes.items()}


def _changes_of(told: Mapping[str, Any]) -> Changes:
    return {key: (one["old"], one["new"]) for key, one in told.items()}


def _card(row: Revision, former: Sequence[Revision], actor: str) -> RevisionCard:
    before = former[-1] if former else None
    by_hand = before is not None and before.form_id == row.form_id
    changes: Changes = {}
    if before is not None:
        said = differing if by_hand else changed_fields
        changes = said(before.values, row.values)
    return RevisionCard(
        ordinal=row.ordinal,
        made_at=localtime(row.made_at),
        actor=actor,
        why=row.why,
        by_hand=by_hand,
        brought=None if by_hand else _brought(row),
        values=row.values,
        review=tuple(row.review),
        changes=changes,
        disputed={} if by_hand else _disputed(row, former),
    )


def _brought(row: Revision) -> Brought | None:
    if row.form is None:
        return None
    arrival = row.form.file.arrival
    source = arrival.source.name if arrival.source else arrival.channel
    return Brought(arrival.pk, source, localtime(arrival.received_at))


def _disputed(row: Revision, former: Sequence[Revision]) -> dict[str, Any]:
    if row.form is None or not former:
        return {}
    found = {}
    for key in held_by_hand(former[-1].corrected or ()) & set(row.review):
        value = row.form.values.get(key)
        known = [revision.values.get(key) for revision in [*former, row]]
        if filled(value) is not None and all(
            changed_fields({key: said}, {key: value}) for said in known
        ):
            found[key] = value
    return {key: found[key] for key in FORM_KEYS if key in found}


def differing(old: Mapping[str, Any], new: Mapping[str, Any]) -> Changes:
    """What two texts of an entry say otherwise, to the letter.

    A person also corrects what makes no difference to a machine, as a small letter in a name.
    """
    return {
        key: (old.get(key), new.get(key))
        for key in FORM_KEYS
        if filled(old.get(key)) != filled(new.get(key))
    }


def _actors(entry_id: int) -> dict[str, str]:
    rows = HistoryValue.objects.filter(history__entry=entry_id, field__startswith="revision:")
    return dict(rows.order_by("history").values_list("field", "history__actor"))
