"""Squares of a check box's size: drawn twice they are one, drawn as four rules they are one as well."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from parsers.reading import Box

_NEAR = 3.0
"""Points that the middles of two outlines of one box may lie apart."""
_MEET = 1.2
"""Points by which the rules round one box may miss each other."""
_SQUARE = (0.75, 1.33)
"""Width by height."""
_Grid = dict[tuple[int, int], list[Box]]


def distinct(boxes: Iterable[Box]) -> list[Box]:
    """The boxes, those that lie in each other as one: a border and what is painted within it."""
    places: _Grid = defaultdict(list)
    kept: list[Box] = []
    for box in boxes:
        x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        if any(_holds(other, x, y) for other in _near(places, x, y, _NEAR)):
            continue
        places[round(x / _NEAR), round(y / _NEAR)].append(box)
        kept.append(box)
    return kept


def squares_of_rules(
    across: list[Box], down: list[Box], sides: tuple[float, float]
) -> tuple[list[Box], list[Box], list[Box]]:
    """The squares that rules of their own enclose, and the rules that are left.

    Args:
        across: horizontal rules.
        down: vertical rules.
        sides: the least and the greatest side of a square, in points.
    """
    flat = [rule for rule in across if sides[0] <= rule.right - rule.left <= sides[1]]
    upright = [rule for rule in down if sides[0] <= rule.bottom - rule.top <= sides[1]]
    if len(flat) < 2 or len(upright) < 2:
        return [], across, down
    below, beside = _by_corner(flat), _by_corner(upright)
    squares: list[Box] = []
    used: set[int] = set()
    for top in flat:
        frame = _closed(top, below, beside, sides)
        if frame and not any(id(rule) in used for rule in frame):
            used.update(id(rule) for rule in frame)
            squares.append(frame[0].around(frame[1]).around(frame[2]).around(frame[3]))
    return (
        squares,
        [rule for rule in across if id(rule) not in used],
        [rule for rule in down if id(rule) not in used],
    )


def _closed(
    top: Box, below: _Grid, beside: _Grid, sides: tuple[float, float]
) -> tuple[Box, Box, Box, Box] | None:
    """The four rules of the square that a rule is the upper side of, if the others are there."""
    wide = top.right - top.left
    left = _starting(beside, top.left, top.top)
    right = _starting(beside, top.right, top.top)
    if left is None or right is None or abs(left.bottom - right.bottom) > _MEET:
        return None
    if not _SQUARE[0] < wide / max(left.bottom - left.top, sides[0]) < _SQUARE[1]:
        return None
    bottom = _starting(below, top.left, left.bottom)
    if bottom is None or bottom is top or abs(bottom.right - top.right) > _MEET:
        return None
    return top, bottom, left, right


def _by_corner(rules: Iterable[Box]) -> _Grid:
    places: _Grid = defaultdict(list)
    for rule in rules:
        places[round(rule.left / _MEET), round(rule.top / _MEET)].append(rule)
    return places


def _starting(places: _Grid, x: float, y: float) -> Box | None:
    """The rule that starts at a point."""
    for rule in _near(places, x, y, _MEET):
        if abs(rule.left - x) <= _MEET and abs(rule.top - y) <= _MEET:
            return rule
    return None


def _near(places: _Grid, x: float, y: float, step: float) -> Iterable[Box]:
    column, row = round(x / step), round(y / step)
    for near_column in (column - 1, column, column + 1):
        for near_row in (row - 1, row, row + 1):
            yield from places.get((near_column, near_row), ())


def _holds(box: Box, x: float, y: float) -> bool:
    middle = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return abs(middle[0] - x) <= _NEAR and abs(middle[1] - y) <= _NEAR
