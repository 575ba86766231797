"""The journal's books, printed: out of the journal, through the columns, into a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from generators.book_docx import book_docx
from generators.book_fields import Words
from generators.book_xlsx import book_xlsx
from generators.books import Period, Sheet, sheet
from generators.pdf_same import without_moment
from journal import book_rows
from journal.cards_books import Book
from journal.masking import book_shown
from journal.originals import write_whole
from opika.book_kinds import Format
from opika.config import Book as Register
from opika.pipeline import Pipeline
from rules.book_columns import load_books

_WHY = "друк книги"
# What LibreOffice may take for a book: so much, and more with every row.
_SECONDS, _ROWS_OF_A_SECOND = 30, 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """A book that is to be printed.

    Attributes:
        office: key of the office that keeps it.
        register: which register.
        year: of its numbers.
        period: which days of that year.
        format: of the file.
        words: what keys are called, and for whom it is printed.
    """

    office: str
    register: Register
    year: int
    period: Period
    format: Format
    words: Words


def export(pipeline: Pipeline, wanted: Wanted, out: Path | None = None) -> tuple[Path, int]:
    """Print a book into a file that only we can read; its path, and how many numbers stand in it.

    What it says of notifications counts as looked at (п. 13).

    Args:
        pipeline: the opened pipeline.
        wanted: which book.
        out: the file; None: below the data folder, under a name that tells of nobody.

    Raises:
        ConfigError: the columns' file cannot be used.
        ConversionError: LibreOffice is missing or failed.
        StorageError: the disk is full or refuses.
    """
    columns = load_books(pipeline.config.opika.catalogues / "books.toml")[wanted.register]
    book = book_rows.book(wanted.office, wanted.register, wanted.year)
    book = book_shown(book, pipeline.eyes)
    name = pipeline.config.office_of(wanted.office).name
    printed = sheet(book, columns, name, wanted.period, wanted.words)
    data = _WRITERS[wanted.format](pipeline, printed)
    _note(pipeline, book, wanted.period)
    path = out or _path(pipeline.data, wanted)
    write_whole(path, data)
    path.chmod(0o600)
    return path, len(printed.rows)


def _xlsx(_: Pipeline, printed: Sheet) -> bytes:
    return book_xlsx(printed)


def _docx(_: Pipeline, printed: Sheet) -> bytes:
    return book_docx(printed)


def _pdf(pipeline: Pipeline, printed: Sheet) -> bytes:
    seconds = _SECONDS + len(printed.rows) / _ROWS_OF_A_SECOND
    converter = replace(pipeline.converter, document_seconds=seconds)
    (pdf,) = converter.convert([book_docx(printed)])
    return without_moment(pdf)


_WRITERS: Mapping[Format, Callable[[Pipeline, Sheet], bytes]] = {
    "xlsx": _xlsx,
    "docx": _docx,
    "pdf": _pdf,
}


def _note(pipeline: Pipeline, book: Book, period: Period) -> None:
    cards = {row.card.id for row in book.rows if row.card and period.holds(row.dated)}
    book_rows.looked(sorted(cards), actor=pipeline.actor, now=pipeline.clock(), why=_WHY)


def _path(data: Path, wanted: Wanted) -> Path:
    folder = data / "books"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    days = "".join(f"-{_figures(day)}" for day in (wanted.period.first, wanted.period.last) if day)
    return folder / f"{wanted.office}-{wanted.register}-{wanted.year}{days}.{wanted.format}"


def _figures(day: date) -> str:
    return f"{day:%m%d}"
