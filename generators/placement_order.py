"""The order that places a child with relatives or acquaintances for the time being."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generators import children, letters
from generators.kind import NOBODY, Addressed, Directory, Issuer, NumberedIn
from generators.letterhead import Form, Requisites
from generators.steps import lived
from generators.to_fill import to_fill
from journal.cards import EntryCard
from rules.details import Detail, Details

KIND = "placement_order"
WORDS = "наказ про тимчасове влаштування дитини в сім’ю родичів або знайомих"
LAW = "п. 20"
REGISTER: NumberedIn = "orders"
FORM: Form = "named"
ISSUER: Issuer = "keeper"
AUTOMATIC = False
DETAILS: Details = {
    **children.DETAILS,
    "до_кого": Detail(
        "хто приймає дитину: прізвище, ім’я, по батькові в називному відмінку; кількох – через "
        "крапку з комою"
    ),
    "ким_доводиться": Detail("ким доводиться дитині: бабуся, тітка, знайома сім’ї"),
    "адреса": Detail("де проживатиме дитина"),
    "підстава": Detail("рішення про відібрання дитини: назва, дата, номер"),
}
VARIABLES: Mapping[str, str] = {
    **letters.NAMED_VARIABLES,
    "дитина": "прізвища, імена, по батькові дітей у називному відмінку через крапку з комою",
    "дата_народження": "дата народження, якщо дитина одна, РРРР-ММ-ДД",
    "дитини": "слово «дитини» або «дітей»",
    "дитину": "діти в знахідному відмінку з датами народження (влаштувати кого)",
    "до_кого": "хто приймає дитину, як указав працівник",
    "сім_я_кого": "ті самі особи в родовому відмінку (у сім’ю кого)",
    "ким_доводиться": "ким доводиться дитині",
    "адреса": "де проживатиме дитина",
    "підстава": "рішення про відібрання дитини",
}


def needed(card: EntryCard) -> bool:
    """Once the petition is filed, until the child is placed; a clerk chooses where and asks.

    Law: п. 20: placing with relatives or acquaintances is made by an order of the service.
    """
    return lived(card, "petition_filed") is not None and lived(card, "placed") is None


def addressees(card: EntryCard, directory: Directory) -> Sequence[Addressed]:
    """Nobody: an order."""
    return NOBODY


def context(card: EntryCard, requisites: Requisites, told: Mapping[str, Any]) -> dict[str, Any]:
    """The order's values; who takes the child, and by what decision, must be told."""
    people = [requisites.names.in_case(one, "gen") for one in children.listed(told.get("до_кого"))]
    takers = to_fill("хто приймає дитину: вкажіть до_кого=«прізвище, ім’я, по батькові»")
    return {
        **letters.named_context(card, requisites),
        **children.values(card, told, requisites.names, {"дитину": "acc"}),
        "до_кого": told.get("до_кого"),
        "сім_я_кого": children.joined(people) or takers,
        "ким_доводиться": letters.phrase(told.get("ким_доводиться")),
        "адреса": letters.phrase(told.get("адреса"))
        or to_fill("де проживатиме дитина: вкажіть адреса=«…»"),
        "підстава": letters.phrase(told.get("підстава")) or to_fill(DECISION),
    }


DECISION = "рішення про відібрання дитини: вкажіть підстава=«рішення … від … № …»"
"""What is missing where nobody has said by which decision the child was taken (п. 20)."""
