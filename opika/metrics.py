"""The service's page in Prometheus' text format: counts and ages, office keys and source ids.

Nothing on it tells of a person, and it is served to this machine alone.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import connections
from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from journal import health
from opika.pipeline import Pipeline
from opika.programs import PROGRAMS, missing
from opika.status import Status, status_of


def keep_serving(pipeline: Pipeline, stop: threading.Event) -> None:
    """Serve the page, where the configuration wants it, until ``stop`` is set.

    Raises:
        OSError: the address is taken.
    """
    address = pipeline.config.service.metrics
    if address is None:
        return
    host, _, port = address.rpartition(":")
    registry = CollectorRegistry()
    registry.register(_Page(pipeline))
    server, thread = start_http_server(int(port), host.strip("[]"), registry)
    stop.wait()
    server.shutdown()
    server.server_close()
    thread.join()


class _Page(Collector):
    """Asks the journal at every look."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        self._begun = pipeline.clock()

    def describe(self) -> Iterable[GaugeMetricFamily]:
        return []  # registering asks nothing of the journal

    def collect(self) -> Iterable[GaugeMetricFamily]:
        try:
            yield from _metrics(status_of(self._pipeline, self._begun))
        finally:
            connections.close_all()  # this thread's own, which ends with the look


def _metrics(status: Status) -> Iterator[GaugeMetricFamily]:
    yield _one("opika_healthy", "1: nothing needs a person.", not status.reasons)
    yield from _sources(status)
    yield from _work(status)
    yield from _people(status)
    yield _one("opika_disk_free_bytes", "Free space.", status.disk_free_megabytes * 1024**2)
    there = GaugeMetricFamily("opika_program_there", "1: it is installed.", labels=["program"])
    gone = missing()
    for name in PROGRAMS:
        there.add_metric([name], float(name not in gone))
    yield there


def _sources(status: Status) -> Iterator[GaugeMetricFamily]:
    labels = ["source", "kind", "office"]
    success = GaugeMetricFamily(
        "opika_source_last_success_timestamp_seconds", "When it last answered.", labels=labels
    )
    failures = GaugeMetricFamily(
        "opika_source_failures", "How many times in a row it has failed.", labels=labels
    )
    recovered = GaugeMetricFamily(
        "opika_source_recovered_mails", "Missed and taken at the last count.", labels=labels
    )
    for source in status.sources:
        names = [str(source.id), source.kind, source.office]
        success.add_metric(names, _seconds(source.last_success_at))
        failures.add_metric(names, source.failures)
        recovered.add_metric(names, source.recovered)
    yield from (success, failures, recovered)


def _work(status: Status) -> Iterator[GaugeMetricFamily]:
    entries = GaugeMetricFamily("opika_entries", "Entries in the journal.", labels=["office"])
    for office, count in health.entries_by_office().items():
        entries.add_metric([office], count)
    waiting = GaugeMetricFamily("opika_backlog", "What waits before a step.", labels=["step"])
    oldest = GaugeMetricFamily(
        "opika_backlog_oldest_seconds", "How long the oldest has waited.", labels=["step"]
    )
    for step, queue in status.backlog.items():
        waiting.add_metric([step], queue.count)
        oldest.add_metric([step], _age(status.at, queue.oldest))
    yield from (entries, waiting, oldest)
    unplaced = _age(status.at, status.oldest_unplaced)
    yield _one("opika_oldest_unplaced_seconds", "Age of the oldest unplaced arrival.", unplaced)


def _people(status: Status) -> Iterator[GaugeMetricFamily]:
    """What waits for people."""
    yield _one("opika_triage", "What waits for a decision.", status.triage.count)
    yield _one("opika_triage_urgent", "Urgent among it.", status.triage.urgent)
    yield _one("opika_triage_possibly_urgent", "Unjudged among it.", status.triage.possibly)
    yield _one("opika_alerts_unanswered", "Dangers that nobody has.", len(status.unanswered))
    untold = sum(card.told == 0 for card in status.unanswered)
    yield _one("opika_alerts_untold", "Dangers that nobody has been told of.", untold)
    raised = min((card.raised_at for card in status.unanswered), default=None)
    age = _age(status.at, raised)
    yield _one("opika_alerts_oldest_seconds", "How long the oldest of them has waited.", age)
    letters = GaugeMetricFamily("opika_letters", "Letters that have not left.", labels=["state"])
    sendings = status.sendings
    for state in ("waiting", "failed", "doubt"):
        letters.add_metric([state], getattr(sendings, state))
    yield letters


def _one(name: str, words: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, words, value=float(value))


def _seconds(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0.0


def _age(now: datetime, since: datetime | None) -> float:
    return (now - since).total_seconds() if since else 0.0
