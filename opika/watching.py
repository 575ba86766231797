"""Watching one source for ever, in a thread of its own: its pace, its pauses, its health."""

from __future__ import annotations

import logging
import threading
import time

from django.db import connections

from journal import arrivals
from journal.models import Source
from opika.errors import OpikaError, PartlyUnavailableError, SourceUnavailableError
from opika.pipeline import Pipeline
from opika.sources import Row, name_of, note_failure, source_of
from opika.visiting import Taken, Visit, visit_of

logger = logging.getLogger(__name__)

# Where not even the failure could be noted (the disk is full, the journal busy).
_BLIND_PAUSE = 30.0
# The journal may say meanwhile that a source need not rest any longer; clocks may be set.
_REST_SLICE = 30.0


class Watcher:
    """One source under watch.

    Args:
        pipeline: opened.
        row: the source.
        stop: set once the service is to end.
        news: set by the watcher whenever something has come in.
    """

    def __init__(
        self, pipeline: Pipeline, row: Row, stop: threading.Event, news: threading.Event
    ) -> None:
        self._pipeline, self._row, self._stop, self._news = pipeline, row, stop, news
        self._visit: Visit | None = None
        # A thread that hangs in a call of the network must not keep the process alive.
        self._thread = threading.Thread(target=self._run, name=name_of(row), daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def join(self, seconds: float) -> bool:
        """Wait for the end, which ``stop`` brings about; whether it has come."""
        self._thread.join(max(0.0, seconds))
        return not self._thread.is_alive()

    def break_off(self) -> None:
        """End whatever the watcher waits for on the network."""
        if self._visit is not None:
            self._visit.break_off()

    def _run(self) -> None:
        try:
            while not self._stop.is_set():
                self._stay()
        finally:
            connections.close_all()  # this thread's own

    def _stay(self) -> None:
        """Look through the source again and again, until it fails; then note that and rest."""
        taken = Taken(name_of(self._row))
        source: Source | None = None
        try:
            source = source_of(self._row)
            if self._rested(source):
                self._visit = visit_of(self._pipeline, self._row, source)
                with self._visit.line:
                    self._visit_for_ever(self._visit, source)
        except Exception as error:
            if self._stop.is_set():  # a line that was broken off is no failure
                logger.info("watch ended: %s", type(error).__name__)
                return
            logger.exception("source failed")
            note_failure(source, taken, error, self._pipeline)
            if source is None or not self._is_to_rest(source):
                self._stop.wait(_BLIND_PAUSE)

    def _rested(self, source: Source) -> bool:
        """Wait until a source that failed may be asked again; False: the service ends."""
        while not self._stop.is_set():
            until = arrivals.rests_until(source)
            left = (until - self._pipeline.clock()).total_seconds() if until else 0.0
            if left <= 0:
                return True
            self._stop.wait(min(left, _REST_SLICE))
        return False

    def _is_to_rest(self, source: Source) -> bool:
        try:
            return arrivals.rests_until(source) is not None
        except OpikaError:
            return False

    def _visit_for_ever(self, visit: Visit, source: Source) -> None:
        every = self._row.every.total_seconds()
        while not self._stop.is_set():
            begun = time.monotonic()
            self._take(visit, source)
            try:
                visit.wait(every, self._stop)
            except SourceUnavailableError:
                # A line that breaks while nothing goes on is no failure: the next look dials anew,
                # at the usual pace.
                self._stop.wait(max(0.0, every - (time.monotonic() - begun)))
                return

    def _take(self, visit: Visit, source: Source) -> None:
        taken = Taken(name_of(self._row))
        try:
            for _ in visit.take(taken):
                self._news.set()
                if self._stop.is_set():
                    return
        except PartlyUnavailableError as error:
            note_failure(source, taken, error, self._pipeline)
        else:
            arrivals.source_worked(source, self._pipeline.clock())
