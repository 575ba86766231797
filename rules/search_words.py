"""What a text is found by: its words in every grammatical form, its numbers and its dates.

A text becomes *index words*, a question becomes terms made of the same words, so a text is found
by any form of its words: «Ковальчук» by «Ковальчукові», «здоров’я» by «здоровя», «ґанок» by
«ганку». Index words are of letters and figures only:

* a word: each dictionary form that it may be of, and itself, without apostrophe, ґ as г;
* ``qs…``: the stems of a word with a capital, for surnames that no dictionary knows;
* ``qn…``: a number as written («01-15/123» is ``qn1x15x123``), and each run of its parts;
* ``qd…``: a date in any writing, as ``qd20260304``; ``qt…``: the last nine figures of a telephone;
* ``qp``, ``qa``, ``qo``, ``qi`` and a word: it stands in a field about persons, the address, an
  organisation, an indicator (a question asks so: «особа:Коваль»).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rules.found_dates import find_dates
from rules.lemmas import joins, loose, normal_forms
from rules.likeness import stems
from rules.text import APOSTROPHES, fold, mend_look_alikes, tidy

SCOPES = {"особа": "p", "адреса": "a", "установа": "o", "ознака": "i"}
"""The field that a word of a question may be asked of -> its letter in the index."""

_MOST_TERMS = 20
_LONGEST_WORD = 60
_MOST_PARTS = 6
_PHONE_FIGURES = 9
# Signs that are typed for an apostrophe beside those that all texts are folded by.
_APOSTROPHE = re.compile(rf"(?<=[^\W\d_])[{APOSTROPHES}\"“”„*](?=[^\W\d_])")
_WORD = re.compile(r"[^\W\d_]+(?:’[^\W\d_]+)*")
_NUMBER = re.compile(r"(?<!\w)(?:[^\W\d_]{1,4}-)?\d\w*(?:(?:\s?[-/–]\s?|\.)\w+)*")
_PART = re.compile(r"\w+")
_PHONE = re.compile(r"(?<![\w.])\+?\(?\d(?:[\s()-]{0,2}\d){9,11}(?!\w)")
_SCOPED = re.compile(rf"(?i:(?<!\w)({'|'.join(SCOPES)})\s?:\s?)")
_CHUNK = re.compile(r"\S+")
_YEAR_WORD = re.compile(r"\s*р(?:оку|ік|\.|\b)")
_STAR = re.compile(rf"[{APOSTROPHES}]?\*")
_CYRILLIC = re.compile("[\u0430-\u045f\u0490-\u04ff’]+")
_STRESS = "\u0301"
# In numbers a Latin letter is as good as the Cyrillic one that it looks like.
_LOOK_ALIKES = str.maketrans("aceiopxykhmtb", "асеіорхукнмтв")
_STRANGE = re.compile("[^0-9a-z\u0430-\u045f\u0490-\u04ff*]")


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that is asked for.

    Attributes:
        asked: as it was typed.
        words: the index words of which any one will do; with ``*`` at the end, a beginning.
    """

    asked: str
    words: frozenset[str]

    def within(self, indexed: frozenset[str]) -> bool:
        """Whether a text with these index words holds it."""
        if not self.words.isdisjoint(indexed):
            return True
        starts = tuple(word[:-1] for word in self.words if word.endswith("*"))
        return bool(starts) and any(word.startswith(starts) for word in indexed)


def words_of(text: str, scope: str = "") -> frozenset[str]:
    """The index words of a text.

    Args:
        text: any text.
        scope: the letter of :data:`SCOPES` under which its words can be asked for, too.
    """
    plain = _plain(text)
    found = {key for word in set(_WORD.findall(plain)) for key in _word_keys(word, scope)}
    found |= {key for match in _NUMBER.finditer(plain) for key in _number_keys(match[0])}
    found |= {f"qt{_figures(match[0])}" for match in _PHONE.finditer(plain)}
    found |= {date_word(one.value) for one in find_dates(text) if one.value}
    return frozenset(map(_safe, found))


def date_word(day: date) -> str:
    """The index word of a day."""
    return f"qd{day:%Y%m%d}"


def asked(question: str) -> tuple[Term, ...]:
    """What a question asks for; all of its terms must be found. Empty: it holds nothing to look for.

    A date, a telephone and a number stand for themselves; words that only join others («і», «про»)
    count only where there is nothing else.
    """
    rest, terms = _dates(_plain(question))
    scope = ""
    for match in re.finditer(rf"{_PHONE.pattern}|{_SCOPED.pattern}|{_CHUNK.pattern}", rest):
        if match[1]:
            scope = SCOPES[match[1].casefold()]
            continue
        terms += _terms(match[0], scope)
        scope = ""
    telling = [term for term in terms if not _joins(term.asked)]
    return tuple((telling or terms)[:_MOST_TERMS])


def _plain(text: str) -> str:
    """The text as both sides compare it, capitals kept: they tell names."""
    return _APOSTROPHE.sub("’", mend_look_alikes(tidy(text.replace(_STRESS, ""))))


def _dates(question: str) -> tuple[str, list[Term]]:
    """The question without its dates, and a term for each of them."""
    terms = []
    for one in reversed(find_dates(question)):
        if one.value is not None:
            said, rest = one.text.strip(), question[one.end :]
            words = {date_word(one.value)}
            if _NUMBER.fullmatch(said):  # «01-12/26» may be a number, too
                words.add(_number(_PART.findall(fold(said))))
            terms.append(Term(said, frozenset(words)))
            after = _YEAR_WORD.match(rest)
            question = f"{question[: one.start]} {rest[after.end() if after else 0 :]}"
    return question, terms[::-1]


def _terms(chunk: str, scope: str) -> list[Term]:
    if _PHONE.fullmatch(chunk):
        return [Term(chunk, frozenset({f"qt{_figures(chunk)}"}))]
    terms = []
    for match in re.finditer(rf"{_NUMBER.pattern}|{_WORD.pattern}", chunk):
        said = match[0]
        if any(sign.isdecimal() for sign in said):
            terms.append(Term(said, frozenset({_number(_PART.findall(fold(said)))})))
        else:
            beginning = bool(_STAR.match(chunk, match.end()))
            terms.append(Term(said, _asked_words(said, scope, beginning=beginning)))
    return terms


def _asked_words(word: str, scope: str, *, beginning: bool) -> frozenset[str]:
    mark = f"q{scope}" if scope else ""
    if beginning:
        return frozenset({_safe(f"{mark}{loose(fold(word))[:_LONGEST_WORD]}*")})
    named = {f"{mark}qs{stem}" for stem in _stems(loose(fold(word)))}
    return frozenset(map(_safe, {mark + key for key in _forms(fold(word))} | named))


@lru_cache(maxsize=50_000)
def _word_keys(word: str, scope: str) -> frozenset[str]:
    folded = fold(word)
    keys = set(_forms(folded))
    if word[0].isupper():
        keys |= {f"qs{stem}" for stem in _stems(loose(folded))}
    return frozenset(keys | ({f"q{scope}{key}" for key in keys} if scope else set()))


@lru_cache(maxsize=50_000)
def _forms(word: str) -> frozenset[str]:
    """A folded word and the dictionary forms that it may be of, each loose."""
    short = word[:_LONGEST_WORD]
    if not _CYRILLIC.fullmatch(short):
        return frozenset({loose(short)})
    return frozenset({loose(one) for one in normal_forms(short)} | {loose(short)})


def _stems(word: str) -> Iterable[str]:
    return stems(word[:_LONGEST_WORD])


def _number_keys(number: str) -> Iterable[str]:
    """The number as a whole and each run of its parts, so that «15/123» finds «01-15/123»."""
    parts = _PART.findall(fold(number))
    for start in range(len(parts)):
        for end in range(start + 1, min(len(parts), start + _MOST_PARTS) + 1):
            yield _number(parts[start:end])


def _number(parts: Iterable[str]) -> str:
    shown = (part.replace("_", "").lstrip("0") or "0" for part in parts)
    return _safe("qn" + "x".join(part[:_LONGEST_WORD].translate(_LOOK_ALIKES) for part in shown))


def _figures(phone: str) -> str:
    return "".join(filter(str.isdecimal, phone))[-_PHONE_FIGURES:]


def _safe(word: str) -> str:
    """The word in letters that every database knows for letters."""
    return _STRANGE.sub(lambda sign: f"u{ord(sign[0]):x}", word)


def _joins(word: str) -> bool:
    folded = fold(word)
    if not folded.isalpha():
        return False
    return len(folded) == 1 or (bool(_CYRILLIC.fullmatch(folded)) and joins(folded))
