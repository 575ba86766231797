"""The search: entries that hold what is asked for, the newest first, and the index behind it.

What changes an entry leaves a row of ``ToIndex`` in the same transaction; the index is brought up
to date after it, by the service and by each search. A crash between the two loses nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from journal import search_engine
from journal.database import writing
from journal.masking import seen_ids
from journal.models import Entry, Office, ToIndex
from journal.search_fields import fields, fields_without_reporter, scope_of, with_texts
from opika.errors import BadValueError
from rules.roles import EVERYTHING, Eyes
from rules.search_words import Term, asked, words_of

logger = logging.getLogger(__name__)

LIMIT = 50
"""So many entries are shown; whoever gets more asks more exactly."""
_AT_ONCE = 50
_BEFORE_A_SEARCH = 200
# What an entry gives whose values are not of the shape that was expected. A fault of the database,
# or of the machine, is no entry's own: it ends the step, which is done again.
_ILL_SHAPED = (
    ArithmeticError,
    AttributeError,
    BadValueError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
# Where most of what is found is not for the reader's eyes, so many times more is looked through.
_WIDER = 4


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found.

    Attributes:
        values: what it says now, by the keys of a form.
        fields: for each term of the question the field in which it was found.
        voided: it was a mistake; its number stays, and it is found.
    """

    office: str
    number: str
    year: int
    index: str
    registered_at: datetime
    urgent: bool | None
    voided: datetime | None
    values: dict[str, Any]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found.

    Attributes:
        hits: the newest first.
        more: there are more than are shown.
        waiting: so many entries changed and are not in the index yet.
    """

    hits: tuple[Hit, ...]
    more: bool
    waiting: int


def search(
    question: str,
    *,
    office: str | None = None,
    year: int | None = None,
    limit: int = LIMIT,
    eyes: Eyes = EVERYTHING,
) -> Found:
    """The entries that hold all that is asked for, void ones too.

    What was changed a moment ago is indexed first, as far as that takes no time to speak of.

    Args:
        question: words in any form, ``beginning*``, numbers, dates; «особа:», «адреса:»,
            «установа:», «ознака:» before a word ask of that field alone.
        office: key of the office whose journal it is; None: of all.
        year: of the number; None: of all.
        limit: how many are shown.
        eyes: what is shown to whoever asks; what is not, is not found either.

    Raises:
        BadValueError: the question holds nothing to look for.
    """
    terms = asked(question)
    if not terms:
        raise BadValueError("у запиті немає жодного слова, числа чи дати")
    for _ in range(_BEFORE_A_SEARCH // _AT_ONCE):
        if not index_some():
            break
    narrowed = [*(term.words for term in terms), *_narrowing(office, year)]
    ids = _newest(narrowed, terms, limit + 1, eyes)
    rows = sorted(with_texts(ids[:limit]), key=lambda row: row.pk, reverse=True)
    hits = tuple(_hit(row, terms, eyes) for row in rows)
    waiting = ToIndex.objects.values("entry").distinct().count()
    return Found(hits, len(ids) > limit, waiting)


def wait_for_index(entry_ids: Iterable[int]) -> None:
    """Note, in the caller's transaction, that these entries are to be indexed again."""
    ToIndex.objects.bulk_create([ToIndex(entry_id=entry_id) for entry_id in set(entry_ids)])


def index_some() -> int:
    """Index the entries that have waited longest, a few in one transaction; give how many.

    Nothing is locked while their words are looked up. Who was changed meanwhile, or indexed by
    somebody else, is left to the row that tells of it. Who cannot be indexed goes to the end of the
    queue, so that the others are.
    """
    first = list(ToIndex.objects.order_by("pk").values_list("entry", flat=True)[:_AT_ONCE])
    if not first:
        return 0
    changes: dict[int, list[int]] = {}
    for pk, entry_id in ToIndex.objects.filter(entry__in=first).values_list("pk", "entry"):
        changes.setdefault(entry_id, []).append(pk)
    words = {row.pk: _words_or_fault(row) for row in with_texts(list(changes))}
    with writing():
        mine = [entry_id for entry_id in sorted(changes) if _taken(changes[entry_id])]
        search_engine.put([(one, found) for one in mine if (found := words[one]) is not None])
        wait_for_index(one for one in mine if words[one] is None)
    return len(changes)


def found_json(found: Found) -> dict[str, Any]:
    """What a search found as ``opika journal search --json`` prints it."""
    return {
        "entries": [_hit_json(hit) for hit in found.hits],
        "more": found.more,
        "waiting": found.waiting,
    }


def _taken(changes: Sequence[int]) -> bool:
    """Whether the newest change that was looked at still waits; then none of them waits any more.

    A change that was committed meanwhile is none of them, and waits on.
    """
    if not ToIndex.objects.filter(pk=max(changes)).delete()[0]:
        return False
    ToIndex.objects.filter(pk__in=changes).delete()
    return True


def _words(entry: Entry) -> frozenset[str]:
    found = {f"qf{entry.office_id}", f"qy{entry.year}"}
    for field, text in fields(entry):
        found |= words_of(text, scope_of(field))
    return frozenset(found)


def _words_or_fault(entry: Entry) -> frozenset[str] | None:
    try:
        return _words(entry)
    except _ILL_SHAPED:
        logger.exception("index failed entry=%d", entry.pk)
        return None


def _narrowing(office: str | None, year: int | None) -> list[frozenset[str]]:
    ids = Office.objects.filter(key=office).values_list("pk", flat=True)
    # An office that there is not has no entries: no id is 0.
    offices = [frozenset({f"qf{next(iter(ids), 0)}"})] if office is not None else []
    return offices + ([frozenset({f"qy{year}"})] if year is not None else [])


def _newest(
    narrowed: Sequence[frozenset[str]], terms: Sequence[Term], limit: int, eyes: Eyes
) -> list[int]:
    """The ids of the newest entries that hold all of it where these eyes may look."""
    if eyes == EVERYTHING:
        return search_engine.find(narrowed, limit)
    asked = limit
    while True:
        ids = search_engine.find(narrowed, asked)
        own = seen_ids(ids, eyes)
        if not eyes.reporter:
            own = {row.pk for row in with_texts(list(own)) if _holds(row, terms, eyes)}
        if len(own) >= limit or len(ids) < asked:
            return [one for one in ids if one in own][:limit]
        asked *= _WIDER


def _holds(entry: Entry, terms: Sequence[Term], eyes: Eyes) -> bool:
    return not _places(entry, terms, eyes)[1]


def _hit(entry: Entry, terms: Sequence[Term], eyes: Eyes) -> Hit:
    return Hit(
        office=entry.office.key,
        number=str(entry.number),
        year=entry.year,
        index=entry.index,
        registered_at=localtime(entry.registered_at),
        urgent=entry.urgent,
        voided=entry.voided_at and localtime(entry.voided_at),
        values=entry.revisions.all()[0].values,
        fields=_places(entry, terms, eyes)[0],
    )


def _places(entry: Entry, terms: Sequence[Term], eyes: Eyes) -> tuple[tuple[str, ...], list[Term]]:
    """The first field that holds each of the terms, each field once; and the terms that none holds."""
    left, found = list(terms), []
    for field, text in fields(entry) if eyes.reporter else fields_without_reporter(entry):
        words = words_of(text, scope_of(field)) if left and text else frozenset()
        here = [term for term in left if term.within(words)]
        left = [term for term in left if term not in here]
        found += [field] * bool(here)
    return tuple(dict.fromkeys(found)), left


def _hit_json(hit: Hit) -> dict[str, Any]:
    return {
        "office": hit.office,
        "number": hit.number,
        "year": hit.year,
        "index": hit.index,
        "registered_at": hit.registered_at.isoformat(),
        "urgent": hit.urgent,
        "voided": hit.voided and hit.voided.isoformat(),
        "subject": hit.values.get("subject"),
        "address": hit.values.get("address"),
        "found_in": list(hit.fields),
    }
