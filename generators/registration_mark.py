"""The mark of registration on the printed notification: whose journal, number and date.

Its template is the mark alone, as large as it is printed; where it stands on the print is said in
:mod:`generators.stamping`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generators import letters
from generators.kind import NOBODY, Addressed, Directory, Issuer, NumberedIn
from generators.letterhead import Form, Requisites
from journal.cards import EntryCard
from rules.details import Details
from rules.text import tidy
from rules.wording import date_in_figures

KIND = "registration_mark"
WORDS = "друк повідомлення з відміткою про реєстрацію"
LAW = "п. 10"
REGISTER: NumberedIn = ""
FORM: Form = "named"
ISSUER: Issuer = "keeper"
AUTOMATIC = False
DETAILS: Details = {}
VARIABLES: Mapping[str, str] = {
    "установа": "повна назва установи, що веде журнал",
    "підрозділ": "її структурний підрозділ",
    "номер_реєстрації": "номер повідомлення в журналі, як його пише установа",
    "дата_цифрами": "дата реєстрації, ДД.ММ.РРРР",
}


def needed(card: EntryCard) -> bool:
    """Of every registered notification; a clerk asks for it where one is printed.

    Law: п. 10 and Додаток 1: number and date of registration stand on the form.
    """
    return True


def addressees(card: EntryCard, directory: Directory) -> Sequence[Addressed]:
    """Nobody: it stays in the case file."""
    return NOBODY


def context(card: EntryCard, requisites: Requisites, told: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the mark.

    Law: ДСТУ 4163:2020, requisite «Відмітка про надходження документа до організації».
    """
    return {
        "установа": tidy(requisites.issuer.name),
        "підрозділ": letters.said(requisites.issuer.unit),
        "номер_реєстрації": card.index or card.number,
        "дата_цифрами": date_in_figures(card.registered_at.date()),
    }
