"""Rows of two columns without rules: a label broken over lines at the left, its value at the right.

Read line by line, the value would stand in the middle of its label.
"""

from __future__ import annotations

from itertools import groupby

from rapidfuzz.distance import Levenshtein

from parsers.dodatok1.labels import BODY, RECIPIENT, SENDER
from parsers.dodatok1.stream import Segment, mended

_MOST_LINES = 8
"""Lines that a label is broken over at the most."""
_LIKE, _LIKE_OPENING = 0.88, 0.7
_LEAST_LETTERS = 12
_SAME = 4.0
"""Points by which the lines of one column may start apart."""
_LABELS = tuple(
    phrase
    for label in (SENDER, RECIPIENT, *BODY)
    if not label.hint or not label.rank
    for phrase in label.phrases
    if len(phrase) >= _LEAST_LETTERS
)
_OPENINGS = ("від", "відкого", "зарезультатами", "вжитізаходи", "вжитозаходи")
"""Labels that fit on a line, but not with their explanation."""
_Row = list[Segment]


def with_whole_labels(segments: list[Segment]) -> list[Segment]:
    """The segments, each label in pieces whole before its value."""
    rows = [list(row) for _, row in groupby(segments, key=lambda segment: segment.row)]
    result: list[Segment] = []
    at = 0
    while at < len(rows):
        count = _rows_of_label(rows[at : at + _MOST_LINES])
        block = rows[at : at + count]
        result += [row[0] for row in block] + [part for row in block for part in row[1:]]
        at += count
    return result


def _rows_of_label(rows: list[_Row]) -> int:
    """How many rows a label takes that begins in the first of them; 1 where it is not broken."""
    if rows[0][0].line.cell or not any([len(row) > 1 for row in rows]):
        return 1
    column = _left_column(rows)
    if len(column) < 2 or not any(len(row) > 1 for row in column):
        return 1
    if column[0][0].words[0].text.startswith("("):
        return 1  # an explanation below its value
    lefts = [_letters(row[0]) for row in column]
    for count in range(len(column), 1, -1):
        if lefts[0] and _is_label(lefts[:count]):
            return _with_bracket(column, count)
    if lefts[0] and any(lefts[0].startswith(opening) for opening in _OPENINGS):
        return _with_bracket(column, 1)
    return 1


def _left_column(rows: list[_Row]) -> list[_Row]:
    """The rows whose first segments stand below each other, and whose others do."""
    column: list[_Row] = []
    right: float | None = None
    for row in rows:
        edges = [segment.left_edge for segment in row]
        start = rows[0][0].left_edge
        if start is None or None in edges or row[0].line.cell or len(row) > 2:
            break
        if abs((edges[0] or 0.0) - start) > _SAME:
            break
        if len(row) > 1:
            right = right or edges[1]
            if right is None or abs((edges[1] or 0.0) - right) > _SAME:
                break
        column.append(row)
    return column


def _is_label(lines: list[str]) -> bool:
    """Whether a label opens in the first of some lines and ends in the last, not before it."""
    first, before, whole = lines[0], "".join(lines[:-1]), "".join(lines)
    for phrase in _LABELS:
        if not len(before) + 2 < len(phrase) <= len(whole) + 2:
            continue
        if Levenshtein.normalized_similarity(phrase[: len(first)], first) < _LIKE_OPENING:
            continue
        if Levenshtein.normalized_similarity(phrase, whole[: len(phrase)]) >= _LIKE:
            return True
    return False


def _with_bracket(column: list[_Row], count: int) -> int:
    """The rows of a label and those that the explanation opened in them goes on in."""
    text = ""
    for number, row in enumerate(column, start=1):
        text += _text(row[0])
        closed = text.count("(") <= text.count(")") or text.rstrip(" :").endswith(")")
        if number >= count and closed:
            return number
    return count


def _text(segment: Segment) -> str:
    return "".join((" " if word.gap else "") + word.text for word in segment.words)


def _letters(segment: Segment) -> str:
    text = mended(_text(segment)).lower()
    return "".join(filter(str.isalpha, text))
