"""A register of the journal becomes the sheet that is printed: heading, columns, rows, foot."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from generators.book_fields import Words, is_on_paper, said
from journal.cards_books import Book, BookRow
from rules.book_columns import BookColumns
from rules.wording import date_in_figures

# What XML 1.0, and so DOCX and XLSX, cannot hold.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Period:
    """The days whose numbers are printed; None: from the first, to the last of the year."""

    first: date | None = None
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Whether a day is one of them."""
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A book ready to be written in any format.

    Attributes:
        head: the lines above the table.
        titles: the words above each column; ``widths`` in millimetres.
        rows: the texts of each row; a text may have several lines.
        foot: the lines below the table.
    """

    head: tuple[str, ...]
    titles: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    foot: tuple[str, ...]


def sheet(book: Book, columns: BookColumns, office: str, period: Period, words: Words) -> Sheet:
    """The sheet of a book: the same book gives the same sheet, whenever it is printed.

    Args:
        book: what the journal hands out.
        columns: title and columns.
        office: the name of the office that keeps the book.
        period: which days of it.
        words: what keys are called, and for whom it is printed.
    """
    printed = [row for row in book.rows if period.holds(row.dated)]
    fields = [column.field for column in columns.columns]
    return Sheet(
        head=(_clean(office), _clean(columns.title), _span(book, period)),
        titles=tuple(_clean(column.title) for column in columns.columns),
        widths=tuple(column.width for column in columns.columns),
        rows=tuple(tuple(_clean(said(name, row, words)) for name in fields) for row in printed),
        foot=tuple(_foot(book, printed)),
    )


def _span(book: Book, period: Period) -> str:
    if period == Period():
        return f"за {book.year} рік"
    first = period.first or date(book.year, 1, 1)
    last = period.last or date(book.year, 12, 31)
    return f"за {date_in_figures(first)} – {date_in_figures(last)}"


def _foot(book: Book, printed: list[BookRow]) -> list[str]:
    voided = sum(row.voided for row in printed)
    taken_over = sum(map(is_on_paper, printed))
    paper = f", перенесено з паперового журналу – {taken_over}" if taken_over else ""
    lines = [f"Надруковано записів – {len(printed)}, з них анульовано – {voided}{paper}."]
    numbers = f" (№ {book.first}–{book.last})" if book.count else ""
    lines.append(
        f"Усього за {book.year} рік записів – {book.count}{numbers}, "
        f"з них анульовано – {book.voided}."
    )
    if book.closed_at:
        lines.append(f"Рік закрито {date_in_figures(book.closed_at.date())}.")
    row, _, digest = book.head.partition(":")
    if digest:
        lines.append(f"Ланцюг історії змін: рядок {row}, {digest}.")
    return lines


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)
