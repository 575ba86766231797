"""The answer to the sender: the notification is registered, who works on it, what follows.

It tells nothing that the sender did not write and names no child, so that it harms nobody if it
falls into other hands. An anonymous notification gets no answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from generators import letters
from generators.kind import Addressed, Directory, Issuer, NumberedIn
from generators.letterhead import Addressee, Form, Requisites
from journal.cards import EntryCard
from rules.details import Details
from rules.text import fold, tidy
from rules.wording import date_in_words

KIND = "registration_reply"
WORDS = "відповідь про реєстрацію"
LAW = "п. 10"
REGISTER: NumberedIn = "outgoing"
FORM: Form = "letter"
ISSUER: Issuer = "keeper"
AUTOMATIC = True
DETAILS: Details = {}
VARIABLES: Mapping[str, str] = {
    **letters.VARIABLES,
    "дата_отримання": "дата отримання повідомлення словесно-цифровим способом",
    "терміново": "так, якщо в повідомленні є ознаки загрози життю чи здоров’ю дитини",
}

_EMAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_PHONE = r"\+?\(?\d[\d ()-]{7,}\d"
_CONTACT = re.compile(
    rf"(?:\b(?:т(?:ел(?:ефон)?)?|факс|моб|e-?mail|ел(?:ектронна|\.)? ?пошта|пошта)\b[.:\s]*)?"
    rf"(?:{_EMAIL}|{_PHONE})[,;]?",
    re.IGNORECASE,
)
_TOWN = r"(?:м|с|смт)\. ?[А-ЯІЇЄҐ][\w’'-]+,? "
_REGION = r"[А-ЯІЇЄҐ][\w’'-]+ (?:обл\.|область|р-н|район),? "
_ADDRESS = re.compile(
    rf"(?:\d{{5}},? )?(?:{_REGION})*(?:{_TOWN})?(?:вул|пров|просп|бульв|пл)\. ?[А-ЯІЇЄҐ\d].*"
)


def needed(card: EntryCard) -> bool:
    """Whether somebody can be answered: a named sender, or a named person with an e-mail."""
    return addressee(card) is not None


def addressees(card: EntryCard, directory: Directory) -> Sequence[Addressed]:
    """The sender alone, where one can be answered; as the configuration writes it if it knows it."""
    found = addressee(card)
    if found is None:
        return ()
    [name] = found.lines
    lines = next(
        (b.addressee.lines for b in directory.bodies if fold(b.name) == fold(name)), (name,)
    )
    return (Addressed("", replace(found, lines=lines)),)


def addressee(card: EntryCard) -> Addressee | None:
    """The sender as the notification writes it, or None where nobody may or can be answered.

    The name stands as it was written; the letter says it in the dative.
    """
    values = card.values
    sender, reporter = tidy(values.get("sender") or ""), tidy(values.get("reporter") or "")
    email = values.get("sender_email") or _came_from(card)
    if "anonymous" in (values.get("reporter_kinds") or ()) or not (sender or (reporter and email)):
        return None
    name, address = _split(sender or reporter)
    return Addressee(lines=(name,), address=address, email=email or "")


def context(card: EntryCard, requisites: Requisites, told: Mapping[str, Any]) -> dict[str, Any]:
    """The letter's values; the name, address and story of the family are none of them."""
    values = card.values
    return {
        **letters.requisites_context(card, requisites),
        "адресат": _in_the_dative(card, requisites),
        "на_номер": letters.reference(values.get("outgoing_number"), values.get("outgoing_date")),
        "дата_отримання": date_in_words(card.received_at.date()),
        "терміново": card.urgent is True,
    }


def _in_the_dative(card: EntryCard, requisites: Requisites) -> list[str]:
    """The addressee's lines; what the configuration says of it stands in the dative already."""
    lines, sender = requisites.addressee.lines, addressee(card)
    if sender and [*map(fold, lines)] == [*map(fold, sender.lines)]:
        lines = tuple(requisites.names.official(line, "dat") for line in lines)
    return letters.lines_said(lines)


def _came_from(card: EntryCard) -> str | None:
    return next((a.sender_address for a in card.arrivals if a.sender_address), None)


def _split(sender: str) -> tuple[str, str]:
    """The name and the postal address in what the form's sender column says, contacts left out."""
    text = tidy(_CONTACT.sub(" ", sender)).strip(" ,;")
    address = _ADDRESS.search(text)
    if address is None or address.start() == 0:
        return text or sender, ""
    return text[: address.start()].strip(" ,;"), address[0].strip(" ,;")
