"""The little language of catalogues/indicators.toml: words, phrases, signs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, KeysView, Mapping
from dataclasses import dataclass
from functools import cached_property

from rules.text import fold

_NOT = frozenset(("не", "без", "нема"))
_NUMBER = re.compile(r"#(\d+)-(\d+)")
_WORD = re.compile(r"=?[^\W\d_]+(?:[’-][^\W\d_]+)*\*?")


class PatternError(ValueError):
    """A sign is not written as the catalogue's language asks; the message is for a clerk."""


@dataclass(frozen=True)
class Word:
    """One word of a phrase.

    ``item`` is a dictionary form (``бити``), a beginning (``поби*``), a form (``=бє``), a class
    (``@дитина``) or a range of numbers (``#1-6``). ``negated``: the text must deny it.
    """

    item: str
    negated: bool = False

    @cached_property
    def class_name(self) -> str | None:
        """The class that the word refers to, if it refers to one."""
        return self.item[1:] if self.item.startswith("@") else None

    @cached_property
    def numbers(self) -> tuple[int, int] | None:
        """The range that the word asks for, both ends included."""
        match = _NUMBER.fullmatch(self.item)
        return (int(match[1]), int(match[2])) if match else None


Phrase = tuple[Word, ...]


class Phrases:
    """Phrases of which any will do, found by the word that they start with."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._all = tuple(phrases)
        self._by_word: dict[str, list[Phrase]] = {}
        self.others: list[Phrase] = []  # they start with a class or a number
        for phrase in self._all:
            first = phrase[0].item
            if first[0] in "@#":
                self.others.append(phrase)
            else:
                self._by_word.setdefault(first, []).append(phrase)

    def __iter__(self) -> Iterator[Phrase]:
        return iter(self._all)

    @property
    def first_words(self) -> KeysView[str]:
        """The words of the catalogue with which the phrases start."""
        return self._by_word.keys()

    def starting(self, words: KeysView[str]) -> Iterator[Phrase]:
        """The phrases that start with one of the words, and those that start otherwise."""
        for word in words & self._by_word.keys():
            yield from self._by_word[word]
        yield from self.others


@dataclass(frozen=True, slots=True)
class Term:
    """What one part of a sign looks for: any of its phrases; ``absent``: none of them near."""

    phrases: Phrases
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Sign:
    """Terms that must stand near each other."""

    source: str
    terms: tuple[Term, ...]


def _word(text: str, *, negated: bool) -> Word:
    if text.startswith("@") and len(text) > 1:
        return Word(text, negated)
    folded = fold(text)
    if _NUMBER.fullmatch(folded) or _WORD.fullmatch(folded):
        return Word(folded, negated)
    raise PatternError(f"незрозуміле слово «{text}»")


def parse_phrase(text: str) -> Phrase:
    """Words that follow each other; «не», «без», «нема» before a word mean that it is denied.

    At the end of a phrase they stand for themselves («мало не»).

    Raises:
        PatternError: the phrase is empty or holds something that is no word.
    """
    parts = text.split()
    if not parts:
        raise PatternError("порожній вираз")
    words = [
        _word(part, negated=place > 0 and parts[place - 1] in _NOT)
        for place, part in enumerate(parts[:-1])
        if part not in _NOT
    ]
    return (*words, _word(parts[-1], negated=len(parts) > 1 and parts[-2] in _NOT))


def _term(text: str) -> Term:
    absent = text.startswith("-")
    parts = text.removeprefix("-").split("|")
    return Term(Phrases(parse_phrase(part) for part in parts), absent)


def parse_sign(text: str) -> Sign:
    """A sign as the catalogue writes it: terms joined by `` + ``.

    Raises:
        PatternError: the sign is not written as the language asks.
    """
    terms = tuple(_term(part.strip()) for part in re.split(r"\s\+\s", text))
    if all(term.absent for term in terms):
        raise PatternError(f"ознака «{text}» лише заперечує: додайте те, що шукати")
    # What must be there first: most texts lack it, and the search ends.
    return Sign(text, tuple(sorted(terms, key=lambda term: term.absent)))


def words_of(phrases: Mapping[str, Phrases], signs: tuple[Sign, ...]) -> Iterator[Word]:
    """Every word that classes and signs mention."""
    for group in phrases.values():
        for phrase in group:
            yield from phrase
    for sign in signs:
        for term in sign.terms:
            for phrase in term.phrases:
                yield from phrase
