"""The request to the centre of social services: assess the family's needs, send the conclusion.

It tells what the notification says of the family and never who reported it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from generators import letters
from generators.kind import ASSESSOR, Addressed, Directory, Issuer, NumberedIn
from generators.letterhead import Addressee, Form, Requisites
from journal.cards import EntryCard
from rules.details import Details
from rules.reporter import without_reporter
from rules.wording import date_in_figures, the_nth

KIND = "assessment_request"
WORDS = "запит про оцінку потреб"
LAW = "п. 14"
REGISTER: NumberedIn = "outgoing"
FORM: Form = "letter"
ISSUER: Issuer = "keeper"
AUTOMATIC = True
DETAILS: Details = {}
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
_CENTRE = Addressee(lines=("Комунальній установі «Центр соціальних служб»",))


def needed(card: EntryCard) -> bool:
    """Always, but where ЦСС keeps the journal itself.

    Law: п. 14: a request follows every notification that the service has received.
    """
    return card.office != ASSESSOR


def addressees(card: EntryCard, directory: Directory) -> Sequence[Addressed]:
    """ЦСС."""
    found = [one for one in directory.bodies if one.key == ASSESSOR]
    return (Addressed("", found[0].addressee if found else _CENTRE),)


def context(card: EntryCard, requisites: Requisites, told: Mapping[str, Any]) -> dict[str, Any]:
    """The letter's values: the family, its address, the gist and the sign of threat."""
    values = card.values
    return {
        **letters.requisites_context(card, requisites),
        "особи": letters.phrase(values.get("subject")),
        "місце_проживання": letters.phrase(values.get("address")),
        "зміст": letters.lines_said(_story(card).splitlines()),
        "виявлено": _figures(values.get("detected_on")),
        "терміново": card.urgent is True,
        "можливо_терміново": card.urgent is None,
        "ознаки": without_reporter(letters.quotes(card), values) or None,
        "повторне": _repeated(card),
        "строк": _due(card),
    }


def _repeated(card: EntryCard) -> str | None:
    """Law: п. 24: repeated notifications are told."""
    return the_nth(card.ordinal) if card.ordinal is not None and card.ordinal > 1 else None


def _story(card: EntryCard) -> str:
    return without_reporter(card.values.get("content") or "", card.values)


def _figures(iso: str | None) -> str | None:
    return date_in_figures(date.fromisoformat(iso)) if iso else None


def _due(card: EntryCard) -> str | None:
    """The end of the running clock of п. 18, where it has been started."""
    running = [d.due for d in card.deadlines if d.key == "needs_assessment" and d.runs]
    days = [due.date() if isinstance(due, datetime) else due for due in running]
    return date_in_figures(min(days)) if days else None
