"""How surely a field was recognised: by the words that its value is made of, not by stray ones."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.dodatok1.wordings import is_wording
from parsers.reading import EMPTY_BOX, FILLER, TICK, TICKED_BOX, Word
from rules.wording import MONTHS

LONG = frozenset(
    (
        "sender",
        "recipient",
        "address",
        "content",
        "reporter",
        "basis",
        "measures_taken",
        "enclosures",
        "accepted_by",
        "subject",
    )
)
"""Free text: a letter misread here and there leaves it what it is."""
_DATES = re.compile("_(?:date|on)$")
_CHOICES = frozenset(("received_via", "reporter_kinds"))
_MARKS = frozenset((EMPTY_BOX, TICKED_BOX, TICK))
_SAFE = 0.9
"""A word from this confidence on is read as it stands."""
_WEIGHT = 2.0
"""By how much more than its share of the letters what is in doubt weighs."""
_UNSEEN = 0.7
"""Of an empty choice on a picture, and of no address where Latin letters were recognised."""
_POOR = 0.87
"""A form whose letters are less sure than this on the whole hides more than it shows."""
_ALWAYS = frozenset(("sender", "subject", "persons", "content", *_CHOICES))
"""What hardly any notification leaves empty."""
_WORDS = re.compile(r"[^\W\d_]{3}")
_LIKE_LETTERS = re.compile(r"[^\W\d_][03]|[03][^\W\d_]|\b[0ОоOo]\b")
"""Figures that look like letters where letters may stand, and the other way round."""
_WORD_LETTERS = 3
"""What is shorter is dust or the rest of a line, if nothing was read out of it."""
_LATIN = re.compile("[A-Za-z]{3}")
_MONTH = re.compile("|".join(MONTHS), re.IGNORECASE)


def legibility(words: Sequence[Word]) -> float:
    """How surely the words of a whole form were recognised; 1 where nothing had to be."""
    if all([word.confidence == 1 for word in words]):
        return 1.0
    weights = [sum(map(str.isalnum, word.text)) for word in words]
    sure = sum(w * word.confidence for w, word in zip(weights, words, strict=True))
    return sure / sum(weights) if any(weights) else 1.0


def sureness(key: str, value: object, words: Sequence[Word], legible: float = 1.0) -> float:
    """How surely the words of a field were recognised, 0..1.

    Args:
        key: the field.
        value: what was read out of the words; JSON-ready.
        words: all the words of the stretch that the field was read in.
        legible: how surely those of the whole form were.
    """
    sure = _of_words(key, value, words)
    if legible < 1 and (legible < _POOR or _is_odd(key, value, words)):
        return min(sure, _UNSEEN)
    return sure


def _is_odd(key: str, value: object, words: Sequence[Word]) -> bool:
    """Whether a recognised value is one that hardly any person writes, or nobody can be sure of."""
    if value in (None, [], ""):
        return key in _ALWAYS
    if key in LONG:
        boxed = any(word.text in _MARKS for word in words)
        return boxed or _WORDS.search(str(value)) is None
    if key == "sender_email":
        name = str(value).partition("@")[0]
        beside = any(_LATIN.search(word.text) for word in words if "@" not in word.text)
        return beside or (name != name.lower() and name != name.upper())
    return key.endswith("_number") and _LIKE_LETTERS.search(str(value)) is not None


def _of_words(key: str, value: object, words: Sequence[Word]) -> float:
    """How surely the words of a field were recognised by themselves."""
    written = [word for word in words if word.text != FILLER]
    if key in _CHOICES:
        marks = [word for word in written if word.text in _MARKS]
        least = _least(marks or written)
        # A ring, a colour, a pen's line under a word: on a picture not every choice is seen.
        unseen = value in (None, [], "") and any(word.confidence < 1 for word in written)
        return min(least, _UNSEEN) if unseen else least
    if value in (None, [], ""):
        by_hand = [word for word in words if word.text == FILLER and word.confidence < 1]
        if by_hand:
            return _least(by_hand)
        unread = [word for word in written if _is_unread(key, word)]
        mail = key == "sender_email" and any(word.confidence < 1 for word in unread)
        return min(_least(unread), _UNSEEN) if mail else _least(unread)
    if key in LONG:
        return _on_the_whole(written)
    return _least([word for word in written if _belongs(key, value, word)] or written)


def _least(words: Sequence[Word]) -> float:
    return min((word.confidence for word in words), default=1.0)


def _on_the_whole(words: Sequence[Word]) -> float:
    """Less the share of letters in doubt, each as much as it is doubtful."""
    weights = [sum(map(str.isalnum, word.text)) for word in words]
    doubts = [max(_SAFE - word.confidence, 0.0) / _SAFE for word in words]
    usual = [word.confidence for word in words if word.confidence >= _SAFE]
    doubt = sum(w * d for w, d in zip(weights, doubts, strict=True)) / max(sum(weights), 1)
    return max(min(usual, default=_SAFE) - _WEIGHT * doubt, 0.0)


def _is_unread(key: str, word: Word) -> bool:
    """Whether a word may be a value that nothing could be made of."""
    letters = sum(map(str.isalnum, word.text))
    if key == "sender_email":
        return "@" in word.text or _LATIN.search(word.text) is not None
    if key not in LONG:
        # What stands there otherwise is text, or the print's own «дд мм рррр».
        return any(map(str.isdigit, word.text))
    return letters >= _WORD_LETTERS and not is_wording(word.text)


def _belongs(key: str, value: object, word: Word) -> bool:
    """Whether a value of figures or names was read out of a word."""
    text = _bare(word.text)
    if key == "persons":
        return any(map(str.isdigit, text)) or word.text[:1].isupper()
    if _DATES.search(key):
        return _is_of_date(str(value), word.text)
    whole = _bare(str(value))
    return bool(text) and (text in whole or whole in text)


def _is_of_date(iso: str, text: str) -> bool:
    year, month, day = iso.split("-")
    parts = {year, year[2:], month, day, month.lstrip("0"), day.lstrip("0")}
    return not parts.isdisjoint(re.findall(r"\d+", text)) or bool(_MONTH.search(text))


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
