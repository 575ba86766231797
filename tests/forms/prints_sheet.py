"""How a sheet of the part ``prints`` is made, and its smallest pieces as HTML: values, ticks, labels."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass, field

from .facts import Facts
from .heldout_labels import MORE
from .labels import KINDS, OFFICIAL, VIA

# Ways in which typists of this part print the form's words anew.
LABELS: tuple[dict[str, str], ...] = (
    {},
    {},
    {},
    {
        "out_date": "Дата вихідна",
        "in_date": "Дата вхідна",
        "address": "Місце проживання:",
        "content": "Зміст повідомлення/інформації про факти, ознаки чи застереження щодо дитини, сім’ї (особи) та дата їх виявлення:",
        "neighbours": "від сусідів / знайомих",
    },
    {
        "registered": "Зареєстровано у журналі повідомлень",
        "subject": "Про дитину, сім’ю (особу), яка перебуває у складних життєвих обставинах:",
        "basis": "За результатами:",
        "accepted": "Усне або телефонне повідомлення прийнято:",
        "enclosures": "До повідомлення додано документи:",
    },
)


@dataclass(frozen=True)
class Mark:
    """One way of ticking.

    Attributes:
        way: "glyph", "square" (a border with a sign in it), "drawn" (lines, no letters), "input" (a
            browser's own box), "bold", "underline", "strike", "ring", "cells" or "pen" (left
            empty, to be ticked on paper).
        on, off: the sign at a chosen and at an unchosen word.
        after: the box follows its word.
    """

    way: str = "glyph"
    on: str = "☑"
    off: str = "☐"
    after: bool = False


@dataclass(frozen=True)
class Sheet:
    """How one clerk's program lays out the form.

    Attributes:
        layout: see ``prints_pages.LAYOUTS``.
        fill: how a value looks: "plain", "under", "lines" (on underscores), "ruled" (on a line
            across the page), "bold", "italic", "mono", "blue" or "other" (another font).
        empty: a blank field has a "line" or "none".
        hints: the small printed hints stay.
        font, size: of the text, in points; ``other``: the font of values where ``fill`` says so.
        rules: a table has lines; ``pad``: the gap in a cell, in pixels.
        margin: of the page, in millimetres; ``wide``: landscape.
        before, after, strip: what stands round the form.
        links: boxes and places are marked as links, so that a pen finds them on the paper.
    """

    layout: str = "official"
    fill: str = "plain"
    mark: Mark = field(default_factory=Mark)
    empty: str = "line"
    hints: bool = True
    heading: bool = True
    font: str = "Liberation Serif"
    other: str = "Liberation Sans"
    size: float = 11
    rules: bool = True
    pad: int = 4
    margin: int = 15
    wide: bool = False
    before: str = ""
    after: str = ""
    strip: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    links: bool = False

    def words(self, key: str) -> str:
        """The printed words, as HTML."""
        return html.escape((OFFICIAL | MORE | self.labels)[key])


WRAPS: dict[str, Callable[[Sheet, str], str]] = {
    "under": lambda _, text: f"<u>&nbsp;{text}&nbsp;</u>",
    "lines": lambda _, text: f"__{text}____",
    "bold": lambda _, text: f"<b>{text}</b>",
    "italic": lambda _, text: f"<i>{text}</i>",
    "blue": lambda _, text: f'<span style="color:#1a3c9c"><i>{text}</i></span>',
    "other": lambda sheet, text: f"<span style=\"font-family:'{sheet.other}'\">{text}</span>",
    "mono": lambda _, text: f"<span style=\"font-family:'Liberation Mono'\">{text}</span>",
}


def value(sheet: Sheet, text: str | None, blank: int = 30) -> str:
    """A value as it stands on the sheet; ``blank``: underscores of an empty field."""
    if not text:
        return "_" * blank if sheet.empty == "line" and sheet.fill != "ruled" else ""
    wrap = WRAPS.get(sheet.fill)
    shown = html.escape(text)
    return wrap(sheet, shown) if wrap else shown


def line(sheet: Sheet, label: str, text: str | None, blank: int = 30) -> str:
    """A label and its value one behind the other, or the value on a line to the page's edge."""
    shown = value(sheet, text, blank)
    if sheet.fill == "ruled":
        return (
            f'<div class="f"><span>{label}&nbsp;</span><span class="v">{shown}&nbsp;</span></div>'
        )
    return f"<p>{label} {shown}</p>"


def hint(sheet: Sheet, key: str) -> str:
    """A printed hint below its line."""
    return f'<p class="h">{sheet.words(key)}</p>' if sheet.hints else ""


def place(sheet: Sheet, name: str, shown: str) -> str:
    """Something that is found again on the paper by its name."""
    return f'<a href="http://place/{name}">{shown}</a>' if sheet.links else shown


def box(sheet: Sheet, key: str, on: bool) -> str:
    """The box of one word."""
    mark = sheet.mark
    sign = html.escape(mark.on if on else mark.off)
    if mark.way == "square":
        return f'<span class="b">{sign or "&nbsp;"}</span>'
    if mark.way == "drawn":
        tick = '<path d="M2 6 L5 10 L11 1" fill="none" stroke="#000" stroke-width="1.6"/>'
        return (
            '<svg width="13" height="13" viewBox="0 0 13 13"><rect x="1" y="1" width="11" height="11" '
            f'fill="none" stroke="#000"/>{tick if on else ""}</svg>'
        )
    if mark.way == "input":
        return f'<input type="checkbox"{" checked" if on else ""}>'
    if mark.way == "pen":
        inner = '<span class="b">&nbsp;</span>' if mark.off == "square" else mark.off
        return place(sheet, key, inner)
    return sign


def option(sheet: Sheet, key: str, on: bool, chosen: bool) -> str:
    """One word with its box or its emphasis; ``chosen``: some word of the row was chosen."""
    word, way = sheet.words(key), sheet.mark.way
    dressed = {
        "bold": f"<b>{word}</b>" if on else word,
        "underline": f"<u>{word}</u>" if on else word,
        "strike": f"<s>{word}</s>" if chosen and not on else word,
        "ring": f'<span class="r">{word}</span>' if on else f'<span class="n">{word}</span>',
    }
    if way in dressed:
        return dressed[way]
    tick = box(sheet, key, on)
    return f"{word}&nbsp;{tick}" if sheet.mark.after else f"{tick}&nbsp;{word}"


def options(sheet: Sheet, keys: tuple[str, ...], chosen: tuple[str, ...], gap: str = "") -> str:
    """A row of words to choose from."""
    if sheet.mark.way == "cells" or (sheet.mark.way == "pen" and sheet.mark.off == "cell"):
        return _cells(sheet, keys, chosen)
    parted = gap or (", " if sheet.mark.way in ("bold", "underline", "strike") else " &nbsp; ")
    shown = [option(sheet, key, key in chosen, bool(chosen)) for key in keys]
    return parted.join(f"<span class='o'>{one}</span>" for one in shown)


def _cells(sheet: Sheet, keys: tuple[str, ...], chosen: tuple[str, ...]) -> str:
    """Each word in a cell, its box the cell before it."""
    row = ""
    for key in keys:
        sign = html.escape(sheet.mark.on) if key in chosen and sheet.mark.way == "cells" else ""
        mark = place(sheet, key, '<span class="c">&nbsp;</span>') if sheet.links else sign
        row += f'<td width="26" align="center">{mark}</td><td>{sheet.words(key)}</td>'
    return f'<table class="t" border="1" cellspacing="0" cellpadding="2"><tr>{row}</tr></table>'


def via_of(sheet: Sheet, facts: Facts) -> str:
    """How the notice came, as boxes."""
    return options(sheet, VIA, (facts.received_via,) if facts.received_via else ())


def kinds_of(sheet: Sheet, facts: Facts) -> str:
    """Who reports, as boxes."""
    return options(sheet, KINDS, facts.reporter_kinds)
