"""Reads the text layer of a PDF: words with their boxes, ruled cells, drawn boxes, form fields."""

from __future__ import annotations

from typing import NamedTuple

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from opika.errors import EncryptedFileError, TooLargeFileError, UnreadableFileError
from parsers.pdf_drawing import Drawing, read_drawing
from parsers.pdf_fields import read_fields
from parsers.pdf_layout import asides_of, lines_of
from parsers.pdf_notes import read_notes
from parsers.pdf_sanity import is_garbled, mend_charset, mend_figures
from parsers.pdf_sheet import sheet_of
from parsers.pdf_words import Layer, read_layer
from parsers.reading import Line, Reading, Word
from parsers.scan_pdf import with_scans
from parsers.stamps import set_aside

_COVERED = 0.5
"""The part of a page that pictures cover at least where the page is a scan."""
_STAMP = 300
"""Letters that programs print on a scan at the most."""
_UNKNOWN = 8
"""Letters that a file does not tell, from which on the page is looked at."""
PAGE_LIMIT = 100
"""Pages of one file; a longer one is no notification."""


def read_pdf(data: bytes) -> Reading:
    """The reading of a PDF: its text layer, and its scanned pages by recognition.

    Raises:
        EncryptedFileError: it asks for a password.
        TooLargeFileError: it has more pages, or a page more characters, than a form ever has.
        UnreadableFileError: it is damaged, or no page of it has any text.
    """
    document = _open(data)
    try:
        if len(document) > PAGE_LIMIT:
            raise TooLargeFileError("a PDF of too many pages")
        forms = _init_forms(document)
        lines: list[Line] = []
        of_pages: list[list[Line]] = []
        blank = []
        pages = [_read_page(document, n, forms) for n in range(len(document))]
        scans = [number for number, page in enumerate(pages) if page.is_picture]
        texts = [(page.words, page.drawing) for page in pages]
        for number, (words, drawing) in enumerate(with_scans(document, texts, scans), start=1):
            if not words:
                blank.append(number)
            page = pages[number - 1]
            size = None if page.is_picture else page.size
            if page.is_odd and is_garbled(words):  # the eye sees no more sense in it
                words, drawing, size = page.words, page.drawing, page.size
            elif page.is_odd:
                mend_figures(words, page.words)
            of_page = lines_of(words, drawing, number, _tables(lines), size)
            of_pages.append(of_page)
            lines += of_page
            for aside in page.aside:
                lines += asides_of(aside, number)
        set_aside(of_pages, [page.size[1] for page in pages])
    except pdfium.PdfiumError as err:
        raise UnreadableFileError("damaged PDF") from err
    finally:
        document.close()
    if not lines:
        raise UnreadableFileError(
            "a PDF without any text",
            clerk_message="У цьому PDF не прочитано жодного слова. Якщо це скан, попросіть "
            "чіткіший або внесіть дані вручну з оригіналу.",
        )
    return Reading(lines, tuple(blank))


def page_count(data: bytes) -> int:
    """The number of pages, each of which can be opened.

    Raises:
        EncryptedFileError: it asks for a password.
        TooLargeFileError: it has more pages than we look at.
        UnreadableFileError: it is damaged.
    """
    document = _open(data)
    try:
        if len(document) > PAGE_LIMIT:
            raise TooLargeFileError("a PDF of too many pages")
        for number in range(len(document)):
            document[number].close()
        return len(document)
    except pdfium.PdfiumError as err:
        raise UnreadableFileError("damaged PDF") from err
    finally:
        document.close()


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as err:
        if err.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise EncryptedFileError("encrypted PDF") from err
        raise UnreadableFileError("damaged PDF") from err


def _init_forms(document: pdfium.PdfDocument) -> object | None:
    if document.get_formtype() == raw.FORMTYPE_NONE:
        return None
    document.init_forms()
    return document.formenv.raw if document.formenv else None


def _tables(lines: list[Line]) -> int:
    """The number of tables so far."""
    return 1 + max((line.cell.table for line in lines if line.cell), default=-1)


class _Page(NamedTuple):
    """What the text layer and the drawing of a page say.

    Attributes:
        words: the words, those of form fields among them.
        aside: words that run other ways.
        drawing: what is drawn.
        is_picture: what a person reads there is a picture, or letters that only the eye can tell.
        is_odd: its letters are told, but make no words.
        size: its width and height in points.
    """

    words: list[Word]
    aside: list[list[Word]]
    drawing: Drawing
    is_picture: bool
    is_odd: bool
    size: tuple[float, float]


def _read_page(document: pdfium.PdfDocument, number: int, forms: object | None) -> _Page:
    page = document[number]
    try:
        layer = read_layer(page, sheet_of(page))
        mend_charset(layer.words)
        drawing = read_drawing(page, layer.sheet)
        is_odd = layer.unknown < _UNKNOWN and is_garbled(layer.words)
        is_picture = is_odd or _is_picture(layer, drawing)
        words, aside = layer.words, layer.aside
        if forms is not None:
            words += read_fields(page, forms, layer.sheet)
        typed, stamped = read_notes(page, layer.sheet, drawing)
        words += typed
    finally:
        page.close()
    return _Page(
        words,
        [*aside, stamped] if stamped else aside,
        drawing,
        is_picture,
        is_odd,
        layer.sheet.size,
    )


def _is_picture(layer: Layer, drawing: Drawing) -> bool:
    """Whether a page must be looked at: its text is a picture, or says not what it shows.

    A layer of invisible words under a scan is somebody else's recognition; a few visible ones on it
    are the stamp of a document system.
    """
    if not layer.words:
        return drawing.pictures > 0
    wide, tall = layer.sheet.size
    if drawing.pictures >= _COVERED * wide * tall and layer.visible() < _STAMP:
        return True
    return layer.unknown >= _UNKNOWN
