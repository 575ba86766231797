"""Damages real files as disks, mail programs and attackers do; the same seed, the same damage."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from random import Random

_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_TAG = re.compile(rb"<[^<>]*>")
_VALUE = re.compile(rb'="[^"]*"')
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.S)
_ODD = (b"-1", b"0", b"1", b"65536", b"2147483648", b"99999999999999999999", b"1e999", b"nan", b"")
_MARKS = (
    b"\x00",
    b"\xff" * 4,
    b"%PDF-",
    b"PK\x03\x04",
    b"{\\rtf1",
    b"<!DOCTYPE x [",
    b"\xef\xbb\xbf",
)

_NO_ZIP = (zipfile.BadZipFile, zlib.error, OSError, ValueError, LookupError, RuntimeError, EOFError)

Damage = Callable[[Random, bytes], bytes]


def flipped(rng: Random, data: bytes) -> bytes:
    """Some bits turned."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 24)):
        out[rng.randrange(len(out))] ^= 1 << rng.randrange(8)
    return bytes(out)


def cut(rng: Random, data: bytes) -> bytes:
    """The end, the beginning or the middle is lost."""
    start, end = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    return rng.choice((data[:end], data[start:], data[:start] + data[end:]))


def swapped(rng: Random, data: bytes) -> bytes:
    """Two chunks in each other's place, or one twice."""
    size = rng.randint(1, max(len(data) // 4, 1))
    a, b = (rng.randrange(max(len(data) - size, 1)) for _ in range(2))
    first, second = data[a : a + size], data[b : b + size]
    if rng.random() < 0.3:
        return data[:a] + first * rng.randint(2, 5) + data[a:]
    out = bytearray(data)
    out[a : a + size], out[b : b + size] = second, first
    return bytes(out)


def overwritten(rng: Random, data: bytes) -> bytes:
    """Something else's mark, noise or the same byte over a stretch."""
    at = rng.randrange(len(data))
    noise = bytes(rng.randrange(256) for _ in range(rng.randint(1, 64)))
    piece = rng.choice((*_MARKS, noise, bytes([rng.randrange(256)]) * rng.randint(1, 400)))
    return data[:at] + piece + data[at + rng.choice((0, len(piece))) :]


def miscounted(rng: Random, data: bytes) -> bytes:
    """Lengths and places that the format writes in binary become odd ones."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        wide = rng.choice((1, 2, 4, 8))
        at = rng.randrange(max(min(len(out), rng.choice((64, 2048, len(out)))) - wide, 1))
        odd = rng.choice((0, 1, 2 ** (8 * wide - 1) - 1, 2 ** (8 * wide) - 1, len(data) % 2**8))
        out[at : at + wide] = odd.to_bytes(wide, rng.choice(("little", "big")))
    return bytes(out)


def renumbered(rng: Random, data: bytes) -> bytes:
    """Numbers that the format writes as text become odd ones."""
    numbers = list(_NUMBER.finditer(data))
    for found in sorted(
        rng.sample(numbers, min(len(numbers), rng.randint(1, 6))),
        reverse=True,
        key=lambda one: one.start(),
    ):
        data = data[: found.start()] + rng.choice(_ODD) + data[found.end() :]
    return data


def remarked(rng: Random, data: bytes) -> bytes:
    """XML whose tags are lost, doubled or moved, or whose values are odd."""
    for _ in range(rng.randint(1, 5)):
        found = list((_VALUE if rng.random() < 0.5 else _TAG).finditer(data))
        if not found:
            return flipped(rng, data)
        one, other = rng.choice(found), rng.choice(found)
        odd = b'="' + rng.choice(_ODD) + b'"' if one[0].startswith(b"=") else b""
        new = rng.choice((odd, other[0], one[0] * 2, one[0] * 300))
        data = data[: one.start()] + new + data[one.end() :]
    return data


def rezipped(rng: Random, data: bytes) -> bytes:
    """A whole zip with one damaged, lost, doubled or renamed member."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        members = [(name, source.read(name)) for name in source.namelist()]
        heavy = [number for number, (_, held) in enumerate(members) if held]
        at = rng.choice(heavy)
        name, held = members[at]
        damage = rng.choice((remarked, remarked, renumbered, flipped, cut, swapped))
        change = rng.choice(("damage", "damage", "damage", "lose", "rename"))
        if change == "damage":
            members[at] = (name, damage(rng, held))
        elif change == "lose":
            del members[at]
        else:
            members[at] = (name + "x", held)
        for name, held in members:
            target.writestr(name, held)
    return out.getvalue()


def redrawn(rng: Random, data: bytes) -> bytes:
    """A PDF with one stream unpacked, damaged and packed again."""
    streams = list(_STREAM.finditer(data))
    if not streams:
        return renumbered(rng, data)
    one = rng.choice(streams)
    try:
        held = zlib.decompress(one[1])
    except zlib.error:
        return renumbered(rng, data)
    damage = rng.choice((renumbered, flipped, swapped, cut)) if held else overwritten
    packed = zlib.compress(damage(rng, held or b"x"))
    return data[: one.start(1)] + packed + data[one.end(1) :]


_ANY: tuple[Damage, ...] = (flipped, cut, swapped, overwritten, miscounted)
_OWN: dict[str, tuple[Damage, ...]] = {
    "docx": (rezipped,) * 6,
    "odt": (rezipped,) * 6,
    "zip": (rezipped,) * 2,
    "pdf": (redrawn, redrawn, renumbered, renumbered),
    "rtf": (renumbered, renumbered),
    "html": (remarked, remarked),
    "eml": (renumbered,),
}


def damaged(kind: str, data: bytes, seed: int) -> bytes:
    """A file with damage that suits its kind, now and then twice."""
    rng = Random(f"{kind}/{seed}")
    ways = _ANY + _OWN.get(kind, ())
    for _ in range(rng.choice((1, 1, 1, 2))):
        way = rng.choice(ways)
        try:
            data = way(rng, data) or b"\x00"
        except _NO_ZIP:  # damaged by the first round
            data = flipped(rng, data)
    return data
