"""By what the entries of a long journal are found: words of the search, clues of a family.

Worked out apart from writing, in processes of their own: it takes most of the time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bench.grown.patterns import Pattern

# The fields that differ from entry to entry.
_OWN = {"number", "registered_at", "received_at", "outgoing_number", "document"}
_OWN |= {"subject", "persons", "address", "content"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What an entry says of its own.

    Attributes:
        day: of its registration and its letter, as «04.03.2026».
        letter: the index of its answer; "" where it has none.
    """

    values: Mapping[str, Any]
    number: int
    year: int
    day: str
    letter: str


@dataclass(frozen=True, slots=True)
class Found:
    """By what it is found."""

    words: frozenset[str]
    clues: Sequence[str]


def begin(folder: Path) -> None:
    """Ready a process for :func:`found_by`; it opens no database."""
    from journal.settings import configure

    configure(folder)


def found_by(asked: Sequence[Asked]) -> list[Found]:
    """Words and clues of each entry, beside the words that its pattern has already."""
    from journal.likeness import clues

    return [Found(_own_words(one), sorted(clues(one.values))) for one in asked]


def constant_words(pattern: Pattern) -> frozenset[str]:
    """The pattern's words for the search in those of its fields that all copies share."""
    from journal.search_fields import fields, scope_of, with_texts
    from rules.search_words import words_of

    (entry,) = with_texts([pattern.entry_id])
    found = [words_of(text, scope_of(name)) for name, text in fields(entry) if name not in _OWN]
    return frozenset({f"qf{entry.office_id}"}.union(*found))


def _own_words(one: Asked) -> frozenset[str]:
    from rules.search_words import words_of

    (person,) = one.values["persons"]
    name, age = person["name"], person["age"]
    street, _, house = one.values["address"].rpartition(", ")
    found = [
        {f"qy{one.year}"},
        words_of(f"{one.number} {one.number}/01-17 {one.number}/{one.year}"),
        words_of(one.values["outgoing_number"]),
        *(_words(text) for text in (one.day, one.values["content"])),
        *(_words(text, "p") for text in (name, f"{age} років", str(age))),
        *(_words(text, "a") for text in (street, house)),
    ]
    if one.letter:
        found.append(words_of(f"{one.letter} {one.day}"))
    return frozenset().union(*found)


@lru_cache(maxsize=100_000)
def _words(text: str, scope: str = "") -> frozenset[str]:
    from rules.search_words import words_of

    return words_of(text, scope)
