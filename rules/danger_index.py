"""Which signs a text may hold: most can be left out at one look at its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, KeysView, Mapping
from typing import Generic, TypeVar

from rules.danger_patterns import Phrases, Sign

_NUMBER = "#"  # stands for all phrases that start with a number

Owner = TypeVar("Owner")


class SignIndex(Generic[Owner]):
    """Signs with whom they belong to, in order; each part of a sign is one bit."""

    def __init__(self, signs: Iterable[tuple[Owner, Sign]], classes: Mapping[str, Phrases]) -> None:
        self._classes = classes
        self._starts: dict[str, frozenset[str]] = {}
        self._bits: dict[str, int] = {}
        self._needed: list[tuple[Owner, Sign, int]] = []
        bit = 1
        for owner, sign in signs:
            needed = 0
            for term in sign.terms:
                if not term.absent:
                    self._mark(term.phrases, bit)
                    needed, bit = needed | bit, bit << 1
            self._needed.append((owner, sign, needed))

    def _mark(self, phrases: Phrases, bit: int) -> None:
        for word in self._first_words(phrases):
            self._bits[word] = self._bits.get(word, 0) | bit

    def _first_words(self, phrases: Phrases) -> frozenset[str]:
        found = set(phrases.first_words)
        for phrase in phrases.others:
            name = phrase[0].class_name
            found |= {_NUMBER} if name is None else self._of_class(name)
        return frozenset(found)

    def _of_class(self, name: str) -> frozenset[str]:
        if name not in self._starts:
            self._starts[name] = self._first_words(self._classes[name])
        return self._starts[name]

    def possible(self, words: KeysView[str]) -> Iterator[tuple[Owner, Sign]]:
        """The signs of which every part may start with one of the words (or with a number)."""
        held = self._bits.get(_NUMBER, 0)
        for word in words & self._bits.keys():
            held |= self._bits[word]
        for owner, sign, needed in self._needed:
            if held & needed == needed:
                yield owner, sign
