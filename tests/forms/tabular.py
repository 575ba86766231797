"""The form re-made as a table, as many offices do: two columns, one column, merged, nested."""

from __future__ import annotations

from dataclasses import dataclass

from .facts import Facts
from .labels import KINDS, VIA
from .pen import Pen
from .sections import content_blocks, heading, title
from .wordml import cell, paragraph, run, table

LABEL, VALUE = 3515, 6350


@dataclass(frozen=True)
class Row:
    """A label, with its hint, and the blocks of its value."""

    label: str
    value: list[str]


def _label(pen: Pen, key: str, hint: str = "") -> str:
    return "".join([paragraph(pen.label(key)), *(pen.hint(hint, align="") if hint else [])])


def _value(pen: Pen, text: str | None) -> list[str]:
    return [paragraph(pen.value(text, 20))]


def _dates(pen: Pen, facts: Facts) -> list[Row]:
    pairs = (
        ("out_date", facts.outgoing.written, facts.outgoing_number),
        ("in_date", facts.incoming.written, facts.incoming_number),
    )
    rows = []
    for key, date, number in pairs:
        tail = "вих." if key == "out_date" else "вхід."
        rows.append(Row(_label(pen, key), _value(pen, date)))
        rows.append(Row(paragraph(pen.label("no", " " + tail)), _value(pen, number)))
    return rows


def _mark(pen: Pen, facts: Facts) -> list[str]:
    number, date = facts.registered_number, facts.registered.written
    if not number and not date:
        return _value(pen, None)
    line = pen.label("no", " ") + pen.value(number, 8) + run(" " + pen.text("from") + " ")
    return [paragraph(line + pen.value(date, 10))]


def _stripped(pen: Pen, key: str) -> str:
    return paragraph(run(pen.text(key).strip("()").capitalize()))


def rows(pen: Pen, facts: Facts) -> list[Row]:
    """The form's rows, from the dates to the time of acceptance."""
    via = (facts.received_via,) if facts.received_via else ()
    time = facts.accepted_time.written if facts.accepted_time else None
    sender = [block for line in facts.sender_lines for block in _value(pen, line)]
    return [
        *_dates(pen, facts),
        Row(_stripped(pen, "hint_sender"), sender or _value(pen, None)),
        Row(_stripped(pen, "hint_recipient"), _value(pen, facts.recipient)),
        Row(_label(pen, "registered"), _mark(pen, facts)),
        Row(_label(pen, "received"), [paragraph(pen.boxes(VIA, via))]),
        Row(_label(pen, "subject", "hint_subject"), _value(pen, facts.subject.text)),
        Row(_label(pen, "address"), _value(pen, facts.address)),
        Row(_label(pen, "content"), content_blocks(pen, facts)),
        *_reporter(pen, facts),
        Row(_label(pen, "basis", "hint_basis"), _value(pen, facts.basis)),
        Row(_label(pen, "measures", "hint_measures"), _value(pen, facts.measures_taken)),
        Row(_label(pen, "enclosures"), _value(pen, facts.enclosures)),
        Row(_label(pen, "accepted", "hint_accepted"), _value(pen, facts.accepted_by)),
        Row(_label(pen, "date"), _value(pen, facts.accepted.written)),
        Row(_label(pen, "time"), _value(pen, time)),
    ]


def _reporter(pen: Pen, facts: Facts) -> list[Row]:
    name = _value(pen, facts.reporter)
    boxes = paragraph(pen.boxes(KINDS, facts.reporter_kinds))
    if pen.rng.random() < 0.5:
        return [Row(_label(pen, "reporter", "hint_reporter"), [*name, boxes])]
    kinds = {"tune": "Звернення надійшло", "aside": "Вид звернення", "fresh": "Хто звернувся"}[
        pen.habits.part
    ]
    return [
        Row(_label(pen, "reporter", "hint_reporter"), name),
        Row(paragraph(run(kinds)), [boxes]),
    ]


def two_columns(pen: Pen, facts: Facts) -> list[str]:
    """Label on the left, value on the right."""
    body = [[cell(r.label, width=LABEL), cell(*r.value, width=VALUE)] for r in rows(pen, facts)]
    return [*heading(pen), *title(pen), table(body, (LABEL, VALUE))]


def one_column(pen: Pen, facts: Facts) -> list[str]:
    """A row with the label, under it a row with the value."""
    width = LABEL + VALUE
    body = [
        [cell(block, width=width)] if isinstance(block, str) else [cell(*block, width=width)]
        for r in rows(pen, facts)
        for block in (r.label, r.value)
    ]
    return [*heading(pen), *title(pen), table(body, (width,))]


def merged(pen: Pen, facts: Facts) -> list[str]:
    """Four columns: dates with their numbers on one row, the rest merged over three columns."""
    widths = (2400, 2600, 1600, 3265)
    all_rows = rows(pen, facts)
    body = []
    for date, number in (all_rows[0:2], all_rows[2:4]):
        texts = (date.label, *date.value, number.label, *number.value)
        body.append([cell(t, width=w) for t, w in zip(texts, widths, strict=True)])
    for row in all_rows[4:-2]:
        body.append(
            [cell(row.label, width=widths[0]), cell(*row.value, width=sum(widths[1:]), span=3)]
        )
    date, time = all_rows[-2:]
    texts = (date.label, *date.value, time.label, *time.value)
    body.append([cell(t, width=w) for t, w in zip(texts, widths, strict=True)])
    return [*heading(pen), *title(pen), table(body, widths)]


def nested(pen: Pen, facts: Facts) -> list[str]:
    """One cell round the whole form, with a small table in it for each group of rows."""
    groups, all_rows = [], rows(pen, facts)
    for start, end in ((0, 6), (6, 9), (9, len(all_rows))):
        body = [
            [cell(r.label, width=3300), cell(*r.value, width=6200)] for r in all_rows[start:end]
        ]
        groups += [table(body, (3300, 6200)), paragraph()]
    outer = cell(*title(pen), *groups, width=LABEL + VALUE)
    return [*heading(pen), table([[outer]], (LABEL + VALUE,))]


def numbered(pen: Pen, facts: Facts) -> list[str]:
    """Three columns: the row's number, label, value."""
    widths = (600, 3200, 6065)
    body = []
    for n, row in enumerate(rows(pen, facts), 1):
        number = cell(paragraph(run(f"{n}.")), width=widths[0])
        body.append([number, cell(row.label, width=widths[1]), cell(*row.value, width=widths[2])])
    return [*heading(pen), *title(pen), table(body, widths)]


def same_cell(pen: Pen, facts: Facts) -> list[str]:
    """One column, label and value in the same cell."""
    width = LABEL + VALUE
    body = [[cell(row.label, *row.value, width=width)] for row in rows(pen, facts)]
    return [*heading(pen), *title(pen), table(body, (width,))]
