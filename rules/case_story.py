"""How the events of a case follow each other: what runs, what is stopped, what may not be.

The clocks of a case follow from what the notifications started and from what happened since, and
from nothing else. So an event that is written down late, or that turns out not to have happened,
leaves the clocks as if everything had been written down rightly at once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from rules.casework import KINDS, Kind, Status


@dataclass(frozen=True, slots=True)
class Happened:
    """An event, as far as the clocks and the law look at it.

    Attributes:
        id: grows in the order in which events were written down.
        entry: the entry that it hangs on.
        at: when it happened, in the office's zone.
    """

    id: int
    entry: int
    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Running:
    """A clock, and how it stands.

    Attributes:
        cause: the event that started it; None: the notification itself.
        done: when what it asked for was done.
        cancelled: since when it asks for nothing any more.
        stopped_by: the event that did either.
    """

    entry: int
    key: str
    start_kind: str
    starts: datetime
    cause: int | None = None
    done: datetime | None = None
    cancelled: datetime | None = None
    stopped_by: int | None = None

    @property
    def name(self) -> tuple[int, str, str]:
        """Which clock it is: an entry has each only once."""
        return self.entry, self.key, self.start_kind

    @property
    def is_open(self) -> bool:
        """Whether it still asks for something."""
        return self.done is None and self.cancelled is None


def in_order(events: Iterable[Happened]) -> list[Happened]:
    """The events as they happened; within a minute as they were written down."""
    return sorted(events, key=lambda event: (_minute(event.at), event.id))


def play(
    opening: Iterable[Running], events: Iterable[Happened], living: Collection[int]
) -> list[Running]:
    """The clocks of a case after everything that happened.

    A clock stops by what happened after its start; one that runs already does not start anew.

    Args:
        opening: the clocks that the notifications started.
        events: what happened in the case.
        living: the entries that are not void; only these get clocks.
    """
    clocks = {clock.name: clock for clock in opening}
    for event in in_order(events):
        kind = KINDS[event.kind]
        for name, clock in clocks.items():
            clocks[name] = _after(clock, event, kind)
        for key, start_kind in kind.starts if event.entry in living else ():
            new = Running(event.entry, key, start_kind, event.at, cause=event.id)
            old = clocks.get(new.name)
            if old is None or not old.is_open:
                clocks[new.name] = new
    return list(clocks.values())


def refusals(
    events: Iterable[Happened],
    monitored_until: Callable[[datetime], date],
    came: Iterable[datetime] = (),
) -> dict[int, str]:
    """Id -> why the event may not be, of every event that the law or the order of steps refuses.

    Law: Порядок, п. 22 (work ends by a decision, not less than six months of monitoring follow),
    п. 23 (with an orphan only after adoption).

    Args:
        events: what happened in the case, times in the office's zone.
        monitored_until: when monitoring ends, by the moment of the decision.
        came: when the notifications of the case came.
    """
    found = {}
    status: Status = "open"
    orphans, ended = 0, None
    for event in _story(events, came):
        if event is None:
            status = "open"
            continue
        reason = _refusal(event, status, orphans, ended and monitored_until(ended))
        if reason:
            found[event.id] = reason
        orphans = max(0, orphans + {"orphan": 1, "adopted": -1}.get(event.kind, 0))
        ended = event.at if event.kind == "work_ended" else ended
        status = KINDS[event.kind].status or status
    return found


def moment_fault(at: datetime, received_at: datetime, now: datetime) -> str | None:
    """Why an event cannot have happened then, or None; times in the office's zone."""
    if at.astimezone(UTC) > now.astimezone(UTC):
        return "Подія не може статися пізніше, ніж зараз. Перевірте дату й час (--at)."
    if _minute(at) < _minute(received_at):
        return (
            f"Повідомлення надійшло {received_at:%d.%m.%Y %H:%M}: подія не могла статися раніше. "
            "Перевірте дату й час (--at)."
        )
    return None


def status(
    events: Iterable[Happened],
    void_since: datetime | None = None,
    came: Iterable[datetime] = (),
) -> tuple[Status, datetime | None]:
    """Where the case stands, and since when it is closed.

    A notification that comes after the end of the work opens the case again.

    Args:
        events: what happened in the case.
        void_since: since when all entries of the case are void; None: one of them is not.
        came: when the notifications of the case came.
    """
    found: Status = "open"
    closed_at = None
    for event in _story(events, came):
        if event is None:
            found, closed_at = "open", None
        elif new := KINDS[event.kind].status:
            found, closed_at = new, event.at if new == "closed" else None
    # What was registered by mistake alone is nobody's case: it waits for no decision to end it.
    return ("closed", closed_at or void_since) if void_since else (found, closed_at)


def stage(events: Iterable[Happened]) -> str:
    """How far the work has come: one of :data:`rules.casework.STAGES`."""
    reached = [KINDS[event.kind].stage for event in in_order(events)]
    return next((one for one in reversed(reached) if one), "registered")


def _story(events: Iterable[Happened], came: Iterable[datetime]) -> list[Happened | None]:
    """The events in their order, with None for each notification before what happened after it."""
    moments: list[tuple[datetime, int, Happened | None]]
    moments = [(_minute(event.at), n, event) for n, event in enumerate(in_order(events), start=1)]
    moments += [(_minute(moment), 0, None) for moment in came]
    return [event for _at, _n, event in sorted(moments, key=lambda one: one[:2])]


def _after(clock: Running, event: Happened, kind: Kind) -> Running:
    if not clock.is_open or _minute(clock.starts) > _minute(event.at):
        return clock
    if clock.key in kind.stops:
        return replace(clock, done=event.at, stopped_by=event.id)
    reached = clock.entry == event.entry or not kind.own_only
    if clock.key in kind.cancels and reached:
        return replace(clock, cancelled=event.at, stopped_by=event.id)
    return clock


def _refusal(event: Happened, status: Status, orphans: int, until: date | None) -> str | None:
    if event.kind == "work_ended":
        return _ending_refusal(status, orphans)
    if event.kind == "closed":
        return _closing_refusal(event, status, until)
    if event.kind == "reopened" and status == "open":
        return "Справа в роботі: відновлювати нічого."
    if status == "closed" and KINDS[event.kind].starts:
        return "Справу завершено. Спершу запишіть, що роботу відновлено (reopened)."
    return None


def _ending_refusal(status: Status, orphans: int) -> str | None:
    if orphans:
        return (
            "Робота з дитиною-сиротою чи дитиною, позбавленою батьківського піклування, "
            "завершується лише після її усиновлення (adopted, п. 23)."
        )
    if status != "open":
        return "Рішення про завершення роботи вже записано."
    return None


def _closing_refusal(event: Happened, status: Status, until: date | None) -> str | None:
    if status == "open" or until is None:
        return "Спершу запишіть рішення про завершення роботи (work_ended, п. 22)."
    if status == "closed":
        return "Справу вже завершено."
    if event.at.date() < until:
        return f"Моніторинг триває щонайменше до {until:%d.%m.%Y} (п. 22)."
    return None


def _minute(moment: datetime) -> datetime:
    # A clerk says «14:30», a server says 14:30:25: of one minute nothing is earlier. In UTC, as an
    # hour of autumn comes twice in Kyiv.
    return moment.astimezone(UTC).replace(second=0, microsecond=0)
