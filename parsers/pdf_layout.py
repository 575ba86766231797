"""Words on a page become lines: within ruled cells, with their gaps, emphasis and boxes."""

from __future__ import annotations

import itertools
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable

from parsers.glyphs import canonical
from parsers.pdf_columns import halves, widen_gaps
from parsers.pdf_drawing import Drawing
from parsers.reading import EMPTY_BOX, TICKED_BOX, Box, Cell, Emphasis, Line, Word

_SPACE_WIDTH, _WIDEST_SPACE = 0.25, 0.65
"""Width of a space in heights of its line; where all letters are equally wide, it is wider."""
_LEAST_SPACES = 20
"""Spaces of a page that tell how wide one is."""
_INLINE = 24.0
"""Points: a frame that is taller is no frame round words of one line."""
_TOUCH = 3.0
"""Points by which rules that meet may miss each other."""
_STRIKE_FROM, _UNDERLINE_FROM, _UNDERLINE_TO = 0.3, 0.75, 1.2
"""How deep a rule lies in a line, as a part of its height."""
_JOINED = "№°®™"
"""Signs that Unicode counts among pictures, but people join to words."""
_TICK = re.compile("[VvXxХх+✓✔✗✘☑☒/]")


def lines_of(
    words: list[Word],
    drawing: Drawing,
    page: int,
    first_table: int,
    size: tuple[float, float] | None = None,
) -> list[Line]:
    """The lines of a page, top to bottom; a cell's lines stand together.

    Args:
        words: the words of the page, each with its box.
        drawing: what is drawn on it.
        page: its number, counted from 1.
        first_table: the number of its first table.
        size: its width and height in points, where the file itself holds its text: its spaces are
            exact, and two pages may have been printed side by side on it.
    """
    space = _space_width(words) if size else _SPACE_WIDTH
    drawing.across.sort(key=_height)
    grid = _Grid(drawing)
    lines: list[Line] = []
    for part in halves(_with_drawn_boxes(words, drawing), drawing, size):
        of_part = _lines_of_part(
            part,
            drawing,
            grid,
            page,
            first_table=_next_table(lines, first_table),
            space=space,
        )
        if size:
            widen_gaps([line.words for line in of_part if line.cell is None])
        lines += of_part
    return lines


def _next_table(lines: list[Line], first_table: int) -> int:
    return max((line.cell.table + 1 for line in lines if line.cell), default=first_table)


def _lines_of_part(
    words: list[Word],
    drawing: Drawing,
    grid: _Grid,
    page: int,
    *,
    first_table: int,
    space: float,
) -> list[Line]:
    blocks: dict[Box | None, list[Word]] = {}
    framed = [(word, grid.frame(word)) for word in words]
    loose = [_box(word) for word, frame in framed if frame is None]
    inline = {frame for _, frame in framed if frame and _is_inline(frame, loose)}
    heights = [_height(rule) for rule in drawing.across]
    for word, frame in framed:
        if frame in inline:
            word.emphasis |= Emphasis.HIGHLIGHT
            frame = None
        _emphasise(word, frame, drawing, heights)
        blocks.setdefault(frame, []).append(word)
    free = [Line(row, page) for row in _rows(blocks.pop(None, []), space)]
    cells = _cells([frame for frame in blocks if frame], first_table)
    placed = [(_top(line.words), 0.0, [line]) for line in free]
    for frame, cell in cells.items():
        rows = [Line(row, page, cell=cell) for row in _rows(blocks[frame], space)]
        placed.append((frame.top, frame.left, rows))
    placed.sort(key=lambda block: (round(block[0]), block[1]))
    return [line for _, _, rows in placed for line in rows]


def asides_of(words: list[Word], page: int) -> list[Line]:
    """Words that run another way than the page's text, as lines outside of its flow."""
    return [Line(row, page, aside=True) for row in _rows(words)]


def _is_inline(frame: Box, loose: list[Box]) -> bool:
    """Whether a frame is drawn round words of a line: the line goes on outside it."""
    tall = frame.bottom - frame.top
    return tall < _INLINE and any(
        frame.top < (box.top + box.bottom) / 2 < frame.bottom
        and (0 <= box.left - frame.right < tall or 0 <= frame.left - box.right < tall)
        for box in loose
    )


def _top(words: list[Word]) -> float:
    return min(word.box.top for word in words if word.box)


# --- lines --------------------------------------------------------------------------------------


def _rows(words: list[Word], space: float = _SPACE_WIDTH) -> list[list[Word]]:
    """Words that share a line, each line from left to right, with the gaps between them.

    Args:
        words: the words, each with its box.
        space: the width of a space in heights of its line.
    """
    rows: list[list[Word]] = []
    middle = tall = 0.0
    for word in sorted(words, key=_middle):
        box = _box(word)
        if rows and _middle(word) - middle < 0.45 * max(tall, box.bottom - box.top):
            rows[-1].append(word)
        else:
            rows.append([word])
            middle, tall = _middle(word), box.bottom - box.top
    for row in rows:
        row.sort(key=lambda word: _box(word).left)
        for one, other in itertools.pairwise(row):
            other.gap = _gap(_box(one), _box(other), space) or float(_is_picture(one.text))
    return rows


def _is_picture(text: str) -> bool:
    """Whether a word is one picture, «☎»: it may be wider than the font says, and joins nothing."""
    return len(text) == 1 and text not in _JOINED and unicodedata.category(text) == "So"


def _gap(one: Box, other: Box, width: float) -> float:
    tall = max(min(one.bottom - one.top, other.bottom - other.top), 1.0)
    gap = (other.left - one.right) / tall
    return 0.0 if gap < 0.4 * _SPACE_WIDTH else max(gap / width, 1.0)


def _space_width(words: list[Word]) -> float:
    """How wide a plain space of a page is, in heights of its line."""
    gaps = []
    for one, other in itertools.pairwise(_box(word) for word in words):
        tall = one.bottom - one.top
        gap = (other.left - one.right) / tall if tall > 0 and one.top == other.top else 0.0
        if 0.4 * _SPACE_WIDTH < gap < 2 * _WIDEST_SPACE:
            gaps.append(gap)
    if len(gaps) < _LEAST_SPACES:
        return _SPACE_WIDTH
    return min(max(sorted(gaps)[len(gaps) // 4], _SPACE_WIDTH), _WIDEST_SPACE)


def _box(word: Word) -> Box:
    return word.box or Box(0, 0, 0, 0)


def _middle(word: Word) -> float:
    box = _box(word)
    return (box.top + box.bottom) / 2


# --- cells --------------------------------------------------------------------------------------


class _Grid:
    """The ruled frames of a page; a frame is looked up once for each field of the grid."""

    def __init__(self, drawing: Drawing) -> None:
        self._across = _merged(drawing.across, along=0)
        self._down = _merged(drawing.down, along=1)
        self._xs = sorted({rule.left for rule in self._down})
        self._ys = sorted({rule.top for rule in self._across})
        self._known: dict[tuple[int, int], Box | None] = {}

    def frame(self, word: Word) -> Box | None:
        """The smallest ruled frame round a word."""
        x, y = (_box(word).left + _box(word).right) / 2, _middle(word)
        key = (bisect_left(self._xs, x), bisect_left(self._ys, y))
        if key not in self._known:
            self._known[key] = self._find(x, y)
        return self._known[key]

    def _find(self, x: float, y: float) -> Box | None:
        down = [r for r in self._down if r.top - _TOUCH <= y <= r.bottom + _TOUCH]
        left = max((r.left for r in down if r.left <= x), default=None)
        right = min((r.left for r in down if r.left > x), default=None)
        if left is None or right is None:
            return None
        across = [r for r in self._across if r.left - _TOUCH <= left and right <= r.right + _TOUCH]
        top = max((r.top for r in across if r.top <= y), default=None)
        bottom = min((r.top for r in across if r.top > y), default=None)
        if top is None or bottom is None:
            return None
        return Box(left, top, right, bottom)


def _merged(rules: list[Box], along: int) -> list[Box]:
    """Rules that continue each other as one; ``along``: 0 for horizontal, 1 for vertical ones."""
    across = 1 - along
    merged: list[Box] = []
    for rule in sorted(rules, key=lambda r: (round(r[across]), r[along])):
        last = merged[-1] if merged else None
        if (
            last
            and abs(last[across] - rule[across]) < _TOUCH / 2
            and rule[along] <= last[along + 2] + _TOUCH
        ):
            merged[-1] = last.around(rule)
        else:
            merged.append(rule)
    return merged


def _cells(frames: list[Box], first_table: int) -> dict[Box, Cell]:
    """The tables that frames belong to, and their rows and columns."""
    cells: dict[Box, Cell] = {}
    number = first_table
    for table in _tables(frames):
        rows = _steps(frame.top for frame in table)
        columns = _steps(frame.left for frame in table)
        edge = max(frame.right for frame in table)
        for frame in table:
            cells[frame] = Cell(
                number,
                _step(rows, frame.top),
                _step(columns, frame.left),
                frame.right >= edge - _TOUCH,
            )
        number += 1
    return cells


def _tables(frames: list[Box]) -> list[list[Box]]:
    """Frames that lie against each other, from top to bottom."""
    tables: list[list[Box]] = []
    bottom = 0.0
    for frame in sorted(frames, key=lambda f: (f.top, f.left)):
        if tables and frame.top <= bottom + _TOUCH:
            tables[-1].append(frame)
        else:
            tables.append([frame])
            bottom = 0.0
        bottom = max(bottom, frame.bottom)
    return tables


def _steps(values: Iterable[float]) -> list[float]:
    """Values that differ by more than rules may miss each other."""
    steps: list[float] = []
    for value in sorted(values):
        if not steps or value > steps[-1] + _TOUCH:
            steps.append(value)
    return steps


def _step(steps: list[float], value: float) -> int:
    return max(n for n, step in enumerate(steps) if step <= value)


# --- boxes and emphasis -------------------------------------------------------------------------


def _with_drawn_boxes(words: list[Word], drawing: Drawing) -> list[Word]:
    """Drawn check boxes as words; a letter or a stroke in a box, drawn or typed, is its tick."""
    marks = [word for word in words if _TICK.fullmatch(word.text)] if drawing.boxes else []
    ticks: list[Word] = []
    strokes = drawing.strokes + drawing.filled
    squares = [square for square in drawing.boxes if not _frames_text(square, words)]
    boxes = [Word(EMPTY_BOX, box=square) for square in squares]
    for box in boxes:
        inside = [mark for mark in marks if _inside(_box(mark), _box(box))]
        ticks += inside
        if inside or any(_inside(stroke, _box(box)) for stroke in strokes):
            box.text = TICKED_BOX
    if ticks:
        words = [word for word in words if not any(word is tick for tick in ticks)]
    for square in drawing.filled:
        if not any(_inside(square, box) for box in drawing.boxes):
            boxes.append(Word(TICKED_BOX, box=square))
    return _with_typed_boxes(words, drawing) + boxes


def _frames_text(square: Box, words: list[Word]) -> bool:
    """Whether a square is the frame of a short word or number, and no check box."""
    return any(
        _inside(_box(word), square) and sum(map(str.isalnum, word.text)) > 1 for word in words
    )


def _with_typed_boxes(words: list[Word], drawing: Drawing) -> list[Word]:
    """Ticks that were drawn or typed over the characters of empty boxes."""
    empty = [word for word in words if len(word.text) == 1 and canonical(word.text) == EMPTY_BOX]
    if not empty:
        return words
    over = [w for w in words if _TICK.fullmatch(w.text) and canonical(w.text) != TICKED_BOX]
    ticks: list[Word] = []
    for box in empty:
        frame = _box(box)
        inside = [tick for tick in over if _inside(_box(tick), frame)]
        ticks += inside
        if inside or any(_inside(stroke, frame) for stroke in drawing.strokes):
            box.text = TICKED_BOX
    return [word for word in words if not any(word is tick for tick in ticks)] if ticks else words


def _inside(inner: Box, outer: Box) -> bool:
    x, y = (inner.left + inner.right) / 2, (inner.top + inner.bottom) / 2
    return outer.left <= x <= outer.right and outer.top <= y <= outer.bottom


def _emphasise(word: Word, frame: Box | None, drawing: Drawing, heights: list[float]) -> None:
    """Marks a word that a rule or a colour crosses; the rules of its own frame do not count.

    Args:
        word: the word.
        frame: the cell that it stands in.
        drawing: what is drawn on its page, the horizontal rules from top to bottom.
        heights: how deep each of them lies on the page.
    """
    box = _box(word)
    tall = box.bottom - box.top
    borders = (frame.top, frame.bottom) if frame else ()
    first = bisect_left(heights, box.top)
    last = bisect_left(heights, box.bottom + tall)
    for rule in drawing.across[first:last]:
        if _covers(rule, box) and not any(abs(rule.top - y) < _TOUCH / 2 for y in borders):
            depth = (_height(rule) - box.top) / tall
            if _STRIKE_FROM <= depth <= _UNDERLINE_FROM:
                word.emphasis |= Emphasis.STRIKE
            elif _UNDERLINE_FROM < depth <= _UNDERLINE_TO:
                word.emphasis |= Emphasis.UNDERLINE
    for patch in drawing.highlights:
        if _covers(patch, box) and patch.top - 2 <= _middle(word) <= patch.bottom + 2:
            word.emphasis |= Emphasis.HIGHLIGHT


def _height(rule: Box) -> float:
    return (rule.top + rule.bottom) / 2


def _covers(rule: Box, box: Box) -> bool:
    """Whether a rule passes most of a word's width."""
    shared = min(rule.right, box.right) - max(rule.left, box.left)
    return shared >= 0.6 * (box.right - box.left) > 0
