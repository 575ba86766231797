"""Whether a text speaks of somebody whom a notice names; it only ever proposes or holds back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from rules.likeness import names, people, stems, surname_stems
from rules.text import APOSTROPHES, fold, mend_look_alikes, tidy

_MOST_LETTERS = 100_000
_MOST_WORDS = 3_000
_CAPITAL = re.compile(rf"\b[А-ЯІЇЄҐ][\w{APOSTROPHES}-]{{2,}}")


def capital_stems(text: str) -> frozenset[str]:
    """The stems of all words that begin with a capital, as surnames are written."""
    words = dict.fromkeys(_CAPITAL.findall(mend_look_alikes(tidy(text[:_MOST_LETTERS]))))
    halves = (half for word in list(words)[:_MOST_WORDS] for half in fold(word).split("-"))
    return frozenset(stem for half in halves for stem in stems(half))


def mentions_family(values: Mapping[str, Any], found: frozenset[str]) -> bool:
    """Whether a surname of the notice is among the stems of a text."""
    return not surname_stems(values).isdisjoint(found)


def mentions_person(values: Mapping[str, Any], found: frozenset[str]) -> bool:
    """Whether somebody of the notice is named with given name and surname."""
    for person in people(values):
        parts = names(person.get("name"))
        surname = {stem for half in parts.surname.split("-") for stem in stems(half)}
        if not surname.isdisjoint(found) and not stems(parts.given).isdisjoint(found):
            return True
    return False
