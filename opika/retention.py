"""The step that lets go what has had its term, and ends what an erasure has begun."""

from __future__ import annotations

import logging

from journal import erasing, keeping, retention
from journal.history import Act
from opika.errors import OpikaError
from opika.pipeline import Pipeline

logger = logging.getLogger(__name__)

_APPLIED = "retention"


def keep_terms(pipeline: Pipeline) -> None:
    """Remove the files of erased entries; once a day also mail that was no notification.

    Whatever is killed in between, or refused by a disk, is done by the next pass.
    """
    try:
        _keep_terms(pipeline)
    except (OpikaError, OSError):
        logger.exception("letting go failed")


def _keep_terms(pipeline: Pipeline) -> None:
    now = pipeline.clock()
    if erased := erasing.finish(pipeline.originals, pipeline.data, now):
        logger.info("erasures ended count=%d", erased)
    days = pipeline.config.retention.ignored_mail_days
    today = now.astimezone(pipeline.config.zone).date().isoformat()
    if days is None or keeping.applied(_APPLIED) == today:
        return
    act = Act(pipeline.actor, now, f"строк зберігання минув: {days} дн.")
    removed = retention.remove_ignored(pipeline.originals, days, act)
    keeping.apply(_APPLIED, today, now)
    if removed:
        logger.info("mail let go originals=%d", removed)
