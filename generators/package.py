"""A DOCX as a zip of parts: read whole, written with the same bytes for the same parts."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from functools import lru_cache

# The earliest time that a zip can hold: a document's bytes must not depend on the clock.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
# Word writes its user's name, company and habits here; a letter must carry none of them.
_CLEAN = {
    "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"/>',
    "docProps/app.xml": f'<Properties xmlns="{_OFFICE}/extended-properties"/>',
    "docProps/custom.xml": f'<Properties xmlns="{_OFFICE}/custom-properties"/>',
}


def unpack(data: bytes) -> dict[str, bytes]:
    """The parts of a DOCX by name, in the order of the file.

    Raises:
        ValueError: the bytes are no DOCX, or a damaged one.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as err:
        raise ValueError("not a readable zip") from err
    if "word/document.xml" not in parts:
        raise ValueError("no word/document.xml")
    return parts


def pack(parts: Mapping[str, bytes], base: bytes = b"") -> bytes:
    """A DOCX of these parts: fixed times, and file properties that name nobody.

    Args:
        parts: the parts by name.
        base: a package to which they are added, so that what never changes is packed once.
    """
    members, directory, count = _opened(base)
    written, listed = [members], [directory]
    place = len(members)
    for name, data in parts.items():
        clean = _CLEAN.get(name)
        head, packed = _member(name, data if clean is None else (_HEAD + clean).encode())
        member = b"".join([_LOCAL, head, b"\0\0", name.encode(), packed])
        written.append(member)
        listed += [_LISTED, head, _RIGHTS, struct.pack("<L", place), name.encode()]
        place += len(member)
        count += 1
    size = sum(map(len, listed))
    return b"".join([*written, *listed, _END.pack(b"PK\5\6", 0, 0, count, count, size, place, 0)])


# By hand: zipfile reads the base anew each time, which is a fifth of what a letter costs.
# A member: version, flags, deflated, time, date (1 January 1980), CRC, both sizes, length of the name.
_MEMBER = struct.Struct("<5H3LH")
_NAME_IN_UTF8 = 0x800
_LOCAL, _LISTED = b"PK\3\4", b"PK\1\2\x14\x03"
# No further field, no comment, one disk; for its owner to read and write.
_RIGHTS = bytes(8) + struct.pack("<L", 0o600 << 16)
_END = struct.Struct("<4s4H2LH")


def _member(name: str, data: bytes) -> tuple[bytes, bytes]:
    """What a zip says of a member, and its bytes."""
    packer = zlib.compressobj(-1, zlib.DEFLATED, -15)
    packed = packer.compress(data) + packer.flush()
    flags, length = 0 if name.isascii() else _NAME_IN_UTF8, len(name.encode())
    sizes = zlib.crc32(data), len(packed), len(data)
    return _MEMBER.pack(20, flags, 8, 0, 33, *sizes, length), packed


@lru_cache(maxsize=64)
def _opened(base: bytes) -> tuple[bytes, bytes, int]:
    """The members of a package of ours, its directory and how many there are."""
    if not base:
        return b"", b"", 0
    *_, count, size, place, _ = _END.unpack(base[-_END.size :])
    return base[:place], base[place : place + size], count
