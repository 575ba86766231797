"""What all letters share: the requisites round the text, by ДСТУ 4163:2020.

A letter's values are named in Ukrainian, because the clerks who edit the templates read them.
They are plain JSON values, so that the journal can keep them beside the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from textwrap import wrap
from typing import Any, Protocol

from generators.letterhead import Addressee, Letterhead, Requisites
from journal.cards import EntryCard
from rules.text import tidy
from rules.wording import date_in_figures, date_in_words

NUMBER_TO_COME = "[номер буде надано після погодження]"
"""Stands in a draft for the index that its series gives at approval; lint refuses it afterwards."""

VARIABLES: Mapping[str, str] = {
    "установа": "повна назва установи, що надсилає лист",
    "підрозділ": "її структурний підрозділ",
    "контакти_установи": "поштова адреса, телефон, електронна пошта установи одним рядком",
    "пошта_установи": "електронна пошта установи",
    "дата": "дата листа, ДД.ММ.РРРР",
    "індекс": "реєстраційний індекс листа",
    "на_номер": "«… від …» листа, на який відповідаємо; порожньо, якщо немає номера або дати",
    "адресат": "рядки адресата",
    "адреса_адресата": "поштова адреса адресата",
    "пошта_адресата": "електронна пошта адресата, якщо немає поштової адреси",
    "порядок": "назва Порядку в родовому відмінку",
    "номер_реєстрації": "номер повідомлення в журналі",
    "дата_реєстрації": "дата реєстрації повідомлення словесно-цифровим способом",
    "посада_підписанта": "посада того, хто підписує, рядками",
    "підписант": "власне ім’я та прізвище того, хто підписує",
    "виконавець": "хто підготував лист",
    "телефон_виконавця": "телефон виконавця",
}
"""The values of every letter, and what each of them is."""

# Characters of a signatory's position in one line, so that the name fits beside it.
_POSITION_WIDTH = 40
_PATRONYMIC = re.compile(r"\w+(?:ович|йович|івна|ївна|ич|іч)", re.IGNORECASE)


class Kind(Protocol):
    """What a module of one kind of letter offers; ``generators.kinds`` lists them."""

    KIND: str
    REGISTER: str
    LAW: str
    VARIABLES: Mapping[str, str]

    def needed(self, card: EntryCard) -> bool:
        """Whether this entry gets such a letter."""
        ...

    def context(self, card: EntryCard, requisites: Requisites) -> dict[str, Any]:
        """The values of the letter, named as in VARIABLES."""
        ...


def requisites_context(card: EntryCard, requisites: Requisites) -> dict[str, Any]:
    """The values that every letter has; a value that is missing is None and leaves its place out."""
    issuer, executor = requisites.issuer, requisites.executor
    name, position = _signature(issuer)
    return {
        "установа": tidy(issuer.name),
        "підрозділ": said(issuer.unit),
        "контакти_установи": _contacts(issuer),
        "пошта_установи": said(issuer.email),
        "дата": date_in_figures(requisites.dated),
        "індекс": requisites.index or NUMBER_TO_COME,
        "на_номер": None,
        **_addressee(requisites.addressee),
        "порядок": tidy(requisites.procedure),
        "номер_реєстрації": card.number,
        "дата_реєстрації": date_in_words(card.registered_at.date()),
        "посада_підписанта": position,
        "підписант": name,
        "виконавець": said(executor.name) if executor else None,
        "телефон_виконавця": said(executor.phone) if executor else None,
    }


def missing_for_approval(requisites: Requisites) -> list[str]:
    """What the letter lacks before a person may approve it, each in words for a clerk."""
    issuer = requisites.issuer
    needs = {
        "поштова адреса установи": issuer.address,
        "посада керівника, який підписує лист": issuer.head_position,
        "ім’я та прізвище керівника, який підписує лист": issuer.head_name,
        "адресат": "".join(requisites.addressee.lines),
    }
    return [what for what, value in needs.items() if said(value) is None]


def reference(number: str | None, dated: date | str | None) -> str | None:
    """What follows «На №»: «01-15/123 від 04.03.2026», whole or not at all.

    Args:
        number: the outgoing number of the letter that is answered.
        dated: its date, or the ISO string that a card holds.
    """
    if not dated or said(number) is None:
        return None
    day = date.fromisoformat(dated) if isinstance(dated, str) else dated
    return f"{tidy(number or '')} від {date_in_figures(day)}"


def signature_name(name: str) -> str:
    """«Власне ім’я ПРІЗВИЩЕ» of a name given so, or with a patronymic in either usual order.

    Law: ДСТУ 4163:2020, requisite «Підпис»: without a patronymic, the surname in capitals.
    """
    match tidy(name).split():
        case [given, patronymic, family] if _PATRONYMIC.fullmatch(patronymic):
            return f"{given} {family.upper()}"
        case [family, given, patronymic] if _PATRONYMIC.fullmatch(patronymic):
            return f"{given} {family.upper()}"
        case words:
            return " ".join(words)


def _signature(issuer: Letterhead) -> tuple[str | None, str | None]:
    """The name and position of who signs: both or none, for half a signature is none."""
    name, position = said(issuer.head_name), said(issuer.head_position)
    if name is None or position is None:
        return None, None
    return signature_name(name), "\n".join(wrap(position, _POSITION_WIDTH))


def _contacts(issuer: Letterhead) -> str | None:
    phone, email = said(issuer.phone), said(issuer.email)
    parts = [
        said(issuer.address),
        phone and f"тел.\u00a0{phone}",
        email and f"ел.\u00a0пошта:\u00a0{email}",
    ]
    return ", ".join(filter(None, parts)) or None


def _addressee(addressee: Addressee) -> dict[str, Any]:
    address, email = said(addressee.address), said(addressee.email)
    return {
        "адресат": lines_said(addressee.lines),
        "адреса_адресата": address,
        "пошта_адресата": None if address else email,
    }


def said(text: str | None) -> str | None:
    """The text on one line, or None where it says nothing («», «…», «___»)."""
    text = tidy(text or "")
    return text if any(map(str.isalnum, text)) else None


def lines_said(lines: Iterable[str]) -> list[str]:
    """Those of the lines that say anything."""
    return [line for line in map(said, lines) if line is not None]
