"""Finds what is drawn on a page of ink: ruled lines, check boxes and how they are ticked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np

from parsers.picture import Pixels

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
    core = _both(core, ink)
    joined = cv2.morphologyEx(
        core, cv2.MORPH_CLOSE, np.ones((1, round(_JOIN_MM * mm)), np.uint8), borderValue=0
    )
    joined = np.asarray(cv2.dilate(joined, np.ones((3, 1), np.uint8)), np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    rules, taken = [], np.zeros(len(stats), np.bool_)
    for number, (left, top, width, height, area) in enumerate(stats.tolist()):
        thin = area / max(width, 1) <= _THICK_MM * mm + 2
        if number and width >= length and thin:
            rules.append(Rect(left, top + 1, left + width, max(top + height - 1, top + 2)))
            taken[number] = True
    near = cv2.dilate(
        np.where(taken[labels], np.uint8(255), np.uint8(0)), np.ones((3, 3), np.uint8)
    )
    return rules, _both(near, ink)


def _dotted(ink: Pixels, mm: float) -> tuple[list[Rect], Pixels]:
    """Rows of dots to write on, and their ink."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    sides = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]]
    small = (sides.max(axis=1) <= _DOT_MM * mm) & (sides.min(axis=1) >= 2)
    small[0] = False
    dots = np.where(small[labels], np.uint8(255), np.uint8(0))
    joined = cv2.morphologyEx(dots, cv2.MORPH_CLOSE, np.ones((1, round(_APART_MM * mm)), np.uint8))
    _, rows, spans, _ = cv2.connectedComponentsWithStats(np.asarray(joined, np.uint8))
    long = (spans[:, cv2.CC_STAT_WIDTH] >= _DOTTED_MM * mm) & (
        spans[:, cv2.CC_STAT_HEIGHT] <= 2 * _DOT_MM * mm
    )
    long[0] = False
    rules = [
        Rect(left, top, left + wide, top + tall)
        for left, top, wide, tall, _ in spans[long].tolist()
    ]
    return rules, np.where(long[rows], dots, np.uint8(0))


def _both(one: object, other: Pixels) -> Pixels:
    return np.asarray(np.asarray(one, np.uint8) & other, np.uint8)


def _letters_on(ink: Pixels, line: Pixels, kernel: Pixels) -> Pixels:
    """The ink of a line that letters which cross it need: ink goes on at both of its sides."""
    rest = np.asarray(ink & ~line, np.uint8)
    bridged = cv2.morphologyEx(rest, cv2.MORPH_CLOSE, kernel)
    return _both(bridged, line)


# --- check boxes --------------------------------------------------------------------------------

_SIDES_MM = (2.15, 5.2)
"""The side of a check box; the letters that look like one are smaller."""
_INK_TICKED, _INK_EMPTY = 0.09, 0.03
"""How much of a box is ink where it is ticked for certain, and where it is empty for certain."""
_CORNER_COVERED = 0.5
_SIDE_COVERED = 0.88
"""How much of each side is ink, whatever the scanner lost."""
_UNLIKE = 0.28
"""How much larger or smaller than the others a box of the same page may be."""
_SOLID = 0.74
"""What is inked more than this is a filled circle or square, no outline that a pen went over."""
_RING = 0.5
"""An empty circle's line is less of its square than this."""
_ROUND_SURE = 0.9
_OVERDRAWN_COVERED = 0.8
_OUTLINE_COVERED = 0.92
"""The same for the whole outline of a box that a pen went over."""


class CheckBox(NamedTuple):
    """A printed square to be ticked.

    Attributes:
        place: its outline.
        ticked: whether there is ink in it.
        confidence: how plain that is, 0..1.
    """

    place: Rect
    ticked: bool
    confidence: float


def find_boxes(ink: Pixels, dpi: float) -> list[CheckBox]:
    """The check boxes of a level page; a tick may reach over their edges."""
    mm = dpi / 25.4
    places: list[Rect] = []
    for rect in _squares(_strokes(ink, mm), ink, mm):
        if not any(_overlap(rect, other) for other in places):
            places.append(rect)
    places = _alike(places)
    places += _overdrawn(ink, places, mm)
    found = [_judged(rect, ink, mm) for rect in places]
    return found + [box for box in _solids(ink, mm) if not _meets(box.place, places)]


def _alike(places: list[Rect]) -> list[Rect]:
    """The boxes of the size that most of a page's boxes have: a letter among them is none."""
    usual = float(np.median([place.width for place in places])) if len(places) > 2 else 0.0
    return [p for p in places if not usual or abs(p.width - usual) <= _UNLIKE * usual]


def _strokes(ink: Pixels, mm: float) -> list[Rect]:
    """Level strokes of the length of a box's side."""
    length = max(round(_SIDES_MM[0] * mm * 0.8), 5)
    thick = cv2.dilate(ink, np.ones((2, 1), np.uint8))
    core = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    stats = cv2.connectedComponentsWithStats(_both(core, ink), connectivity=8)[2]
    return [
        Rect(left, top, left + width, top + height)
        for left, top, width, height, _ in stats[1:].tolist()
        if _SIDES_MM[0] * mm <= width + 2 <= _SIDES_MM[1] * mm and height < 0.8 * mm + 1
    ]


def _squares(strokes: list[Rect], ink: Pixels, mm: float) -> list[Rect]:
    """Two strokes of one length, one above the other as far as they are long, with both sides."""
    strokes = sorted(strokes)
    result = []
    slack = 0.3 * mm
    for number, one in enumerate(strokes):
        for other in strokes[number + 1 :]:
            if other.left - one.left > slack + 1:
                break
            upper, lower = sorted((one, other), key=lambda r: r.top)
            left, right = min(one.left, other.left), max(one.right, other.right)
            square = Rect(left, upper.top, right, lower.bottom)
            if _is_square(square, upper, lower, mm) and _has_sides(square, ink, mm):
                result.append(square)
    return sorted(result, key=lambda r: r.width * r.height)


def _is_square(square: Rect, upper: Rect, lower: Rect, mm: float) -> bool:
    least, most = _SIDES_MM
    return (
        least * mm <= square.height <= most * mm
        and 0.82 <= square.width / square.height <= 1.22
        and abs(upper.width - lower.width) <= 0.2 * square.width
    )


def _has_sides(square: Rect, ink: Pixels, mm: float, *, overdrawn: bool = False) -> bool:
    """Whether all four sides are ink, and the four corners: round letters have none."""
    thick = max(round(0.25 * mm), 2)
    area = ink[square.top : square.bottom, square.left : square.right] > 0
    near, far = slice(thick), slice(-thick, None)
    corners = (area[y, x] for y in (near, far) for x in (near, far))
    if not overdrawn and any(float(corner.mean()) < _CORNER_COVERED for corner in corners):
        return False
    least = _OVERDRAWN_COVERED if overdrawn else _SIDE_COVERED
    sides = (area[near], area[far], area[:, near].T, area[:, far].T)
    return all(float(side.any(axis=0).mean()) >= least for side in sides)


def _overlap(one: Rect, other: Rect) -> bool:
    return (
        min(one.right, other.right) - max(one.left, other.left) > 0
        and min(one.bottom, other.bottom) - max(one.top, other.top) > 0
    )


def _meets(place: Rect, others: list[Rect]) -> bool:
    return any(_overlap(place, other) for other in others)


def _solids(ink: Pixels, mm: float) -> list[CheckBox]:
    """Filled circles and squares, and beside such the empty circles of their size."""
    stats = cv2.connectedComponentsWithStats(ink, connectivity=8)[2]
    full: list[Rect] = []
    hollow: list[Rect] = []
    for left, top, wide, tall, area in stats[1:].tolist():
        if not (_SIDES_MM[0] * mm <= min(wide, tall) and max(wide, tall) <= _SIDES_MM[1] * mm):
            continue
        place, share = Rect(left, top, left + wide, top + tall), area / (wide * tall)
        if 0.85 <= wide / tall <= 1.18 and _is_free(place, ink):
            if share >= _SOLID:
                full.append(place)
            elif share < _RING and _share_inside(place, ink, mm) < _INK_EMPTY:
                hollow.append(place)
    rings = [
        place
        for place in hollow
        if any(abs(place.width - other.width) <= _UNLIKE * other.width for other in full)
    ]
    boxes = [CheckBox(place, ticked=True, confidence=_ROUND_SURE) for place in full]
    return boxes + [CheckBox(place, ticked=False, confidence=_ROUND_SURE) for place in rings]


def _is_free(place: Rect, ink: Pixels) -> bool:
    """Whether white stands at both sides of a shape: a letter has others beside it."""
    gap = max(place.width // 4, 2)
    left = ink[place.top : place.bottom, max(place.left - gap, 0) : place.left]
    right = ink[place.top : place.bottom, place.right : place.right + gap]
    return not left.any() and not right.any()


def _overdrawn(ink: Pixels, known: list[Rect], mm: float) -> list[Rect]:
    """Boxes hidden under a pen's strokes: outlines like the known ones, in their rows."""
    if len(known) < 2:
        return []
    side = int(np.median([max(rect.width, rect.height) for rect in known]))
    found: list[Rect] = []
    for row in {rect.top // side: rect for rect in known}.values():
        top = max(row.top - side // 4, 0)
        for left, down in _outlines(ink[top : row.bottom + side // 4], side):
            rect = Rect(left, top + down, left + side, top + down + side)
            free = not any(_overlap(rect, other) for other in (*known, *found))
            solid = _share_inside(rect, ink, mm) > _SOLID
            if free and not solid and _has_sides(rect, ink, mm, overdrawn=True):
                found.append(rect)
    return found


def _outlines(strip: Pixels, side: int) -> list[tuple[int, int]]:
    """Where in a strip the outline of a square is nearly all ink, the best first."""
    thick = cv2.dilate(strip, np.ones((3, 3), np.uint8))
    outline = np.zeros((side, side), np.float32)
    outline[[0, -1]] = outline[:, [0, -1]] = 1 / (4 * side - 4)
    if strip.shape[0] < side or strip.shape[1] < side:
        return []
    match = cv2.matchTemplate((thick > 0).astype(np.float32), outline, cv2.TM_CCORR)
    tops, lefts = np.nonzero(match >= _OUTLINE_COVERED)
    order = np.argsort(-match[tops, lefts])
    return [(int(lefts[n]), int(tops[n])) for n in order[:200]]


def _judged(rect: Rect, ink: Pixels, mm: float) -> CheckBox:
    """Whether a box is ticked, by the ink well inside it."""
    share = _share_inside(rect, ink, mm)
    middle = (_INK_TICKED + _INK_EMPTY) / 2
    distance = abs(share - middle) / (middle - _INK_EMPTY)
    return CheckBox(rect, share > middle, min(1.0, 0.5 + 0.5 * distance))


def _share_inside(rect: Rect, ink: Pixels, mm: float) -> float:
    """How much of a box is ink, well inside its outline."""
    inset = max(round(0.22 * rect.height), round(0.45 * mm))
    inside = ink[rect.top + inset : rect.bottom - inset, rect.left + inset : rect.right - inset]
    return float(inside.mean()) / 255 if inside.size else 0.0
