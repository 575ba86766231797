"""A printed book as XLSX: A4 on its side, the heading on every page, never a formula."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins, PrintPageSetup
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from generators import package
from generators.books import Sheet

_FONT = "Times New Roman"
_SMALL, _LARGE = 8, 12
# A column's width is counted in digits of the workbook's own font, which are about 2 mm wide.
_MM_OF_A_DIGIT = 2.0
_MM_OF_AN_INCH = 25.4
_LINE = Side(style="thin")
_FRAME = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_PLAIN = Font(name=_FONT, size=_SMALL)
_BOLD = Font(name=_FONT, size=_SMALL, bold=True)
_HEAD = Font(name=_FONT, size=_LARGE, bold=True)


def book_xlsx(sheet: Sheet) -> bytes:
    """The book as a workbook of one sheet; the same sheet gives the same bytes.

    Every cell is text, whatever it begins with.
    """
    book = Workbook()
    page: Worksheet = book.worksheets[0]
    page.title = "Книга"
    _lay_out(page, sheet)
    place = _lines(page, 1, sheet.head, _HEAD)
    numbers = [str(column) for column in range(1, len(sheet.titles) + 1)]
    for texts, font in ((sheet.titles, _BOLD), (numbers, _PLAIN)):
        _row(page, place, texts, font)
        place += 1
    for texts in sheet.rows:
        _row(page, place, texts, _PLAIN)
        place += 1
    _lines(page, place + 1, sheet.foot, _PLAIN)
    target = io.BytesIO()
    book.save(target)
    return _same(target.getvalue())


def _lay_out(page: Worksheet, sheet: Sheet) -> None:
    for column, width in enumerate(sheet.widths, 1):
        page.column_dimensions[get_column_letter(column)].width = width / _MM_OF_A_DIGIT
    head = len(sheet.head)
    page.freeze_panes = f"A{head + 3}"
    page.print_title_rows = f"{head + 1}:{head + 2}"
    page.page_setup = PrintPageSetup(
        worksheet=page, orientation="landscape", paperSize=9, fitToWidth=1, fitToHeight=0
    )
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    inch = _MM_OF_AN_INCH
    page.page_margins = PageMargins(
        left=30 / inch,
        right=10 / inch,
        top=20 / inch,
        bottom=20 / inch,
        header=10 / inch,
        footer=10 / inch,
    )
    # The number stands from the second page on.
    page.HeaderFooter.differentFirst = True
    page.oddHeader.center.text = "&P"  # type: ignore[union-attr]


def _lines(page: Worksheet, place: int, lines: Sequence[str], font: Font) -> int:
    """Write lines that no frame holds; the place below them."""
    for below, line in enumerate(lines):
        _write(page, place + below, 1, line, font)
    return place + len(lines)


def _row(page: Worksheet, place: int, texts: Sequence[str], font: Font) -> None:
    for column, text in enumerate(texts, 1):
        _write(page, place, column, text, font)
        page.cell(place, column).border = _FRAME
        page.cell(place, column).alignment = _WRAPPED


def _write(page: Worksheet, place: int, column: int, text: str, font: Font) -> None:
    cell = page.cell(place, column)
    cell.value = text
    # «=» at the beginning would be reckoned; the quote keeps it text also where it is edited.
    cell.data_type = "s"
    cell.quotePrefix = True
    cell.font = font


def _same(data: bytes) -> bytes:
    """The workbook without the moment at which it was written and by what."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return package.pack({name: parts.read(name) for name in parts.namelist()})
