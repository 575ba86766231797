"""The office's calendar while the service runs: its file may be edited at any time."""

from __future__ import annotations

import logging
from pathlib import Path

from opika.errors import ConfigError
from rules.calendar import Calendar, load_calendar

logger = logging.getLogger(__name__)


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


def _state(path: Path) -> tuple[int, int] | None:
    """What tells one state of a file from another; None: it is not there just now."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
