"""Damaged, protected and hostile files end with their reason, never with another error."""

from __future__ import annotations

import contextlib
import io
import zipfile
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opika.errors import (
    EncryptedFileError,
    FileError,
    HostileFileError,
    TooLargeFileError,
    UnreadableFileError,
)
from parsers import package as package_module
from parsers.file import read_file
from tests.parsers.wordfile import W, docx, form, package

TODAY = date(2026, 11, 22)
GOOD = docx(*form())
BOMB = (
    '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>'
)


def test_an_xml_bomb_is_refused() -> None:
    with pytest.raises(HostileFileError):
        read_file(package({"word/document.xml": BOMB}), "a.docx", today=TODAY)


def test_a_bomb_in_another_encoding_is_refused() -> None:
    data = ('<?xml version="1.0" encoding="utf-16"?>' + BOMB).encode("utf-16")
    with pytest.raises(HostileFileError):
        read_file(package({"word/document.xml": data}), "a.docx", today=TODAY)


def test_an_external_entity_is_refused() -> None:
    xml = BOMB.replace('"aaaaaaaaaa"', 'SYSTEM "file:///etc/hostname"')
    with pytest.raises(HostileFileError):
        read_file(package({"word/document.xml": xml}), "a.docx", today=TODAY)


def test_a_part_that_unpacks_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_module, "PART_LIMIT", 1_000)
    with pytest.raises(TooLargeFileError):
        read_file(GOOD, "a.docx", today=TODAY)


def test_deeply_nested_xml_does_not_overflow() -> None:
    deep = "<w:ins>" * 5_000 + "</w:ins>" * 5_000
    xml = f'<w:document xmlns:w="{W}"><w:body><w:p>{deep}</w:p></w:body></w:document>'
    with pytest.raises(UnreadableFileError):
        read_file(package({"word/document.xml": xml}), "a.docx", today=TODAY)


def test_a_document_with_a_password_says_so() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500
    with pytest.raises(EncryptedFileError):
        read_file(data + "EncryptedPackage".encode("utf-16-le"), "a.docx", today=TODAY)
    with pytest.raises(UnreadableFileError, match="no reader"):
        read_file(data, "a.docx", today=TODAY)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"AT&TFORM" + b"\x00" * 20, "DjVu"),
        (b"\x1f\x8b" + b"\x00" * 20, ".gz"),
        (b"", "порожній"),
    ],
)
def test_a_kind_that_nobody_reads_is_named_to_the_clerk(data: bytes, word: str) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_file(data, "форма.docx", today=TODAY)
    assert word in caught.value.clerk_message


def test_a_spreadsheet_is_named_to_the_clerk() -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_file(package({"xl/workbook.xml": "<x/>"}), "форма.docx", today=TODAY)
    assert "Excel" in caught.value.clerk_message


def test_the_name_of_a_file_does_not_decide_how_it_is_read() -> None:
    assert len(read_file(GOOD, "скан.jpg", today=TODAY).forms) == 1


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255), st.integers(0, len(GOOD)))
def test_a_damaged_word_file_is_read_or_refused(at: int, byte: int, cut: int) -> None:
    for data in (GOOD[:at] + bytes([byte]) + GOOD[at + 1 :], GOOD[:cut]):
        with contextlib.suppress(FileError):
            read_file(data, "a.docx", today=TODAY)


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        st.sampled_from("Датих№:_.()/☐☒✓V 19\n\tПро дитину, сім’ю (особу)Від:Час"), max_size=300
    )
)
def test_any_text_is_read_without_an_error(text: str) -> None:
    noisy = "\n".join(form()).replace("Від:", text)
    read_file(noisy.encode(), "a.txt", today=TODAY)


def test_damaged_xml_inside_a_good_zip_is_unreadable() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("word/document.xml", "<w:document")
    with pytest.raises(UnreadableFileError):
        read_file(out.getvalue(), "a.docx", today=TODAY)
