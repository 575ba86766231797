"""The form's head: outgoing and incoming dates, sender and recipient, side by side or stacked."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

from .facts import Day, Facts
from .pen import COLUMN_WIDTH, Pen
from .wordml import cell, paragraph, run, table, text_box

LEFT = 4989
_NARROW = " .,:;'()/|іІїt"


def ems(text: str) -> float:
    """About how wide the text is, in ems of a serif font."""
    return sum(0.26 if c in _NARROW else 0.72 if c.isupper() else 0.5 for c in text)


def date_line(pen: Pen, key: str, day: Day, number: str | None) -> str:
    """«Дата вих. … № …» as runs."""
    written = pen.value(day.written, 14)
    if pen.habits.number_first:
        numbered = pen.label("no", " ") + pen.value(number, 10)
        return pen.label(key) + run(" ") + numbered + run(" " + pen.text("from") + " ") + written
    return (
        pen.label(key)
        + run(" ")
        + written
        + run(" ")
        + pen.label("no", " ")
        + pen.value(number, 10)
    )


def _wrap(pen: Pen, lines: tuple[str, ...]) -> list[str]:
    width = 36 * 22 // pen.habits.size
    return [
        piece
        for line in lines
        for piece in textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)
    ]


def _column(pen: Pen, date: str, lines: tuple[str, ...], hint: str) -> list[str]:
    """A column's paragraphs: date line, the body's lines, blank lines, hint."""
    paragraphs = [paragraph(date, tabs=(2400, 4600))]
    paragraphs += [paragraph(pen.value(line, COLUMN_WIDTH), tabs=(4600,)) for line in lines]
    if not lines:
        blank = paragraph(pen.value(None, COLUMN_WIDTH), tabs=(4600,))
        paragraphs += [blank] * (1 if pen.habits.empty == "dash" else pen.rng.randint(1, 4))
    return paragraphs + pen.hint(hint, align="")


def _both(pen: Pen, facts: Facts) -> tuple[list[str], list[str]]:
    recipient = (facts.recipient,) if facts.recipient else ()
    out = date_line(pen, "out_date", facts.outgoing, facts.outgoing_number)
    left = _column(pen, out, facts.sender_lines, "hint_sender")
    into = date_line(pen, "in_date", facts.incoming, facts.incoming_number)
    return left, _column(pen, into, recipient, "hint_recipient")


def _as_table(pen: Pen, facts: Facts) -> list[str]:
    left, right = _both(pen, facts)
    row = [cell(*left, width=LEFT, borders=False), cell(*right, width=LEFT, borders=False)]
    return [table([row], (LEFT, LEFT))]


def _stacked(pen: Pen, facts: Facts) -> list[str]:
    left, right = _both(pen, facts)
    return [*left, paragraph(), *right]


def _stacked_inline(pen: Pen, facts: Facts) -> list[str]:
    left, right = _both(pen, facts)
    out = date_line(pen, "out_date", facts.outgoing, facts.outgoing_number)
    into = date_line(pen, "in_date", facts.incoming, facts.incoming_number)
    return [paragraph(out, run("     "), into), *left[1:], *right[1:]]


def _section(pen: Pen, facts: Facts) -> list[str]:
    left, right = _both(pen, facts)
    page = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="850" w:right="737" w:bottom="850" w:left="1134" w:header="400" w:footer="400" w:gutter="0"/>'
    if pen.habits.landscape:
        page = page.replace(
            'w:w="11906" w:h="16838"', 'w:w="16838" w:h="11906" w:orient="landscape"'
        )
    before = f'<w:sectPr><w:type w:val="continuous"/>{page}</w:sectPr>'
    columns = (
        f'<w:sectPr><w:type w:val="continuous"/>{page}<w:cols w:num="2" w:space="400"/></w:sectPr>'
    )
    turn = paragraph('<w:r><w:br w:type="column"/></w:r>', run(""))
    return [paragraph(section=before), *left, turn, *right, paragraph(section=columns)]


def _boxes(pen: Pen, facts: Facts) -> list[str]:
    left, right = _both(pen, facts)
    line = pen.habits.size * 12
    lines = 2 * max(len(left), len(right)) + 2
    height = line * lines
    first = text_box(left, left=0, top=0, width=4700, height=height, ident=pen.next_id())
    second = text_box(right, left=5200, top=0, width=4700, height=height, ident=pen.next_id())
    return [paragraph(first, second), *[paragraph()] * lines]


def _frames(pen: Pen, facts: Facts) -> list[str]:
    left, right = _both(pen, facts)
    frame = '<w:framePr w:w="4700" w:hSpace="180" w:wrap="around" w:vAnchor="text" w:hAnchor="margin" w:x="5200" w:y="1"/>'
    framed = [block.replace("<w:pPr>", f"<w:pPr>{frame}", 1) for block in right]
    return framed + left


def _side_by_side(pen: Pen, left: str, right: str, shown: str, tabs: bool) -> str:
    if tabs:
        return paragraph(left, run("\t"), right, tabs=(5400,))
    points = pen.habits.size / 2
    spaces = max(3, round((265 - ems(shown) * points) / (0.25 * points)))
    return paragraph(left, run(" " * spaces), right)


def _visible(pen: Pen, day: Day, number: str | None) -> str:
    blank = "_" * 14 if pen.habits.empty == "line" else ""
    return f"Дата вих. {day.written or blank} № {number or blank[:10]}"


def _paired(pen: Pen, facts: Facts, *, tabs: bool) -> list[str]:
    """Both columns line by line, parted by spaces or by a tab."""
    shown = _visible(pen, facts.outgoing, facts.outgoing_number)
    out = date_line(pen, "out_date", facts.outgoing, facts.outgoing_number)
    into = date_line(pen, "in_date", facts.incoming, facts.incoming_number)
    if "tab" in (pen.habits.empty, pen.habits.fill.removesuffix("s")):
        stops = (2400, 4400, 5400, 7800, 9800)
        rows = [paragraph(out, run("\t"), into, tabs=stops)]
    else:
        rows = [_side_by_side(pen, out, into, shown, tabs)]
    left = _wrap(pen, facts.sender_lines)
    right = _wrap(pen, (facts.recipient,) if facts.recipient else ())
    count = max(len(left), len(right), pen.rng.randint(2, 5))
    blank = 34 if pen.habits.empty == "line" and not tabs else 0
    for n in range(count):
        a, b = (column[n] if n < len(column) else "" for column in (left, right))
        rows.append(
            _side_by_side(
                pen, _cell_line(pen, a, blank), _cell_line(pen, b, blank), a or "_" * blank, tabs
            )
        )
    return rows + _paired_hints(pen, tabs)


def _cell_line(pen: Pen, text: str, blank: int) -> str:
    if not text:
        return run("_" * blank)
    if pen.habits.fill in ("underlined", "tabs"):
        return pen.underlined(pen.typed(text))
    return pen.written(pen.typed(text))


def _paired_hints(pen: Pen, tabs: bool) -> list[str]:
    if not pen.keeps_hint():
        return []
    left = textwrap.wrap(pen.text("hint_sender"), 46, break_on_hyphens=False)
    right = textwrap.wrap(pen.text("hint_recipient"), 46, break_on_hyphens=False)
    small, rows = pen.small(), []
    points = (small.size or 16) / 2
    for n in range(max(len(left), len(right))):
        a, b = (column[n] if n < len(column) else "" for column in (left, right))
        spaces = max(3, round((265 - ems(a) * points) / (0.25 * points)))
        gap = "\t" if tabs else " " * spaces
        rows.append(paragraph(run(a + gap + b, small), tabs=(5400,) if tabs else ()))
    return rows


def _three_cells(pen: Pen, facts: Facts) -> list[str]:
    """A table with an empty column between the two."""
    left, right = _both(pen, facts)
    widths = (4600, 665, 4600)
    row = [cell(*blocks, width=w) for blocks, w in zip((left, [], right), widths, strict=True)]
    return [table([row], widths), paragraph()]


def _row_by_row(pen: Pen, facts: Facts) -> list[str]:
    """A table whose rows are the dates, the bodies and the hints."""
    left, right = _both(pen, facts)
    middles = [side[1:-1] if pen.habits.hints == 1.0 else side[1:] for side in (left, right)]
    lasts = [side[-1:] if pen.habits.hints == 1.0 else [] for side in (left, right)]
    rows = [[left[:1], right[:1]], middles, lasts]
    return [table([[cell(*b, width=LEFT) for b in row] for row in rows if any(row)], (LEFT, LEFT))]


def _recipient_first(pen: Pen, facts: Facts) -> list[str]:
    """The addressee at the upper right, as in a letter, then the sender."""
    left, right = _both(pen, facts)
    spacing = '<w:spacing w:before="0" w:after="0"/>'
    moved = [b.replace(spacing, spacing + '<w:ind w:left="5103"/>', 1) for b in right]
    return [*moved, paragraph(), *left]


COLUMNS: dict[str, Callable[[Pen, Facts], list[str]]] = {
    "spaces": lambda pen, facts: _paired(pen, facts, tabs=False),
    "tabs": lambda pen, facts: _paired(pen, facts, tabs=True),
    "table": _as_table,
    "stacked": _stacked,
    "stacked_inline": _stacked_inline,
    "section": _section,
    "textboxes": _boxes,
    "frames": _frames,
    "three_cells": _three_cells,
    "row_by_row": _row_by_row,
    "recipient_first": _recipient_first,
}


def parties(pen: Pen, facts: Facts) -> list[str]:
    """The blocks of the form's head."""
    return COLUMNS[pen.habits.columns](pen, facts)
