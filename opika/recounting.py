"""The step that keeps open clocks in line with calendar and terms."""

from __future__ import annotations

import hashlib
import logging

from journal import clocks, keeping
from journal.clocks import Recounted
from journal.history import Act
from opika.pipeline import Pipeline

logger = logging.getLogger(__name__)

_APPLIED = "calendar"


def keep_clocks(pipeline: Pipeline) -> list[Recounted]:
    """Count the open clocks again when calendar or terms are not those of the last count.

    Whatever is killed in between is counted again by the next pass: a clock that is right stays.

    Returns:
        The clocks whose end has moved; each stands in the history of its entry.
    """
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
