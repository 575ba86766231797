"""What a clerk types of a field is understood by the field's kind, or refused with its reason."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from opika.errors import BadValueError
from rules.form_keys import FORM_KEYS, LABELS
from rules.form_values import held_by_hand, key_of, understand

TODAY = date(2026, 3, 4)


def _one(key: str, text: str) -> Any:
    return understand({key: text}, TODAY).values[key]


def test_every_field_is_known_by_its_key_and_by_its_label() -> None:
    assert set(LABELS) == set(FORM_KEYS)
    assert [key_of(key) for key in FORM_KEYS] == list(FORM_KEYS)
    assert [key_of(f" {LABELS[key].upper()} ") for key in FORM_KEYS] == list(FORM_KEYS)
    assert [key_of(name) for name in ("Адреса", "ПІБ", "сім'я")] == [
        "address",
        "subject",
        "subject",
    ]


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("місце прожвання", "Можливо, ви мали на увазі «Місце проживання» (address)?"),
        ("adress", "«Місце проживання» (address)?"),
        ("sender_mail", "(sender_email)"),
        ("ґ", "Поля форми: «Вихідна дата» (outgoing_date), «"),
    ],
)
def test_an_unknown_field_is_refused_and_the_nearest_is_offered(name: str, offered: str) -> None:
    with pytest.raises(BadValueError) as refused:
        key_of(name)
    assert refused.value.clerk_message.startswith(f"Поля «{name}» у формі немає. ")
    assert offered in refused.value.clerk_message


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("address", "  с. Вигадане,\n вул. Нова  ", "с. Вигадане, вул. Нова"),
        ("address", " ", None),
        ("outgoing_date", "3 березня", "2026-03-03"),
        ("outgoing_date", "", None),
        ("accepted_time", "9 год 05 хв", "09:05"),
        ("received_via", "усно", "oral"),
        ("received_via", "телефону", "phone"),
        ("reporter_kinds", "анонімно, сусідів", ["neighbours", "anonymous"]),
        ("reporter_kinds", "", []),
        ("sender_email", "shkola@example.ua", "shkola@example.ua"),
        ("sender_phone", "067 123 45 67", "067 123 45 67"),
    ],
)
def test_a_value_is_taken_by_the_kind_of_its_field(key: str, text: str, value: Any) -> None:
    assert _one(key, text) == value


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("content", " "),
        ("outgoing_date", "05.03.2026"),
        ("outgoing_date", "31.02.2026"),
        ("accepted_time", "25:70"),
        ("reporter_kinds", "сусідів, хтось"),
        ("received_via", "голубом"),
        ("sender_email", "школа"),
        ("sender_email", "a@example.ua, b@example.ua"),
        ("sender_phone", "немає"),
        ("persons", "хтось"),
    ],
)
def test_what_is_not_of_the_fields_kind_is_refused_by_its_label(key: str, text: str) -> None:
    with pytest.raises(BadValueError) as refused:
        _one(key, text)
    assert refused.value.clerk_message.startswith(f"Поле «{LABELS[key]}»: ")


def test_people_are_read_with_what_is_said_of_their_age() -> None:
    assert _one("persons", "Вигаданюк Іван, 11 років; Ганна, 2015 р. н.; Вигаданюк Яна") == [
        {"name": "Вигаданюк Іван", "birth_date": None, "age": 11},
        {"name": "Ганна", "birth_date": None, "age": None, "birth_year": 2015},
        {"name": "Вигаданюк Яна", "birth_date": None, "age": None},
    ]
    assert _one("persons", "Вигаданюк Ганна, 04.05.2019")[0]["birth_date"] == "2019-05-04"


def test_what_is_read_out_of_a_field_follows_it_unless_it_is_said_itself() -> None:
    said = understand({"subject": "Вигаданюк Іван, 12 років"}, TODAY)
    assert said.following["persons"][0]["age"] == 12
    assert understand({"content": "Виявлено 02.03.2026."}, TODAY).following == {
        "detected_on": "2026-03-02"
    }
    both = understand({"subject": "Вигаданюк Іван", "persons": "Вигаданюк Іван, 9 років"}, TODAY)
    assert both.following == {}
    contacts = understand({"sender": "Гімназія, shkola@example.ua"}, TODAY).following
    assert contacts == {"sender_email": "shkola@example.ua"}


def test_people_that_are_not_plain_are_doubtful() -> None:
    assert understand({"subject": "Вигаданюк Іван, l3 років"}, TODAY).doubtful == {"persons"}
    assert understand({"persons": "Вигаданюк Іван, l3 років"}, TODAY).doubtful == {"persons"}


def test_who_corrects_a_field_holds_what_is_read_out_of_it_too() -> None:
    assert held_by_hand(["subject", "basis"]) == {"subject", "persons", "basis"}
    assert held_by_hand([]) == frozenset()
