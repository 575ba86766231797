"""Invented books for the tests of what is printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from generators.book_fields import Words
from generators.books import Period, Sheet, sheet
from journal.cards_books import Book, BookRow
from opika.config import PROJECT
from rules.book_columns import load_books
from tests.generators.sample_cards import KYIV, card

BOOKS = load_books(PROJECT / "catalogues" / "books.toml")
WORDS = Words(
    channels={"email": "електронна пошта"},
    kinds={"registration_reply": "відповідь про реєстрацію"},
    reporter_kinds={"social_work_body": "від суб’єкта соціальної роботи"},
    shows_reporter=True,
)
HEAD = "41:7690d1b9"


def row(number: int, **changes: Any) -> BookRow:
    """A notification under a number; ``values`` of its form and ``card_changes`` may be given."""
    values, card_changes = changes.pop("values", {}), changes.pop("card_changes", {})
    entry = replace(
        card(**values), id=number, number=str(number), index=f"{number}/01-17", **card_changes
    )
    usual: dict[str, Any] = {
        "index": f"{number}/01-17",
        "dated": date(2026, 3, 4) + timedelta(days=number % 20),
        "what": "entry",
        "about": "",
        "counterpart": "",
        "voided": False,
        "why_void": "",
        "sent_at": None,
        "executor": "Марія Прикладенко",
        "card": entry,
    }
    return BookRow(number=number, **usual | changes)


def book(*rows: BookRow, register: str = "notifications", closed: bool = False) -> Book:
    """A register of 2026 that holds these numbers."""
    return Book(
        register=register,
        year=2026,
        first=rows[0].number,
        last=rows[-1].number,
        count=len(rows),
        voided=sum(row.voided for row in rows),
        closed_at=datetime(2027, 1, 5, 10, tzinfo=KYIV) if closed else None,
        head=HEAD,
        rows=rows,
    )


def printed(whole: Book, period: Period | None = None, words: Words = WORDS) -> Sheet:
    """The sheet of a book in the columns that ship."""
    return sheet(whole, BOOKS[whole.register], "Служба", period or Period(), words)


def cells(whole: Book, place: int = 0, words: Words = WORDS) -> dict[str, str]:
    """The texts of one row, by the names of its columns."""
    fields = [column.field for column in BOOKS[whole.register].columns]
    return dict(zip(fields, printed(whole, words=words).rows[place], strict=True))
