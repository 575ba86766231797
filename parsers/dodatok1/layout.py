"""Brings lines into the order in which a person reads the form: the left column, then the right.

The form's head has two columns (sender, recipient) and a box at the right (the journal's mark). A
file may hold them as cells, as tabs, as runs of spaces, or as places on a page. Only these two
corners are reordered; the rest of the form is one column.
"""

from __future__ import annotations

import re

from parsers.dodatok1.stream import Segment
from parsers.reading import Line, Word
from rules.text import mend_look_alikes

_WIDE = 2.5
"""Widths of a space: a wider gap may part two columns. Justified text stays below."""
_COLUMN = 4.0
"""Widths of a space: the least gap that parts the two columns of a line without places."""
_EDGE = 14.0
"""Points by which a line of the right column may start further left than its first line."""
_REGION = 40
"""Lines that a corner of the head has at most, however it was made."""
_RIGHT_HEAD = re.compile(r"^(?:дата ?вх|вхідн\w* ?(?:№|дата|номер)|№ ?вхід)")
_MARK_HEAD = re.compile(r"^зареєстров\w+ (?:в|у) журнал")
_TITLE = re.compile(r"^(?:повідомлення ?/ ?інформація|зареєстров\w+ (?:в|у) журнал|надійшло)")
_BODY = re.compile(r"^(?:надійшло|місце прожив)")
_DAY_MONTH_YEAR = re.compile(r"дд\W+мм\W+р")


def arrange(lines: list[Line]) -> list[Segment]:
    """The segments of the lines, the right corners of each head after its left ones."""
    segments = [s for row, line in enumerate(lines) if not line.aside for s in _cut(line, row)]
    texts = [_text(segment.words) for segment in segments]
    order = list(range(len(segments)))
    for number, text in enumerate(texts):
        if not _may_be_right(segments[number]):
            continue
        if _RIGHT_HEAD.search(text) and not _is_label_cell(segments[number], text):
            _regroup(order, segments, texts, number, _TITLE)
        elif _MARK_HEAD.search(text):
            _regroup(order, segments, texts, number, _BODY)
    return [segments[number] for number in order]


def _may_be_right(segment: Segment) -> bool:
    cell = segment.line.cell
    in_column = cell is not None and cell.column > 0
    return segment.right or in_column or segment.left_edge is not None


def _is_label_cell(segment: Segment, text: str) -> bool:
    """Whether a label stands alone in a cell: its row holds its value, there are no columns."""
    return segment.line.cell is not None and not re.search(r"№|\d|_", text[4:])


def _text(words: list[Word]) -> str:
    text = "".join((" " if word.gap and n else "") + word.text for n, word in enumerate(words))
    return mend_look_alikes(text).casefold()


def _cut(line: Line, row: int) -> list[Segment]:
    """A line cut at its wide gaps and before «Дата вхід.»."""
    segments: list[Segment] = []
    words: list[Word] = []
    right = False
    column_gap = max(_COLUMN, 0.6 * max(word.gap for word in line.words))
    for number, word in enumerate(line.words):
        if words and (word.gap > _WIDE or _starts_right_head(line.words, number)):
            segments.append(Segment(words, line, row, right))
            words = []
        right = right or word.gap >= column_gap
        words.append(word)
    segments.append(Segment(words, line, row, right))
    return segments


def _starts_right_head(words: list[Word], number: int) -> bool:
    return (
        number > 0
        and words[number].text[:4].casefold() == "дата"
        and _RIGHT_HEAD.search(_text(words[number : number + 2])) is not None
    )


def _regroup(
    order: list[int],
    segments: list[Segment],
    texts: list[str],
    anchor: int,
    until: re.Pattern[str],
) -> None:
    """Moves the segments of the anchor's column behind those left of it, within the corner."""
    first = _first_of_line(segments, anchor)
    last = anchor + 1
    while last < len(segments) and segments[last].row - segments[anchor].row < _REGION:
        if until.search(texts[last]) and not _is_right(segments[last], segments[anchor]):
            break
        last += 1
        if until is _BODY and _DAY_MONTH_YEAR.search(texts[last - 1]):
            break
    corner = [n for n in order if first <= n < last]
    at = order.index(corner[0])
    right = [n for n in corner if n >= anchor and _is_right(segments[n], segments[anchor])]
    left = [n for n in corner if n not in right]
    rest = [n for n in order[at:] if not first <= n < last]
    order[at:] = left + right + rest


def _first_of_line(segments: list[Segment], anchor: int) -> int:
    """The first segment of the anchor's line, or of its row in a table of two columns."""
    first, cell = anchor, segments[anchor].line.cell
    while first and (
        segments[first - 1].row == segments[anchor].row
        or (cell and cell.column and _same_row(segments[first - 1].line, segments[anchor].line))
    ):
        first -= 1
    return first


def _same_row(one: Line, other: Line) -> bool:
    return one.cell is not None and other.cell is not None and one.cell[:2] == other.cell[:2]


def _is_right(segment: Segment, anchor: Segment) -> bool:
    """Whether a segment stands in the anchor's column: by place, by cell, or by the gap."""
    edge, anchor_edge = segment.left_edge, anchor.left_edge
    if edge is not None and anchor_edge is not None:
        same_page = segment.line.page == anchor.line.page
        return same_page and edge >= anchor_edge - _EDGE
    if segment.row == anchor.row:
        return True  # asked only of what follows the anchor
    cell, anchor_cell = segment.line.cell, anchor.line.cell
    if anchor_cell and anchor_cell.column:
        return cell is not None and cell.column >= anchor_cell.column
    return segment.right
