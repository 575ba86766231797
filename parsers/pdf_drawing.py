"""What is drawn on a PDF page besides text: rules, check boxes with their ticks, highlights."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import NamedTuple

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from parsers.pdf_sheet import Sheet
from parsers.pdf_squares import distinct, squares_of_rules
from parsers.reading import Box

OBJECT_LIMIT = 20_000
"""Drawn objects of one page that are looked at."""
_THIN = 2.2
_BOX_SIDES = (5.0, 18.0)
_PALE = 200
_WHITE = 250
_HUE = 60
_DEEP = 100
"""The least of a colour's three parts, of 255, below which it is ink and no tint."""
_RING_SIDES = (10.0, 40.0)
_LEAST_SEGMENTS, _MOST_SEGMENTS = 4, 240
"""Pieces of a small square's outline; round corners are made of many."""
_RIM, _MIDDLE, _SLANT = 0.27, 0.5, 0.4
"""Parts of a small shape's side: how deep its outline lies at the most, where its middle is, and how
far a straight piece may run aslant."""
_DEEPEST = 4
"""Groups of drawn objects within groups; programs that join pages make two."""


@dataclass(slots=True)
class Drawing:
    """The drawn shapes of one page, in points from its top left corner.

    Attributes:
        across: horizontal rules.
        down: vertical rules.
        boxes: squares of a check box's size.
        filled: those of them that are filled with ink.
        strokes: small shapes that may be ticks.
        highlights: coloured rectangles of a line's height.
        pictures: square points that pictures cover.
        looked_at: how many shapes were looked at.
    """

    across: list[Box] = field(default_factory=list)
    down: list[Box] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    filled: list[Box] = field(default_factory=list)
    strokes: list[Box] = field(default_factory=list)
    highlights: list[Box] = field(default_factory=list)
    pictures: float = 0.0
    looked_at: int = 0


class _Place(NamedTuple):
    """Where the shapes of a group stand: the group's own transformation, then the page's."""

    sheet: Sheet
    matrix: tuple[float, float, float, float, float, float] | None = None

    def within(self, shape: object) -> _Place:
        """The place of the shapes inside a group that stands here."""
        own = _matrix(shape)
        if self.matrix is None:
            return self._replace(matrix=own)
        a, b, c, d, e, f = own
        ta, tb, tc, td, te, tf = self.matrix
        joined = (a * ta + b * tc, a * tb + b * td, c * ta + d * tc, c * tb + d * td)
        return self._replace(
            matrix=(*joined, e * ta + f * tc + te, e * tb + f * td + tf),
        )

    def at(self, x: float, y: float) -> tuple[float, float]:
        """A point of the group on the upright page."""
        return self.sheet.at(*(_moved(self.matrix, x, y) if self.matrix else (x, y)))

    def bounds(self, shape: object) -> Box:
        """The rectangle round a shape on the upright page."""
        sides = [ctypes.c_float() for _ in range(4)]
        raw.FPDFPageObj_GetBounds(shape, *sides)
        left, bottom, right, top = (side.value for side in sides)
        if self.matrix is None:
            return self.sheet.box(left, bottom, right, top)
        corners = [self.at(x, y) for x in (left, right) for y in (bottom, top)]
        xs, ys = zip(*corners, strict=True)
        return Box(min(xs), min(ys), max(xs), max(ys))


def read_drawing(page: pdfium.PdfPage, sheet: Sheet) -> Drawing:
    """Sorts the drawn shapes of a page by what they may be."""
    drawing = Drawing()
    place = _Place(sheet)
    for index in range(min(raw.FPDFPage_CountObjects(page), OBJECT_LIMIT)):
        add_shape(drawing, raw.FPDFPage_GetObject(page, index), place)
    squares, drawing.across, drawing.down = squares_of_rules(
        drawing.across, drawing.down, _BOX_SIDES
    )
    drawing.boxes = distinct(drawing.boxes + squares)
    return drawing


def add_shape(drawing: Drawing, shape: object, place: _Place, depth: int = 0) -> None:
    """Adds one shape, or those of a group, to what is drawn."""
    drawing.looked_at += 1
    if drawing.looked_at > OBJECT_LIMIT:
        return
    kind = raw.FPDFPageObj_GetType(shape)
    if kind == raw.FPDF_PAGEOBJ_PATH:
        _sort(drawing, shape, place)
    elif kind == raw.FPDF_PAGEOBJ_IMAGE:
        box = place.bounds(shape)
        drawing.pictures += max(box.right - box.left, 0.0) * max(box.bottom - box.top, 0.0)
    elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
        inside = place.within(shape)
        for index in range(min(raw.FPDFFormObj_CountObjects(shape), OBJECT_LIMIT)):
            add_shape(drawing, raw.FPDFFormObj_GetObject(shape, index), inside, depth + 1)


def _sort(drawing: Drawing, shape: object, place: _Place) -> None:
    box = place.bounds(shape)
    filled, stroked = _modes(shape)
    wide, tall = box.right - box.left, box.bottom - box.top
    if not filled and not stroked:
        return
    if tall <= _THIN or wide <= _THIN:
        _add_rule(drawing, box)
        return
    colour = _fill(shape) if filled else None
    segments = raw.FPDFPath_CountSegments(shape)
    if _BOX_SIDES[0] <= min(wide, tall) and max(wide, tall) <= _BOX_SIDES[1]:
        _sort_small(drawing, box, colour, _outline(shape, box, place, segments))
    elif _RING_SIDES[0] <= tall <= _RING_SIDES[1] and _is_ring(shape, segments):
        if stroked or (colour and min(colour) < _WHITE):
            drawing.highlights.append(box)
    else:
        _sort_large(drawing, shape, place, box, colour, segments if stroked else 0)


def _sort_small(
    drawing: Drawing, box: Box, colour: tuple[int, int, int] | None, outline: _Outline
) -> None:
    """A small shape: a square outline is a box, a square of ink a filled one, else a stroke."""
    wide, tall = box.right - box.left, box.bottom - box.top
    if not 0.75 < wide / tall < 1.33 or outline is _Outline.OTHER:
        drawing.strokes.append(box)
    elif colour and outline is _Outline.SOLID and _is_ink(colour):
        drawing.filled.append(box)
    else:
        drawing.boxes.append(box)


def _is_ink(colour: tuple[int, int, int]) -> bool:
    return max(colour) < _PALE or (is_colour(*colour) and min(colour) < _DEEP)


def _sort_large(
    drawing: Drawing,
    shape: object,
    place: _Place,
    box: Box,
    colour: tuple[int, int, int] | None,
    strokes: int,
) -> None:
    """A large shape: rules, frames or a tint; ``strokes``: pieces of its outline, if it is drawn."""
    tall = box.bottom - box.top
    if strokes > 6:
        for line in _straight_lines(shape, place):
            _add_rule(drawing, line)
    elif strokes or (colour and min(colour) >= _WHITE and tall < 2 * _THIN):
        for side in _sides(box):
            _add_rule(drawing, side)
    elif colour and tall < 40 and min(colour) < _PALE and max(colour) >= _PALE:
        drawing.highlights.append(box)


class _Outline(Enum):
    """What a small shape's outline is: one square or circle, one within another, or a stroke."""

    SOLID = auto()
    HOLLOW = auto()
    OTHER = auto()


def _outline(shape: object, box: Box, place: _Place, segments: int) -> _Outline:
    """What a small path is: round its sides all its points lie, corner by corner; ticks cross it."""
    if not _LEAST_SEGMENTS <= segments <= _MOST_SEGMENTS:
        return _Outline.OTHER
    matrix, corners, starts = _matrix(shape), set[tuple[bool, bool]](), 0
    wide, tall = box.right - box.left, box.bottom - box.top
    before = (0.0, 0.0)
    for kind, x, y in _points(shape, segments):
        at_x, at_y = place.at(*_moved(matrix, x, y))
        at = ((at_x - box.left) / wide, (at_y - box.top) / tall)
        depth = [min(part, 1 - part) for part in at]
        if min(depth) > _RIM:
            return _Outline.OTHER
        if max(depth) <= _RIM:
            corners.add((at[0] > _MIDDLE, at[1] > _MIDDLE))
        slant = min(abs(at[0] - before[0]), abs(at[1] - before[1]))
        if kind == raw.FPDF_SEGMENT_LINETO and slant > _SLANT:
            return _Outline.OTHER
        starts += kind == raw.FPDF_SEGMENT_MOVETO
        before = at
    if len(corners) < 4:
        return _Outline.OTHER
    return _Outline.HOLLOW if starts > 1 else _Outline.SOLID


def _points(shape: object, segments: int) -> Iterator[tuple[int, float, float]]:
    """The kind and the point of each segment of a path."""
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(segments):
        segment = raw.FPDFPath_GetPathSegment(shape, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        yield raw.FPDFPathSegment_GetType(segment), x.value, y.value


def _add_rule(drawing: Drawing, box: Box) -> None:
    wide, tall = box.right - box.left, box.bottom - box.top
    if max(wide, tall) < _BOX_SIDES[0]:
        drawing.strokes.append(box)
    elif tall <= _THIN:
        drawing.across.append(box)
    elif wide <= _THIN:
        drawing.down.append(box)
    else:
        drawing.strokes.append(box)


def add_stroke(drawing: Drawing, box: Box) -> None:
    """Adds what a pen drew in one go: a line under or through words, a ring, or a tick."""
    wide, tall = box.right - box.left, box.bottom - box.top
    if wide > 3 * tall and wide > _BOX_SIDES[1]:
        y = (box.top + box.bottom) / 2
        drawing.across.append(Box(box.left, y, box.right, y))
    elif wide > _BOX_SIDES[1] and _RING_SIDES[0] <= tall <= _RING_SIDES[1]:
        drawing.highlights.append(box)
    else:
        drawing.strokes.append(box)


def _is_ring(shape: object, segments: int) -> bool:
    """Whether a path of a line's height is made of curves: a ring drawn round a word."""
    curves = sum(
        raw.FPDFPathSegment_GetType(raw.FPDFPath_GetPathSegment(shape, index))
        == raw.FPDF_SEGMENT_BEZIERTO
        for index in range(min(segments, 40))
    )
    return bool(curves >= 4)


def _sides(box: Box) -> Iterator[Box]:
    yield Box(box.left, box.top, box.right, box.top)
    yield Box(box.left, box.bottom, box.right, box.bottom)
    yield Box(box.left, box.top, box.left, box.bottom)
    yield Box(box.right, box.top, box.right, box.bottom)


def _matrix(shape: object) -> tuple[float, float, float, float, float, float]:
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(shape, matrix)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _moved(
    matrix: tuple[float, float, float, float, float, float], x: float, y: float
) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _modes(shape: object) -> tuple[bool, bool]:
    """Whether a path is filled and whether its outline is drawn."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(shape, fill, stroke)
    return fill.value != 0, stroke.value != 0


def is_colour(red: int, green: int, blue: int) -> bool:
    """Whether a colour is another than black, grey or white."""
    return max(red, green, blue) - min(red, green, blue) > _HUE


def _fill(shape: object) -> tuple[int, int, int]:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    raw.FPDFPageObj_GetFillColor(shape, red, green, blue, alpha)
    return red.value, green.value, blue.value


def _straight_lines(shape: object, place: _Place) -> Iterator[Box]:
    """The straight pieces of a path of many: a whole table may be drawn in one."""
    matrix = _matrix(shape)
    before: tuple[float, float] | None = None
    for index in range(min(raw.FPDFPath_CountSegments(shape), OBJECT_LIMIT)):
        segment = raw.FPDFPath_GetPathSegment(shape, index)
        x, y = ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        at = place.at(*_moved(matrix, x.value, y.value))
        if before and raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_LINETO:
            yield Box(
                min(at[0], before[0]),
                min(at[1], before[1]),
                max(at[0], before[0]),
                max(at[1], before[1]),
            )
        before = at
