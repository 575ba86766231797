from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opika.errors import NotFoundError
from tests.journal.by_hand import bring_to
from tests.journal.office_day import (
    KYIV,
    NOW,
    arrival,
    bring,
    outgoing,
    read,
    register,
    registered,
    rules,
    unpack,
    values,
)


def _json(number: int | str, **where: Any) -> dict[str, Any]:
    from journal import listing

    shown = listing.shown_json(listing.entry(number, **where))
    assert json.loads(json.dumps(shown)) == shown
    return shown


def test_an_entry_is_listed_with_the_keys_of_the_contract(data: Path) -> None:
    from journal import listing

    registered(values(), urgent=True)
    (card,) = listing.entries()
    listed = listing.entry_json(card)
    assert {key: listed[key] for key in ("office", "number", "year", "channel", "urgent")} == {
        "office": "ssd",
        "number": "1",
        "year": 2026,
        "channel": "email",
        "urgent": True,
    }
    assert listed["registered_at"] == "2026-03-04T10:00:00+02:00"
    assert (listed["outgoing_number"], listed["status"]) == ("01-15/7", "open")
    assert (listed["review"], listed["related"], listed["documents"]) == ([], [], [])
    (came,) = listed["arrivals"]
    assert came["source"] == "ssd@example.ua"
    assert came["message_id"].endswith("@example.ua>")
    assert [clock["key"] for clock in listed["deadlines"]] == [
        "register",
        "assessment_request",
        "urgent_visit",
    ]
    assert listed["deadlines"][1]["due"] == "2026-03-05"
    assert listed["deadlines"][2]["due"] == "2026-03-04T10:00:00+02:00"


def test_an_entry_in_both_boxes_lists_both_arrivals_once(data: Path) -> None:
    registered(values())
    registered(values(), "css")
    sources = [came["source"] for came in _json(1)["arrivals"]]
    assert sources == ["ssd@example.ua", "css@example.ua"]


def test_related_entries_name_each_other(data: Path) -> None:
    from journal.models import Link

    registered(values())
    registered(values(outgoing_number="2", content="Нове."))
    assert [link["number"] for link in _json(1)["related"]] == ["2"]
    assert [link["number"] for link in _json(2)["related"]] == ["1"]
    Link.objects.update(state="rejected")
    assert _json(1)["related"] == []


def test_showing_gives_the_form_its_history_and_what_was_changed(data: Path) -> None:
    registered(values(), urgent=False)
    registered(values(content="Виправлено."), received_at=datetime(2026, 3, 5, 9, tzinfo=KYIV))
    shown = _json(1)
    assert shown["form"]["content"] == "Виправлено."
    assert shown["form"]["form"] == "dodatok-1"
    assert shown["form"]["confidence"] == {"content": 0.9}
    assert shown["review"] == ["content"]
    assert [row["what"] for row in shown["history"]] == ["registered", "revised"]
    assert shown["history"][1]["changes"]["content"] == {
        "old": values()["content"],
        "new": "Виправлено.",
    }
    assert set(shown["history"][0]) >= {"who", "when", "what", "why", "hash"}


def test_a_plain_letter_has_no_form(data: Path) -> None:
    from journal import deciding

    plain = deciding.PlainNotice({"content": "Дитина сама вдома."})
    deciding.register_plain(arrival(None), plain, now=NOW, actor="к", rules=rules())
    shown = _json(1)
    assert (shown["form"]["form"], shown["form"]["content"]) == (None, "Дитина сама вдома.")
    assert (shown["channel"], shown["urgent"]) == ("phone", None)
    assert shown["arrivals"][0]["source"] == "phone"


def test_documents_are_listed_with_their_paths(data: Path) -> None:
    from journal import documents

    entry = registered(values()).entry_id
    new = documents.NewDocument(entry, "ssd", "registration_reply", "reply", {})
    letter = documents.new_document(new, series=outgoing(), now=NOW, actor="т")
    documents.save_rendered(letter, "documents/1.docx", "0" * 64, now=NOW, actor="т")
    (listed,) = _json(1)["documents"]
    assert (listed["index"], listed["state"]) == ("01-12/1", "draft")
    assert (listed["docx"], listed["pdf"]) == ("documents/1.docx", None)


def test_a_number_means_its_newest_year(data: Path) -> None:
    registered(values())
    register(bring(values(outgoing_number="2")), now=datetime(2027, 2, 1, 9, tzinfo=KYIV))
    assert _json("1")["year"] == 2027
    assert _json(1, year=2026)["year"] == 2026


def test_a_number_in_several_journals_asks_for_the_office(data: Path) -> None:
    registered(values())
    form = bring(values())
    bring_to("css", form)
    register(form)
    with pytest.raises(NotFoundError) as caught:
        _json(1)
    assert "--office" in caught.value.clerk_message
    assert "css, ssd" in caught.value.clerk_message
    assert _json(1, office="css")["office"] == "css"


@pytest.mark.parametrize("number", ["7", "", "-1", "1; DROP", "²", "9" * 30])
def test_a_number_that_nobody_has_is_not_found(data: Path, number: str) -> None:
    registered(values())
    with pytest.raises(NotFoundError):
        _json(number)


def test_the_list_is_oldest_first_and_can_be_narrowed(data: Path) -> None:
    from journal import listing

    for number in range(3):
        registered(values(outgoing_number=f"n{number}"))
    register(bring(values(outgoing_number="x")), now=datetime(2027, 2, 1, 9, tzinfo=KYIV))
    assert [card.number for card in listing.entries()] == ["1", "2", "3", "1"]
    assert [card.year for card in listing.entries(year=2027)] == [2027]
    assert list(listing.entries(office="css")) == []


def _queries() -> int:
    from journal import listing

    with CaptureQueriesContext(connection) as captured:
        assert [listing.entry_json(card) for card in listing.entries()]
    return len(captured)


def test_listing_costs_the_same_queries_however_many_entries_there_are(data: Path) -> None:
    registered(values())
    registered(values(outgoing_number="0"))
    few = _queries()
    for number in range(12):
        registered(values(outgoing_number=f"n{number}"))
    assert _queries() == few


def test_who_looked_is_recorded(data: Path) -> None:
    from journal import listing
    from journal.models import Look

    entry = registered(values()).entry_id
    listing.look(entry, actor="клерк", now=NOW)
    assert Look.objects.get().actor == "клерк"


def _triaged(*urgent: bool | None) -> int:
    from journal import placing

    one = arrival()
    files = unpack(one, [("attachment", f"{n}") for n in range(len(urgent))])
    for file, judged in zip(files, urgent, strict=True):
        read(file, urgent=judged, text="лист")
    placing.place(one, now=NOW, actor="т", rules=rules())
    return one


@pytest.mark.parametrize(
    ("files", "urgent"),
    [
        ([False], False),
        ([False, True], True),
        ([None, True], True),
        ([False, None], None),
    ],
)
def test_triage_shows_the_worst_that_its_files_may_mean(
    data: Path, files: list[bool | None], urgent: bool | None
) -> None:
    from journal import triage

    one = _triaged(*files)
    (card,) = triage.triage()
    shown = triage.triage_json(card)
    assert (shown["id"], shown["reason"], shown["urgent"]) == (one, "not a form", urgent)
    assert len(shown["files"]) == len(files)
    assert json.dumps(shown)
    assert triage.triage_card(one).files[0].text == "лист"


def test_what_was_set_aside_without_a_person_is_listed_on_demand(data: Path) -> None:
    from journal import triage

    waiting = _triaged(False)
    for auto in ("auto-reply", "bounce", "bulk", "own"):
        unpack(arrival(), [("body", "b")], auto=auto)
    assert [card.id for card in triage.triage()] == [waiting]
    reasons = [card.reason for card in triage.triage(all=True)]
    assert reasons == ["not a form", "auto-reply", "bounce", "bulk", "own"]


def test_an_arrival_that_never_opened_is_in_triage_and_may_be_urgent(data: Path) -> None:
    from journal import steps, triage

    one = arrival()
    for _ in range(5):
        steps.failed("unpack", one, "MemoryError", now=NOW)
    (card,) = triage.triage()
    assert (card.id, card.reason, card.urgent, card.files) == (one, "failed", None, ())
    with pytest.raises(NotFoundError):
        triage.triage_card(999)
