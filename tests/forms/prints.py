"""The part ``prints``: PDFs by other makers than Word's habits, and scans and photos of such sheets.

Written by somebody who had not seen the reader. It has the groups pdf, scan, notform and picture.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from random import Random

from .facts import Facts
from .heldout_facts import invent
from .pictures import Machine
from .prints_around import TEXTS, letter
from .prints_makers import printed
from .prints_pages import bare, page
from .prints_pango import pango_pdf
from .prints_paper import Paper, scanned
from .prints_sheet import LABELS, Mark, Sheet

PART = "prints"
# A file's bytes, their kind, what is written in it, how it was made.
Made = tuple[bytes, str, tuple[Facts, ...], str]
MIXTURE = ("pdf", "pdf", "pdf", "scan", "picture", "pdf", "scan", "notform")

TICK, CROSS = Mark("glyph", "☑", "☐"), Mark("glyph", "☒", "☐")
HEAVY, BLACK = Mark("glyph", "✔", "□"), Mark("glyph", "■", "□")
BRACKET, VEE = Mark("glyph", "[x]", "[ ]"), Mark("square", "V", "")
BEHIND = Mark("glyph", "☒", "☐", after=True)
SQUARE, EKS = Mark("square", "✓", ""), Mark("square", "х", "")
BOLD, UNDER, STRIKE, RING = (Mark(way) for way in ("bold", "underline", "strike", "ring"))
DRAWN, INPUT, CELLS = Mark("drawn"), Mark("input"), Mark("cells", "✓", "")
PEN_GLYPH, PEN_SQUARE, PEN_CELL = (Mark("pen", "", off) for off in ("□", "square", "cell"))


@dataclass(frozen=True)
class Print:
    """A style of PDF: the sheet, its maker, what was done to the file; ``marks`` in turn by chance."""

    sheet: Sheet
    maker: str = "chromium"
    finish: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = (TICK,)
    fonts: tuple[str, ...] = ("Liberation Serif",)
    long: bool = False
    forms: int = 1


PRINTS: dict[str, Print] = {
    "browser-lines": Print(Sheet(fill="ruled"), marks=(INPUT, SQUARE), fonts=("Liberation Serif", "P052")),
    "browser-grid": Print(Sheet("grid", empty="none"), marks=(SQUARE, EKS, VEE), fonts=("Liberation Sans", "DejaVu Sans")),
    "browser-cards": Print(
        Sheet("cards", fill="bold", empty="none", hints=False), marks=(RING, INPUT), fonts=("Nimbus Sans", "DejaVu Sans"),
    ),
    "browser-columns": Print(Sheet("two_columns", empty="none", wide=True, size=10, margin=10), marks=(TICK, HEAVY)),
    "browser-nine-point": Print(Sheet(fill="under", size=9, margin=8, after="signature"), marks=(CROSS, BLACK), fonts=("C059", "Liberation Serif")),
    "browser-on-and-on": Print(
        Sheet("grid", size=12, empty="none", strip="Повідомлення.docx – Google Документи"), marks=(TICK, BRACKET), fonts=("Liberation Sans",), long=True,
    ),
    "browser-pair": Print(Sheet("official", fill="italic", after="kep"), marks=(UNDER, CROSS), forms=2),
    "browser-two-up": Print(Sheet(fill="plain", before="cover", size=12), finish=("two-up",), marks=(TICK,)),
    "qt-unruled": Print(Sheet("grid", rules=False, pad=1, hints=False, empty="none"), "wkhtmltopdf", marks=(HEAVY, BRACKET), fonts=("Liberation Sans Narrow", "Liberation Serif")),
    "qt-official": Print(Sheet(fill="under", other="Liberation Mono"), "wkhtmltopdf", marks=(BRACKET, DRAWN, BEHIND)),
    "qt-numbered": Print(Sheet("numbered", fill="bold", hints=False), "wkhtmltopdf", marks=(STRIKE, UNDER), fonts=("DejaVu Serif",)),
    "qt-counted": Print(Sheet("counted", size=10, strip="Арк. справи 14", empty="none"), "wkhtmltopdf", marks=(TICK, EKS)),
    "office-grid": Print(Sheet("grid", fill="other", empty="none", size=11), "office", marks=(CROSS, BOLD), fonts=("P052", "Liberation Serif")),
    "office-saved": Print(Sheet("numbered", fill="mono", size=10), "office-odt", marks=(BRACKET, STRIKE), fonts=("URW Bookman", "DejaVu Serif")),
    "office-quad": Print(Sheet("quad", size=9, margin=10, empty="none", hints=False), "office", marks=(TICK, BLACK)),
    "pango-list": Print(Sheet("numbered", fill="plain", size=11, hints=False), "pango", marks=(CROSS, BRACKET, BOLD, UNDER), fonts=("DejaVu Sans", "Liberation Serif", "C059")),
    "distilled-lines": Print(Sheet(fill="lines", before="system"), finish=("distilled",), marks=(DRAWN, TICK)),
    "distilled-office": Print(Sheet("stacked", fill="plain", empty="none"), "office", ("distilled",), (HEAVY, UNDER)),
    "linear-stacked": Print(Sheet("stacked", fill="blue", empty="none", after="kep"), finish=("linear",), marks=(SQUARE, CELLS)),
    "cairo-official": Print(Sheet(fill="mono", size=10), finish=("cairo",), marks=(CELLS, EKS)),
    "cairo-linear-quad": Print(Sheet("quad", fill="plain", empty="none", wide=True), finish=("cairo", "linear"), marks=(INPUT, RING)),
}  # fmt: skip
GREY = Machine(dpi=200, tilt=0.8, noise=3, grey=True, quality=70)
PHONE = Machine(dpi=220, tilt=0.0, noise=3, light=0.3, quality=65)


@dataclass(frozen=True)
class Scan:
    """A style of scan: what was printed and what became of the paper."""

    print: Print
    paper: Paper


def _pen(sheet: Sheet, mark: Mark) -> Print:
    return Print(replace(sheet, links=True), marks=(mark,))


SCANS: dict[str, Scan] = {
    "mfp-grey": Scan(Print(Sheet(fill="under"), marks=(TICK, CROSS, DRAWN)), Paper(GREY)),
    "mfp-fine": Scan(Print(Sheet("grid", empty="none"), marks=(SQUARE, EKS)), Paper(Machine(dpi=300, tilt=0.6, noise=2, grey=True, quality=55))),
    "mfp-two-tone": Scan(Print(Sheet(fill="ruled", size=12), marks=(CROSS, BLACK)), Paper(Machine(dpi=200, tilt=0.7, noise=2, fax=True), kinds=("tiff", "pdf", "png"))),
    "pen-tick": Scan(_pen(Sheet(fill="ruled"), PEN_GLYPH), Paper(GREY, ticks="tick")),
    "pen-cross-squares": Scan(_pen(Sheet(fill="under", size=12), PEN_SQUARE), Paper(replace(GREY, grey=False), ticks="cross")),
    "pen-filled-cells": Scan(_pen(Sheet("official", fill="plain"), PEN_CELL), Paper(replace(GREY, dpi=240, quality=60), ticks="filled")),
    "pen-vee-photo": Scan(_pen(Sheet("grid", empty="none", size=12), PEN_SQUARE), Paper(PHONE, ticks="vee", table=True, kinds=("jpg",))),
    "table-photo": Scan(Print(Sheet("quad", empty="none"), marks=(TICK, CROSS)), Paper(PHONE, table=True, kinds=("jpg", "pdf"))),
    "curled-photo": Scan(Print(Sheet(fill="lines", size=12), marks=(CROSS, HEAVY)), Paper(replace(PHONE, quality=55), curl=0.006, table=True, kinds=("jpg",))),
    "faint-toner": Scan(Print(Sheet(fill="bold"), marks=(TICK, SQUARE)), Paper(replace(GREY, tilt=1.2), faint=0.55)),
    "copy-of-copy": Scan(Print(Sheet(fill="plain", size=12), marks=(CROSS, UNDER)), Paper(replace(GREY, tilt=1.5, blur=0.5), copied=True)),
    "seal-and-pen": Scan(_pen(Sheet(fill="under", after="signature"), PEN_SQUARE), Paper(replace(GREY, grey=False, dpi=250), ticks="tick", sign=True, seal=True)),
    "office-stamp": Scan(Print(Sheet(fill="lines"), marks=(TICK, BRACKET)), Paper(replace(GREY, grey=False), stamp=True)),
    "stapled-pack": Scan(Print(Sheet(fill="ruled", before="cover"), marks=(CROSS,)), Paper(replace(GREY, quality=45), staple=True, back=True, kinds=("pdf",))),
    "laid-sideways": Scan(Print(Sheet("grid", empty="none"), marks=(TICK, CROSS)), Paper(replace(GREY, turn=1))),
    "laid-head-down": Scan(Print(Sheet(fill="ruled"), marks=(CROSS, DRAWN)), Paper(replace(GREY, turn=2, tilt=2.5))),
    "pair-in-feeder": Scan(Print(Sheet(fill="under"), marks=(TICK, CROSS), forms=2), Paper(replace(GREY, dpi=300, quality=40), kinds=("pdf", "tiff"))),
}  # fmt: skip


def styles(group: str) -> tuple[str, ...]:
    """The styles of the group; none where the part has no such group."""
    by_group: dict[str, Iterable[str]] = {
        "pdf": PRINTS,
        "scan": SCANS,
        "notform": TEXTS,
        "picture": TEXTS,
    }
    return tuple(by_group.get(group, ()))


def choose(rng: Random, way: Print) -> Sheet:
    """The style's sheet as one clerk has it."""
    labels = dict(rng.choice(LABELS))
    heading = rng.random() < 0.85
    mark, font = rng.choice(way.marks), rng.choice(way.fonts)
    return replace(way.sheet, mark=mark, font=font, labels=labels, heading=heading)


def pages(rng: Random, way: Print) -> tuple[bytes, Sheet, tuple[Facts, ...]]:
    """A filled form as the style's PDF, with the sheet and the truth."""
    sheet = choose(rng, way)
    facts = tuple(invent(rng, PART, long=way.long) for _ in range(way.forms))
    if way.maker == "pango":
        return pango_pdf(sheet, facts[0]), sheet, facts
    return printed(page(sheet, *facts), sheet, way.maker, way.finish), sheet, facts


def draft(rng: Random, group: str, style: str) -> Made:
    """The finished file.

    Raises:
        MissingMakerError: where the style's maker is not installed.
    """
    if group in ("notform", "picture"):
        return _other(rng, group, style)
    way = PRINTS[style] if group == "pdf" else SCANS[style].print
    data, sheet, facts = pages(rng, way)
    note = f"{way.maker} {' '.join(way.finish)}; {sheet.layout} fill={sheet.fill} mark={sheet.mark.way}:{sheet.mark.on} {sheet.font}"
    if group == "pdf":
        return data, "pdf", facts, note
    kind, seen = scanned(rng, data, SCANS[style].paper, facts[0])
    return seen, kind, facts, note


def _other(rng: Random, group: str, style: str) -> Made:
    """A document that is no form, printed or scanned by any machine that needs no pen."""
    sheet = Sheet(size=rng.choice((11, 12, 13)), font=rng.choice(("Liberation Serif", "P052")))
    data = printed(bare(sheet, letter(rng, style)), sheet, "chromium")
    if group == "notform":
        return data, "pdf", (), ""
    name = rng.choice(
        [name for name, scan in SCANS.items() if not (scan.paper.ticks or scan.paper.sign)]
    )
    kind, seen = scanned(rng, data, SCANS[name].paper, None)
    return seen, kind, (), name
