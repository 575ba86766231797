"""How likely two notifications concern one family: a score from 0 to 100 with its reasons.

It only proposes, and a person confirms: a false «maybe» costs a glance, and likeness alone never
joins anything. A common school, sender or street is no reason.

Law: Порядок, п. 24 (repeated notifications are told).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any, NamedTuple

from rapidfuzz.distance import OSA

from rules.lemmas import normal_forms
from rules.likeness import (
    Place,
    names,
    people,
    place,
    same_place,
    settlements,
    stems,
    surname_words,
)
from rules.sounds import code, sound


class Weight(NamedTuple):
    """What a piece of evidence counts, and how a clerk reads it."""

    points: int
    words: str


# One for each of the four questions: the surname, a person, where they live, what speaks against.
SAME_SURNAME = Weight(35, "те саме прізвище")
OTHER_SPELLING = Weight(30, "те саме прізвище, інакше написане")
COMMON_SURNAME = Weight(12, "те саме поширене прізвище")
NEAR_SURNAME = Weight(18, "схоже прізвище")

SAME_BIRTH = Weight(60, "те саме ім’я і дата народження")
SAME_NAME_AND_AGE = Weight(45, "ті самі ім’я, по батькові та вік")
SAME_NAME = Weight(20, "ті самі ім’я та по батькові")
SAME_AGE = Weight(20, "те саме ім’я і вік")
SAME_GIVEN = Weight(8, "те саме ім’я")
ANOTHER_PERSON = Weight(15, "так само й інша особа")

SAME_HOME = Weight(40, "та сама адреса")
SAME_SETTLEMENT = Weight(10, "той самий населений пункт")

OTHER_SETTLEMENT = Weight(-5, "інший населений пункт")
# The one alone is usual: a family moved, a mother and her children bear two surnames.
STRANGERS = Weight(-20, "інші прізвище та населений пункт")

LEAST = 30
"""The least score that is worth a clerk's glance: a surname that is not common, and no more."""

_MOST = 100
_LONG_SURNAME, _LONG_GIVEN = 5, 6
_NEAR_GIVEN = 0.9


@dataclass(frozen=True, slots=True)
class Likeness:
    """How likely two notifications concern one family, and why; without anybody's data."""

    score: int
    reasons: tuple[str, ...]


class _Person(NamedTuple):
    given: str
    patronymic: str
    birth_date: str | None
    born: tuple[int, int] | None
    age: int | None


class Family(NamedTuple):
    """What a notification tells of a family, ready to be compared."""

    surnames: frozenset[str]
    persons: tuple[_Person, ...]
    home: Place | None
    settlements: frozenset[str]


def family(values: Mapping[str, Any]) -> Family:
    """What a form's values, by the keys of the parse contract, tell of the family."""
    told = told_on(values)
    return Family(
        surname_words(values),
        tuple(_person(person, told) for person in people(values)),
        place(values.get("address")),
        settlements(values.get("address")),
    )


def likeness(old: Family, new: Family, common: Collection[str] = ()) -> Likeness:
    """How likely both are one family.

    Args:
        old: what the one notification tells.
        new: what the other tells.
        common: stems of surnames that many families of this journal bear.
    """
    surname = _surname(old.surnames, new.surnames, common)
    persons = _same_persons(old.persons, new.persons)
    where = _where(old, new)
    if surname is None and old.surnames and new.surnames:
        # Half a class shares a given name and an age.
        persons = [] if persons[0] in (SAME_AGE, SAME_GIVEN) else persons
        where = STRANGERS if where is OTHER_SETTLEMENT else where
    found = [surname, *persons, where]
    evidence = [one for one in found if one is not None]
    score = sum(one.points for one in evidence)
    return Likeness(max(0, min(_MOST, score)), tuple(one.words for one in evidence))


def told_on(values: Mapping[str, Any]) -> date | None:
    """The day on which the ages of a form were true, as far as it tells one."""
    for key in ("outgoing_date", "accepted_date", "incoming_date", "registered_date"):
        if values.get(key):
            return date.fromisoformat(values[key])
    return None


def born_between(person: Mapping[str, Any], told: date | None) -> tuple[int, int] | None:
    """The first and the last year in which a person may have been born.

    Args:
        person: of a form's ``persons``.
        told: the day on which the age was true.
    """
    if person.get("birth_date"):
        year = date.fromisoformat(person["birth_date"]).year
        return year, year
    if person.get("birth_year"):
        return person["birth_year"], person["birth_year"]
    if told is None or person.get("age") is None:
        return None
    last = told.year - person["age"]
    return last - 1, last


def _person(person: Mapping[str, Any], told: date | None) -> _Person:
    parts = names(person.get("name"))
    return _Person(
        parts.given,
        parts.patronymic,
        person.get("birth_date"),
        born_between(person, told),
        person.get("age"),
    )


def _surname(old: Collection[str], new: Collection[str], common: Collection[str]) -> Weight | None:
    """The best that any two of the surnames give."""
    found = [
        weight
        for one, other in product(old, new)
        if (weight := _two_surnames(one, other, common)) is not None
    ]
    return max(found, default=None)


def _two_surnames(one: str, other: str, common: Collection[str]) -> Weight | None:
    shared = stems(one) & stems(other)
    if shared:
        return SAME_SURNAME if shared.isdisjoint(common) else COMMON_SURNAME
    heard = sound(one), sound(other)
    if heard[0] == heard[1] or (code(one) == code(other) and _same_lemma(one, other)):
        return OTHER_SPELLING if stems(one).isdisjoint(common) else COMMON_SURNAME
    long_enough = min(map(len, heard)) >= _LONG_SURNAME
    if long_enough and OSA.distance(*heard, score_cutoff=1) <= 1:
        return NEAR_SURNAME
    return None


def _same_lemma(one: str, other: str) -> bool:
    """«Шевця» and «Швець»: what only the dictionary knows of each other."""
    return not normal_forms(one).isdisjoint(normal_forms(other))


def _same_persons(old: Sequence[_Person], new: Sequence[_Person]) -> list[Weight | None]:
    """The best that any two persons give, and more where it is so with several."""
    found = {
        (n, m): weight
        for (n, one), (m, other) in product(enumerate(old), enumerate(new))
        if (weight := _two_persons(one, other)) is not None
    }
    several = min(len({n for n, _ in found}), len({m for _, m in found})) > 1
    return [max(found.values(), default=None), ANOTHER_PERSON if several else None]


def _two_persons(old: _Person, new: _Person) -> Weight | None:
    if not _same_given(old.given, new.given):
        return None
    father = _same_father(old.patronymic, new.patronymic)
    if old.birth_date and new.birth_date:
        return SAME_BIRTH if old.birth_date == new.birth_date else None
    if father is False:
        return None
    age = _same_age(old, new)
    if age is None:
        return SAME_NAME if father else SAME_GIVEN
    if not age:
        return None
    return SAME_NAME_AND_AGE if father else SAME_AGE


def _same_given(one: str, other: str) -> bool:
    if not stems(one).isdisjoint(stems(other)):
        return True
    heard = sound(one), sound(other)
    if not heard[0] or heard[0][:1] != heard[1][:1]:
        return False
    # «Сергій» is also «Сергей»; of short names a letter makes another name.
    near = min(map(len, heard)) >= _LONG_GIVEN and OSA.normalized_similarity(*heard) >= _NEAR_GIVEN
    return near or heard[0] == heard[1]


def _same_father(one: str, other: str) -> bool | None:
    """Whether two patronymics are of one name; None: one is not told."""
    if not one or not other:
        return None
    return _same_given(one, other) or code(one)[:4] == code(other)[:4]


def _same_age(old: _Person, new: _Person) -> bool | None:
    """Whether both may be of one age; None: one is not told. A birthday may lie between them."""
    if old.born and new.born:
        return old.born[0] <= new.born[1] and new.born[0] <= old.born[1]
    if old.age is None or new.age is None:
        return None
    return abs(old.age - new.age) <= 1


def _where(old: Family, new: Family) -> Weight | None:
    if old.home and new.home and same_place(old.home, new.home):
        return SAME_HOME
    if not old.settlements or not new.settlements:
        return None
    same = not old.settlements.isdisjoint(new.settlements)
    return SAME_SETTLEMENT if same else OTHER_SETTLEMENT
