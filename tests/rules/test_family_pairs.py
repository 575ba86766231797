"""How many families are found, and how many strangers are taken for one, on pairs that we invented."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from rules.family import LEAST, family, likeness
from rules.likeness import stems
from rules.persons import persons
from rules.text import fold
from tests.rules.family_pairs import COMMON, ONE_FAMILY, TWO_FAMILIES, Pair, Side

_COMMON = frozenset(stem for name in COMMON for stem in stems(fold(name)))


def _values(side: Side) -> dict[str, Any]:
    found = persons(side.subject, today=date.fromisoformat(side.told))
    people = [
        {**asdict(one), "birth_date": one.birth_date and one.birth_date.isoformat()}
        for one in found.people
    ]
    return {
        "subject": side.subject,
        "persons": people,
        "address": side.address,
        "outgoing_date": side.told,
    }


def _proposed(pairs: Iterable[Pair]) -> list[Pair]:
    return [
        pair
        for pair in pairs
        if likeness(family(_values(pair.old)), family(_values(pair.new)), _COMMON).score >= LEAST
    ]


def test_families_are_found_and_strangers_left_alone() -> None:
    found, mistaken = _proposed(ONE_FAMILY), _proposed(TWO_FAMILIES)
    assert len(ONE_FAMILY) + len(TWO_FAMILIES) >= 60
    missed = [pair for pair in ONE_FAMILY if pair not in found]
    assert len(found) / len(ONE_FAMILY) >= 0.95, missed
    assert len(found) / (len(found) + len(mistaken)) >= 0.90, mistaken
