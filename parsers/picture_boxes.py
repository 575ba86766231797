"""Finds the check boxes and circles of a level page, and how each of them is ticked."""

from __future__ import annotations

import itertools
from typing import NamedTuple

import cv2
import numpy as np

from parsers.picture import Pixels
from parsers.picture_rules import Rect, both
from parsers.picture_shapes import frames_of, shapes_of

_SIDES_MM = (1.9, 5.2)
"""The side of a check box."""
_INK_TICKED, _INK_EMPTY = 0.09, 0.03
"""How much of a box is ink where it is ticked for certain, and where it is empty for certain."""
_CORNER_COVERED = 0.5
_LETTERS_MM, _LETTERS = (0.9, 4.0), 60
"""How tall letters are, and how many a page of text holds at the least."""
_LARGER = 1.08
"""A box is so many times as tall as a small letter at the least."""
_LETTER_MM, _LOPSIDED = 2.15, 0.1
"""The letters that look like a box are smaller, a larger box may have lost a corner; how much a box
may be wider or narrower than tall."""
_SIDE_COVERED = 0.86
"""How much of each side is ink, whatever the scanner lost."""
_UNLIKE, _UNLIKE_PIXELS = 0.15, 3
"""How much larger or smaller than the others a box of the same page may be,
if that is more than some pixels."""
_SOLID = 0.74
"""What is inked more than this is a filled circle or square, no outline that a pen went over."""
_RING = 0.5
"""An empty circle's line is less of its square than this."""
_ROUND_SURE = 0.9
_RING_MM = (1.0, 5.2)
"""How wide a circle to be filled is."""
_ROUND = (0.66, 0.88)
"""How much of its square what a circle encloses covers; 0.785 by rule."""
_CORE_EMPTY, _CORE_FULL = 0.12, 0.6
"""How much of a circle's middle is ink where it is empty, and where it is filled or dotted."""
_DOT_MM = 1.2
"""The same in line with boxes: there a filled one may be smaller than the empty."""
_CORE_SOLID = 0.97
"""The same of a filled circle or square of its own: bold letters have some white there."""
_LEAST_ROW, _LEAST_PAGE = 2, 3
"""So many circles stand in one row, or on a page: a letter stands alone."""
_BESIDE, _BESIDE_INK = (0.09, 0.25), (0.4, 0.65)
"""What a box has beside it, in sides: letters stand nearer; and along how much of
its left and right side ink stands where a letter is: a pen's stroke only crosses there."""
_MORE, _LINE_INK = 0.12, 0.6
"""How far beside its level lines a box's upright ones may stand, in sides; how inked they are."""
_FRAME = 0.5
"""How far round a box a pen's stroke is looked for, in sides."""
_SPILT, _INK_LITTLE, _SPILT_SURE = 0.07, 0.012, 0.85
"""Ink that goes out of a box beyond what the empty ones have, in squares of its side, and the least
ink inside, if a pen ticked it and missed; and how sure that is."""
_IN_COLUMN, _NEXT, _OTHER_SIZE = 0.35, 3.2, (0.7, 1.45)
"""In box sides: how exactly the boxes of a column stand below each other, and how near; and how
large one of another size is."""
_SPACE_ROUND = 0.45
"""White beside a circle, in its widths: letters stand nearer to each other."""
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


def find_boxes(ink: Pixels, dpi: float, ruled: Pixels | None = None) -> list[CheckBox]:
    """The check boxes of a level page; a tick may reach over their edges.

    Args:
        ink: the page's ink without its rules.
        dpi: pixels an inch.
        ruled: the same with its rules: the sides of boxes that touch each other run on as one.
    """
    mm = dpi / 25.4
    letter = _letter_height(ink, mm)
    rings = _rings(ink, mm)
    places: list[Rect] = []
    for rect in _squares(_strokes(ink, mm), ink, mm):
        free = not _meets(rect, [*places, *(ring.place for ring in rings)])
        whole = _whole(rect, ink)
        lopsided = abs(whole.width - whole.height) > max(_LOPSIDED * whole.height, 2)
        large = rect.height >= _LARGER * letter
        if free and large and not lopsided and _stands_free(rect, ink):
            places.append(rect)
    places, others = _alike(places), places
    places += [rect for rect in others if rect not in places and _is_below(rect, places)]
    places += _stacked(ink if ruled is None else ruled, places, mm)
    places += [rect for rect in _overdrawn(ink, places, mm) if _stands_free(rect, ink)]
    found = _compared([_judged(rect, ink, mm) for rect in places], ink, mm)
    known = [*places, *(ring.place for ring in rings)]
    return found + rings + [box for box in _solids(ink, known, mm) if not _meets(box.place, known)]


def _letter_height(ink: Pixels, mm: float) -> float:
    """How tall the small letters of a page mostly are, in pixels; 0 on a page without letters."""
    _, _, wide, tall = np.reshape(frames_of(ink), (-1, 4)).T
    least, most = (side * mm for side in _LETTERS_MM)
    letters = tall[(tall >= least) & (tall <= most) & (wide >= 0.5 * tall) & (wide <= 2 * tall)]
    return float(np.percentile(letters, 35)) if len(letters) >= _LETTERS else 0.0


def _stands_free(place: Rect, ink: Pixels) -> bool:
    """Whether no letter stands at a box's side; a pen's stroke may cross there, mostly the right."""
    near, far = (max(round(part * place.height), 2) for part in _BESIDE)
    place = _whole(place, ink)
    rows = ink[place.top : place.bottom]
    left = rows[:, max(place.left - far, 0) : max(place.left - near, 0)]
    right = rows[:, place.right + near : place.right + far]
    return all(
        not side.size or float(side.any(axis=1).mean()) < most
        for side, most in zip((left, right), _BESIDE_INK, strict=True)
    )


def _whole(place: Rect, ink: Pixels) -> Rect:
    """A box with the whole of its upright lines: the level ones may end before them."""
    left, right = place.left, place.right
    for step in range(1, max(round(_MORE * place.height), 2) + 1):
        if _is_line(ink, place, place.left - step):
            left = place.left - step
        if _is_line(ink, place, place.right + step - 1):
            right = place.right + step
    return Rect(left, place.top, right, place.bottom)


def _is_line(ink: Pixels, place: Rect, column: int) -> bool:
    """Whether a column at a box's height is nearly all ink."""
    if not 0 <= column < ink.shape[1]:
        return False
    return float((ink[place.top : place.bottom, column] > 0).mean()) > _LINE_INK


def _alike(places: list[Rect]) -> list[Rect]:
    """The boxes of the size that a page's boxes have: letters among them are smaller and stray."""
    groups = [[place for place in places if _of_one_size(place, one)] for one in places]
    return max(groups, key=lambda group: sum(place.height**4 for place in group), default=[])


def _is_below(place: Rect, known: list[Rect]) -> bool:
    """Whether a box of another size stands in a column with others: ticked ones may be larger."""
    column = [
        other
        for other in known
        if abs(other.left - place.left) <= _IN_COLUMN * other.height
        and _OTHER_SIZE[0] <= place.height / other.height <= _OTHER_SIZE[1]
    ]
    near = any(abs(other.top - place.top) <= _NEXT * other.height for other in column)
    return near or len(column) >= _LEAST_PAGE


def _stacked(ink: Pixels, known: list[Rect], mm: float) -> list[Rect]:
    """Boxes above and below the known ones, whose outlines are broken or one with theirs."""
    found: list[Rect] = []
    if not known:
        return found
    side = int(np.median([max(rect.width, rect.height) for rect in known]))
    edge, reach = round(_IN_COLUMN * side), round(_NEXT * side)
    for rect in itertools.chain(known, found):
        top, left = max(rect.top - reach, 0), max(rect.left - edge, 0)
        strip = ink[top : rect.bottom + reach, left : rect.right + edge]
        for x, y in _outlines(strip, side):
            place = Rect(left + x, top + y, left + x + side, top + y + side)
            inner = Rect(place.left + 2, place.top + 2, place.right - 2, place.bottom - 2)
            free = not _meets(inner, [*known, *found]) and _has_sides(place, ink, mm)
            if free and _share_inside(place, ink, mm) <= _SOLID and _stands_free(place, ink):
                found.append(place)
    return found


def _strokes(ink: Pixels, mm: float) -> list[Rect]:
    """Level strokes of the length of a box's side."""
    length = max(round(_SIDES_MM[0] * mm * 0.8), 5)
    thick = cv2.dilate(ink, np.ones((2, 1), np.uint8))
    core = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    return [
        Rect(left, top, left + width, top + height)
        for left, top, width, height in frames_of(both(core, ink))
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
    lost = sum(float(corner.mean()) < _CORNER_COVERED for corner in corners)
    if not overdrawn and lost > (square.height >= _LETTER_MM * mm):
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


def _rings(ink: Pixels, mm: float) -> list[CheckBox]:
    """The circles to be filled, of which several of one size stand together: ○ ● ◉."""
    circles = [rect for rect in _round_shapes(ink, mm) if _is_free(rect, ink, _SPACE_ROUND)]
    cores = {rect: _core(rect, ink) for rect in circles}
    empty = [rect for rect in circles if cores[rect] <= _CORE_EMPTY]
    found = []
    for rect in circles:
        like = [other for other in empty if other is not rect and _of_one_size(rect, other)]
        row = [other for other in like if abs(other.top - rect.top) < 0.5 * rect.height]
        full = cores[rect] >= _CORE_FULL
        together = len(row) + 1 >= _LEAST_ROW and len(like) + 1 >= _LEAST_PAGE
        if together and (full or cores[rect] <= _CORE_EMPTY):
            found.append(CheckBox(rect, full, _ROUND_SURE))
    return found


def _round_shapes(ink: Pixels, mm: float) -> list[Rect]:
    """Shapes whose outer edge is a circle of the right size."""
    least, most = (side * mm for side in _RING_MM)
    found = []
    for contour in cv2.findContours(ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)[0]:
        left, top, wide, tall = cv2.boundingRect(contour)
        if not (least <= min(wide, tall) and max(wide, tall) <= most):
            continue
        # A contour runs through the middle of its pixels: half a pixel is lost at each side.
        covered = cv2.contourArea(contour) / ((wide - 1) * (tall - 1))
        if 0.84 <= wide / tall <= 1.19 and _ROUND[0] <= covered <= _ROUND[1]:
            found.append(Rect(left, top, left + wide, top + tall))
    return found


def _core(rect: Rect, ink: Pixels) -> float:
    """How much of the middle of a shape is ink."""
    wide, tall = round(0.36 * rect.width), round(0.36 * rect.height)
    core = ink[rect.top + tall : rect.bottom - tall, rect.left + wide : rect.right - wide]
    return float(core.mean()) / 255 if core.size else 0.0


def _of_one_size(one: Rect, other: Rect) -> bool:
    return abs(one.height - other.height) <= max(_UNLIKE * other.height, _UNLIKE_PIXELS)


def _solids(ink: Pixels, known: list[Rect], mm: float) -> list[CheckBox]:
    """Filled circles and squares, small ones in line with boxes, and the empty circles like them."""
    shapes = shapes_of(ink)
    full: list[Rect] = []
    hollow: list[Rect] = []
    measured = zip(shapes.frames.tolist(), shapes.areas.tolist(), strict=True)
    for (left, top, wide, tall), area in measured:
        if not (_DOT_MM * mm <= min(wide, tall) and max(wide, tall) <= _SIDES_MM[1] * mm):
            continue
        place, share = Rect(left, top, left + wide, top + tall), area / (wide * tall)
        if min(wide, tall) < _LETTER_MM * mm and not _is_in_line(place, known):
            continue
        if 0.85 <= wide / tall <= 1.18 and _is_free(place, ink):
            if share >= _SOLID and _core(place, ink) >= _CORE_SOLID:
                full.append(place)
            elif share < _RING and _share_inside(place, ink, mm) < _INK_EMPTY:
                hollow.append(place)
    rings = [place for place in hollow if any(_of_one_size(place, other) for other in full)]
    boxes = [CheckBox(place, ticked=True, confidence=_ROUND_SURE) for place in full]
    return boxes + [CheckBox(place, ticked=False, confidence=_ROUND_SURE) for place in rings]


def _is_in_line(place: Rect, known: list[Rect]) -> bool:
    """Whether a shape stands right below or above one of some boxes, or on its line."""
    for other in known:
        rise = abs(place.top + place.bottom - other.top - other.bottom) / 2
        level = rise <= _IN_COLUMN * other.height
        below = abs(place.left - other.left) <= _IN_COLUMN * other.height
        if level or (below and rise <= _NEXT * other.height):
            return True
    return False


def _is_free(place: Rect, ink: Pixels, space: float = 0.25) -> bool:
    """Whether so many widths of white stand at both sides of a shape: a letter has others there."""
    gap = max(int(space * place.width), 2)
    left = ink[place.top : place.bottom, max(place.left - gap, 0) : place.left]
    right = ink[place.top : place.bottom, place.right : place.right + gap]
    return not left.any() and not right.any()


def _overdrawn(ink: Pixels, known: list[Rect], mm: float) -> list[Rect]:
    """Boxes hidden under a pen's strokes: outlines like the known ones, in their rows."""
    if len(known) < _LEAST_PAGE:
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


def _compared(boxes: list[CheckBox], ink: Pixels, mm: float) -> list[CheckBox]:
    """The boxes, those ticked whose pen went mostly beside them: the others show what is print."""
    empty = [_spill(box.place, ink) for box in boxes if not box.ticked]
    if len(empty) < _LEAST_PAGE:
        return boxes
    usual = float(np.median(empty))
    return [
        CheckBox(box.place, ticked=True, confidence=_SPILT_SURE)
        if not box.ticked
        and _spill(box.place, ink) > usual + _SPILT
        and _share_inside(box.place, ink, mm) > _INK_LITTLE
        else box
        for box in boxes
    ]


def _spill(place: Rect, ink: Pixels) -> float:
    """How much of the frame round a box is ink that goes on from the box itself."""
    reach, side = round(_FRAME * place.height), place.height
    top, left = max(place.top - reach, 0), max(place.left - reach, 0)
    area = ink[top : place.bottom + reach, left : place.right + reach]
    labels = cv2.connectedComponents(area, connectivity=8)[1]
    y, x = place.top - top, place.left - left
    box = np.zeros(labels.shape, np.bool_)
    box[y : y + side, x : x + place.width] = True
    own = np.setdiff1d(np.unique(labels[box]), [0])
    near = np.zeros(labels.shape, np.bool_)
    near[max(y - 2, 0) : y + side + 2, max(x - 2, 0) : x + place.width + 2] = True
    return float((np.isin(labels, own) & ~near).sum()) / (side * side)


def _share_inside(rect: Rect, ink: Pixels, mm: float) -> float:
    """How much of a box is ink, well inside its outline."""
    inset = max(round(0.22 * rect.height), round(0.45 * mm))
    inside = ink[rect.top + inset : rect.bottom - inset, rect.left + inset : rect.right - inset]
    return float(inside.mean()) / 255 if inside.size else 0.0
