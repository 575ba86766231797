"""How people tick: glyphs before or after, brackets, emphasis, strike-outs, controls, shapes."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from .wordml import Look, ellipse, run, symbol


@dataclass(frozen=True)
class Marking:
    """One person's way of ticking.

    Attributes:
        way: "glyph", "bracket", "symbol", "control", "legacy", "emphasis", "strike", "delete",
            "circle", "only" (a mark at the chosen word, no boxes at all), "paren", "answer"
            («усно – так») or "yes" («усно (так)»).
        on, off: what stands at a chosen and at an unchosen word: a glyph, a symbol's code or,
            for "emphasis", the kind of emphasis.
        after: the box follows its word.
        font: the symbol's font.
        gap: what parts the words.
    """

    way: str = "glyph"
    on: str = "☒"
    off: str = "□"
    after: bool = False
    font: str = "Wingdings"
    gap: str = "   "


def _glyphs(*pairs: tuple[str, str]) -> tuple[Marking, ...]:
    return tuple(Marking("glyph", on, off) for on, off in pairs)


MARKINGS = {
    "tune": (
        *_glyphs(
            ("☒", "☐"),
            ("☑", "☐"),
            ("✓", "□"),
            ("✔", "☐"),
            ("■", "□"),
            ("V", "□"),
            ("X", "□"),
            ("\u0425", "□"),
            ("+", "□"),
            ("☒", "□"),
        ),
        Marking("glyph", "☒", "☐", after=True),
        Marking("glyph", "☑", "□", after=True),
        Marking("bracket", "x", " "),
        Marking("bracket", "V", " "),
        Marking("symbol", "F0FE", "F0A8"),
        Marking("symbol", "F0FC", "F06F"),
        Marking("control", "☒", "☐"),
        Marking("legacy"),
        Marking("emphasis", "underline", "□"),
        Marking("emphasis", "bold", ""),
        Marking("strike", "", ""),
        Marking("only", "V", ""),
        Marking("delete", "☒", ""),
    ),
    "aside": (
        *_glyphs(
            ("✗", "☐"),
            ("●", "○"),
            ("◉", "○"),
            ("v", "□"),
            ("х", "□"),
            ("√", "□"),
            ("*", "□"),
            ("▣", "□"),
            ("☑️", "⬜"),
            ("✅", "⬜"),
        ),
        Marking("glyph", "✔", "☐", after=True),
        Marking("glyph", "V", "□", after=True),
        Marking("bracket", "+", " "),
        Marking("bracket", "\u0425", "_"),
        Marking("bracket", "✓", "  "),
        Marking("symbol", "F0FD", "F0A8"),
        Marking("symbol", "F052", "F0A3", font="Wingdings 2"),
        Marking("symbol", "F054", "F0A3", font="Wingdings 2"),
        Marking("control", "☑", "☐", after=True),
        Marking("emphasis", "highlight", "□"),
        Marking("emphasis", "colour", "□"),
        Marking("emphasis", "underline", ""),
        Marking("emphasis", "border", ""),
        Marking("strike", "", "□"),
        Marking("delete", "", ""),
        Marking("only", "✓", "", after=True),
        Marking("only", "+", ""),
    ),
    "fresh": (
        *_glyphs(
            ("✘", "☐"),
            ("●", "□"),
            ("■", "□"),
            ("+", "–"),
            ("✕", "▢"),
            ("⊠", "□"),
            ("◼", "◻"),
            ("V", "_"),
        ),
        Marking("glyph", "+", "", after=True),
        Marking("glyph", "■", "□", after=True),
        Marking("bracket", "v", "   "),
        Marking("bracket", "*", " "),
        Marking("paren", "х", "  "),
        Marking("paren", "+", " "),
        Marking("answer", "так", "ні"),
        Marking("answer", "Так", ""),
        Marking("yes", "так", ""),
        Marking("symbol", "F053", "F0A3", font="Wingdings 2"),
        Marking("symbol", "F051", "F0A3", font="Wingdings 2"),
        Marking("control", "✔", "☐"),
        Marking("emphasis", "bold_underline", ""),
        Marking("emphasis", "bold", "□"),
        Marking("emphasis", "shade", ""),
        Marking("strike", "", "☐"),
        Marking("delete", "■", ""),
        Marking("delete", "+", "", after=True),
        Marking("only", "■", ""),
        Marking("only", "●", "", after=True),
    ),
}
CIRCLE = Marking("circle", "", "")
GAPS = {
    "tune": ("   ", "  ", "      "),
    "aside": ("    ", ", ", "\t"),
    "fresh": ("     ", "; ", " / ", "\n"),
}
EMPHASES = {
    "underline": Look(underline=True),
    "bold": Look(bold=True),
    "highlight": Look(highlight="yellow"),
    "colour": Look(colour="C00000", bold=True),
    "border": Look(border=True),
    "bold_underline": Look(bold=True, underline=True),
    "shade": Look(highlight="green", bold=True),
}
TEXT_WAYS = ("glyph", "bracket", "paren", "answer", "yes", "only", "delete")


def choose_marking(rng: Random, part: str, style: str) -> Marking:
    """A way of ticking; the commonest ones more often, except in the styles about ticking."""
    if style == "circled":
        return CIRCLE
    if style in ("controls", "date-controls") and rng.random() < 0.8:
        chosen = Marking("control", "☒", "☐")
    elif style == "legacy-fields":
        chosen = Marking("legacy")
    elif "marks" in style or rng.random() < 0.6:
        chosen = rng.choice(MARKINGS[part])
    else:
        chosen = rng.choice(MARKINGS[part][:4])
    return Marking(
        chosen.way, chosen.on, chosen.off, chosen.after, chosen.font, rng.choice(GAPS[part])
    )


def option_text(marking: Marking, word: str, chosen: bool) -> str:
    """The option as text alone, for the ways that text can show."""
    mark = marking.on if chosen else marking.off
    if marking.way == "delete" and not chosen:
        return ""
    if marking.way == "bracket":
        mark = f"[{mark}]"
    elif marking.way == "paren":
        mark = f"({mark})"
    elif marking.way == "yes" and mark:
        return f"{word} ({mark})"
    elif marking.way == "answer":
        return f"{word} – {mark}" if mark else word
    if not mark:
        return word
    return f"{word} {mark}" if marking.after else f"{mark} {word}"


def _checkbox(chosen: bool, marking: Marking) -> str:
    sign = marking.on if chosen else marking.off
    return (
        f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{int(chosen)}"/><w14:checkedState '
        f'w14:val="{ord(marking.on):04X}" w14:font="MS Gothic"/><w14:uncheckedState w14:val="2610" '
        f'w14:font="MS Gothic"/></w14:checkbox></w:sdtPr><w:sdtContent>{run(sign)}</w:sdtContent>'
        "</w:sdt>"
    )


def _legacy_box(chosen: bool) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val=""/><w:enabled/>'
        f'<w:calcOnExit w:val="0"/><w:checkBox><w:sizeAuto/><w:default w:val="0"/><w:checked '
        f'w:val="{int(chosen)}"/></w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:instrText '
        'xml:space="preserve"> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar '
        'w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _box(marking: Marking, chosen: bool) -> str:
    if marking.way == "control":
        return _checkbox(chosen, marking)
    if marking.way == "legacy":
        return _legacy_box(chosen)
    return symbol(marking.font, marking.on if chosen else marking.off)


def option_runs(marking: Marking, word: str, chosen: bool, ident: int) -> str:
    """The runs of one option: its word and whatever shows that it was chosen or not."""
    if marking.way in TEXT_WAYS:
        text = option_text(marking, word, chosen)
        return run(text + marking.gap) if text else ""
    gap = run(marking.gap)
    if marking.way in ("control", "legacy", "symbol"):
        box, label = _box(marking, chosen), run(word)
        return (label + run(" ") + box if marking.after else box + run(" ") + label) + gap
    before = run(marking.off + " ") if marking.off else ""
    if marking.way == "emphasis":
        return before + run(word, EMPHASES[marking.on] if chosen else Look()) + gap
    if marking.way == "strike":
        return before + run(word, Look(strike=not chosen)) + gap
    shape = ellipse(width=130 * len(word), ident=ident) if chosen else ""
    return before + shape + run(word) + gap


def options_runs(
    marking: Marking, words: dict[str, str], chosen: tuple[str, ...], ident: int
) -> str:
    """All options of a line. Where nothing was chosen nothing is struck out or deleted."""
    if not chosen and marking.way in ("strike", "delete"):
        marking = Marking("glyph", "☒", marking.off or "□", gap=marking.gap)
    return "".join(
        option_runs(marking, word, key in chosen, ident + n)
        for n, (key, word) in enumerate(words.items())
    )
