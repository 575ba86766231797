"""A book as DOCX and PDF: the heading on every page, all columns inside it, the same again."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pdfplumber
import pytest
from lxml import etree

from generators.book_docx import book_docx
from generators.pdf import Converter
from generators.pdf_same import without_moment
from tests.generators.sample_books import BOOKS, book, printed, row

_MM = 72 / 25.4
ROWS = 205
"""More than one table holds."""


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """A book made into a PDF by two calls that are more than a second apart."""
    rows = [row(n, values={"content": "Хлопець не був на уроках."}) for n in range(1, ROWS + 1)]
    docx = book_docx(printed(book(*rows)))
    folder = tmp_path_factory.mktemp("pdf")
    first = _pdf(docx, folder)
    time.sleep(1.1)
    return first, _pdf(docx, folder)


def _pdf(docx: bytes, folder: Path) -> bytes:
    return Converter(folder, document_seconds=120).convert([docx])[0]


def test_the_same_sheet_gives_the_same_docx_of_whole_xml() -> None:
    sheet = printed(book(row(1, values={"address": "«Лілея» & <сад>"}), row(2, voided=True)))
    data = book_docx(sheet)
    assert data == book_docx(sheet)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            etree.fromstring(package.read(name))
        words = etree.fromstring(package.read("word/document.xml")).itertext()
    text = "".join(map(str, words))
    assert "«Лілея» & <сад>" in text
    assert "2анульовано" in text


def test_a_pdf_made_again_differs_only_until_its_moment_is_taken_out(
    twice: tuple[bytes, bytes],
) -> None:
    first, second = twice
    assert first != second
    assert without_moment(first) == without_moment(second)
    assert len(without_moment(first)) == len(first)


def test_every_page_has_the_heading_and_its_number_from_the_second_on(
    twice: tuple[bytes, bytes],
) -> None:
    with pdfplumber.open(io.BytesIO(without_moment(twice[0]))) as pdf:
        assert len(pdf.pages) > 10
        for place, page in enumerate(pdf.pages, 1):
            assert (round(page.width / _MM), round(page.height / _MM)) == (297, 210)
            if page.find_tables():
                assert "надійшло" in page.extract_text()
            above = page.crop((0, 0, page.width, 18 * _MM)).extract_words()
            assert [word["text"] for word in above] == ([str(place)] if place > 1 else [])
            if above:
                middle = (above[0]["x0"] + above[0]["x1"]) / 2
                assert abs(middle - (30 + 257 / 2) * _MM) < _MM
        last = pdf.pages[-1].extract_text()
    assert f"записів – {ROWS} (№ 1–{ROWS})" in last


def test_all_columns_lie_between_the_margins_and_no_number_is_lost(
    twice: tuple[bytes, bytes],
) -> None:
    columns = len(BOOKS["notifications"].columns)
    numbers = []
    with pdfplumber.open(io.BytesIO(twice[0])) as pdf:
        for page in pdf.pages:
            words = page.extract_words()
            assert min(word["x0"] for word in words) >= 29.5 * _MM
            assert max(word["x1"] for word in words) <= (297 - 9.5) * _MM
            for table in page.find_tables():
                lines = table.extract()
                assert {len(line) for line in lines} == {columns}
                numbers += [line[0] for line in lines[2:]]
    assert numbers == [str(number) for number in range(1, ROWS + 1)]
