"""What somebody put on a PDF page with an editor: typed notes, pen strokes, marked or struck words.

The text layer knows nothing of it, yet it is how many people fill a form that has no fields.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from parsers.pdf_drawing import Drawing, add_stroke
from parsers.pdf_sheet import Sheet
from parsers.reading import Box, Word

NOTE_LIMIT = 500
"""Notes of a page that are looked at."""
_POINT_LIMIT = 2_000
_LETTER, _LINE = 5.0, 12.0
"""Points of a letter's width and of a line's height in a typed note, where nothing tells them."""
_MARKED = (raw.FPDF_ANNOT_HIGHLIGHT, raw.FPDF_ANNOT_SQUARE, raw.FPDF_ANNOT_CIRCLE)
_RULED = (raw.FPDF_ANNOT_UNDERLINE, raw.FPDF_ANNOT_SQUIGGLY)
_UNSEEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
_STRUCK = 0.55
"""How deep in a word's box the line lies that strikes it out."""


def read_notes(
    page: pdfium.PdfPage, sheet: Sheet, drawing: Drawing
) -> tuple[list[Word], list[Word]]:
    """The words typed on a page, and those of its stamps; strokes are added to what is drawn."""
    typed: list[Word] = []
    stamped: list[Word] = []
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), NOTE_LIMIT)):
        note = raw.FPDFPage_GetAnnot(page, index)
        try:
            if raw.FPDFAnnot_GetFlags(note) & _UNSEEN:
                continue
            kind = raw.FPDFAnnot_GetSubtype(note)
            if kind == raw.FPDF_ANNOT_FREETEXT:
                typed += words_in(_contents(note), _rect(note, sheet))
            elif kind == raw.FPDF_ANNOT_STAMP:
                stamped += words_in(_contents(note), _rect(note, sheet))
            else:
                _add_marks(drawing, note, kind, sheet)
        finally:
            raw.FPDFPage_CloseAnnot(note)
    return typed, stamped


def _add_marks(drawing: Drawing, note: object, kind: int, sheet: Sheet) -> None:
    """Adds what a pen or a marker drew."""
    if kind == raw.FPDF_ANNOT_INK:
        for stroke in _strokes(note, sheet):
            add_stroke(drawing, stroke)
    elif kind == raw.FPDF_ANNOT_LINE:
        add_stroke(drawing, _rect(note, sheet))
    elif kind in _MARKED:
        drawing.highlights += _marked(note, sheet)
    elif kind in _RULED:
        drawing.across += [
            Box(box.left, box.bottom, box.right, box.bottom) for box in _marked(note, sheet)
        ]
    elif kind == raw.FPDF_ANNOT_STRIKEOUT:
        for box in _marked(note, sheet):
            y = box.top + _STRUCK * (box.bottom - box.top)
            drawing.across.append(Box(box.left, y, box.right, y))


def words_in(text: str, box: Box) -> Iterator[Word]:
    """The words of a typed text as they may stand in its frame, long lines broken."""
    is_low = box.bottom - box.top < 2 * _LINE
    rows = _broken(text, len(text) if is_low else max(int((box.right - box.left) / _LETTER), 1))
    tall = min((box.bottom - box.top) / max(len(rows), 1), _LINE)
    for number, row in enumerate(rows):
        wide = min((box.right - box.left) / max(len(row), 1), _LETTER)
        top = box.top + number * tall
        left = box.left
        for piece in row.split():
            right = left + wide * len(piece)
            yield Word(piece, box=Box(left, top, right, top + tall))
            left = right + wide


def _broken(text: str, most: int) -> list[str]:
    """The lines of a text, each no longer than ``most`` letters if its words allow."""
    rows: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        row = ""
        for piece in line.split():
            if row and len(row) + 1 + len(piece) > most:
                rows.append(row)
                row = piece
            else:
                row = f"{row} {piece}".strip()
        rows.append(row)
    return rows


def _contents(note: object) -> str:
    size = raw.FPDFAnnot_GetStringValue(note, b"Contents", None, 0)
    buffer = ctypes.create_string_buffer(max(size, 2))
    raw.FPDFAnnot_GetStringValue(
        note, b"Contents", ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size
    )
    return buffer.raw[: max(size - 2, 0)].decode("utf-16-le", "replace")


def _rect(note: object, sheet: Sheet) -> Box:
    rect = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(note, rect)
    return sheet.box(rect.left, rect.bottom, rect.right, rect.top)


def _strokes(note: object, sheet: Sheet) -> Iterator[Box]:
    """The rectangle round each line of a pen."""
    for path in range(min(raw.FPDFAnnot_GetInkListCount(note), NOTE_LIMIT)):
        count = raw.FPDFAnnot_GetInkListPath(note, path, None, 0)
        if not 0 < count <= _POINT_LIMIT:
            continue
        points = (raw.FS_POINTF * count)()
        raw.FPDFAnnot_GetInkListPath(note, path, points, count)
        xs, ys = zip(*(sheet.at(point.x, point.y) for point in points), strict=True)
        yield Box(min(xs), min(ys), max(xs), max(ys))


def _marked(note: object, sheet: Sheet) -> list[Box]:
    """The pieces of text that a marker covers; a frame or ring covers what is in it."""
    quads = raw.FS_QUADPOINTSF()
    found = []
    for index in range(min(raw.FPDFAnnot_CountAttachmentPoints(note), NOTE_LIMIT)):
        if raw.FPDFAnnot_GetAttachmentPoints(note, index, quads):
            xs = (quads.x1, quads.x2, quads.x3, quads.x4)
            ys = (quads.y1, quads.y2, quads.y3, quads.y4)
            found.append(sheet.box(min(xs), min(ys), max(xs), max(ys)))
    return found or [_rect(note, sheet)]
