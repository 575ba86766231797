"""Finds the printed phrases of the form in a stream: exactly, or nearly where one is misspelt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from parsers.dodatok1.labels import BODY, HEAD, Label
from parsers.dodatok1.stream import Stream

_NEAR = 0.8
"""The least likeness of a misspelt phrase to the printed one."""
_LEAST_LETTERS = 8
"""Shorter phrases are never guessed: one wrong letter makes them another word."""
_SLACK = 4
"""Letters that a misspelt phrase may have more or less than the printed one."""
_LEAD = re.compile(r"[\W\d_]*\Z")
_AFTER = re.compile(r"(?:[ \n]*[)\]»])?(?: *[.:])?")
_SIGN = re.compile(r"\s*(?:[.:_№]|\n|\Z|☐|☒|\W*\d)")


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase in a stream: the offsets of its text, its signs included, and its likeness, 0..1."""

    label: Label
    start: int
    end: int
    likeness: float
    leads: bool
    """It opens a line or a cell."""

    @property
    def key(self) -> str:
        """The field that it opens or explains."""
        return self.label.key


def find_labels(stream: Stream) -> list[Found]:
    """Every phrase of the form that the stream holds, in order."""
    starts = [stream.letter(segment.start) for segment in stream.segments]
    starts += [stream.letter(m.end()) for m in re.finditer(r"\(", stream.text)]
    starts = sorted(set(starts))
    found = []
    for label in (*HEAD, *BODY):
        found += _find(stream, label, starts)
    return sorted(found, key=lambda f: (f.start, -f.end))


def _find(stream: Stream, label: Label, starts: list[int]) -> list[Found]:
    """The places of one label; its lesser phrases count only where no longer one is."""
    found: list[Found] = []
    for number, phrase in enumerate(label.phrases):
        hits = list(_exact(stream, phrase))
        if not hits and not number and len(phrase) >= _LEAST_LETTERS:
            hits = list(_near(stream, phrase, starts))
        for first, last, likeness in hits:
            place = _place(stream, label, first, last, likeness)
            if number and place and not label.hint and not _SIGN.match(stream.text, place.end - 1):
                continue
            if place and not any(f.start < place.end and place.start < f.end for f in found):
                found.append(place)
    return found


def _exact(stream: Stream, phrase: str) -> Iterator[tuple[int, int, float]]:
    at = stream.letters.find(phrase)
    while at >= 0:
        yield at, at + len(phrase), 1.0
        at = stream.letters.find(phrase, at + 1)


def _near(stream: Stream, phrase: str, starts: list[int]) -> Iterator[tuple[int, int, float]]:
    """Misspelt occurrences; each stands at the start of a line or behind a bracket."""
    least = _NEAR if len(phrase) > _LEAST_LETTERS else 0.85
    for first in starts:
        rough = stream.letters[first : first + len(phrase)]
        if Levenshtein.normalized_similarity(phrase, rough, score_cutoff=least - 0.1) == 0:
            continue
        likeness, last = max(
            (Levenshtein.normalized_similarity(phrase, stream.letters[first:last]), last)
            for last in range(first + len(phrase) - _SLACK, first + len(phrase) + _SLACK + 1)
        )
        if likeness >= least:
            yield first, last, likeness


def _place(stream: Stream, label: Label, first: int, last: int, likeness: float) -> Found | None:
    """Where a hit stands, or None where it is a part of another word or of a sentence."""
    start, end = stream.offset(first), stream.offset(last - 1) + 1
    text = stream.text
    if (start and text[start - 1].isalpha()) or text[end : end + 1].isalpha():
        return None
    segment = stream.segments[stream.segment_at(start)]
    lead = text[segment.start : start]
    leads = _LEAD.fullmatch(lead) is not None
    bracket = lead.rstrip().endswith("(")
    if not (leads or bracket or label.anywhere or (label.hint and len(label.phrases[0]) > 20)):
        return None
    if label.short and not _SIGN.match(text, end):
        return None
    after = _AFTER.match(text, end)
    end = after.end() if after else end
    if bracket:
        start = text.rindex("(", 0, start)
    elif leads and not label.hint:
        start = _without_number(stream, segment.start, start)
    return Found(label, start, end, likeness, leads)


def _without_number(stream: Stream, line_start: int, start: int) -> int:
    """A label's own number («4. Від:») belongs to the label, a value before it does not."""
    return line_start if re.fullmatch(r"\W*\d{0,2}\W*", stream.text[line_start:start]) else start
