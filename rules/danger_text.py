"""A text as the judge of danger sees it: its words, what is denied, where signs stand."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, KeysView, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rules.danger_denial import BREAK, NOT, Denials
from rules.danger_patterns import Phrase, Phrases, Sign, Term, Word
from rules.danger_words import Vocabulary

Span = tuple[int, int]  # the first and the last token, both included

_REACH = 14  # tokens that a sign may span
_GAP = 3  # how far the next word of a phrase may stand
_CLAUSE = 4  # words that a part of a sentence must have to be a clause of its own


@dataclass(frozen=True)
class Language:
    """The catalogue's words and classes; words of ``neutral`` classes match even if denied."""

    vocabulary: Vocabulary
    classes: Mapping[str, Phrases]
    neutral: frozenset[str]


class Text:
    """The tokens of one text, with look-up of the catalogue's phrases and signs in them."""

    def __init__(self, text: str, language: Language) -> None:
        self.text = text
        self.tokens = language.vocabulary.tokens(text)
        self.sentence = self._number_sentences()
        self._language = language
        self._found: dict[tuple[str, bool | None], list[Span]] = {}
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for place, token in enumerate(self.tokens):
            for item in token.items:
                self._places[item].append(place)
        self._denied: frozenset[int] = frozenset()
        self._hidden: frozenset[int] = frozenset()
        self.has_figures = False
        self._denied = Denials(self.tokens, self.class_places).places()
        self._found.clear()
        self.clause = self._number_clauses()

    def hide(self, signs: Iterable[Sign]) -> None:
        """Leave the words of these signs (figures of speech) out of every later look-up."""
        hidden = {
            p for sign in signs for match in self.find(sign) for p in self._whole(sign, match)
        }
        self._hidden = frozenset(hidden)
        self.has_figures = bool(hidden)
        self._found.clear()

    def _number_sentences(self) -> list[int]:
        numbers, current = [], 0
        for place, token in enumerate(self.tokens):
            numbers.append(current)
            if token.kind == "stop" and not self._is_abbreviation(place):
                current += 1
        return numbers

    def _number_clauses(self) -> list[int]:
        """Number the parts of sentences that commas, dashes and conjunctions set off.

        A part of few words (an apposition, an item of a list) stays with its neighbour.
        """
        breaks = self.class_places(BREAK)
        left = self._words_left()
        numbers: list[int] = []
        current = words = 0
        for place, token in enumerate(self.tokens):
            begins = place > 0 and self.sentence[place] != self.sentence[place - 1]
            parts = token.kind == "comma" or place in breaks
            if begins or (parts and words >= _CLAUSE and left[place] >= _CLAUSE):
                current, words = current + 1, 0
            numbers.append(current)
            words += token.kind == "word"
        return numbers

    def _words_left(self) -> list[int]:
        """For each place, the words from it to the end of its sentence."""
        left, words = [0] * len(self.tokens), 0
        for place in reversed(range(len(self.tokens))):
            if place + 1 < len(left) and self.sentence[place] != self.sentence[place + 1]:
                words = 0
            words += self.tokens[place].kind == "word"
            left[place] = words
        return left

    def clauses_of(self, sentences: range) -> range:
        """The clauses of these sentences, which must not be empty."""
        places = self.places_of(sentences)
        return range(self.clause[places[0]], self.clause[places[-1]] + 1)

    def sentences_of(self, clauses: range) -> range:
        """The sentences in which these clauses stand."""
        places = self.places_in(clauses)
        return range(self.sentence[places[0]], self.sentence[places[-1]] + 1)

    def places_in(self, clauses: range) -> tuple[int, ...]:
        """The places of all tokens of the clauses."""
        first = bisect_left(self.clause, clauses.start)
        return tuple(range(first, bisect_left(self.clause, clauses.stop)))

    def _is_abbreviation(self, place: int) -> bool:
        before = self.tokens[place - 1].word if place else ""
        stop = self.tokens[place]
        return 0 < len(before) <= 2 and self.text[stop.start : stop.end] == "."

    def quote(self, places: tuple[int, ...]) -> str:
        """The words of the text from the first to the last of the places, as written."""
        first = min(places)
        if first - 1 in self.class_places(NOT):
            first -= 1
        return self.text[self.tokens[first].start : self.tokens[max(places)].end]

    def passages(self, size: int) -> Iterator[range]:
        """Runs of sentences of about so many tokens, one starting at each sentence."""
        ends = {number: place for place, number in enumerate(self.sentence)}
        starts = {number: place for place, number in reversed(list(enumerate(self.sentence)))}
        last = len(ends) - 1
        for first in range(len(ends)):
            stop = first
            while stop < last and ends[stop + 1] - starts[first] < size:
                stop += 1
            yield range(first, stop + 1)
            if stop == last:
                return

    def places_of(self, sentences: range) -> tuple[int, ...]:
        """The places of all tokens of the sentences."""
        first = bisect_left(self.sentence, sentences.start)
        return tuple(range(first, bisect_left(self.sentence, sentences.stop)))

    def is_denied(self, place: int) -> bool:
        """Whether the text denies the word at this place."""
        return place in self._denied

    def class_places(self, name: str) -> set[int]:
        """The tokens that belong to a class, whether denied or not."""
        return {p for first, last in self._class(name, None) for p in range(first, last + 1)}

    def says(self, name: str, sentences: range | None = None) -> bool:
        """Whether the text, or one of the sentences, holds something of a class, undenied.

        Words of a neutral class count in either case.
        """
        told = self.sentences_saying(name)
        return bool(told) if sentences is None else any(number in sentences for number in told)

    def sentences_saying(self, name: str) -> list[int]:
        """The sentences that hold something of a class, undenied (a neutral one: in any case)."""
        return [self.sentence[place] for place in self.places_saying(name)]

    def places_saying(self, name: str) -> list[int]:
        """Where something of a class starts, undenied (of a neutral one: in any case)."""
        spans = self._class(name, None if name in self._language.neutral else False)
        return [first for first, _ in spans]

    def _class(self, name: str, denied: bool | None) -> list[Span]:
        key = (name, denied)
        if key not in self._found:
            self._found[key] = self._phrases(self._language.classes[name], denied)
        return self._found[key]

    @property
    def words(self) -> KeysView[str]:
        """The words of the catalogue that stand in the text."""
        return self._places.keys()

    def _phrases(self, phrases: Phrases, denied: bool | None) -> list[Span]:
        starting = phrases.starting(self._places.keys())
        return sorted({span for phrase in starting for span in self._phrase(phrase, denied)})

    def _phrase(self, phrase: Phrase, denied: bool | None) -> Sequence[Span]:
        spans = self._word(phrase[0], denied)
        for word in phrase[1:]:
            spans = [s for span in spans if (s := self._followed(span, word, denied))]
        return spans

    def _followed(self, span: Span, word: Word, denied: bool | None) -> Span | None:
        for first, last in self._word(word, denied):
            if 0 < first - span[1] <= _GAP and self.sentence[first] == self.sentence[span[1]]:
                return (span[0], last)
        return None

    def _word(self, word: Word, denied: bool | None) -> list[Span]:
        want = True if word.negated else denied
        if word.class_name:
            neutral = word.class_name in self._language.neutral and not word.negated
            return self._class(word.class_name, None if neutral else want)
        places = self._numbers(word.numbers) if word.numbers else self._places.get(word.item, [])
        return [(p, p) for p in places if self._matches(p, want)]

    def _matches(self, place: int, denied: bool | None) -> bool:
        return place not in self._hidden and denied in (None, place in self._denied)

    def _numbers(self, limits: tuple[int, int]) -> list[int]:
        low, high = limits
        return [place for place, number in self._figures if low <= number <= high]

    @cached_property
    def _figures(self) -> list[tuple[int, float]]:
        """The places of all numbers but nought, and what they are."""
        return [(p, number) for p, token in enumerate(self.tokens) if (number := token.number)]

    def find(self, sign: Sign) -> Iterator[tuple[int, ...]]:
        """The places (first and last token of each term) of every match of a sign."""
        wanted = [term for term in sign.terms if not term.absent]
        spans = []
        for term in wanted:
            found = self._phrases(term.phrases, False)
            if not found:
                return
            spans.append(found)
        unwanted = [term for term in sign.terms if term.absent]
        for anchor in min(spans, key=len):
            match = self._near(anchor, spans)
            if match and not any(self._stands_near(term, match) for term in unwanted):
                yield match

    def _whole(self, sign: Sign, match: tuple[int, ...]) -> Iterator[int]:
        """Every word near a match that the sign could also have matched."""
        for term in sign.terms:
            for span in self._phrases(term.phrases, False):
                if not term.absent and self._within(span, match):
                    yield from span

    def _near(self, anchor: Span, spans: list[list[Span]]) -> tuple[int, ...] | None:
        """One span of each term, disjoint and all within reach, nearest to the anchor first."""
        places: tuple[int, ...] = ()
        pivot = min(spans, key=len)
        for found in [pivot, *(s for s in spans if s is not pivot)]:
            nearest = anchor if found is pivot else self._nearest(anchor, found, places)
            if nearest is None:
                return None
            places += nearest
        return places

    def _nearest(self, anchor: Span, found: list[Span], taken: tuple[int, ...]) -> Span | None:
        free = [s for s in found if not _overlaps(s, taken) and self._within(s, taken)]
        return min(free, key=lambda s: abs(s[0] - anchor[0]), default=None)

    def _within(self, span: Span, taken: tuple[int, ...]) -> bool:
        first, last = min(*span, *taken), max(*span, *taken)
        return last - first <= _REACH and self.sentence[last] - self.sentence[first] <= 1

    def _stands_near(self, term: Term, match: tuple[int, ...]) -> bool:
        spans = self._phrases(term.phrases, False)
        return any(
            self._within(span, match[:2]) or self._within(span, match[-2:]) for span in spans
        )


def _overlaps(span: Span, taken: tuple[int, ...]) -> bool:
    pairs = zip(taken[::2], taken[1::2], strict=True)
    return any(span[0] <= last and first <= span[1] for first, last in pairs)
