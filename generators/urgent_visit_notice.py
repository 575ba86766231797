"""The call to an urgent visit: police, ЦПМСД and ЦСС go to the child together with the service.

It tells where the child is and what threatens it, and never who reported that. One letter each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generators import letters
from generators.kind import ASSESSOR, Addressed, Directory, Issuer, NumberedIn
from generators.letterhead import Form, Requisites
from journal.cards import EntryCard
from rules.details import Details
from rules.reporter import without_reporter
from rules.wording import date_in_words

KIND = "urgent_visit_notice"
WORDS = "повідомлення про невідкладний візит"
LAW = "п. 15"
REGISTER: NumberedIn = "outgoing"
FORM: Form = "letter"
ISSUER: Issuer = "keeper"
AUTOMATIC = True
DETAILS: Details = {}
VARIABLES: Mapping[str, str] = {
    **letters.VARIABLES,
    "дата_отримання": "дата отримання повідомлення словесно-цифровим способом",
    "час_отримання": "час отримання повідомлення, ГГ:ХХ",
    "особи": "дитина, сім’я, як їх названо в повідомленні",
    "місце_проживання": "адреса сім’ї, як її названо в повідомленні",
    "ознаки": "слова повідомлення, які свідчать про загрозу, у лапках через крапку з комою",
}
_BODIES = {"police": "орган поліції", "cpmsd": "центр первинної медико-санітарної допомоги"}


def needed(card: EntryCard) -> bool:
    """Where the notification shows a threat to life or health.

    Law: п. 15: the service visits at once, with police, ЦПМСД and ЦСС.
    """
    return card.urgent is True


def addressees(card: EntryCard, directory: Directory) -> Sequence[Addressed]:
    """Police, ЦПМСД and ЦСС: a letter to each of them."""
    others = [one for kind, words in _BODIES.items() for one in directory.of_kind(kind, words)]
    if card.office == ASSESSOR:
        return others
    return [*others, *directory.of_kind(ASSESSOR, "центр соціальних служб")]


def context(card: EntryCard, requisites: Requisites, told: Mapping[str, Any]) -> dict[str, Any]:
    """The letter's values: who, where, and the sign of threat."""
    values = card.values
    return {
        **letters.requisites_context(card, requisites),
        "дата_отримання": date_in_words(card.received_at.date()),
        "час_отримання": f"{card.received_at:%H:%M}",
        "особи": letters.phrase(values.get("subject")),
        "місце_проживання": letters.phrase(values.get("address")),
        "ознаки": without_reporter(letters.quotes(card), values) or None,
    }
