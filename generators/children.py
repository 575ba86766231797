"""The children whom an order or a letter is about, named in the case that its sentence needs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from generators import letters
from generators.naming import Names
from journal.cards import EntryCard
from rules.details import Detail, Details
from rules.text import tidy
from rules.wording import date_in_figures, plural

DETAILS: Details = {
    "дитина": Detail(
        "прізвище, ім’я, по батькові дитини в називному відмінку; кількох – через крапку з комою"
    ),
    "дата_народження": Detail("дата народження, якщо дитина одна", is_day=True),
}
"""What a clerk tells of them; what is not told comes from the notification, where it is sure."""

_BETWEEN = re.compile(r"[;,\n]")


def listed(text: str | None) -> list[str]:
    """The names in a text, each once; a semicolon, comma or new line stands between them."""
    return list(dict.fromkeys(filter(None, map(tidy, _BETWEEN.split(text or "")))))


def joined(phrases: Sequence[str]) -> str:
    """«одного, другого та третього»."""
    return " та ".join(filter(None, (", ".join(phrases[:-1]), *phrases[-1:])))


def values(
    card: EntryCard, told: Mapping[str, Any], names: Names, cases: Mapping[str, str]
) -> dict[str, Any]:
    """The children as a document names them, each with the date of birth where it is known.

    Args:
        card: the entry.
        told: what a clerk has told, by DETAILS.
        names: how names are put into cases.
        cases: value of the template -> the case in which they stand there.
    """
    found = [letters.child(card, name) for name in listed(told.get("дитина"))]
    found = found or [letters.child(card, None)]
    born = (told.get("дата_народження") or found[0].born) if len(found) == 1 else None
    days = [born] if len(found) == 1 else [child.born for child in found]
    return {
        "дитина": "; ".join(child.name for child in found),
        "дата_народження": born,
        "дитини": plural(len(found), "дитини", "дітей", "дітей"),
        **{
            name: joined([_said(*one, names, case) for one in zip(found, days, strict=True)])
            for name, case in cases.items()
        },
    }


def _said(child: letters.Child, born: str | None, names: Names, case: str) -> str:
    if not child.name:
        return child.missing
    day = f" ({date_in_figures(letters.day(born))} р.\u00a0н.)" if born else ""
    return names.in_case(child.name, case) + day
