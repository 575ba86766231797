"""What an entry says from now on: a new revision, its persons, clues and proposals after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from journal import book
from journal.entering import name_persons
from journal.history import Act
from journal.models import Entry, Form, Revision
from journal.proposing import propose_anew

_TELLING = (
    *("subject", "persons", "address"),
    # By these the same notice is known again, and the ages are counted.
    *("outgoing_number", "outgoing_date", "accepted_date", "incoming_date", "registered_date"),
)
"""The fields by which an entry is found to be alike with another."""


@dataclass(frozen=True, slots=True)
class NewRevision:
    """A revision that is about to be written.

    Attributes:
        form: the form that brought it, or that is corrected.
        review: the fields that a person must look at.
        corrected: the fields that a person has set by hand so far.
    """

    values: Mapping[str, Any]
    review: Sequence[str]
    form: Form | None
    corrected: Sequence[str] | None


def revise(
    entry: Entry, current: Revision, new: NewRevision, act: Act
) -> tuple[book.Facts, book.Facts]:
    """Let the entry say something else from now on; give the facts before and after.

    What it said before stays as it is. The caller's transaction holds the office and records.
    """
    revision = Revision.objects.create(
        entry=entry,
        ordinal=current.ordinal + 1,
        form=new.form,
        values=dict(new.values),
        review=list(new.review),
        made_at=act.now,
        why=act.why,
        corrected=list(new.corrected) if new.corrected else None,
    )
    said = book.revision_facts(revision)
    old: book.Facts = dict(zip(said, book.revision_facts(current).values(), strict=True))
    old |= {"review": current.review}
    facts = {**said, "review": revision.review}
    if current.values.get("persons") != revision.values.get("persons"):
        old |= book.person_facts(entry.persons.order_by("pk"))
        entry.persons.all().delete()
        facts |= book.person_facts(name_persons(entry, revision.values))
    if any(current.values.get(key) != revision.values.get(key) for key in _TELLING):
        was, is_now = propose_anew(entry, revision.values, act)
        return {**old, **was}, {**facts, **is_now}
    return old, facts
