"""The held-out parts' styles of forms in Word, and the DOCX of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from . import heldout_around as around
from . import sealed_styles as sealed
from .facts import BLANK, Facts
from .heldout_facts import invent
from .heldout_labels import retype
from .heldout_layout import LAYOUTS
from .heldout_pen import Clerk, Manner
from .marks import Marking
from .wordml import PAGE_BREAK, Document


def _mark(way: str, on: str = "", off: str = "", *, after: bool = False, gap: str = "   ") -> Marking:  # fmt: skip
    return Marking(way, on, off, after, gap=gap)


# The commonest first, more often.
MARKINGS: dict[str, tuple[Marking, ...]] = {
    "open": (
        *(_mark("glyph", "☑", "☐"), _mark("glyph", "☒", "□"), _mark("glyph", "V", "□")) * 2,
        _mark("glyph", "✓", "□", gap=", "),
        _mark("glyph", "✔", "□"),
        _mark("glyph", "+", "□"),
        _mark("glyph", "х", "☐"),
        _mark("glyph", "■", "□"),
        _mark("glyph", "☑", "☐", after=True),
        _mark("bracket", "x", " ", gap=", "),
        _mark("paren", "х", " "),
        _mark("symbol", "F0FE", "F06F"),
        _mark("symbol", "F0FC", "F0A8"),
        _mark("control", "☒", "☐"),
        _mark("legacy"),
        _mark("emphasis", "underline", "□"),
        _mark("emphasis", "underline", "", gap=", "),
        _mark("emphasis", "bold", "", gap=", "),
        _mark("emphasis", "highlight", "□"),
        _mark("strike", "", "", gap=", "),
        _mark("delete", "", ""),
        _mark("delete", "☑", ""),
        _mark("only", "V", ""),
        _mark("answer", "так", ""),
    ),
    "sealed": sealed.MARKINGS,
}
STYLES: dict[str, dict[str, dict[str, object]]] = {
    "open": {
        "typed-over": {"fill": "over", "exact": True},
        "typed-beside": {"fill": "beside", "exact": True},
        "typed-ahead": {"fill": "ahead"},
        "lines-deleted": {"fill": "instead", "empty": "none"},
        "below-label": {"fill": "next"},
        "leader-tabs": {"fill": "leader"},
        "two-lines": {"fill": "wrapped"},
        "underlining": {"fill": "under"},
        "bold-values": {"fill": "bold"},
        "blue-values": {"fill": "ink"},
        "ruled-lines": {"fill": "ruled", "empty": "none"},
        "two-column-table": {"layout": "grid", "fill": "instead", "empty": "none"},
        "counted-table": {"layout": "counted", "fill": "instead", "empty": "none"},
        "ruled-table": {"layout": "ruled", "fill": "instead", "empty": "none"},
        "framed-tables": {"layout": "nested", "fill": "instead", "empty": "none"},
        "boxed-head": {"head": "boxes", "registration_in": "textbox"},
        "text-controls": {"fill": "control", "marking": _mark("control", "☒", "☐")},
        "old-fields": {"fill": "legacy", "marking": _mark("legacy")},
        "corrected": {"fill": "tracked"},
        "google": {"fill": "instead", "font": "Arial", "size": 22, "empty": "none", "foot": "browser"},
        "saved-by-writer": {"fill": "over"},
        "on-letterhead": {"before": "letterhead", "after": "signature"},
        "behind-cover": {"before": "cover", "after": "executor"},
        "from-system": {"foot": "system", "after": "kep"},
        "passed-on": {"foot": "passed", "before": "resolution"},
        "numbered-labels": {"dress": "number", "hints": "label"},
        "long-text": {"long": True, "foot": "number"},
        "two-notices": {"forms": 2},
    },
    "sealed": sealed.STYLES,
}  # fmt: skip
FREE: dict[str, dict[str, tuple[str, ...]]] = {
    "open": {
        "fill": ("over", "over", "beside", "instead", "instead", "next", "under", "leader"),
        "head": ("cells", "cells", "tabs", "stacked", "right", "rows"),
        "hints": ("keep", "keep", "drop", "part", "label"),
        "dress": ("plain", "plain", "plain", "bold", "number", "caps", "dash"),
        "content_in": ("box", "box", "below", "same", "label_in_box"),
        "registration_in": ("box", "box", "lines", "above"),
        "options": ("line", "line", "line", "list"),
        "empty": ("line", "line", "none"),
        "after": ("", "", "", "signature", "kep", "note"),
        "foot": ("", "", "", "system", "printed", "passed"),
        "font": ("Times New Roman", "Times New Roman", "Calibri", "Arial"),
    },
    "sealed": sealed.FREE,
}


# Heads in which only the hints tell where the one body ends and the other begins.
NEED_HINTS = ("stacked", "right", "recipient_first", "dates_in_line", "dates_below")


def choose(rng: Random, part: str, style: str) -> Manner:
    """One clerk's manner: what the style fixes, the rest by chance."""
    fixed = STYLES[part][style]
    free: dict[str, object] = {name: rng.choice(ways) for name, ways in FREE[part].items()}
    free["marking"] = rng.choice(MARKINGS[part])
    free["heading"] = rng.random() < 0.85
    free["size"] = rng.choice((22, 24, 24, 26))
    manner = replace(Manner(part, style), **(free | fixed))  # type: ignore[arg-type]
    if manner.exact:
        manner = replace(manner, dress="plain", hints="keep")
    if manner.head in NEED_HINTS and manner.hints in ("drop", "label"):
        manner = replace(manner, hints="part")
    if manner.head == "tabs" and manner.hints == "keep":
        manner = replace(manner, hints="part")  # two long hints do not fit beside each other
    return replace(manner, labels=retype(rng, part, exact=manner.exact))


@dataclass(frozen=True)
class Written:
    """A form as DOCX, what is written in it, and how."""

    data: bytes
    facts: tuple[Facts, ...]
    manner: Manner

    def note(self) -> str:
        """The manner in short."""
        m = self.manner
        mark = f"{m.marking.way}:{m.marking.on}:{m.options}"
        return f"fill={m.fill} head={m.head} hints={m.hints} dress={m.dress} in={m.content_in} marks={mark}"


def compose(clerk: Clerk, facts: tuple[Facts, ...]) -> bytes:
    """The DOCX of one or more forms."""
    manner = clerk.manner
    blocks = around.before(clerk, facts[0])
    for n, form in enumerate(facts):
        blocks += [PAGE_BREAK] * (n > 0) + LAYOUTS[manner.layout](clerk, form)
    head, foot = around.margins(clerk, facts[0])
    blocks += around.after(clerk, facts[0])
    body = "".join(blocks)
    return Document(body, font=manner.font, size=manner.size, header=head, footer=foot).save()


def write(rng: Random, part: str, style: str, **changes: object) -> Written:
    """A filled form of the style; ``changes`` overrule its manner."""
    manner = replace(choose(rng, part, style), **changes)  # type: ignore[arg-type]
    facts = tuple(invent(rng, part, long=manner.long) for _ in range(manner.forms))
    return Written(compose(Clerk(manner, rng), facts), facts, manner)


def write_blank(rng: Random, part: str) -> bytes:
    """The form that nobody has filled in."""
    manner = replace(choose(rng, part, next(iter(STYLES[part]))), empty="line", after="", foot="")
    return compose(Clerk(replace(manner, marking=Marking("glyph", "☒", "□")), rng), (BLANK,))
