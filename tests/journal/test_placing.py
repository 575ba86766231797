from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.journal.office_day import NOW, arrival, read, register, rules, stored, unpack, values

pytestmark = pytest.mark.both_databases


def _place(arrival_id: int) -> str:
    from journal import placing

    return placing.place(arrival_id, now=NOW, actor="тест", rules=rules())


def _outcomes(arrival_id: int) -> list[tuple[str, str]]:
    from journal.models import File

    rows = File.objects.filter(arrival=arrival_id).order_by("ordinal")
    return list(rows.values_list("outcome", "reason"))


def _arrival(arrival_id: int) -> Any:
    from journal.models import Arrival

    return Arrival.objects.get(pk=arrival_id)


def test_beside_a_form_the_rest_is_filed_with_its_entry(data: Path) -> None:
    one = arrival()
    body, form, logo, cover = unpack(
        one, [("body", "b"), ("attachment", "f"), ("inline", "l"), ("attachment", "c")]
    )
    read(body)
    read(cover)
    entry = register(read(form, values())[0]).entry_id
    assert _place(one) == "registered"
    assert _outcomes(one) == [("filed", ""), ("registered", ""), ("filed", ""), ("filed", "")]
    assert set(_arrival(one).files.values_list("entry", flat=True)) == {entry}
    assert logo


def test_what_could_not_be_read_waits_for_a_person_beside_a_form(data: Path) -> None:
    from journal import steps

    one = arrival()
    form, broken = unpack(one, [("attachment", "f"), ("attachment", "x")])
    register(read(form, values())[0])
    steps.refused(broken, "encrypted", now=NOW)
    assert _place(one) == "triage"
    assert _arrival(one).reason == "encrypted"
    assert _outcomes(one) == [("registered", ""), ("triage", "encrypted")]


def test_an_arrival_without_a_form_waits_for_a_person(data: Path) -> None:
    one = arrival()
    body, signature = unpack(one, [("body", "b"), ("signature", "s")])
    read(body)
    assert _place(one) == "triage"
    assert _arrival(one).reason == "not a form"
    assert _outcomes(one)[0] == ("triage", "not a form")
    assert _outcomes(one)[1][0] == "ignored"
    assert signature


def test_an_empty_body_round_a_broken_file_does_not_hide_its_reason(data: Path) -> None:
    from journal import steps

    one = arrival()
    body, broken = unpack(one, [("body", "b"), ("attachment", "x")])
    read(body, text=" \n ")
    steps.refused(broken, "unreadable", now=NOW)
    assert _place(one) == "triage"
    assert _arrival(one).reason == "unreadable"
    assert [outcome for outcome, _ in _outcomes(one)] == ["ignored", "triage"]


@pytest.mark.parametrize("files", [[], [("body", "b")]])
def test_a_mail_that_says_nothing_is_still_looked_at(
    data: Path, files: list[tuple[str, str]]
) -> None:
    one = arrival()
    for file in unpack(one, files):
        read(file, text="")
    assert _place(one) == "triage"


def test_nothing_is_placed_before_all_is_read_and_registered(data: Path) -> None:
    one = arrival()
    body, form = unpack(one, [("body", "b"), ("attachment", "f")])
    (row,) = read(form, values())
    assert _place(one) == ""
    register(row)
    assert _place(one) == ""
    read(body)
    assert _place(one) == "registered"


def test_a_form_that_cannot_be_registered_goes_to_a_person(data: Path) -> None:
    from journal import steps

    one = arrival()
    (file,) = unpack(one, [("attachment", "f")])
    good, bad = read(file, values(), values(subject="Інша дитина", outgoing_number="9"))
    register(good)
    for _ in range(5):
        steps.failed("register", bad, "ValueError", now=NOW)
    assert _place(one) == "triage"
    assert _outcomes(one) == [("triage", "failed")]


def test_danger_in_a_cover_letter_makes_the_entry_urgent(data: Path) -> None:
    from journal import verify
    from journal.models import Deadline, Entry

    one = arrival()
    body, form = unpack(one, [("body", "b"), ("attachment", "f")])
    sign = {"id": "weapon", "group": "violence_threat", "quote": "з ножем"}
    read(body, text="Батько погрожує з ножем", urgent=True, indicators=[sign])
    entry_id = register(read(form, values())[0]).entry_id
    _place(one)
    entry = Entry.objects.get(pk=entry_id)
    assert (entry.urgent, entry.indicators) == (True, [sign])
    assert Deadline.objects.filter(entry=entry, key="urgent_visit").exists()
    assert verify.verify(stored(data), data).first_fault is None


def test_placing_again_changes_nothing(data: Path) -> None:
    one = arrival()
    (file,) = unpack(one, [("attachment", "f")])
    register(read(file, values())[0])
    assert _place(one) == "registered"
    before = _arrival(one).placed_at
    assert _place(one) == "registered"
    assert _arrival(one).placed_at == before
