"""The held-out forms' layouts: the form as it is, tables, text boxes, a form typed anew."""

from __future__ import annotations

from collections.abc import Callable

from .facts import Facts
from .heldout_heads import HEADS, INDENT, indented, runs_of
from .heldout_pen import FULL, Clerk
from .wordml import Look, cell, paragraph, run, table, text_box


def flow(clerk: Clerk, facts: Facts) -> list[str]:
    """The form in its own order, line by line."""
    return [
        *heading(clerk),
        *HEADS[clerk.manner.head](clerk, facts),
        paragraph(),
        *title_block(clerk, facts),
        *clerk.via(facts.received_via),
        *clerk.field("subject", facts.subject.text, 60),
        *clerk.field("address", facts.address, 58),
        *content(clerk, facts),
        *clerk.field("reporter", facts.reporter, 66),
        *clerk.kinds(facts.reporter_kinds),
        *clerk.field("basis", facts.basis, 56),
        *measures(clerk, facts),
        *clerk.field("enclosures", facts.enclosures, 40),
        *clerk.field("accepted", facts.accepted_by, 40),
        *when(clerk, facts),
    ]


def heading(clerk: Clerk) -> list[str]:
    """«Додаток 1 до Порядку»."""
    if not clerk.manner.heading:
        return []
    lines = [paragraph(run(clerk.words("heading")), indent=INDENT)]
    if clerk.manner.hints != "drop":
        lines.append(paragraph(run(clerk.words("order"), Look(size=18)), indent=INDENT))
    return [*lines, paragraph()]


def title(clerk: Clerk) -> list[str]:
    """The form's name."""
    bold = Look(bold=True)
    lines = (clerk.words("title"), clerk.words("about"))
    return [paragraph(run(line, bold), align="center") for line in lines]


def registration(clerk: Clerk, facts: Facts) -> list[str]:
    """«Зареєстровано в журналі повідомлень»."""
    return [
        paragraph(run(clerk.words("registered"))),
        paragraph(
            run(clerk.words("no") + " "),
            clerk.clerks_value(facts.registered_number, 16),
            run(" " + clerk.words("from") + " "),
            clerk.clerks_value(facts.registered.written, 14),
        ),
    ]


def title_block(clerk: Clerk, facts: Facts) -> list[str]:
    """The name and the registration mark, side by side or one below the other."""
    mark, way = registration(clerk, facts), clerk.manner.registration_in
    if way == "lines":
        return [*title(clerk), paragraph(), *mark, paragraph()]
    if way == "above":
        return [*indented(mark), paragraph(), *title(clerk), paragraph()]
    if way == "textbox":
        box = text_box(mark, left=5900, top=0, width=3900, height=1200, ident=clerk.ids())
        left = [
            block.replace('<w:jc w:val="center"/>', '<w:ind w:right="4300"/>')
            for block in title(clerk)
        ]
        return [paragraph(box), *left, *[paragraph()] * 3]
    row = [cell(*title(clerk), width=5465, borders=False), cell(*mark, width=4400)]
    return [table([row], (5465, 4400)), paragraph()]


def content(clerk: Clerk, facts: Facts) -> list[str]:
    """«Зміст повідомлення»."""
    label, way = paragraph(clerk.labelled("content")), clerk.manner.content_in
    value = paragraph(clerk.value(facts.content, 0))
    if way == "box":
        return [label, table([[cell(value, width=FULL)]], (FULL,)), paragraph()]
    if way == "same":
        return [paragraph(clerk.labelled("content"), clerk.value(facts.content, 0))]
    if way == "label_in_box":
        return [table([[cell(label, value, width=FULL)]], (FULL,)), paragraph()]
    return [label, value]


def measures(clerk: Clerk, facts: Facts) -> list[str]:
    """«Вжиті заходи»."""
    label = paragraph(clerk.labelled("measures"))
    hint = clerk.hint("hint_measures")
    value = paragraph(clerk.value(facts.measures_taken, 60))
    if clerk.manner.content_in == "box":
        return [label, table([[cell(*hint, value, width=FULL)]], (FULL,)), paragraph()]
    if clerk.manner.content_in == "same":
        return [paragraph(clerk.labelled("measures"), clerk.value(facts.measures_taken, 60)), *hint]
    return [label, *hint, value]


def when(clerk: Clerk, facts: Facts) -> list[str]:
    """Date and time of taking an oral notice."""
    clock = facts.accepted_time.written if facts.accepted_time else None
    date = clerk.labelled("date") + clerk.value(facts.accepted.written, 14)
    time = clerk.labelled("time") + clerk.value(clock, 10)
    if clerk.rng.random() < 0.5:
        return [paragraph(date, run("     "), time)]
    return [paragraph(date), paragraph(time)]


Row = tuple[str, list[str]]


def rows(clerk: Clerk, facts: Facts) -> list[Row]:
    """Every field as its label's runs and its value's blocks."""

    def told(text: str | None) -> list[str]:
        return [paragraph(clerk.value(text, 12))]

    clock = facts.accepted_time.written if facts.accepted_time else None
    sender = [paragraph(clerk.value(line, 20)) for line in facts.sender_lines] or told(None)
    mark = registration(clerk, facts)
    return [
        (clerk.labelled("out_date"), _dated(clerk, facts.outgoing.written, facts.outgoing_number)),
        (clerk.labelled("in_date"), _dated(clerk, facts.incoming.written, facts.incoming_number)),
        (run(clerk.words("row_sender")), sender),
        (run(clerk.words("row_recipient")), told(facts.recipient)),
        (run(clerk.words("registered")), mark[1:]),
        (clerk.labelled("received"), _options(clerk.via(facts.received_via))),
        (clerk.labelled("subject"), told(facts.subject.text)),
        (clerk.labelled("address"), told(facts.address)),
        (clerk.labelled("content"), told(facts.content)),
        (clerk.labelled("reporter"), told(facts.reporter) + clerk.kinds(facts.reporter_kinds)),
        (clerk.labelled("basis"), told(facts.basis)),
        (clerk.labelled("measures"), told(facts.measures_taken)),
        (clerk.labelled("enclosures"), told(facts.enclosures)),
        (clerk.labelled("accepted"), told(facts.accepted_by)),
        (clerk.labelled("date"), told(facts.accepted.written)),
        (clerk.labelled("time"), told(clock)),
    ]


def _dated(clerk: Clerk, day: str | None, number: str | None) -> list[str]:
    sign = run(" " + clerk.words("no") + " ")
    return [paragraph(clerk.value(day, 12), sign, clerk.value(number, 8))]


def _options(blocks: list[str]) -> list[str]:
    """The options without the label that ``via`` puts before them."""
    first = blocks[0]
    if len(blocks) > 1:
        return blocks[1:]
    head, runs = first.split("</w:pPr>", 1)
    return [f"{head}</w:pPr>{runs.split('</w:r>', 1)[1]}"]


def grid(clerk: Clerk, facts: Facts) -> list[str]:
    """A table of two columns: label, value."""
    body = [
        [cell(paragraph(label), width=3700), cell(*value, width=6165)]
        for label, value in rows(clerk, facts)
    ]
    return [*heading(clerk), *title(clerk), paragraph(), table(body, (3700, 6165))]


def counted(clerk: Clerk, facts: Facts) -> list[str]:
    """A table of three columns: number, label, value."""
    widths = (600, 3700, 5565)
    head = [cell(paragraph(run(t)), width=w) for t, w in zip(("№ з/п", "Показник", "Інформація"), widths, strict=True)]  # fmt: skip
    body = [head]
    for n, (label, value) in enumerate(rows(clerk, facts), 1):
        blocks = ([paragraph(run(f"{n}."))], [paragraph(label)], value)
        body.append([cell(*b, width=w) for b, w in zip(blocks, widths, strict=True)])
    return [*heading(clerk), *title(clerk), paragraph(), table(body, widths)]


def ruled(clerk: Clerk, facts: Facts) -> list[str]:
    """The form line by line in one table, every field a row of its own."""
    whole = [flow_row(label, value) for label, value in rows(clerk, facts)[4:]]
    body = [[cell(*blocks, width=FULL)] for blocks in whole]
    return [
        *heading(clerk),
        *HEADS[clerk.manner.head](clerk, facts),
        *title(clerk),
        paragraph(),
        table(body, (FULL,)),
    ]


def flow_row(label: str, value: list[str]) -> list[str]:
    """Label and the first of the value's lines in one paragraph, the rest below."""
    return [paragraph(label, run(" "), runs_of(value[0])), *value[1:]]


def nested(clerk: Clerk, facts: Facts) -> list[str]:
    """A frame round everything, with tables inside it."""
    inner = table(
        [
            [cell(paragraph(label), width=3300), cell(*value, width=6100)]
            for label, value in rows(clerk, facts)[5:]
        ],
        (3300, 6100),
    )
    top = [*HEADS["cells"](clerk, facts), *title_block(clerk, facts)]
    return [
        *heading(clerk),
        table([[cell(*top, width=FULL)], [cell(inner, width=FULL)]], (FULL,)),
    ]


_GREY = '<w:shd w:val="clear" w:color="auto" w:fill="D9E2F3"/>'


def stacked(clerk: Clerk, facts: Facts) -> list[str]:
    """One column: a shaded row of the label, below it a row of the value."""
    body = []
    for label, value in rows(clerk, facts):
        body += [[cell(paragraph(label, extra=_GREY), width=FULL)], [cell(*value, width=FULL)]]
    return [*heading(clerk), *title(clerk), paragraph(), table(body, (FULL,))]


def wide(clerk: Clerk, facts: Facts) -> list[str]:
    """Four columns in the head, label and value twice a row; two below it."""
    found = rows(clerk, facts)
    widths = (2450, 2482, 2450, 2483)
    body = []
    for left, right in zip(found[0:4:2], found[1:4:2], strict=True):
        blocks = ([paragraph(left[0])], left[1], [paragraph(right[0])], right[1])
        body.append([cell(*b, width=w) for b, w in zip(blocks, widths, strict=True)])
    for label, value in found[4:-2]:
        name = cell(paragraph(label), width=widths[0])
        body.append([name, cell(*value, width=sum(widths[1:]), span=3)])
    (date, day), (time, clock) = found[-2:]
    blocks = ([paragraph(date)], day, [paragraph(time)], clock)
    body.append([cell(*b, width=w) for b, w in zip(blocks, widths, strict=True)])
    return [*heading(clerk), *title(clerk), paragraph(), table(body, widths)]


def sections(clerk: Clerk, facts: Facts) -> list[str]:
    """The form typed anew under headings of its parts."""
    bold = Look(bold=True)
    return [
        *heading(clerk),
        *title(clerk),
        paragraph(),
        *HEADS[clerk.manner.head](clerk, facts),
        paragraph(run("І. РЕЄСТРАЦІЯ", bold)),
        *registration(clerk, facts),
        *clerk.via(facts.received_via),
        paragraph(run("ІІ. ВІДОМОСТІ ПРО ДИТИНУ, СІМ’Ю", bold)),
        *clerk.field("subject", facts.subject.text, 60),
        *clerk.field("address", facts.address, 58),
        *content(clerk, facts),
        paragraph(run("ІІІ. ЗАЯВНИК", bold)),
        *clerk.field("reporter", facts.reporter, 66),
        *clerk.kinds(facts.reporter_kinds),
        *clerk.field("basis", facts.basis, 56),
        *measures(clerk, facts),
        *clerk.field("enclosures", facts.enclosures, 40),
        paragraph(run("IV. ПРИЙОМ ПОВІДОМЛЕННЯ", bold)),
        *clerk.field("accepted", facts.accepted_by, 40),
        *when(clerk, facts),
    ]


LAYOUTS: dict[str, Callable[[Clerk, Facts], list[str]]] = {
    "flow": flow,
    "grid": grid,
    "counted": counted,
    "ruled": ruled,
    "nested": nested,
    "stacked": stacked,
    "wide": wide,
    "sections": sections,
}
