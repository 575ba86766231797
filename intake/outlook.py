"""What Outlook calls a message, out of a .msg file or a winmail.dat: its text and its files.

Both hold the same properties (MS-OXPROPS) and differ only in how they are laid out. The text comes
plain, as HTML or as compressed RTF (MS-OXRTFCP); whatever of these says the most simply is taken.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping

from intake.charset import decoded
from intake.html_text import html_charset, html_text
from intake.kind import UNKNOWN
from intake.mime import Leaf
from opika.errors import HostileFileError, UnreadableFileError

BODY, HTML, RTF = 0x1000, 0x1013, 0x1009
DATA, LONG_NAME, SHORT_NAME, MIME_TYPE, CONTENT_ID = 0x3701, 0x3707, 0x3704, 0x370E, 0x3712
TEXT_8, TEXT_16, BINARY, OBJECT = 0x001E, 0x001F, 0x0102, 0x000D
DEEPEST = 6
"""Messages attached to messages."""
TEXT_NAME = "текст листа.rtf"
"""What the text is called where it is only there as RTF."""

Properties = Mapping[int, tuple[int, bytes]]
"""Property id -> its type and bytes."""

_COMPRESSED, _PLAIN = 0x75465A4C, 0x414C454D
_DICTIONARY = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_WINDOW = 4096
_MOST_RTF = 16 * 1024 * 1024


def text_of(properties: Properties, name: int) -> str:
    """A property as text; "" where it is missing."""
    kind, data = properties.get(name, (TEXT_16, b""))
    text = data.decode("utf-16-le", "replace") if kind == TEXT_16 else decoded(data, None)
    return text.replace("\r\n", "\n").replace("\0", "")


def body_of(properties: Properties) -> Leaf | None:
    """The message's own text, or None where it has none."""
    text = text_of(properties, BODY)
    if not text.strip():
        kind, data = properties.get(HTML, (BINARY, b""))
        charset = "utf-16-le" if kind == TEXT_16 else html_charset(data)
        text = html_text(decoded(data, charset)) if data else ""
    if text.strip():
        return Leaf("", "text/plain", text.encode(), text=text)
    _kind, packed = properties.get(RTF, (BINARY, b""))
    return Leaf(TEXT_NAME, "application/rtf", unpacked_rtf(packed)) if packed else None


def file_of(properties: Properties, data: bytes) -> Leaf:
    """An attachment with the name that its sender gave it."""
    name = text_of(properties, LONG_NAME) or text_of(properties, SHORT_NAME)
    declared = text_of(properties, MIME_TYPE).strip().lower() or UNKNOWN
    return Leaf(name, declared, data, inline=bool(text_of(properties, CONTENT_ID)))


def unpacked_rtf(data: bytes) -> bytes:
    """RTF as Outlook compresses it (MS-OXRTFCP), unpacked.

    Raises:
        UnreadableFileError: it is damaged.
        HostileFileError: it is larger than any letter.
    """
    if len(data) < 16:
        raise UnreadableFileError("compressed RTF cut off")
    _size, length, kind, _crc = struct.unpack_from("<4I", data)
    if length > _MOST_RTF:
        raise HostileFileError("RTF larger than any letter")
    if kind == _PLAIN:
        return data[16 : 16 + length]
    if kind != _COMPRESSED:
        raise UnreadableFileError("no compressed RTF")
    return bytes(_unpacked(data, length))


def _unpacked(data: bytes, length: int) -> bytearray:
    """Runs of eight tokens, each a letter or a reference into the last 4,096 letters."""
    window = bytearray(_DICTIONARY.ljust(_WINDOW, b"\0"))
    at, write, out = 16, len(_DICTIONARY), bytearray()

    def put(letter: int) -> None:
        nonlocal write
        out.append(letter)
        window[write] = letter
        write = (write + 1) % _WINDOW

    while at < len(data) and len(out) < length:
        flags, at = data[at], at + 1
        for bit in range(8):
            if not flags >> bit & 1:
                if at >= len(data):
                    return out
                put(data[at])
                at += 1
                continue
            if at + 1 >= len(data):
                return out
            token = int.from_bytes(data[at : at + 2], "big")
            at += 2
            start = token >> 4
            if start == write:  # the end mark
                return out
            for step in range((token & 15) + 2):
                put(window[(start + step) % _WINDOW])
    return out
