"""The pages that fields are drawn on, each as its reader saw it: level, upright, of one scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]
from PIL import Image, ImageDraw
from rapidfuzz import fuzz

from opika.errors import UnreadableFileError
from parsers.drawing_paint import Mark, font, paint
from parsers.html import is_html, read_html
from parsers.reading import Box, Line, Reading, Word
from parsers.text import read_text

if TYPE_CHECKING:
    from parsers.picture import Picture

Marks = dict[int, list[Mark]]
"""The fields of each page, by the page's number from 1."""

_DPI, _SCAN_DPI = 120.0, 200.0
_MOST_PIXELS = 14_000_000
_POINTS = 72.0
_LIKE = 60
"""How alike, of 100, a value and what stands in its box must be, if the page is the right one."""
_WITNESSES = 3
"""Fields of a page that are looked at to know how the page was read."""
_WIDTH, _HEIGHT, _MARGIN = 595.0, 842.0, 42.0
_LETTER, _LINE = 5.42, 14.0
"""Points: an A4 page; the width of a letter of DejaVu Sans Mono at 9 points; a line's height."""
_MOST_EMPTY = 3
"""Empty lines that are typed between two of text."""


class _Sheet(NamedTuple):
    """A page's picture and its pixels in a point."""

    image: Image.Image
    scale: float


# --- PDF -----------------------------------------------------------------------------------------


def draw_pdf(data: bytes, marks: Mapping[int, Sequence[Mark]]) -> dict[int, bytes]:
    """The pages of a PDF that hold fields.

    Raises:
        UnreadableFileError: it cannot be drawn.
    """
    try:
        document = pdfium.PdfDocument(data)
        try:
            if document.get_formtype() != raw.FORMTYPE_NONE:
                document.init_forms()
            return {
                number: paint(*_pdf_sheet(document[number - 1], marks[number]), marks[number])
                for number in sorted(marks)
            }
        finally:
            document.close()
    except pdfium.PdfiumError as err:
        raise UnreadableFileError("a PDF that cannot be drawn") from err


def _pdf_sheet(page: pdfium.PdfPage, marks: Sequence[Mark]) -> _Sheet:
    """A page as it is, or as recognition saw it where its words are a picture."""
    if _shows_text(page, marks):
        return _render(page, _DPI)
    import numpy as np

    from parsers.picture import Picture

    plain = _render(page, _SCAN_DPI)
    return _mended(Picture(np.asarray(plain.image), plain.scale * _POINTS), marks, plain)


def _shows_text(page: pdfium.PdfPage, marks: Sequence[Mark]) -> bool:
    """Whether the fields are text of the page and no picture of text."""
    if not any(page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3)):
        return True
    height = page.get_height()
    text_page = page.get_textpage()
    try:
        likeness = [
            fuzz.partial_ratio(
                mark.text,
                text_page.get_text_bounded(
                    box.left - 1, height - box.bottom - 1, box.right + 1, height - box.top + 1
                ),
            )
            for mark, box in _witnesses(marks)
        ]
    finally:
        text_page.close()
    return not likeness or max(likeness) >= _LIKE


def _render(page: pdfium.PdfPage, dpi: float) -> _Sheet:
    area = max(page.get_width() * page.get_height(), 1.0) / _POINTS**2
    scale = min(dpi, (_MOST_PIXELS / area) ** 0.5) / _POINTS
    bitmap = page.render(scale=scale)
    try:
        return _Sheet(bitmap.to_pil().convert("RGB"), scale)
    finally:
        bitmap.close()


# --- scans and photos ----------------------------------------------------------------------------


def draw_pictures(data: bytes, marks: Mapping[int, Sequence[Mark]]) -> dict[int, bytes]:
    """The pages of a scan or photo that hold fields, mended as they were read.

    Raises:
        FileError: it cannot be drawn.
    """
    from parsers.picture import open_pictures

    return {
        number: paint(*_mended(picture, marks[number]), marks[number])
        for number, picture in enumerate(open_pictures(data), start=1)
        if number in marks
    }


def _mended(picture: Picture, marks: Sequence[Mark], plain: _Sheet | None = None) -> _Sheet:
    """Of a page as it was mended, turned upside down and as it is: the one that fits the fields."""
    from parsers.picture_page import turned
    from parsers.scan import mend

    sheet = mend(picture)
    scale = sheet.dpi / _POINTS
    ways = [
        _Sheet(Image.fromarray(sheet.plain), scale),
        _Sheet(Image.fromarray(turned(sheet.plain, 2)), scale),
        *([plain] if plain else []),
    ]
    best = next((way for way in ways if _likeness(way, marks) >= _LIKE), ways[0])
    image = best.image.convert("RGB")
    shrink = min(_DPI / _POINTS / best.scale, 1.0)
    size = (round(image.width * shrink), round(image.height * shrink))
    return _Sheet(image.resize(size, Image.Resampling.LANCZOS), best.scale * shrink)


def _likeness(sheet: _Sheet, marks: Sequence[Mark]) -> float:
    """How like the fields' values is what can be read in their boxes, of 100."""
    import numpy as np

    from parsers.ocr import recognise

    alike = []
    for mark, box in _witnesses(marks):
        sides = Box(box.left - 4, box.top - 4, box.right + 4, box.bottom + 4)
        crop = sheet.image.convert("L").crop(tuple(round(side * sheet.scale) for side in sides))  # type: ignore[arg-type]
        seen = recognise(np.asarray(crop), sheet.scale * _POINTS)
        alike.append(fuzz.partial_ratio(mark.text, " ".join(word.text for word in seen)))
    return sum(alike) / len(alike) if alike else 0.0


def _witnesses(marks: Sequence[Mark]) -> Iterator[tuple[Mark, Box]]:
    """The fields with the most text to compare."""
    longest = sorted(marks, key=lambda mark: min(len(mark.text), 60), reverse=True)
    for mark in longest[:_WITNESSES]:
        if mark.box and mark.text:
            yield mark, mark.box


# --- plain text ----------------------------------------------------------------------------------


def typed(data: bytes) -> Reading:
    """Plain text, or a web page's, as it stands when it is typed on pages, long lines broken."""
    lines: list[Line] = []
    row, last = 0, -1
    for line in (read_html if is_html(data) else read_text)(data).lines:
        empty = (line.paragraph or 0) - last - 1 if last >= 0 else 0
        row += min(max(empty, 0), _MOST_EMPTY)
        last = line.paragraph or 0
        for broken in _broken(line):
            lines.append(_on_page(broken, row))
            row += 1
    return Reading(lines)


def _broken(line: Line) -> Iterator[Line]:
    """A line as lines that are no wider than the page, wherever a word may start a new one."""
    most = int((_WIDTH - 2 * _MARGIN) / _LETTER)
    words: list[Word] = []
    length = 0.0
    for word in line.words:
        length += word.gap + len(word.text)
        if words and length > most:
            yield replace(line, words=words)
            words, length = [], float(len(word.text))
        words.append(word if words else replace(word, gap=word.gap if word is line.words[0] else 0))
    yield replace(line, words=words)


def _on_page(line: Line, row: int) -> Line:
    rows = int((_HEIGHT - 2 * _MARGIN) / _LINE)
    top = _MARGIN + row % rows * _LINE
    left, words = _MARGIN, []
    for word in line.words:
        left += word.gap * _LETTER
        right = left + len(word.text) * _LETTER
        words.append(replace(word, box=Box(left, top, right, top + _LINE - 2)))
        left = right
    return replace(line, words=words, page=1 + row // rows)


def draw_typed(reading: Reading, marks: Mapping[int, Sequence[Mark]]) -> dict[int, bytes]:
    """The typed pages that hold fields."""
    return {number: paint(*_type(reading, number), marks[number]) for number in sorted(marks)}


def _type(reading: Reading, number: int) -> _Sheet:
    scale = _DPI / _POINTS
    image = Image.new("RGB", (round(_WIDTH * scale), round(_HEIGHT * scale)), "white")
    ink = ImageDraw.Draw(image)
    for line in reading.lines:
        for word in line.words:
            if line.page == number and word.box:
                at = (word.box.left * scale, word.box.top * scale)
                ink.text(at, word.text, fill="black", font=font("mono", round(9 * scale)))
    return _Sheet(image, scale)
