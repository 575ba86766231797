"""The working blank of the act on how safe a child is, taken along to the urgent visit.

What the notification tells stands in its head; what is seen there, date and number are written by
hand. The office approves the form of its own act: this one only serves until it has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generators import letters
from generators.kind import NOBODY, Addressed, Directory, Issuer, NumberedIn
from generators.letterhead import Form, Requisites
from journal.cards import EntryCard
from rules.details import Details
from rules.reporter import without_reporter
from rules.wording import date_in_words

KIND = "safety_assessment_act"
WORDS = "акт оцінки рівня безпеки дитини (робочий бланк)"
LAW = "п. 16"
REGISTER: NumberedIn = ""
FORM: Form = "named"
ISSUER: Issuer = "keeper"
AUTOMATIC = True
DETAILS: Details = {}
# Written by hand at the visit: its day, its number, and who signs.
_BY_HAND = ("дата", "індекс", "посада_підписанта", "підписант", "виконавець", "телефон_виконавця")
VARIABLES: Mapping[str, str] = {
    **{name: said for name, said in letters.NAMED_VARIABLES.items() if name not in _BY_HAND},
    "дата_отримання": "дата отримання повідомлення словесно-цифровим способом",
    "час_отримання": "час отримання повідомлення, ГГ:ХХ",
    "особи": "дитина, сім’я, як їх названо в повідомленні",
    "місце_проживання": "адреса сім’ї, як її названо в повідомленні",
    "ознаки": "слова повідомлення, які свідчать про загрозу, у лапках через крапку з комою",
}


def needed(card: EntryCard) -> bool:
    """Where the notification shows a threat to life or health.

    Law: п. 15, 16: the service visits at once and makes the act during the visit.
    """
    return card.urgent is True


def addressees(card: EntryCard, directory: Directory) -> Sequence[Addressed]:
    """Nobody: an act."""
    return NOBODY


def context(card: EntryCard, requisites: Requisites, told: Mapping[str, Any]) -> dict[str, Any]:
    """What is known before the visit: the family, the address, the sign of threat."""
    round_it = letters.named_context(card, requisites)
    values = card.values
    return {
        **{name: value for name, value in round_it.items() if name not in _BY_HAND},
        "дата_отримання": date_in_words(card.received_at.date()),
        "час_отримання": f"{card.received_at:%H:%M}",
        "особи": letters.phrase(values.get("subject")),
        "місце_проживання": letters.phrase(values.get("address")),
        "ознаки": without_reporter(letters.quotes(card), values) or None,
    }
