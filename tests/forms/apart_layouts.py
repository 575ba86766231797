"""The form laid out anew by senders of the part ``apart``: tables, letterheads, sections, tabs."""

from __future__ import annotations

import itertools
import textwrap
from collections.abc import Callable, Sequence

from . import apart_official as official
from .apart_facts import Notice
from .apart_pen import FULL, SMALL, Typist
from .wordml import Look, cell, paragraph, run, table, text_box

BOLD = Look(bold=True)
# A field of the form: its section, its label's runs, the paragraphs of its value.
Row = tuple[str, str, list[str]]
SECTIONS = ("Реквізити", "Дитина (сім’я)", "Обставини", "Хто повідомляє", "Дії", "Прийняття")


def rows(typist: Typist, notice: Notice) -> list[Row]:
    """Every field in the form's order."""
    head, child, facts, who, deeds, end = SECTIONS
    clock = notice.accepted_time.written if notice.accepted_time else None
    sender = "\n".join(notice.sender_lines) or None
    mark = paragraph(
        run("№ "), typist.value(notice.registered_number, 8),
        run(" від "), typist.value(notice.registered.written, 12),
    )  # fmt: skip
    return [
        (head, typist.label("out_date"), _day_and_number(typist, notice, outgoing=True)),
        (head, typist.label("in_date"), _day_and_number(typist, notice, outgoing=False)),
        (head, typist.label("row_sender"), typist.lines(sender, 20)),
        (head, typist.label("row_recipient"), typist.lines(notice.recipient, 20)),
        (head, typist.label("registered"), [mark]),
        (head, typist.label("received"), [paragraph(official.via(typist, notice))]),
        (child, typist.label("subject"), typist.lines(notice.subject.text, 20)),
        (child, typist.label("address"), typist.lines(notice.address, 20)),
        (facts, typist.label("content"), typist.lines(notice.content, 20)),
        (who, typist.label("reporter"), typist.lines(notice.reporter, 20)),
        (who, typist.label("row_kinds"), [paragraph(official.kinds(typist, notice))]),
        (deeds, typist.label("basis"), typist.lines(notice.basis, 20)),
        (deeds, typist.label("measures"), typist.lines(notice.measures_taken, 20)),
        (deeds, typist.label("enclosures"), typist.lines(notice.enclosures, 20)),
        (end, typist.label("accepted"), typist.lines(notice.accepted_by, 20)),
        (end, typist.label("date"), typist.lines(notice.accepted.written, 12)),
        (end, typist.label("time"), typist.lines(clock, 8)),
    ]


def _day_and_number(typist: Typist, notice: Notice, *, outgoing: bool) -> list[str]:
    day = notice.outgoing if outgoing else notice.incoming
    number = notice.outgoing_number if outgoing else notice.incoming_number
    return [paragraph(typist.value(day.written, 12), run("  №  "), typist.value(number, 6))]


def _top(typist: Typist) -> list[str]:
    return [*official.heading(typist), paragraph(), *official.title(typist), paragraph()]


def _inner(block: str) -> str:
    """The runs of a paragraph."""
    return block.split("</w:pPr>", 1)[1].removesuffix("</w:p>")


def _indented(block: str, left: int) -> str:
    """The paragraph moved to the right, in twentieths of a point."""
    spacing = '<w:spacing w:before="0" w:after="0"/>'
    return block.replace(spacing, f'{spacing}<w:ind w:left="{left}"/>', 1)


def _inline(blocks: list[str]) -> str:
    """The paragraphs' runs in one line."""
    return run(" ").join(_inner(block) for block in blocks)


def three_columns(typist: Typist, notice: Notice) -> list[str]:
    """A table whose first column names the section and is merged downwards."""
    widths = (1700, 3300, FULL - 5000)
    lines, last = [], ""
    for section, label, blocks in rows(typist, notice):
        merge = "continue" if section == last else "restart"
        name = [] if section == last else [paragraph(run(section, BOLD))]
        lines.append([
            cell(*name, width=widths[0], merge=merge),
            cell(paragraph(label), width=widths[1]),
            cell(*blocks, width=widths[2]),
        ])  # fmt: skip
        last = section
    return [*_top(typist), table(lines, widths), paragraph()]


def label_above(typist: Typist, notice: Notice) -> list[str]:
    """Two fields a row, the label above the value in the same cell; long ones take the row."""
    half = FULL // 2
    fields = [[paragraph(label), *blocks] for _, label, blocks in rows(typist, notice)]
    pairs = ((0, 1), (2, 3), (4, 5), (6,), (7,), (8,), (9,), (10,), (11,), (12,), (13,), (14,), (15, 16))  # fmt: skip
    lines = []
    for pair in pairs:
        width = half if len(pair) == 2 else FULL
        lines.append([cell(*fields[n], width=width, span=1 if len(pair) == 2 else 2) for n in pair])
    return [*_top(typist), table(lines, (half, half)), paragraph()]


def value_below(typist: Typist, notice: Notice) -> list[str]:
    """A one-column table: a row with the label, a row with the value."""
    lines = []
    for _, label, blocks in rows(typist, notice):
        lines += [[cell(paragraph(label), width=FULL)], [cell(*blocks, width=FULL)]]
    return [*_top(typist), table(lines, (FULL,)), paragraph()]


def spans(typist: Typist, notice: Notice) -> list[str]:
    """A table with a heading row over each section."""
    widths = (3900, FULL - 3900)
    lines, last = [], ""
    for section, label, blocks in rows(typist, notice):
        if section != last:
            bar = paragraph(run(section.upper(), BOLD), align="center")
            lines.append([cell(bar, width=FULL, span=2)])
        lines.append([cell(paragraph(label), width=widths[0]), cell(*blocks, width=widths[1])])
        last = section
    return [*_top(typist), table(lines, widths), paragraph()]


def numbered(typist: Typist, notice: Notice) -> list[str]:
    """Sections with Roman numerals, the fields numbered in them."""
    blocks, last, count, section_no = _top(typist), "", 0, 0
    for section, label, lines in rows(typist, notice):
        if section != last:
            section_no, count, last = section_no + 1, 0, section
            blocks += [paragraph(), paragraph(run(f"{section_no}. {section}", BOLD))]
        count += 1
        blocks.append(
            paragraph(run(f"{section_no}.{count}. "), label, _inner(lines[0]), indent=300)
        )
        blocks += lines[1:]
    return blocks


def browser(typist: Typist, notice: Notice) -> list[str]:
    """Typed anew in an editor of the browser: a bold label, the value behind it, a gap between."""
    blocks = _top(typist)
    for _, label, lines in rows(typist, notice):
        blocks += [paragraph(label, _inline(lines)), paragraph()]
    return blocks


def bulleted(typist: Typist, notice: Notice) -> list[str]:
    """A bullet a field, the value on the line below the label."""
    blocks = _top(typist)
    for _, label, lines in rows(typist, notice):
        blocks.append(paragraph(run("•  "), label, indent=200))
        blocks += [_indented(line, 700) for line in lines]
    return blocks


def one_paragraph(typist: Typist, notice: Notice) -> list[str]:
    """The whole form in one paragraph with line breaks, as text copied from elsewhere is."""
    pieces = [label + _inline(lines) for _, label, lines in rows(typist, notice)]
    return [*_top(typist), paragraph(run("\n").join(pieces))]


def framed(typist: Typist, notice: Notice) -> list[str]:
    """A frame round each value's paragraphs."""
    sides = ("top", "left", "bottom", "right")
    edges = "".join(f'<w:{s} w:val="single" w:sz="4" w:space="3" w:color="808080"/>' for s in sides)
    blocks = _top(typist)
    for _, label, lines in rows(typist, notice):
        blocks.append(paragraph(label))
        blocks += [line.replace("<w:pPr>", f"<w:pPr><w:pBdr>{edges}</w:pBdr>", 1) for line in lines]
    return blocks


def _fitting(lines: Sequence[str]) -> list[str]:
    """The lines broken where half the page ends, so that none runs below the other body's."""
    pieces = (
        textwrap.wrap(line, 34, break_long_words=False, break_on_hyphens=False) for line in lines
    )
    return list(itertools.chain(*pieces)) or [""]


def tabs(typist: Typist, notice: Notice) -> list[str]:
    """The two bodies side by side by a tab stop, each label parted from its value by one."""
    stop = (5200,)
    blocks = official.heading(typist)
    dates = [official.dated(typist, key, notice) for key in ("out_date", "in_date")]
    blocks.append(paragraph(dates[0], run("\t"), dates[1], tabs=stop))
    left_lines, right_lines = (
        _fitting(side) for side in (notice.sender_lines, (notice.recipient or "").split("\n"))
    )
    for left, other in itertools.zip_longest(left_lines, right_lines):
        sides = [typist.value(side, 30) if side is not None else "" for side in (left, other)]
        blocks.append(paragraph(sides[0], run("\t"), sides[1], tabs=stop))
    hints = (run("(найменування закладу, який направляє)", SMALL), run("(найменування установи, яка отримала)", SMALL))  # fmt: skip
    blocks += [paragraph(hints[0], run("\t"), hints[1], tabs=stop), paragraph()]
    blocks += [*official.title(typist), paragraph(), *official.registration(typist, notice)]
    for _, label, lines in rows(typist, notice)[5:]:
        blocks.append(paragraph(label, run("\t"), _inline(lines), tabs=(2800,)))
    return blocks


def letterhead(typist: Typist, notice: Notice) -> list[str]:
    """The sender's letterhead in place of the left column."""
    lines = notice.sender_lines or ("",)
    blocks = [paragraph(typist.value(line, 40), align="center") for line in lines]
    blocks.append(paragraph(run(typist.word("under_letterhead"), SMALL), align="center"))
    blocks += [paragraph(), paragraph(official.dated(typist, "out_date", notice))]
    blocks.append(paragraph(official.dated(typist, "in_date", notice)))
    to = [_indented(line, 5400) for line in typist.lines(notice.recipient, 38)]
    blocks += [*to, paragraph(run(typist.word("hint_recipient"), SMALL), indent=5400), paragraph()]
    blocks += [paragraph(run("Додаток 1 до Порядку", Look(italic=True)), align="right")]
    return blocks + official.lower(typist, notice)


def floating(typist: Typist, notice: Notice) -> list[str]:
    """The bodies and the mark in text boxes, as a drawn form has them; the rest below."""
    left, right = official.bodies(typist, notice)
    boxes = [
        text_box(side, left=n * 4950, top=0, width=4700, height=2900, ident=typist.ident())
        for n, side in enumerate((left, right))
    ]
    return [
        *official.heading(typist),
        paragraph(*boxes),
        *[paragraph()] * 11,
        *official.lower(typist, notice),
    ]


LAYOUTS: dict[str, Callable[[Typist, Notice], list[str]]] = {
    "official": official.official,
    "three-columns": three_columns,
    "label-above": label_above,
    "value-below": value_below,
    "spans": spans,
    "numbered": numbered,
    "browser": browser,
    "bulleted": bulleted,
    "one-paragraph": one_paragraph,
    "framed": framed,
    "tabs": tabs,
    "letterhead": letterhead,
    "floating": floating,
}
