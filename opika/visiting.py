"""A visit to one source: what is new in it goes into the store and the journal, then it is told.

The order is fixed (promise 1): the bytes are kept, the arrival is in the journal, and only then is
the source told. Killed in between, the next visit tells the source what it has not been told yet.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from intake.folder import Folder
from intake.mailbox import Mailbox
from intake.source import Item, Position, Skipped
from journal import arrivals
from journal.models import Source
from opika import config as tables
from opika.errors import PartlyUnavailableError, SourceUnavailableError
from opika.mailboxes import connect
from opika.pipeline import Pipeline

logger = logging.getLogger(__name__)

# A share that lets nothing be moved is asked again so often, and not each time.
_STUCK_PAUSE = timedelta(minutes=5)


@dataclass
class Taken:
    """What was taken from a source in one go.

    Attributes:
        name: the mailbox's address or the folder's path.
        arrivals: how many were taken; also those before a failure.
        error: tells a clerk why the source could not be read to its end.
        in_box: mails that the box holds, where box and ledger were compared this time.
        recovered: how many of them the ledger lacked; they are among ``arrivals``.
    """

    name: str
    arrivals: int = 0
    error: str | None = None
    in_box: int | None = None
    recovered: int = 0


class Visit(Protocol):
    """A source that is open for looking; ``line`` must be entered first, and left at the end."""

    @property
    def line(self) -> AbstractContextManager[object]:
        """The connection."""

    def take(self, taken: Taken) -> Iterator[int]:
        """Take everything new; gives the arrivals' ids and fills in ``taken``."""

    def wait(self, seconds: float, stop: threading.Event) -> None:
        """Rest before the next ``take``: until there may be news, the time is over, or the stop."""

    def break_off(self) -> None:
        """End from another thread whatever the visit waits for."""


def visit_of(pipeline: Pipeline, row: tables.Mailbox | tables.Folder, source: Source) -> Visit:
    """A visit to a source of the configuration; nothing is connected yet.

    Raises:
        ConfigError: the mailbox's password is not set.
    """
    if isinstance(row, tables.Mailbox):
        return MailVisit(pipeline, row, source)
    return FolderVisit(pipeline, row, source)


class MailVisit:
    """A visit to a mailbox: the line stays open, and is looked through again and again."""

    def __init__(self, pipeline: Pipeline, row: tables.Mailbox, source: Source) -> None:
        self._pipeline, self._row, self._source = pipeline, row, source
        self._mailbox = connect(pipeline.config, row)

    @property
    def line(self) -> Mailbox:
        """The connection."""
        return self._mailbox

    def take(self, taken: Taken) -> Iterator[int]:
        """Tell what is left to tell, take what is new, and once a day what had been missed."""
        folder, uid_validity = self._mailbox.folder_state()
        self._acknowledge_left(uid_validity)
        known = arrivals.position(self._source, folder)
        if known is None or known[0] != uid_validity:
            arrivals.start_folder(self._source, folder, uid_validity)
        for item in self._mailbox.items(Position(*known) if known else None):
            if isinstance(item, Skipped):
                arrivals.skip(self._source, item.folder, item.uid_validity, item.uid)
            else:
                yield self._record(item, taken)
        if self._is_to_be_counted(folder):
            yield from self._count(folder, uid_validity, taken)

    def wait(self, seconds: float, stop: threading.Event) -> None:
        """Rest, and see the folder as it is afterwards."""
        self._mailbox.wait(seconds, stop)
        if not stop.is_set():
            self._mailbox.look_again()

    def break_off(self) -> None:
        """End the line at once."""
        self._mailbox.break_off()

    def _acknowledge_left(self, uid_validity: int) -> None:
        for left in arrivals.unacknowledged(self._source):
            if left.uid is not None and left.uid_validity == uid_validity:
                self._mailbox.acknowledge(uid_validity, left.uid)
            arrivals.acknowledge(left.id, self._pipeline.clock())

    def _record(self, item: Item, taken: Taken) -> int:
        tell = self._row.when_done != "keep"
        arrival_id = _record(self._pipeline, self._row, self._source, item, tell)
        taken.arrivals += 1
        if tell and item.uid_validity is not None and item.uid is not None:
            self._mailbox.acknowledge(item.uid_validity, item.uid)
            arrivals.acknowledge(arrival_id, self._pipeline.clock())
        return arrival_id

    def _is_to_be_counted(self, folder: str) -> bool:
        last = arrivals.counted_at(self._source, folder)
        return (
            last is None
            or self._pipeline.clock() - last >= self._pipeline.config.service.count_mail
        )

    def _count(self, folder: str, uid_validity: int, taken: Taken) -> Iterator[int]:
        position = arrivals.position(self._source, folder)
        known = arrivals.known_uids(self._source, folder, uid_validity)
        count = self._mailbox.count(known, position[1] if position else 0)
        for item in self._mailbox.recover(count.missing):
            taken.recovered += 1
            yield self._record(item, taken)
        taken.in_box = count.in_box
        found = (count.in_box, taken.recovered, self._pipeline.clock())
        arrivals.counted(self._source, folder, *found)
        tell = logger.warning if count.missing else logger.info
        tell("counted source=%d in_box=%d missing=%d", self._source.pk, *found[:2])


class FolderVisit:
    """A visit to a folder; the object behind it remembers how files stood, and lives as long as the pipeline."""

    def __init__(self, pipeline: Pipeline, row: tables.Folder, source: Source) -> None:
        self._pipeline, self._row, self._source = pipeline, row, source
        self._folder = pipeline.folders.setdefault(row.path, Folder(row.path, row.settle))
        self._stuck: dict[int, tuple[datetime, SourceUnavailableError]] = {}

    @property
    def line(self) -> AbstractContextManager[object]:
        """A folder has no connection."""
        return nullcontext()

    def take(self, taken: Taken) -> Iterator[int]:
        """Put away what is left to put away, then take and put away what is new."""
        stuck: SourceUnavailableError | None = None
        for left in arrivals.unacknowledged(self._source):
            stuck = self._put_away(left.file_name, left.sha256, left.id) or stuck
        for item in self._folder.items(self._pipeline.clock()):
            arrival_id = _record(self._pipeline, self._row, self._source, item, tell=True)
            taken.arrivals += 1
            stuck = self._put_away(item.name, item.sha256, arrival_id) or stuck
            yield arrival_id
        if stuck:
            raise PartlyUnavailableError(str(stuck), clerk_message=stuck.clerk_message)

    def _put_away(self, name: str, sha256: str, arrival_id: int) -> SourceUnavailableError | None:
        """Move a file that is safe; where it cannot be moved, the others are taken all the same."""
        now = self._pipeline.clock()
        tried_at, fault = self._stuck.get(arrival_id, (None, None))
        if tried_at and now - tried_at < _STUCK_PAUSE:
            return fault
        try:
            self._folder.acknowledge(name, sha256, arrival_id)
        except SourceUnavailableError as error:
            self._stuck[arrival_id] = now, error
            return error
        self._stuck.pop(arrival_id, None)
        arrivals.acknowledge(arrival_id, self._pipeline.clock())
        return None

    def wait(self, seconds: float, stop: threading.Event) -> None:
        """Rest: no word of a change comes over a network share."""
        stop.wait(seconds)

    def break_off(self) -> None:
        """A folder is not waited for."""


def _record(
    pipeline: Pipeline,
    row: tables.Mailbox | tables.Folder,
    source: Source,
    item: Item,
    tell: bool,
) -> int:
    is_mail = isinstance(row, tables.Mailbox)
    return arrivals.record_arrival(
        arrivals.NewArrival(
            source=source,
            office=row.office,
            journal=row.journal or row.office,
            channel="email" if is_mail else "folder",
            sha256=pipeline.originals.put(item.data),
            size=item.size,
            received_at=item.received_at,
            folder=item.folder,
            uid_validity=item.uid_validity,
            uid=item.uid,
            file_name="" if is_mail else item.name,
            to_be_told=tell,
        ),
        now=pipeline.clock(),
        actor=pipeline.actor,
    )
