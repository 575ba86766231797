"""What the styles of an ODT say about a stretch of text: how it stands out, whether it is hidden."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parsers.reading import Emphasis

if TYPE_CHECKING:
    from lxml.etree import _Element

_DEEPEST = 20
"""Styles that are based on each other; a longer chain is a circle."""
_NOTHING = frozenset({"", "none", "transparent", "normal", "auto", "#ffffff"})


@dataclass(frozen=True, slots=True)
class Look:
    """How a stretch of text looks.

    Attributes:
        emphasis: how it stands out.
        font: its font's name, where a style gives one.
        hidden: the page does not show it.
    """

    emphasis: Emphasis = Emphasis.NONE
    font: str = ""
    hidden: bool = False


class Styles:
    """The named and automatic styles of a document."""

    def __init__(self, roots: Iterable[_Element]) -> None:
        self._settings: dict[tuple[str, str], tuple[str, dict[str, str]]] = {}
        self._looks: dict[tuple[str, str, Look], Look] = {}
        self._fonts: dict[str, str] = {}
        for root in roots:
            for face in root.iter("{*}font-face"):
                own = _local(face)
                self._fonts[own.get("name", "")] = own.get("font-family", "").strip("'\"")
            for style in root.iter("{*}style"):
                self._add(style)

    def look(self, family: str, name: str, outer: Look) -> Look:
        """How text of a style looks inside text that looks like ``outer``."""
        key = (family, name, outer)
        if key not in self._looks:
            self._looks[key] = self._compute(family, name, outer)
        return self._looks[key]

    def _add(self, style: _Element) -> None:
        own = _local(style)
        settings: dict[str, str] = {}
        for properties in style.iterfind("{*}text-properties"):
            settings |= _local(properties)
        key = (own.get("family", ""), own.get("name", ""))
        self._settings[key] = (own.get("parent-style-name", ""), settings)

    def _compute(self, family: str, name: str, outer: Look) -> Look:
        chain: list[dict[str, str]] = []
        while (family, name) in self._settings and len(chain) < _DEEPEST:
            name, settings = self._settings[family, name]
            chain.append(settings)
        look = outer
        for settings in reversed(chain):
            look = self._apply(look, settings)
        return look

    def _apply(self, look: Look, settings: dict[str, str]) -> Look:
        emphasis = look.emphasis
        for names, flag, is_on in _SWITCHES:
            value = next((settings[name] for name in names if name in settings), None)
            if value is not None:
                emphasis = emphasis | flag if is_on(value) else emphasis & ~flag
        # A frame round a word is how an option is «circled».
        for name, plain in _COLOURS.items():
            if name in settings and settings[name].casefold() not in plain:
                emphasis |= Emphasis.HIGHLIGHT
        font = settings.get("font-name") or look.font
        return replace(
            look,
            emphasis=emphasis,
            font=self._fonts.get(font, font),
            hidden=look.hidden or settings.get("display") == "none",
        )


def _is_something(value: str) -> bool:
    return value.casefold() not in _NOTHING


def _is_bold(value: str) -> bool:
    return value == "bold" or (value.isdigit() and int(value) >= 600)


_COLOURS = {
    "background-color": _NOTHING,
    "border": _NOTHING,
    "color": frozenset({"", "#000000"}),
}
_SWITCHES = (
    (("text-underline-style", "text-underline-type"), Emphasis.UNDERLINE, _is_something),
    (("text-line-through-style", "text-line-through-type"), Emphasis.STRIKE, _is_something),
    (("font-weight",), Emphasis.BOLD, _is_bold),
    (("font-style",), Emphasis.ITALIC, _is_something),
)


def _local(element: _Element) -> dict[str, str]:
    """Attributes by their local names."""
    return {str(k)[str(k).rfind("}") + 1 :]: str(v) for k, v in element.items()}
