"""Check marks in every habit, brought to three: an empty box, a ticked box, a bare tick."""

from __future__ import annotations

import re
from functools import cache

from parsers.reading import EMPTY_BOX, TICK, TICKED_BOX

_EMPTY = "□▢▫◻◽⬜○◯⚪❍❏❐❑❒🔲🔳🞎🗆"
_TICKED = "☑☒■▣▪◼◾⬛●◉⚫⊠⊡⌧🗹🗷🗵✅❎🞕"
_TICK = "√✓✔✗✘✕✖🗸🗴❌🗙☓"
# The three Wingdings fonts hold boxes under codes of their own, here by the low byte of the code.
_WINGDINGS: dict[str, tuple[bytes, bytes, bytes]] = {
    "wingdings": (b"\x6f\x71\x72\xa8\xa1\x6d", b"\xfe\xfd\x78\x6e\x6c\xa4", b"\xfc\xfb"),
    "wingdings 2": (b"\xa3\x2a\x30\x81", b"\x51\x52\x53\x54\xa2\x99\x98", b"\x4f\x50\x55\x56"),
    "wingdings 3": (b"", b"", b""),
    "webdings": (b"\x63", b"\x67\x6e", b"\x61\x72"),
    "zapfdingbats": (b"\x6f\x70\x71\x72\x6d", b"\x6e\x6c", b"\x33\x34\x35\x36\x37\x38"),
    "marlett": (b"", b"\x67\x68\x6e", b"\x61\x62\x72"),
}
_CANON = (
    dict.fromkeys(_EMPTY, EMPTY_BOX)
    | dict.fromkeys(_TICKED, TICKED_BOX)
    | dict.fromkeys(_TICK, TICK)
    # Without its font's name a character of the private area is taken for plain Wingdings.
    | {
        chr(0xF000 + code): mark
        for codes, mark in zip(_WINGDINGS["wingdings"], (EMPTY_BOX, TICKED_BOX, TICK), strict=True)
        for code in codes
    }
)
_GLYPH = re.compile(f"[{''.join(_CANON)}]")


def canonical(text: str) -> str:
    """The text with each check glyph as ``☐``, ``☒`` or ``✓``; its length stays the same."""
    return _GLYPH.sub(lambda glyph: _CANON[glyph[0]], text)


def is_symbol_font(font: str) -> bool:
    """Whether the font shows pictures instead of letters."""
    return _key(font) in _WINGDINGS


def from_symbol_font(font: str, char: str) -> str:
    """The mark that a character of a picture font shows, or a space for any other picture."""
    code = ord(char) & 0xFF
    for codes, mark in zip(_WINGDINGS[_key(font)], (EMPTY_BOX, TICKED_BOX, TICK), strict=True):
        if code in codes:
            return mark
    return " "


@cache
def _key(font: str) -> str:
    """A font's name without what PDF files add to it: «ABCDEF+Wingdings-Regular»."""
    name = font.rpartition("+")[2].casefold().replace("wingdings-", "wingdings ")
    name = name.replace("itc ", "").replace(" regular", "")
    return {"wingdings2": "wingdings 2", "wingdings3": "wingdings 3"}.get(name, name)
