"""Ukrainian words in all their grammatical forms, from the pymorphy3 dictionary.

The dictionary is loaded on first use (about 0.2 s) and kept for the life of the process.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

_LOOSE = str.maketrans({"ґ": "г", "ё": "е", "’": None, "'": None, "\u0301": None})
# Words that hold sentences together; as forms of other words («їм» of «їсти») they mislead.
_FUNCTION_WORDS = frozenset(
    ["їм", "їх", "їй", "мій", "коли", "три", "але", "мене", "тим", "тому", "між", "після", "поки"]
)
_TENSES = {"past": ["past"], "pres": ["pres", "past"], "futr": ["futr"]}
_SHORT = 3
_OFFICE = ("1per", "2per")  # the persons of those who write a letter and who get it
_VOWELS = frozenset("аеєиіїоуюяы")
_SOUNDS = str.maketrans(
    {"і": "и", "ї": "и", "ы": "и", "й": "и", "є": "е", "э": "е", "щ": "ш", "ь": None, "ъ": None}
)


@cache
def _analyser(language: str) -> Any:
    import pymorphy3  # type: ignore[import-untyped]  # late: only a judge of texts pays for it

    return pymorphy3.MorphAnalyzer(lang=language)


def loose(word: str) -> str:
    """A folded word as all spellings share it: no apostrophe, ґ as г, ё as е, «вдома» as «удома»."""
    plain = word.translate(_LOOSE)
    return f"у{plain[1:]}" if plain[:1] == "в" and plain[1:2] not in _VOWELS else plain


def skeleton(word: str) -> str:
    """How a loose word sounds, roughly: what a misspelling usually leaves unchanged."""
    plain = word.translate(_SOUNDS)
    return "".join(c for i, c in enumerate(plain) if i == 0 or c != plain[i - 1])


def forms(word: str) -> frozenset[str]:
    """All grammatical forms of a Ukrainian word, made loose.

    The word stands in its dictionary form, or is a verb as it is told («відповідає»): then these
    are the forms of its tense, and of the past if it stands in the present. A word that the
    dictionary does not hold is declined like the word that it resembles.
    """
    parses = _analyser("uk").parse(word.replace("’", "'"))
    found = {loose(form.word) for parse in parses if parse.normal_form == parse.word
             for form in parse.lexeme}  # fmt: skip
    if not found and all(parse.tag.tense in _TENSES for parse in parses):  # «їм» is a pronoun too
        found = {loose(form.word) for parse in parses
                 for form in parse.lexeme if form.tag.tense in _TENSES[parse.tag.tense]}  # fmt: skip
    return frozenset(found - _FUNCTION_WORDS | {loose(word)})


def normal_forms(word: str) -> frozenset[str]:
    """The dictionary forms that a folded Ukrainian word may be of, of every reading of it."""
    return frozenset(parse.normal_form for parse in _analyser("uk").parse(word.replace("’", "'")))


@lru_cache(maxsize=50_000)
def joins(word: str) -> bool:
    """Whether a Ukrainian word, as it is mostly read, only joins others («і», «про», «лише»)."""
    parses = _analyser("uk").parse(word.replace("’", "'"))
    # The short ones («про», «за») are forms of rare nouns, too.
    likely = parses if len(word) <= _SHORT else parses[:1]
    return any(parse.tag.POS in ("PREP", "CONJ", "PRCL") for parse in likely)


@lru_cache(maxsize=50_000)
def is_ukrainian(word: str) -> bool:
    """Whether the dictionary holds this form of a Ukrainian word."""
    return bool(_analyser("uk").word_is_known(word.replace("’", "'")))


@lru_cache(maxsize=50_000)
def is_russian(word: str) -> bool:
    """Whether the dictionary holds this form of a Russian word."""
    return bool(_analyser("ru").word_is_known(word))


@lru_cache(maxsize=50_000)
def may_be_verb(word: str) -> bool:
    """Whether some reading of a Ukrainian word is a verb that tells of an act («била», «б’є»)."""
    parses = _analyser("uk").parse(word.replace("’", "'"))
    return any(parse.tag.POS == "VERB" and parse.tag.tense for parse in parses)


@lru_cache(maxsize=50_000)
def may_be_genitive(word: str) -> bool:
    """Whether some reading of a Ukrainian word stands in the genitive («синців», «їжі»)."""
    parses = _analyser("uk").parse(word.replace("’", "'"))
    return any(parse.tag.case == "gent" for parse in parses)


@lru_cache(maxsize=50_000)
def may_be_present(word: str) -> bool:
    """Whether some reading of a Ukrainian word is a verb in the present tense («б’є»)."""
    parses = _analyser("uk").parse(word.replace("’", "'"))
    return any(parse.tag.tense == "pres" for parse in parses)


@lru_cache(maxsize=50_000)
def may_be_singular(word: str) -> bool:
    """Whether some reading of a Ukrainian word names one thing, not many («дитину», «малий»)."""
    tags = [parse.tag for parse in _analyser("uk").parse(word.replace("’", "'"))]
    return any("plur" not in tag for tag in tags if tag.POS in ("NOUN", "ADJF"))


@lru_cache(maxsize=50_000)
def may_tell(word: str) -> bool:
    """Whether some reading of a Ukrainian word is a verb that tells of others: no «просимо»."""
    parses = _analyser("uk").parse(word.replace("’", "'"))
    verbs = [parse.tag for parse in parses if parse.tag.POS == "VERB"]
    return any("Impe" in tag or (tag.tense and tag.person not in _OFFICE) for tag in verbs)
