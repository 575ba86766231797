"""The filled form «Додаток 1» of a notification that the office itself wrote down.

No letter: it is for the case file, has no number of its own, and is never sent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from generators.kind import NOBODY, Addressed, Directory, Issuer, NumberedIn
from generators.letterhead import Form, Requisites
from journal.cards import EntryCard
from rules.details import Details
from rules.wording import date_in_figures

KIND = "notification_form"
WORDS = "заповнена форма (Додаток 1)"
LAW = "п. 10"
REGISTER: NumberedIn = ""
FORM: Form = "named"
ISSUER: Issuer = "keeper"
AUTOMATIC = True
DETAILS: Details = {}
_EMAIL = re.compile(r"(?<= )\S+@\S+")
TICKED, EMPTY = "☒", "☐"
_VIA = {"усно": "oral", "письмово": "written", "по_телефону": "phone"}
_REPORTERS = {
    "самозвернення": "self",
    "від_родичів": "relatives",
    "від_сусідів": "neighbours",
    "анонімно": "anonymous",
    "від_суб_єкта": "social_work_body",
    "інше": "other",
}
_TEXTS = {
    "номер_вих": "outgoing_number",
    "номер_вхід": "incoming_number",
    "отримувач": "recipient",
    "про_кого": "subject",
    "місце_проживання": "address",
    "зміст": "content",
    "від_кого": "reporter",
    "за_результатами": "basis",
    "вжиті_заходи": "measures_taken",
    "додатки": "enclosures",
    "прийняв": "accepted_by",
    "час_прийняття": "accepted_time",
}
_DATES = {
    "дата_вих": "outgoing_date",
    "дата_вхід": "incoming_date",
    "дата_прийняття": "accepted_date",
}
VARIABLES: Mapping[str, str] = {
    "дата_вих": "вихідна дата відправника, ДД.ММ.РРРР",
    "номер_вих": "вихідний номер відправника",
    "відправник": "організація, яка направляє повідомлення",
    "дата_вхід": "вхідна дата, ДД.ММ.РРРР",
    "номер_вхід": "вхідний номер",
    "отримувач": "організація, яка отримала повідомлення",
    "номер_реєстрації": "номер повідомлення в журналі",
    "день_реєстрації": "день реєстрації, дві цифри",
    "місяць_реєстрації": "місяць реєстрації, дві цифри",
    "рік_реєстрації": "рік реєстрації",
    "усно": "☒, якщо надійшло усно, інакше ☐",
    "письмово": "☒, якщо надійшло письмово, інакше ☐",
    "по_телефону": "☒, якщо надійшло по телефону, інакше ☐",
    "про_кого": "прізвище сім’ї або ПІБ особи, дитини та її вік",
    "місце_проживання": "місце проживання",
    "зміст": "зміст повідомлення з датою виявлення",
    "від_кого": "хто повідомив",
    "самозвернення": "☒, якщо це самозвернення, інакше ☐",
    "від_родичів": "☒, якщо повідомили родичі, інакше ☐",
    "від_сусідів": "☒, якщо повідомили сусіди чи знайомі, інакше ☐",
    "анонімно": "☒, якщо повідомили анонімно, інакше ☐",
    "від_суб_єкта": "☒, якщо повідомив суб’єкт соціальної роботи, інакше ☐",
    "інше": "☒, якщо повідомив хтось інший, інакше ☐",
    "за_результатами": "за результатами чого виявлено",
    "вжиті_заходи": "що вже зроблено",
    "додатки": "які документи додано",
    "прийняв": "хто прийняв усне чи телефонне повідомлення",
    "дата_прийняття": "дата прийняття, ДД.ММ.РРРР",
    "час_прийняття": "час прийняття, ГГ:ХХ",
}


def needed(card: EntryCard) -> bool:
    """Whether the notification was written down by hand: otherwise its original is the paper.

    Law: п. 10 and Додаток 1: an oral or telephone notification is put on the form.
    """
    return card.written_down


def addressees(card: EntryCard, directory: Directory) -> Sequence[Addressed]:
    """Nobody: it stays in the case file."""
    return NOBODY


def context(card: EntryCard, requisites: Requisites, told: Mapping[str, Any]) -> dict[str, Any]:
    """The form's values; a field that is not known stays an empty line."""
    values = card.values
    kinds = values.get("reporter_kinds") or ()
    registered = card.registered_at
    return {
        **{name: values.get(key) for name, key in _TEXTS.items()},
        **{name: _figures(values.get(key)) for name, key in _DATES.items()},
        **{name: _box(values.get("received_via") == key) for name, key in _VIA.items()},
        **{name: _box(key in kinds) for name, key in _REPORTERS.items()},
        "відправник": _with_contacts_below(values.get("sender")),
        "номер_реєстрації": card.index or card.number,
        "день_реєстрації": f"{registered:%d}",
        "місяць_реєстрації": f"{registered:%m}",
        "рік_реєстрації": f"{registered:%Y}",
    }


def _with_contacts_below(sender: str | None) -> str | None:
    """The organisation with its e-mail address on a line of its own: a broken one is another."""
    return sender and _EMAIL.sub(r"\n\g<0>", sender)


def _figures(iso: str | None) -> str | None:
    return date_in_figures(date.fromisoformat(iso)) if iso else None


def _box(ticked: bool) -> str:
    return TICKED if ticked else EMPTY
