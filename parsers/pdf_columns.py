"""Where a PDF page falls into parts that are read one after the other, and its lines into columns."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from parsers.pdf_drawing import Drawing
from parsers.reading import Word

_LYING = 1.15
"""Width by height of a page, from which on two upright pages may lie side by side on it."""
_MIDDLE = 0.08
"""How far from the middle, as a part of the width, the white between two pages may be."""
_LEAST_GUTTER = 12.0
"""Points of white between two pages."""
_LEAST_WORDS = 15
"""Words of a page that lies beside another one."""
_WIDE = 4.0
"""Widths of a space: a gap that parts columns."""
_EXACT = 1.0
"""Points by which the lines of one column may start apart in a file that holds its text."""
_LEAST_LINES = 3
"""Lines behind a wide gap that tell where a column begins."""


def halves(
    words: list[Word], drawing: Drawing, size: tuple[float, float] | None
) -> list[list[Word]]:
    """The words of a sheet, or of the two pages that were printed side by side on it."""
    if size is None or size[0] < _LYING * size[1]:
        return [words]
    edge = _gutter(words, drawing, size[0])
    left = [word for word in words if word.box and word.box.right <= edge]
    right = [word for word in words if not (word.box and word.box.right <= edge)]
    return [left, right] if min(len(left), len(right)) >= _LEAST_WORDS else [words]


def _gutter(words: list[Word], drawing: Drawing, wide: float) -> float:
    """Where the widest white strip near the middle of a sheet begins; 0 where there is none."""
    spans = [(w.box.left, w.box.right) for w in words if w.box]
    spans += [(rule.left, rule.right) for rule in drawing.across]
    reach, widest, edge = 0.0, _LEAST_GUTTER, 0.0
    for left, right in sorted(spans):
        near = abs((reach + left) / 2 - wide / 2) <= _MIDDLE * wide
        if near and left - reach >= widest:
            widest, edge = left - reach, reach
        reach = max(reach, right)
    return edge


def widen_gaps(rows: Sequence[list[Word]]) -> None:
    """Gives small gaps the width of those above or below them where they part the same two columns.

    Args:
        rows: the lines of a page or a part of it from top to bottom, with their gaps.
    """
    edges = _edges(rows)
    if not edges:
        return
    parted = [_parted_at(row, edges) for row in rows]
    for number, row in enumerate(rows):
        near = [n for n in (number - 1, number + 1) if 0 <= n < len(rows)]
        near = [n for n in near if abs(_left(rows[n][0]) - _left(row[0])) <= _EXACT]
        shared = {edge for n in near for edge in parted[n]}
        if not shared:
            continue
        for word in row[1:]:
            edge = _nearest(edges, _left(word))
            if edge in shared and 0 < word.gap < _WIDE:
                word.gap = _WIDE
                parted[number].add(edge)


def _edges(rows: Sequence[list[Word]]) -> list[float]:
    """Where several lines go on behind a wide gap."""
    starts = sorted(_left(word) for row in rows for word in row[1:] if word.gap >= _WIDE)
    groups: list[list[float]] = []
    for one in starts:
        if groups and one - groups[-1][0] <= _EXACT:
            groups[-1].append(one)
        else:
            groups.append([one])
    return [group[0] for group in groups if len(group) >= _LEAST_LINES]


def _parted_at(row: list[Word], edges: Sequence[float]) -> set[float | None]:
    wide = [_nearest(edges, _left(word)) for word in row[1:] if word.gap >= _WIDE]
    return {edge for edge in wide if edge is not None}


def _nearest(edges: Sequence[float], left: float) -> float | None:
    """The edge that a word starts at, if it starts at one."""
    at = bisect_left(edges, left - _EXACT)
    return edges[at] if at < len(edges) and abs(edges[at] - left) <= _EXACT else None


def _left(word: Word) -> float:
    return word.box.left if word.box else 0.0
