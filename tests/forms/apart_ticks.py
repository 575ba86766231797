"""How senders of the part ``apart`` choose an option: «Надійшло» and the boxes under «Від»."""

from __future__ import annotations

from collections.abc import Callable

from .apart_pen import Typist
from .wordml import Look, run, symbol

# The words of a set of options in order, with whether each was chosen.
Options = list[tuple[str, bool]]
SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="BFBFBF"/>'


def _glyphs(on: str, off: str, gap: str = "   ", *, after: bool = False) -> Callable[[Typist, Options], str]:  # fmt: skip
    def write(typist: Typist, options: Options) -> str:
        signs = [(word, on if chosen else off) for word, chosen in options]
        pieces = [f"{word} {sign}" if after else f"{sign} {word}" for word, sign in signs]
        return run(gap.join(piece.strip() for piece in pieces))

    return write


def _looks(chosen: Look, other: Look, gap: str = ", ") -> Callable[[Typist, Options], str]:
    """The chosen word looks otherwise; where none was, all look alike."""

    def write(typist: Typist, options: Options) -> str:
        some = any(on for _, on in options)
        runs = []
        for n, (word, on) in enumerate(options):
            runs.append(run(word, chosen if on else other if some else Look()))
            runs.append(run(gap if n + 1 < len(options) else ""))
        return "".join(runs)

    return write


def _shaded(typist: Typist, options: Options) -> str:
    """The chosen word on a grey ground."""
    runs = [
        run(word).replace("<w:r>", f"<w:r><w:rPr>{SHADE}</w:rPr>") if on else run(word)
        for word, on in options
    ]
    return run("    ").join(runs)


def _answered(typist: Typist, options: Options) -> str:
    """«усно – ні, письмово – так»."""
    if not any(on for _, on in options):
        return run(", ".join(word for word, _ in options))
    return run("; ".join(f"{word} – {'так' if on else 'ні'}" for word, on in options))


def _named(typist: Typist, options: Options) -> str:
    """The others were deleted; a blank line where none was chosen."""
    words = [word for word, on in options if on]
    return run(", ".join(words) or "_" * 20)


def _in_brackets(typist: Typist, options: Options) -> str:
    """The options stay in brackets, the answer follows the colon."""
    words = ", ".join(word for word, _ in options)
    chosen = ", ".join(word for word, on in options if on)
    return run(f"({words}): {chosen or '________'}")


def _upper(typist: Typist, options: Options) -> str:
    """The chosen word in capitals and bold type."""
    runs = [run(word.upper(), Look(bold=True)) if on else run(word) for word, on in options]
    return run(" / ").join(runs)


def _wingdings(typist: Typist, options: Options) -> str:
    signs = [symbol("Wingdings", "F0FE" if on else "F0A8") + run(f" {w}") for w, on in options]
    return run("    ").join(signs)


def _controls(typist: Typist, options: Options) -> str:
    def box(on: bool) -> str:
        state = f'<w14:checkbox><w14:checked w14:val="{int(on)}"/></w14:checkbox>'
        sign = run("☒" if on else "☐", Look(font="MS Gothic"))
        return f'<w:sdt><w:sdtPr><w:id w:val="{typist.ident()}"/>{state}</w:sdtPr><w:sdtContent>{sign}</w:sdtContent></w:sdt>'  # fmt: skip

    return run("   ").join(box(on) + run(f" {word}") for word, on in options)


def _fields(typist: Typist, options: Options) -> str:
    """The check boxes of an old protected form."""

    def box(on: bool) -> str:
        data = f'<w:ffData><w:name w:val="Check"/><w:enabled/><w:checkBox><w:sizeAuto/><w:default w:val="{int(on)}"/></w:checkBox></w:ffData>'  # fmt: skip
        code = '<w:r><w:instrText xml:space="preserve"> FORMCHECKBOX </w:instrText></w:r>'
        begin = f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
        return begin + code + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'

    return run("   ").join(box(on) + run(f" {word}") for word, on in options)


def _listed(typist: Typist, options: Options) -> str:
    """A drop-down list that shows the answer, or its prompt."""
    items = "".join(f'<w:listItem w:displayText="{w}" w:value="{w}"/>' for w, _ in options)
    words = [word for word, on in options if on]
    shown = run(", ".join(words)) if words else run("Виберіть елемент.", Look(colour="808080"))
    holder = "" if words else "<w:showingPlcHdr/>"
    return f'<w:sdt><w:sdtPr><w:id w:val="{typist.ident()}"/>{holder}<w:dropDownList>{items}</w:dropDownList></w:sdtPr><w:sdtContent>{shown}</w:sdtContent></w:sdt>'  # fmt: skip


Tick = Callable[[Typist, Options], str]
WAYS: dict[str, Tick] = {
    "box-tick": _glyphs("☑", "□"),
    "box-cross": _glyphs("☒", "□", "    "),
    "letter-v": _glyphs("V", "□", "   "),
    "small-v": _glyphs("v", "", "   "),
    "cyrillic-x": _glyphs("[Х]", "[ ]", "  "),
    "plus-behind": _glyphs("+", "", "     ", after=True),
    "box-behind": _glyphs("☑", "☐", "   ", after=True),
    "under-tick": _glyphs("_V_", "___", "  "),
    "filled": _glyphs("●", "○", "   "),
    "emoji": _glyphs("✅", "▫️", "  "),
    "answered": _answered,
    "named": _named,
    "in-brackets": _in_brackets,
    "underlined": _looks(Look(underline=True), Look()),
    "bold": _looks(Look(bold=True, size=28), Look()),
    "marker": _looks(Look(highlight="cyan"), Look(), "   "),
    "others-struck": _looks(Look(), Look(strike=True)),
    "red": _looks(Look(colour="FF0000"), Look(), "    "),
    "shaded": _shaded,
    "capitals": _upper,
    "wingdings": _wingdings,
    "controls": _controls,
    "fields": _fields,
    "list": _listed,
}
COMMON = ("box-tick", "box-cross", "letter-v", "underlined", "others-struck", "box-behind")
# What a text without looks can show.
IN_TEXT = (
    "box-tick", "cyrillic-x", "plus-behind", "under-tick", "answered", "named", "letter-v", "small-v",
)  # fmt: skip
