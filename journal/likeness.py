"""Finding the few earlier entries that may concern the same family, without reading them all.

Each entry leaves clues: the stems of its surnames, its address, and short keys of what two notices
of one family share. They only choose whom :func:`rules.family.likeness` then looks at, and that
only proposes a link (п. 24). Of each clue only the newest entries are looked at, so a registration
costs the same in a journal of a thousand entries and of a million; keys that few families share
(a surname with a given name, a name with a birth date) find the old ones.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from django.db import connection

from journal.models import Clue, Entry, Link, Revision
from rules.family import LEAST, born_between, family, likeness, told_on
from rules.likeness import names, people, place, settlements, surname_stems, surname_words
from rules.sameness import reading_key
from rules.sounds import code

_NEWEST, _COMMON = 30, 20
"""Of each clue so many entries are looked at; a surname that has so many of them is common."""
_CANDIDATES = 20
_LINKS = 10
_MOST_KEYS = 80
_MOST_PERSONS = 10
_WHY_LENGTH = 200
_KEY_LENGTH = 40
_LAST = 2**63 - 1

_NEWEST_OF_KEY = (
    "SELECT * FROM (SELECT key, entry_id FROM journal_clue WHERE key = %s AND entry_id < %s "
    "ORDER BY entry_id DESC LIMIT %s) AS part"
)
_PROPOSABLE = (
    "SELECT found.key, found.entry_id FROM ({}) AS found "
    "JOIN journal_entry AS older ON older.id = found.entry_id "
    "WHERE older.office_id = %s AND older.voided_at IS NULL AND older.case_id <> %s AND NOT EXISTS "
    "(SELECT 1 FROM journal_link AS link WHERE link.newer_id = %s AND link.older_id = older.id)"
)

# What a shared clue counts when the candidates are chosen: the fewer families share it, the more.
_COUNTS = {"g": 6, "f": 5, "c": 4, "a": 4, "w": 3, "h": 3, "n": 3, "s": 2}


def leave_clues(entry: Entry, values: Mapping[str, Any]) -> frozenset[str]:
    """Store the keys by which later entries find this one."""
    keys = clues(values)
    rows = [Clue(entry=entry, key=key) for key in sorted(keys)]
    Clue.objects.bulk_create(rows, ignore_conflicts=True)
    return keys


def propose_links(entry: Entry, values: Mapping[str, Any], keys: frozenset[str]) -> list[Link]:
    """Store proposed links to the earlier entries that are most alike and not linked yet."""
    told = family(values)
    near, common = _candidates(entry, keys)
    found = [
        (how, older_id)
        for older_id, older in near.items()
        if (how := likeness(family(older), told, common)).score >= LEAST
    ]
    found.sort(key=lambda pair: (pair[0].score, pair[1]), reverse=True)
    links = [
        Link(
            newer=entry,
            older_id=older_id,
            why="; ".join(how.reasons)[:_WHY_LENGTH],
            score=how.score,
        )
        for how, older_id in found[:_LINKS]
    ]
    return Link.objects.bulk_create(links) if links else []


def clues(values: Mapping[str, Any]) -> frozenset[str]:
    """The keys of a notice: what two notices of one family may share, made short."""
    keys = {f"s:{stem}"[:_KEY_LENGTH] for stem in surname_stems(values)}
    home = place(values.get("address"))
    if home:
        # As `rules.likeness.same_place` compares: a settlement may stand without its sign, or nowhere.
        written = (home.street or home.settlement, home.street | home.settlement)
        keys |= {_hashed("a", home.numbers, sorted(words)) for words in written}
    read = reading_key(values)
    if read:
        keys.add(_notice_clue(read))
    return frozenset(keys | set(_family_clues(values)))


def misread(values: Mapping[str, Any], office_id: int) -> list[Entry]:
    """Entries, the newest first, whose notice this may be but for letters that were misread."""
    read = reading_key(values)
    if read is None:
        return []
    # Asked together, a database may walk all entries from the newest on.
    clue = Clue.objects.filter(key=_notice_clue(read)).order_by("-entry_id")
    ids = list(clue.values_list("entry_id", flat=True)[:_NEWEST])
    rows = Entry.objects.filter(pk__in=ids, office_id=office_id, voided_at__isnull=True)
    return list(rows.select_related("office").order_by("-pk")[:_LINKS]) if ids else []


def with_clues(keys: Sequence[str], each: int) -> dict[int, int]:
    """Entry -> how many of the keys it has; of each key so many of its newest entries count."""
    hits: dict[int, int] = {}
    for start in range(0, len(keys), _MOST_KEYS):
        some = keys[start : start + _MOST_KEYS]
        walks = [value for key in some for value in (key, _LAST, each)]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join([_NEWEST_OF_KEY] * len(some)), walks)
            for _key, entry_id in cursor.fetchall():
                hits[entry_id] = hits.get(entry_id, 0) + 1
    return hits


def _notice_clue(key: str) -> str:
    return f"n:{key[:32]}"


def _family_clues(values: Mapping[str, Any]) -> Iterator[str]:
    """Keys of two or three facts together, few enough families share them.

    ``f`` surname and given name, ``g`` given name and birth date, ``c`` given name, patronymic and
    year of birth, ``w`` given name, village and year, ``h`` surname and village; names as
    :func:`rules.sounds.code` gives them, so most misspellings leave the same key.
    """
    told, villages = told_on(values), sorted(settlements(values.get("address")))
    for surname, village in product(sorted(surname_words(values)), villages):
        yield _hashed("h", code(surname), village)
    for person in people(values)[:_MOST_PERSONS]:
        parts = names(person.get("name"))
        given = code(parts.given)
        if not given:
            continue
        for half in filter(None, parts.surname.split("-")):
            yield _hashed("f", code(half), given)
        if person.get("birth_date"):
            yield _hashed("g", given, person["birth_date"])
        first, last = born_between(person, told) or (1, 0)
        for year in range(first, last + 1):
            if parts.patronymic:
                yield _hashed("c", given, code(parts.patronymic)[:4], year)
            yield from (_hashed("w", given, village, year) for village in villages)


def _hashed(kind: str, *parts: object) -> str:
    return f"{kind}:{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"


def _candidates(
    entry: Entry, keys: Iterable[str]
) -> tuple[dict[int, Mapping[str, Any]], frozenset[str]]:
    """Id -> what it says, of the entries that share most; and the stems of common surnames."""
    asked = sorted(keys, key=lambda key: (-_COUNTS.get(key[0], 0), key))[:_MOST_KEYS]
    shared: dict[int, set[str]] = {}
    times = dict.fromkeys(asked, 0)
    for key, older_id in _newest(asked, entry):
        shared.setdefault(older_id, set()).add(key)
        times[key] += 1
    common = [key[2:] for key, n in times.items() if key.startswith("s:") and n >= _COMMON]
    best = sorted(shared, key=lambda pk: (_counted(shared[pk]), pk), reverse=True)
    revisions = Revision.objects.filter(entry__in=best[:_CANDIDATES]).order_by("ordinal")
    # A later revision of the same entry takes the place of the earlier one.
    return dict(revisions.values_list("entry", "values")), frozenset(common)


def _counted(keys: Iterable[str]) -> int:
    """What the shared clues count: each kind once, as a surname has several stems."""
    return sum(_COUNTS.get(kind, 0) for kind in {key[0] for key in keys})


def _newest(keys: Sequence[str], entry: Entry) -> list[tuple[str, int]]:
    """Key and entry: of the newest earlier entries of each key those that may be proposed.

    These are of the same office, not void, not of the same case and not linked yet. Each part walks
    so many rows of the index of keys and no more, however many there are.
    """
    if not keys:
        return []
    whole = _PROPOSABLE.format(" UNION ALL ".join([_NEWEST_OF_KEY] * len(keys)))
    walks = [value for key in keys for value in (key, entry.pk, _NEWEST)]
    with connection.cursor() as cursor:
        cursor.execute(whole, [*walks, entry.office_id, entry.case_id, entry.pk])
        return list(cursor.fetchall())
