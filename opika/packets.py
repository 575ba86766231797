"""The Commission's meeting: which cases are ready for it, and which still lack something."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from journal import commission
from journal.cards import EntryCard
from journal.cards_commission import CaseCard
from opika.pipeline import Pipeline
from rules.case_story import Happened, status
from rules.commission import Clock, Standing, Story, standing


@dataclass(frozen=True, slots=True)
class Heard:
    """A case before a meeting, and how it stands."""

    case: CaseCard
    standing: Standing


def before(
    pipeline: Pipeline, office: str, meeting: date
) -> tuple[Sequence[Heard], Sequence[Heard]]:
    """The cases that are ready for a meeting, and those that are not.

    Those with a threat come first, then whose conclusion came first; of those not ready whose
    notification came first.

    Args:
        pipeline: opened, for the eyes of who asks.
        office: key of the office whose journal it is.
        meeting: the day of the meeting.
    """
    found = [
        Heard(case, how)
        for case in commission.cases(office, pipeline.eyes)
        if (how := _standing(case, meeting))
    ]
    ready = [one for one in found if one.standing.is_ready]
    waiting = [one for one in found if not one.standing.is_ready]
    return sorted(ready, key=_order), sorted(waiting, key=_order)


def _standing(case: CaseCard, meeting: date) -> Standing | None:
    events = _events(case.entries)
    came = [entry.received_at for entry in case.entries]
    # How the case stood when the meeting began.
    past = [event for event in events if event.at.date() < meeting]
    if status(past, came=[moment for moment in came if moment.date() <= meeting])[0] != "open":
        return None
    running = [
        Clock(clock.key, entry.index or entry.number, clock.due)
        for entry in case.entries
        for clock in entry.deadlines
        if clock.runs
    ]
    return standing(Story(came, events, running), meeting)


def _events(entries: Iterable[EntryCard]) -> list[Happened]:
    return [
        Happened(event.id, entry.id, event.kind, event.at)
        for entry in entries
        for event in entry.events
        if event.undone is None
    ]


def _order(one: Heard) -> tuple[int, datetime, int]:
    threat = {True: 0, None: 1, False: 2}[one.case.urgent]
    came = one.standing.conclusion or one.case.first.received_at
    return threat, came, one.case.id
