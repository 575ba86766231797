"""The words in which the commands name what the journal keeps: kinds, states, fields, terms."""

from __future__ import annotations

from datetime import date
from typing import Any

from generators.kinds import KINDS as _KINDS
from rules.wording import date_in_figures

CHANNELS = {
    "email": "електронна пошта",
    "folder": "папка сканів",
    "oral": "усно",
    "phone": "телефон",
    "paper": "на папері",
}
DEADLINES = {
    "register": "зареєструвати",
    "assessment_request": "запит про оцінку потреб",
    "urgent_visit": "терміновий візит",
    "safety_act": "акт оцінки рівня безпеки",
    "removal_petition": "клопотання про відібрання",
    "needs_assessment": "оцінка потреб (ЦСС)",
    "act_registered_decision": "реєстрація акта й рішення (ЦСС)",
    "conclusion_sent": "надіслати висновок (ЦСС)",
    "monitoring": "моніторинг сім’ї",
}
KINDS = {name: kind.WORDS for name, kind in _KINDS.items()}
PAPERS = frozenset(name for name, kind in _KINDS.items() if not kind.REGISTER)
"""Kinds that have no number: nobody approves or sends them."""
FOR_THE_FILE = "для справи"
STATES = {
    "draft": "проєкт",
    "approved": "погоджено",
    "signed": "підписано",
    "sending": "надсилається",
    "sent": "надіслано",
    "failed": "не надіслано",
    "void": "анульовано",
}


def urgent_word(urgent: bool | None) -> str:
    """How urgency is shown to a clerk: never silent where it could not be judged."""
    return {True: "ТЕРМІНОВО", False: "", None: "можливо"}[urgent]


def short(text: str | None, length: int = 48) -> str:
    """A text cut to a column's width; a dash where there is none."""
    text = text or "–"
    return text if len(text) <= length else text[: length - 1] + "…"


def person_words(person: dict[str, Any]) -> str:
    """A person with what is known of the age."""
    if person["birth_date"]:
        return f"{person['name']}, {iso_in_figures(person['birth_date'])} р. н."
    if person.get("birth_year"):
        return f"{person['name']}, {person['birth_year']} р. н."
    years = "" if person["age"] is None else f", повних років: {person['age']}"
    return f"{person['name']}{years}"


def iso_in_figures(iso: str) -> str:
    """A day of the parse contract as a document writes it."""
    return date_in_figures(date.fromisoformat(iso))
