"""The service: the main job for ever, each source at its own pace."""

from __future__ import annotations

import fcntl
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from journal import arrivals
from opika.config import Folder, Mailbox
from opika.errors import OpikaError
from opika.flow import run_once
from opika.pipeline import Pipeline
from opika.sources import kind_of, name_of

logger = logging.getLogger(__name__)

# Steps that wait for their next try are looked for at least this often.
_LONGEST_REST = timedelta(seconds=30)


class AlreadyRunningError(OpikaError):
    """Another service works on the same data."""

    clerk_message = "Служба Opika з цією папкою даних уже працює."


def serve(pipeline: Pipeline, stop: threading.Event) -> None:
    """Look at each source when it is due and do every step that is due, until ``stop`` is set.

    A source that failed rests for as long as the journal says; the others are polled on.
    """
    next_look = dict.fromkeys(pipeline.config.sources, pipeline.clock())
    while not stop.is_set():
        now = pipeline.clock()
        resting = arrivals.resting_sources(now)
        due = [row for row, at in next_look.items() if at <= now]
        rows = [row for row in due if (kind_of(row), name_of(row)) not in resting]
        try:
            run_once(pipeline, rows, stopped=stop.is_set)
        except Exception:
            # The journal is busy or the disk is full: nothing was acknowledged, so nothing is lost.
            logger.exception("pass failed")
        next_look.update({row: now + row.every for row in due})
        stop.wait(_rest(next_look, pipeline.clock()))


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """Be the one service of a data folder.

    Raises:
        AlreadyRunningError: there is one.
    """
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (data / "service.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as err:
            raise AlreadyRunningError("service.lock is held") from err
        yield


def _rest(next_look: dict[Mailbox | Folder, datetime], now: datetime) -> float:
    soonest = min(next_look.values(), default=now + _LONGEST_REST)
    return max(0.1, min(soonest - now, _LONGEST_REST).total_seconds())
