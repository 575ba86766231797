"""The table of a paper journal on a sheet: its headings, and the cells of each of its entries.

A title above the headings, headings in two rows, a row of column numbers, empty rows, rows that
name a month, headings repeated on the next page, cells joined across rows: clerks' tables have all
of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rules.paper_cells import text_of
from rules.paper_columns import COLUMNS, FEWEST, is_head, known
from rules.sheets import Cell, Page, letters
from rules.text import tidy

_LAST_HEAD = 30
"""Row in which the headings must have begun."""
_NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that cannot be taken over, and what to do, for a clerk.

    Attributes:
        page: name of the sheet.
        row: its row, 0: the sheet as a whole.
        column: letters and heading of the column; "": the row as a whole.
    """

    page: str
    row: int
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class Line:
    """The cells of one entry.

    Attributes:
        row: where it begins.
        cells: name of the column -> cells of it; more than one where rows are joined and differ.
        others: heading that is none of ours -> its text.
    """

    page: str
    row: int
    cells: Mapping[str, tuple[Cell, ...]]
    others: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """The journal on a sheet.

    Attributes:
        columns: name of a column -> its place, from 1.
        headings: what stands above each place.
        unknown: headings that mean no column of ours and have something below them.
        passed: rows that are no entry (a month, an empty numbered line), with their text.
    """

    page: str
    columns: Mapping[str, int]
    headings: Sequence[str]
    lines: tuple[Line, ...]
    unknown: tuple[str, ...]
    passed: tuple[tuple[int, str], ...]

    def column(self, name: str) -> str:
        """How a column is named to a clerk: «H, «Їх дата»»."""
        place = self.columns.get(name)
        if place is None:
            return f"«{COLUMNS[name].title}»"
        return f"{letters(place)}, «{self.headings[place - 1]}»"


def tables(pages: Sequence[Page]) -> list[Table]:
    """The journals of a workbook; a sheet without its headings has none."""
    return [table for page in pages if (table := _table(page)) is not None]


def _table(page: Page) -> Table | None:
    joined = _filled(page)
    head = _head(page, joined)
    if head is None:
        return None
    last, headings = head
    names = known(headings)
    columns = {name: place for place, name in enumerate(names, 1) if name}
    body = {row: cells for row, cells in joined.items() if row > last}
    titles = {_row_text(cells) for row, cells in joined.items() if row <= last}
    passed: list[tuple[int, str]] = []
    lines: list[Line] = []
    for group in _groups(page, body, columns[_NUMBER]):
        first = group[0]
        cells = [body[row] for row in group if row in body]
        if _row_text(cells[0]) in titles or _counts_columns(cells[0]):
            continue
        if len(group) == 1 and _says_one_thing(cells[0]):
            passed.append((first, _row_text(cells[0])))
            continue
        lines.append(_line(page.name, first, cells, columns, headings))
    unknown = dict.fromkeys(heading for line in lines for heading in line.others)
    return Table(page.name, columns, headings, tuple(lines), tuple(unknown), tuple(passed))


def _filled(page: Page) -> dict[int, tuple[Cell, ...]]:
    """The rows, with what stands in cells joined downwards in each of their rows."""
    rows = {row: list(cells) for row, cells in page.rows.items()}
    for one in page.merged:
        if one.last_row == one.first_row or one.first_row not in rows:
            continue
        top = rows[one.first_row]
        value = top[one.first_column - 1] if one.first_column <= len(top) else None
        for row in range(one.first_row + 1, one.last_row + 1):
            if row in rows and value is not None:
                rows[row][one.first_column - 1] = value
    return {row: tuple(cells) for row, cells in rows.items()}


def _head(page: Page, rows: Mapping[int, tuple[Cell, ...]]) -> tuple[int, list[str]] | None:
    """The last row of the headings and the headings, where the sheet has them."""
    best: tuple[int, int, list[str]] | None = None
    for row in sorted(rows):
        if row > _LAST_HEAD:
            break
        single = [tidy(text_of(cell)) for cell in rows[row]]
        for last, headings in ((row, single), (row + 1, _two_rows(page, rows, row))):
            names = known(headings)
            score = sum(name is not None for name in names)
            if is_head(names) and (best is None or score > best[0]):
                best = score, last, headings
    return best and best[1:]


def _two_rows(page: Page, rows: Mapping[int, tuple[Cell, ...]], row: int) -> list[str]:
    """Headings of which some are spread over columns of the row below: «Запит до ЦСС» №, дата."""
    above = [tidy(text_of(cell)) for cell in rows[row]]
    below = [tidy(text_of(cell)) for cell in rows.get(row + 1, ())]
    for one in page.merged:
        if one.first_row == row and one.first_column <= len(above):
            last = min(one.last_column, len(above))
            above[one.first_column : last] = [above[one.first_column - 1]] * (
                last - one.first_column
            )
    below += [""] * (len(above) - len(below))
    return [
        upper if upper == lower or not lower else f"{upper}: {lower}".removeprefix(": ")
        for upper, lower in zip(above, below, strict=True)
    ]


def _groups(
    page: Page, body: Mapping[int, tuple[Cell, ...]], number: int
) -> Iterator[tuple[int, ...]]:
    """The rows of each entry: several only where its number is one cell across them."""
    joined = {
        row: one.first_row
        for one in page.merged
        if one.first_column <= number <= one.last_column
        for row in range(one.first_row, one.last_row + 1)
        if row in body
    }
    groups: dict[int, list[int]] = {}
    for row in sorted(body):
        groups.setdefault(joined.get(row, row), []).append(row)
    yield from map(tuple, groups.values())


def _line(
    page: str,
    row: int,
    rows: Sequence[tuple[Cell, ...]],
    columns: Mapping[str, int],
    headings: Sequence[str],
) -> Line:
    ours = {name: _values(rows, place) for name, place in columns.items()}
    taken = set(columns.values())
    others = {}
    for place, heading in enumerate(headings, 1):
        text = "\n".join(map(text_of, _values(rows, place)))
        if place not in taken and text:
            others[heading or letters(place)] = text
    return Line(page, row, {name: cells for name, cells in ours.items() if cells}, others)


def _values(rows: Sequence[tuple[Cell, ...]], place: int) -> tuple[Cell, ...]:
    """What a column holds in the rows of an entry, each value once."""
    found: dict[str, Cell] = {}
    for row in rows:
        cell = row[place - 1] if place <= len(row) else None
        if text := text_of(cell):
            found.setdefault(text, cell)
    return tuple(found.values())


def _row_text(cells: Sequence[Cell]) -> str:
    return " ".join(tidy(text) for cell in cells if (text := text_of(cell)))


def _counts_columns(cells: Sequence[Cell]) -> bool:
    """Whether the row only counts the columns, 1, 2, 3, as printed books do."""
    said = [text_of(cell) for cell in cells if cell is not None]
    counted = [str(number) for number in range(1, len(said) + 1)]
    return len(said) >= FEWEST and said == counted


def _says_one_thing(cells: Sequence[Cell]) -> bool:
    """Whether only one cell says anything: a month across the table, a line with a bare number."""
    return len([cell for cell in cells if text_of(cell)]) == 1
