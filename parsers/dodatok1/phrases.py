"""Where the form's phrases stand in a text of letters: looked for at the beginnings of words only."""

from __future__ import annotations

import re
from collections.abc import Iterable

from parsers.dodatok1.labels import BODY, HEAD

PRINTED = frozenset(phrase for label in (*HEAD, *BODY) for phrase in label.phrases)
UNLIKELY = 18
"""Letters: nobody writes a printed phrase of so many by chance."""
_KEY = 3
"""Letters that phrases are looked up by; shorter phrases by all that they have."""


def _by_opening() -> dict[str, tuple[str, ...]]:
    index: dict[str, tuple[str, ...]] = {}
    for phrase in sorted(PRINTED):
        index[phrase[:_KEY]] = (*index.get(phrase[:_KEY], ()), phrase)
    return index


_BY_OPENING = _by_opening()
_SHORT = frozenset(phrase for phrase in PRINTED if len(phrase) < _KEY)


def occurrences(letters: str, word_starts: Iterable[int]) -> dict[str, list[int]]:
    """For each phrase that there is, the numbers of the letters that it begins with.

    Args:
        letters: the letters of a text alone, in lower case.
        word_starts: which of them begin a word.
    """
    found: dict[str, list[int]] = {}
    starts = list(word_starts)
    for at in starts:
        for phrase in _BY_OPENING.get(letters[at : at + _KEY], ()):
            if letters.startswith(phrase, at):
                found.setdefault(phrase, []).append(at)
    for phrase in _SHORT if starts else ():
        places = [hit.start() for hit in re.finditer(phrase, letters)]
        whole = sorted({*places}.intersection(starts))
        if whole:
            found[phrase] = whole
    return found
