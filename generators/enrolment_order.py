"""The order by which the service puts a child on its register of children in hard circumstances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generators import letters
from generators.kind import NOBODY, Addressed, Directory, Issuer, NumberedIn
from generators.letterhead import Form, Requisites
from journal.cards import EntryCard
from rules.details import Detail, Details
from rules.wording import date_in_words

KIND = "enrolment_order"
WORDS = "наказ про взяття дитини на облік"
LAW = "п. 19"
REGISTER: NumberedIn = "orders"
FORM: Form = "named"
ISSUER: Issuer = "keeper"
AUTOMATIC = False
DETAILS: Details = {
    "дитина": Detail("прізвище, ім’я, по батькові дитини в називному відмінку"),
    "дата_народження": Detail("дата народження дитини", is_day=True),
    "підстава": Detail("документи, на підставі яких видано наказ"),
}
VARIABLES: Mapping[str, str] = {
    **letters.NAMED_VARIABLES,
    "дитина": "прізвище, ім’я, по батькові дитини в називному відмінку",
    "дитину": "те саме в знахідному відмінку (взяти на облік кого)",
    "дата_народження": "дата народження дитини, РРРР-ММ-ДД",
    "народилася": "дата народження словесно-цифровим способом",
    "місце_проживання": "адреса сім’ї, як її названо в повідомленні",
    "підстава": "документи, на підставі яких видано наказ",
}


def needed(card: EntryCard) -> bool:
    """Once the assessment is done and the child is not enrolled yet; a clerk decides and asks.

    Law: п. 19: the service decides about the enrolment after the assessment.
    """
    happened = {event.kind for event in card.events if event.undone is None}
    return "conclusion_received" in happened and "enrolled" not in happened


def addressees(card: EntryCard, directory: Directory) -> Sequence[Addressed]:
    """Nobody: an order."""
    return NOBODY


def context(card: EntryCard, requisites: Requisites, told: Mapping[str, Any]) -> dict[str, Any]:
    """The order's values; the child that is told, else the one whom the notification names."""
    child = letters.child(card, told.get("дитина"))
    born = told.get("дата_народження") or child.born
    return {
        **letters.named_context(card, requisites),
        "дитина": child.name,
        "дитину": requisites.names.in_case(child.name, "acc") if child.name else child.missing,
        "дата_народження": born,
        "народилася": date_in_words(letters.day(born)) if born else None,
        "місце_проживання": letters.phrase(card.values.get("address")),
        "підстава": told.get("підстава"),
    }
