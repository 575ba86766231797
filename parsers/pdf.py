"""Reads the text layer of a PDF: words with their boxes, ruled cells, drawn boxes, form fields."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from opika.errors import EncryptedFileError, TooLargeFileError, UnreadableFileError
from parsers.glyphs import from_symbol_font, is_symbol_font
from parsers.pdf_drawing import Drawing, is_coloured, read_drawing
from parsers.pdf_layout import lines_of
from parsers.reading import EMPTY_BOX, TICKED_BOX, Box, Emphasis, Line, Reading, Word
from parsers.scan_pdf import with_scans

PAGE_LIMIT = 100
"""Pages of one file; a longer one is no notification."""
CHARACTER_LIMIT = 50_000
"""Characters on one page."""
_NUMBER_SIGN = re.compile(r"^No(?![^\W\d_])")
_RUN = re.compile("[^\\s\x02\ufffe]+[\x02\ufffe]?|[\x02\ufffe]")
# pdfium marks hyphens at the end of lines, and joins the lines there; halves of pairs are no characters.
_HYPHENS = {2: "-", 0xFFFE: "-"}
_PLAIN = {0xAD: "-", **dict.fromkeys(range(0xD800, 0xE000), "\ufffd")}
_PLAIN |= dict.fromkeys((0, 1, *range(3, 9), *range(14, 32)), " ")
_RISE = 0.8
"""How much of a font's height lies above the line that letters stand on."""


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
        blank = []
        pages = [_read_page(document, n, forms) for n in range(1, len(document) + 1)]
        for number, (words, drawing) in enumerate(with_scans(document, pages), start=1):
            if not words:
                blank.append(number)
            lines += lines_of(words, drawing, number, _tables(lines))
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


def _read_page(
    document: pdfium.PdfDocument, number: int, forms: object | None
) -> tuple[list[Word], Drawing]:
    page = document[number - 1]
    try:
        height = page.get_height()
        words = list(_words(page, height))
        if forms is not None:
            words += _fields(page, forms, height)
        drawing = read_drawing(page, height) if words else Drawing()
    finally:
        page.close()
    return words, drawing


# --- words --------------------------------------------------------------------------------------


def _words(page: pdfium.PdfPage, height: float) -> Iterator[Word]:
    """The words of a page; the gaps between them are not known yet."""
    text_page = page.get_textpage()
    try:
        look = _Look(text_page.raw, height)
        for run in _RUN.finditer(_text(text_page.raw, text_page.count_chars())):
            word = look.word(run[0].translate(_HYPHENS), *run.span())
            if word is not None:
                yield word
    finally:
        text_page.close()


def _text(text_page: object, count: int) -> str:
    """One character for each that the page has; where one says nothing stands a space."""
    if count > CHARACTER_LIMIT:
        raise TooLargeFileError("a PDF page of too many characters")
    buffer = (ctypes.c_ushort * (count + 1))()
    if raw.FPDFText_GetText(text_page, 0, count, buffer) != count + 1:
        # Characters without a meaning are left out, and the numbers no longer agree.
        buffer = (ctypes.c_ushort * count)(
            *(raw.FPDFText_GetUnicode(text_page, n) & 0xFFFF for n in range(count))
        )
    return "".join(map(chr, buffer[:count])).translate(_PLAIN)


class _Look:
    """How the words of a page look and how tall they are, by the first character of each."""

    def __init__(self, text_page: object, height: float) -> None:
        self._page, self._height = text_page, height
        self._fonts: dict[int, tuple[str, float, Emphasis]] = {}
        self._rect = raw.FS_RECTF()
        self._at = ctypes.c_double(), ctypes.c_double()

    def word(self, letters: str, start: int, end: int) -> Word | None:
        """A word from its characters; its box is as tall as its font, whatever its letters."""
        font, size, emphasis = self._font(start)
        if is_symbol_font(font):
            letters = "".join(_symbol(font, char) for char in letters)
        left = self._edges(start)[0]
        right = max(self._edges(end - 1)[1], self._edges(max(end - 2, start))[1])
        if right <= left:
            return None  # a space of no width, or text that runs from right to left
        x, y = self._at
        raw.FPDFText_GetCharOrigin(self._page, start, x, y)
        base = self._height - y.value
        box = Box(left, base - _RISE * size, right, base + (1 - _RISE) * size)
        # Some programs' fonts spell «№» as two letters.
        return Word(_NUMBER_SIGN.sub("№", letters), 1.0, emphasis, box=box)

    def _edges(self, index: int) -> tuple[float, float]:
        raw.FPDFText_GetLooseCharBox(self._page, index, self._rect)
        return self._rect.left, self._rect.right

    def _font(self, index: int) -> tuple[str, float, Emphasis]:
        """Name, size in points and look of a character's font; a text object has one."""
        text_object = raw.FPDFText_GetTextObject(self._page, index)
        key = ctypes.cast(text_object, ctypes.c_void_p).value or 0
        if key not in self._fonts:
            matrix = raw.FS_MATRIX()
            raw.FPDFText_GetMatrix(self._page, index, matrix)
            size = raw.FPDFText_GetFontSize(self._page, index) * math.hypot(matrix.b, matrix.d)
            name = _font_name(text_object) if key else ""
            look = _style(name.casefold())
            if key and is_coloured(text_object):
                look |= Emphasis.HIGHLIGHT
            self._fonts[key] = (name, size or 10.0, look)
        return self._fonts[key]


def _style(font: str) -> Emphasis:
    look = Emphasis.BOLD if "bold" in font or "black" in font else Emphasis.NONE
    return look | Emphasis.ITALIC if "italic" in font or "oblique" in font else look


def _symbol(font: str, char: str) -> str:
    """A picture font's character: many files say in Unicode what it shows."""
    known = 0x2000 <= ord(char) < 0xE000 or ord(char) > 0xF8FF
    return char if known else from_symbol_font(font, char).strip() or "•"


def _font_name(text_object: object) -> str:
    font = raw.FPDFTextObj_GetFont(text_object)
    buffer = ctypes.create_string_buffer(128)
    length = raw.FPDFFont_GetBaseFontName(font, buffer, len(buffer)) if font else 0
    return buffer.raw[: max(length - 1, 0)].decode("utf-8", "replace") if length <= 128 else ""


# --- form fields --------------------------------------------------------------------------------


def _fields(page: pdfium.PdfPage, forms: object, height: float) -> Iterator[Word]:
    """The values of the form fields on a page, each where its field stands."""
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_WIDGET:
            rect = raw.FS_RECTF()
            raw.FPDFAnnot_GetRect(annotation, rect)
            box = Box(rect.left, height - rect.top, rect.right, height - rect.bottom)
            yield from _field_words(forms, annotation, box)
        raw.FPDFPage_CloseAnnot(annotation)


def _field_words(forms: object, annotation: object, box: Box) -> Iterator[Word]:
    kind = raw.FPDFAnnot_GetFormFieldType(forms, annotation)
    if kind in (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON):
        ticked = raw.FPDFAnnot_IsChecked(forms, annotation)
        yield Word(TICKED_BOX if ticked else EMPTY_BOX, box=box)
    elif kind in (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX):
        rows = _field_value(forms, annotation).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        tall = (box.bottom - box.top) / len(rows)
        for number, row in enumerate(rows):
            top = box.top + number * tall
            pieces = row.split()
            wide = (box.right - box.left) / max(len(row), 1)
            left = box.left
            for piece in pieces:
                right = left + wide * len(piece)
                yield Word(piece, box=Box(left, top, right, top + min(tall, 14.0)))
                left = right + wide


def _field_value(forms: object, annotation: object) -> str:
    size = raw.FPDFAnnot_GetFormFieldValue(forms, annotation, None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFAnnot_GetFormFieldValue(
        forms, annotation, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size
    )
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")
