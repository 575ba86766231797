"""The blank sheet for taking a paper book over: headings, lists to choose from, explanations."""

from __future__ import annotations

import io
import zipfile

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from generators import package
from rules.paper_columns import COLUMNS, Column

_ROWS = 2_000
"""Rows that the lists to choose from reach down to."""
_NEEDED = frozenset({"number", "registered"})
_WIDTHS = {"number": 11, "day": 15, "choice": 15, "text": 22}
_WIDE = {"from_whom": 30, "subject": 32, "address": 30, "content": 44, "measures": 30, "note": 30}
_LINE = Side(style="thin")
_FRAME = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_BOLD = Font(name="Times New Roman", size=11, bold=True)
_PLAIN = Font(name="Times New Roman", size=11)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_NEEDED_FILL = PatternFill("solid", fgColor="FFF2CC")
_FILL = PatternFill("solid", fgColor="EDEDED")
_AS_TEXT = "@"
_EXPLAINED = (
    "Перенесення відкритих справ із паперового журналу",
    "Заповніть аркуш «Журнал»: один рядок – один запис. Порядок граф можна змінювати, зайві графи – "
    "вилучати. Обов’язкові графи – жовті, а також «Зміст» або «Про кого».",
    "Дати – у вигляді 04.03.2026; час можна додати: 04.03.2026 10:20. Якщо часу немає, строки в "
    "годинах рахуватимуть від початку дня.",
    "Графи з позначкою «Якщо вже зроблено» лишайте порожніми, доки цього не зроблено: строк триває.",
    "Перевірте файл, нічого не записуючи: opika journal import ФАЙЛ.xlsx --dry-run. Усі помилки буде "
    "названо відразу, з рядком і графою. Якщо є хоч одна, не буде записано нічого.",
    "Той самий файл можна перенести ще раз: уже перенесені рядки не подвоюються. Змінений рядок під "
    "тим самим номером – помилка: запис виправляють у журналі.",
)


def import_sheet() -> bytes:
    """The blank sheet as a workbook; always the same bytes."""
    book = Workbook()
    journal: Worksheet = book.worksheets[0]
    journal.title = "Журнал"
    columns = {name: column for name, column in COLUMNS.items() if column.in_blank}
    for place, (name, column) in enumerate(columns.items(), 1):
        _head(journal, place, name, column)
    journal.freeze_panes = "B2"
    journal.row_dimensions[1].height = 45
    _explain(book.create_sheet("Пояснення"), columns)
    target = io.BytesIO()
    book.save(target)
    with zipfile.ZipFile(io.BytesIO(target.getvalue())) as parts:
        return package.pack({name: parts.read(name) for name in parts.namelist()})


def _head(page: Worksheet, place: int, name: str, column: Column) -> None:
    cell = page.cell(1, place, column.title)
    cell.font, cell.border, cell.alignment = _BOLD, _FRAME, _WRAPPED
    cell.fill = _NEEDED_FILL if name in _NEEDED else _FILL
    letter = get_column_letter(place)
    page.column_dimensions[letter].width = _WIDE.get(name, _WIDTHS[column.kind])
    # Typed into a plain cell, a number such as 12/01 would become a date.
    page.column_dimensions[letter].number_format = _AS_TEXT
    if column.choices:
        allowed = DataValidation(
            type="list", formula1=f'"{",".join(column.choices)}"', allow_blank=True
        )
        allowed.errorTitle = column.title
        allowed.error = f"Оберіть зі списку: {', '.join(column.choices)}."
        page.add_data_validation(allowed)
        allowed.add(f"{letter}2:{letter}{_ROWS}")


def _explain(page: Worksheet, columns: dict[str, Column]) -> None:
    for row, line in enumerate(_EXPLAINED, 1):
        page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=3)
        _write(page, row, 1, line, _PLAIN if row > 1 else _BOLD)
        page.row_dimensions[row].height = 18 if row == 1 else 33
    start = len(_EXPLAINED) + 2
    for place, title in enumerate(("Графа", "Що вписувати", "Приклад"), 1):
        _write(page, start, place, title, _BOLD, framed=True)
    for row, column in enumerate(columns.values(), start + 1):
        chosen = f" Можна: {', '.join(column.choices)}." if column.choices else ""
        for place, text in enumerate((column.title, column.hint + chosen, column.example), 1):
            _write(page, row, place, text, _PLAIN, framed=True)
    for letter, width in zip("ABC", (34, 76, 34), strict=True):
        page.column_dimensions[letter].width = width


def _write(
    page: Worksheet, row: int, place: int, text: str, font: Font, *, framed: bool = False
) -> None:
    cell = page.cell(row, place, text or None)
    cell.font, cell.alignment, cell.number_format = font, _WRAPPED, _AS_TEXT
    if framed:
        cell.border = _FRAME
