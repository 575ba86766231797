"""How the journal's work stands, in counts and times: nothing here tells of any person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils.timezone import localtime

from journal.models import (
    Arrival,
    Document,
    DocumentState,
    Entry,
    File,
    Form,
    Ledger,
    Sending,
    SendingState,
    Source,
)
from journal.steps import UNDECIDED
from journal.triage import triage


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """How a source stands.

    Attributes:
        failures: how many times in a row it has failed.
        fault: name of the last error's class; "" where it works.
        counted_at: when box and ledger were last compared mail by mail.
        in_box: mails that the box then held.
        recovered: how many of these the ledger lacked; they were taken.
    """

    id: int
    kind: str
    name: str
    office: str
    last_success_at: datetime | None
    last_failure_at: datetime | None
    failures: int
    fault: str
    next_try_at: datetime | None
    counted_at: datetime | None
    in_box: int | None
    recovered: int


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits before a step: how many rows, and since when the oldest has been here."""

    count: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class TriageCount:
    """What waits for a person; ``possibly``: nobody could judge whether it is urgent."""

    count: int
    urgent: int
    possibly: int


@dataclass(frozen=True, slots=True)
class SendingCount:
    """Mails of ours that have not left: they wait, have failed, or nobody knows."""

    waiting: int
    failed: int
    doubt: int


def sources() -> list[SourceHealth]:
    """How every source that was ever looked at stands."""
    counts = {
        row["source"]: row
        for row in Ledger.objects.filter(counted_at__isnull=False)
        .order_by("counted_at")
        .values("source", "counted_at", "in_box", "recovered")
    }
    rows = Source.objects.select_related("office").order_by("pk")
    return [_source(row, counts.get(row.pk, {})) for row in rows]


def backlog() -> dict[str, Queue]:
    """What waits before each step of the main job, whether it is due or rests after a failure."""
    undecided = Q(outcome__in=UNDECIDED)
    arrivals = Arrival.objects.filter(undecided)
    return {
        "unpack": _queue(arrivals.filter(unpacked_at__isnull=True), "recorded_at"),
        "read": _queue(
            File.objects.filter(undecided, read_at__isnull=True), "arrival__recorded_at"
        ),
        "register": _queue(Form.objects.filter(undecided), "file__arrival__recorded_at"),
        "place": _queue(arrivals.filter(unpacked_at__isnull=False), "recorded_at"),
        "draft": _queue(
            Entry.objects.filter(
                drafted_at__isnull=True, voided_at__isnull=True, imported_at__isnull=True
            ),
            "registered_at",
        ),
        "render": _queue(
            Document.objects.filter(pdf="").exclude(state=DocumentState.VOID), "created_at"
        ),
    }


def oldest_unplaced() -> datetime | None:
    """Since when the oldest arrival has been here of which it is not yet said what became of it."""
    return _queue(Arrival.objects.filter(outcome__in=UNDECIDED), "recorded_at").oldest


def in_triage() -> TriageCount:
    """What waits for a person's decision."""
    urgent = [card.urgent for card in triage()]
    return TriageCount(len(urgent), urgent.count(True), urgent.count(None))


def not_sent() -> SendingCount:
    """The letters that have not left; a receipt that failed is nobody's concern."""
    mails = Sending.objects.filter(document__isnull=False)
    waiting = mails.filter(state__in=[SendingState.WAITING, SendingState.SENDING])
    # Found by their mails, of which few have failed: by its state no index knows a letter.
    failed = mails.filter(state=SendingState.FAILED, document__state=DocumentState.FAILED)
    return SendingCount(
        waiting=waiting.count(),
        failed=failed.values("document").distinct().count(),
        doubt=mails.filter(state=SendingState.DOUBT).count(),
    )


def entries_by_office() -> dict[str, int]:
    """How many entries each office's journal holds."""
    rows = Entry.objects.values_list("office__key").annotate(n=Count("pk")).order_by("office__key")
    return dict(rows.values_list("office__key", "n"))


def _queue(rows: QuerySet[Any], since: str) -> Queue:
    found: Mapping[str, Any] = rows.aggregate(count=Count("pk"), oldest=Min(since))
    return Queue(found["count"], _local(found["oldest"]))


def _source(row: Source, count: Mapping[str, Any]) -> SourceHealth:
    return SourceHealth(
        id=row.pk,
        kind=row.kind,
        name=row.name,
        office=row.office.key,
        last_success_at=_local(row.last_success_at),
        last_failure_at=_local(row.last_failure_at),
        failures=row.attempts,
        fault=row.fault,
        next_try_at=_local(row.next_try_at),
        counted_at=_local(count.get("counted_at")),
        in_box=count.get("in_box"),
        recovered=count.get("recovered", 0),
    )


def _local(moment: datetime | None) -> datetime | None:
    return None if moment is None else localtime(moment)
