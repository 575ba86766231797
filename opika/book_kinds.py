"""Which registers are printed as books, and in which formats."""

from __future__ import annotations

from typing import Literal, get_args

from opika.config import Book

Format = Literal["xlsx", "docx", "pdf"]
FORMATS: tuple[Format, ...] = get_args(Format)
REGISTERS: tuple[Book, ...] = ("notifications", "outgoing", "acts")
"""The registers that have columns of their own (:data:`rules.book_columns.FIELDS`)."""
