"""The head of a held-out form: sender and recipient, side by side or one below the other."""

from __future__ import annotations

from collections.abc import Callable

from .facts import Facts
from .heldout_pen import Clerk
from .wordml import cell, paragraph, run, table, text_box

HALF = 4932
INDENT = 5500


def _sides(clerk: Clerk, facts: Facts) -> tuple[list[str], list[str]]:
    """The sender's and the recipient's column, the date line first and the hint last."""
    out = clerk.dated("out_date", facts.outgoing, facts.outgoing_number, clerk.value)
    into = clerk.dated("in_date", facts.incoming, facts.incoming_number, clerk.clerks_value)
    left = [paragraph(clerk.value(line, 30)) for line in facts.sender_lines]
    right = [paragraph(clerk.value(facts.recipient, 30))]
    left = left or [paragraph(clerk.blank(30)), paragraph(clerk.blank(30))]
    return (
        [paragraph(out), *left, *clerk.hint("hint_sender", "")],
        [paragraph(into), *right, *clerk.hint("hint_recipient", "")],
    )


def _head_cells(clerk: Clerk, facts: Facts) -> list[str]:
    left, right = _sides(clerk, facts)
    row = [cell(*side, width=HALF, borders=False) for side in (left, right)]
    return [table([row], (HALF, HALF)), paragraph()]


def _head_ruled_cells(clerk: Clerk, facts: Facts) -> list[str]:
    left, right = _sides(clerk, facts)
    row = [cell(*side, width=HALF) for side in (left, right)]
    return [table([row], (HALF, HALF)), paragraph()]


def _head_stacked(clerk: Clerk, facts: Facts) -> list[str]:
    left, right = _sides(clerk, facts)
    return [*left, paragraph(), *right]


def indented(blocks: list[str]) -> list[str]:
    """The paragraphs moved to the right half."""
    spacing = '<w:spacing w:before="0" w:after="0"/>'
    return [b.replace(spacing, f'{spacing}<w:ind w:left="{INDENT}"/>', 1) for b in blocks]


def _head_right(clerk: Clerk, facts: Facts) -> list[str]:
    """The sender on the left, below it the recipient on the right, as in a letter."""
    left, right = _sides(clerk, facts)
    return [*left, paragraph(), *indented(right)]


def _head_rows(clerk: Clerk, facts: Facts) -> list[str]:
    """A row of the dates, a row of the bodies, a row of the hints."""
    left, right = _sides(clerk, facts)
    with_hints = bool(clerk.hint("hint_sender"))
    end = -1 if with_hints else None
    rows = [[left[:1], right[:1]], [left[1:end], right[1:end]]]
    if with_hints:
        rows.append([left[-1:], right[-1:]])
    cells = [[cell(*side, width=HALF, borders=False) for side in row] for row in rows]
    return [table(cells, (HALF, HALF)), paragraph()]


def _head_tabs(clerk: Clerk, facts: Facts) -> list[str]:
    """Two columns by one tab; only short lines fit beside each other."""
    left, right = _sides(clerk, facts)
    bodies = max(map(len, (*facts.sender_lines, facts.recipient or "")), default=0)
    if bodies > 44:
        return _head_cells(clerk, facts)
    rows = []
    for n in range(max(len(left), len(right))):
        a, b = (runs_of(side[n]) if n < len(side) else "" for side in (left, right))
        rows.append(paragraph(a, run("\t"), b, tabs=(5300,)))
    return rows


def runs_of(block: str) -> str:
    """A paragraph's runs without the paragraph."""
    return block.split("</w:pPr>", 1)[1].removesuffix("</w:p>")


def _head_boxes(clerk: Clerk, facts: Facts) -> list[str]:
    """Two text boxes side by side."""
    sides = _sides(clerk, facts)
    count = 2 * max(map(len, sides)) + 4
    height = clerk.manner.size * 12 * count
    runs = [
        text_box(side, left=x, top=0, width=4650, height=height, ident=clerk.ids())
        for side, x in zip(sides, (0, 5150), strict=True)
    ]
    return [paragraph(*runs), *[paragraph()] * count]


def _head_recipient_first(clerk: Clerk, facts: Facts) -> list[str]:
    """The addressee in the upper right corner, the sender below it on the left."""
    left, right = _sides(clerk, facts)
    return [*indented(right), paragraph(), *left]


def _head_narrow_middle(clerk: Clerk, facts: Facts) -> list[str]:
    """Three columns, the middle one empty."""
    left, right = _sides(clerk, facts)
    widths = (4500, 865, 4500)
    sides: tuple[list[str], ...] = (left, [], right)
    row = [cell(*side, width=w, borders=False) for side, w in zip(sides, widths, strict=True)]
    return [table([row], widths), paragraph()]


def _head_dates_in_line(clerk: Clerk, facts: Facts) -> list[str]:
    """Both dates in one line, then the sender, then the recipient."""
    left, right = _sides(clerk, facts)
    return [paragraph(runs_of(left[0]), run("     "), runs_of(right[0])), *left[1:], *right[1:]]


def _head_dates_below(clerk: Clerk, facts: Facts) -> list[str]:
    """As letterheads have it: the body, and the date and number below it."""
    left, right = _sides(clerk, facts)
    sides = ([*left[1:], left[0]], [*right[1:], right[0]])
    row = [cell(*side, width=HALF, borders=False) for side in sides]
    return [table([row], (HALF, HALF)), paragraph()]


HEADS: dict[str, Callable[[Clerk, Facts], list[str]]] = {
    "cells": _head_cells,
    "ruled_cells": _head_ruled_cells,
    "stacked": _head_stacked,
    "right": _head_right,
    "rows": _head_rows,
    "tabs": _head_tabs,
    "boxes": _head_boxes,
    "recipient_first": _head_recipient_first,
    "narrow_middle": _head_narrow_middle,
    "dates_in_line": _head_dates_in_line,
    "dates_below": _head_dates_below,
}
