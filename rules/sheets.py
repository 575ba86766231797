"""A sheet of a spreadsheet as plain values: what is read of it, and how a place in it is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

Cell = str | int | float | bool | datetime | date | time | None
"""What stands in a cell; a date without a time may come as a datetime of midnight."""


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells joined into one, from 1; the value stands in the first of them."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet.

    Attributes:
        name: as its tab says.
        rows: number from 1 -> cells, of the rows in which anything stands.
        merged: the joined cells.
    """

    name: str
    rows: dict[int, tuple[Cell, ...]]
    merged: tuple[Merged, ...] = ()


def letters(column: int) -> str:
    """How a spreadsheet names a column: 1 is A, 27 is AA."""
    name = ""
    while column > 0:
        column, digit = divmod(column - 1, 26)
        name = chr(ord("A") + digit) + name
    return name
