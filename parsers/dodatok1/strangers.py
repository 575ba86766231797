"""Lines in a value that look like fields which the form does not have: «Примітки: немає».

Whoever types the form anew adds fields of their own. What surely begins one ends the value; what
may begin one is left in it and shown to a clerk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from parsers.dodatok1.cut import Span
from parsers.dodatok1.found import Found
from parsers.dodatok1.reworded import Places
from parsers.dodatok1.stream import Segment, Stream
from parsers.reading import Cell, Emphasis

_NUMBER = re.compile(r"[^\S\n]*(\d{1,2})[.)]\s*(?=[^\W\d_])")
_OPENS = re.compile(
    r"[^\S\n]*(?:\d{1,2}[.)]\s*)?(?P<words>[А-ЯІЇЄҐ][^:\n\d_.;!?«»–—]{2,70})"
    r"(?P<sign>:(?=\s|\Z)|\s[–—-](?=\s))"
)
_MOST_WORDS = 8
_OF_THE_MATTER = re.compile(
    r"(?:дат|ден|дн|час|факт|ознак|коли|виявл|діт|дит|мат|бат|баб|дід|син|доньк|дочк|сест|брат|опік|сім|родин"
    r"|тел|моб|примітка\Z|зв.яз|контакт)",
    re.IGNORECASE,
)
"""How the words open that people set a colon behind inside a text: who it is, when it was."""

_ON_A_PERSON = re.compile(r"народж|\bвік\b|\(діти\)|\bд\.\s?н", re.IGNORECASE)


class Verdict(NamedTuple):
    """Where a value ends, if before its end, and whether anything in it may be another field."""

    end: int | None
    doubtful: bool


def judge(
    stream: Stream, label: Found, following: Found | None, spans: Sequence[Span], places: Places
) -> Verdict:
    """Whether a value holds a field that the form does not have.

    Args:
        stream: the text.
        label: what opens the value.
        following: the next label of the form.
        spans: where the value stands.
        places: where the form's labels stand, and how they look.
    """
    doubtful = False
    own, following_number = _number_of(stream, label), _number_of(stream, following)
    for start, end in _lines(stream, label, spans):
        number = _NUMBER.match(stream.text, start, end)
        numbered = own and number and own < int(number[1])
        if numbered and number and int(number[1]) < following_number:
            return Verdict(start, doubtful)
        if places.bold and _opens_bold(stream, start, end):
            return Verdict(start, doubtful=True)
        doubtful = doubtful or _may_open(stream, label, start, end)
    return Verdict(None, doubtful)


def _lines(stream: Stream, label: Found, spans: Sequence[Span]) -> Iterator[Span]:
    """The lines of a value, less the one that its label stands in."""
    own = stream.segment_at(max(label.end - 1, label.start))
    row, cell = stream.segments[own].row, stream.segments[own].line.cell
    for start, end in spans:
        for segment in stream.segments[stream.segment_at(start) :]:
            if segment.start >= end:
                break
            if segment.start >= start and segment.row != row and not _in_row(segment, cell):
                yield segment.start, min(segment.end, end)


def _in_row(segment: Segment, cell: Cell | None) -> bool:
    """Whether a stretch stands in another cell of a label's row: no label of a field is there."""
    other = segment.line.cell
    return cell is not None and other is not None and other != cell and other[:2] == cell[:2]


def _number_of(stream: Stream, label: Found | None) -> int:
    """The number that a label has on the form; 0 if none."""
    number = _NUMBER.match(stream.text, label.start, label.end) if label else None
    return int(number[1]) if number else 0


def _may_open(stream: Stream, label: Found, start: int, end: int) -> bool:
    """Whether a line opens with words and a sign as a label does."""
    opening = _OPENS.match(stream.text, start, end)
    if opening is None or len(opening["words"].split()) > _MOST_WORDS:
        return False
    if opening["sign"] != ":" and stream.text[label.end - 1] not in "–—-":
        return False
    first, *others = opening["words"].split()
    if any(word[0].isupper() for word in others) or _ON_A_PERSON.search(opening["words"]):
        return False  # a name
    return _OF_THE_MATTER.match(first) is None


def _opens_bold(stream: Stream, start: int, end: int) -> bool:
    """Whether a line opens in bold and goes on otherwise, or is followed by plain words."""
    opening = _OPENS.match(stream.text, start, end)
    if opening is None or opening["sign"] != ":":
        return False
    words = stream.words(start, opening.end())
    return all(Emphasis.BOLD in word.emphasis for word in words)
