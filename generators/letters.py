"""What all documents share: the requisites round the text, by ДСТУ 4163:2020.

A letter's values are named in Ukrainian, because the clerks who edit the templates read them.
They are plain JSON values, so that the journal can keep them beside the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from textwrap import wrap
from typing import Any

from generators.letterhead import Addressee, Form, Letterhead, Requisites
from generators.to_fill import to_fill
from journal.cards import EntryCard
from rules.text import tidy
from rules.wording import date_in_figures, date_in_words

_ADULT = 18
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

_ADDRESSEE = ("на_номер", "адресат", "адреса_адресата", "пошта_адресата")

NAMED_VARIABLES: Mapping[str, str] = {
    **{name: meaning for name, meaning in VARIABLES.items() if name not in _ADDRESSEE},
    "місце": "населений пункт, у якому складено документ",
}
"""The values of every order, act and minutes: no addressee, but the place."""

# Characters of a signatory's position in one line, so that the name fits beside it.
_POSITION_WIDTH = 40
_PATRONYMIC = re.compile(r"\w+(?:ович|йович|івна|ївна|ич|іч)", re.IGNORECASE)


def requisites_context(card: EntryCard, requisites: Requisites) -> dict[str, Any]:
    """The values that every letter has; a value that is missing is None and leaves its place out."""
    issuer, executor = requisites.issuer, requisites.executor
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
        **signature(issuer),
        "виконавець": said(executor.name) if executor else None,
        "телефон_виконавця": said(executor.phone) if executor else None,
    }


def named_context(card: EntryCard, requisites: Requisites) -> dict[str, Any]:
    """The values that every order, act and minutes has; the place must be there."""
    values = {**requisites_context(card, requisites), "місце": place_of(requisites)}
    return {name: value for name, value in values.items() if name not in _ADDRESSEE}


def place_of(requisites: Requisites) -> str:
    """The town in which a paper is made, or a place to fill in."""
    missing = to_fill("місце складання: впишіть place у [[office]]")
    return said(requisites.issuer.place) or missing


def missing_for_approval(requisites: Requisites, form: Form = "letter") -> list[str]:
    """What the document lacks before a person may approve it, each in words for a clerk."""
    issuer = requisites.issuer
    needs = {
        "поштова адреса установи": issuer.address,
        "посада керівника, який підписує лист": issuer.head_position,
        "ім’я та прізвище керівника, який підписує лист": issuer.head_name,
    }
    if form == "letter":
        needs["адресат"] = "".join(requisites.addressee.lines)
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


def signature(issuer: Letterhead) -> dict[str, str | None]:
    """Who signs, by position and name: both or none, for half a signature is none."""
    name, position = said(issuer.head_name), said(issuer.head_position)
    if name is None or position is None:
        return {"посада_підписанта": None, "підписант": None}
    lines = "\n".join(wrap(position, _POSITION_WIDTH))
    return {"посада_підписанта": lines, "підписант": signature_name(name)}


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


@dataclass(frozen=True, slots=True)
class Child:
    """The child whom a paper is about.

    Attributes:
        name: in the nominative, as the notification or a clerk writes it; "" where it is not clear.
        born: ISO date of birth; None where it is not known.
        missing: what stands in the name's place until a clerk tells it.
    """

    name: str
    born: str | None
    missing: str = to_fill("дитина: вкажіть дитина=«прізвище, ім’я, по батькові»")


def child(card: EntryCard, told: str | None) -> Child:
    """The child of an entry: the one that is told, else the only one that the notification names.

    Where it names several, or nobody who is surely a child, a clerk must say.
    """
    people = [person for person in card.values.get("persons") or () if person.get("name")]
    if told:
        same = [person for person in people if tidy(person["name"]) == tidy(told)]
        return Child(tidy(told), same[0].get("birth_date") if same else None)
    children = [person for person in people if _is_child(person, card)]
    if len(children) != 1:
        return Child("", None)
    return Child(tidy(children[0]["name"]), children[0].get("birth_date"))


def _is_child(person: Mapping[str, Any], card: EntryCard) -> bool:
    if born := person.get("birth_date"):
        birthday = day(born)
        seen = card.received_at.date()
        before = (seen.month, seen.day) < (birthday.month, birthday.day)
        return seen.year - birthday.year - before < _ADULT
    age = person.get("age")
    return age is not None and age < _ADULT


def day(iso: str) -> date:
    """The date that a card writes as an ISO string."""
    return date.fromisoformat(iso)


def phrase(text: str | None) -> str | None:
    """The text without the full stop that the letter sets itself."""
    return said((text or "").rstrip(" .,;\n"))


def quotes(card: EntryCard) -> str:
    """The words in which the danger was seen, each once."""
    found = dict.fromkeys(tidy(sign.get("quote") or "").rstrip(" .") for sign in card.indicators)
    return "; ".join(f"«{quote}»" for quote in found if quote)


def said(text: str | None) -> str | None:
    """The text on one line, or None where it says nothing («», «…», «___»)."""
    text = tidy(text or "")
    return text if any(map(str.isalnum, text)) else None


def lines_said(lines: Iterable[str]) -> list[str]:
    """Those of the lines that say anything."""
    return [line for line in map(said, lines) if line is not None]
