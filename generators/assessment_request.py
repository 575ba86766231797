"""The request to the centre of social services: assess the family's needs, send the conclusion.

It tells what the notification says of the family and never who reported it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from generators import letters
from generators.letterhead import Requisites
from journal.cards import EntryCard
from rules.reporter import without_reporter
from rules.text import tidy
from rules.wording import date_in_figures, the_nth

KIND = "assessment_request"
REGISTER = "outgoing"
LAW = "п. 14"
VARIABLES: Mapping[str, str] = {
    **letters.VARIABLES,
    "особи": "дитина, сім’я, як їх названо в повідомленні",
    "місце_проживання": "адреса сім’ї, як її названо в повідомленні",
    "зміст": "абзаци змісту повідомлення, без імені заявника",
    "виявлено": "дата виявлення, ДД.ММ.РРРР",
    "терміново": "так, якщо є ознаки загрози життю чи здоров’ю дитини",
    "можливо_терміново": "так, якщо програма не змогла визначити, чи є загроза",
    "ознаки": "слова повідомлення, які свідчать про загрозу, у лапках через крапку з комою",
    "повторне": "котре це повідомлення щодо сім’ї, «3-тє»; порожньо, якщо перше",
    "строк": "останній день строку оцінки потреб, ДД.ММ.РРРР",
}


def needed(card: EntryCard) -> bool:
    """Always.

    Law: п. 14: a request follows every notification that the service has received.
    """
    return True


def context(card: EntryCard, requisites: Requisites) -> dict[str, Any]:
    """The letter's values: the family, its address, the gist and the sign of threat."""
    values = card.values
    return {
        **letters.requisites_context(card, requisites),
        "особи": _phrase(values.get("subject")),
        "місце_проживання": _phrase(values.get("address")),
        "зміст": letters.lines_said(_story(card).splitlines()),
        "виявлено": _figures(values.get("detected_on")),
        "терміново": card.urgent is True,
        "можливо_терміново": card.urgent is None,
        "ознаки": without_reporter(_quotes(card), values) or None,
        "повторне": _repeated(card),
        "строк": _due(card),
    }


def _repeated(card: EntryCard) -> str | None:
    """Law: п. 24: repeated notifications are told."""
    return the_nth(card.ordinal) if card.ordinal is not None and card.ordinal > 1 else None


def _phrase(text: str | None) -> str | None:
    """The text without the full stop that the letter sets itself."""
    return letters.said((text or "").rstrip(" .,;\n"))


def _story(card: EntryCard) -> str:
    return without_reporter(card.values.get("content") or "", card.values)


def _quotes(card: EntryCard) -> str:
    """The words in which the danger was seen, each once."""
    quotes = dict.fromkeys(tidy(sign.get("quote") or "") for sign in card.indicators)
    return "; ".join(f"«{quote}»" for quote in quotes if quote)


def _figures(iso: str | None) -> str | None:
    return date_in_figures(date.fromisoformat(iso)) if iso else None


def _due(card: EntryCard) -> str | None:
    """The end of the running clock of п. 18, where it has been started."""
    running = [d.due for d in card.deadlines if d.key == "needs_assessment" and d.runs]
    days = [due.date() if isinstance(due, datetime) else due for due in running]
    return date_in_figures(min(days)) if days else None
