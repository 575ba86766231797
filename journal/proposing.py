"""Proposals follow an entry that says something else: what is alike now, what no longer is (п. 24)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from journal import book
from journal.history import Act, record
from journal.likeness import clues, leave_clues, propose_links
from journal.models import Clue, Entry, Link

_PROPOSED = "proposed"
# Of each clue, and of all together, so many later entries are looked at.
_OF_A_CLUE, _LATER = 30, 50
_SURNAME = "s:"


def propose_anew(
    entry: Entry, values: Mapping[str, Any], act: Act
) -> tuple[book.Facts, book.Facts]:
    """Bring the proposals of an entry in line with what it says now; its facts before and after.

    Nothing that a person decided is touched. Later entries whose proposals change get their own
    row of history. The caller's transaction holds the office.
    """
    keys = leave_clues(entry, values)
    before = set(Link.objects.filter(older=entry, state=_PROPOSED).values_list("newer", flat=True))
    old, new = _again(entry, values, Link.objects.filter(newer=entry))
    later = sorted(before | set(_later(entry, keys)), reverse=True)[:_LATER]
    for other in Entry.objects.filter(pk__in=later, voided_at__isnull=True).order_by("pk"):
        theirs = other.revisions.order_by("-ordinal")[0].values
        links = Link.objects.filter(newer=other, older=entry)
        changes = book.changes(*_again(other, theirs, links))
        if changes:
            subject = f"entry:{other.pk}"
            record(entry.office, "proposed anew", subject, act, entry=other, changes=changes)
    return old, new


def _again(entry: Entry, values: Mapping[str, Any], links: Any) -> tuple[book.Facts, book.Facts]:
    """Take these proposals back, and propose what is alike now."""
    taken = links.filter(state=_PROPOSED)
    old = book.link_facts(taken)
    taken.delete()
    return old, book.link_facts(propose_links(entry, values, clues(values)))


def _later(entry: Entry, keys: frozenset[str]) -> Iterator[int]:
    """Later entries of the office that share a clue with this one; a common surname is none."""
    rows = Clue.objects.filter(entry__gt=entry.pk, entry__office=entry.office_id)
    for key in sorted(keys):
        found = list(rows.filter(key=key).order_by("entry").values_list("entry")[:_OF_A_CLUE])
        if not (key.startswith(_SURNAME) and len(found) == _OF_A_CLUE):
            yield from (pk for (pk,) in found)
