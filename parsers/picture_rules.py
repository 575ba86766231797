"""Finds the ruled lines of a page of ink, and takes off those that hinder recognition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np

from parsers.picture import Pixels
from parsers.picture_shapes import shapes_of

_RULE_MM = 5.5
"""A straight stroke longer than this belongs to no letter."""
_UPRIGHT_MM = 5.0
_THICK_MM = 0.9
"""A ruled line is thinner than this."""
_PIECE_MM = 2.8
"""A broken line's pieces are longer than this."""
_DOT_MM, _APART_MM, _DOTTED_MM = 0.55, 1.5, 6.0
"""How large the dots of a dotted line are, how far apart, and how long it is at the least."""
_STANDS_MM, _BESIDE_MM = 1.2, 1.5
"""Letters stand no higher over their line; a line ends no further from them."""
_JOIN_MM = 1.6
"""Pieces of one line may stand so far apart."""


class Rect(NamedTuple):
    """A rectangle in pixels; right and bottom lie behind it."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """Pixels from left to right."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Pixels from top to bottom."""
        return self.bottom - self.top


@dataclass(slots=True)
class Rules:
    """The ruled lines of a page.

    Attributes:
        across: horizontal lines.
        down: vertical lines.
        mask: white where the ink of a line stands that belongs to no letter.
        upright: the part of it that belongs to vertical lines.
    """

    across: list[Rect]
    down: list[Rect]
    mask: Pixels
    upright: Pixels


def find_rules(ink: Pixels, dpi: float) -> Rules:
    """The straight lines on a level page."""
    mm = dpi / 25.4
    across, flat = _straight(ink, _PIECE_MM * mm, _RULE_MM * mm, mm)
    down, upright = _straight(np.ascontiguousarray(ink.T), _UPRIGHT_MM * mm, _UPRIGHT_MM * mm, mm)
    upright = np.ascontiguousarray(upright.T)
    thick = round(_THICK_MM * mm) | 1
    keep_flat = _letters_on(ink, flat, np.ones((thick + 2, 1), np.uint8))
    keep_upright = _letters_on(ink, upright, np.ones((1, thick + 2), np.uint8))
    upright = np.asarray(upright & ~keep_upright, np.uint8)
    dotted, dots = _dotted(ink, mm)
    mask = np.asarray((flat & ~keep_flat) | upright | dots, np.uint8)
    turned = [Rect(r.top, r.left, r.bottom, r.right) for r in down]
    return Rules(across + dotted, turned, mask, upright)


def without_blanks(grey: Pixels, ink: Pixels, rules: Rules, dpi: float) -> Pixels:
    """The page without its ruled lines, but for those that text stands on.

    A letter's feet are lost with the line under it, while recognition reads underlined words well.
    """
    mm = dpi / 25.4
    deep, wide = round(_STANDS_MM * mm), round(_BESIDE_MM * mm)
    letters = np.asarray(ink & ~rules.mask, np.uint8)
    stands = cv2.dilate(letters, np.ones((deep, 1), np.uint8), anchor=(0, deep - 1))
    stands = cv2.dilate(stands, np.ones((1, wide), np.uint8))
    page = grey.copy()
    page[((rules.mask > 0) & (stands == 0)) | (rules.upright > 0)] = 255
    return page


def _straight(ink: Pixels, piece: float, length: float, mm: float) -> tuple[list[Rect], Pixels]:
    """The horizontal lines of at least so many pixels, whole or in pieces, and all of their ink."""
    # A line that climbs by a pixel here and there, or is broken, is a line still.
    thicker = cv2.dilate(ink, np.ones((2, 1), np.uint8))
    core = cv2.morphologyEx(thicker, cv2.MORPH_OPEN, np.ones((1, round(piece)), np.uint8))
    core = both(core, ink)
    joined = cv2.morphologyEx(
        core, cv2.MORPH_CLOSE, np.ones((1, round(_JOIN_MM * mm)), np.uint8), borderValue=0
    )
    shapes = shapes_of(np.asarray(cv2.dilate(joined, np.ones((3, 1), np.uint8)), np.uint8))
    wide = shapes.frames[:, 2]
    taken = (wide >= length) & (shapes.areas <= (_THICK_MM * mm + 2) * wide)
    rules = [
        Rect(left, top + 1, left + width, max(top + height - 1, top + 2))
        for left, top, width, height in shapes.frames[taken].tolist()
    ]
    near = cv2.dilate(shapes.drawn(taken), np.ones((3, 3), np.uint8))
    return rules, both(near, ink)


def _dotted(ink: Pixels, mm: float) -> tuple[list[Rect], Pixels]:
    """Rows of dots to write on, and their ink."""
    shapes = shapes_of(ink)
    sides = shapes.frames[:, 2:]
    dots = shapes.drawn((sides.max(axis=1) <= _DOT_MM * mm) & (sides.min(axis=1) >= 2))
    joined = cv2.morphologyEx(dots, cv2.MORPH_CLOSE, np.ones((1, round(_APART_MM * mm)), np.uint8))
    rows = shapes_of(np.asarray(joined, np.uint8))
    long = (rows.frames[:, 2] >= _DOTTED_MM * mm) & (rows.frames[:, 3] <= 2 * _DOT_MM * mm)
    rules = [
        Rect(left, top, left + wide, top + tall)
        for left, top, wide, tall in rows.frames[long].tolist()
    ]
    return rules, both(rows.drawn(long), dots)


def both(one: object, other: Pixels) -> Pixels:
    """What is ink in both."""
    return np.asarray(np.asarray(one, np.uint8) & other, np.uint8)


def _letters_on(ink: Pixels, line: Pixels, kernel: Pixels) -> Pixels:
    """The ink of a line that letters which cross it need: ink goes on at both of its sides."""
    rest = np.asarray(ink & ~line, np.uint8)
    bridged = cv2.morphologyEx(rest, cv2.MORPH_CLOSE, kernel)
    return both(bridged, line)
