"""Writes .msg files and winmail.dat as Outlook lays them out, by the published formats.

Independent of the readers: MS-CFB, MS-OXMSG and MS-OXTNEF, as short as they allow.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

Tree = Mapping[str, Any]
"""Name -> bytes of a stream, or a tree of a storage."""

_NONE, _END = 0xFFFFFFFF, 0xFFFFFFFE
_SECTOR, _MINI, _CUTOFF = 512, 64, 4096


def ole(tree: Tree) -> bytes:
    """A compound file (version 3) with these storages and streams."""
    entries: list[list[Any]] = [["Root Entry", 5, _NONE, _NONE, b""]]
    entries[0][3] = _add(entries, tree)
    mini, mini_fat = _laid(entries, small=True)
    entries[0][4] = mini
    body = bytearray()
    fat: list[int] = []

    def store(data: bytes) -> int:
        if not data:
            return _END
        start = len(fat)
        count = -(-len(data) // _SECTOR)
        fat.extend([*range(start + 1, start + count), _END])
        body.extend(data.ljust(count * _SECTOR, b"\0"))
        return start

    rows = []
    for name, kind, sibling, child, data in entries:
        place: int = _END
        if isinstance(data, tuple):  # lies in the mini stream
            place, size = data
        else:
            size = len(data)
            place = store(data)
        written = name.encode("utf-16-le") + b"\0\0"
        head = written.ljust(64, b"\0") + struct.pack("<HBB", len(written), kind, 1)
        rows.append(
            head
            + struct.pack("<III", _NONE, sibling, child)
            + bytes(36)
            + struct.pack("<IQ", place, size)
        )
    rows += [bytes(64) + struct.pack("<HBBIII", 0, 0, 0, *[_NONE] * 3) + bytes(48)] * (
        -len(rows) % 4
    )
    directory = store(b"".join(rows))
    mini_table = store(b"".join(struct.pack("<I", one) for one in mini_fat))
    sectors = 1
    while -(-(len(fat) + sectors) * 4 // _SECTOR) > sectors:
        sectors += 1
    tables = list(range(len(fat), len(fat) + sectors))
    fat += [0xFFFFFFFD] * sectors
    fat += [_NONE] * (-len(fat) % (_SECTOR // 4))
    body += b"".join(struct.pack("<I", one) for one in fat)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, sectors, directory, 0, _CUTOFF, mini_table, 1, _END, 0)
    header += b"".join(struct.pack("<I", one) for one in [*tables, *[_NONE] * (109 - sectors)])
    return header + bytes(body)


def _add(entries: list[list[Any]], tree: Tree) -> int:
    """The storage's content as a chain of siblings; gives the first one's number."""
    numbers = []
    for name in sorted(tree, key=lambda one: (len(one), one.upper())):
        held = tree[name]
        numbers.append(len(entries))
        is_stream = isinstance(held, bytes)
        entries.append([name, 2 if is_stream else 1, _NONE, _NONE, held if is_stream else b""])
        if not is_stream:
            entries[numbers[-1]][3] = _add(entries, held)
    for number, following in pairwise(numbers):
        entries[number][2] = following
    return numbers[0] if numbers else _NONE


def _laid(entries: list[list[Any]], *, small: bool) -> tuple[bytes, list[int]]:
    """The mini stream of all small streams, and its table."""
    stream, table = bytearray(), list[int]()
    for entry in entries:
        data = entry[4]
        if entry[1] != 2 or (len(data) < _CUTOFF) != small or not data:
            continue
        count = -(-len(data) // _MINI)
        entry[4] = (len(table), len(data))
        table += [*range(len(table) + 1, len(table) + count), _END]
        stream += data.ljust(count * _MINI, b"\0")
    return bytes(stream), table


def text_16(text: str) -> bytes:
    return text.encode("utf-16-le")


def msg_tree(
    *,
    body: str = "",
    html: bytes = b"",
    rtf: bytes = b"",
    files: Sequence[tuple[str, bytes | Tree]] = (),
) -> dict[str, Any]:
    """A message as MS-OXMSG lays it out; a file that is a tree is a message."""
    tree: dict[str, Any] = {
        "__properties_version1.0": bytes(32),
        "__nameid_version1.0": {"__substg1.0_00020102": bytes(16)},
        "__substg1.0_0037001F": text_16("Тема"),
    }
    if body:
        tree["__substg1.0_1000001F"] = text_16(body)
    if html:
        tree["__substg1.0_10130102"] = html
    if rtf:
        tree["__substg1.0_10090102"] = rtf
    for number, (name, held) in enumerate(files):
        attachment: dict[str, Any] = {
            "__properties_version1.0": bytes(8),
            "__substg1.0_3707001F": text_16(name),
        }
        inside = isinstance(held, bytes)
        attachment[f"__substg1.0_3701{'0102' if inside else '000D'}"] = held
        tree[f"__attach_version1.0_#{number:08X}"] = attachment
    return tree


def _attribute(level: int, name: int, kind: int, data: bytes) -> bytes:
    return (
        struct.pack("<BHHI", level, name, kind, len(data))
        + data
        + struct.pack("<H", sum(data) & 0xFFFF)
    )


def _variable(kind: int, name: int, data: bytes) -> bytes:
    head = struct.pack("<HHII", kind, name, 1, len(data))
    return head + data + bytes(-len(data) % 4)


def tnef(
    *, body: bytes = b"", rtf: bytes = b"", files: Sequence[tuple[str, bytes, bool]] = ()
) -> bytes:
    """A winmail.dat; each file is (name, bytes, whether it is a message: then a winmail.dat)."""
    out = struct.pack("<IH", 0x223E9F78, 1)
    out += _attribute(1, 0x9006, 8, struct.pack("<I", 0x10000))
    if body:
        out += _attribute(1, 0x800C, 2, body)
    number = struct.pack("<HHI", 0x0003, 0x0017, 1)
    named = struct.pack("<HH", 0x001E, 0x8001) + bytes(16) + struct.pack("<II", 1, 6)
    named += text_16("ab\0") + b"\0\0" + struct.pack("<II", 1, 2) + b"x\0\0\0"
    many = struct.pack("<HHI", 0x1003, 0x1234, 2) + struct.pack("<II", 7, 8)
    properties = [number, named, many, *([_variable(0x0102, 0x1009, rtf)] if rtf else [])]
    out += _attribute(1, 0x9003, 6, struct.pack("<I", len(properties)) + b"".join(properties))
    for name, held, is_message in files:
        out += _attribute(2, 0x9002, 6, bytes(14))
        out += _attribute(2, 0x8010, 1, b"SHORT~1.DAT\0")
        shown = _variable(0x001F, 0x3707, text_16(name + "\0"))
        if is_message:
            inner = _variable(0x000D, 0x3701, bytes(16) + held)
            out += _attribute(2, 0x9005, 6, struct.pack("<I", 2) + shown + inner)
        else:
            out += _attribute(2, 0x800F, 6, held)
            out += _attribute(2, 0x9005, 6, struct.pack("<I", 1) + shown)
    return out
