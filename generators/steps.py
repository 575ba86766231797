"""What has happened in the work with a family, as documents refer to it."""

from __future__ import annotations

from generators.letters import reference
from journal.cards import EntryCard, EventCard


def lived(card: EntryCard, kind: str) -> EventCard | None:
    """The last event of a kind that was not undone."""
    found = [event for event in card.events if event.kind == kind and event.undone is None]
    return found[-1] if found else None


def paper_of(event: EventCard | None) -> str | None:
    """«5 від 04.03.2026»: number and date of the paper by which an event was made.

    Number and date stand together or not at all; without a date of its own the paper is of the
    event's day.
    """
    if event is None:
        return None
    number = event.index or event.details.get("number")
    return reference(number, event.details.get("dated") or event.at.date())
