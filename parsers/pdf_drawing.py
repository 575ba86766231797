"""What is drawn on a PDF page besides text: rules, check boxes with their ticks, highlights."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from parsers.reading import Box

OBJECT_LIMIT = 20_000
"""Drawn objects of one page that are looked at."""
_THIN = 2.2
_BOX_SIDES = (5.0, 18.0)
_PALE = 200
_WHITE = 250
_HUE = 60
_RING_SIDES = (10.0, 40.0)


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
    """

    across: list[Box] = field(default_factory=list)
    down: list[Box] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    filled: list[Box] = field(default_factory=list)
    strokes: list[Box] = field(default_factory=list)
    highlights: list[Box] = field(default_factory=list)


def read_drawing(page: pdfium.PdfPage, height: float) -> Drawing:
    """Sorts the drawn shapes of a page by what they may be."""
    drawing = Drawing()
    count = raw.FPDFPage_CountObjects(page)
    for index in range(min(count, OBJECT_LIMIT)):
        shape = raw.FPDFPage_GetObject(page, index)
        if raw.FPDFPageObj_GetType(shape) == raw.FPDF_PAGEOBJ_PATH:
            _sort(drawing, shape, height)
    return drawing


def _sort(drawing: Drawing, shape: object, height: float) -> None:
    box = _bounds(shape, height)
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
        _sort_small(drawing, box, colour, segments)
    elif stroked and _RING_SIDES[0] <= tall <= _RING_SIDES[1] and _is_ring(shape, segments):
        drawing.highlights.append(box)
    elif stroked and segments > 6:
        for line in _straight_lines(shape, height):
            _add_rule(drawing, line)
    elif stroked or (colour and min(colour) >= _WHITE and tall < 2 * _THIN):
        for side in _sides(box):
            _add_rule(drawing, side)
    elif colour and tall < 40 and min(colour) < _PALE and max(colour) >= _PALE:
        drawing.highlights.append(box)


def _sort_small(
    drawing: Drawing, box: Box, colour: tuple[int, int, int] | None, segments: int
) -> None:
    """A small shape: a square outline is a box, a square of ink a filled one, else a stroke."""
    wide, tall = box.right - box.left, box.bottom - box.top
    if not 0.75 < wide / tall < 1.33 or not 4 <= segments <= 6:
        drawing.strokes.append(box)
    elif colour and max(colour) < _PALE:
        drawing.filled.append(box)
    else:
        drawing.boxes.append(box)


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


def _bounds(shape: object, height: float) -> Box:
    sides = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(shape, *sides)
    left, bottom, right, top = (side.value for side in sides)
    return Box(left, height - top, right, height - bottom)


def _modes(shape: object) -> tuple[bool, bool]:
    """Whether a path is filled and whether its outline is drawn."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(shape, fill, stroke)
    return fill.value != 0, stroke.value != 0


def is_coloured(shape: object) -> bool:
    """Whether letters are of a colour other than black, grey or white."""
    colour = _fill(shape)
    return max(colour) - min(colour) > _HUE


def _fill(shape: object) -> tuple[int, int, int]:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    raw.FPDFPageObj_GetFillColor(shape, red, green, blue, alpha)
    return red.value, green.value, blue.value


def _straight_lines(shape: object, height: float) -> Iterator[Box]:
    """The straight pieces of a path of many: a whole table may be drawn in one."""
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(shape, matrix)
    before: tuple[float, float] | None = None
    for index in range(min(raw.FPDFPath_CountSegments(shape), OBJECT_LIMIT)):
        segment = raw.FPDFPath_GetPathSegment(shape, index)
        x, y = ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        at = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            height - (matrix.b * x.value + matrix.d * y.value + matrix.f),
        )
        if before and raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_LINETO:
            yield Box(
                min(at[0], before[0]),
                min(at[1], before[1]),
                max(at[0], before[0]),
                max(at[1], before[1]),
            )
        before = at
