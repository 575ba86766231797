"""Positions and bodies («начальник служби», «Рожищенський ліцей № 4») in the genitive and dative.

Only the head noun and the adjectives before it change; what depends on it («служби», «№ 4», a name in
«…») stays. Which word is the head, the dictionary of forms tells; where it leaves a choice, or another
nominative stands behind the head, the result is not sure and a clerk must look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, Literal

from rules.text import mend_look_alikes, tidy
from rules.word_forms import readings

PlaceCase = Literal["gen", "dat"]

_THEIR_CASES = {"gen": "gent", "dat": "datv"}
_ACTING = re.compile(r"(?:т\. ?)?в\. ?о\. ?|в/о ", re.IGNORECASE)
_QUOTED = re.compile(r"[«“„\"][^»”\"]*[»”\"]|\([^)]*\)")
_BEFORE_A_PLACE = frozenset(
    {"м.", "с.", "смт", "смт.", "с-ще", "сел.", "х.", "села", "міста", "селища", "хутора"}
)
_SAME_AS_NOMINATIVE = frozenset({"nomn", "accs", "voct", None})
_EDGES = ".,;:()«»“”„\"'"
_LONGEST_ABBREVIATION = 6
_REGULAR_ADJECTIVE = re.compile(r".+[сцз]ьк(?:ий|а|е|і)")


@dataclass(frozen=True, slots=True)
class InCase:
    """A position or body in a case; ``sure``: whether nobody needs to look at it."""

    form: str
    sure: bool


@dataclass(frozen=True, slots=True)
class _Word:
    """What one word may be as part of a head: its gender («plur» for a plural) and its form."""

    kind: str
    gender: str
    form: str


def in_case(name: str, case: PlaceCase) -> InCase:
    """The name of a position or body in a case; as it was given where the rules are not sure.

    Args:
        name: in the nominative; an acting person's position begins with «в. о.» and stays.
        case: "gen" or "dat".
    """
    name = tidy(mend_look_alikes(tidy(name)))
    acting = _ACTING.match(name)
    if acting:
        return InCase(name, _is_tail(_blank_quotes(name[acting.end() :]).split()))
    plain = _blank_quotes(name).split(" ")
    written, said, sure = name.split(" "), list[str](), True
    for first, behind in pairwise([0, *_after_commas(plain), len(plain)]):
        if first and _is_tail(plain[first:behind]):
            said += written[first:behind]  # «освіти, культури та спорту»
            continue
        form = _part(written[first:behind], plain[first:behind], case)
        said, sure = said + form.form.split(" "), sure and form.sure
    return InCase(" ".join(said), sure=True) if sure else InCase(name, sure=False)


def _after_commas(words: Sequence[str]) -> list[int]:
    return [place for place, word in enumerate(words[:-1], start=1) if word.endswith(",")]


def _part(written: Sequence[str], plain: Sequence[str], case: PlaceCase) -> InCase:
    """One body or position in the case; of several right readings none is sure."""
    found = {
        " ".join([*head, *written[len(head) :]])
        for head in _heads(plain, case)
        if _is_tail(plain[len(head) :])
    }
    return InCase(found.pop(), sure=True) if len(found) == 1 else InCase("", sure=False)


def _blank_quotes(name: str) -> str:
    """The name with each quoted or bracketed name made «–», one for each of its words."""
    return _QUOTED.sub(lambda found: re.sub(r"\S+", "–", found[0]), name)


def _heads(words: Sequence[str], case: PlaceCase) -> Iterator[list[str]]:
    """Every way to read the first words as adjectives and a noun that agree, put into the case."""
    letters = [word for word in words if word.isalpha()]
    longest = max(map(len, letters), default=0)
    in_capitals = longest > _LONGEST_ABBREVIATION and all(map(str.isupper, letters))
    before: list[tuple[str, tuple[str, ...]]] = [
        (gender, ()) for gender in ("masc", "femn", "neut", "plur")
    ]
    for word in words:
        if not in_capitals and _is_abbreviation(word):
            yield from ([*forms, word] for _, forms in before)
            return
        options = _options(word.rstrip(","), case)
        comma = "," if word.endswith(",") else ""
        yield from (
            [*forms, option.form + comma]
            for gender, forms in before
            for option in options
            if option.kind == "noun" and option.gender == gender
        )
        before = [
            (gender, (*forms, option.form + comma))
            for gender, forms in before
            for option in options
            if option.kind == "adjective" and option.gender == gender
        ]


def _is_tail(words: Sequence[str]) -> bool:
    """Whether nothing among the words behind a head may be a nominative that changes, too."""
    plain = list(_without_places(words))
    return not any(_may_change(before, word) for before, word in pairwise(["", *plain]))


def _without_places(words: Sequence[str]) -> Iterator[str]:
    """The words without the names of settlements, which stay («с. Козин», «с-ще Нове Джерело»)."""
    in_name = False
    for before, word in pairwise(["", *words]):
        capital = word[:1].isupper()
        named = capital and before.lower() in _BEFORE_A_PLACE
        in_name = named or (capital and in_name and _may_be_adjective(before))
        if not in_name:
            yield word


def _may_be_adjective(word: str) -> bool:
    return any(parse.tag.POS == "ADJF" and parse.tag.case == "nomn" for parse in readings(word))


def _may_change(before: str, written: str) -> bool:
    word = written.strip(_EDGES)
    if re.fullmatch(r"[А-ЯІЇЄҐ]\.(?:[А-ЯІЇЄҐ]\.)?,?", written):
        return True  # initials: a person, whom the rules of names decline
    if not word.isalpha() and "-" not in word and "’" not in word and "'" not in word:
        return False
    if _is_abbreviation(word) or written.endswith(".") or written.lower() in _BEFORE_A_PLACE:
        return False
    known = readings(word)
    if before and any(parse.tag.POS == "PREP" for parse in readings(before.strip(_EDGES))):
        return False
    return all(parse.tag.case in _SAME_AS_NOMINATIVE and _inflects(parse) for parse in known)


def _inflects(parse: Any) -> bool:
    return parse.tag.POS in ("NOUN", "ADJF", "NPRO") and "Fixd" not in parse.tag


def _is_abbreviation(word: str) -> bool:
    return word.isalpha() and word.isupper() and len(word) > 1


def _options(written: str, case: PlaceCase) -> set[_Word]:
    word = written.lower()
    found = set(_words(word, case))
    if "-" in word:
        first, last = word.split("-", 1)
        found = {
            _Word(tail.kind, tail.gender, f"{front.form}-{tail.form}")
            for front in _words(first, case)
            for tail in _words(last, case)
            if front.kind == tail.kind == "noun" and "plur" not in (front.gender, tail.gender)
        }
        if first.endswith("о"):  # «навчально-виховний»
            ends = (tail for tail in _words(last, case) if tail.kind == "adjective")
            found |= {_Word(tail.kind, tail.gender, f"{first}-{tail.form}") for tail in ends}
    return {_Word(one.kind, one.gender, _capitals(one.form, written)) for one in found}


def _capitals(form: str, written: str) -> str:
    if written.isupper() and len(written) > 1:
        return form.upper()
    return form[:1].upper() + form[1:] if written[:1].isupper() else form


@lru_cache(maxsize=1024)
def _words(word: str, case: PlaceCase) -> frozenset[_Word]:
    """The readings of a word in lower case as a nominative, each in the case."""
    found = set()
    for parse in readings(word):
        is_noun = parse.tag.POS == "NOUN" and not {"Surn", "Name", "Patr"} & parse.tag.grammemes
        if not (is_noun or parse.tag.POS == "ADJF") or parse.tag.case not in ("nomn", None):
            continue
        if not (parse.is_known or _REGULAR_ADJECTIVE.fullmatch(word)):
            continue
        if {"Fixd", "COMP", "Supr"} & parse.tag.grammemes:
            continue
        gender = "plur" if "plur" in parse.tag else str(parse.tag.gender)
        found |= {
            _Word("noun" if is_noun else "adjective", gender, form)
            for form in _in_case(parse, case)
        }
    singular = {one for one in found if one.gender != "plur"}  # «управління»
    return frozenset(one for one in singular or found if not _is_of_a_thing(one, found))


def _is_of_a_thing(one: _Word, found: set[_Word]) -> bool:
    """Whether a genitive in -а has a companion in -у: a body's is that one («центру»).

    Law: Український правопис 2019, § 82 (genitive of the second declension).
    """
    other = one.form[:-1] + {"а": "у", "я": "ю"}.get(one.form[-1:], "")
    return one.kind == "noun" and _Word(one.kind, one.gender, other) in found - {one}


def _in_case(parse: Any, case: PlaceCase) -> set[str]:
    """The forms of a reading; of «начальникові» and «начальнику» the latter."""
    wanted, plural = _THEIR_CASES[case], "plur" in parse.tag
    degree = {"COMP", "Supr"} & parse.tag.grammemes
    forms = {
        form.word.replace("'", "’")
        for form in parse.lexeme
        if wanted in form.tag
        and ("plur" in form.tag) == plural
        and (plural or form.tag.gender == parse.tag.gender)
        and {"COMP", "Supr"} & form.tag.grammemes == degree
    }
    short = {form for form in forms if not form.endswith(("ові", "еві", "єві"))}
    return short or forms
