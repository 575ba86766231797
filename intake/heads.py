"""What a mail folder's listing says of its mails, and how they are put together for fetching."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from itertools import groupby

from imapclient.datetime_util import parse_to_datetime  # type: ignore[import-untyped]

from intake.part import MEBIBYTE

ITEMS = "(RFC822.SIZE INTERNALDATE)"
_UID, _SIZE = re.compile(rb"\bUID (\d+)"), re.compile(rb"\bRFC822\.SIZE (\d+)")
_TIME = re.compile(rb'\bINTERNALDATE "([^"]+)"')


@dataclass(frozen=True, slots=True)
class Batch:
    """How much is asked for in one FETCH.

    Attributes:
        count: mails.
        size: bytes, by RFC822.SIZE; a larger mail travels alone.
        max_bytes: of a mail above this only the header is fetched (``Item.too_large``).
    """

    count: int = 50
    size: int = 16 * MEBIBYTE
    max_bytes: int = 64 * MEBIBYTE


USUAL_BATCH = Batch()


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of a mail before it is read: ``size`` in bytes, ``received_at`` aware."""

    uid: int
    size: int
    received_at: datetime


def head_of(line: bytes) -> Head | None:
    """One line of the listing (``ITEMS``); None for a change of flags, which comes unasked.

    The time keeps the server's offset; a server that gives none gets the time of reading.
    """
    uid, size, time = _UID.search(line), _SIZE.search(line), _TIME.search(line)
    if not (uid and size):
        return None
    received_at = datetime.now(UTC)
    if time:
        with suppress(ValueError):
            given = parse_to_datetime(time[1], normalise=False)
            received_at = given.replace(tzinfo=timezone(given.utcoffset() or timedelta()))
    return Head(int(uid[1]), int(size[1]), received_at)


def runs(heads: list[Head], is_old: Callable[[Head], bool], batch: Batch) -> Iterator[list[Head]]:
    """Neighbours that are handled together: a run of old mails, or a batch within its bounds."""
    most = min(batch.size, batch.max_bytes)  # so that a mail that is too large stands alone
    for old, group in groupby(heads, is_old):
        if old:
            yield list(group)
            continue
        run: list[Head] = []
        size = 0
        for head in group:
            size += head.size
            if run and (len(run) == batch.count or size > most):
                yield run
                run, size = [], head.size
            run.append(head)
        if run:
            yield run


def uid_set(uids: list[int]) -> str:
    """UIDs in ascending order as a command names them, neighbours as ``3:7``."""
    parts: list[str] = []
    for _offset, group in groupby(enumerate(uids), lambda pair: pair[1] - pair[0]):
        run = [uid for _place, uid in group]
        parts.append(f"{run[0]}:{run[-1]}" if len(run) > 1 else str(run[0]))
    return ",".join(parts)
