"""What is due: the running clocks of all entries, the urgent first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from django.db.models import Q, QuerySet
from django.utils.timezone import localtime

from journal.masking import seen
from journal.models import Deadline, Entry, Revision
from opika.errors import NotFoundError
from rules.deadlines import WHOSE, Party
from rules.roles import EVERYTHING, Eyes

State = Literal["overdue", "today", "coming"]
STATES: tuple[State, ...] = ("overdue", "today", "coming")


@dataclass(frozen=True, slots=True)
class DueCard:
    """A running clock of an entry, as it stands at one moment.

    Attributes:
        office: key of the office whose journal the entry is in.
        urgent: of the entry; None: possibly.
        subject: whom the entry is about, as written.
        key: the term (:mod:`rules.deadlines`).
        start_kind: from what the days of п. 18 run.
        due: a day; a moment for terms counted in hours.
        state: ``today`` also for a moment of today that has not come yet.
        hours: full hours since the start, for terms counted in hours.
        whose: whose work it is.
        rule, steps: the point of the law, and the arithmetic in words.
    """

    office: str
    number: str
    year: int
    urgent: bool | None
    subject: str | None
    key: str
    start_kind: str | None
    starts: datetime
    due: date | datetime
    state: State
    hours: int | None
    whose: Party
    rule: str
    steps: str


def due(
    now: datetime,
    *,
    office: str | None = None,
    whose: Party | None = None,
    days: int = 7,
    eyes: Eyes = EVERYTHING,
) -> list[DueCard]:
    """The running clocks that end before ``days`` days are over.

    Threats come first, possible ones next; within them what was or is due earliest. A clock of a
    void entry, or one that was cancelled, runs no more.

    Args:
        now: an aware moment; its day is the office's (``TIME_ZONE``).
        office: key of the office whose journal it is; None: of all.
        whose: only this party's work.
        days: how far to look ahead, in calendar days; what is overdue is always shown.
        eyes: what is shown to whoever asks.
    """
    last = localtime(now).date() + timedelta(days=days)
    running = Deadline.objects.filter(
        Q(due_on__lte=last) | Q(due_at__date__lte=last),
        done_at=None,
        cancelled_at=None,
        entry__voided_at=None,
    )
    if office is not None:
        running = running.filter(entry__office__key=office)
    if whose is not None:
        running = running.filter(key__in=[key for key, party in WHOSE.items() if party == whose])
    if eyes.offices is not None:
        running = running.filter(entry__in=seen(Entry.objects.all(), eyes))
    rows = list(running.select_related("entry__office").order_by("pk"))
    subjects = _subjects(running)
    return sorted((_card(row, subjects, now) for row in rows), key=_order)


def due_json(card: DueCard) -> dict[str, Any]:
    """A clock as ``opika due --json`` prints it."""
    return {
        "office": card.office,
        "number": card.number,
        "year": card.year,
        "urgent": card.urgent,
        "subject": card.subject,
        "key": card.key,
        "start_kind": card.start_kind,
        "starts": card.starts.isoformat(),
        "due": card.due.isoformat(),
        "state": card.state,
        "hours": card.hours,
        "whose": card.whose,
        "rule": card.rule,
        "steps": card.steps,
    }


def _subjects(running: QuerySet[Deadline]) -> dict[int, str | None]:
    """The subject of each entry that a clock runs for, by the entry's newest revision."""
    revisions = Revision.objects.filter(entry__in=running.values("entry"))
    newest_last = revisions.order_by("ordinal").values_list("entry_id", "values__subject")
    return dict(newest_last)


def _card(row: Deadline, subjects: dict[int, str | None], now: datetime) -> DueCard:
    end = row.due_on or (row.due_at and localtime(row.due_at))
    if end is None:
        raise NotFoundError("a deadline without its end")
    return DueCard(
        office=row.entry.office.key,
        number=str(row.entry.number),
        year=row.entry.year,
        urgent=row.entry.urgent,
        subject=subjects.get(row.entry_id),
        key=row.key,
        start_kind=row.start_kind or None,
        starts=localtime(row.starts_at),
        due=end,
        state=_state(end, now),
        hours=(now - row.starts_at) // timedelta(hours=1) if row.due_at else None,
        whose=WHOSE[row.key],
        rule=row.rule,
        steps=row.steps,
    )


def _state(end: date | datetime, now: datetime) -> State:
    today = localtime(now).date()
    day = end.date() if isinstance(end, datetime) else end
    if day < today or (isinstance(end, datetime) and end <= now):
        return "overdue"
    return "today" if day == today else "coming"


def _order(card: DueCard) -> tuple[int, date, datetime, str, int]:
    threat = {True: 0, None: 1, False: 2}[card.urgent]
    day = card.due.date() if isinstance(card.due, datetime) else card.due
    return threat, day, card.starts, card.office, int(card.number)
