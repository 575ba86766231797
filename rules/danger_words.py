"""Which words of a catalogue a written word may be: any form, misspelt, or broken by a scanner."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, takewhile

from rapidfuzz.distance import OSA

from rules.danger_patterns import Word
from rules.lemmas import forms, is_russian, is_ukrainian, loose, skeleton
from rules.text import APOSTROPHES, fold

_MONTHS = "січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня"
_TOKEN = re.compile(
    rf"(?P<date>\d{{1,2}}(?:[./]\d{{1,2}}[./]\d{{2,4}}|[»”\"]?\s+(?:{_MONTHS})\b))"
    r"|(?P<number>\d+(?:[.,]\d+)?(?!(?!річ|рок|год|міс)[^\W\d_]{3}))"
    rf"|(?P<word>[^\W_]+(?:[{APOSTROPHES}\u00ad-]+[^\W\d_]+)*)"
    r"|(?P<stop>[.!?…]+|\n)|(?P<comma>[,;:()«»“”\"—–-])"
)
_OCR = str.maketrans("tumnkrbhwd031648", "титпкгьншдозібчв")
_HYPHENATED = re.compile(r"([^\W\d_])[-\u00ad¬]\s*\n\s*(?=[^\W\d_])")
_SPACED = re.compile(r"(?<!\w)[^\W\d_](?: [^\W\d_]){3,20}(?!\w)")
_MIN_FUZZY = 5  # letters; shorter words resemble too many others
_MAX_MISSPELT = 2_000  # unknown words looked at in one text, so that time stays bounded
_MAX_ENDING = 5
_SHORT_ENDING = 3
_MAX_WORD = 40  # letters; what is longer is no word
_MAX_KEPT = 200_000  # words whose look-up is not done again
_PIECES = 3
_NUMBERS = {
    0.5: "пів",
    1: "один одна одне",
    1.5: "півтора півтори полтора",
    2: "два двоє обидва оба",
    3: "три троє трое",
    4: "чотири четверо чотири чотире четыре",
    5: "п’ять п’ятеро пять",
    6: "шість шестеро шесть",
    7: "сім семеро семь",
    8: "вісім восьмеро восемь",
    9: "дев’ять девять",
    10: "десять",
    11: "одинадцять",
    12: "дванадцять",
    13: "тринадцять",
    14: "чотирнадцять",
    15: "п’ятнадцять",
    16: "шістнадцять",
    17: "сімнадцять",
}


@cache
def _number_words() -> dict[str, float]:
    return {
        form: value
        for value, words in _NUMBERS.items()
        for word in words.split()
        for form in forms(word)
    }


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number, date or stop of the text, and what it may be in the catalogue."""

    start: int
    end: int
    kind: str
    word: str
    items: frozenset[str] = frozenset()

    @property
    def number(self) -> float | None:
        """The value of a number in digits or in words."""
        if self.kind == "number":
            return float(self.word.replace(",", "."))
        return _number_words().get(loose(self.word))


def normalise(word: str) -> str:
    """A word as written, folded, with the letters that scanners confuse mended."""
    folded = fold(word)
    if re.search("[а-яіїєґ]", folded) or not re.search("[^aceiopxyk]", folded):
        folded = fold("я" + folded)[1:].translate(_OCR)
    return folded


def _is_word(word: str) -> bool:
    return is_ukrainian(word) or is_russian(word)


class Vocabulary:
    """The words of one catalogue, made ready for look-up."""

    def __init__(self, words: Iterable[Word], plain: Iterable[str] = ()) -> None:
        self._exact: dict[str, set[str]] = defaultdict(set)
        self._stems: dict[str, set[str]] = defaultdict(set)
        self._near: dict[str, set[str]] = defaultdict(set)
        self._sounds: dict[str, set[str]] = defaultdict(set)
        self._cache: dict[str, frozenset[str]] = {}
        self._known: dict[str, bool] = {}
        self._plain = frozenset(plain)
        for item in {word.item for word in words if word.item[0] not in "@#"}:
            self._add(item)

    def _add(self, item: str) -> None:
        if item.startswith("="):
            self._exact[loose(item[1:])].add(item)
        elif item.endswith("*"):
            self._add_stem(loose(item[:-1]), item)
        else:
            found = forms(item)
            for form in found:
                self._exact[form].add(item)
            self._add_near(_common_start([f for f in found if f[:2] == loose(item)[:2]]), item)

    def _add_stem(self, stem: str, item: str) -> None:
        self._stems[stem].add(item)
        self._add_near(stem, item)

    def _add_near(self, stem: str, item: str) -> None:
        sound = skeleton(stem)
        if len(sound) < _MIN_FUZZY - 1:
            return
        self._sounds[sound].add(item)
        if len(sound) >= _MIN_FUZZY:
            for variant in _shortened(sound):
                self._near[variant].add(sound)

    def items(self, word: str) -> frozenset[str]:
        """The catalogue's words that a correctly written word is a form of."""
        key = loose(word[:_MAX_WORD])
        found = set(self._exact.get(key, ()))
        for length in range(2, len(key) + 1):
            found |= self._stems.get(key[:length], frozenset())
        return frozenset(found)

    def recognise(self, word: str, *, fuzzy: bool = True) -> frozenset[str]:
        """What a written word may be; a word that no dictionary holds is taken as misspelt."""
        known = self._cache.get(word)
        if known is None:
            known = self.items(word)
            if not known and fuzzy and self._may_be_misspelt(word):
                known = self._misspelt(skeleton(loose(word)))
            if len(self._cache) < _MAX_KEPT:
                self._cache[word] = known
        return known

    def _may_be_misspelt(self, word: str) -> bool:
        return (
            _MIN_FUZZY <= len(word) <= _MAX_WORD and word not in self._plain and not _is_word(word)
        )

    def _misspelt(self, sound: str) -> frozenset[str]:
        found: set[str] = set()
        for length in range(_MIN_FUZZY - 1, len(sound) + 1):
            start = sound[:length]
            if len(sound) - length > _MAX_ENDING:
                continue
            found |= self._sounds.get(start, frozenset())
            for variant in _shortened(start) if length >= _MIN_FUZZY else ():
                for stem in self._near.get(variant, ()):
                    if _resembles(start, stem):
                        found |= self._sounds[stem]
        return frozenset(found)

    def knows(self, word: str) -> bool:
        """Whether the word, as it stands, is a word of the catalogue or of a dictionary."""
        known = self._known.get(word)
        if known is None:
            known = bool(self.items(word)) or word in self._plain or _is_word(word)
            if len(self._known) < _MAX_KEPT:
                self._known[word] = known
        return known

    def tokens(self, text: str) -> list[Token]:
        """The text in words, numbers and stops, broken words joined again."""
        joined = _HYPHENATED.sub(lambda m: m[1] + "\u00ad" * (len(m[0]) - 1), text)
        raw = [_token(match) for match in _TOKEN.finditer(_glue(joined))]
        return self._recognised(self._mended(raw))

    def _mended(self, raw: list[Token]) -> list[Token]:
        mended: list[Token] = []
        place = 0
        while place < len(raw):
            token, used = self._joined(raw, place)
            mended += self._parted(token)
            place += used
        return mended

    def _parted(self, token: Token) -> list[Token]:
        """«небуло», «нехоче»: a «не» written together with its word is a word of its own."""
        rest = token.word[2:]
        if token.word[:2] not in ("не", "ни") or self.knows(token.word) or not is_ukrainian(rest):
            return [token]
        middle = token.start + 2
        return [Token(token.start, middle, "word", "не"), Token(middle, token.end, "word", rest)]

    def _joined(self, raw: list[Token], place: int) -> tuple[Token, int]:
        for pieces in range(_PIECES, 1, -1):
            part = raw[place : place + pieces]
            if len(part) < pieces or not _adjacent(part):
                continue
            whole = "".join(token.word for token in part)
            if self._is_broken(part) and self._is_whole(whole):
                return Token(part[0].start, part[-1].end, "word", whole), pieces
        return raw[place], 1

    def _is_whole(self, word: str) -> bool:
        """Whether the word stands in a dictionary or, but for a short ending, in the catalogue."""
        key = loose(word)
        starts = (key[: len(key) - ending] for ending in range(_SHORT_ENDING + 1))
        return key in self._exact or is_ukrainian(word) or any(s in self._stems for s in starts)

    def _is_broken(self, part: list[Token]) -> bool:
        return not all(self.knows(token.word) for token in part)

    def _recognised(self, raw: list[Token]) -> list[Token]:
        misspelt = 0
        result = []
        for token in raw:
            items: frozenset[str] = frozenset()
            if token.kind == "word":
                items = self.recognise(token.word, fuzzy=misspelt < _MAX_MISSPELT)
                misspelt += not items and not is_ukrainian(token.word)
            result.append(Token(token.start, token.end, token.kind, token.word, items))
        return result


def _token(match: re.Match[str]) -> Token:
    kind = match.lastgroup or ""
    word = normalise(match[0]) if kind == "word" else match[0]
    return Token(match.start(), match.end(), kind, word)


def _adjacent(part: list[Token]) -> bool:
    words = all(token.kind == "word" for token in part)
    return words and all(after.start - before.end == 1 for before, after in pairwise(part))


def _glue(text: str) -> str:
    """Letters written apart («п о б и в») become one word; every place stays where it was."""
    return _SPACED.sub(lambda m: m[0].replace(" ", "\u00ad"), text)


def _resembles(sound: str, stem: str) -> bool:
    """Whether one slip parts two words; a short word keeps its first letter («вчить», «мучить»)."""
    same_start = sound[0] == stem[0] or len(stem) >= _MIN_FUZZY + 2
    return same_start and OSA.distance(sound, stem, score_cutoff=1) <= 1


def _common_start(words: list[str]) -> str:
    columns = takewhile(lambda letters: len(set(letters)) == 1, zip(*words, strict=False))
    return "".join(letters[0] for letters in columns)


def _shortened(word: str) -> set[str]:
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}
