"""Hints of danger added up: no word names the threat, but together they make it likely.

A hint is a class of the catalogue or a word's beginning; bench/danger_fit.py fits what each adds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rules.danger_text import Text
from rules.lemmas import loose

BEGINNING = 5  # letters; endings, and most misspellings, come after them
DENIED = "не "  # before the beginning of a word that the text denies
_LEAST = 15  # points that must speak of danger before what calms is looked at
FIGURES = "figure_points"  # the hint that the text holds a figure of speech


@dataclass(frozen=True)
class Points:
    """What each hint adds to a suspicion, or takes from it (below zero).

    ``classes``: for the classes of the catalogue; ``beginnings``: for words that start so (after
    DENIED: that start so and are denied); ``figures``: for a figure of speech anywhere in the
    text; ``enough``: the sum from which hints together are a threat, though no sign names it.
    """

    classes: Mapping[str, int]
    beginnings: Mapping[str, int]
    figures: int
    enough: int

    def reached(self, read: Text, sentences: range, more: int = 0) -> bool:
        """Whether the hints are enough and ``more``; where few speak of danger they never are."""
        classes = (points for name, points in self.classes.items() if read.says(name, sentences))
        starts = set(beginnings(read, sentences))
        added = [*classes, *(self.beginnings.get(start, 0) for start in starts)]
        if sum(points for points in added if points > 0) < _LEAST:
            return False
        return sum(added) + self.figures * read.has_figures >= self.enough + more


def beginnings(read: Text, sentences: range) -> Iterator[str]:
    """How the words of the sentences start; DENIED stands before those that the text denies."""
    for place in read.places_of(sentences):
        token = read.tokens[place]
        if token.kind == "word" and len(token.word) > 1:
            start = loose(token.word)[:BEGINNING]
            yield DENIED + start if read.is_denied(place) else start
