"""Joins the rows of a table that a page break cut in two, so that labels and values are whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from parsers.reading import Cell, Line

_FOOTER = 3
"""Lines that may stand between the two halves of a row: a page's number, a running title."""


def with_whole_rows(lines: Sequence[Line]) -> list[Line]:
    """The lines, those of a row that goes on behind a page break right behind its first half.

    Each cell's lines stand together. A row goes on where the first row of the next page lacks the
    first cell, or opens it with a small letter.
    """
    result = list(lines)
    for at, line in enumerate(lines):
        cell = line.cell
        before = _last_row(lines, at) if cell and cell.row == 0 else []
        if cell is None or not before:
            continue
        rest = _first_of(lines[at:], cell)
        brought = _in_columns_of(before, rest)
        if _goes_on(before, brought):
            result = [line for line in result if not any(line is own for own in rest)]
            _join(result, before, brought)
    return result


def _last_row(lines: Sequence[Line], at: int) -> list[Line]:
    """The last row on the page before, if a table of it ends here and another one begins."""
    page, cell = lines[at].page, lines[at].cell
    near = [line for line in lines[max(0, at - _FOOTER - 1) : at] if line.cell]
    if page is None or cell is None or not near:
        return []
    last = near[-1]
    if last.cell is None or last.cell.table == cell.table or last.page != page - 1:
        return []
    end = last.cell
    return [line for line in lines[:at] if _is_in_row(line, end)]


def _first_of(lines: Sequence[Line], cell: Cell) -> list[Line]:
    return list(takewhile(lambda line: _is_in_row(line, cell), lines))


def _in_columns_of(before: Sequence[Line], rest: Sequence[Line]) -> list[Line]:
    """The lines of a row with the columns of the one before: on each page they are counted anew."""
    theirs, own = sorted(_columns(before)), sorted(_columns(rest))
    if set(own) <= set(theirs) or len(own) != len(theirs):
        return list(rest)
    column = dict(zip(own, theirs, strict=True))
    return [
        replace(line, cell=line.cell._replace(column=column[line.cell.column]))
        for line in rest
        if line.cell
    ]


def _is_in_row(line: Line, cell: Cell) -> bool:
    return line.cell is not None and line.cell[:2] == cell[:2]


def _columns(lines: Sequence[Line]) -> set[int]:
    return {line.cell.column for line in lines if line.cell}


def _goes_on(before: Sequence[Line], rest: Sequence[Line]) -> bool:
    first = min(_columns(before))
    if not _columns(rest) <= _columns(before) or len(_columns(before)) == 1:
        return False
    return first not in _columns(rest) or rest[0].words[0].text[0].islower()


def _join(lines: list[Line], before: Sequence[Line], rest: Sequence[Line]) -> None:
    """Sets the second half of a row among the first, cell by cell."""
    cells = {line.cell.column: line.cell for line in before if line.cell}
    moved = [replace(line, cell=cells[line.cell.column]) for line in rest if line.cell]
    whole = sorted([*before, *moved], key=lambda line: line.cell.column if line.cell else 0)
    start = next(n for n, line in enumerate(lines) if line is before[0])
    mine = {id(line) for line in (*before, *rest)}
    lines[start:] = [*whole, *(line for line in lines[start:] if id(line) not in mine)]
