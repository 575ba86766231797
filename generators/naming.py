"""Names of people in the case that a sentence needs; what is not sure is marked for a person.

What a clerk has confirmed goes before every rule.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from generators.to_fill import to_fill
from rules import positions
from rules.given_names import gender_of_given_name
from rules.names import NameParts, decline, doubt, is_patronymic
from rules.text import tidy

_FULL_NAME = 3


@dataclass(frozen=True, slots=True)
class Names:
    """How names are put into cases.

    Attributes:
        confirmed: (name in the nominative, case) -> the form that a clerk has confirmed.
    """

    confirmed: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def in_case(self, name: str, case: str) -> str:
        """The name in a case; with a mark to see to where the rules are not sure of it.

        Args:
            name: of one person, in the nominative, in either usual order.
            case: "gen", "dat", "acc", "ins", "loc" or "voc".
        """
        name = tidy(name)
        if confirmed := self.confirmed.get((name, case)):
            return confirmed
        parts, order = split(name)
        found = decline(parts.family, parts.given, parts.patronymic)
        form = " ".join(filter(None, (getattr(found.cases[case], part) for part in order)))
        if found.sure and len(name.split()) == len(order):
            return form
        return f"{form} {to_fill(doubt(name, case))}"

    def official(self, text: str, case: positions.PlaceCase) -> str:
        """A position, a body or a person in a case, as :meth:`in_case` marks what is not sure.

        Where a position stands before a person's name, both are put into the case.

        Args:
            text: in the nominative: «Рожищенський ліцей № 4», «директорка Ткач Ганна Іванівна».
            case: "gen" or "dat".
        """
        text = tidy(text)
        if confirmed := self.confirmed.get((text, case)):
            return confirmed
        position, person = _person_at_the_end(text)
        if not person:
            found = positions.in_case(text, case)
            return found.form if found.sure else f"{text} {to_fill(doubt(text, case))}"
        if not position:
            return self.in_case(person, case)
        head = positions.in_case(position.rstrip(","), case)
        name = self.in_case(person, case)
        if not head.sure:
            return f"{text} {to_fill(doubt(text, case))}"
        comma = "," if position.endswith(",") else ""
        return f"{head.form}{comma} {name}"


def _person_at_the_end(text: str) -> tuple[str, str]:
    """What stands before a person's name, and the name; "" where there is none."""
    words = text.split(" ")
    for length in (3, 2):
        name = words[-length:]
        if len(name) == length and all(word[:1].isupper() for word in name) and _is_person(name):
            return " ".join(words[:-length]), " ".join(name)
    return text, ""


def _is_person(words: Sequence[str]) -> bool:
    if len(words) == _FULL_NAME:
        return any(map(is_patronymic, words[1:]))
    return any(gender_of_given_name(word) for word in words) and all(map(str.isalpha, words))


def split(name: str) -> tuple[NameParts, tuple[str, ...]]:
    """The parts of a written name, and the order in which they stand.

    A patronymic tells the order; without one a known given name does, else the surname is first.
    """
    words = tidy(name).split()
    match words:
        case [family, given, patronymic] if is_patronymic(patronymic):
            return NameParts(family, given, patronymic), ("family", "given", "patronymic")
        case [given, patronymic, family] if is_patronymic(patronymic):
            return NameParts(family, given, patronymic), ("given", "patronymic", "family")
        case [first, second] if is_patronymic(second):
            return NameParts("", first, second), ("given", "patronymic")
        case [first, second] if gender_of_given_name(first) and not gender_of_given_name(second):
            return NameParts(second, first, ""), ("given", "family")
        case [first, second]:
            return NameParts(first, second, ""), ("family", "given")
        case [only]:
            return NameParts(only, "", ""), ("family",)
        case _:
            return NameParts(" ".join(words), "", ""), ("family",)
