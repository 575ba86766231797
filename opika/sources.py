"""Taking what is new from a mailbox or a folder (promise 1).

The order is fixed: the bytes are kept, the arrival is in the journal, and only then is the source
told. Killed in between, the next pass tells the source what it has not been told yet.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from intake.folder import Folder
from intake.mailbox import Mailbox
from intake.source import Item, Position, Skipped
from journal import arrivals
from journal.models import Source
from opika import config as tables
from opika.errors import OpikaError
from opika.mailboxes import connect
from opika.pipeline import Pipeline

logger = logging.getLogger(__name__)


@dataclass
class Taken:
    """What one look at a source gave.

    Attributes:
        name: the mailbox's address or the folder's path.
        arrivals: how many were taken; also those before a failure.
        error: tells a clerk why the source could not be read to its end.
    """

    name: str
    arrivals: int = 0
    error: str | None = None


def receive(
    pipeline: Pipeline,
    row: tables.Mailbox | tables.Folder,
    stopped: Callable[[], bool] = lambda: False,
) -> Taken:
    """Take everything new from one source.

    What was complete before the source failed is kept; the failure is noted with the time of the
    next try, and never looks like «no news». Once ``stopped`` says so, the rest is left for later.
    """
    taken = Taken(name_of(row))
    try:
        source = arrivals.source(kind_of(row), taken.name, row.office)
        _take(pipeline, row, source, taken, stopped)
    except Exception as err:
        logger.exception("source failed")
        taken.error = err.clerk_message if isinstance(err, OpikaError) else OpikaError.clerk_message
    return taken


def _take(
    pipeline: Pipeline,
    row: tables.Mailbox | tables.Folder,
    source: Source,
    taken: Taken,
    stopped: Callable[[], bool],
) -> None:
    items = (
        _mails(pipeline, row, source)
        if isinstance(row, tables.Mailbox)
        else _files(pipeline, row, source)
    )
    try:
        for _ in items:
            taken.arrivals += 1
            if stopped():
                break
    except Exception as err:
        logger.warning("source=%d failed: %s", source.pk, type(err).__name__)
        arrivals.source_failed(source, type(err).__name__, pipeline.clock())
        raise
    arrivals.source_worked(source, pipeline.clock())


def kind_of(row: tables.Mailbox | tables.Folder) -> str:
    """The kind of a source as the journal knows it."""
    return "mailbox" if isinstance(row, tables.Mailbox) else "folder"


def name_of(row: tables.Mailbox | tables.Folder) -> str:
    """The name of a source as the journal and the clerks know it."""
    return row.address if isinstance(row, tables.Mailbox) else str(row.path)


def _mails(pipeline: Pipeline, row: tables.Mailbox, source: Source) -> Iterator[int]:
    with connect(pipeline.config, row) as mailbox:
        folder, uid_validity = mailbox.folder_state()
        _acknowledge_left(pipeline, mailbox, source, uid_validity)
        arrivals.start_folder(source, folder, uid_validity)
        known = arrivals.position(source, folder)
        for item in mailbox.items(Position(*known) if known else None):
            if isinstance(item, Skipped):
                arrivals.skip(source, item.folder, item.uid_validity, item.uid)
                continue
            arrival_id = _record(pipeline, row, source, item)
            if row.when_done != "keep":
                mailbox.acknowledge(uid_validity, item.uid or 0)
                arrivals.acknowledge(arrival_id, pipeline.clock())
            yield arrival_id


def _acknowledge_left(
    pipeline: Pipeline, mailbox: Mailbox, source: Source, uid_validity: int
) -> None:
    for left in arrivals.unacknowledged(source):
        if left.uid is not None and left.uid_validity == uid_validity:
            mailbox.acknowledge(uid_validity, left.uid)
        arrivals.acknowledge(left.id, pipeline.clock())


def _files(pipeline: Pipeline, row: tables.Folder, source: Source) -> Iterator[int]:
    # The object remembers how files stood at the last look: it lives as long as the pipeline.
    folder = pipeline.folders.setdefault(row.path, Folder(row.path, row.settle))
    for left in arrivals.unacknowledged(source):
        folder.acknowledge(left.file_name, left.sha256, left.id)
        arrivals.acknowledge(left.id, pipeline.clock())
    for item in folder.items(pipeline.clock()):
        arrival_id = _record(pipeline, row, source, item)
        folder.acknowledge(item.name, item.sha256, arrival_id)
        arrivals.acknowledge(arrival_id, pipeline.clock())
        yield arrival_id


def _record(
    pipeline: Pipeline, row: tables.Mailbox | tables.Folder, source: Source, item: Item
) -> int:
    return arrivals.record_arrival(
        arrivals.NewArrival(
            source=source,
            office=row.office,
            journal=row.journal or row.office,
            channel="email" if isinstance(row, tables.Mailbox) else "folder",
            sha256=pipeline.originals.put(item.data),
            size=item.size,
            received_at=item.received_at,
            folder=item.folder,
            uid_validity=item.uid_validity,
            uid=item.uid,
            file_name="" if isinstance(row, tables.Mailbox) else item.name,
            to_be_told=not isinstance(row, tables.Mailbox) or row.when_done != "keep",
        ),
        now=pipeline.clock(),
        actor=pipeline.actor,
    )
