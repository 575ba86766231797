"""The centre's letter to the body that grants services: the conclusion and what is asked for.

It tells who the services are for and which, and nothing of what was reported.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generators import letters, people
from generators.kind import Addressed, Directory, Issuer, NumberedIn
from generators.letterhead import Form, Requisites
from generators.steps import lived, paper_of
from generators.to_fill import to_fill
from journal.cards import EntryCard
from rules.details import Detail, Details
from rules.text import tidy
from rules.wording import date_in_words

KIND = "services_referral"
WORDS = "направлення на соціальні послуги"
LAW = "п. 18"
REGISTER: NumberedIn = "outgoing"
FORM: Form = "letter"
ISSUER: Issuer = "assessor"
AUTOMATIC = False
BODY = "services"
"""The kind of the partner that decides about services."""
DETAILS: Details = {
    "послуги": Detail(
        "позначки послуг із довідника services.toml через кому",
        needed=True,
        example="support, counselling",
    ),
    "отримувачі": Detail(
        "кому потрібні послуги; типово – про кого повідомлення",
    ),
    "висновок": Detail("висновок оцінки потреб", example="№ 7 від 04.03.2026"),
    "згода": Detail("день, коли батьки чи законні представники дали згоду", is_day=True),
}
VARIABLES: Mapping[str, str] = {
    **letters.VARIABLES,
    "послуги": "позначки послуг, як їх указав працівник",
    "перелік": "абзаци: послуги, про які йдеться, з номерами",
    "отримувачі": "кому потрібні послуги, як указав працівник",
    "кому_послуги": "кому потрібні послуги",
    "місце_проживання": "адреса сім’ї, як її названо в повідомленні",
    "висновок": "висновок оцінки потреб, як указав працівник",
    "за_висновком": "номер і дата висновку оцінки потреб",
    "згода": "день згоди батьків, РРРР-ММ-ДД",
    "день_згоди": "той самий день словесно-цифровим способом; порожньо, якщо відомо лише, що згода є",
    "немає_згоди": "місце, яке слід заповнити, коли згоди батьків не записано",
}
_NO_CATALOGUE = "довідник послуг не читається: opika check"
_NO_SERVICE = "послуги: вкажіть послуги=позначки з довідника services.toml через кому"
_NO_CONSENT = "згода батьків (п. 18): вкажіть згода=ДАТА або запишіть services_decided consent=yes"
_REFUSED = "батьки згоди не дали (п. 18); якщо дали пізніше, вкажіть згода=ДАТА"


def needed(card: EntryCard) -> bool:
    """Once the parents have agreed; a worker of the centre chooses the services and asks.

    Law: п. 18: with consent the conclusion goes to the authorised body on the next working day.
    """
    return _consent(card) == "yes"


def addressees(card: EntryCard, directory: Directory) -> Sequence[Addressed]:
    """The body that decides about social services."""
    return directory.of_kind(BODY, "орган, що призначає соціальні послуги")


def context(card: EntryCard, requisites: Requisites, told: Mapping[str, Any]) -> dict[str, Any]:
    """The letter's values: for whom, which services, by which conclusion, with whose consent."""
    agreed = told.get("згода")
    made = paper_of(lived(card, "conclusion_received") or lived(card, "act_made"))
    return {
        **letters.requisites_context(card, requisites),
        **{key: told.get(key) for key in DETAILS},
        "перелік": _services(told.get("послуги"), requisites.services),
        "кому_послуги": letters.phrase(told.get("отримувачі"))
        or letters.phrase(card.values.get("subject"))
        or to_fill("кому потрібні послуги: вкажіть отримувачі=«…»"),
        "місце_проживання": letters.phrase(card.values.get("address")),
        "за_висновком": letters.phrase(told.get("висновок"))
        or (made and f"№ {made}")
        or to_fill("висновок оцінки потреб: вкажіть висновок=«№ … від …»"),
        "день_згоди": date_in_words(letters.day(agreed)) if agreed else None,
        "немає_згоди": None if agreed else _lacks(_consent(card)),
    }


def _consent(card: EntryCard) -> str | None:
    decided = lived(card, "services_decided")
    return decided.details.get("consent") if decided else None


def _lacks(consent: str | None) -> str | None:
    if consent == "yes":
        return None
    return to_fill(_REFUSED if consent == "no" else _NO_CONSENT)


def _services(told: str | None, catalogue: Mapping[str, str]) -> list[str]:
    """The services that are told, each once, in the catalogue's words."""
    chosen = dict.fromkeys(filter(None, map(tidy, (told or "").split(","))))
    if not chosen:
        return [to_fill(_NO_SERVICE)]
    if not catalogue:
        return [to_fill(_NO_CATALOGUE)]
    allowed = ", ".join(catalogue)
    return people.numbered(
        [
            catalogue.get(one) or to_fill(f"послуги «{one}» у довіднику немає; є: {allowed}")
            for one in chosen
        ]
    )
