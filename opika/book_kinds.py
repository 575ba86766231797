"""Which registers are printed as books, and in which formats."""

from __future__ import annotations

from typing import Literal, get_args

from opika.config import BOOKS

Format = Literal["xlsx", "docx", "pdf"]
FORMATS: tuple[Format, ...] = get_args(Format)
REGISTERS = BOOKS
"""Each register has columns of its own (:data:`rules.book_columns.FIELDS`)."""
