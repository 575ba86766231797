"""Telling the administrator of faults of the service itself: once, again daily, and when over."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from datetime import datetime, timedelta

from dispatch import alert
from journal import alerts, health
from journal.alerts import AlertCard
from opika.alerts import send
from opika.errors import OpikaError
from opika.pipeline import Pipeline
from opika.programs import PROGRAMS
from opika.status import BACKLOG, BACKUP, CALENDAR, DISK, HEADS, PROGRAM, SOURCE, status_of

logger = logging.getLogger(__name__)

_LOOK_SECONDS = 60.0
_AGAIN = timedelta(days=1)
_TRY_AGAIN = timedelta(minutes=5)


def keep_reporting(pipeline: Pipeline, stop: threading.Event) -> None:
    """The service's own :func:`report`, until ``stop`` is set."""
    begun = pipeline.clock()
    while not stop.is_set():
        try:
            report(pipeline, begun)
        except Exception:  # the journal is busy or the disk is full: looked at again in a minute
            logger.exception("faults could not be reported")
        stop.wait(_LOOK_SECONDS)


def report(pipeline: Pipeline, watched_since: datetime) -> None:
    """Tell the administrator of what is wrong now, and of what is no longer.

    Args:
        pipeline: opened.
        watched_since: since when the service has been at work.
    """
    now = pipeline.clock()
    status = status_of(pipeline, watched_since)
    found = {fault.subject: fault.kind for fault in status.faults}
    alerts.raise_faults(found, now)
    lasting, over = alerts.faults_to_tell(found, now)
    words = {fault.subject: fault.words for fault in status.faults}
    # Nobody has heard of what was over before it could be told.
    heard = [card for card in over if card.told]
    fault = _tell(pipeline, [words[card.subject] for card in lasting], _names(heard))
    ids = [card.id for card in lasting]
    if fault:
        alerts.note_untold(ids, fault, next_at=now + _TRY_AGAIN)
        over = [card for card in over if not card.told]
    else:
        alerts.note_told(ids, "", now=now, next_at=now + _AGAIN)
    alerts.end_faults([card.id for card in over], now)


def _tell(pipeline: Pipeline, lasting: Sequence[str], over: Sequence[str]) -> str:
    """Write to every administrator; the kind of the last error, "" where there was none."""
    fault = ""
    if lasting or over:
        subject, text = alert.fault_subject(lasting, over), alert.fault_text(lasting, over)
        for address in pipeline.config.alerts.administrator:
            try:
                send(pipeline, address, subject, text)
            except OpikaError as err:
                logger.warning("fault not reported: %s", type(err).__name__)
                fault = type(err).__name__
    return fault


def _names(cards: Sequence[AlertCard]) -> list[str]:
    names = {f"{SOURCE}{source.id}": f"джерело «{source.name}»" for source in health.sources()}
    names |= {f"{PROGRAM}{name}": words for name, words in PROGRAMS.items()}
    names |= {
        DISK: "вільне місце на диску",
        BACKLOG: "черга надходжень",
        CALENDAR: "календар робочих днів",
        HEADS: "відбитки журналу",
        BACKUP: "резервні копії",
    }
    return [names.get(card.subject, card.subject) for card in cards]
