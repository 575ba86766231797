"""Reads one file of any kind: chooses the reader by its content, never by its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from opika.errors import EncryptedFileError, TooLargeFileError, UnreadableFileError
from parsers.reading import Reading


@dataclass(frozen=True, slots=True)
class FileReading:
    """What a file holds.

    Attributes:
        text: its whole plain text.
        forms: its filled forms, in order, each with the keys of the parse contract.
        reason: why there is no form: "not a form" or "empty form".
    """

    text: str
    forms: tuple[dict[str, Any], ...]
    reason: str | None


_UNREAD = (
    "У файлі забагато сканованих сторінок: не прочитано {pages}, на решті форму не знайдено. "
    "Перегляньте оригінал і внесіть дані вручну або надішліть форму окремим файлом."
)


def read_file(data: bytes, name: str, *, today: date) -> FileReading:
    """Reads a file and the forms in it.

    Args:
        data: its bytes.
        name: its name; it never decides how the file is read.
        today: dates after it are doubtful.

    Raises:
        FileError: it is damaged, protected, hostile, too large, or of a kind that nobody reads.
    """
    from parsers.dodatok1.form import extract

    reading = _reader(data)(data)
    found = extract(reading, today)
    if reading.unread_pages and not found.forms:
        pages = _spoken(reading.unread_pages)
        raise TooLargeFileError("pages left unread", clerk_message=_UNREAD.format(pages=pages))
    return FileReading(reading.text, found.forms, found.reason)


def _spoken(pages: tuple[int, ...]) -> str:
    """The numbers of pages in words, those in a row as from–to."""
    rows: list[list[int]] = []
    for page in pages:
        if rows and page == rows[-1][-1] + 1:
            rows[-1].append(page)
        else:
            rows.append([page])
    spoken = ", ".join(str(row[0]) if len(row) == 1 else f"{row[0]}–{row[-1]}" for row in rows)
    return f"сторінку {spoken}" if len(pages) == 1 else f"сторінки {spoken}"


def read_written_down(data: bytes) -> FileReading:
    """Reads what a clerk wrote down of a notification.

    Only for records that this office made itself: their answers are not doubted. The same bytes in
    a mail are a stranger's text, and ``read_file`` reads them as such.

    Raises:
        UnreadableFileError: it is no such record.
    """
    from parsers import answers

    record = answers.read_record(data)
    return FileReading(answers.text_of(record), (answers.form_of(record),), None)


def _reader(data: bytes) -> Callable[[bytes], Reading]:
    """The reader for a kind of file, imported only when it is needed."""
    if data.startswith(b"PK"):
        if _ODT in data[:200]:
            from parsers.odt import read_odt

            return read_odt
        _refuse_other_zip(data)
        from parsers.docx import read_docx

        return read_docx
    if b"%PDF-" in data[:1024]:
        from parsers.pdf import read_pdf

        return read_pdf
    if data.lstrip().startswith(b"{\\rtf"):
        from parsers.rtf import read_rtf

        return read_rtf
    if data.startswith(_OLE) and "WordDocument".encode("utf-16-le") in data:
        from parsers.doc import read_doc

        return read_doc
    if is_picture(data):
        from parsers.scan import read_scan

        return read_scan
    _refuse_unread(data)
    from parsers.html import is_html, read_html

    if is_html(data):
        return read_html
    from parsers.text import read_text

    return read_text


def is_picture(data: bytes) -> bool:
    """Whether these bytes are a scan or a photo, by their first bytes."""
    return any(data.startswith(mark, offset) for offset, mark in _PICTURES)


def _refuse_other_zip(data: bytes) -> None:
    """Raises for a zip that is no Word document; a damaged one is left to the reader."""
    for mark, kind in _ZIPS:
        if mark in data:
            raise _unread(kind)


def _refuse_unread(data: bytes) -> None:
    """Raises for what no reader takes."""
    if not data.strip(b" \r\n\t\x00"):
        raise UnreadableFileError("empty", clerk_message="Файл порожній.")
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise EncryptedFileError("encrypted office file")
        raise _unread("документ старого формату Office (.xls, .ppt, .msg)")
    for offset, mark, kind in _MAGIC:
        if data.startswith(mark, offset):
            raise _unread(kind)


def _unread(kind: str) -> UnreadableFileError:
    return UnreadableFileError(
        "a kind of file that no reader takes",
        clerk_message=f"Це {kind}: автоматично такий файл не читається. "
        "Відкрийте оригінал і внесіть дані вручну.",
    )


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODT = b"mimetypeapplication/vnd.oasis.opendocument.text"
_PICTURES = (
    (0, b"\xff\xd8\xff"),
    (0, b"\x89PNG"),
    (0, b"II*\x00"),
    (0, b"MM\x00*"),
    (0, b"GIF8"),
    (0, b"BM"),
    (4, b"ftyphei"),
    (4, b"ftyphev"),
    (4, b"ftypmif1"),
    (4, b"ftypavif"),
    (8, b"WEBP"),
)
_ZIPS = (
    (b"mimetypeapplication/vnd.oasis", "документ LibreOffice"),
    (b"mimetypeapplication/vnd.etsi.asic", "контейнер з електронним підписом (.asice)"),
    (b"xl/workbook", "таблиця Excel (.xlsx)"),
    (b"ppt/presentation", "презентація PowerPoint (.pptx)"),
)
_MAGIC = (
    (0, b"AT&TFORM", "скан у форматі DjVu"),
    (0, b"7z\xbc\xaf", "архів 7z"),
    (0, b"Rar!", "архів RAR"),
    (0, b"\x1f\x8b", "стиснений файл (.gz)"),
)
