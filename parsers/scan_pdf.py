"""Pages of a PDF that are pictures: they are drawn as they were scanned and then recognised."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from parsers.pdf_drawing import Drawing
from parsers.reading import Word

if TYPE_CHECKING:
    from parsers.picture import Picture

Page = tuple[list[Word], Drawing]

_MOST_DPI, _PLAIN_DPI = 300.0, 200.0
"""At most so many pixels an inch; and so many where nothing says how the page was scanned."""
_MOST_PIXELS = 14_000_000
"""Pixels of a drawn page: A4 at 300 dpi has 9 millions."""


def with_scans(document: pdfium.PdfDocument, pages: list[Page], scans: Sequence[int]) -> list[Page]:
    """The pages of a document, those that are scans read by recognition.

    Args:
        document: the PDF.
        pages: what the text layer of each page says.
        scans: which of the pages are read by recognition, counted from 0.
    """
    if not scans:
        return pages
    # What recognises is slow to load, and most files need none of it.
    from parsers.scan import is_unread, read_pages

    read = zip(scans, read_pages(_draw(document, number) for number in scans), strict=True)
    # A text layer that somebody else recognised is better than none.
    better = {
        number: page
        for number, page in read
        if page[0] and not (pages[number][0] and is_unread(page[0]))
    }
    return [better.get(number, page) for number, page in enumerate(pages)]


def _draw(document: pdfium.PdfDocument, number: int) -> Picture:
    """A page drawn with as many pixels as its picture has."""
    import numpy as np

    from parsers.picture import Picture

    page = document[number]
    try:
        area = max(page.get_width() * page.get_height(), 1.0) / 72**2
        dpi = min(_dpi(page), _MOST_DPI, (_MOST_PIXELS / area) ** 0.5)
        bitmap = page.render(scale=dpi / 72, rev_byteorder=True, prefer_bgrx=False)
        pixels = np.array(bitmap.to_numpy()[:, :, :3], np.uint8, copy=True)
        bitmap.close()
    finally:
        page.close()
    red, green, blue = (pixels[:, :, colour] for colour in range(3))
    grey = np.array_equal(red, green) and np.array_equal(green, blue)
    return Picture(np.ascontiguousarray(red) if grey else pixels, dpi)


def _dpi(page: pdfium.PdfPage) -> float:
    """The resolution of a page's largest picture."""
    return max(_resolutions(page), default=(0.0, _PLAIN_DPI))[1]


def _resolutions(page: pdfium.PdfPage) -> Iterator[tuple[float, float]]:
    for item in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        left, bottom, right, top = item.get_bounds()
        wide, tall = item.get_px_size()
        if right > left and top > bottom and wide and tall:
            inches = (right - left) * (top - bottom) / 72**2
            yield inches, max((wide * tall / inches) ** 0.5, 72.0)
