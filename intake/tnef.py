"""winmail.dat (MS-OXTNEF): what Outlook packs a letter's files into when it writes to strangers."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from intake.mime import Leaf
from intake.outlook import (
    BINARY,
    BODY,
    DATA,
    DEEPEST,
    LONG_NAME,
    OBJECT,
    TEXT_8,
    TEXT_16,
    body_of,
    file_of,
)
from opika.errors import HostileFileError, UnreadableFileError

_SIGNATURE = 0x223E9F78
_NEW_ATTACHMENT, _TITLE, _FILE, _FILE_PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
_TEXT, _LETTER_PROPERTIES = 0x800C, 0x9003
_INTERFACE_BYTES = 16  # which kind of object follows
_VARIABLE = frozenset({TEXT_8, TEXT_16, OBJECT, BINARY})
_SIZES = {0x02: 4, 0x03: 4, 0x04: 4, 0x0A: 4, 0x0B: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x14: 8}
_SIZES |= {0x40: 8, 0x48: 16, 0x01: 4}
_MANY = 0x1000
_NAMED = 0x8000
_MOST_VALUES = 10_000

_Found = dict[int, tuple[int, bytes]]


@dataclass
class _Attachment:
    properties: _Found = field(default_factory=dict)
    data: bytes = b""


def tnef_leaves(data: bytes, *, with_text: bool = True, depth: int = 0) -> Iterator[Leaf]:
    """The text and the files of a winmail.dat, mails in it included.

    Args:
        data: the whole file.
        with_text: also the letter's own text; not where the mail round it says the same.
        depth: of mails in mails.

    Raises:
        UnreadableFileError: it is damaged; what stands before the damage has been given.
        HostileFileError: mails lie in each other without end.
    """
    if depth >= DEEPEST:
        raise HostileFileError("messages nested without end")
    letter: _Found = {}
    attachments: list[_Attachment] = []
    damaged = False
    try:
        for name, value in _attributes(data):
            _take(name, value, letter, attachments)
    except (struct.error, UnreadableFileError):
        damaged = True
    body = body_of(letter) if with_text else None
    if body:
        yield body
    for attachment in attachments:
        yield from _leaves(attachment, depth)
    if damaged:
        raise UnreadableFileError("damaged winmail.dat")


def _take(name: int, value: bytes, letter: _Found, attachments: list[_Attachment]) -> None:
    if name == _NEW_ATTACHMENT:
        attachments.append(_Attachment())
    elif name == _TEXT:
        letter.setdefault(BODY, (TEXT_8, value))
    elif name == _LETTER_PROPERTIES:
        letter.update(_properties(value))
    elif attachments:
        last = attachments[-1]
        if name == _TITLE:
            last.properties.setdefault(LONG_NAME, (TEXT_8, value.rstrip(b"\0")))
        elif name == _FILE:
            last.data = value
        elif name == _FILE_PROPERTIES:
            last.properties.update(_properties(value))


def _leaves(attachment: _Attachment, depth: int) -> Iterator[Leaf]:
    kind, held = attachment.properties.get(DATA, (BINARY, b""))
    inside = held[_INTERFACE_BYTES:]
    if kind == OBJECT and inside[:4] == struct.pack("<I", _SIGNATURE):
        yield from tnef_leaves(inside, depth=depth + 1)
    else:
        yield file_of(attachment.properties, attachment.data or held)


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    (signature,) = struct.unpack_from("<I", data)
    if signature != _SIGNATURE:
        raise UnreadableFileError("no winmail.dat")
    at = 6
    while at < len(data):
        _level, name, _kind, length = struct.unpack_from("<BHHI", data, at)
        at += 9
        if at + length > len(data):
            raise UnreadableFileError("winmail.dat cut off")
        yield name, data[at : at + length]
        at += length + 2  # its sum, which nobody needs


def _properties(data: bytes) -> _Found:
    """A block of properties; of several values of one the first."""
    (count,) = struct.unpack_from("<I", data)
    at, found = 4, {}
    for _ in range(min(count, _MOST_VALUES)):
        kind, name = struct.unpack_from("<HH", data, at)
        at += 4
        if name >= _NAMED:
            at = _behind_name(data, at)
        base, many = kind & ~_MANY, bool(kind & _MANY)
        values, at = _values(data, at, base, many=many)
        if values:
            found[name] = base, values[0]
    return found


def _behind_name(data: bytes, at: int) -> int:
    """Where a property's value begins that has a name of its own."""
    (is_text,) = struct.unpack_from("<I", data, at + 16)
    (length,) = struct.unpack_from("<I", data, at + 20)
    return at + 24 + (_padded(length) if is_text else 0)


def _values(data: bytes, at: int, kind: int, *, many: bool) -> tuple[list[bytes], int]:
    count = 1
    if many or kind in _VARIABLE:
        (count,) = struct.unpack_from("<I", data, at)
        at += 4
    if count > _MOST_VALUES:
        raise UnreadableFileError("winmail.dat counts wrongly")
    values = []
    for _ in range(count):
        length = _SIZES.get(kind)
        if kind in _VARIABLE:
            (length,) = struct.unpack_from("<I", data, at)
            at += 4
        if length is None or at + length > len(data):
            raise UnreadableFileError("winmail.dat holds what nobody knows")
        values.append(data[at : at + length])
        at += _padded(length)
    return values, at


def _padded(length: int) -> int:
    return length + -length % 4
