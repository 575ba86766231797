"""Hints of danger added up: no word names the threat, but together they make it likely.

A hint is a class of the catalogue, one of its words, or how another word begins;
bench/danger_fit.py fits what each adds. Where the hints speak of calm very strongly, they answer
for the words around a sign too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from rules.danger_text import Text
from rules.lemmas import loose

BEGINNING = 5  # letters; endings, and most misspellings, come after them
DENIED = "не "  # before a word, or the beginning of one, that the text denies
_LEAST = 15  # points that must speak of danger before what calms is looked at
FIGURES = "figure_points"  # the hint that the text holds a figure of speech


@dataclass(frozen=True)
class Points:
    """What each hint adds to a suspicion, or takes from it (below zero).

    ``classes``: for the classes of the catalogue; ``words``: for its words as signs and classes
    write them (after DENIED: denied); ``beginnings``: for other words that start so; ``figures``:
    for a figure of speech anywhere in the text; ``enough``: the sum from which hints together are
    a threat, though no sign names it; ``calm``: the sum down to which a sign is a threat.
    """

    classes: Mapping[str, int]
    words: Mapping[str, int]
    beginnings: Mapping[str, int]
    figures: int
    enough: int
    calm: int

    def sums(self, read: Text) -> Sums:
        """What the hints of a text's clauses add up to."""
        told: list[dict[str, int]] = [{} for _ in range(read.clause[-1] + 1 if read.tokens else 0)]
        for place, number in enumerate(read.clause):
            for word in words(read, place):
                if word in self.words:
                    told[number]["$" + word] = self.words[word]
            for start in beginning(read, place):
                if start in self.beginnings:
                    told[number][start] = self.beginnings[start]
        for name, points in self.classes.items():
            for place in read.places_saying(name):
                told[read.clause[place]]["@" + name] = points
        return Sums(self, told, self.figures * read.has_figures)

    def calm_around(self, read: Text, places: Collection[int]) -> bool:
        """Whether the words at these places speak so strongly of calm that a sign is no threat."""
        held = {word for place in places for word in words(read, place)}
        starts = {start for place in places for start in beginning(read, place)}
        total = sum(self.words.get(word, 0) for word in held)
        total += sum(self.beginnings.get(start, 0) for start in starts)
        total += sum(
            points
            for name, points in self.classes.items()
            if any(place in places for place in read.places_saying(name))
        )
        return total < self.calm


@dataclass(frozen=True)
class Sums:
    """The hints of one text, by clause; each counts once in the clauses asked for."""

    points: Points
    told: list[dict[str, int]]
    figures: int

    def _added(self, clauses: range) -> dict[str, int]:
        found: dict[str, int] = {}
        for told in self.told[clauses.start : clauses.stop]:
            found |= told
        return found

    def reached(self, clauses: range, more: int = 0) -> bool:
        """Whether the hints are enough and ``more``; where few speak of danger they never are."""
        added = self._added(clauses).values()
        if sum(points for points in added if points > 0) < _LEAST:
            return False
        return sum(added) + self.figures >= self.points.enough + more


def words(read: Text, place: int) -> Iterator[str]:
    """The catalogue's words that stand at a place; DENIED stands before what the text denies."""
    token = read.tokens[place]
    if token.kind == "word" and len(token.word) > 1:
        denied = DENIED if read.is_denied(place) else ""
        yield from (denied + item for item in token.items)


def beginning(read: Text, place: int) -> Iterator[str]:
    """How a word starts that the catalogue does not hold; DENIED before what the text denies."""
    token = read.tokens[place]
    if token.kind == "word" and len(token.word) > 1 and not token.items:
        yield (DENIED if read.is_denied(place) else "") + loose(token.word)[:BEGINNING]
