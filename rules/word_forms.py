"""What the dictionary of Ukrainian forms (pymorphy3) says of a name: the second opinion.

Its «Surn» entries are a list of surnames with their own paradigms («Гончар» has «Гончара»,
though the trade, «гончар», has «гончаря»). It is loaded on first use, in about 0.2 s.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from rules.endings import Gender

_CASES = {"gen": "gent", "dat": "datv", "acc": "accs", "ins": "ablt", "loc": "loct", "voc": "voct"}
_GENDERS = {"masculine": "masc", "feminine": "femn"}


@cache
def _analyser() -> Any:
    import pymorphy3  # type: ignore[import-untyped]  # late: only letters pay for it

    return pymorphy3.MorphAnalyzer(lang="uk")


@lru_cache(maxsize=4096)
def readings(word: str) -> tuple[Any, ...]:
    """Every reading of a word that the dictionary holds, or else guesses."""
    return tuple(_analyser().parse(word.lower().replace("’", "'")))


def known_genitive(word: str, gender: Gender) -> str | None:
    """The genitive of a surname, or else of a noun or adjective, that the dictionary holds.

    Of a common noun in -у («рогу») it is made a person's («рога»).
    """
    return next(iter(known_genitives(word, gender)), None)


def known_genitives(word: str, gender: Gender) -> list[str]:
    """Every genitive that the dictionary holds, those of surnames first."""
    readings = [parse for parse in _nominatives(word, gender) if parse.is_known]
    return [
        _as_of_a_person(form.word, parse)
        for tag in ("Surn", "Name", "anim", "inan", "ADJF")
        for parse in readings
        if tag in parse.tag and (form := parse.inflect({"gent"}))
    ]


def forms(word: str, gender: Gender, case: str) -> frozenset[str]:
    """Every form that the dictionary, or its guess, gives a name in a case; lower case, «’»."""
    wanted = _CASES[case]
    return frozenset(
        form.word.replace("'", "’")
        for parse in _nominatives(word, gender)
        for form in parse.lexeme
        if wanted in form.tag and "plur" not in form.tag and _fits(form, gender)
    )


@lru_cache(maxsize=4096)
def _nominatives(word: str, gender: Gender) -> list[Any]:
    """The readings of a word as a nominative of the gender, names before all others."""
    return [
        parse
        for parse in readings(word)
        if "nomn" in parse.tag and "plur" not in parse.tag and _fits(parse, gender)
    ]


def _fits(parse: Any, gender: Gender) -> bool:
    return parse.tag.gender in (None, _GENDERS[gender])


def _as_of_a_person(genitive: str, parse: Any) -> str:
    plain = genitive.replace("'", "’")
    if "inan" in parse.tag and parse.tag.gender == "masc" and plain[-1] in "ую":
        return plain[:-1] + {"у": "а", "ю": "я"}[plain[-1]]
    return plain
