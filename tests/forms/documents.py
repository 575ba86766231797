"""A filled form as a DOCX: habits and facts in, bytes and truth out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from . import around, retyped, tabular
from .facts import Facts, invent
from .habits import Habits, choose_habits
from .marks import Marking
from .pen import Pen
from .sections import faithful
from .wordml import PAGE_BREAK, Document

LAYOUTS: dict[str, Callable[[Pen, Facts], list[str]]] = {
    "faithful": faithful,
    "table": tabular.two_columns,
    "one_column": tabular.one_column,
    "merged": tabular.merged,
    "nested": tabular.nested,
    "numbered": tabular.numbered,
    "same_cell": tabular.same_cell,
    "points": retyped.points,
    "memory": retyped.memory,
    "headed": retyped.headed,
    "four": retyped.four,
    "sideways": retyped.sideways,
    "after_label": retyped.after_label,
}


# Signs that no font of a printer's has.
EMOJI = ("✅", "☑️")


@dataclass(frozen=True)
class Made:
    """A document that was made: its bytes, what is written in it, how it was filled in."""

    data: bytes
    facts: tuple[Facts, ...]
    habits: Habits

    def note(self) -> str:
        """The habits in short, for whoever looks at a wrong reading."""
        h = self.habits
        way = f"{h.marking.way}:{h.marking.on}" + (" after" if h.marking.after else "")
        return (
            f"fill={h.fill} columns={h.columns} content={h.content_in} empty={h.empty} marks={way}"
        )


def write_docx(rng: Random, habits: Habits, facts: tuple[Facts, ...]) -> bytes:
    """The DOCX of one or more forms, filled in with these habits."""
    pen = Pen(habits, rng)
    blocks = around.before(pen, facts[0])
    for n, form in enumerate(facts):
        blocks += [PAGE_BREAK] * (n > 0) + LAYOUTS[habits.layout](pen, form)
    blocks += around.after(pen, facts[0])
    head, foot = around.header(pen, facts[0])
    document = Document(
        "".join(blocks),
        font=habits.font,
        size=habits.size,
        landscape=habits.landscape,
        header=head,
        footer=foot,
        comments=tuple(pen.comments),
        lists=habits.content_in == "list",
        margins=habits.margins,
    )
    return document.save()


def _for_paper(habits: Habits) -> Habits:
    """The habits without what paper would not show, or would show otherwise than the truth has it."""
    if habits.content_in == "list":
        habits = replace(habits, content_in="paragraphs")
    if habits.marking.on in EMOJI:
        return replace(habits, marking=replace(habits.marking, on="✔", off="☐"))
    return habits


def make_docx(rng: Random, part: str, style: str, *, printed: bool = False) -> Made:
    """A DOCX of the style; ``printed``: it will be seen on paper, so no list may number its lines."""
    habits = choose_habits(rng, part, style)
    if printed:
        habits = _for_paper(habits)
    facts = tuple(invent(rng, part, long=habits.long) for _ in range(habits.forms))
    return Made(write_docx(rng, habits, facts), facts, habits)


def make_for_pen(rng: Random, part: str) -> Made:
    """A DOCX whose boxes are printed empty, to be ticked by hand on paper."""
    style = {"tune": "faithful", "aside": "below", "fresh": "next-line"}[part]
    habits = replace(choose_habits(rng, part, style), marking=Marking("glyph", "□", "□"))
    if habits.content_in == "list":
        habits = replace(habits, content_in="box")
    facts = (invent(rng, part),)
    return Made(write_docx(rng, habits, facts), facts, habits)
