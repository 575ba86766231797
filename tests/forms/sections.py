"""The form's body in its own order, section by section, as the blank form has it."""

from __future__ import annotations

import re

from .facts import Facts
from .labels import KINDS, VIA
from .parties import parties
from .pen import Pen
from .wordml import Look, cell, paragraph, run, table, text_box

FULL = 9865
_NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="1" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right")
)

_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="E7E6E6"/>'


def heading(pen: Pen) -> list[str]:
    """«Додаток 1 до Порядку …» in the upper right corner."""
    if not pen.habits.heading:
        return []
    lines = [paragraph(run(pen.text("heading")), indent=5386)]
    if pen.keeps_hint():
        lines.append(paragraph(run(pen.text("order"), Look(size=20)), indent=5386))
    return [*lines, paragraph()]


def registration(pen: Pen, facts: Facts) -> list[str]:
    """The registration mark's paragraphs."""
    date = facts.registered.written
    empty = "____/_____/_____________"
    lines = [
        paragraph(run(pen.text("registered"))),
        paragraph(pen.label("no", " "), pen.value(facts.registered_number, 18)),
        paragraph(run(pen.text("from") + " "), run(date) if date else run(empty)),
    ]
    if pen.keeps_hint():
        lines.append(paragraph(run(pen.text("pattern"), pen.small())))
    return lines


def title(pen: Pen) -> list[str]:
    """The form's name."""
    bold = Look(bold=True)
    return [
        paragraph(
            run(pen.text("title"), Look(bold=True, size=pen.habits.size + 2)), align="center"
        ),
        paragraph(run(pen.text("about"), bold), align="center"),
    ]


def title_and_registration(pen: Pen, facts: Facts) -> list[str]:
    """The name on the left, the registration mark in its box on the right."""
    if pen.habits.registration_in == "stamp":
        return title(pen)
    mark = registration(pen, facts)
    if pen.habits.registration_in == "paragraphs":
        return [*title(pen), *mark]
    if pen.habits.registration_in == "textbox":
        box = text_box(mark, left=5700, top=0, width=4100, height=1300, ident=pen.next_id())
        room = '<w:ind w:right="4600"/>'
        left = [block.replace('<w:jc w:val="center"/>', room) for block in title(pen)]
        return [paragraph(box), *left, *[paragraph() for _ in range(3)]]
    row = [cell(*title(pen), width=5443, borders=False), cell(*mark, width=4309)]
    return [table([row], (5443, 4309)), paragraph()]


def received(pen: Pen, facts: Facts) -> list[str]:
    """«Надійшло: усно, письмово, по телефону»."""
    chosen = (facts.received_via,) if facts.received_via else ()
    return [paragraph(pen.label("received", "  "), pen.boxes(VIA, chosen))]


def sentences(text: str) -> list[str]:
    """The text cut at its sentences, so that it can be laid out as several paragraphs."""
    return re.split(r"(?<=[а-яіїєґ»”][.!?]) (?=[«“А-ЯІЇЄҐ])", text)


def content_blocks(pen: Pen, facts: Facts) -> list[str]:
    """The notice's text as the blocks that hold it."""
    way = pen.habits.content_in
    text = facts.content
    if way == "paragraphs":
        return [paragraph(pen.value(piece, 0)) for piece in sentences(text)]
    if way == "list":
        return [paragraph(pen.value(piece, 0), extra=_NUMBERED) for piece in sentences(text)]
    return [paragraph(pen.value(text, 0))]


def content(pen: Pen, facts: Facts) -> list[str]:
    """«Зміст повідомлення»: in the box under its label, or without one."""
    label = paragraph(pen.label("content"))
    blocks = content_blocks(pen, facts)
    way = pen.habits.content_in
    if way == "bordered":
        return [
            label,
            *(b.replace("<w:pPr>", f"<w:pPr><w:pBdr>{_BORDERS}</w:pBdr>", 1) for b in blocks),
        ]
    if way == "in_box":
        whole = paragraph(pen.label("content", " "), pen.value(facts.content, 0))
        return [table([[cell(whole, width=FULL)]], (FULL,)), paragraph()]
    if way == "two_rows":
        rows = [[cell(label, width=FULL)], [cell(*blocks, width=FULL)]]
        return [table(rows, (FULL,)), paragraph()]
    if way == "shaded":
        return [label, *(b.replace("<w:pPr>", f"<w:pPr>{_SHADE}", 1) for b in blocks)]
    if way == "lines":
        return [paragraph(pen.label("content", " "), pen.value(facts.content, 0))]
    if way == "box":
        return [label, table([[cell(*blocks, width=FULL)]], (FULL,)), paragraph()]
    return [label, *blocks, paragraph()]


def reporter(pen: Pen, facts: Facts) -> list[str]:
    """«Від» and the boxes under it."""
    lines = pen.field("reporter", facts.reporter, 70, "hint_reporter")
    return [*lines, paragraph(pen.boxes(KINDS, facts.reporter_kinds))]


def measures(pen: Pen, facts: Facts) -> list[str]:
    """«Вжиті заходи»: the box with its hint, kept, replaced, or written over."""
    hint = pen.hint("hint_measures")
    value = [paragraph(pen.value(facts.measures_taken, 0))] if facts.measures_taken else []
    inside = [*value, *hint] if pen.rng.random() < 0.25 else [*hint, *value]
    label = paragraph(pen.label("measures"))
    if pen.habits.content_in in ("paragraph", "paragraphs", "lines", "list") and (value or hint):
        return [label, *inside]
    box = cell(*inside, *([] if value else [paragraph()]), width=FULL)
    return [label, table([[box]], (FULL,)), paragraph()]


def accepted(pen: Pen, facts: Facts) -> list[str]:
    """Who took an oral notice, and when."""
    lines = pen.field("accepted", facts.accepted_by, 76, "hint_accepted", below=True)
    time = facts.accepted_time.written if facts.accepted_time else None
    date = pen.label("date", " ") + pen.value(facts.accepted.written, 14)
    clock = pen.label("time", " ") + pen.value(time, 12)
    if pen.rng.random() < 0.4:
        return [*lines, paragraph(date, run("      "), clock, tabs=(3000, 6000))]
    return [*lines, paragraph(date, tabs=(5000,)), paragraph(clock, tabs=(5000,))]


def faithful(pen: Pen, facts: Facts) -> list[str]:
    """All blocks of a form that keeps the blank's structure."""
    return [
        *heading(pen),
        *parties(pen, facts),
        paragraph(),
        *title_and_registration(pen, facts),
        *received(pen, facts),
        paragraph(),
        *pen.field("subject", facts.subject.text, 80, "hint_subject", below=True),
        *pen.field("address", facts.address, 62),
        *content(pen, facts),
        *reporter(pen, facts),
        *pen.field("basis", facts.basis, 62, "hint_basis"),
        *measures(pen, facts),
        *pen.field("enclosures", facts.enclosures, 44),
        *accepted(pen, facts),
    ]
