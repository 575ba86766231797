"""A workbook (.xlsx) as plain sheets, opened as if it were hostile; it runs in a reading process."""

from __future__ import annotations

import io
import warnings
from collections import defaultdict
from datetime import date, datetime, time

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from opika.errors import HostileFileError, TooLargeFileError, UnreadableFileError
from parsers.package import Package
from rules.sheets import Cell, Merged, Page

MOST_ROWS, MOST_COLUMNS = 20_000, 50
_MOST_PARTS = 500
_UNPACKED_LIMIT = 80_000_000
"""Bytes that all XML of a workbook may unpack to; 20,000 rows of 30 columns have 40 million."""
_NOT_XLSX = (
    "Потрібна таблиця у форматі .xlsx без пароля. Відкрийте файл у редакторі таблиць і збережіть "
    "його як «Книга Excel (.xlsx)»."
)


def read_sheets(data: bytes) -> tuple[Page, ...]:
    """The visible sheets of a workbook; of a formula its last result.

    Raises:
        HostileFileError: its XML declares a document type.
        TooLargeFileError: more than 20,000 rows or 50 columns, or too much when unpacked.
        UnreadableFileError: it is no .xlsx, or a damaged or protected one.
    """
    _check(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what it knows nothing of: charts, extensions
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    pages = tuple(map(_page, sheets))
    if sum(len(page.rows) for page in pages) > MOST_ROWS:
        raise _too_large(f"У таблиці понад {MOST_ROWS} рядків.")
    return pages


def _check(data: bytes) -> None:
    """See that the parts of the file are few, small and plain before anything reads them."""
    try:
        package = Package(data)
    except UnreadableFileError as err:
        raise UnreadableFileError("no workbook", clerk_message=_NOT_XLSX) from err
    if "xl/workbook.xml" not in package.names:
        raise UnreadableFileError("no workbook", clerk_message=_NOT_XLSX)
    if len(package.names) > _MOST_PARTS:
        raise HostileFileError("too many parts")
    total = 0
    for name in sorted(package.names):
        if name.endswith((".xml", ".rels", ".vml")):
            part = package.read(name)
            total += len(part)
            if total > _UNPACKED_LIMIT:
                raise _too_large("Таблиця завелика.")
            if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
                raise HostileFileError("document type in XML")


def _page(sheet: Worksheet) -> Page:
    found: dict[int, dict[int, Cell]] = defaultdict(dict)
    # Asked for by its place a cell is made; a sheet whose last cell is far away has millions.
    for (row, column), cell in sheet._cells.items():
        value = _plain(cell.value)
        if value is not None:
            found[row][column] = value
    widest = max((max(cells) for cells in found.values()), default=0)
    if widest > MOST_COLUMNS:
        raise _too_large(f"На аркуші «{sheet.title}» понад {MOST_COLUMNS} граф.")
    rows = {
        row: tuple(found[row].get(column) for column in range(1, widest + 1))
        for row in sorted(found)
    }
    merged = tuple(
        Merged(one.min_row, one.max_row, one.min_col, one.max_col)
        for one in sheet.merged_cells.ranges
    )
    return Page(sheet.title, rows, merged)


def _plain(value: object) -> Cell:
    if isinstance(value, str):
        return value if value.strip() else None
    if value is None or isinstance(value, int | float | bool | datetime | date | time):
        return value
    return str(value)


def _too_large(what: str) -> TooLargeFileError:
    advice = "Вилучіть зайве або поділіть її на кілька файлів."
    return TooLargeFileError("workbook too large", clerk_message=f"{what} {advice}")
