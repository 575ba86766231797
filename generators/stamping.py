"""Prints of a notification, and the mark of registration on them; the original stays as it is."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pypdfium2 as pdfium  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PIL.Image import Image

_MARGIN_POINTS = 14.0
"""Between the mark and the edges of the sheet: 5 mm, which every printer prints."""
_A4_INCHES = (8.27, 11.69)
_A4_MM = (210, 297)
_FOOT_MM = 38
"""Left free below a typed text, so that the mark covers none of it."""
_FONT = "Liberation Serif"


def stamped(printed: bytes, mark: bytes, page: int = 1) -> bytes:
    """A print with the mark at the lower right of a page, however that page is turned.

    Law: ДСТУ 4163:2020: the mark stands at the lower right of the first page.

    Args:
        printed: the print, a PDF.
        mark: the mark, a PDF of one page as large as the mark.
        page: of the print, from 1.
    """
    document, stamp = pdfium.PdfDocument(printed), pdfium.PdfDocument(mark)
    try:
        sheet = document[min(page, len(document)) - 1]
        drawn = stamp.page_as_xobject(0, document).as_pageobject()
        drawn.transform(_place(sheet, stamp[0].get_width()))
        sheet.insert_obj(drawn)
        sheet.gen_content()
        target = io.BytesIO()
        document.save(target)
        return target.getvalue()
    finally:
        stamp.close()
        document.close()


def _place(sheet: pdfium.PdfPage, width: float) -> pdfium.PdfMatrix:
    """From the mark's own place to the lower right corner as a reader sees it."""
    left, bottom, right, top = sheet.get_cropbox()
    turned = sheet.get_rotation()
    corner = {0: (right, bottom), 90: (right, top), 180: (left, top), 270: (left, bottom)}[turned]
    placed = pdfium.PdfMatrix().translate(-width - _MARGIN_POINTS, _MARGIN_POINTS)
    return placed.rotate(turned, ccw=True).translate(*corner)


def pages_of(pictures: Iterable[tuple[Image, float | None]]) -> bytes:
    """A PDF of scanned pages; what does not say its resolution fills a sheet of A4.

    Args:
        pictures: of each page, with its resolution in pixels an inch.
    """
    document = pdfium.PdfDocument.new()
    for picture, dpi in pictures:
        page = io.BytesIO()
        fitting = max(side / inches for side, inches in zip(picture.size, _A4_INCHES, strict=True))
        picture.save(page, "PDF", resolution=dpi or fitting)
        with pdfium.PdfDocument(page.getvalue()) as one:
            document.import_pages(one)
    target = io.BytesIO()
    document.save(target)
    document.close()
    return target.getvalue()


def typed(text: str) -> bytes:
    """A DOCX of a text that came without any layout, as a mail's body."""
    from docx import Document
    from docx.shared import Mm

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = map(Mm, _A4_MM)
    section.bottom_margin = Mm(_FOOT_MM)
    document.styles["Normal"].font.name = _FONT
    for line in text.splitlines():
        document.add_paragraph("".join(filter(_is_printable, line)))
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _is_printable(letter: str) -> bool:
    return letter.isprintable() or letter == "\t"
