"""Taking what is new from all sources side by side, and what is noted of a source's health.

A source that fails stops no other. What was complete before it failed is kept; the failure is
noted with the time of the next try, and never looks like «no news».
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress

from django.db import connections

from journal import arrivals
from journal.models import Source
from opika import config as tables
from opika.errors import OpikaError, PartlyUnavailableError
from opika.pipeline import Pipeline
from opika.visiting import Taken, Visit, visit_of

logger = logging.getLogger(__name__)

Row = tables.Mailbox | tables.Folder


def kind_of(row: Row) -> str:
    """The kind of a source as the journal knows it."""
    return "mailbox" if isinstance(row, tables.Mailbox) else "folder"


def name_of(row: Row) -> str:
    """The name of a source as the journal and the clerks know it."""
    return row.address if isinstance(row, tables.Mailbox) else str(row.path)


def source_of(row: Row) -> Source:
    """A source of the configuration as the journal knows it, made known if it is new."""
    return arrivals.source(kind_of(row), name_of(row), row.office)


def receive_all(
    pipeline: Pipeline, rows: Sequence[Row], stopped: Callable[[], bool] = lambda: False
) -> list[Taken]:
    """Take everything new from each source, side by side; what each gave, in their order.

    Whoever interrupts this need not wait for servers that hang.
    """
    if len(rows) < 2:
        return [receive(pipeline, row, stopped) for row in rows]
    with suppress(OpikaError):  # each source says so for itself
        for row in rows:
            source_of(row)  # made known in their order, whoever is quicker
    gave: dict[Row, Taken] = {}

    def one(row: Row) -> None:
        try:
            gave[row] = receive(pipeline, row, stopped)
        finally:
            connections.close_all()  # this thread's own

    threads = [threading.Thread(target=one, args=(row,), daemon=True) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [gave[row] for row in rows]


def receive(pipeline: Pipeline, row: Row, stopped: Callable[[], bool] = lambda: False) -> Taken:
    """Take everything new from one source, over a connection of its own.

    Once ``stopped`` says so, the rest is left for later.
    """
    taken = Taken(name_of(row))
    source: Source | None = None
    try:
        source = source_of(row)
        visit = visit_of(pipeline, row, source)
        with visit.line:
            take(visit, taken, stopped)
        arrivals.source_worked(source, pipeline.clock())
    except Exception as error:
        logger.exception("source failed")
        note_failure(source, taken, error, pipeline)
    return taken


def take(visit: Visit, taken: Taken, stopped: Callable[[], bool]) -> None:
    """Take everything new in an open visit, until ``stopped`` says so."""
    for _ in visit.take(taken):
        if stopped():
            return


def note_failure(source: Source | None, taken: Taken, error: Exception, pipeline: Pipeline) -> None:
    """Note in the journal, and in ``taken`` for a clerk, why a source was not read to its end.

    A source of which only a part was withheld need not rest. A fault that the journal cannot take
    (the disk is full) is logged: the source is then simply due again.
    """
    taken.error = error.clerk_message if isinstance(error, OpikaError) else OpikaError.clerk_message
    if source is None:
        return
    try:
        if isinstance(error, PartlyUnavailableError):
            arrivals.source_worked(source, pipeline.clock(), type(error).__name__)
        else:
            arrivals.source_failed(source, type(error).__name__, pipeline.clock())
    except OpikaError:
        logger.exception("source=%d: failure could not be noted", source.pk)
