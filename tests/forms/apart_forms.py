"""The styles of forms in Word of the part ``apart``, and the DOCX of each."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from random import Random

from . import apart_labels as labels
from .apart_around import AFTER, BEFORE, stamp
from .apart_facts import KINDS, Notice, invent
from .apart_layouts import LAYOUTS
from .apart_pen import Hand, Typist
from .apart_ticks import COMMON, WAYS
from .facts import BLANK, OFFICIAL
from .wordml import PAGE_BREAK, PLAIN, Document, Look, paragraph, run


@dataclass(frozen=True)
class Style:
    """What a style fixes; an empty tuple leaves it to chance.

    Attributes:
        layouts, fills, ticks: what the style chooses from.
        before, after: keys of ``BEFORE`` and ``AFTER``.
        exact: the form's own words.
        forms: how many notices are in the file.
        font: the document's font.
        dress: how labels look.
        apart: what stands between two forms: "page" or "line".
        oral: only notices that somebody took by word of mouth or telephone.
        cells: what the options' cells show, see ``Hand``.
        merged: labels and values stand in one run wherever they look alike.
        stamped: another body's system printed its own number on every page.
    """

    layouts: tuple[str, ...] = ("official",)
    fills: tuple[str, ...] = ("over", "between", "pushed", "plain", "heavy")
    ticks: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    exact: bool = False
    forms: int = 1
    font: str = "Times New Roman"
    dress: Look = PLAIN
    apart: str = "page"
    oral: bool = False
    cells: tuple[str, ...] = ("",)
    merged: bool = False
    stamped: bool = False


PLAIN_RUN = r'<w:r><w:t xml:space="preserve">([^<]*)</w:t></w:r>'
ORAL = tuple(kind for kind in KINDS if kind not in OFFICIAL)
BOLD = Look(bold=True)
STYLES: dict[str, Style] = {
    "nurse-types-over": Style(fills=("over", "pushed"), exact=True),
    "teacher-between-lines": Style(fills=("between",), exact=True),
    "secretary-letterhead": Style(layouts=("letterhead",), fills=("plain", "heavy"), after="signature"),
    "typed-in-a-browser": Style(layouts=("browser", "bulleted"), fills=("plain",), font="Arial", dress=BOLD),
    "ministry-table": Style(layouts=("three-columns", "spans"), fills=("plain", "coloured", "dashed")),
    "many-corrections": Style(layouts=("official", "browser"), fills=("shattered",)),
    "office-template": Style(fills=("control",), ticks=("controls", "list"), after="seal"),
    "protected-template": Style(fills=("field",), ticks=("fields",), exact=True),
    "roman-sections": Style(layouts=("numbered",), fills=("plain", "heavy", "coloured")),
    "not-yet-accepted": Style(layouts=("official", "spans"), fills=("revised",)),
    "template-remains": Style(layouts=("official", "three-columns"), fills=("veiled",)),
    "two-bodies-by-tab": Style(layouts=("tabs",), fills=("plain", "heavy", "over")),
    "cells-in-pairs": Style(layouts=("label-above", "value-below"), fills=("plain", "coloured", "dashed")),
    "two-in-one-file": Style(layouts=("official", "spans", "browser"), fills=("plain", "heavy"), forms=2, apart="line"),
    "after-two-pages": Style(before="letter", fills=("over", "coloured"), after="signature"),
    "frames-on-values": Style(layouts=("framed",), fills=("plain", "coloured")),
    "pasted-as-one": Style(layouts=("one-paragraph",), fills=("plain", "heavy"), dress=BOLD, ticks=("box-tick", "letter-v", "named", "cyrillic-x")),
    "drawn-head": Style(layouts=("floating",), fills=("plain", "heavy")),
    "odd-ticks": Style(ticks=tuple(way for way in WAYS if way not in COMMON)),
    "duty-operator": Style(
        layouts=("label-above", "numbered", "framed"),
        fills=("plain", "coloured"),
        ticks=("named", "answered", "in-brackets"),
        oral=True,
    ),
    "typed-in-one-go": Style(
        layouts=("official", "numbered", "browser", "tabs"), fills=("plain", "over"), merged=True
    ),
    "stamped-by-a-system": Style(
        layouts=("official", "spans", "letterhead"), fills=("plain", "between"), stamped=True
    ),
    "ticks-in-cells": Style(fills=("plain", "heavy", "over"), cells=("V", "+", "Х", "так", "coloured")),
    "noted-and-passed-on": Style(before="note", after="seal", layouts=("official", "value-below"), fills=("plain", "over")),
}  # fmt: skip


@dataclass(frozen=True)
class Written:
    """A document with its notices, and how it was written."""

    data: bytes
    facts: tuple[Notice, ...]
    note: str


def hand_of(rng: Random, style: Style) -> Hand:
    """One sender's habits within a style."""
    fill = rng.choice(style.fills)
    common = rng.random() < 0.55
    return Hand(
        fill=fill,
        ticks=rng.choice(style.ticks or (COMMON if common else tuple(WAYS))),
        labels=labels.exact() if style.exact else labels.choose(rng),
        hints="small" if style.exact or rng.random() < 0.75 else "none",
        dress=style.dress,
        size=rng.choice((22, 24, 26)),
        rules=rng.random() < 0.7,
        heading=style.exact or rng.random() < 0.85,
        cells=rng.choice(style.cells),
        tight=not style.exact and rng.random() < 0.12,
    )


def notices(rng: Random, style: Style) -> tuple[Notice, ...]:
    """What the file tells: two notices come from one body."""
    if style.forms == 1:
        return (invent(rng, rng.choice(ORAL) if style.oral else ""),)
    kind = rng.choice([kind for kind in KINDS if kind in OFFICIAL])
    first, second = invent(rng, kind), invent(rng, kind)
    return first, replace(second, sender_lines=first.sender_lines, sender_email=first.sender_email, sender_phone=first.sender_phone)  # fmt: skip


def _one_run(found: re.Match[str]) -> str:
    """Neighbouring runs without looks of their own, as one."""
    texts = re.findall(PLAIN_RUN, found[0])
    return f'<w:r><w:t xml:space="preserve">{"".join(texts)}</w:t></w:r>'


def compose(typist: Typist, style: Style, layout: str, facts: tuple[Notice, ...]) -> bytes:
    """The DOCX of the notices."""
    rng = typist.rng
    blocks = BEFORE[style.before](rng) if style.before else []
    for n, notice in enumerate(facts):
        if n:
            blocks += [PAGE_BREAK] if style.apart == "page" else [paragraph(), paragraph(run("* " * 40)), paragraph()]  # fmt: skip
        blocks += LAYOUTS[layout](typist, notice)
    blocks += AFTER[style.after](rng) if style.after else []
    body, notes = "".join(blocks), tuple(typist.notes)
    if style.merged:
        body = re.sub(f"(?:{PLAIN_RUN}){{2,}}", _one_run, body)
    header = stamp(rng) if style.stamped else ""
    return Document(
        body, font=style.font, size=typist.hand.size, header=header, comments=notes
    ).save()


def write(rng: Random, name: str) -> Written:
    """A filled form of the style."""
    style = STYLES[name]
    hand, layout = hand_of(rng, style), rng.choice(style.layouts)
    facts = notices(rng, style)
    data = compose(Typist(rng, hand), style, layout, facts)
    return Written(data, facts, f"layout={layout} fill={hand.fill} ticks={hand.ticks}")


def write_blank(rng: Random) -> bytes:
    """The form that nobody has filled in, as it was published or laid out anew."""
    layout = rng.choice(("official", "spans", "three-columns", "tabs"))
    hand = Hand("over", "box-tick", labels.exact() if rng.random() < 0.6 else labels.choose(rng))
    empty = Notice(**vars(BLANK))
    return compose(Typist(rng, hand), Style(), layout, (empty,))
