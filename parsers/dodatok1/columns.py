"""Columns that are read to their foot: those of a newspaper, and labels beside each other.

Line by line, the lines of two columns would stand among each other. What a column is, its labels
tell: in a newspaper's columns all of the left one come before all of the right one on the form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from parsers.dodatok1.labels import BODY, HEAD, RECIPIENT, SENDER
from parsers.dodatok1.stream import Segment, mended
from parsers.reading import Word

_OPENING_WORDS = 8
_SAME = 6.0
"""Points by which the lines of one column may start apart."""
_PAST = 3.0
"""Points by which a line reaches into the next column that runs across both."""
_LEAST_LABELS = 2
"""Labels in each of two columns."""
_SURE_LETTERS = 6
"""Letters of a phrase that opens a line as a label, whatever follows."""
_FROM = "від"
"""Who reports, or without a colon the date of the journal's mark."""
_MOST_VALUE_LINES = 8
"""Lines below two labels that stand beside each other."""
_RANKS = {
    phrase: label.rank
    for label in (*HEAD, *BODY)
    if label.key and (not label.hint or label in (SENDER, RECIPIENT))
    for phrase in label.phrases
}
_KEY = 3
"""Letters that phrases are looked up by."""
_BY_OPENING = {
    key: tuple(phrases)
    for key, phrases in groupby(
        sorted(_RANKS, key=lambda phrase: (phrase[:_KEY], -len(phrase))), key=lambda p: p[:_KEY]
    )
}
"""The phrases by their first letters, the longest first."""
_OPENERS = frozenset(phrase[0] for phrase in _RANKS)
_NUMBER = re.compile(r"\d{1,2}[.)]?", re.ASCII)
_LEAST_COUNTED = 5
"""Numbers below each other that count the rows of a form."""
_SAME_NUMBERS = 14.0
"""Points by which numbers of one column may start apart: of one figure, of two, in the middle."""
_PLAIN_LABEL = re.compile(r"[^\d_☐☒✓]+")
_Row = list[Segment]


def with_columns_in_turn(segments: list[Segment]) -> list[Segment]:
    """The segments, a newspaper's right column behind its left one; their rows are counted anew."""
    if not any(_rank(segment) for segment in _beside_others(segments)):
        return segments
    result: list[Segment] = []
    for (page, in_cell), group in groupby(segments, key=lambda s: (s.line.page, bool(s.line.cell))):
        part = list(group)
        result += part if page is None or in_cell else _of_page(part)
    for row, (_, same) in enumerate(groupby(result, key=lambda segment: segment.row)):
        for segment in list(same):
            segment.row = row
    return result


def without_row_numbers(segments: list[Segment]) -> list[Segment]:
    """The segments less those that only number the rows, in a column of their own without rules."""
    numbers = [
        one
        for one, other in pairwise(segments)
        if one.row == other.row and len(one.words) == 1 and not one.right and _is_number(one)
    ]
    counted = [int(segment.words[0].text.rstrip(".)")) for segment in numbers]
    if len(numbers) < _LEAST_COUNTED or not _is_count(counted):
        return segments
    edges = [segment.left_edge or 0.0 for segment in numbers]
    if max(edges) - min(edges) > _SAME_NUMBERS:
        return segments
    rows, gone = {segment.row for segment in numbers}, set(map(id, numbers))
    result = [segment for segment in segments if id(segment) not in gone]
    for before, segment in pairwise([None, *result]):
        if segment and segment.row in rows and (before is None or before.row != segment.row):
            segment.right = False
    return result


def _is_number(segment: Segment) -> bool:
    placed = segment.left_edge is not None and segment.line.cell is None
    return placed and _NUMBER.fullmatch(segment.words[0].text) is not None


def _is_count(numbers: Sequence[int]) -> bool:
    return all(other == one + 1 for one, other in pairwise(numbers))


def with_labels_apart(segments: list[Segment]) -> list[Segment]:
    """The segments, of labels beside each other each before the values that stand below it."""
    rows = [list(row) for _, row in groupby(segments, key=lambda segment: segment.row)]
    result: list[Segment] = []
    at = 0
    while at < len(rows):
        values = _values_below(rows, at) if len(rows[at]) > 1 else []
        if values:
            edges = [segment.left_edge or 0.0 for segment in rows[at]]
            for number, label in enumerate(rows[at]):
                below = [s for row in values for s in row if _column_of(s, edges) == number]
                result += [label, *below]
        else:
            result += rows[at]
        at += 1 + len(values)
    return result


def _beside_others(segments: Sequence[Segment]) -> Iterator[Segment]:
    """The segments that have another one at their left, on a page and in no cell."""
    for before, segment in pairwise(segments):
        if (
            before.row == segment.row
            and segment.line.cell is None
            and segment.line.page is not None
        ):
            yield segment


def _of_page(segments: list[Segment]) -> list[Segment]:
    """The free lines of a page, or a part of it, with its two columns in turn if it has two."""
    labels = [(segment, rank) for segment in segments if (rank := _rank(segment)) is not None]
    edge = _edge(labels)
    if edge is None:
        return segments
    run = _run(segments, edge, labels)
    inside = {id(segment) for segment in run}
    ranks = [(_is_right(s, edge), rank) for s, rank in labels if id(s) in inside]
    left = [rank for is_right, rank in ranks if not is_right]
    right = [rank for is_right, rank in ranks if is_right]
    if min(len(left), len(right)) < _LEAST_LABELS or max(left) >= min(right):
        return segments
    first = next(n for n, segment in enumerate(segments) if id(segment) in inside)
    columns = [s for s in run if not _is_right(s, edge)], [s for s in run if _is_right(s, edge)]
    for segment in columns[1]:
        segment.right = False
    return [*segments[:first], *columns[0], *columns[1], *segments[first + len(run) :]]


def _edge(labels: Sequence[tuple[Segment, int]]) -> float | None:
    """Where most labels start that do not start at the left."""
    edges = [segment.left_edge for segment, _ in labels]
    starts = [edge for edge in edges if edge is not None]
    leftmost = min(starts, default=0.0)
    others = [edge for edge in starts if edge > leftmost + 10 * _SAME]
    best = max(others, key=lambda e: sum(abs(e - other) < _SAME for other in others), default=None)
    return None if best is None else min(e for e in others if abs(e - best) < _SAME)


def _run(
    segments: list[Segment], edge: float, labels: Sequence[tuple[Segment, int]]
) -> list[Segment]:
    """The longest row of lines from a label on of which none runs across an edge."""
    best: list[Segment] = []
    run: list[Segment] = []
    opens = {id(segment) for segment, _ in labels}
    for _, group in groupby(segments, key=lambda segment: segment.row):
        row = list(group)
        if any(_crosses(segment, edge) for segment in row):
            run = []
        elif run or any(id(segment) in opens for segment in row):
            run += row
        best = max(best, run, key=len)
    return best


def _crosses(segment: Segment, edge: float) -> bool:
    box = segment.words[-1].box
    return box is not None and not _is_right(segment, edge) and box.right > edge + _PAST


def _is_right(segment: Segment, edge: float) -> bool:
    return (segment.left_edge or 0.0) >= edge - _SAME


def _values_below(rows: Sequence[_Row], at: int) -> list[_Row]:
    """The rows of values below a row of labels; none where they stand in no such columns."""
    labels = rows[at]
    edges = [segment.left_edge for segment in labels]
    if None in edges or not all(_is_plain_label(segment) for segment in labels):
        return []
    values: list[_Row] = []
    aligned = False
    for row in rows[at + 1 : at + 1 + _MOST_VALUE_LINES]:
        if any(s.line.cell or s.line.page != labels[0].line.page for s in row):
            break
        if any(_crosses(s, edge or 0.0) for s in row for edge in edges[1:]):
            break
        if any(_rank(segment) is not None for segment in row):
            break
        starts = [s.left_edge or 0.0 for s in row]
        aligned |= any(abs(start - (edge or 0.0)) < _SAME for edge in edges for start in starts)
        values.append(row)
    return values if aligned else []


def _column_of(segment: Segment, edges: Sequence[float]) -> int:
    """The number of the label that a segment stands under."""
    left = (segment.left_edge or 0.0) + _SAME
    return max((n for n, edge in enumerate(edges) if edge <= left), default=0)


def _is_plain_label(segment: Segment) -> bool:
    """Whether a segment is a whole label and nothing else: no blank, no figure, no box."""
    if segment.line.cell is not None or segment.words[0].text[:1].lower() not in _OPENERS:
        return False
    text = " ".join(word.text for word in segment.words)
    return _PLAIN_LABEL.fullmatch(text) is not None and _letters(segment.words) in _RANKS


def _rank(segment: Segment) -> int | None:
    """The place on the form of the label that a segment opens with; 0 in its head, None for none."""
    if segment.words[0].text.lstrip("№( ")[:1].lower() not in _OPENERS:
        return None
    letters = _letters(segment.words[:_OPENING_WORDS])
    for phrase in _BY_OPENING.get(letters[:_KEY], ()):
        if not letters.startswith(phrase):
            continue
        if len(phrase) >= _SURE_LETTERS or (letters == phrase and _is_alone(segment, phrase)):
            return _RANKS[phrase]
    return None


def _is_alone(segment: Segment, phrase: str) -> bool:
    """Whether no figure, blank or box stands at a short phrase; «від» needs a colon besides."""
    text = " ".join(word.text for word in segment.words)
    plain = _PLAIN_LABEL.fullmatch(text) is not None
    return plain and (phrase != _FROM or text.endswith(":"))


def _letters(words: Sequence[Word]) -> str:
    text = mended(" ".join(word.text for word in words)).lower()
    return "".join(char for char in text if char.isalpha() or char == "№")
