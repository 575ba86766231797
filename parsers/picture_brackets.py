"""Finds options to be ticked between typed brackets: ``[ ]``, ``[x]``, ``( )``, ``(+)``."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from parsers.picture import Pixels
from parsers.picture_boxes import CheckBox
from parsers.picture_rules import Rect
from parsers.picture_shapes import frames_of

_TALL_MM = (2.4, 7.0)
"""How tall a bracket is."""
_SLIM = 0.42
"""A bracket is slimmer than this for its height."""
_APART = (0.1, 1.5)
"""How far apart the two of a pair stand, in their heights."""
_LEVEL = 0.14
"""By how much the two of a pair may differ, in their heights."""
_HOLLOW = 0.5
"""A bracket leaves more than this of the side that it opens to free of ink."""
_FULL = 0.75
"""How much of a bracket's back is ink, within its own width."""
_EMPTY, _TICKED = 0.015, 0.06
"""How much of the space between two brackets is ink at most where it is empty, and at least where
it is ticked."""
_LEAST = 2
"""So many empty pairs of one size show that brackets are there to be ticked."""
_SURE, _DOUBTFUL = 0.93, 0.6


class _Bracket(NamedTuple):
    """One bracket; ``opens``: it is the left one of its pair."""

    place: Rect
    opens: bool


def find_brackets(ink: Pixels, dpi: float) -> list[CheckBox]:
    """The pairs of brackets on a level page that have a mark or nothing between them."""
    mm = dpi / 25.4
    pairs = [_judged(pair, ink) for pair in _pairs(_brackets(ink, mm))]
    empty = [box for box in pairs if not box.ticked]
    kept = []
    for box in pairs:
        like = [e for e in empty if _alike(e.place.height, box.place.height)]
        if len(like) >= _LEAST:
            kept.append(box)
    return kept


def _brackets(ink: Pixels, mm: float) -> list[_Bracket]:
    least, most = (side * mm for side in _TALL_MM)
    found = []
    for left, top, wide, tall in frames_of(ink):
        if not (least <= tall <= most and 2 <= wide <= _SLIM * tall):
            continue
        area = ink[top : top + tall, left : left + wide] > 0
        opens = _opens(area)
        if opens is not None:
            found.append(_Bracket(Rect(left, top, left + wide, top + tall), opens))
    return found


def _opens(area: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> bool | None:
    """True for ``[`` and ``(``, False for ``]`` and ``)``, None for anything else."""
    tall, wide = area.shape
    middle = area[round(0.25 * tall) : round(0.75 * tall)]
    half = max(wide // 2, 1)
    left, right = middle[:, :half], middle[:, -half:]
    ends = np.concatenate([area[: max(tall // 6, 1)], area[-max(tall // 6, 1) :]])
    if float(left.any(axis=1).mean()) >= _FULL and float(right.mean()) < 1 - _HOLLOW:
        return True if float(ends[:, -half:].any(axis=1).mean()) > 0.2 else None
    if float(right.any(axis=1).mean()) >= _FULL and float(left.mean()) < 1 - _HOLLOW:
        return False if float(ends[:, :half].any(axis=1).mean()) > 0.2 else None
    return None


def _pairs(brackets: list[_Bracket]) -> list[tuple[Rect, Rect]]:
    """Each opening bracket with the nearest closing one of its line and size."""
    found = []
    closing = [bracket.place for bracket in brackets if not bracket.opens]
    for one in (bracket.place for bracket in brackets if bracket.opens):
        level = [
            other
            for other in closing
            if abs(other.top - one.top) <= _LEVEL * one.height + 1
            and abs(other.bottom - one.bottom) <= _LEVEL * one.height + 1
            and other.left > one.right
        ]
        nearest = min(level, key=lambda other: other.left, default=None)
        if nearest is None:
            continue
        gap = (nearest.left - one.right) / one.height
        if _APART[0] <= gap <= _APART[1]:
            found.append((one, nearest))
    return found


def _judged(pair: tuple[Rect, Rect], ink: Pixels) -> CheckBox:
    one, other = pair
    place = Rect(one.left, min(one.top, other.top), other.right, max(one.bottom, other.bottom))
    inside = ink[place.top : place.bottom, one.right + 1 : other.left - 1]
    share = float(inside.mean()) / 255 if inside.size else 0.0
    plain = share <= _EMPTY or share >= _TICKED
    return CheckBox(place, share > (_EMPTY + _TICKED) / 2, _SURE if plain else _DOUBTFUL)


def _alike(one: int, other: int) -> bool:
    return abs(one - other) <= max(_LEVEL * other, 2)
