"""The order by which the service puts children on its register of those in hard circumstances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generators import children, letters
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
    **children.DETAILS,
    "підстава": Detail("документи, на підставі яких видано наказ"),
}
VARIABLES: Mapping[str, str] = {
    **letters.NAMED_VARIABLES,
    "дитина": "прізвища, імена, по батькові дітей у називному відмінку через крапку з комою",
    "дата_народження": "дата народження, якщо дитина одна, РРРР-ММ-ДД",
    "дитини": "слово «дитини» або «дітей»",
    "дитину": "діти в знахідному відмінку (взяти на облік кого); кілька – кожна з датою народження",
    "народилася": "дата народження словесно-цифровим способом, якщо дитина одна",
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
    """The order's values; the children that are told, else the one whom the notification names."""
    named = children.values(card, told, requisites.names, {"дитину": "acc"})
    born = named["дата_народження"]
    if born and named["дитина"]:
        # Of one child the template says the day itself, in words.
        named["дитину"] = requisites.names.in_case(named["дитина"], "acc")
    return {
        **letters.named_context(card, requisites),
        **named,
        "народилася": date_in_words(letters.day(born)) if born else None,
        "місце_проживання": letters.phrase(card.values.get("address")),
        "підстава": told.get("підстава"),
    }
