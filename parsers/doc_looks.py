"""What the settings of a .doc say: how letters look, what kind of paragraph it is.

Settings are a list of single changes («sprm» in [MS-DOC]): a code of two bytes whose upper bits
tell how long its value is.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from parsers.reading import Emphasis

_LENGTHS = (1, 1, 2, 4, 2, 2, 0, 3)
_TABLE, _TABS = 0xD608, 0xC615
_IN_TABLE, _DEPTH, _ROW_END = 0x2416, 0x6649, 0x2417
_INNER_CELL_END, _INNER_ROW_END = 0x244B, 0x244C
_ELSEWHERE = 0x6646
_EMPHASIS = {
    0x2A3E: Emphasis.UNDERLINE,
    0x0835: Emphasis.BOLD,
    0x0836: Emphasis.ITALIC,
    0x0837: Emphasis.STRIKE,
    0x2A53: Emphasis.STRIKE,
    0x2A0C: Emphasis.HIGHLIGHT,
}
_INK_OLD, _INK = 0x2A42, 0x6870
_PLAIN, _SHADE_OLD, _SHADE, _FRAME_OLD, _FRAME = 0x2A33, 0x4866, 0xCA71, 0x6865, 0xCA72
_DELETED, _HIDDEN, _SPECIAL, _IS_DATA, _PLACE = 0x0800, 0x083C, 0x0855, 0x0806, 0x6A03
_SYMBOL, _FONT = 0x6A09, 0x4A4F
_NO_COLOURS = (0, 8)
"""Of the old palette: automatic and white."""


@dataclass(slots=True)
class Look:
    """How letters look.

    Attributes:
        emphasis: how they stand out.
        inked: they have a colour.
        hidden: the page does not show them: hidden or deleted.
        special: control letters among them mean something.
        font: the number of their font, -1 where nothing is said.
        symbol: the font's number and the code of the picture that is shown instead of them.
        data: where in the data stream the settings of a form field lie.
    """

    emphasis: Emphasis = Emphasis.NONE
    inked: bool = False
    hidden: bool = False
    special: bool = False
    font: int = -1
    symbol: tuple[int, int] | None = None
    data: int | None = None


@dataclass(slots=True)
class Paragraph:
    """What kind of paragraph it is.

    Attributes:
        depth: how deep in tables it stands.
        ends_cell: it is the last one of a cell of a table within a table.
        ends_row: it stands for the end of a row.
        lefts: where the cells of its row begin, in twentieths of a point.
    """

    depth: int = 0
    ends_cell: bool = False
    ends_row: bool = False
    lefts: list[int] = field(default_factory=list)


def read_look(settings: bytes) -> Look:
    """The look that the settings make."""
    look = Look()
    for code, value in _changes(settings):
        if code in _EMPHASIS:
            _switch(look, _EMPHASIS[code], on=_is_on(value[0]))
        elif code in (_SHADE_OLD, _SHADE, _FRAME_OLD, _FRAME):
            _switch(look, Emphasis.HIGHLIGHT, on=_is_drawn(code, value))
        elif code in (_INK_OLD, _INK):
            look.inked = _is_ink(code, value)
        elif code in (_DELETED, _HIDDEN):
            look.hidden = look.hidden or _is_on(value[0])
        elif code == _PLAIN:
            look.emphasis, look.hidden, look.inked = Emphasis.NONE, False, False
        else:
            _read_special(look, code, value)
    if look.inked:
        look.emphasis |= Emphasis.HIGHLIGHT
    return look


def _read_special(look: Look, code: int, value: bytes) -> None:
    """What a letter stands for, when it is no letter."""
    if code == _SPECIAL:
        look.special = bool(value[0])
    elif code == _FONT:
        look.font = struct.unpack("<H", value)[0]
    elif code == _SYMBOL:
        look.symbol = struct.unpack("<HH", value)
        look.special = True
    elif code == _PLACE:
        look.data = struct.unpack("<I", value)[0]
        look.special = True


def read_paragraph(settings: bytes, data: bytes) -> Paragraph:
    """The kind of paragraph that the settings make.

    Args:
        settings: the paragraph's own.
        data: the data stream, where settings lie that are too long for their page.
    """
    paragraph = Paragraph()
    for code, value in _changes(settings):
        if code == _ELSEWHERE:
            at = struct.unpack("<I", value)[0]
            size = int.from_bytes(data[at : at + 2], "little")
            # Further settings elsewhere would be a circle.
            longer = data[at + 2 : at + 2 + size]
            for further, operand in _changes(longer):
                _change(paragraph, further, operand)
        else:
            _change(paragraph, code, value)
    return paragraph


def _change(paragraph: Paragraph, code: int, value: bytes) -> None:
    if code == _IN_TABLE:
        paragraph.depth = max(paragraph.depth, value[0] & 1)
    elif code == _DEPTH:
        paragraph.depth = max(struct.unpack("<i", value)[0], 0)
    elif code == _INNER_CELL_END:
        paragraph.ends_cell = bool(value[0])
    elif code in (_ROW_END, _INNER_ROW_END):
        paragraph.ends_row = bool(value[0])
    elif code == _TABLE and len(value) > 3:
        count = min(value[2], (len(value) - 3) // 2)
        paragraph.lefts = list(struct.unpack_from(f"<{count}h", value, 3))


def _changes(settings: bytes) -> Iterator[tuple[int, bytes]]:
    """The single changes: their codes and values; a cut one at the end is left out."""
    at = 0
    while at + 3 <= len(settings):
        code = settings[at] | settings[at + 1] << 8
        at += 2
        length = _LENGTHS[code >> 13]
        if code == _TABLE:
            length = int.from_bytes(settings[at : at + 2], "little") + 1
        elif code == _TABS and settings[at] == 255:
            return  # the length of so many tabs is not told; nothing that we ask for follows
        elif not length:
            length = 1 + settings[at]
        value = settings[at : at + length]
        at += length
        if len(value) == length:
            yield code, value


def _is_on(value: int) -> bool:
    """Of a switch: 0x80 means as in the style, 0x81 the opposite of it."""
    return value not in (0, 0x80)


def _is_ink(code: int, value: bytes) -> bool:
    """Whether a colour of letters is neither automatic nor black."""
    if code == _INK_OLD:
        return value[0] > 1
    return value[3] != 255 and value[:3] != b"\0\0\0"


def _is_drawn(code: int, value: bytes) -> bool:
    """Whether a ground or a frame can be seen."""
    if code == _SHADE_OLD:
        return (value[0] | value[1] << 8) >> 5 & 31 not in _NO_COLOURS
    if code == _SHADE:
        return len(value) >= 9 and value[8] != 255 and value[5:8] != b"\xff\xff\xff"
    kind = value[1] if code == _FRAME_OLD else value[6] if len(value) > 6 else 0
    return kind not in (0, 255)


def _switch(look: Look, flag: Emphasis, *, on: bool) -> None:
    look.emphasis = look.emphasis | flag if on else look.emphasis & ~flag
