"""The keys of a form: under these names its values travel from the reader to the journal."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

FORM_KEYS: tuple[str, ...] = (
    "outgoing_date",
    "outgoing_number",
    "incoming_date",
    "incoming_number",
    "sender",
    "sender_email",
    "sender_phone",
    "recipient",
    "registered_number",
    "registered_date",
    "received_via",
    "subject",
    "persons",
    "address",
    "content",
    "detected_on",
    "reporter",
    "reporter_kinds",
    "basis",
    "measures_taken",
    "enclosures",
    "accepted_by",
    "accepted_date",
    "accepted_time",
)
"""What stands on the form «Додаток 1» itself, in its order."""

LIST_KEYS = frozenset({"persons", "reporter_kinds"})
"""The keys whose values are lists; an empty one is ``[]``, any other empty value None."""

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "outgoing_number": "Вихідний №",
        "outgoing_date": "Вихідна дата",
        "incoming_number": "Вхідний №",
        "incoming_date": "Вхідна дата",
        "registered_number": "Реєстраційний №",
        "registered_date": "Дата реєстрації",
        "sender": "Від кого (установа)",
        "sender_email": "Пошта відправника",
        "sender_phone": "Телефон відправника",
        "recipient": "Кому",
        "received_via": "Надійшло",
        "subject": "Про кого",
        "persons": "Особи",
        "address": "Місце проживання",
        "content": "Зміст",
        "detected_on": "Виявлено",
        "reporter": "Від",
        "reporter_kinds": "Хто повідомив",
        "basis": "За результатами",
        "measures_taken": "Вжиті заходи",
        "enclosures": "Додано документи",
        "accepted_by": "Прийняв(ла)",
        "accepted_date": "Дата прийняття",
        "accepted_time": "Час прийняття",
    }
)
"""What each field is called when it is shown to a clerk, in the order in which it is shown."""

ALSO_CALLED: Mapping[str, str] = MappingProxyType(
    {
        "адреса": "address",
        "дата виявлення": "detected_on",
        "дитина": "subject",
        "додатки": "enclosures",
        "заявник": "reporter",
        "зміст повідомлення": "content",
        "отримувач": "recipient",
        "відправник": "sender",
        "установа": "sender",
        "піб": "subject",
        "сім’я": "subject",
        "телефон": "sender_phone",
        "заходи": "measures_taken",
    }
)
"""What a clerk also calls a field, folded -> its key."""

CHOICES: Mapping[str, str] = MappingProxyType(
    {
        "oral": "усно",
        "written": "письмово",
        "phone": "по телефону",
        "self": "самозвернення",
        "relatives": "від родичів",
        "neighbours": "від сусідів/знайомих",
        "anonymous": "анонімно",
        "social_work_body": "від суб’єкта соціальної роботи",
        "other": "інше",
    }
)
"""The boxes of the form and what is printed beside them."""
