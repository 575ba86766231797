"""One clerk's hand in a held-out form: labels, hints, values and ticks as runs and paragraphs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random

from .facts import Day
from .labels import KINDS, VIA
from .marks import Marking, option_runs
from .wordml import Look, cell, paragraph, run, table

FULL = 9865
UNDERLINED = Look(underline=True)
BLUE = Look(italic=True, colour="1F3FA8")
HINT_OF = {
    "subject": "hint_subject",
    "reporter": "hint_reporter",
    "basis": "hint_basis",
    "accepted": "hint_accepted",
}
# Keys in the form's own order, as numbered forms count them.
ORDER = (
    "received", "subject", "address", "content", "reporter", "basis", "measures", "enclosures",
    "accepted",
)  # fmt: skip


@dataclass(frozen=True)
class Manner:
    """How one clerk made the form.

    Attributes:
        fill: how a value stands to its line; see ``FILLS``.
        head: the layout of sender and recipient; ``layout``: that of the whole form.
        hints: "keep", "drop", "part" (shortened) or "label" (moved behind the label).
        dress: how labels are written: "plain", "bold", "caps", "number", "dash" or "italic".
        options: the boxes stand in a "line" or in a "list".
        empty: how a blank field looks: "line", "none" or "space".
        before, after, foot: what stands round the form.
    """

    part: str
    style: str
    fill: str = "over"
    head: str = "cells"
    layout: str = "flow"
    hints: str = "keep"
    dress: str = "plain"
    labels: dict[str, str] = field(default_factory=dict)
    marking: Marking = field(default_factory=Marking)
    options: str = "line"
    empty: str = "line"
    heading: bool = True
    content_in: str = "box"
    registration_in: str = "box"
    before: str = ""
    after: str = ""
    foot: str = ""
    font: str = "Times New Roman"
    size: int = 24
    long: bool = False
    forms: int = 1
    pen: bool = False
    exact: bool = False


@dataclass
class Clerk:
    """A manner and the chance that goes with it."""

    manner: Manner
    rng: Random
    last_id: int = 5000

    def ids(self, count: int = 1) -> int:
        """The first of ``count`` fresh ids."""
        self.last_id += count
        return self.last_id - count

    def words(self, key: str) -> str:
        """The printed words."""
        return self.manner.labels[key]

    def label(self, key: str) -> str:
        """A label's text as this clerk dresses it."""
        text, dress = self.words(key), self.manner.dress
        if dress == "caps":
            return text.upper()
        if dress == "number" and key in ORDER:
            return f"{ORDER.index(key) + 1}. {text[0].upper()}{text[1:]}"
        if dress == "dash":
            return text.rstrip(": ") + " –"
        return text

    def labelled(self, key: str) -> str:
        """A label's runs, the hint behind it where it was moved there."""
        dress = self.manner.dress
        look = Look(bold=dress == "bold", italic=dress == "italic")
        text = self.label(key)
        hint = self.hint_text(HINT_OF.get(key, ""))
        if self.manner.hints == "label" and hint:
            tail = ":" if dress != "dash" else " –"
            return run(text.rstrip(":– "), look) + run(f" {hint}{tail} ")
        return run(text + " ", look)

    def hint_text(self, key: str) -> str:
        """A hint as it was left standing, or nothing."""
        if not key or self.manner.hints == "drop":
            return ""
        if self.manner.hints == "part":
            return self.words(key + "_part")
        return self.words(key)

    def hint(self, key: str, align: str = "center") -> list[str]:
        """The hint's own small paragraph."""
        text = self.hint_text(key)
        if not text or self.manner.hints == "label":
            return []
        return [paragraph(run(text, Look(size=self.manner.size - 8)), align=align)]

    def value(self, text: str | None, width: int) -> str:
        """The runs of a value on a line of ``width`` underscores."""
        if not text:
            return self.blank(width)
        return INLINE.get(self.manner.fill, _over)(self, text, width)

    def blank(self, width: int) -> str:
        """A field that was left blank."""
        if self.manner.fill == "control":
            return _control(self, "")
        return {"none": "", "space": run("      ")}.get(self.manner.empty, run("_" * width))

    def clerks_value(self, text: str | None, width: int) -> str:
        """A value that the recipient's clerk enters: by pen where the manner says so."""
        if text and self.manner.pen:
            return run("_" * 2) + run(text, BLUE) + run("_" * 3)
        return self.value(text, width)

    def dated(
        self, key: str, day: Day, number: str | None, put: Callable[[str | None, int], str]
    ) -> str:
        """«Дата вих. … № …» as runs."""
        return (
            self.labelled(key)
            + put(day.written, 14)
            + run(" " + self.words("no") + " ")
            + put(number, 9)
        )

    def field(self, key: str, text: str | None, width: int) -> list[str]:
        """Label, value and hint as paragraphs."""
        hints = self.hint(HINT_OF.get(key, ""))
        if not text:
            return [paragraph(self.labelled(key), self.blank(width)), *hints]
        way = LINES.get(self.manner.fill)
        if way:
            return [*way(self, self.labelled(key), text), *hints]
        return [paragraph(self.labelled(key), self.value(text, width)), *hints]

    def options(self, keys: tuple[str, ...], chosen: tuple[str, ...]) -> list[str]:
        """The paragraphs of a set of options, the first one's runs behind their label."""
        words = {key: self.words(key) for key in keys}
        marking = self.manner.marking
        if not chosen and marking.way in ("strike", "delete"):
            # Nothing was chosen, so nothing was struck out: the boxes are empty.
            marking = Marking("glyph", "☒", marking.off or "□", gap=marking.gap)
        close = replace(marking, gap="")
        apart = [*[marking] * (len(words) - 1), close]
        if marking.way == "delete" and len(chosen) == 1:
            apart = [close] * len(words)  # one word alone needs nothing behind it
        in_list = self.manner.options == "list"
        each = [
            option_runs(close if in_list else way, word, key in chosen, self.ids())
            for way, (key, word) in zip(apart, words.items(), strict=True)
        ]
        return [runs for runs in each if runs] if in_list else ["".join(each)]

    def via(self, chosen: str | None) -> list[str]:
        """«Надійшло» and its options."""
        rows = self.options(VIA, (chosen,) if chosen else ())
        if len(rows) == 1:
            return [paragraph(self.labelled("received"), rows[0])]
        return [paragraph(self.labelled("received")), *map(paragraph, rows)]

    def kinds(self, chosen: tuple[str, ...]) -> list[str]:
        """The options under «Від»."""
        return [paragraph(row) for row in self.options(KINDS, chosen)]


def _over(clerk: Clerk, text: str, width: int) -> str:
    return run(text + "_" * max(0, width - len(text)))


def _beside(clerk: Clerk, text: str, width: int) -> str:
    left = clerk.rng.randint(1, 5)
    return run("_" * left + text + "_" * max(2, width - len(text) - left))


def _ahead(clerk: Clerk, text: str, width: int) -> str:
    """The cursor stood behind the underscores."""
    return run("_" * min(width, 9) + " " + text + " ")


def _instead(clerk: Clerk, text: str, width: int) -> str:
    return run(text + " ")


def _under(clerk: Clerk, text: str, width: int) -> str:
    return run(f" {text} ", UNDERLINED)


def _bold(clerk: Clerk, text: str, width: int) -> str:
    return run(text, Look(bold=True, italic=True)) + run("_" * max(0, (width - len(text)) // 2))


def _ink(clerk: Clerk, text: str, width: int) -> str:
    return run(text + " ", BLUE)


def _tracked(clerk: Clerk, text: str, width: int) -> str:
    note = f'w:id="{clerk.ids()}" w:author="Секретар" w:date="2026-02-02T10:00:00Z"'
    old = run("_" * max(4, width // 2), tag="w:delText")
    return f"<w:del {note}>{old}</w:del><w:ins {note}>{run(text)}</w:ins>"


def _control(clerk: Clerk, text: str) -> str:
    shown = run(text) if text else run("Натисніть тут, щоб ввести текст", Look(colour="808080"))
    holder = "" if text else "<w:showingPlcHdr/>"
    return (
        f'<w:sdt><w:sdtPr><w:id w:val="{clerk.ids()}"/>{holder}<w:text/></w:sdtPr>'
        f"<w:sdtContent>{shown}</w:sdtContent></w:sdt>"
    )


def _legacy(clerk: Clerk, text: str, width: int) -> str:
    def char(kind: str, inner: str = "") -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}">{inner}</w:fldChar></w:r>'

    data = '<w:ffData><w:name w:val="T"/><w:enabled/><w:calcOnExit w:val="0"/><w:textInput/></w:ffData>'
    code = '<w:r><w:instrText xml:space="preserve"> FORMTEXT </w:instrText></w:r>'
    return char("begin", data) + code + char("separate") + run(text) + char("end")


def _dotted(clerk: Clerk, text: str, width: int) -> str:
    return run("…" * 3 + text + "…" * max(3, (width - len(text)) // 3))


def _spaced(clerk: Clerk, text: str, width: int) -> str:
    """Pushed to its place by the space bar, the rest of the line deleted."""
    return run(" " * clerk.rng.randint(3, 9) + text + "   ")


def _mono(clerk: Clerk, text: str, width: int) -> str:
    """Pasted from elsewhere with its own font."""
    return run(text, Look(font="Liberation Sans", size=clerk.manner.size - 2)) + run("_" * 5)


def _halves(clerk: Clerk, label: str, text: str, line: str) -> list[str]:
    words = text.split(" ")
    cut = max(1, len(words) // 2)
    first, rest = " ".join(words[:cut]), " ".join(words[cut:])
    head = paragraph(label, run(first + line * 2))
    if not rest:
        return [head]
    return [head, paragraph(run(rest + line * max(2, 70 - len(rest))))]


def _wrapped(clerk: Clerk, label: str, text: str) -> list[str]:
    """On two lines of underscores, the second begun when the first was full."""
    return _halves(clerk, label, text, "_")


def _next(clerk: Clerk, label: str, text: str) -> list[str]:
    """On the line below the label."""
    return [paragraph(label), paragraph(run(text + "_" * max(0, 72 - len(text))))]


def _below_line(clerk: Clerk, label: str, text: str) -> list[str]:
    """Below the empty line of underscores."""
    return [paragraph(label, run("_" * 30)), paragraph(run(text))]


def _leader(clerk: Clerk, label: str, text: str) -> list[str]:
    """A right tab stop draws the rest of the line."""
    stop = f'<w:tabs><w:tab w:val="right" w:leader="underscore" w:pos="{FULL}"/></w:tabs>'
    return [paragraph(label, run(text + "\t"), extra=stop)]


def _ruled(clerk: Clerk, label: str, text: str) -> list[str]:
    """The value in a paragraph of its own with a border below it."""
    edge = '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="auto"/></w:pBdr>'
    return [paragraph(label), paragraph(run(text), extra=edge)]


def _spare_line(clerk: Clerk, label: str, text: str) -> list[str]:
    """The form's second line of underscores was left empty below the value."""
    return [paragraph(label, run(text + "____")), paragraph(run("_" * 76))]


def _bottom_cell(clerk: Clerk, label: str, text: str) -> list[str]:
    """Label and value in two cells without frames, a line below the value's."""
    nothing = cell(paragraph(label), width=3900, borders=False)
    below = '<w:bottom w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    value = cell(paragraph(run(text)), width=FULL - 3900, borders=False)
    value = value.replace('<w:bottom w:val="nil" w:sz="4" w:space="0" w:color="auto"/>', below, 1)
    return [table([[nothing, value]], (3900, FULL - 3900))]


def _marked(clerk: Clerk, text: str, width: int) -> str:
    """With the text marker over it, the line's rest kept."""
    return run(text, Look(highlight="yellow")) + run("_" * max(3, width - len(text)))


def _both_tabs(clerk: Clerk, label: str, text: str) -> list[str]:
    """Between two tabs on an underline."""
    stops = (
        f'<w:tabs><w:tab w:val="left" w:pos="3000"/><w:tab w:val="right" w:pos="{FULL}"/></w:tabs>'
    )
    return [paragraph(label, run("\t" + text + "\t", UNDERLINED), extra=stops)]


INLINE: dict[str, Callable[[Clerk, str, int], str]] = {
    "over": _over,
    "beside": _beside,
    "ahead": _ahead,
    "instead": _instead,
    "under": _under,
    "bold": _bold,
    "ink": _ink,
    "tracked": _tracked,
    "control": lambda clerk, text, width: _control(clerk, text),
    "legacy": _legacy,
    "dotted": _dotted,
    "spaced": _spaced,
    "mono": _mono,
    "marked": _marked,
}
LINES: dict[str, Callable[[Clerk, str, str], list[str]]] = {
    "wrapped": _wrapped,
    "next": _next,
    "below_line": _below_line,
    "leader": _leader,
    "ruled": _ruled,
    "spare_line": _spare_line,
    "bottom_cell": _bottom_cell,
    "both_tabs": _both_tabs,
}
