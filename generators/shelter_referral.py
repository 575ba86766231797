"""The referral by which a shelter takes a child; it tells no story, only whom, why and by whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generators import children, letters, placement_order
from generators.kind import Addressed, Directory, Issuer, NumberedIn
from generators.letterhead import Form, Requisites
from generators.to_fill import to_fill
from journal.cards import EntryCard
from rules.details import Detail, Details

KIND = "shelter_referral"
WORDS = "направлення дитини до притулку"
LAW = "п. 20"
REGISTER: NumberedIn = "outgoing"
FORM: Form = "letter"
ISSUER: Issuer = "keeper"
AUTOMATIC = False
DETAILS: Details = {
    **children.DETAILS,
    "підстава": Detail("рішення про відібрання дитини: назва, дата, номер"),
    "супроводжує": Detail("хто доставить дитину: посада, прізвище, ім’я"),
    "здоров_я": Detail("що притулок має знати про стан здоров’я дитини"),
}
VARIABLES: Mapping[str, str] = {
    **letters.VARIABLES,
    "дитина": "прізвища, імена, по батькові дітей у називному відмінку через крапку з комою",
    "дата_народження": "дата народження, якщо дитина одна, РРРР-ММ-ДД",
    "дитини": "слово «дитини» або «дітей»",
    "дитину": "діти в знахідному відмінку з датами народження (направляємо кого)",
    "підстава": "рішення про відібрання дитини",
    "супроводжує": "хто доставить дитину",
    "здоров_я": "що притулок має знати про стан здоров’я дитини",
}


def needed(card: EntryCard) -> bool:
    """As the order that places a child with relatives: a clerk chooses between the two.

    Law: п. 20: the shelter takes a child by a referral of the service.
    """
    return placement_order.needed(card)


def addressees(card: EntryCard, directory: Directory) -> Sequence[Addressed]:
    """The shelter of the regional service."""
    return directory.of_kind("shelter", "притулок для дітей")


def context(card: EntryCard, requisites: Requisites, told: Mapping[str, Any]) -> dict[str, Any]:
    """The referral's values; nothing of the notification but the child's name and birthday."""
    ground = letters.phrase(told.get("підстава"))
    return {
        **letters.requisites_context(card, requisites),
        **children.values(card, told, requisites.names, {"дитину": "acc"}),
        "підстава": ground or to_fill(placement_order.DECISION),
        "супроводжує": letters.phrase(told.get("супроводжує")),
        "здоров_я": letters.phrase(told.get("здоров_я")),
    }
