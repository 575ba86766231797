"""Finds the rings and frames that somebody drew round words, and takes them off the page."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.picture import Pixels
from parsers.picture_rules import Rect, Rules, both

_TALL_MM, _WIDE_MM = (3.8, 14.0), (7.0, 120.0)
"""How tall and wide a ring round words of one line is."""
_WIDER = 1.4
"""So many times as wide as tall is a ring at the least: a word is."""
_ENCLOSED = 0.6
"""How much of its rectangle a ring encloses at the least: less is an open stroke."""
_LETTER_MM = 2.6
"""Letters are thinner than this, the space within a ring is not."""
_GAP_MM = 0.35
"""Gaps of a ring that the scanner made."""
_STROKE_MM = 0.75
"""A ring's stroke is thinner than this."""
_UPRIGHT = 0.93
"""How inked a column is where a line parts two cells."""
_NEAR_MM = 0.6
"""How exactly a rule is seen."""
_THIN, _THIN_TOO = 0.8, 0.45
"""Along how much of its width a ring is but a thin stroke, and at its other side, where it may go
through the feet of letters: letters have stems."""


class Ring(NamedTuple):
    """A closed stroke round words.

    Attributes:
        place: its rectangle.
        inside: within that rectangle, what the ring encloses.
        band: the same, where the stroke itself runs.
    """

    place: Rect
    inside: NDArray[np.bool_]
    band: NDArray[np.bool_]

    def share_of(self, other: Rect) -> float:
        """How much of another rectangle the ring encloses."""
        top, left = max(other.top - self.place.top, 0), max(other.left - self.place.left, 0)
        within = self.inside[
            top : max(other.bottom - self.place.top, 0),
            left : max(other.right - self.place.left, 0),
        ]
        return float(within.sum()) / max(other.width * other.height, 1)


def find_rings(ink: Pixels, dpi: float) -> list[Ring]:
    """The rings and frames of a level page.

    Args:
        ink: the whole page's, its rules among it.
        dpi: pixels an inch.
    """
    mm = dpi / 25.4
    gap = max(round(_GAP_MM * mm), 2)
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((gap, gap), np.uint8))
    found = []
    for contour in cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)[0]:
        left, top, wide, tall = cv2.boundingRect(contour)
        if tall < _TALL_MM[0] * mm or wide < _WIDE_MM[0] * mm or tall > 2 * _TALL_MM[1] * mm:
            continue
        filled = np.zeros((tall, wide), np.uint8)
        cv2.drawContours(filled, [np.asarray(contour - (left, top), np.int32)], -1, 1, cv2.FILLED)
        inner, shape = _without_letters(filled, mm)
        place = Rect(left + inner.left, top + inner.top, left + inner.right, top + inner.bottom)
        if _has_size(place, mm) and shape.mean() >= _ENCLOSED:
            ring = _ring(place, shape, ink, mm)
            found += [ring] if ring else []
    return found


def _without_letters(filled: Pixels, mm: float) -> tuple[Rect, Pixels]:
    """The thick part of a closed shape, without the letters of other lines that its edge touches."""
    side = round(_LETTER_MM * mm)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    core = cv2.morphologyEx(filled, cv2.MORPH_OPEN, kernel, borderValue=0)
    # The pointed ends of a ring are thinner than letters are.
    grown = both(cv2.dilate(core, np.ones((1, side), np.uint8)), filled)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(grown)
    if len(stats) < 2:
        return Rect(0, 0, 0, 0), filled
    most = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))
    left, top, wide, tall, _ = stats[most].tolist()
    shape = labels[top : top + tall, left : left + wide] == most
    return Rect(left, top, left + wide, top + tall), shape.astype(np.uint8)


def _has_size(place: Rect, mm: float) -> bool:
    tall = _TALL_MM[0] * mm <= place.height <= _TALL_MM[1] * mm
    wide = _WIDE_MM[0] * mm <= place.width <= _WIDE_MM[1] * mm
    return tall and wide and place.width >= _WIDER * place.height


def _ring(place: Rect, filled: Pixels, ink: Pixels, mm: float) -> Ring | None:
    """The ring that a closed shape is, if its edge is a thin stroke and white comes behind it."""
    area = ink[place.top : place.bottom, place.left : place.right] > 0
    most = max(round(_STROKE_MM * mm), 2)
    edges = (_edge(area & (filled > 0)), _edge((area & (filled > 0))[::-1]))
    # At its ends a ring's stroke runs upright.
    middle = slice(place.width // 8, place.width - place.width // 8)
    if _is_parted(area, middle):
        return None
    thin = sorted(float((edge[middle] <= most).mean()) for edge in edges)
    if thin[0] < _THIN_TOO or thin[1] < _THIN:
        return None
    thick = int(np.median(np.concatenate([edge[middle] for edge in edges]))) + 2
    inside = cv2.erode(filled, np.ones((2 * thick + 1, 2 * thick + 1), np.uint8), borderValue=0)
    band = (filled > 0) & (inside == 0)
    return Ring(place, filled > 0, band & ~_letters_on(area, band, thick))


def _letters_on(area: NDArray[np.bool_], band: NDArray[np.bool_], thick: int) -> NDArray[np.bool_]:
    """The ink of a ring that letters which cross it need: ink goes on at both of its sides."""
    rest = np.asarray(area & ~band, np.uint8)
    bridged = np.zeros(area.shape, np.bool_)
    for kernel in (np.ones((2 * thick + 1, 1), np.uint8), np.ones((1, 2 * thick + 1), np.uint8)):
        bridged |= cv2.morphologyEx(rest, cv2.MORPH_CLOSE, kernel) > 0
    return bridged & area & band


def _is_parted(area: NDArray[np.bool_], middle: slice) -> bool:
    """Whether an upright line goes all through a shape: it is a table's row."""
    return bool((area[:, middle].mean(axis=0) > _UPRIGHT).any())


def _edge(area: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How thick the first ink of each column is, in pixels; as tall as the area where it has none."""
    tall = area.shape[0]
    first = area.argmax(axis=0)
    below = np.arange(tall)[:, None] >= first
    end = (below & ~area).argmax(axis=0)
    thick = np.where(end > first, end - first, tall)
    return np.asarray(np.where(area.any(axis=0), thick, tall), np.int64)


def without_rings(page: Pixels, rings: list[Ring]) -> Pixels:
    """A page without its rings, which recognition would take for letters."""
    if not rings:
        return page
    clean = page.copy()
    for place, _, band in rings:
        clean[place.top : place.bottom, place.left : place.right][band] = 255
    return clean


def without_frames(rules: Rules, rings: list[Rect], dpi: float) -> Rules:
    """The rules of a page but for those that a ring consists of: they part no cells."""
    near = round(_NEAR_MM * dpi / 25.4)
    return replace(
        rules,
        across=[rule for rule in rules.across if not _lies_in(rule, rings, near)],
        down=[rule for rule in rules.down if not _lies_in(rule, rings, near)],
    )


def _lies_in(rule: Rect, rings: list[Rect], near: int) -> bool:
    return any(
        ring.left - near <= rule.left
        and rule.right <= ring.right + near
        and ring.top - near <= rule.top
        and rule.bottom <= ring.bottom + near
        for ring in rings
    )
