"""The office's calendar while the service runs: its file may be edited at any time."""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path
from typing import TYPE_CHECKING

from opika.errors import ConfigError
from rules.calendar import Calendar, load_calendar

if TYPE_CHECKING:
    from journal.clocks import Recounted
    from opika.pipeline import Pipeline

logger = logging.getLogger(__name__)

_APPLIED = "calendar"


class WorkingDays:
    """The calendar's file, read again when it has changed.

    Attributes:
        fault: what is wrong with the file as it stands, in a clerk's words; the calendar that was
            read last goes on to hold.
    """

    def __init__(self, path: Path) -> None:
        """Read the file.

        Raises:
            ConfigError: it cannot be used.
        """
        self._path = path
        self._seen = _state(path)
        self._calendar = load_calendar(path)
        self.fault: str | None = None

    @property
    def calendar(self) -> Calendar:
        """The working days as the file says now, or as it said before it was spoilt."""
        seen = _state(self._path)
        if seen != self._seen:
            self._seen = seen
            self._read_again()
        return self._calendar

    def _read_again(self) -> None:
        try:
            self._calendar = load_calendar(self._path)
        except ConfigError as err:
            self.fault = err.clerk_message
            logger.warning("the calendar cannot be used; the one before it holds")
        else:
            self.fault = None
            logger.info("the calendar was read again")


def keep_clocks(pipeline: Pipeline) -> list[Recounted]:
    """Count the open clocks again when calendar or terms are not those of the last count.

    Whatever is killed in between is counted again by the next pass: a clock that is right stays.

    Returns:
        The clocks whose end has moved; each stands in the history of its entry.
    """
    from journal import clocks, keeping
    from journal.history import Act

    rules = pipeline.clock_rules
    digest = hashlib.sha256(repr(rules).encode()).hexdigest()
    if keeping.applied(_APPLIED) == digest:
        return []
    now = pipeline.clock()
    act = Act(pipeline.actor, now, "змінено календар або строки")
    moved = clocks.recount(rules, act)
    keeping.apply(_APPLIED, digest, now)
    if moved:
        logger.info("clocks recounted moved=%d", len(moved))
    return moved


def _state(path: Path) -> tuple[int, int] | None:
    """What tells one state of a file from another; None: it is not there just now."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
