"""Logs that hold ids and kinds of errors, never a person's data (promise 7).

An exception's message may quote what was read, so a traceback here is its frames and the kind of
the error; the message and the source's lines stay out.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import datetime
from types import TracebackType

_LINE = "%(asctime)s %(levelname)s %(name)s %(message)s"


class IdsOnlyFormatter(logging.Formatter):
    """Formats an exception as ``Kind at file:line < file:line``, innermost frame first."""

    def formatException(  # noqa: N802 - the name is logging's
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        """The kinds of the error and of what it came from, each with where it was raised."""
        error, parts = ei[1], []
        while error is not None:
            frames = traceback.extract_tb(error.__traceback__)[-6:]
            places = " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(frames))
            parts.append(f"{type(error).__name__} at {places}")
            error = error.__cause__
        return "\n".join(f"  {part}" for part in parts)


class JsonFormatter(IdsOnlyFormatter):
    """One JSON object a line: ``at``, ``level``, ``room``, ``event``, and ``error`` if there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created).astimezone().isoformat(),
            "level": record.levelname.lower(),
            "room": record.name,
            "event": record.getMessage(),
        }
        if record.exc_info:
            error = self.formatException(record.exc_info)
            line["error"] = [part.strip() for part in error.splitlines()]
        return json.dumps(line, ensure_ascii=False)


def start_logging(level: int = logging.INFO) -> None:
    """Log to standard error; the libraries, which know nothing of promise 7, from WARNING on.

    A terminal gets lines for people, everything else JSON.
    """
    handler = logging.StreamHandler()
    for_people = sys.stderr.isatty()
    handler.setFormatter(IdsOnlyFormatter(_LINE) if for_people else JsonFormatter())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for room in ("opika", "intake", "parsers", "rules", "journal", "generators", "dispatch"):
        logging.getLogger(room).setLevel(level)
    # These two quote addresses and text even in warnings.
    for chatty in ("imapclient", "pdfminer"):
        logging.getLogger(chatty).setLevel(logging.CRITICAL)
