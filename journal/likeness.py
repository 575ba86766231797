"""Finding the few earlier entries that may concern the same family, without reading them all.

Each entry leaves clues: the stems of its surnames, its address, its people's birth dates. They only
choose whom :func:`rules.sameness.alike` then looks at, and that only proposes a link (п. 24).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from django.db.models import Count

from journal.models import Clue, Entry, Link, Revision
from rules.likeness import people, place, surname_stems
from rules.sameness import alike, reading_key

_CANDIDATES = 20
_LINKS = 10
_WHY_LENGTH = 200
_KEY_LENGTH = 40


def leave_clues(entry: Entry, values: Mapping[str, Any]) -> frozenset[str]:
    """Store the keys by which later entries find this one."""
    keys = clues(values)
    rows = [Clue(entry=entry, key=key) for key in sorted(keys)]
    Clue.objects.bulk_create(rows, ignore_conflicts=True)
    return keys


def propose_links(entry: Entry, values: Mapping[str, Any], keys: frozenset[str]) -> list[Link]:
    """Store proposed links to the earlier entries that are most alike and not linked yet."""
    found = [
        (reasons, older_id)
        for older_id, older in _candidates(entry, keys).items()
        if (reasons := alike(older, values))
    ]
    found.sort(key=lambda pair: (len(pair[0]), pair[1]), reverse=True)
    links = [
        Link(newer=entry, older_id=older_id, why="; ".join(reasons)[:_WHY_LENGTH])
        for reasons, older_id in found[:_LINKS]
    ]
    return Link.objects.bulk_create(links) if links else []


def clues(values: Mapping[str, Any]) -> frozenset[str]:
    """The keys of a notice: what two notices of one family may share, made short."""
    keys = {f"s:{stem}"[:_KEY_LENGTH] for stem in surname_stems(values)}
    home = place(values.get("address"))
    if home:
        # As `rules.likeness.same_place` compares: the settlement counts where no street is named.
        where = sorted(home.street or home.settlement)
        keys.add("a:" + hashlib.sha256(repr((home.numbers, where)).encode()).hexdigest()[:32])
    read = reading_key(values)
    if read:
        keys.add(_notice_clue(read))
    births = (person.get("birth_date") for person in people(values))
    return frozenset(keys | {f"b:{birth}" for birth in births if birth})


def misread(values: Mapping[str, Any], office_id: int) -> list[Entry]:
    """Entries, the newest first, whose notice this may be but for letters that were misread."""
    read = reading_key(values)
    if read is None:
        return []
    rows = Entry.objects.filter(
        clues__key=_notice_clue(read), office_id=office_id, voided_at__isnull=True
    )
    return list(rows.select_related("office").order_by("-pk")[:_LINKS])


def _notice_clue(key: str) -> str:
    return f"n:{key[:32]}"


def _candidates(entry: Entry, keys: frozenset[str]) -> dict[int, dict[str, Any]]:
    if not keys:
        return {}
    found = Clue.objects.filter(
        key__in=keys,
        entry__office_id=entry.office_id,
        entry__lt=entry.pk,
        entry__voided_at__isnull=True,
    ).exclude(entry__linked_by__newer=entry)
    best = found.values("entry").annotate(n=Count("pk")).order_by("-n", "-entry")[:_CANDIDATES]
    revisions = Revision.objects.filter(entry__in=best.values("entry")).order_by("ordinal")
    # A later revision of the same entry takes the place of the earlier one.
    return {row.entry_id: row.values for row in revisions}
