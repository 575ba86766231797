"""What a clerk corrects in an entry: danger is judged anew and told at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from journal import correcting
from journal.correcting import Corrected, Correction
from journal.history import Act
from opika.by_hand import tell_duty_contact
from opika.pipeline import Pipeline
from opika.reading import judged
from rules.form_values import key_of, understand


def correct(
    pipeline: Pipeline,
    entry_id: int,
    told: Mapping[str, str],
    confirmed: Collection[str],
    why: str,
) -> Corrected:
    """Correct and confirm fields of an entry, named as a person names them.

    The unsent letters wait to be drafted anew, as after any change of the entry.

    Raises:
        BadValueError: there is no such field, or a value is not of its kind.
        JournalError: no reason is given, or the entry is void.
        NotFoundError: there is no such entry.
    """
    now = pipeline.clock()
    said = understand({key_of(name): text for name, text in told.items()}, now.date())
    content = said.values.get("content")
    danger = judged(content, pipeline.indicators) if content else {}
    correction = Correction(said, [key_of(name) for name in confirmed], **danger)
    rules = pipeline.registration_rules(pipeline.config.office[0].key)
    corrected = correcting.correct(entry_id, correction, Act(pipeline.actor, now, why), rules)
    if corrected.raised:
        tell_duty_contact(pipeline)
    return corrected
