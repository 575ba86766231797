"""Names of people in the case that a sentence needs; what is not sure is marked for a person.

What a clerk has confirmed goes before every rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generators.to_fill import to_fill
from rules.given_names import gender_of_given_name
from rules.names import NameParts, decline, doubt, is_patronymic
from rules.text import tidy


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
