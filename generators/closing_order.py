"""The order that ends the work with a child, once the monitoring after it is over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from generators import children, letters
from generators.kind import NOBODY, Addressed, Directory, Issuer, NumberedIn
from generators.letterhead import Form, Requisites
from generators.steps import lived, paper_of
from generators.to_fill import to_fill
from journal.cards import EntryCard
from rules.details import Detail, Details
from rules.wording import date_in_words

KIND = "closing_order"
WORDS = "наказ про завершення роботи й зняття дитини з обліку"
LAW = "п. 22, 23"
REGISTER: NumberedIn = "orders"
FORM: Form = "named"
ISSUER: Issuer = "keeper"
AUTOMATIC = False
EVENT = "closed"
"""It is drafted only where the law lets the case be closed today."""
DETAILS: Details = {
    **children.DETAILS,
    "рішення": Detail(
        "рішення команди про завершення роботи", example="протокол № 4 від 04.03.2026"
    ),
    "моніторинг_з": Detail("відколи тривав моніторинг", is_day=True),
}
VARIABLES: Mapping[str, str] = {
    **letters.NAMED_VARIABLES,
    "дитина": "прізвища, імена, по батькові дітей у називному відмінку через крапку з комою",
    "дата_народження": "дата народження, якщо дитина одна, РРРР-ММ-ДД",
    "дитини": "слово «дитини» або «дітей»",
    "дитину": "діти в знахідному відмінку з датами народження (зняти з обліку кого)",
    "рішення": "рішення команди про завершення роботи, як указав працівник",
    "за_рішенням": "протокол команди, яким вирішено завершити роботу",
    "моніторинг_з": "відколи тривав моніторинг, РРРР-ММ-ДД",
    "початок_моніторингу": "те саме словесно-цифровим способом",
    "усиновлено": "так, якщо дитина мала статус сироти й усиновлена",
}


def needed(card: EntryCard) -> bool:
    """Once the end of the work is decided and nothing has undone that; a clerk asks.

    Whether the months of monitoring are over is asked of the whole case when it is drafted (EVENT).

    Law: п. 22: monitoring follows the decision; п. 23: an orphan must have been adopted.
    """
    counts = {kind: _count(card, kind) for kind in ("orphan", "adopted")}
    return card.status == "monitoring" and counts["orphan"] <= counts["adopted"]


def _count(card: EntryCard, kind: str) -> int:
    return sum(event.kind == kind and event.undone is None for event in card.events)


def addressees(card: EntryCard, directory: Directory) -> Sequence[Addressed]:
    """Nobody: an order."""
    return NOBODY


def context(card: EntryCard, requisites: Requisites, told: Mapping[str, Any]) -> dict[str, Any]:
    """The order's values; by which decision, and since when the family was looked after."""
    since = told.get("моніторинг_з") or _monitored_since(card)
    ended = paper_of(lived(card, "work_ended"))
    return {
        **letters.named_context(card, requisites),
        **children.values(card, told, requisites.names, {"дитину": "acc"}),
        "рішення": told.get("рішення"),
        "за_рішенням": letters.phrase(told.get("рішення"))
        or (ended and f"протокол № {ended}")
        or to_fill("рішення команди: вкажіть рішення=«протокол № … від …»"),
        "моніторинг_з": since,
        "початок_моніторингу": date_in_words(date.fromisoformat(since))
        if since
        else to_fill("відколи тривав моніторинг: вкажіть моніторинг_з=ДАТА"),
        "усиновлено": lived(card, "adopted") is not None,
    }


def _monitored_since(card: EntryCard) -> str | None:
    """The day of the decision; the clock of an earlier, resumed work is none of it."""
    ended = lived(card, "work_ended")
    return ended.at.date().isoformat() if ended else None
