"""Brings lines into the order in which a person reads the form: the left column, then the right.

The form's head has two columns (sender, recipient) and a box at the right (the journal's mark). A
file may hold them as cells, as tabs, as runs of spaces, or as places on a page. Only these two
corners are reordered; the rest of the form is one column.
"""

from __future__ import annotations

import re

from parsers.dodatok1.columns import with_columns_in_turn, with_labels_apart, without_row_numbers
from parsers.dodatok1.cut import is_wanted
from parsers.dodatok1.label_column import with_whole_labels
from parsers.dodatok1.rows import with_whole_rows
from parsers.dodatok1.stream import NUMBER_SIGN, Segment, mended, with_number_signs
from parsers.reading import Line, Word

_WIDE = 3.4
"""Widths of a space: a wider gap may part two columns. Justified text stays below."""
_WIDE_AFTER_BLANK = 1.6
_LONG_BLANK = re.compile("_{10,}")
_COLUMN = 4.0
"""Widths of a space: the least gap that parts the two columns of a line without places."""
_EDGE = 14.0
"""Points by which a line of the right column may start further left than its first line."""
_SAME = 6.0
"""Points by which lines of one column may start apart."""
_STRIP = 8.0
"""Points of white that part two columns on a page at the least."""
_TOLD_BY = 6
"""Words that a label of the head is told by."""
_REGION = 40
"""Lines that a corner of the head has at most, however it was made."""
_RIGHT_HEAD = re.compile(r"^(?:дата ?(?:вх|надх)|вх(?:ід\w*)?\.? ?(?:№|дата|номер)|№ ?вхід)")
_RIGHT_DATE = re.compile(r"^(?:дата ?(?:вх|надх)|вх(?:ід\w*)?\.? ?дата)")
_RIGHT_DATE_OPENS = frozenset("ДдDdВвBb")
_DATE_WORD = re.compile("[ДдDd][АаAa][ТтTt][АаAa]")
_PART_HEAD = re.compile(r"^(?:розділ\W+\w|частина\W+\w|[ivxіх]{1,4}[.)] ?[а-яіїєґ])")
_MARK_HEAD = re.compile(r"^зареєстров\w+ (?:в|у) журнал")
_HEAD = re.compile(
    r"^(?:дата ?вих|вих(?:ід\w*)?\.? ?(?:№|дата|номер)|дата ?(?:вх|надх)|вх(?:ід\w*)?\.? ?дата)"
)
_LEFT_HEAD = re.compile(r"^(?:дата ?вих|вих(?:ід\w*)?\.? ?(?:№|дата|номер))")
_ROW_LABEL = re.compile(
    rf"{_HEAD.pattern}|{_MARK_HEAD.pattern}|^(?:найменування|відправник|одержувач|отримувач|кому\b)"
)
_MAY_OPEN_CORNER = frozenset("ДдDdВвBbЗз")
"""The letters that the patterns of a head and of a mark begin with, and what looks like them."""
_TITLE = re.compile(r"^(?:\d{1,2}[.)] ?)?(?:повід\w+ ?/ ?інфор\w+|надійшло)")
_BODY = re.compile(r"^(?:\d{1,2}[.)] ?)?(?:надійшло|місце прожив)")
_ORDINAL = re.compile(r"\d{1,2}(?:\.\d{1,2})?[.)]", re.ASCII)
"""The number of a label, on its line."""
_ROW_NUMBER = re.compile(r"\d{1,2}[.)]?", re.ASCII)
_LEAST_ROWS = 4
_SHORTER_BY = 3
"""Lines by which one of the two organisations may be shorter than the other."""
_SIGN = re.compile(NUMBER_SIGN)
_DAY_MONTH_YEAR = re.compile(r"дд\W+мм\W+р")


def arrange(lines: list[Line]) -> list[Segment]:
    """The segments of the lines, the right corners of each head after its left ones."""
    lines = with_whole_rows(lines)
    numbers = _row_numbers(lines)
    segments = [
        segment
        for row, line in enumerate(lines)
        if not line.aside and row not in numbers
        for segment in _cut(line, row)
    ]
    segments = with_columns_in_turn(without_row_numbers(segments))
    texts = _Openings(segments)
    order = list(range(len(segments)))
    done = 0
    for number, segment in enumerate(segments):
        if segment.words[0].text[0] not in _MAY_OPEN_CORNER:
            continue
        if number >= done and _HEAD.search(texts[number]):
            done = _arrange_head(order, segments, texts, number)
        elif _MARK_HEAD.search(texts[number]) and _may_be_right(segment):
            _arrange_mark(order, segments, texts, number)
    return with_labels_apart(with_whole_labels([segments[number] for number in order]))


class _Openings:
    """The first words of each segment, folded when they are asked for."""

    def __init__(self, segments: list[Segment]) -> None:
        self._segments = segments
        self._known: dict[int, str] = {}

    def __getitem__(self, number: int) -> str:
        if number not in self._known:
            self._known[number] = _text(self._segments[number].words[:_TOLD_BY])
        return self._known[number]


def _row_numbers(lines: list[Line]) -> set[int]:
    """The lines that only number the rows of a table, in its first column."""
    tables: dict[object, list[tuple[int, int]]] = {}
    for row, line in enumerate(lines):
        if line.cell is None or line.cell.column:
            continue
        text = "".join([word.text for word in line.words])
        if _ROW_NUMBER.fullmatch(text):
            tables.setdefault(line.cell.table, []).append((int(text.rstrip(".)")), row))
    rows: set[int] = set()
    for found in tables.values():
        counted = [number for number, _ in found]
        if len(found) >= _LEAST_ROWS and counted == list(range(counted[0], counted[-1] + 1)):
            rows.update(row for _, row in found)
    return rows


def _arrange_head(order: list[int], segments: list[Segment], texts: _Openings, first: int) -> int:
    """Sets the right column of the head behind the left one; returns where the head ends."""
    last = first
    first = _top_of_columns(segments, first)
    while last < len(segments) and segments[last].row - segments[first].row < _REGION:
        text = texts[last]
        if _TITLE.search(text) or (_MARK_HEAD.search(text) and not segments[last].right):
            break
        if last > first and not segments[last].right and _PART_HEAD.search(text):
            break
        last += 1
    anchor = next((n for n in range(first, last) if _RIGHT_HEAD.search(texts[n])), None)
    if anchor is not None and (
        _is_label_cell(segments[anchor]) or _opens_page(segments, range(first, last), anchor)
    ):
        return last
    column = _Column(segments, range(first, last), anchor)
    if column.exists:
        _move(order, first, last, [n for n in range(first, last) if column.holds(n)])
    return last


def _top_of_columns(segments: list[Segment], first: int) -> int:
    """Where the two columns begin that the first line of a head stands in, if not with it."""
    top, number, rows_of_one = first, first, 0
    while number and segments[number - 1].row == segments[first].row:
        number -= 1
    right = segments[first].left_edge
    if number == first or right is None:
        return first
    top = number
    while number and rows_of_one <= _SHORTER_BY:
        row = [n for n in range(max(number - 4, 0), number)]
        row = [n for n in row if segments[n].row == segments[number - 1].row]
        if segments[row[0]].line.cell or segments[row[0]].line.page != segments[first].line.page:
            break
        edge = segments[row[-1]].left_edge or 0.0
        number = row[0]
        if len(row) > 1 and edge >= right - _EDGE:
            top, rows_of_one = number, 0
        else:
            rows_of_one += 1
    return top


def _opens_page(segments: list[Segment], area: range, anchor: int) -> bool:
    """Whether the receiver's line stands at the left margin: the two blocks are one column then."""
    segment = segments[anchor]
    if segment.line.cell is not None or segment.words[0].gap >= _COLUMN:
        return False
    if anchor and segments[anchor - 1].row == segment.row:
        return False
    edges = [segments[n].left_edge for n in area]
    return segment.left_edge is None or segment.left_edge - _SAME < min(e or 0.0 for e in edges)


def _arrange_mark(order: list[int], segments: list[Segment], texts: _Openings, anchor: int) -> None:
    """Sets the box with the journal's mark behind the title at its left."""
    first = anchor
    while first and segments[first - 1].row == segments[anchor].row:
        first -= 1
    last = anchor + 1
    while last < len(segments) and segments[last].row - segments[anchor].row < _REGION:
        if _BODY.search(texts[last]) or _DAY_MONTH_YEAR.search(texts[last - 1]):
            break
        last += 1
    column = _Column(segments, range(first, last), anchor, follow_anchor=True)
    right = [n for n in range(first, last) if n == anchor or column.holds(n)]
    _move(order, first, last, right)


def _move(order: list[int], first: int, last: int, right: list[int]) -> None:
    """Sets some of the segments from ``first`` to ``last`` behind the others of them."""
    corner = [n for n in order if first <= n < last]
    at = order.index(corner[0])
    rest = [n for n in order[at:] if not first <= n < last]
    order[at:] = [n for n in corner if n not in right] + [n for n in corner if n in right] + rest


class _Column:
    """The right one of two columns: by its place on the page, by its cells, or by wide gaps."""

    def __init__(
        self,
        segments: list[Segment],
        area: range,
        anchor: int | None,
        *,
        follow_anchor: bool = False,
    ) -> None:
        self._segments, self._anchor = segments, anchor
        self._edge: float | None = None
        placed = segments[area[0]].left_edge is not None
        starts = [n for n in area if segments[n].right and not _continues(segments, n)]
        starts = [n for n in starts if not _SIGN.match(segments[n].words[0].text)]
        values = [n for n in starts if _is_value(segments, n)]
        starts = [n for n in starts if n not in values]
        if placed:
            self._edge = self._gutter(area, self._find_edge(starts, follow_anchor))
        self._overflow = self._find_overflow(area)
        # «Дата вих. …   № …» in a line of its own is no line of two columns.
        self._left_rows = {
            segments[n].row
            for n in area
            if segments[n].words[0].text[0] in _MAY_OPEN_CORNER
            and _LEFT_HEAD.search(_text(segments[n].words))
        }
        cell = segments[anchor].line.cell if anchor is not None else None
        self._cell = cell if cell and cell.column else None
        right = anchor is not None and _may_be_right(segments[anchor])
        self.exists = self._edge is not None if placed else right or len(starts) > 1
        in_column = anchor is not None and (segments[anchor].right or self._cell is not None)
        if values and not starts and not in_column:
            self.exists = False  # one column of labels, and their values at the right

    def _find_overflow(self, area: range) -> int | None:
        """The start of the line below the anchor, if the anchor's line was too narrow and broke."""
        if self._anchor is None:
            return None
        row = self._segments[self._anchor].row
        line = [n for n in area if self._segments[n].row == row]
        below = line[-1] + 1
        if below not in area or self._segments[below].line.cell or line[0] == self._anchor:
            return None
        left = "".join(_text(self._segments[n].words) + " " for n in line if n < self._anchor)
        right = "".join(_text(self._segments[n].words) + " " for n in line if n >= self._anchor)
        text = _text(self._segments[below].words)
        return below if is_wanted(right, text) and not is_wanted(left, text) else None

    def _find_edge(self, starts: list[int], follow_anchor: bool) -> float | None:
        """Where the column begins: where most of its lines do, else where its label does."""
        edges = [self._segments[n].left_edge or 0.0 for n in starts]
        best = max(edges, key=lambda e: sum(abs(e - o) < _SAME for o in edges), default=None)
        shared = [e for e in edges if best is not None and abs(e - best) < _SAME]
        if len(edges) > 1 and not follow_anchor:
            return min(shared if len(shared) > 1 else edges)
        return self._segments[self._anchor].left_edge if self._anchor is not None else None

    def _gutter(self, area: range, edge: float | None) -> float | None:
        """The right bank of the nearest white strip left of an edge: some lines start before it."""
        if edge is None:
            return None
        row = self._segments[self._anchor].row if self._anchor is not None else -1
        boxes = [
            w.box for n in area if self._segments[n].row != row for w in self._segments[n].words
        ]
        reach, bank = 0.0, edge
        for left, right in sorted((box.left, box.right) for box in boxes if box):
            if left > edge:
                break
            if left > reach + _STRIP and reach:
                bank = left
            reach = max(reach, right)
        return min(bank, edge) if reach else edge

    def holds(self, number: int) -> bool:
        """Whether a segment stands in the column."""
        segment = self._segments[number]
        if self._anchor is not None and segment.row == self._segments[self._anchor].row:
            return number >= self._anchor
        if number == self._overflow:
            return True
        if segment.row in self._left_rows:
            return False
        if self._edge is not None:
            return (segment.left_edge or 0.0) >= self._edge - _EDGE
        if self._cell:
            cell = segment.line.cell
            return cell is not None and cell.column >= self._cell.column
        return segment.right


def _continues(segments: list[Segment], number: int) -> bool:
    """Whether a segment is a further one of the right column of its line."""
    before = segments[number - 1] if number else None
    return before is not None and before.row == segments[number].row and before.right


def _is_value(segments: list[Segment], number: int) -> bool:
    """Whether a label of the head stands left of a segment that is none itself."""
    label, value = (_text(segments[n].words[:_TOLD_BY]) for n in (number - 1, number))
    return bool(_ROW_LABEL.search(label)) and not _ROW_LABEL.search(value)


def _text(words: list[Word]) -> str:
    text = "".join([(" " if word.gap else "") + word.text for word in words])
    text = text[1:] if words[0].gap else text
    return with_number_signs(mended(text)).casefold()


def _cut(line: Line, row: int) -> list[Segment]:
    """A line cut at its wide gaps and before «Дата вхід.»."""
    segments: list[Segment] = []
    words: list[Word] = []
    right = False
    widest = max([word.gap for word in line.words])
    if widest <= _WIDE_AFTER_BLANK and not _may_hold_right_head(line.words):
        return [Segment(line.words, line, row, right)]
    column_gap = max(_COLUMN, 0.6 * widest)
    for number, word in enumerate(line.words):
        if words and (_is_wide(words[-1], word) or _starts_right_head(line.words, number)):
            segments.append(Segment(words, line, row, right))
            words = []
        right = right or word.gap >= column_gap
        words.append(word)
    segments.append(Segment(words, line, row, right))
    return segments


def _may_hold_right_head(words: list[Word]) -> bool:
    """A quick look that spares most lines the careful one."""
    if not any([word.text[:1] in _RIGHT_DATE_OPENS for word in words[1:]]):
        return False
    return _DATE_WORD.search(" ".join([word.text for word in words])) is not None


def _is_wide(one: Word, other: Word) -> bool:
    """Whether a gap parts two columns; behind a long blank a narrower one does."""
    if other.gap <= _WIDE_AFTER_BLANK:
        return False
    return other.gap > _WIDE or _LONG_BLANK.fullmatch(one.text) is not None


def _starts_right_head(words: list[Word], number: int) -> bool:
    """Whether «Дата вхід.» starts at a word that is not the first, or at its own number."""
    numbered = _ORDINAL.fullmatch(words[number].text) is not None
    first = words[number + numbered : number + numbered + 2]
    if number == 0 or not first or first[0].text[:1] not in _RIGHT_DATE_OPENS:
        return False
    if not numbered and _ORDINAL.fullmatch(words[number - 1].text):
        return False
    first = first[:1] if len(first) > 1 and _is_wide(*first) else first
    return _RIGHT_DATE.search(_text(first)) is not None


def _may_be_right(segment: Segment) -> bool:
    cell = segment.line.cell
    in_column = cell is not None and cell.column > 0
    return segment.right or in_column or segment.left_edge is not None


def _is_label_cell(segment: Segment) -> bool:
    """Whether a label stands alone in a cell: its row holds its value, there are no columns."""
    text = _text(segment.line.words)
    return segment.line.cell is not None and not re.search(r"№|\d|_", text[4:])
