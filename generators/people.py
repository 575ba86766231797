"""Lists of people and bodies as a clerk tells them: «ПІБ – посада; ПІБ – посада»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from generators.naming import split
from generators.to_fill import to_fill
from rules.text import tidy

EXAMPLE = "Ткач Олена Іванівна – психолог ліцею; Гай Петро Ілліч – лікар"
"""How a list of people is typed."""

_BETWEEN = re.compile(r"[;\n]")
_DASH = re.compile(r"\s+[–—-]\s+")


class Somebody(NamedTuple):
    """A person as told: the name in the nominative, and the position, "" where it is not told."""

    name: str
    position: str


def parts(text: str | None) -> list[str]:
    """The pieces between semicolons or lines, empty ones too: the n-th answers the n-th of another."""
    return [tidy(piece) for piece in _BETWEEN.split(text)] if text else []


def listed(text: str | None) -> list[str]:
    """The pieces that say anything."""
    return [piece for piece in parts(text) if any(map(str.isalnum, piece))]


def people(text: str | None) -> list[Somebody]:
    """The people of a list; a dash between spaces parts name and position."""
    found = [_DASH.split(piece, maxsplit=1) for piece in listed(text)]
    return [Somebody(name, "".join(rest)) for name, *rest in found]


def in_words(somebody: Somebody) -> str:
    """«ПІБ – посада»."""
    return " – ".join(filter(None, somebody))


def signature(name: str, missing: str) -> str:
    """«Власне ім’я ПРІЗВИЩЕ» of a name in either usual order.

    Law: ДСТУ 4163:2020, requisite «Підпис»: without a patronymic, the surname in capitals.

    Args:
        name: in the nominative; one with a word in capitals stands as it is.
        missing: what stands there, to be filled in, where the name is not whole.
    """
    words = tidy(name).split()
    if any(word.isupper() and len(word) > 1 for word in words):
        return " ".join(words)
    known, _order = split(name)
    return (
        f"{known.given} {known.family.upper()}"
        if known.given and known.family
        else to_fill(missing)
    )


def numbered(pieces: Sequence[str]) -> list[str]:
    """The pieces of a list, each with its number and the stop that it needs: «1) …;», «2) ….»."""
    said = [piece.rstrip(" .,;") for piece in pieces]
    return [f"{n}) {piece}{'.' if n == len(said) else ';'}" for n, piece in enumerate(said, 1)]
