"""Archives of Windows offices: rar of both generations, and 7z and rar with a password."""

from __future__ import annotations

import base64
import struct
import zlib

import pytest

from intake.envelope import Envelope, Limits, unpack

LIMITS = Limits()
# Made with py7zr; the password is «x». In the second the names are encrypted, too.
LOCKED_7Z = (
    "N3q8ryccAARFmI7BeQAAAAAAAAAUAAAAAAAAAIHWvco6GDbNGzMnJRR5b+OONKKWAQBkAQQGAAEJEAoBz0mvfgAHCwEA"
    "AiQG8QcBElMPAr8KrthUz2uigHAKXpHCGiEhARgBAAwIBAAICgHHp4s7AAAFARENAGEALgB0AHgAdAAAABQKAQBASB4r"
    "p3rdARUGAQAggICBAAAAFwYQAQlpAAcLAQABISEBGAxlAAA=",
    "N3q8ryccAAQOpM+DgAAAAAAAAAAoAAAAAAAAAMvI0TlLDF9gdzPRcFY/LJHuqLLO9/eFhYosUouztY59lxywYD1OCIhz"
    "UVINAKS2wsFSetrlYWhfq805t5PrdnNeET4sgHnPNWJuS4blx/mIShb9IWh0VaCSkeD7fMXaHRqdTxfpbFkE6R/IyFnC"
    "CC9gKLBvrJD2/xena7slDo6dPJG6qBcGEAEJcAAHCwEAASQG8QcBElMPuiZHYXSAIoL17x9/dGOnaQxlAAA=",
)
_WINDOWS, _STORED, _ARCHIVE = 2, 0x30, 0x20


def rar4(name: bytes, data: bytes, *, flags: int = 0, attributes: int = _ARCHIVE) -> bytes:
    """A RAR of WinRAR 3 and 4 with one stored file."""

    def block(kind: int, marks: int, body: bytes, held: bytes = b"") -> bytes:
        head = struct.pack("<BHH", kind, marks, 7 + len(body)) + body
        return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head + held

    size, crc = len(data), zlib.crc32(data)
    body = struct.pack(
        "<IIBIIBBHI", size, size, _WINDOWS, crc, 0x5A6B8C00, 29, _STORED, len(name), attributes
    )
    file = block(0x74, 0x8000 | flags, body + name, data)
    return b"Rar!\x1a\x07\0" + block(0x73, 0, bytes(6)) + file + block(0x7B, 0x4000, b"")


def number(value: int) -> bytes:
    """A number as RAR 5 writes it: seven bits a byte, the lowest first."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def rar5(name: str, data: bytes) -> bytes:
    """A RAR of WinRAR 5 and later with one stored file."""

    def block(*fields: int | bytes) -> bytes:
        body = b"".join(one if isinstance(one, bytes) else number(one) for one in fields)
        sized = number(len(body)) + body
        return struct.pack("<I", zlib.crc32(sized)) + sized

    written = name.encode()
    sum_of = struct.pack("<I", zlib.crc32(data))
    file = block(2, 2, len(data), 4, len(data), _ARCHIVE, sum_of, 0, 0, len(written), written)
    return b"Rar!\x1a\x07\x01\0" + block(1, 0, 0) + file + data + block(5, 0, 0)


def shown(envelope: Envelope) -> list[tuple[str, str, bytes | None]]:
    return [(part.path, part.name, None if part.fault else part.data) for part in envelope.parts]


@pytest.mark.parametrize(
    "data", [rar4(b"a.pdf", b"%PDF-1.4"), rar5("a.pdf", b"%PDF-1.4")], ids=["rar4", "rar5"]
)
def test_a_rar_is_opened(data: bytes) -> None:
    assert shown(unpack(data, "a.rar", LIMITS)) == [("1", "a.pdf", b"%PDF-1.4")]


def test_a_rar_with_a_ukrainian_name_keeps_it() -> None:
    data = rar5("тека/Форма про дитину.pdf", b"%PDF-1.4")
    assert shown(unpack(data, "", LIMITS)) == [("1", "Форма про дитину.pdf", b"%PDF-1.4")]


def test_a_name_that_leads_out_of_the_folder_is_harmless() -> None:
    for data in (rar4(b"..\\..\\etc\\passwd", b"x"), rar5("../../etc/passwd", b"x")):
        assert shown(unpack(data, "a.rar", LIMITS)) == [("1", "passwd", b"x")]


def test_a_file_with_senseless_attributes_is_not_left_out() -> None:
    data = rar4(b"a.pdf", b"%PDF-1.4", attributes=0)
    assert shown(unpack(data, "a.rar", LIMITS)) == [("1", "a.pdf", b"%PDF-1.4")]


def test_a_damaged_rar_is_told() -> None:
    data = rar5("a.pdf", b"%PDF-1.4" * 50)
    assert [part.fault for part in unpack(data[:80], "a.rar", LIMITS).parts] == ["unreadable"]


@pytest.mark.parametrize(
    "data",
    [
        rar4(b"a.txt", b"text" * 8, flags=4),
        *map(base64.b64decode, LOCKED_7Z),
    ],
    ids=["rar4", "7z", "7z with its names"],
)
def test_an_archive_with_a_password_says_so(data: bytes) -> None:
    (part,) = unpack(data, "архів", LIMITS).parts
    assert (part.path, part.fault) == ("", "encrypted")
