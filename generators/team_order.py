"""The order that forms the team of specialists who work with a child and its family."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from generators import children, letters, people
from generators.kind import NOBODY, Addressed, Directory, Issuer, NumberedIn
from generators.letterhead import Form, Requisites
from generators.steps import lived, paper_of
from generators.to_fill import to_fill
from journal.cards import EntryCard
from rules.details import Detail, Details

KIND = "team_order"
WORDS = "наказ про міждисциплінарну команду"
LAW = "п. 19, 21"
REGISTER: NumberedIn = "orders"
FORM: Form = "named"
ISSUER: Issuer = "keeper"
AUTOMATIC = False
DETAILS: Details = {
    "склад": Detail("члени команди, кожен із посадою", needed=True, example=people.EXAMPLE),
    **children.DETAILS,
    "меморандум": Detail(
        "дата й номер меморандуму про співпрацю, якщо в команді є громадська організація, "
        "благодійний фонд чи волонтер"
    ),
}
VARIABLES: Mapping[str, str] = {
    **letters.NAMED_VARIABLES,
    "дитина": "прізвища, імена, по батькові дітей у називному відмінку через крапку з комою",
    "дата_народження": "дата народження, якщо дитина одна, РРРР-ММ-ДД",
    "дитини": "слово «дитини» або «дітей»",
    "кого": "діти в родовому відмінку з датами народження (щодо кого)",
    "облік": "«№ 5 від 04.03.2026» наказу про взяття на облік; порожньо, якщо його ще немає",
    "склад": "члени команди, як їх указав працівник",
    "члени": "рядки таблиці; у кожного: номер, особа, посада",
    "меморандум": "дата й номер меморандуму про співпрацю",
}
_VOLUNTEERS = re.compile(
    r"\b(?:громадськ\w+ (?:організаці|спілк|об.єднан)\w*|благодійн\w+|волонтер\w*|ГО|БФ)\b"
)


def needed(card: EntryCard) -> bool:
    """Once the needs are assessed and no team is formed yet; a clerk knows its members and asks.

    Law: п. 19: the service forms the team.
    """
    return lived(card, "conclusion_received") is not None and lived(card, "team_formed") is None


def addressees(card: EntryCard, directory: Directory) -> Sequence[Addressed]:
    """Nobody: an order."""
    return NOBODY


def context(card: EntryCard, requisites: Requisites, told: Mapping[str, Any]) -> dict[str, Any]:
    """The order's values; the members and their positions must be told.

    Law: п. 21: organisations, funds and volunteers are members under a memorandum.
    """
    members = people.people(told.get("склад"))
    memorandum = letters.phrase(told.get("меморандум"))
    if not memorandum and any(_VOLUNTEERS.search(one.position) for one in members):
        memorandum = to_fill("меморандум про співпрацю (п. 21): вкажіть меморандум=«… № …»")
    return {
        **letters.named_context(card, requisites),
        **children.values(card, told, requisites.names, {"кого": "gen"}),
        "облік": paper_of(lived(card, "enrolled")),
        "склад": told.get("склад"),
        "члени": _rows(members),
        "меморандум": memorandum,
    }


def _rows(members: Sequence[people.Somebody]) -> list[dict[str, str]]:
    nobody = people.Somebody(to_fill("склад команди: вкажіть склад=«ПІБ – посада; …»"), "–")
    return [
        {
            "номер": str(number),
            "особа": one.name,
            "посада": one.position or to_fill("посада: вкажіть «ПІБ – посада»"),
        }
        for number, one in enumerate(members or [nobody], 1)
    ]
