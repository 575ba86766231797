"""Ages and years of birth as they stand beside a name: «7 років», «5 міс.», «2012 р.н.»."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from rules import number_words
from rules.found_dates import find_dates

OLDEST = 115

_FIGURE = re.compile(r"\d")
_LIST_NUMBER_BEFORE = re.compile(r"(?:\A|[;:\n])\s*\Z")
_LIST_NUMBER_AFTER = re.compile(r"\.\s+[А-ЯІЇЄҐ]")
_YEARS = r"(?:р(?:ок[іуи]\w{0,2}|ік)\b|р\b\.?+(?!\s{0,3}(?:н\b|нар))|л(?:ет|іт)\b|год(?:а|и|ов)?\b)"
_MONTHS = r"м(?:іс\w{0,7}|\.(?!\s{0,3}[А-ЯІЇЄҐ]))\.?"
_ENDING = r"(?:\s?-?\s?(?:ти|ть|ми|рьох|ьох|ох|х|и|го|й|ій)\b)?"
_START = r"(?<![\w№|!])(?<!\d[\-–./,])(?<!№\s)(?!0\d)"
_NUMBER_WORDS = (
    r"(?P<number>(?:(?:двадця|тридця|сорок|п[’']ятдеся)\w{0,3}\s)?"
    r"[^\W\d_]{1,13}(?:[’'][^\W\d_]{1,13})?)"
)
_PREGNANCY = re.compile(r"вагітн|термін", re.IGNORECASE)
_SPAN_OF_TIME = re.compile(
    r"\b(?:на|за|вже|протягом|останні|понад|з|із|від|до|у|в|станом на)\s{1,3}\Z", re.IGNORECASE
)

_BIRTH = r"р(?:оку|ік|\.)?\s{0,3}\.?\s{0,3}(?:н\b\.?|нар\w*\.?)|г\.?\s{0,3}р\b\.?"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something said about one person's age.

    Attributes:
        forward: it stands before the name («7-річна Олена»).
        bare: a number without a word that says what it counts.
    """

    kind: Literal["birth_date", "birth_year", "age"]
    value: date | int | None
    start: int
    end: int
    sure: bool = True
    forward: bool = False
    bare: bool = False


def find_facts(text: str) -> tuple[list[Fact], str]:
    """Dates of birth, years of birth and ages in ``text``, and the text with them blanked out."""
    facts = [
        Fact("birth_date", one.value, one.start, one.end, one.sure) for one in find_dates(text)
    ]
    text = _blank(text, [(fact.start, fact.end) for fact in facts])
    figures = _FIGURE.search(text) is not None
    for pattern, read in _KINDS:
        if not (figures or read in _WORDED):
            continue
        found = [(match, read(match)) for match in pattern.finditer(text)]
        facts += [fact for _, fact in found if fact is not None]
        text = _blank(text, [match.span() for match, fact in found if fact is not None])
    return sorted(facts, key=lambda fact: fact.start), text


def _blank(text: str, spans: list[tuple[int, int]]) -> str:
    parts, end = [], 0
    for start, stop in spans:
        parts += [text[end:start], "\0" * (stop - start)]
        end = stop
    return "".join([*parts, text[end:]])


def _age(match: re.Match[str], years: int | None, *, sure: bool = True) -> Fact | None:
    """The age of a match; None where it is a span of time («на 5 років») or no number."""
    before = match.string[max(0, match.start() - 20) : match.start()]
    if years is None or _SPAN_OF_TIME.search(before):
        return None
    possible = years <= OLDEST
    forward = "річн" in match[0].lower()
    value = years if possible else None
    return Fact("age", value, match.start(), match.end(), sure and possible, forward)


def _in_figures(match: re.Match[str]) -> Fact | None:
    return _age(match, int(match["number"]))


def _in_words(match: re.Match[str]) -> Fact | None:
    return _age(match, number_words.cardinal(match["number"]))


def _in_compound_words(match: re.Match[str]) -> Fact | None:
    """«семирічна», «дворічний»: the first part is a number in the genitive or a short form."""
    first = match["number"].lower()
    return _age(
        match,
        {"одно": 1, "дво": 2, "три": 3, "чотири": 4}.get(first) or (number_words.cardinal(first)),
    )


def _half(match: re.Match[str]) -> Fact | None:
    return _age(match, 1 if match["number"].lower() == "півтора" else 0)


def _in_months(match: re.Match[str]) -> Fact | None:
    return _age(match, int(match["number"]) // 12)


def _in_days(match: re.Match[str]) -> Fact | None:
    return None if _PREGNANCY.search(match.string[: match.start()][-20:]) else _age(match, 0)


def _bare(match: re.Match[str]) -> Fact | None:
    after = match.string[match.end() : match.end() + 1]
    if after == ")" and "(" not in match.string[max(0, match.start() - 3) : match.start()]:
        return None  # «1) Погодюк Іван 2) Погодюк Яна»
    if _LIST_NUMBER_AFTER.match(match.string, match.end()) and _LIST_NUMBER_BEFORE.search(
        match.string[: match.start()]
    ):
        return None  # «1. Погодюк Іван; 2. Погодюк Яна»
    fact = _age(match, int(match["number"]), sure=False)
    return replace(fact, bare=True) if fact else None


def _birth_year(match: re.Match[str]) -> Fact | None:
    born = bool(match["born"] or match["before"])
    before = match.string[max(0, match.start() - 20) : match.start()]
    if not born and _SPAN_OF_TIME.search(before):
        return None
    year = int(match["number"])
    sure = born or bool(match["year_word"])
    return Fact("birth_year", year, match.start(), match.end(), sure)


def _short_birth_year(match: re.Match[str]) -> Fact | None:
    year = int(match["number"])
    year += 2000 if year < 50 else 1900
    return Fact("birth_year", year, match.start(), match.end(), sure=False)


_WORDED = (_in_words, _in_compound_words, _half)
_KINDS: list[tuple[re.Pattern[str], Callable[[re.Match[str]], Fact | None]]] = [
    (re.compile(pattern, re.IGNORECASE), read)
    for pattern, read in (
        (
            r"(?P<before>\bнар(?:\.|\w{1,12})\s{0,3}(?:[ву]\s)?)?(?<![\d№./\-])"
            r"(?P<number>(?:19|20)\d\d)(?![\d/\-]|\.\d)\s{0,3}"
            rf"(?:(?P<born>{_BIRTH})|(?P<year_word>р\b\.?|року\b))?",
            _birth_year,
        ),
        (rf"(?<![\w№./\-])(?P<number>\d\d)\s{{0,3}}(?:{_BIRTH})", _short_birth_year),
        (rf"{_START}(?P<number>\d{{1,3}}){_ENDING}\s?-?\s?річн\w{{1,6}}", _in_figures),
        (
            r"(?<!\w)(?P<number>[^\W\d_]{1,13}(?:[’'][^\W\d_]{1,13})?)річн\w{1,4}",
            _in_compound_words,
        ),
        (
            rf"{_START}(?P<number>\d{{1,3}})(?:[.,]\d)?{_ENDING}\s{{0,3}}(?:повних\s)?{_YEARS}"
            rf"(?:\s{{0,3}}(?:(?:і|та|,)\s)?\d{{1,2}}\s{{0,3}}{_MONTHS})?",
            _in_figures,
        ),
        (rf"(?<!\w){_NUMBER_WORDS}\s{{1,3}}(?:рік|рок[иіу]в?)\b", _in_words),
        (r"(?<!\w)(?P<number>півтора|пів)\s?року\b", _half),
        (
            r"(?:\bроків|\bвік(?:ом)?|\bвіці)\s{0,3}[:–—\-]?\s{0,3}(?P<number>\d{1,3})(?![\w/]|[.]\d)",
            _in_figures,
        ),
        (rf"{_START}(?P<number>\d{{1,2}})(?:[.,]\d)?{_ENDING}\s{{0,3}}{_MONTHS}", _in_months),
        (
            rf"{_START}(?P<number>\d{{1,3}}){_ENDING}\s{{0,3}}"
            r"(?:тиж\w{1,5}|дн(?:і|ів)\b|день\b)",
            _in_days,
        ),
        (
            rf"{_START}(?P<number>\d{{1,3}})(?![\w/\-]|\.\d"
            r"|\s{0,3}-?(?:діт|дит|клас|кл\b|ос[оі]б|кв\b|груп|тиж|міс|[АБВГ]\b))",
            _bare,
        ),
    )
]
