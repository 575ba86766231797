"""Makes lines out of a stream of text, tabs, breaks and cells, the same way for every reader."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from opika.errors import HostileFileError
from parsers.reading import EMPTY_BOX, FILLER, Cell, Emphasis, Line, Word

_TAB = 8.0
_SPACE = 1.0
_LOST = 0.3
"""How sure a box is whose state the file has lost: a clerk must look at the field."""
_PIECE = re.compile(r"\s+|\S+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_NEAR = 60
"""Twentieths of a point: cells whose left edges are no further apart stand in one column."""
_DEEPEST = 50
"""Tables within tables; people make two or three."""


class LineMaker:
    """Gathers words into lines.

    Attributes:
        lines: those that have ended.
        aside: whether what comes is a footer or a note.
        cell: the cell that what comes stands in.
    """

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.aside = False
        self.cell: Cell | None = None
        self._words: list[Word] = []
        self._gap = 0.0
        self._blank = 0.0
        self._paragraph = 0

    def add(self, text: str, emphasis: Emphasis = Emphasis.NONE) -> None:
        """Cuts text into words; an underlined stretch of white space is a blank to write on."""
        for piece in _PIECE.findall(_INVISIBLE.sub("", text)):
            if piece.isspace():
                self._add_white(len(piece) * _SPACE, emphasis)
            else:
                self._end_blank()
                self._add_piece(piece, emphasis)

    def add_lost_box(self) -> None:
        """A box that is there, but the file does not say whether it is ticked."""
        self._end_blank()
        self._add_word(EMPTY_BOX, Emphasis.NONE)
        self._words[-1].confidence = _LOST

    @property
    def has_words(self) -> bool:
        """Whether there is anything on the line."""
        return bool(self._words)

    def add_tab(self, emphasis: Emphasis = Emphasis.NONE) -> None:
        """A tab."""
        self._add_white(_TAB, emphasis)

    def end_line(self) -> None:
        """Ends a line, if there is anything on it."""
        self._end_blank()
        if self._words:
            self.lines.append(Line(self._words, None, self._paragraph, self.cell, self.aside))
        self._words, self._gap = [], 0.0

    def end_paragraph(self) -> None:
        """Ends a line and its paragraph."""
        self.end_line()
        self._paragraph += 1

    def take(self, lines: list[Line], *, aside: bool = False) -> None:
        """Lines that another maker made, as paragraphs that follow here."""
        before: int | None = None
        for line in lines:
            self._paragraph += before is not None and line.paragraph != before
            before = line.paragraph
            line.paragraph, line.aside = self._paragraph, aside
            self.lines.append(line)
        self._paragraph += bool(lines)

    def _add_white(self, width: float, emphasis: Emphasis) -> None:
        if Emphasis.UNDERLINE in emphasis:
            self._blank += width
        else:
            self._end_blank()
            self._gap += width

    def _end_blank(self) -> None:
        """What was underlined white space is a blank, or a space inside underlined text."""
        blank, self._blank = self._blank, 0.0
        if blank > _SPACE:
            self._add_word(FILLER, Emphasis.NONE)
        else:
            self._gap += blank

    def _add_piece(self, piece: str, emphasis: Emphasis) -> None:
        """A word, or more of the word before it: a file may hold it in many pieces."""
        last = self._words[-1] if self._words and not self._gap else None
        if last and last.emphasis == emphasis and last.text not in (FILLER, EMPTY_BOX):
            last.text += piece
        else:
            self._add_word(piece, emphasis)

    def _add_word(self, text: str, emphasis: Emphasis) -> None:
        self._words.append(Word(text, self._gap, emphasis))
        self._gap = 0.0


@dataclass(slots=True)
class _Row:
    """A row as it comes: the lines of its cells, then where the cells begin."""

    cells: list[list[Line]] = field(default_factory=list)
    lefts: Sequence[int] = ()


@dataclass(slots=True)
class _Table:
    number: int
    rows: list[_Row] = field(default_factory=list)
    row: _Row = field(default_factory=_Row)
    cell: list[Line] = field(default_factory=list)


class RowMaker(LineMaker):
    """Gathers lines whose cells are known only when a mark ends the cell, the row, the table.

    So it is in RTF and in the old Word: a paragraph says how deep in tables it stands, a mark ends
    a cell, another one ends the row and says where its cells begin.

    """

    def __init__(self, tables: Iterator[int]) -> None:
        """Starts without lines; ``tables`` numbers the tables of the whole document."""
        super().__init__()
        self._boxes: list[Line] = []
        self._open: list[_Table] = []
        self._tables = tables
        self._taken = 0

    def add_box(self, lines: list[Line]) -> None:
        """The lines of a text box that stands beside a paragraph at this place.

        Before the paragraph's first word they come before it, else after it.
        """
        if self.has_words:
            self._boxes += lines
        else:
            self.take(lines)

    def end_paragraph_at(self, depth: int) -> None:
        """Ends a paragraph that stands so deep in tables; 0 is outside of them.

        Raises:
            HostileFileError: deeper than any person nests tables.
        """
        if depth > _DEEPEST:
            raise HostileFileError("tables nested too deeply")
        self.end_paragraph()
        self.take(self._boxes)
        self._boxes = []
        while len(self._open) > max(depth, 0):
            self._close()
        while len(self._open) < depth:
            self._open.append(_Table(next(self._tables)))
        if self._open:
            self._open[-1].cell += self.lines[self._taken :]
        self._taken = len(self.lines)

    def end_cell(self, depth: int) -> None:
        """Ends the cell at this depth."""
        self.end_paragraph_at(max(depth, 1))
        table = self._open[-1]
        table.row.cells.append(table.cell)
        table.cell = []

    def end_row(self, depth: int, lefts: Sequence[int]) -> None:
        """Ends the row at this depth; its cells begin at ``lefts``, twentieths of a point."""
        self.end_paragraph_at(max(depth, 1))
        table = self._open[-1]
        table.row.lefts = lefts
        table.rows.append(table.row)
        table.row = _Row()

    def all_lines(self) -> list[Line]:
        """The lines, now that nothing follows."""
        self.end_paragraph_at(len(self._open))
        while self._open:
            self._close()
        return self.lines

    def _close(self) -> None:
        """Now that all rows are known, each line of the table gets its cell."""
        table = self._open.pop()
        if table.cell:
            table.row.cells.append(table.cell)
        if table.row.cells:
            table.rows.append(table.row)
        edges = _columns([left for row in table.rows for left in row.lefts])
        for row_number, row in enumerate(table.rows):
            for number, lines in enumerate(row.cells):
                known = number < len(row.lefts)
                column = bisect_right(edges, row.lefts[number]) - 1 if known else number
                last = number == len(row.cells) - 1
                for line in lines:
                    # A text box in a cell may hold a table of its own.
                    line.cell = line.cell or Cell(table.number, row_number, column, last)


def _columns(lefts: list[int]) -> list[int]:
    """Where columns begin: edges that lie near each other are one."""
    edges: list[int] = []
    for left in sorted(set(lefts)):
        if not edges or left - edges[-1] > _NEAR:
            edges.append(left)
    return edges
