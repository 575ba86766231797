"""How text of an HTML page looks: by the names of its elements and by their own styles."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parsers.reading import Emphasis

if TYPE_CHECKING:
    from lxml.etree import _Element

_BY_NAME = {
    "u": Emphasis.UNDERLINE,
    "ins": Emphasis.UNDERLINE,
    "b": Emphasis.BOLD,
    "strong": Emphasis.BOLD,
    "i": Emphasis.ITALIC,
    "em": Emphasis.ITALIC,
    "s": Emphasis.STRIKE,
    "strike": Emphasis.STRIKE,
    "del": Emphasis.STRIKE,
    "mark": Emphasis.HIGHLIGHT,
}
_MARKERS = frozenset({"span", "font", "a", "b", "u", "i", "s", "em", "strong", "label"})
"""Elements whose ground and frame mark words; those of a paragraph or a cell only decorate it."""
_UNSEEN = re.compile(
    r"(?:transparent|none|inherit|initial|unset|white|#fff(?:fff)?|rgb\(255, ?255, ?255\)"
    r"|0(?:px|pt|in|cm)?|medium none|windowtext)?(?:$|\s)"
)
_BLACK = re.compile(
    r"(?:black|windowtext|inherit|initial|currentcolor|auto|#[0-3]{3}|#(?:[0-3][0-9a-f]){3}"
    r"|rgba?\(\s*[0-5]?\d,\s*[0-5]?\d,\s*[0-5]?\d[,)].*)$",
    re.IGNORECASE,
)
"""Near black: a mail program's own ink is no mark."""
_DECLARATION = re.compile(r"([\w-]+)\s*:\s*([^;]*)")
_KEPT = frozenset({"pre", "pre-wrap", "break-spaces"})


@dataclass(frozen=True, slots=True)
class Look:
    """How a stretch of text looks.

    Attributes:
        emphasis: how it stands out.
        font: its font's name, where the page gives one.
        hidden: the page does not show it.
        kept: white space is kept as it is written.
    """

    emphasis: Emphasis = Emphasis.NONE
    font: str = ""
    hidden: bool = False
    kept: bool = False


def style_of(element: _Element) -> dict[str, str]:
    """The declarations of an element's own style, in lower case."""
    return dict(_DECLARATION.findall(element.get("style", "").casefold()))


def look_of(element: _Element, name: str, outer: Look) -> Look:
    """How an element looks inside text that looks like ``outer``."""
    style = style_of(element)
    emphasis = outer.emphasis | _BY_NAME.get(name, Emphasis.NONE)
    decoration = style.get("text-decoration", "") + style.get("text-decoration-line", "")
    if "underline" in decoration:
        emphasis |= Emphasis.UNDERLINE
    if "line-through" in decoration:
        emphasis |= Emphasis.STRIKE
    if "font-weight" in style:
        bold = _is_bold(style["font-weight"])
        emphasis = emphasis | Emphasis.BOLD if bold else emphasis & ~Emphasis.BOLD
    if name in _MARKERS:
        grounds = (style.get(key, "") for key in ("background", "background-color", "border"))
        if any(not _UNSEEN.match(ground.strip()) for ground in grounds):
            emphasis |= Emphasis.HIGHLIGHT
        colour = style.get("color") or element.get("color") or "black"
        if not _BLACK.match(colour.strip()):
            emphasis |= Emphasis.HIGHLIGHT
    if style.get("font-style", "").strip() in ("italic", "oblique"):
        emphasis |= Emphasis.ITALIC
    font = style.get("font-family") or element.get("face") or ""
    return replace(
        outer,
        emphasis=emphasis,
        font=font.partition(",")[0].strip(" \"'") or outer.font,
        hidden=outer.hidden or _is_hidden(element, name, style),
        kept=style["white-space"].strip() in _KEPT if "white-space" in style else outer.kept,
    )


def _is_bold(value: str) -> bool:
    value = value.strip()
    return value in ("bold", "bolder") or (value.isdigit() and int(value) >= 600)


def _is_hidden(element: _Element, name: str, style: dict[str, str]) -> bool:
    """Whether it is switched off, or was deleted while changes were tracked."""
    tracked = name == "del" and (element.get("datetime") or element.get("cite") is not None)
    return bool(
        tracked
        or element.get("hidden") is not None
        or style.get("display", "").strip() == "none"
        or style.get("visibility", "").strip() == "hidden"
        or style.get("mso-hide", "").strip() == "all"
    )
