"""The service: every source under watch at its own pace, and the steps that are due, for ever."""

from __future__ import annotations

import fcntl
import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.db import connections

from opika.errors import OpikaError
from opika.flow import run_once
from opika.pipeline import Pipeline
from opika.watching import Watcher

logger = logging.getLogger(__name__)

# Steps that wait for their next try are looked for at least this often.
_LONGEST_REST = 30.0
_SLICE = 0.25
# What comes in together is worked on together: so long is waited for more.
_GATHERING = 0.3
# The end: so long for an orderly farewell to the servers, then lines are cut, then threads are left.
_FAREWELL = 3.0
_LAST_WAIT = 2.0
_LOCK = "service.lock"
_LOOKS = 3

Companion = Callable[[Pipeline, threading.Event], None]


class AlreadyRunningError(OpikaError):
    """Another service works on the same data."""

    clerk_message = "Служба Opika з цією папкою даних уже працює."


def serve(pipeline: Pipeline, stop: threading.Event, companions: Sequence[Companion] = ()) -> None:
    """Watch every source, and do every step that is due, until ``stop`` is set.

    Each source has a thread of its own, so none waits for another; the steps are done here. A
    source that failed rests for as long as the journal says.

    Args:
        pipeline: opened.
        stop: ends the service within seconds, whatever a server does.
        companions: what else runs for ever, each in a thread of its own, until ``stop`` is set.
    """
    news = threading.Event()
    watchers = [Watcher(pipeline, row, stop, news) for row in pipeline.config.sources]
    beside = [
        threading.Thread(target=_accompany, args=(one, pipeline, stop), daemon=True)
        for one in companions
    ]
    for watcher in watchers:
        watcher.start()
    for thread in beside:
        thread.start()
    try:
        while not stop.is_set():
            news.clear()
            _do_steps(pipeline, stop)
            if _news_came(news, stop):
                stop.wait(_GATHERING)
    finally:
        stop.set()
        _end(watchers, beside)


def _do_steps(pipeline: Pipeline, stop: threading.Event) -> None:
    try:
        run_once(pipeline, (), stopped=stop.is_set)
    except Exception:
        # The journal is busy or the disk is full: nothing was acknowledged, so nothing is lost.
        logger.exception("pass failed")


def _news_came(news: threading.Event, stop: threading.Event) -> bool:
    limit = time.monotonic() + _LONGEST_REST
    while not stop.is_set() and time.monotonic() < limit:
        if news.wait(_SLICE):
            return True
    return False


def _accompany(one: Companion, pipeline: Pipeline, stop: threading.Event) -> None:
    try:
        one(pipeline, stop)
    except Exception:
        logger.exception("companion ended: %s", getattr(one, "__name__", "?"))
    finally:
        connections.close_all()  # this thread's own


def _end(watchers: Sequence[Watcher], beside: Sequence[threading.Thread]) -> None:
    limit = time.monotonic() + _FAREWELL
    late = [watcher for watcher in watchers if not watcher.join(limit - time.monotonic())]
    for watcher in late:
        watcher.break_off()
    limit = time.monotonic() + _LAST_WAIT
    left = [watcher for watcher in late if not watcher.join(limit - time.monotonic())]
    for thread in beside:
        thread.join(max(0.0, limit - time.monotonic()))
    if left or any(thread.is_alive() for thread in beside):
        # Killed with the process: what they had not finished is done again at the next start.
        logger.warning("%d sources did not end in time", len(left))


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """Be the one service of a data folder.

    Raises:
        AlreadyRunningError: there is one.
    """
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (data / _LOCK).open("a") as lock:
        # Whoever only looks whether there is one holds the lock for a moment.
        for _ in range(_LOOKS):
            if _locked(lock, fcntl.LOCK_EX):
                break
            time.sleep(_SLICE)
        else:
            raise AlreadyRunningError("service.lock is held")
        yield


def is_running(data: Path) -> bool:
    """Whether a service works on a data folder."""
    path = data / _LOCK
    if not path.exists():
        return False
    with path.open("a") as lock:
        return not _locked(lock, fcntl.LOCK_SH)


def _locked(lock: IO[str], how: int) -> bool:
    try:
        fcntl.flock(lock, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
