"""A book as XLSX is laid out for paper, says nothing of itself and reckons nothing."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from generators.book_xlsx import book_xlsx
from tests.generators.sample_books import book, printed, row

FIRST = 6
"""The place of the first row: below three lines of the head, the titles and their numbers."""


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.parametrize(
    "text", ["=1+1", "+380501112233", "-5", "@SUM(A1)", '=HYPERLINK("http://a","b")', "\t=1"]
)
def test_no_text_is_ever_a_formula(text: str) -> None:
    data = book_xlsx(printed(book(row(1, values={"address": text}))))
    page = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    held = [cell for line in page.iter_rows() for cell in line if cell.value == text]
    assert [(cell.data_type, cell.quotePrefix) for cell in held] == [("s", True)]
    assert b"<f>" not in _parts(data)["xl/worksheets/sheet1.xml"]


def test_the_same_book_gives_the_same_bytes_and_properties_that_name_nobody() -> None:
    whole = book(*(row(number) for number in range(1, 30)))
    data = book_xlsx(printed(whole))
    assert data == book_xlsx(printed(whole))
    assert data != book_xlsx(printed(book(row(1))))
    for name, part in _parts(data).items():
        if name.startswith("docProps"):
            assert b"openpyxl" not in part
            assert b"created" not in part


def test_the_page_lies_on_its_side_and_repeats_its_heading() -> None:
    data = book_xlsx(printed(book(row(1), row(2, voided=True))))
    page = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page.sheet_properties.pageSetUpPr is not None
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.page_setup.fitToHeight == 0
    assert page.print_title_rows == "$4:$5"
    assert page.HeaderFooter.differentFirst
    margins = page.page_margins
    sides = (margins.left, margins.right, margins.top, margins.bottom)
    assert [round(side * 25.4) for side in sides] == [30, 10, 20, 20]
    assert page.cell(FIRST, 1).value == "1"
    assert page.cell(FIRST + 1, 1).value == "2\nанульовано"
