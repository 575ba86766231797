"""The people named in the form's subject line, with what it says of their age.

«сім’я Погодюк, діти: Погодюк Данило Тимофійович, 7 років; Ярина, 28.01.2021». A surname alone is
a family and no person; whatever looks like a name and could not be placed makes the result unsure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from rules import name_words as kinds
from rules.ages import OLDEST, Fact, find_facts
from rules.name_runs import Name, divide
from rules.name_words import Token
from rules.text import APOSTROPHES, mend_look_alikes, tidy


@dataclass(frozen=True, slots=True)
class Person:
    """One person as the subject line names them.

    Attributes:
        name: as written.
        birth_date: where a whole date is written.
        birth_year: where only the year is written («2012 р.н.»).
        age: whole years, where written; months and weeks are 0.
    """

    name: str
    birth_date: date | None = None
    birth_year: int | None = None
    age: int | None = None


@dataclass(frozen=True, slots=True)
class Persons:
    """The people in the order of the text; ``sure``: nothing in it was doubtful or left over."""

    people: tuple[Person, ...]
    sure: bool


_PLACE_BEFORE = re.compile(
    r"(?<!\w)(?:(?:с|м|смт|сел|вул|пров|пл|бул|хут)\.|с-ще|село|селі|міст[оі]|вулиц[яі])\s*\Z"
)
_INSTITUTION_AFTER = re.compile(
    r"\s+(?:гімназ|ліце|школ|шкіл|закла|коледж|училищ|інтернат|район|громад|област|ради\b|округ"
    r"|лікарн|амбулатор|садк|садоч|центр|відділ|служб|поліц)"
)
_OPENING_QUOTES = frozenset('«„“"')
# Printed or repeated labels: «дитини» in them names nobody.
_LABEL = re.compile(
    r"\b(?:вік|ім.я|піб|п\.\s?і\.\s?б\.?|дата народження|рік народження)\s(?:дитини|дітей|особи|матері)\b"
    r"|\bпрізвище, ім.я(?:,| та) по батькові(?:\s(?:дитини|особи))?",
    re.IGNORECASE,
)
# What is left of an age after all that could be read is blanked out («l3 років», «2O12 р.н.»), or
# one age said of several people.
_UNREAD_AGE = re.compile(
    r"\b(?:рок[иі]в?|рік|міс|місяц\w*)\b|(?<!\0)(?<!\0\s)(?<![^\W\d_])р\b(?!-)"
    r"|\b(?:обоє|обидва|обидві|близнюк\w+|близнят\w*|двійн\w+|трійн\w+)\b",
    re.IGNORECASE,
)
_LATIN_P = re.compile(r"(?<![A-Za-z])p(?![A-Za-z])")  # «12 p.»: recognition's «р.»
_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")
_NAMED = frozenset({"на", "за", "під", "з", "із", "по", "прізвище", "прізвищем", "прізвищу"})
"""«родина на прізвище …»: words between a family and its surname."""
_OF_AGE = frozenset({"вік", "віком", "повних", "нар", "народжений", "народжена"})
"""Words between a name and the age or the date of birth."""
_LATE = 2  # years between the writing of an age and its reading that still fit


def persons(subject: str, *, today: date | None = None) -> Persons:
    """The people named in ``subject``.

    Args:
        subject: the subject line as written; new lines may stand between people.
        today: dates of birth after it, and ages that do not fit them, are not sure.
    """
    text = _LABEL.sub(lambda label: " " * len(label[0]), _plain(subject))
    facts, rest = find_facts(text)
    lower = not any(map(str.isupper, rest))
    words = _words_of_lower_case(rest) if lower else kinds.tokens(rest)
    reading = _Reading(subject, _elements(rest, words, facts))
    checked = [_checked(draft, today) for draft in reading.drafts]
    people = tuple(person for person, _ in checked)
    fits = all(fit for _, fit in checked)
    plain = not (people and (lower or _UNREAD_AGE.search(rest)))
    return Persons(people, sure=reading.sure and fits and plain)


def _plain(text: str) -> str:
    """The text with Latin look-alikes and apostrophes levelled; offsets stay."""
    return _LATIN_P.sub("р", _APOSTROPHE.sub("’", mend_look_alikes(text)))


def _words_of_lower_case(text: str) -> list[Token]:
    """The words of a line without capitals, as if names had them, where it holds names at all."""
    titled = text.title()
    words = kinds.tokens(titled) if len(titled) == len(text) else []
    plain = {kinds.GIVEN, kinds.PATRONYMIC}
    return words if any(word.kind in plain for word in words) else kinds.tokens(text)


def _elements(
    text: str, words: Sequence[Token], facts: Sequence[Fact]
) -> list[Token | Fact | Name]:
    """Words, facts and whole names in the order of the text."""
    found: list[Token | Fact | Name] = list(facts)
    run: list[Token] = []
    for word in words:
        if run and not (word.is_name and _adjacent(text, run[-1], word)):
            found.extend(_divided(text, run))
            run = []
        if word.is_name:
            run.append(word)
        else:
            found.append(word)
    found.extend(_divided(text, run))
    return sorted(found, key=lambda element: element.start)


def _adjacent(text: str, left: Token, right: Token) -> bool:
    return not text[left.end : right.start].strip()


def _divided(text: str, run: list[Token]) -> list[Name]:
    """The names of a run, without the village or street that it begins with."""
    if run and _PLACE_BEFORE.search(text[max(0, run[0].start - 12) : run[0].start]):
        run = run[1:]
    if not run or _INSTITUTION_AFTER.match(text, run[-1].end):
        return []
    if text[run[0].start - 1 : run[0].start] in _OPENING_QUOTES and kinds.PATRONYMIC not in {
        word.kind for word in run
    }:
        return []
    breaks = ["\n" in text[left.end : right.start] for left, right in pairwise(run)]
    return divide(run, [False, *breaks])


@dataclass(slots=True)
class _Draft:
    """A person while the line is read."""

    name: str
    facts: dict[str, Fact] = field(default_factory=dict)


class _Reading:
    """Walks along the elements of a subject line and gathers people and what is said of them."""

    def __init__(self, text: str, elements: Sequence[Token | Fact | Name]) -> None:
        self.drafts: list[_Draft] = []
        self.sure = True
        self._text = text
        self._elements = elements
        self._pending: list[Fact] = []
        self._family = False  # the last name was a family's surname
        self._unnamed = False  # a relative was mentioned after the last name («…, дитина 7 років»)
        self._stems = {
            word.folded[:4]
            for element in elements
            if isinstance(element, Name) and not element.lone
            for word in element.tokens
        }
        for place, element in enumerate(elements):
            self._take(place, element)
        self.sure = self.sure and not (self._pending and self.drafts)

    def _take(self, place: int, element: Token | Fact | Name) -> None:
        if isinstance(element, Name):
            self._take_name(place, element)
        elif isinstance(element, Fact):
            self._take_fact(place, element)
        elif element.kind == kinds.RELATIVE:
            self._unnamed = True
        elif element.kind == kinds.WORD and kinds.is_name_in_lower_case(element.folded):
            self.sure = False

    def _take_name(self, place: int, name: Name) -> None:
        if not name.lone:
            self.sure = self.sure and name.sure
        elif self._is_person(place):
            self.sure = False
        else:
            self._family = self._is_family(place, name)
            self.sure = self.sure and self._family
            return
        self._family = False
        self.drafts.append(_Draft(tidy(self._text[name.start : name.end])))
        self._unnamed = False
        for fact in self._pending:
            self._give(self.drafts[-1], fact)
        self._pending.clear()

    def _is_person(self, place: int) -> bool:
        """Whether a lone unknown word names a person: «мати Погодюк», «діти: Лукаш, 7 р.»."""
        before, after = self._kind_before(place), self._after(place)
        if before in (kinds.RELATIVE, kinds.TITLE):
            return True
        aged = isinstance(after, Token) and after.folded in _OF_AGE
        return (aged or isinstance(after, Fact)) and before != kinds.FAMILY

    def _is_family(self, place: int, name: Name) -> bool:
        """Whether a lone word is surely a family's surname."""
        word = name.tokens[0]
        if word.kind != kinds.OTHER and not word.folded.endswith("ич"):
            return False
        if (
            self._kind_before(place) in (kinds.FAMILY, kinds.GROUP)
            or word.folded[:4] in self._stems
        ):
            return True
        return (place == 0 or self._family) and kinds.is_surname_like(word.folded)

    def _take_fact(self, place: int, fact: Fact) -> None:
        next_is_name = isinstance(self._after(place), Name)
        if fact.bare and not isinstance(self._before(place), Name):
            unasked = not self.drafts or self._kind_before(place) == kinds.PLACE
            self.sure = self.sure and unasked
        elif not self.drafts or (fact.forward and next_is_name):
            self._pending.append(fact)
        elif self._unnamed:
            self._take_fact_of_unnamed(place, fact, next_is_name=next_is_name)
        elif fact.kind not in self.drafts[-1].facts or not next_is_name:
            self._give(self.drafts[-1], fact)
        else:
            self._pending.append(fact)

    def _take_fact_of_unnamed(self, place: int, fact: Fact, *, next_is_name: bool) -> None:
        """«мати Мельник Ольга, дитина 5 років» against «Мельник Іван (дитина, 5 років)»."""
        if next_is_name:
            self._pending.append(fact)
            return
        self.sure = False
        between = self._text[: fact.start].rpartition(self.drafts[-1].name)[2]
        if between.lstrip()[:1] in ("(", "–", "—", "-"):
            self._give(self.drafts[-1], fact)

    def _give(self, draft: _Draft, fact: Fact) -> None:
        same = draft.facts.setdefault(fact.kind, fact).value == fact.value
        self.sure = self.sure and fact.sure and same

    def _kind_before(self, place: int) -> str:
        element = self._before(place)
        return element.kind if isinstance(element, Token) else ""

    def _before(self, place: int) -> Token | Fact | Name | None:
        """The nearest element before, marks left aside."""
        for element in self._elements[max(0, place - 4) : place][::-1]:
            if not isinstance(element, Token) or element.kind != kinds.MARK:
                if isinstance(element, Token) and element.folded in _NAMED:
                    continue
                return element
        return None

    def _after(self, place: int) -> Token | Fact | Name | None:
        for element in self._elements[place + 1 : place + 4]:
            if not isinstance(element, Token) or element.kind != kinds.MARK:
                return element
        return None


def _checked(draft: _Draft, today: date | None) -> tuple[Person, bool]:
    """The person without impossible values, and whether all that was written was possible."""
    birth_date = _value(draft, "birth_date")
    birth_year = _value(draft, "birth_year")
    age = _value(draft, "age")
    person = Person(
        draft.name,
        birth_date if isinstance(birth_date, date) else None,
        birth_year if isinstance(birth_year, int) else None,
        age if isinstance(age, int) else None,
    )
    if today is None:
        return person, True
    return _possible(person, today)


def _value(draft: _Draft, kind: str) -> date | int | None:
    fact = draft.facts.get(kind)
    return fact.value if fact else None


def _possible(person: Person, today: date) -> tuple[Person, bool]:
    born = person.birth_date.year if person.birth_date else person.birth_year
    if born is None:
        return person, True
    if (person.birth_date is not None and person.birth_date > today) or not (
        today.year - OLDEST <= born <= today.year
    ):
        return replace(person, birth_date=None, birth_year=None), False
    fits = person.age is None or abs(today.year - born - person.age) <= _LATE
    return person, fits
