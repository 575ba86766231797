"""Finds the printed phrases of the form where they stand misspelt, by a clerk or by recognition.

A place is compared only with the phrases that share some runs of three letters with its first
words: what is misspelt beyond that is unlike the phrase as a whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from parsers.dodatok1.found import Found, has_sign, place
from parsers.dodatok1.labels import BODY, HEAD, Label
from parsers.dodatok1.phrases import PRINTED
from parsers.dodatok1.stream import Stream
from parsers.dodatok1.wordings import LONG_HINT, TOLD_BY, is_wording, tells_of

_NEAR = ((40, 0.68), (25, 0.75), (13, 0.8), (0, 0.85))
"""The least likeness of a misspelt phrase to the printed one, by the letters of the latter."""
LEAST_LETTERS = 8
"""Shorter phrases are never guessed: one wrong letter makes them another word."""
_SLACK = 4
"""Letters that a misspelt phrase may have more or less than the printed one; long ones, more."""
_ROUGHLY = 0.1
"""By so much a first look at as many letters as the phrase has may fall short."""
_RUN, _OPENING = 3, 24
"""Letters of a run, and the letters of a place that are looked at for runs."""
_FIRST, _LEAST_FIRST = 4, 0.5
_SURELY = 30
"""Letters of a phrase in use that needs no sign behind it."""
_LONG = 13
"""Letters: a longer phrase shares three runs, a shorter one two."""
_OTHERS = PRINTED | {
    "повідомлення",
    "інформація",
    "датанародження",
    "датинародження",
    "рікнародження",
    "місценародження",
}
"""What is like a label and is another one, or none."""
_likeness = Levenshtein.normalized_similarity
_BRACKET = re.compile(r"\(")


class _Phrase(NamedTuple):
    """A phrase that may be misspelt.

    Attributes:
        label: whose it is.
        letters: those of the phrase.
        printed: it is the one that the official form has.
        roughly: the likeness below which nothing is looked at closer.
    """

    label: Label
    letters: str
    printed: bool
    roughly: float


def _least(phrase: str) -> float:
    return next(likeness for letters, likeness in _NEAR if len(phrase) >= letters)


_PHRASES = tuple(
    _Phrase(label, phrase, not number, _least(phrase) - _ROUGHLY)
    for label in (*HEAD, *BODY)
    if not label.short and not (label.hint and len(label.phrases[0]) < LONG_HINT)
    for number, phrase in enumerate(label.phrases)
    if len(phrase) >= LEAST_LETTERS
)


def _runs(letters: str) -> set[str]:
    return {letters[at : at + _RUN] for at in range(min(len(letters), _OPENING) - _RUN + 1)}


def _index() -> dict[str, int]:
    """For each run of letters the phrases that open with it, as the bits of a number."""
    index: dict[str, int] = {}
    for number, phrase in enumerate(_PHRASES):
        for run in _runs(phrase.letters):
            index[run] = index.get(run, 0) | 1 << number
    return index


def _kind(label: Label) -> str:
    """What is printed once on a form: a field's label in whatever words, each of its hints."""
    return label.phrases[0] if label.hint else label.key


def _of_kind() -> dict[str, int]:
    """The phrases of each kind, as the bits of a number."""
    kinds: dict[str, int] = {}
    for number, phrase in enumerate(_PHRASES):
        kind = _kind(phrase.label)
        kinds[kind] = kinds.get(kind, 0) | 1 << number
    return kinds


_INDEX = _index()
_OF_KIND = _of_kind()
_LONGEST = max(len(phrase.letters) for phrase in _PHRASES)
_SHORT_ONES = sum(1 << n for n, phrase in enumerate(_PHRASES) if len(phrase.letters) < _LONG)


@lru_cache(maxsize=64)
def _index_of(missing: int) -> Mapping[str, int]:
    """The index of the missing phrases alone; most documents lack the same ones."""
    return {run: bits & missing for run, bits in _INDEX.items() if bits & missing}


def misspelt(stream: Stream, found: list[Found]) -> list[Found]:
    """Phrases that were not found as often as others were, where they stand misspelt."""
    index = _index_of(_missing(found))
    taken = {at for f in found for at in range(stream.letter(f.start), stream.letter(f.end))}
    starts = set(stream.segment_letters[:-1])
    starts |= {stream.letter(bracket.end()) for bracket in _BRACKET.finditer(stream.text)}
    # What reads as a phrase in use, longer than anybody writes by chance, is found as that one.
    for phrase, exact in stream.phrases.items():
        taken.update(exact if len(phrase) >= _SURELY else ())
    hits = []
    for first in sorted(starts - taken):
        hit = _likest(stream, first, index)
        if hit:
            hits.append(hit)
    # A value of one word before a printed phrase is still like that phrase: the likest start wins.
    result: list[Found] = []
    for hit in sorted(hits, key=lambda f: -f.likeness):
        if not any(f.start < hit.end and hit.start < f.end for f in (*found, *result)):
            result.append(hit)
    return result


def find_near(stream: Stream, phrase: str, first: int) -> tuple[int, float] | None:
    """Where a phrase ends that begins, perhaps misspelt, at a letter; and how alike it is."""
    least = _least(phrase)
    rough = stream.letters[first : first + len(phrase)]
    if not _likeness(phrase, rough, score_cutoff=least - _ROUGHLY):
        return None
    slack = max(_SLACK, len(phrase) // 10)
    best: tuple[int, float] | None = None
    for last in range(first + len(phrase) - slack, first + len(phrase) + slack + 1):
        if last > first and stream.ends_word(last):
            likeness = _likeness(phrase, stream.letters[first:last])
            if likeness >= least and (best is None or likeness > best[1]):
                best = (last, likeness)
    return best


def _missing(found: list[Found]) -> int:
    """The phrases of what was not found as often as the most frequent label, as bits."""
    counts = Counter(_kind(f.label) for f in found if f.leads)
    forms = max((counts[label.key] for label in BODY if not label.short), default=1) or 1
    return sum(bits for kind, bits in _OF_KIND.items() if counts[kind] < forms)


def _likest(stream: Stream, first: int, index: Mapping[str, int]) -> Found | None:
    """The phrase that the letters from ``first`` on are most like, if like enough."""
    best: Found | None = None
    letters = stream.letters[first : first + _LONGEST]
    for phrase in _candidates(letters[:_OPENING], index):
        printed = phrase.letters
        rough = letters[: len(printed)]
        if not _likeness(printed, rough, score_cutoff=phrase.roughly):
            continue  # a quick look spares most places the careful one
        near = _near_label(stream, phrase, first)
        if near and (best is None or near[1] > best.likeness):
            if _is_another(stream, first, near[0]):
                continue
            hit = place(stream, phrase.label, first, *near)
            if not phrase.printed and not _opens_alike(
                phrase.letters, stream.letters[first : first + _FIRST]
            ):
                continue
            if hit and (phrase.printed or phrase.label.hint or _may_be_own(stream, hit)):
                best = hit
    return best


def _opens_alike(phrase: str, letters: str) -> bool:
    """Whether the first word is no other one: «Канал надходження» is no «Дата надходження»."""
    likeness = Levenshtein.normalized_similarity(phrase[:_FIRST], letters[:_FIRST])
    return likeness > _LEAST_FIRST


def _may_be_own(stream: Stream, hit: Found) -> bool:
    """Whether a wording in use may be meant: a sign follows, and its words tell of no other field."""
    said = stream.text[hit.start : hit.end].lower()
    other = tells_of(said)
    own = TOLD_BY.get(hit.key)
    return has_sign(stream, hit) and (own is None or other is None or own.search(said) is not None)


def _candidates(opening: str, index: Mapping[str, int]) -> Iterator[_Phrase]:
    """The phrases of an index that share enough runs of letters with the opening of a place."""
    known = [index.get(opening[at : at + _RUN]) for at in range(len(opening) - _RUN + 1)]
    once = twice = thrice = 0
    for bits in filter(None, known):
        thrice |= twice & bits
        twice |= once & bits
        once |= bits
    bits = thrice | twice & _SHORT_ONES
    while bits:
        lowest = bits & -bits
        yield _PHRASES[lowest.bit_length() - 1]
        bits ^= lowest


def _is_another(stream: Stream, first: int, last: int) -> bool:
    """Whether letters are, or end in a line that is, a printed phrase: no misspelt one then."""
    number = stream.segment_at(stream.offset(first))
    starts = [first]
    for start in stream.segment_letters[number + 1 : -1]:
        starts.append(start)
        if starts[-1] >= last:
            break
    return any(stream.letters[at:last] in _OTHERS for at in starts)


def _near_label(stream: Stream, phrase: _Phrase, first: int) -> tuple[int, float] | None:
    """The same as ``find_near``; a colon or the end of a line ends a label, not a likeness."""
    letters = phrase.letters
    near = find_near(stream, letters, first)
    start = stream.offset(first)
    reach = stream.offset(first + len(letters) * 5 // 4)
    colon = stream.text.find(":", start, reach + _SLACK)
    if phrase.label.hint or colon < 0:
        return near
    last = stream.letter(colon)
    if near and last > near[0] and not is_wording(stream.text[stream.offset(near[0]) : colon]):
        return near
    likeness = _likeness(letters, stream.letters[first:last])
    return (last, likeness) if likeness >= _least(letters) else None
