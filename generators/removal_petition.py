"""The petition to the mayor: take the child at once from those who are a danger to it.

The mayor decides by it, so it says what was established, by whose act, and from whom to take the
child; who reported the family is not in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generators import children, letters
from generators.kind import Addressed, Directory, Issuer, NumberedIn
from generators.letterhead import Form, Requisites
from generators.naming import Names
from generators.steps import lived, paper_of
from generators.to_fill import to_fill
from journal.cards import EntryCard
from rules.details import Detail, Details
from rules.wording import date_in_words

KIND = "removal_petition"
WORDS = "клопотання про невідкладне відібрання дитини"
LAW = "п. 19"
REGISTER: NumberedIn = "outgoing"
FORM: Form = "letter"
ISSUER: Issuer = "keeper"
AUTOMATIC = True
DETAILS: Details = {
    **children.DETAILS,
    "батьки": Detail(
        "у кого відібрати: прізвище, ім’я, по батькові в називному відмінку; кількох – через "
        "крапку з комою"
    ),
    "обставини": Detail("які факти загрози встановлено, реченням"),
}
VARIABLES: Mapping[str, str] = {
    **letters.VARIABLES,
    "дитина": "прізвища, імена, по батькові дітей у називному відмінку через крапку з комою",
    "дата_народження": "дата народження, якщо дитина одна, РРРР-ММ-ДД",
    "дитини": "слово «дитини» або «дітей»",
    "дитину": "діти в знахідному відмінку з датами народження (відібрати кого)",
    "батьки": "у кого відібрати, як указав працівник",
    "у_батьків": "ті самі особи в родовому відмінку (відібрати в кого)",
    "обставини": "які факти загрози встановлено",
    "підтверджено": "дата, коли загрозу підтверджено, словесно-цифровим способом",
    "акт": "«від … № …» акта проведення оцінки рівня безпеки дитини; порожньо, якщо невідомо",
    "місце_проживання": "адреса сім’ї, як її названо в повідомленні",
}


def needed(card: EntryCard) -> bool:
    """Once the threat is confirmed, until the petition is filed.

    Law: п. 19: within one day the service prepares the petition and submits it to the mayor.
    """
    return lived(card, "threat_confirmed") is not None and lived(card, "petition_filed") is None


def addressees(card: EntryCard, directory: Directory) -> Sequence[Addressed]:
    """The mayor."""
    return directory.of_kind("mayor", "міський голова")


def context(card: EntryCard, requisites: Requisites, told: Mapping[str, Any]) -> dict[str, Any]:
    """The petition's values; what only a person can say of the family is asked for."""
    confirmed = lived(card, "threat_confirmed")
    story = letters.phrase(told.get("обставини"))
    return {
        **letters.requisites_context(card, requisites),
        **children.values(card, told, requisites.names, {"дитину": "acc"}),
        "батьки": told.get("батьки"),
        "у_батьків": _from_whom(told.get("батьки"), requisites.names),
        "обставини": story or to_fill("обставини: вкажіть обставини=«які факти встановлено»"),
        "підтверджено": date_in_words(confirmed.at.date()) if confirmed else None,
        "акт": paper_of(lived(card, "safety_act_made")),
        "місце_проживання": letters.phrase(card.values.get("address")),
    }


def _from_whom(told: str | None, names: Names) -> str:
    people = [names.in_case(name, "gen") for name in children.listed(told)]
    asked = to_fill("у кого відібрати: вкажіть батьки=«прізвище, ім’я, по батькові»")
    return children.joined(people) or asked
