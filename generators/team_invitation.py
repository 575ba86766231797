"""The invitation to a meeting of the team: when and where, and nothing of the child or its family.

Whoever opens the letter learns no more than that there is a meeting; the responsible person tells
the rest to the one who is invited.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from generators import letters, people
from generators.kind import Addressed, Directory, Issuer, NumberedIn
from generators.letterhead import Addressee, Form, Requisites
from generators.steps import lived, paper_of
from generators.to_fill import to_fill
from journal.cards import EntryCard
from rules.details import Detail, Details
from rules.wording import date_in_words

KIND = "team_invitation"
WORDS = "запрошення на засідання міждисциплінарної команди"
LAW = "п. 21"
REGISTER: NumberedIn = "outgoing"
FORM: Form = "letter"
ISSUER: Issuer = "keeper"
AUTOMATIC = False
DETAILS: Details = {
    "дата_засідання": Detail("день засідання", needed=True, is_day=True),
    "час": Detail("початок засідання", needed=True, example="10:00"),
    "де": Detail(
        "місце засідання", needed=True, example="м. Вигадане, вул. Зразкова, 1, кабінет 5"
    ),
    "запрошені": Detail(
        "кому: key або kind партнера чи установи з налаштувань, а хто там не названий – так, як "
        "має стояти на листі, у давальному відмінку",
        needed=True,
        example="police; Ткач Олені Іванівні, психологу ліцею",
    ),
}
VARIABLES: Mapping[str, str] = {
    **letters.VARIABLES,
    "дата_засідання": "день засідання, РРРР-ММ-ДД",
    "відбудеться": "день засідання словесно-цифровим способом",
    "час": "початок засідання, ГГ:ХХ",
    "де": "місце засідання",
    "запрошені": "кому надсилаються запрошення, як указав працівник",
    "наказ": "«№ 5 від 04.03.2026» наказу про команду; порожньо, якщо його не записано",
}
_TIME = re.compile(r"(?:[01]?\d|2[0-3])[:.][0-5]\d")
_KEY = re.compile(r"[a-zA-Z0-9_-]+")
_NOBODY_TOLD = "кого запрошено: вкажіть запрошені=«police; Ткач Олені Іванівні, психологу»"


def needed(card: EntryCard) -> bool:
    """Once the team is formed; a clerk knows when it meets and asks.

    Law: п. 21: the service tells the members of a meeting; meetings are held as need be.
    """
    return lived(card, "team_formed") is not None


def addressees(card: EntryCard, directory: Directory) -> Sequence[Addressed]:
    """A letter to each of those who are told; of each meeting its own."""
    day = directory.told.get("дата_засідання") or ""
    found = {}
    for place, told in enumerate(people.listed(directory.told.get("запрошені")), 1):
        for key, addressee in _invited(told, place, directory):
            found[key] = Addressed(f"{day}:{key}", addressee)
    nobody = Addressed(day, Addressee(lines=(to_fill(_NOBODY_TOLD),)))
    return tuple(found.values()) or (nobody,)


def _invited(told: str, place: int, directory: Directory) -> list[tuple[str, Addressee]]:
    """The bodies with this key or of this kind; else somebody, as the clerk has written."""
    known = [body for body in directory.bodies if told in (body.key, body.kind)]
    if known:
        return [(body.key, body.addressee) for body in known]
    words = to_fill(f"невідомий адресат «{told}»") if _KEY.fullmatch(told) else told
    return [(f"{place}", Addressee(lines=(words,)))]


def context(card: EntryCard, requisites: Requisites, told: Mapping[str, Any]) -> dict[str, Any]:
    """The letter's values: when, where, and by which order there is a team."""
    day, time = told.get("дата_засідання"), told.get("час") or ""
    return {
        **letters.requisites_context(card, requisites),
        "дата_засідання": day,
        "відбудеться": date_in_words(letters.day(day)) if day else to_fill("дата засідання"),
        "час": time if _TIME.fullmatch(time) else to_fill("час засідання: вкажіть час=10:00"),
        "де": letters.phrase(told.get("де")) or to_fill("місце засідання: вкажіть де=«…»"),
        "запрошені": told.get("запрошені"),
        "наказ": paper_of(lived(card, "team_formed")),
    }
