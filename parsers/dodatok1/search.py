"""Finds the phrases of the form in a stream: as printed, misspelt, or in words of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from parsers.dodatok1.explained import named
from parsers.dodatok1.found import Found, end_of_cell, has_sign, place
from parsers.dodatok1.headings import find_headings, without_parts
from parsers.dodatok1.labels import ANY_HINT, BODY, HEAD, Label
from parsers.dodatok1.near import misspelt
from parsers.dodatok1.phrases import UNLIKELY
from parsers.dodatok1.reworded import reworded, widened
from parsers.dodatok1.stream import Segment, Stream
from parsers.dodatok1.wordings import (
    BRACKETS,
    FROM_WHOM,
    HINT_OF,
    HINT_WORDS,
    PARTY,
    is_explanation,
    is_left_of_hint,
    is_wording,
    letters_of,
)

_LABELS = tuple(label for label in (*HEAD, *BODY) if not label.short)
_SHORT_LABELS = tuple(label for label in BODY if label.short)
_LEAST_HINT_WORDS = 2
_MORE_HINT_WORDS = 3
"""Behind a value, on its line, an explanation must be more plainly one."""
_LEAST_TORN_WORDS = 3
"""«відвідування» alone is a value that a word of its explanation was copied into."""
_NEEDS_NO_SIGN = 30
"""Letters: a phrase of so many that opens a line is a label whatever follows."""
_REST_OF_SENTENCE = re.compile(
    r"(?:[^:\n\d_]|\n(?=[^\S\n]*[a-zа-яіїєґ])){0,160}?\b(?:виявлення|обставинах|сжо)\b[ )]*[:.]?",
    re.IGNORECASE,
)


def find_labels(stream: Stream) -> list[Found]:
    """Every phrase of the form that the stream holds, in order."""
    found: list[Found] = []
    for label in _LABELS:
        found += _new(stream, found, label, label.phrases[:1])
    found += misspelt(stream, found)
    found += _parties(stream, found, PARTY, len(stream.text))
    for label in _LABELS:
        found += _new(stream, found, label, label.phrases[1:])
    body = min((f.start for f in found if f.label.rank and f.leads), default=0)
    found += _parties(stream, found, FROM_WHOM, body)
    for label in _SHORT_LABELS:
        longest_first = sorted(label.phrases, key=len, reverse=True)
        found += _new(stream, found, label, longest_first)
    found = widened(stream, found)
    found += reworded(stream, found)
    found += _other_hints(stream, found)
    found = named(stream, found)
    headings = find_headings(stream, found)
    found = [*without_parts(found, headings), *headings]
    return sorted(found, key=lambda f: (f.start, -f.end))


def _parties(stream: Stream, found: list[Found], wording: re.Pattern[str], end: int) -> list[Found]:
    """Labels of the two organisations in words of their own: «Хто направляє (заклад):»."""
    hits: list[Found] = []
    for segment in stream.segments:
        opening = wording.match(stream.text, segment.start, end)
        if opening is None or _overlaps(found, segment.start, opening.end()):
            continue
        label = next((label for word, label in HINT_OF if word.search(opening[0])), None)
        if label and opening.end() <= end_of_cell(stream, opening.start() + 1):
            hits.append(Found(label, segment.start, opening.end(), 1.0, leads=True))
    return hits


def _other_hints(stream: Stream, found: list[Found]) -> list[Found]:
    """Explanations in words that nobody foresaw, and pieces that are left of the printed ones."""
    hints = []
    ends = {f.end for f in found}
    for hit in BRACKETS.finditer(stream.text):
        segment = stream.segments[stream.segment_at(hit.start())]
        opens = not re.search(r"[^\W_]", stream.text[segment.start : hit.start()]) or not _between(
            stream.text, ends, hit.start()
        )
        closes = not stream.text[hit.end() : segment.end].strip(" .")
        if not (opens or closes or "\n" in hit[0]) or _overlaps(found, *hit.span()):
            continue
        least = _LEAST_HINT_WORDS if opens else _MORE_HINT_WORDS
        told = closes and len(HINT_WORDS.findall(hit[0])) >= least
        if told or is_left_of_hint(letters_of(hit[0])) or is_explanation(hit[0]):
            label = next((lab for word, lab in HINT_OF if word.search(hit[0])), ANY_HINT)
            hints.append(Found(label, *hit.span(), 1.0, leads=True))
    bounds = pairwise(stream.segment_letters)
    for segment, (first, last) in zip(stream.segments, bounds, strict=True):
        letters = stream.letters[first:last]
        if not is_left_of_hint(letters) or not _is_torn_off(stream, segment):
            continue
        if not _overlaps((*found, *hints), segment.start, segment.end):
            hints.append(Found(ANY_HINT, segment.start, segment.end, 1.0, leads=True))
    return hints


def _is_torn_off(stream: Stream, segment: Segment) -> bool:
    """Whether a line is more of an explanation than the one word that may answer it."""
    said = stream.text[segment.start : segment.end]
    return "(" in said or ")" in said or len(segment.words) >= _LEAST_TORN_WORDS


def _between(text: str, ends: Iterable[int], at: int) -> bool:
    """Whether words stand between an offset and the nearest label before it."""
    nearest = max((end for end in ends if end <= at), default=None)
    return nearest is None or re.search(r"\w", text[max(nearest, at - 80) : at]) is not None


def _overlaps(found: Iterable[Found], start: int, end: int) -> bool:
    return any(f.start < end and start < f.end for f in found)


def _new(stream: Stream, found: list[Found], label: Label, phrases: Sequence[str]) -> list[Found]:
    """Where phrases stand that overlap neither another one of their label nor a longer phrase."""
    present = [phrase for phrase in phrases if phrase in stream.phrases]
    same = [f for f in found if f.label is label] if present else []
    new: list[Found] = []
    for phrase in present:
        for first in stream.phrases[phrase]:
            hit = _exact(stream, label, phrase, first, [*same, *new])
            if hit and not any(
                f.start < hit.end
                and hit.start < f.end
                and (f.label is label or f.end - f.start >= hit.end - hit.start)
                for f in (*found, *new)
            ):
                new.append(hit)
    return new


def _exact(
    stream: Stream, label: Label, phrase: str, first: int, same: Iterable[Found]
) -> Found | None:
    """A phrase at a letter as its label, unless it is a part of one that was found there."""
    last = first + len(phrase)
    if not stream.is_whole(first, last) or _overlaps(
        same, stream.offset(first), stream.offset(last - 1) + 1
    ):
        return None
    hit = place(stream, label, first, last, 1.0)
    own = phrase is label.phrases[0] or label.hint
    if hit is None or own or has_sign(stream, hit) or _opens_value(stream, hit):
        return hit
    if not hit.leads or len(phrase) < UNLIKELY:
        return None
    end = _end_of_wording(stream, hit.end)
    return replace(hit, end=end or hit.end) if end or len(phrase) >= _NEEDS_NO_SIGN else None


def _opens_value(stream: Stream, hit: Found) -> bool:
    """Whether «Від кого» stands before its value without a sign; before a dash it is a sentence's."""
    dash = re.compile(r"\s*[–—-]").match(stream.text, hit.end)
    return hit.label.short and hit.leads and dash is None


def _end_of_wording(stream: Stream, start: int) -> int | None:
    """Where a printed sentence ends whose middle somebody shortened, if it does."""
    rest = _REST_OF_SENTENCE.match(stream.text, start, end_of_cell(stream, start))
    return rest.end() if rest and is_wording(rest[0]) else None
