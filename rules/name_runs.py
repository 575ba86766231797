"""How a row of capital words divides into people: «Мельник Іван Петрович Мельник Ольга»."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rules.name_words import GIVEN, INITIAL, OTHER, PATRONYMIC, Token

# What it costs to see a kind of word in a place of a name; what is not here is impossible.
_PLACES = {
    PATRONYMIC: {PATRONYMIC: 0.0},
    GIVEN: {GIVEN: 0.0, OTHER: 1.0},
    OTHER: {OTHER: 0.0, GIVEN: 0.6, PATRONYMIC: 0.8},
    INITIAL: {INITIAL: 0.0},
}
# The orders in which names are written, with what each costs: the cheapest division is taken.
_ORDERS = {
    "SGP": 1.0,
    "GPS": 1.02,
    "SII": 1.0,
    "IIS": 1.0,
    "GP": 1.1,
    "SG": 1.1,
    "GS": 1.15,
    "SI": 1.1,
    "IS": 1.1,
    "G": 1.3,
    "SGSP": 1.5,
    "SSGP": 1.6,
    "SSG": 2.3,
    "SGG": 2.3,
    "S": 2.2,
    "P": 3.0,
    "I": 3.5,
}
_UNUSUAL = frozenset({"SSGP", "SSG", "SGG", "P", "I"})
_LONE = frozenset({"S", "P", "I"})
_NEW_LINE = 0.9
_TOO_NEAR = 0.06


@dataclass(frozen=True, slots=True)
class Name:
    """Tokens that are one name; ``lone``: no given name and no initials."""

    tokens: tuple[Token, ...]
    lone: bool
    sure: bool

    @property
    def start(self) -> int:
        """Offset of its first character."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Offset after its last character."""
        return self.tokens[-1].end


@dataclass(frozen=True, slots=True)
class _Division:
    cost: float
    order: str = ""
    before: _Division | None = None


def divide(run: Sequence[Token], new_line_before: Sequence[bool]) -> list[Name]:
    """The people in a row of name words.

    Args:
        run: words with nothing but white space between them.
        new_line_before: for each word, whether a new line stands before it.
    """
    division, sure = _cheapest("".join(word.kind for word in run), tuple(new_line_before))
    return _names(division, run, sure=sure)


@lru_cache(maxsize=1000)
def _cheapest(kinds: str, new_line_before: tuple[bool, ...]) -> tuple[_Division, bool]:
    """The division of a row of such kinds of words that costs least, and whether no other is near."""
    best: list[list[_Division]] = [[_Division(0.0)]]
    for end in range(1, len(kinds) + 1):
        found = [
            _Division(before.cost + cost, order, before)
            for order, length in _LENGTHS.items()
            if length <= end
            and (
                cost := _cost(order, kinds[end - length : end], new_line_before[end - length : end])
            )
            is not None
            for before in best[end - length]
        ]
        best.append(sorted(found, key=lambda division: division.cost)[:2])
    return best[-1][0], len(best[-1]) < 2 or best[-1][1].cost - best[-1][0].cost > _TOO_NEAR


_LENGTHS = {order: len(order) for order in _ORDERS}


def _cost(order: str, kinds: str, new_line_before: Sequence[bool]) -> float | None:
    total = _ORDERS[order] + _NEW_LINE * sum(new_line_before[1:])
    for place, kind in zip(order, kinds, strict=True):
        cost = _PLACES[place].get(kind)
        if cost is None:
            return None
        total += cost
    return total


def _names(division: _Division, run: Sequence[Token], *, sure: bool) -> list[Name]:
    names: list[Name] = []
    end = len(run)
    step: _Division | None = division
    while step is not None and step.order:
        words = tuple(run[end - len(step.order) : end])
        guessed = "P" not in step.order and any(
            place == GIVEN and word.kind == OTHER
            for place, word in zip(step.order, words, strict=True)
        )
        plain = sure and not guessed and step.order not in _UNUSUAL
        names.append(Name(words, lone=step.order in _LONE, sure=plain))
        end -= len(words)
        step = step.before
    return names[::-1]
