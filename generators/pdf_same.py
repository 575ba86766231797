"""A PDF of LibreOffice's without the moment of its making: the same document, the same bytes."""

from __future__ import annotations

import re

# The moment, the file's identity made of it, and a checksum over both. What takes their place is
# as long as they are: the places of the PDF's parts do not move.
_MOMENT = re.compile(rb"(/(?:CreationDate|ModDate)\s*\(D:)\d{14}([^)]*\))")
_SAME_MOMENT = b"20000101000000"
_IDENTITY = re.compile(rb"/ID\s*\[\s*<[0-9A-Fa-f]*>\s*<[0-9A-Fa-f]*>\s*\]")
_CHECKSUM = re.compile(rb"(?<=/DocChecksum )/[0-9A-Fa-f]+|(?<=/DocChecksum)/[0-9A-Fa-f]+")
_FIGURE = re.compile(rb"[0-9A-Fa-f]")


def without_moment(pdf: bytes) -> bytes:
    """The PDF as if made at one fixed moment; it opens and prints as before."""
    pdf = _MOMENT.sub(_at_same_moment, pdf)
    return _CHECKSUM.sub(_noughts, _IDENTITY.sub(_identity, pdf))


def _at_same_moment(found: re.Match[bytes]) -> bytes:
    # The offset from UTC changes with summer time.
    return found[1] + _SAME_MOMENT + re.sub(rb"\d", b"0", found[2]).replace(b"-", b"+")


def _identity(found: re.Match[bytes]) -> bytes:
    return b"/ID" + _noughts_of(found[0][3:])


def _noughts(found: re.Match[bytes]) -> bytes:
    return _noughts_of(found[0])


def _noughts_of(figures: bytes) -> bytes:
    return _FIGURE.sub(b"0", figures)
