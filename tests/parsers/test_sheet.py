"""A workbook is read as plain sheets; a hostile one costs nothing but itself."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest

from opika.errors import FileError, HostileFileError, TooLargeFileError, UnreadableFileError
from parsers import sheet
from parsers.sheet import read_sheets
from rules.sheets import Merged

DAY = date(2026, 3, 4)


def _book() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = "Журнал"
    page["A1"], page["C3"], page["D3"] = "Назва", datetime.combine(DAY, time(9, 5)), 46085
    page["B3"] = "  "
    page.merge_cells("A1:D1")
    book.create_sheet("Прихований").sheet_state = "hidden"
    return book


def _saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _with(data: bytes, name: str, part: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", 8) as new:
        for one in old.namelist():
            new.writestr(one, part if one == name else old.read(one))
        if name not in old.namelist():
            new.writestr(name, part)
    return target.getvalue()


def test_visible_sheets_are_read_with_their_joined_cells() -> None:
    (page,) = read_sheets(_saved(_book()))
    assert page.name == "Журнал"
    assert page.rows == {
        1: ("Назва", None, None, None),
        3: (None, None, datetime.combine(DAY, time(9, 5)), 46085),
    }
    assert page.merged == (Merged(1, 1, 1, 4),)


def test_a_far_away_cell_does_not_make_the_sheet_wide_or_slow() -> None:
    book = _book()
    book.worksheets[0].cell(1_048_576, 40, "край")
    (page,) = read_sheets(_saved(book))
    assert len(page.rows) == 3
    book.worksheets[0].cell(2, 16_384, "край")
    with pytest.raises(TooLargeFileError) as refused:
        read_sheets(_saved(book))
    assert "50 граф" in refused.value.clerk_message


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "MOST_ROWS", 1)
    with pytest.raises(TooLargeFileError) as refused:
        read_sheets(_saved(_book()))
    assert "поділіть" in refused.value.clerk_message


def test_a_bomb_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "_UNPACKED_LIMIT", 200_000)
    bomb = _with(_saved(_book()), "xl/worksheets/bomb.xml", b"<a>" + b" " * 200_000 + b"</a>")
    with pytest.raises(TooLargeFileError):
        read_sheets(bomb)


def test_a_document_type_is_refused() -> None:
    part = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    with pytest.raises(HostileFileError):
        read_sheets(_with(_saved(_book()), "xl/sharedStrings.xml", part))


@pytest.mark.parametrize("data", [b"", b"a;b;c", b"\xd0\xcf\x11\xe0" + b"\0" * 600, b"PK\x03\x04"])
def test_what_is_no_workbook_says_what_to_do(data: bytes) -> None:
    with pytest.raises(UnreadableFileError) as refused:
        read_sheets(data)
    assert "збережіть" in refused.value.clerk_message


def test_another_zip_is_no_workbook() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as other:
        other.writestr("word/document.xml", "<a/>")
    with pytest.raises(FileError, match="no workbook"):
        read_sheets(target.getvalue())
