"""Makes words of what was recognised: mends its known mistakes and says how sure each word is."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from parsers.ocr import LATIN, UKRAINIAN, Seen, look_again
from parsers.picture import Pixels
from parsers.picture_rules import Rect
from rules.lemmas import is_ukrainian
from rules.text import mend_look_alikes

_PIECE = re.compile(r"[^_]+")
_PIECE_OF_ADDRESS = re.compile(r"[^_]+(?:_[^_]+)*")
_NUMBER_SIGN = re.compile(r"^(?:N[oоeеs°º]?|[ЛМ][eеoо])(?=[\d/-]|$|[А-ЯІЇЄ]{1,3}-?\d)")
_INCOMING = re.compile(r"^[NМЛЖ№][^\W\d]{0,3}(?=(?:ВХ|вх)-?\d)")
_LATIN = re.compile(r"[A-Za-z]")
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"@|\w\.(?:com|net|org|ua|gov|example)\b|^(?:https?|www)\b|e-?mail", re.I)
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])[\"*`\u00b4\u02bc\u2018\u201c\u201d'](?=[^\W\d_])")
_DASHES = re.compile("[-–—]{2,}")
_ENDS_FIGURE = re.compile(r"\d[.,]$")
"""A full stop behind figures that only one of two models sees is none."""
_UNSEEN_APOSTROPHE = re.compile(r"(?<=[бвджзклмнпрстфхБВДЖЗКЛМНПРСТФХ])\??(?=[яюєїЯЮЄЇ])")
"""Where an apostrophe may stand."""
_OTHER_ALPHABETS = str.maketrans("ЃѓЌќЎў", "ҐґКкУу")
"""Letters that no Ukrainian word has: the first two are what the model makes of «Ґ»."""
_DOUBLED = re.compile(r"\b(?:Іі|ГҐ)(?=[^\W\d_]{2})")
"""A capital letter that was seen twice."""
_KNOWN, _AGREED, _DISAGREED, _DISAGREED_SURE = 0.9, 0.93, 0.7, 0.8
"""Confidence: at least, of a word of the language; at least, of two equal readings; at most, of
two that differ, unless the first model was sure."""
_LEAST_KNOWN, _LEAST_KNOWN_SHORT, _SHORT = 0.3, 0.6, 4
"""A word less sure than this may be of the language by chance, the sooner the shorter it is."""
_PLAIN = 0.93
"""From this confidence on a word without figures needs no second look."""
_UNLIKELY, _SIGN_LIKE, _SHORT_SIGN = 0.6, 0.85, 2
"""A word less sure than this may be Latin; one of so few letters may be the number sign."""
_SIGNS = frozenset("ЛМNо")
"""The letters that a number sign is taken for."""
_LATIN_SURE, _ADDRESS_SURE, _SURER = 0.8, 0.5, 0.15
"""A Latin reading is at least so sure, that of an address less, and by so much surer than the
Cyrillic one."""
_PURE_LATIN = re.compile(r"[bdfghjlnqrstuvwzDFGJLNQRSUVWYZ]")
"""Letters that look like none of the Ukrainian ones."""
_LEAST_INCHES = 0.03
"""No letter of any print is lower than this."""
_CAPITAL = re.compile(r"[А-ЯІЇЄҐ][а-яіїєґ]{2}")
_LEVEL = 4.0
"""Pixels by which the feet of one line's letters differ."""
_ABBREVIATION = 4
"""Letters of an abbreviation at the most."""
_CAPITALS_TALL, _SMALL_TALL = 0.9, 0.8
"""How tall capital letters are at the least, and small ones at the most, in heights of capitals."""
_TALL_LETTERS = frozenset("бґфіїйё")
_ALIKE_IN_CASE = frozenset("ВГЖЗИКЛМНОПСТУХЦЧШЩЬЮЯ")
"""Letters that look alike in both cases."""
_LOOKS = 80
"""Second looks on one page: a page that needs more is a ruin."""


def words_of(seen: list[Seen], grey: Pixels, dpi: float) -> list[Seen]:
    """The words of a page, mended, each with a confidence that holds for the whole word.

    Args:
        seen: what was recognised.
        grey: the page that it was recognised on.
        dpi: pixels an inch.
    """
    words = [_mended(piece) for word in seen for piece in _pieces(word)]
    words = [word for word in words if _is_word(word, _LEAST_INCHES * dpi)]
    words = _with_number_signs(_with_latin(words, grey, dpi))
    doubtful = [n for n, word in enumerate(words) if _is_doubtful(word)][:_LOOKS]
    again = look_again(grey, dpi, [words[n].place for n in doubtful], UKRAINIAN)
    for number, others in zip(doubtful, again, strict=True):
        other = _mended(others[0]) if len(others) == 1 else None
        words[number] = _joined(words[number], other)
    tall = [word.base for word in words if _CAPITAL.match(word.text)]
    return [
        _weighed(_cased(word) if any(abs(word.base - base) < _LEVEL for base in tall) else word)
        for word in words
    ]


def without_ruins(words: list[Seen], grey: Pixels, dpi: float) -> list[Seen]:
    """What was recognised; where nothing of a few words is sure, the one that the second model knows.

    A word that stands alone in wide spaces is sometimes taken for figures and brackets.
    """
    runs: list[list[Seen]] = []
    for word in words:
        joins = runs and _is_ruin(word) and _is_ruin(runs[-1][-1]) and _follows(runs[-1][-1], word)
        runs[-1 if joins else len(runs) :] = [[*runs[-1], word] if joins else [word]]
    ruined = [n for n, run in enumerate(runs) if _is_ruin(run[0])][:_LOOKS]
    again = look_again(grey, dpi, [_around(runs[n]) for n in ruined], UKRAINIAN)
    for number, others in zip(ruined, again, strict=True):
        other = _mended(others[0]) if len(others) == 1 else None
        if other and _is_known(other.text) and other.confidence >= _least_known(other):
            runs[number] = [other._replace(confidence=min(other.confidence, _KNOWN))]
    return [word for run in runs for word in run]


def _is_ruin(word: Seen) -> bool:
    """Whether recognition made nothing of a word that it is sure of: figures among signs."""
    return word.confidence < _UNLIKELY and not _is_known(word.text) and "@" not in word.text


def _with_latin(words: list[Seen], grey: Pixels, dpi: float) -> list[Seen]:
    """The words, with what the Latin model read in place of those that are Latin."""
    runs = list(_runs(words))
    doubtful = [n for n, run in enumerate(runs) if any(map(_may_be_latin, run))][:_LOOKS]
    again = look_again(grey, dpi, [_around(runs[n]) for n in doubtful], LATIN)
    for number, others in zip(doubtful, again, strict=True):
        pieces = [_mended(piece) for other in others for piece in _pieces(other)]
        runs[number] = _latin_or(runs[number], pieces)
    return [word for run in runs for word in run]


def _with_number_signs(words: list[Seen]) -> list[Seen]:
    """The words; an unsure letter like a number sign that stands before figures is one."""
    for number, (one, other) in enumerate(itertools.pairwise(words)):
        unsure = one.text in _SIGNS and one.confidence < _SIGN_LIKE
        if unsure and other.text[0].isdigit() and _follows(one, other):
            words[number] = one._replace(text="№")
    return words


def _runs(words: list[Seen]) -> Iterator[list[Seen]]:
    """The words; those that may be Latin with such as stand beside them: one address, in pieces."""
    run: list[Seen] = []
    for word in words:
        if run and not (_may_be_one(run[-1], word) and _follows(run[-1], word)):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _may_be_one(one: Seen, other: Seen) -> bool:
    """Whether two words may be pieces of one address or number."""
    if "@" in one.text + other.text:
        return not (_is_known(one.text) or _is_known(other.text))
    return _may_be_latin(one) and _may_be_latin(other)


def _follows(one: Seen, other: Seen) -> bool:
    level = abs(one.base - other.base) < 0.5 * one.size
    return level and 0 <= other.place.left - one.place.right < one.size


def _around(run: list[Seen]) -> Rect:
    places = [word.place for word in run]
    return Rect(
        min(place.left for place in places),
        min(place.top for place in places),
        max(place.right for place in places),
        max(place.bottom for place in places),
    )


def _pieces(word: Seen) -> Iterator[Seen]:
    """A word without the line that it stands on: underscores are no letters."""
    if "_" not in word.text:
        yield word
        return
    wide = word.place.width / len(word.text)
    # An address may hold an underscore of its own.
    piece_of = _PIECE_OF_ADDRESS if _ADDRESS.search(word.text) else _PIECE
    for piece in piece_of.finditer(word.text):
        left = word.place.left + round(piece.start() * wide)
        right = word.place.left + round(piece.end() * wide)
        place = Rect(left, word.place.top, right, word.place.bottom)
        yield word._replace(text=piece[0], place=place)


def _mended(word: Seen) -> Seen:
    """A word with the number sign and the apostrophe that the models do not know."""
    text = _APOSTROPHE.sub("’", word.text).translate(_OTHER_ALPHABETS)
    text = _DASHES.sub("–", text)
    text = _DOUBLED.sub(lambda twice: twice[0][-1].upper(), text)
    text = _NUMBER_SIGN.sub("№", text)
    text = _INCOMING.sub("№", text)
    if not _ADDRESS.search(text):
        text = _with_apostrophe(mend_look_alikes(text))
    return word._replace(text=text)


def _with_apostrophe(text: str) -> str:
    """A word with the apostrophe that was not seen, if it is a word of the language only so."""
    mended = _UNSEEN_APOSTROPHE.sub("’", text)
    return mended if mended != text and _is_known(mended) and not _is_known(text) else text


def _is_word(word: Seen, least: float) -> bool:
    """Whether there is anything in a word: dust is read as marks, rests of rules as flat letters."""
    if word.place.height < least and any(char.isalnum() for char in word.text):
        return False
    return any(char.isalnum() or char in "№@+√✓" for char in word.text) or (
        word.confidence > 0.3 and len(word.text) < 4
    )


def _may_be_latin(word: Seen) -> bool:
    """Whether a word read with Cyrillic letters is so unsure that it may be an address."""
    if "@" in word.text or _ADDRESS.search(word.text):
        return True
    unsure = _SIGN_LIKE if len(word.text) <= _SHORT_SIGN else _UNLIKELY
    return word.confidence < unsure and not _is_known(word.text)


def _latin_or(run: list[Seen], others: list[Seen]) -> list[Seen]:
    """Words, or what the Latin model read there if that is surer and can be nothing else."""
    if not others:
        return run
    text = " ".join(other.text for other in others)
    address = _ADDRESS.search(text) is not None
    least = _ADDRESS_SURE if address else _LATIN_SURE
    sure = _mean(others) >= max(least, _mean(run) + _SURER)
    long = len(text) > _SHORT and _PURE_LATIN.search(text) is not None
    # An address is never written in Cyrillic letters.
    written = address and any("@" in word.text for word in run)
    return others if written or (sure and (long or address or text == "№")) else run


def _mean(run: list[Seen]) -> float:
    """How sure words are, each for its letters."""
    return sum(w.confidence * len(w.text) for w in run) / max(sum(len(w.text) for w in run), 1)


def _is_doubtful(word: Seen) -> bool:
    """Whether a second look is worth its time."""
    text = word.text
    if _ADDRESS.search(text) or text == "№":
        return False
    if _LATIN.search(text):
        return True
    if _DIGIT.search(text):
        return True
    return word.confidence < _PLAIN and not _is_known(text) and len(text) > 1


def _joined(word: Seen, other: Seen | None) -> Seen:
    """One word out of two readings of it."""
    if other is None:
        return word
    if _same(word.text, other.text):
        if "’" in other.text and "’" not in word.text:
            word = word._replace(text=other.text)
        if _ENDS_FIGURE.search(word.text) and other.text[-1].isdigit():
            word = word._replace(text=word.text[:-1])
        sure = max(word.confidence, other.confidence, _AGREED if word.confidence > 0.5 else 0.0)
        return word._replace(confidence=sure)
    if _LATIN.search(word.text) and not _LATIN.search(other.text):
        return word._replace(text=other.text, confidence=min(other.confidence, _KNOWN))
    if _is_known(other.text) and not _is_known(word.text) and "№" not in word.text:
        return word._replace(text=other.text, confidence=min(other.confidence, _KNOWN))
    if _DIGIT.search(word.text):
        most = _DISAGREED_SURE if word.confidence >= _PLAIN else _DISAGREED
        return word._replace(confidence=min(word.confidence, most))
    return word


def _same(one: str, other: str) -> bool:
    """Whether two readings agree; of a number sign the second model knows nothing."""
    if one.startswith("№"):
        return re.sub(r"\D", "", one) == re.sub(r"\D", "", other) != ""
    return _bare(one) == _bare(other)


def _bare(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()


def _is_known(text: str) -> bool:
    """Whether a word consists of words of the language."""
    parts = _LETTERS.findall(text.replace("’", ""))
    if not parts or _DIGIT.search(text) or max(map(len, parts)) < 3:
        return False
    return all(_in_dictionary(part) for part in re.findall(r"[^\W\d_’]+(?:’[^\W\d_]+)*", text))


def _in_dictionary(part: str) -> bool:
    return is_ukrainian(part.lower())


def _cased(word: Seen) -> Seen:
    """A word in the case that its height says, which a capital on its line gives the measure of.

    Many letters look alike in both cases.
    """
    text = word.text
    tall = (word.base - word.place.top) / max(word.size, 1.0)
    short = 1 < len(text) <= _ABBREVIATION and text.isalpha() and text.islower()
    if short and tall >= _CAPITALS_TALL and not _TALL_LETTERS & set(text):
        return word._replace(text=text.upper())
    alike = len(text) > 2 and set(text) <= _ALIKE_IN_CASE
    return word._replace(text=text.lower()) if alike and tall <= _SMALL_TALL else word


def _weighed(word: Seen) -> Seen:
    """A word of the language is rarely misread; a Latin word among Ukrainian ones mostly is."""
    if _LATIN.search(word.text) and not _ADDRESS.search(word.text):
        return word._replace(confidence=min(word.confidence, _DISAGREED))
    if word.confidence >= _least_known(word) and _is_known(word.text):
        return word._replace(confidence=max(word.confidence, _KNOWN))
    return word


def _least_known(word: Seen) -> float:
    """How sure a word of the language is at the least, if it is not so by chance."""
    return _LEAST_KNOWN if len(word.text) > _SHORT else _LEAST_KNOWN_SHORT
