"""What the journal hands out for the Commission: plain frozen cards, free of Django."""

from __future__ import annotations

from dataclasses import dataclass

from journal.cards import EntryCard


@dataclass(frozen=True, slots=True)
class CaseCard:
    """The work with one family.

    Attributes:
        id: of the case.
        entries: its living notifications, oldest first; there is at least one.
    """

    id: int
    entries: tuple[EntryCard, ...]

    @property
    def first(self) -> EntryCard:
        """The notification by whose number the case is called."""
        return self.entries[0]

    @property
    def index(self) -> str:
        """The case's number before the Commission: it tells of nobody."""
        return self.first.index or self.first.number

    @property
    def urgent(self) -> bool | None:
        """Whether any of its notifications shows a threat; None: perhaps."""
        shown = {entry.urgent for entry in self.entries}
        return True if True in shown else None if None in shown else False
