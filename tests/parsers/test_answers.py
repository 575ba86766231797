"""What a clerk wrote down by hand becomes the values of a form."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from opika.errors import FileError
from parsers.answers import ASKED, Record, read_record, understand
from parsers.file import read_file, read_written_down
from rules.form_keys import FORM_KEYS, LIST_KEYS

NOW = datetime(2026, 3, 4, 10, 20, tzinfo=ZoneInfo("Europe/Kyiv"))


def record(channel: str = "phone", urgent: bool | None = None, **answers: Any) -> Record:
    return Record(channel, NOW, urgent, {"content": "Дитина голодна.", **answers})


def read(data: bytes) -> dict[str, Any]:
    found = read_written_down(data)
    assert len(found.forms) == 1
    return found.forms[0]


def test_a_record_survives_its_bytes() -> None:
    written = record(urgent=True, subject="Озерчук Назар, 13 років", reporter_kinds=["relatives"])
    assert read_record(written.to_bytes()) == written
    assert written.to_bytes() == read_record(written.to_bytes()).to_bytes()


def test_the_same_answers_in_another_order_are_the_same_bytes() -> None:
    one = record(address="с. Вигадане", subject="родина Озерчук", basis="")
    other = record(subject="родина Озерчук", address="с. Вигадане")
    assert one.to_bytes() == other.to_bytes()


def test_a_record_read_as_a_file_is_a_sure_form_with_every_key() -> None:
    form = read(record(address="с. Вигадане, вул. Тиха, 5").to_bytes())
    assert form["form"] == "dodatok-1"
    assert set(FORM_KEYS) <= set(form)
    assert all(form[key] == [] for key in LIST_KEYS)
    assert set(form["confidence"].values()) == {1.0}
    assert form["review"] == []
    assert form["received_via"] == "phone"


def test_people_and_their_ages_are_taken_from_the_answer() -> None:
    values = understand(record(subject="Озерчук Назар, 13 років; Озерчук Яна, 28.01.2021")).values
    assert values["persons"] == [
        {"name": "Озерчук Назар", "birth_date": None, "age": 13},
        {"name": "Озерчук Яна", "birth_date": "2021-01-28", "age": None},
    ]


def test_a_doubtful_name_is_for_a_clerk_to_look_at() -> None:
    form = read(record(subject="Озерчук Назар, Яна і ще двоє, 13 чи 14").to_bytes())
    assert form["review"] == ["persons"]
    assert form["confidence"]["persons"] < 0.75


def test_the_date_of_detection_stands_in_the_content_as_the_form_asks() -> None:
    values = understand(record(detected_on="вчора")).values
    assert values["content"] == "Дитина голодна. Дата виявлення: 03.03.2026."
    assert values["detected_on"] == "2026-03-03"
    told = understand(
        record(content="Голодна, виявлено 03.03.2026", detected_on="3 березня")
    ).values
    assert told["content"] == "Голодна, виявлено 03.03.2026"


def test_a_day_is_counted_from_when_it_was_said_not_from_when_it_is_read() -> None:
    assert read(record(detected_on="сьогодні").to_bytes())["detected_on"] == "2026-03-04"


def test_contacts_given_apart_stand_in_the_senders_block_once() -> None:
    said: dict[str, Any] = {
        "sender": "Гімназія, тел. 067 000 11 22",
        "sender_phone": "067 000 11 22",
    }
    values = understand(record(**said, sender_email="school@example.org")).values
    assert values["sender"] == "Гімназія, тел. 067 000 11 22, e-mail school@example.org"
    assert values["sender_phone"] == "067 000 11 22"
    assert values["sender_email"] == "school@example.org"


def test_what_cannot_be_understood_is_doubtful_and_never_guessed() -> None:
    understood = understand(record(detected_on="колись", accepted_time="потім"))
    assert understood.values["detected_on"] is None
    assert {"accepted_time"} <= set(understood.doubtful)


HEAD = '{"opika":"notification",'
GOOD = json.loads(record().to_bytes())


@pytest.mark.parametrize(
    "text",
    [
        HEAD,
        HEAD + '"answers":' + "[" * 100_000,
        json.dumps({**GOOD, "channel": "email"}, separators=(",", ":")),
        json.dumps({**GOOD, "channel": ["phone"]}, separators=(",", ":")),
        json.dumps({**GOOD, "urgent": "так"}, separators=(",", ":")),
        json.dumps({**GOOD, "completes": 5}, separators=(",", ":")),
        json.dumps({**GOOD, "received_at": "2026-03-04T10:20"}, separators=(",", ":")),
        json.dumps({**GOOD, "received_at": 7}, separators=(",", ":")),
        json.dumps({**GOOD, "answers": {"content": ["а"]}}, separators=(",", ":")),
        json.dumps({**GOOD, "answers": {"content": "а", "number": "1"}}, separators=(",", ":")),
        json.dumps({**GOOD, "answers": {"reporter_kinds": "self"}}, separators=(",", ":")),
        json.dumps({**GOOD, "answers": [1]}, separators=(",", ":")),
    ],
)
def test_what_only_looks_like_a_record_is_refused(text: str) -> None:
    with pytest.raises(FileError):
        read_written_down(text.encode())


def test_a_record_that_somebody_sends_is_a_text_like_any_other() -> None:
    found = read_file(record(content="Усе гаразд.").to_bytes(), "a.json", today=NOW.date())
    assert found.forms == ()
    assert "Усе гаразд" in found.text


def test_every_field_of_the_form_can_be_answered_or_follows() -> None:
    follows = {"persons", "received_via", "registered_number", "registered_date"}
    assert set(ASKED) == set(FORM_KEYS) - follows
