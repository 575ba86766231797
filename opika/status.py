"""The health of the pipeline: what it knows of its sources, its work, its people and its machine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from journal import alerts, health
from journal.alerts import AlertCard
from journal.health import Queue, SendingCount, SourceHealth, TriageCount
from opika import errors, programs
from opika.alerts import name_of
from opika.errors import OpikaError
from opika.heads import trouble
from opika.last_backup import overdue
from opika.pipeline import Pipeline
from opika.service import is_running
from opika.sources import Row, kind_of
from opika.sources import name_of as source_name

_MEBIBYTE = 1024**2
# Reading a hundred scans takes an hour; what is older than this waits for something else.
_STUCK = timedelta(hours=2)
DISK, BACKLOG, CALENDAR, HEADS = "disk", "backlog", "calendar", "heads"
BACKUP = "backup"
SOURCE, PROGRAM = "source:", "program:"
"""The subjects of the administrator's alerts; a source's id or a program's name follows."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something of the service itself that is not as it should be.

    Attributes:
        subject: what, as the alert about it is named.
        kind: of the alert.
        words: what a person reads.
    """

    subject: str
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Status:
    """How everything stands.

    Attributes:
        at: when this was seen.
        running: whether the service is at work on this machine.
        faults: what an administrator has to mend.
        unanswered: dangers that nobody has acknowledged.
        missing_programs: what a clerk reads of each.
    """

    at: datetime
    running: bool
    sources: Sequence[SourceHealth]
    backlog: Mapping[str, Queue]
    oldest_unplaced: datetime | None
    triage: TriageCount
    unanswered: Sequence[AlertCard]
    sendings: SendingCount
    disk_free_megabytes: int
    faults: Sequence[Fault]

    @property
    def reasons(self) -> list[str]:
        """Why it is not healthy, in words; none where it is."""
        dangers = [
            f"без відповіді: {name_of(card)} з {card.raised_at:%d.%m.%Y %H:%M}"
            for card in self.unanswered
        ]
        letters = [
            f"{words}: {count}"
            for words, count in (
                ("листів не надіслано", self.sendings.failed),
                ("невідомо, чи надіслано листів", self.sendings.doubt),
            )
            if count
        ]
        return [*dangers, *(fault.words for fault in self.faults), *letters]


def status_of(pipeline: Pipeline, watched_since: datetime | None = None) -> Status:
    """How everything stands now.

    Args:
        pipeline: opened.
        watched_since: when the asking service began, which gives every source the time to answer
            that it has had no chance to use before; None: nothing is forgiven.
    """
    now = pipeline.clock()
    sources = _configured(pipeline)
    backlog, oldest = health.backlog(), health.oldest_unplaced()
    free = _free_megabytes(pipeline)
    faults = [
        *(
            _down(source, words)
            for source, row in sources
            if (words := _silence(pipeline, source, row, watched_since))
        ),
        *_machine_faults(pipeline, free, oldest, now),
    ]
    return Status(
        at=now,
        running=is_running(pipeline.data),
        sources=[source for source, _row in sources],
        backlog=backlog,
        oldest_unplaced=oldest,
        triage=health.in_triage(),
        unanswered=alerts.unanswered(),
        sendings=health.not_sent(),
        disk_free_megabytes=free,
        faults=faults,
    )


def status_json(status: Status) -> dict[str, Any]:
    """A status as ``opika status --json`` prints it."""
    return {
        "ok": not status.reasons,
        "reasons": status.reasons,
        "at": status.at,
        "running": status.running,
        "sources": [_source_json(source) for source in status.sources],
        "backlog": {
            step: {"count": queue.count, "oldest": queue.oldest}
            for step, queue in status.backlog.items()
        },
        "oldest_unplaced": status.oldest_unplaced,
        "triage": {
            "count": status.triage.count,
            "urgent": status.triage.urgent,
            "possibly_urgent": status.triage.possibly,
        },
        "unanswered": [_alert_json(card) for card in status.unanswered],
        "sendings": {
            "waiting": status.sendings.waiting,
            "failed": status.sendings.failed,
            "doubt": status.sendings.doubt,
        },
        "disk_free_megabytes": status.disk_free_megabytes,
    }


def fault_words(fault: str) -> str:
    """What an error's class, as the journal keeps it, means to a clerk."""
    kind = getattr(errors, fault, None)
    if isinstance(kind, type) and issubclass(kind, OpikaError):
        return kind.clerk_message
    return "Неочікувана помилка." if fault else ""


def _source_json(source: SourceHealth) -> dict[str, Any]:
    return {
        "id": source.id or None,
        "kind": source.kind,
        "name": source.name,
        "office": source.office,
        "last_success": source.last_success_at,
        "last_failure": source.last_failure_at,
        "failures": source.failures,
        "fault": fault_words(source.fault) or None,
        "next_try": source.next_try_at,
        "counted_at": source.counted_at,
        "in_box": source.in_box,
        "recovered": source.recovered,
    }


def _alert_json(card: AlertCard) -> dict[str, Any]:
    return {
        "id": card.id,
        "kind": card.kind,
        "subject": card.subject,
        "office": card.office,
        "number": card.number,
        "year": card.year,
        "since": card.raised_at,
        "told": card.told,
        "last_told": card.last_told_at,
        "fault": card.fault or None,
    }


def _configured(pipeline: Pipeline) -> list[tuple[SourceHealth, Row]]:
    """The sources of the configuration; one that was never looked at has the id 0."""
    known = {(source.kind, source.name): source for source in health.sources()}
    found = []
    for row in pipeline.config.sources:
        kind, name = kind_of(row), source_name(row)
        unseen = SourceHealth(0, kind, name, row.office, None, None, 0, "", None, None, None, 0)
        found.append((known.get((kind, name), unseen), row))
    return found


def _silence(
    pipeline: Pipeline, source: SourceHealth, row: Row, watched_since: datetime | None
) -> str:
    """Since when a source has been silent for too long, in words; "" where it has not."""
    answered = source.last_success_at
    if watched_since and (answered is None or not source.failures):
        answered = max(answered or watched_since, watched_since)
    if answered is None:
        return "ще жодного разу не відповіло"
    if pipeline.clock() - answered <= pipeline.config.alerts.source_down + row.every:
        return ""
    if source.last_success_at is None:
        return "ще жодного разу не відповіло"
    return f"не відповідає з {source.last_success_at:%d.%m.%Y %H:%M}"


def _down(source: SourceHealth, words: str) -> Fault:
    kind = "скринька" if source.kind == "mailbox" else "папка"
    return Fault(f"{SOURCE}{source.id}", "source down", f"джерело «{source.name}» ({kind}) {words}")


def _machine_faults(
    pipeline: Pipeline, free: int, oldest: datetime | None, now: datetime
) -> Iterator[Fault]:
    if free < pipeline.config.alerts.disk_free_megabytes:
        yield Fault(DISK, "disk short", f"на диску лишилося {free} МБ")
    if oldest is not None and now - oldest > _STUCK:
        words = f"надходження чекає на опрацювання з {oldest:%d.%m.%Y %H:%M}"
        yield Fault(BACKLOG, "backlog stuck", words)
    if spoilt := pipeline.working_days.fault:
        words = f"календар робочих днів не читається, діє попередній: {spoilt}"
        yield Fault(CALENDAR, "calendar spoilt", words)
    if held_back := trouble(pipeline):
        yield Fault(HEADS, "heads kept back", held_back)
    if old := overdue(pipeline.config, now):
        yield Fault(BACKUP, "backup overdue", old)
    for name in programs.missing():
        words = f"бракує програми: {programs.PROGRAMS[name]}"
        yield Fault(f"{PROGRAM}{name}", "program missing", words)


def _free_megabytes(pipeline: Pipeline) -> int:
    return shutil.disk_usage(pipeline.data).free // _MEBIBYTE
