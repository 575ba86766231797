"""Whom a held-out notice is about: every habit of naming children with their ages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from .heldout_words import Words, age_words, date_words
from .people import Person, Subject
from .writing import years_word

CHILDREN = {"kinder": (2, 6), "school": (6, 17), "med": (1, 17)}
ADULTS = (33, 50)


@dataclass
class Family:
    """One family's people as one typist writes them."""

    rng: Random
    words: Words
    today: date
    ages: tuple[int, int] = (1, 17)
    used: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """The family's surname, its father's name and the typist's habits."""
        self.surnames = self.rng.choice(self.words.surnames)
        self.father = self.rng.choice(self.words.fathers)
        self.join = self.rng.choice(self.words.joins)
        self.born = self.rng.choice(self.words.births)
        self.day = self.rng.choice(self.words.dates[:7])
        self.caps = self.rng.random() < 0.12

    def given(self, woman: bool) -> str:
        """A given name that nobody in the family has yet."""
        names = self.words.girls if woman else self.words.boys
        name = self.rng.choice([n for n in names if n not in self.used])
        self.used.add(name)
        return name

    def name(self, woman: bool, *, child: bool = False, other: bool = False) -> str:
        """A name in full; ``other``: under another surname."""
        surname = (self.rng.choice(self.words.surnames) if other else self.surnames)[woman]
        surname = surname.upper() if self.caps else surname
        father = (self.father if child else self.rng.choice(self.words.fathers))[woman]
        return f"{surname} {self.given(woman)} {father}"

    def initials(self, woman: bool) -> str:
        """Surname and initials."""
        father = self.rng.choice(self.words.fathers)[woman]
        return f"{self.surnames[woman]} {self.given(woman)[0]}.{father[0]}."

    def age(self, adult: bool = False) -> tuple[str, str | None, int | None]:
        """Words for an age, the birth date and the whole years that they say."""
        years = self.rng.randint(*(ADULTS if adult else self.ages))
        born = self.today - timedelta(days=years * 365 + years // 4 + self.rng.randint(3, 355))
        bare = date_words(self.day, born)
        for tail in (" року", " р.", "р.", " р"):
            bare = bare.removesuffix(tail)
        written = self.born.format(date=bare)
        way = self.rng.random()
        if way < 0.42:
            return written, born.isoformat(), None
        if way < 0.78:
            return age_words(self.rng.choice(self.words.ages), years), None, years
        if way < 0.86:
            return f"{born.year} р.н.", None, None
        if way < 0.93 and not adult and self.ages[0] < 3:
            return self.rng.choice(("4 міс.", "9 місяців", "7 міс", "2 місяці")), None, 0
        return f"{written} ({years} {years_word(years)})", born.isoformat(), years

    def aged(self, name: str, *, adult: bool = False, given: str = "") -> tuple[str, Person]:
        """The person with an age, and the words for both."""
        words, birth_date, age = self.age(adult)
        also = (f"{given} {name}",) if given else ()
        return self.join.format(name=name, age=words), Person(name, birth_date, age, also)

    def child(self, *, other: bool = False) -> tuple[str, Person]:
        """A child with surname and patronymic."""
        return self.aged(self.name(self.rng.random() < 0.5, child=True, other=other))

    def little(self) -> tuple[str, Person]:
        """A child by first name only."""
        woman = self.rng.random() < 0.5
        return self.aged(self.given(woman), given=self.surnames[woman])


def _several(found: list[tuple[str, Person]], mark: str) -> Subject:
    return Subject(mark.join(text for text, _ in found), [person for _, person in found])


def one(family: Family) -> Subject:
    """One child."""
    return _several([family.child()], "")


def no_patronymic(family: Family) -> Subject:
    """Surname and given name, no more."""
    woman = family.rng.random() < 0.5
    return _several([family.aged(f"{family.surnames[woman]} {family.given(woman)}")], "")


def siblings(family: Family) -> Subject:
    """Two to four children, one behind the other."""
    mark = family.rng.choice(("; ", ", ", "; "))
    return _several([family.child() for _ in range(family.rng.randint(2, 4))], mark)


def listed(family: Family) -> Subject:
    """A numbered list of children."""
    subject = _several([family.child() for _ in range(family.rng.randint(2, 4))], "\n")
    lines = [f"{n}. {line}" for n, line in enumerate(subject.text.split("\n"), 1)]
    return Subject("; ".join(lines), subject.persons)


def other_surnames(family: Family) -> Subject:
    """A mother and her children of other surnames."""
    mother = family.name(True)
    children = _several([family.child(other=n > 0) for n in range(2)], "; ")
    return Subject(f"мати {mother}, діти: {children.text}", [Person(mother), *children.persons])


def child_then_mother(family: Family) -> Subject:
    """A child, then in brackets whose."""
    text, person = family.child()
    mother = family.name(True)
    return Subject(f"{text} (мати – {mother})", [person, Person(mother)])


def mother_and_little(family: Family) -> Subject:
    """A mother with her age, the children by first names."""
    text, mother = family.aged(family.name(True), adult=True)
    children = _several([family.little() for _ in range(family.rng.randint(1, 3))], ", ")
    return Subject(f"{text}, діти: {children.text}", [mother, *children.persons])


def under_surname(family: Family) -> Subject:
    """The family's surname, the children by first names."""
    children = _several([family.little() for _ in range(family.rng.randint(2, 4))], "; ")
    return Subject(f"сім’я {family.surnames[1]}: {children.text}", children.persons)


def surname_only(family: Family) -> Subject:
    """A family's surname and nothing more."""
    words = ("сім’я {}", "родина {}", "сім’я {} (троє дітей)")
    return Subject(family.rng.choice(words).format(family.surnames[1]))


def nameless(family: Family) -> Subject:
    """Nobody knows the names."""
    words = ("дівчинка, ім’я невідоме", "двоє малолітніх дітей, дані не відомі")
    return Subject(family.rng.choice(words))


def adult(family: Family) -> Subject:
    """A person who asks for themselves."""
    return _several([family.aged(family.name(family.rng.random() < 0.8), adult=True)], "")


def with_parents(family: Family) -> Subject:
    """Father and mother in short, then the children."""
    father, mother = family.initials(False), family.initials(True)
    children = _several([family.child() for _ in range(family.rng.randint(1, 3))], "; ")
    text = f"батько {father}, мати {mother}; діти: {children.text}"
    return Subject(text, [Person(father), Person(mother), *children.persons])


def pupil(family: Family) -> Subject:
    """What the child is, before the name."""
    text, person = family.child()
    woman = person.name.endswith("на")
    role = family.rng.choice(
        (("учень 7 класу", "учениця 7 класу"), ("малолітній", "малолітня"), ("дитина", "дитина"))
    )[woman]
    return Subject(f"{role} {text}", [person])


def tailed(family: Family) -> Subject:
    """Two children; the words after the age tell of the class and the group."""
    first, second = family.child(), family.child()
    text = f"{first[0]}, 3-А клас; {second[0]}, відвідує ЗДО"
    return Subject(text, [first[1], second[1]])


def given_first(family: Family) -> Subject:
    """Given name first, the surname in capitals, as letters sign."""
    woman = family.rng.random() < 0.5
    name = f"{family.given(woman)} {family.surnames[woman].upper()}"
    return _several([family.aged(name)], "")


def both_born(family: Family) -> Subject:
    """Children joined by «та»."""
    return _several([family.child(), family.child()], " та ")


def parents_below(family: Family) -> Subject:
    """The children first, the parents behind them."""
    children = _several([family.child() for _ in range(family.rng.randint(1, 3))], "; ")
    father, mother = family.name(False), family.name(True)
    text = f"{children.text}; батьки: {father}, {mother}"
    return Subject(text, [*children.persons, Person(father), Person(mother)])


HABITS: dict[str, tuple[Callable[[Family], Subject], ...]] = {
    "open": (one,) * 6 + (no_patronymic, siblings, siblings, listed, other_surnames)
    + (child_then_mother, child_then_mother, mother_and_little, under_surname, surname_only, with_parents),
    "sealed": (one,) * 5 + (pupil, pupil, siblings, tailed, given_first, both_born, both_born)
    + (parents_below, mother_and_little, other_surnames, surname_only, no_patronymic, listed),
    "prints": (one,) * 5 + (siblings, siblings, both_born, child_then_mother, with_parents, pupil)
    + (under_surname, mother_and_little, surname_only, listed, parents_below),
}  # fmt: skip


def subject_of(rng: Random, part: str, words: Words, kind: str, today: date) -> Subject:
    """How a notice of this kind names whom it is about."""
    family = Family(rng, words, today, CHILDREN.get(kind, (1, 17)))
    if kind == "self" and rng.random() < 0.7:
        return adult(family)
    if kind == "anon" and rng.random() < 0.5:
        return rng.choice((surname_only, nameless))(family)
    return rng.choice(HABITS[part])(family)
