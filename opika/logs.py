"""Logs that hold ids and kinds of errors, never a person's data (promise 7).

An exception's message may quote what was read, so a traceback here is its frames and the kind of
the error; the message and the source's lines stay out.
"""

from __future__ import annotations

import logging
import traceback
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


def start_logging(level: int = logging.INFO) -> None:
    """Log to standard error; the libraries, which know nothing of promise 7, from WARNING on."""
    handler = logging.StreamHandler()
    handler.setFormatter(IdsOnlyFormatter(_LINE))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for room in ("opika", "intake", "parsers", "rules", "journal", "generators", "dispatch"):
        logging.getLogger(room).setLevel(level)
    # These two quote addresses and text even in warnings.
    for chatty in ("imapclient", "pdfminer"):
        logging.getLogger(chatty).setLevel(logging.CRITICAL)
