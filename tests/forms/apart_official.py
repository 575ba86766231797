"""The official form's own order on the page, as senders of the part ``apart`` leave it."""

from __future__ import annotations

from .apart_facts import Notice
from .apart_pen import FULL, SMALL, Typist
from .apart_ticks import WAYS
from .labels import KINDS, VIA
from .wordml import Look, cell, paragraph, run, table

HALF = FULL // 2
COLOUR = '<w:shd w:val="clear" w:color="auto" w:fill="FFD966"/>'


def ticked(typist: Typist, keys: tuple[str, ...], chosen: tuple[str, ...]) -> str:
    """The runs of a set of options."""
    return WAYS[typist.hand.ticks](typist, [(typist.word(key), key in chosen) for key in keys])


def via(typist: Typist, notice: Notice) -> str:
    """The options of «Надійшло»."""
    return ticked(typist, VIA, (notice.received_via,) if notice.received_via else ())


def kinds(typist: Typist, notice: Notice) -> str:
    """The options under «Від»."""
    return ticked(typist, KINDS, notice.reporter_kinds)


def choice(
    typist: Typist, label: str, keys: tuple[str, ...], chosen: tuple[str | None, ...]
) -> list[str]:
    """A set of options in a line, or in a row of cells with the mark below or the cell coloured."""
    lead = typist.label(label) if label else ""
    way = typist.hand.cells
    if not way:
        return [paragraph(lead, ticked(typist, keys, tuple(filter(None, chosen))))]
    width = FULL // len(keys)
    words, marks = [], []
    for key in keys:
        word = cell(paragraph(run(typist.word(key))), width=width)
        if way == "coloured" and key in chosen:
            word = word.replace("</w:tcBorders>", f"</w:tcBorders>{COLOUR}", 1)
        words.append(word)
        marks.append(cell(paragraph(run(way * (key in chosen)), align="center"), width=width))
    lines = [words] if way == "coloured" else [words, marks]
    return [*([paragraph(lead)] if lead else []), table(lines, (width,) * len(keys)), paragraph()]


def dated(typist: Typist, key: str, notice: Notice) -> str:
    """«Дата вих. … № …»."""
    outgoing = key == "out_date"
    day = notice.outgoing if outgoing else notice.incoming
    number = notice.outgoing_number if outgoing else notice.incoming_number
    return (
        typist.label(key, Look())
        + typist.value(day.written, 14)
        + run(" № ")
        + typist.value(number, 9)
    )


def heading(typist: Typist) -> list[str]:
    """«Додаток 1» and the order's name in the corner."""
    if not typist.hand.heading:
        return []
    lines = (typist.word("heading"), typist.word("order"))
    return [paragraph(run(line, Look(size=20)), indent=5600) for line in lines]


def title(typist: Typist) -> list[str]:
    """The form's name."""
    lines = (typist.word("title"), typist.word("about"))
    return [paragraph(run(line, Look(bold=True)), align="center") for line in lines]


def bodies(typist: Typist, notice: Notice) -> tuple[list[str], list[str]]:
    """The sender's and the recipient's columns."""
    left = [paragraph(dated(typist, "out_date", notice))]
    for line in notice.sender_lines or ("", "", ""):
        left.append(paragraph(typist.value(line, 38)))
    left.append(paragraph(run(typist.word("hint_sender"), SMALL)))
    right = [paragraph(dated(typist, "in_date", notice)), *typist.lines(notice.recipient, 38)]
    right.append(paragraph(run(typist.word("hint_recipient"), SMALL)))
    return left, right


def columns(typist: Typist, notice: Notice) -> list[str]:
    """The two bodies side by side."""
    left, right = bodies(typist, notice)
    cells = [cell(*side, width=HALF, borders=False) for side in (left, right)]
    return [table([cells], (HALF, HALF)), paragraph()]


def registration(typist: Typist, notice: Notice) -> list[str]:
    """«Зареєстровано в журналі повідомлень»."""
    return [
        paragraph(run(typist.word("registered"))),
        paragraph(run("№ "), typist.value(notice.registered_number, 16)),
        paragraph(run("від "), typist.value(notice.registered.written, 14)),
    ]


def title_and_mark(typist: Typist, notice: Notice) -> list[str]:
    """The form's name with the frame of the registration mark beside it."""
    frame = registration(typist, notice)
    if typist.hand.hints == "small":
        frame.append(paragraph(run(typist.word("pattern"), SMALL)))
    row = [cell(*title(typist), width=5860, borders=False), cell(*frame, width=4000)]
    return [table([row], (5860, 4000)), paragraph()]


def boxed(typist: Typist, key: str, text: str | None, *hint: str) -> list[str]:
    """A label with a frame below it."""
    frame = table([[cell(*hint, *typist.lines(text, 0), width=FULL)]], (FULL,))
    return [paragraph(typist.label(key)), frame, paragraph()]


def taken(typist: Typist, notice: Notice) -> str:
    """The date and the time of taking an oral notice."""
    clock = notice.accepted_time.written if notice.accepted_time else None
    return (
        typist.label("date", Look())
        + typist.value(notice.accepted.written, 16)
        + run("    ")
        + typist.label("time", Look())
        + typist.value(clock, 12)
    )


def official(typist: Typist, notice: Notice) -> list[str]:
    """The whole form as it was published."""
    return [*heading(typist), *columns(typist, notice), *lower(typist, notice)]


def lower(typist: Typist, notice: Notice) -> list[str]:
    """The form from its name down."""

    def line(key: str, text: str | None, width: int, hint: str = "") -> list[str]:
        shown = " ".join((text or "").split("\n")) or None
        hints = typist.hint(hint) if hint else []
        return [paragraph(typist.label(key), typist.value(shown, width)), *hints]

    below = paragraph(typist.value(" ".join(notice.subject.text.split("\n")), 78))
    return [
        *title_and_mark(typist, notice),
        *choice(typist, "received", VIA, (notice.received_via,)),
        paragraph(),
        paragraph(typist.label("subject")),
        below,
        *typist.hint("hint_subject"),
        *line("address", notice.address, 58),
        *boxed(typist, "content", notice.content),
        *line("reporter", notice.reporter, 70, "hint_reporter"),
        *choice(typist, "", KINDS, notice.reporter_kinds),
        *line("basis", notice.basis, 60, "hint_basis"),
        *boxed(typist, "measures", notice.measures_taken, *typist.hint("hint_measures")),
        *line("enclosures", notice.enclosures, 42),
        paragraph(typist.label("accepted")),
        paragraph(typist.value(notice.accepted_by, 76)),
        *typist.hint("hint_accepted"),
        paragraph(taken(typist, notice)),
    ]
