"""Events of a case in the journal: what they do to clocks, urgency, status and history."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from opika.errors import BadValueError, ClosedYearError, JournalError, NotFoundError
from tests.journal.office_day import KYIV, NOW, clock_rules, registered, stored, values

SIGN = {"id": "bruises", "group": "violence_threat", "quote": "синці"}


def at(hours: float) -> datetime:
    return NOW + timedelta(hours=hours)


def act(hours: float = 200, why: str = "") -> Any:
    from journal.history import Act

    return Act("клерк", at(hours), why)


def happens(entry: int, kind: str, hours: float, **details: str) -> Any:
    from journal.casework import NewEvent, happened

    return happened(NewEvent(entry, kind, at(hours), details), act(max(200, hours)), clock_rules())


def undone(event: int, why: str = "помилка") -> Any:
    from journal.casework import undo

    return undo(event, act(why=why), clock_rules())


def clocks(entry: int) -> dict[str, str]:
    """Each clock but that of п. 10, and how it stands."""
    from journal.models import Deadline

    rows = Deadline.objects.filter(entry=entry).exclude(key="register")
    return {
        f"{row.key}/{row.start_kind}".rstrip("/"): "cancelled"
        if row.cancelled_at
        else "done"
        if row.done_at
        else "open"
        for row in rows
    }


def rows(subject: str) -> list[str]:
    from journal.models import History

    return list(
        History.objects.filter(subject=subject).order_by("pk").values_list("action", flat=True)
    )


def whole(data: Path) -> None:
    from journal.verify import verify

    assert verify(stored(data), data).first_fault is None


@pytest.fixture
def entry(data: Path) -> int:
    """An urgent entry, come through ЦСС's box."""
    return int(registered(values(), "css", urgent=True, indicators=[SIGN]).entry_id)


def test_an_event_stops_and_starts_clocks_in_one_row_of_history(entry: int, data: Path) -> None:
    from journal.models import History

    noted = happens(entry, "visited", 3, **{"with": "police,cpmsd,css"})
    assert [(change.key, change.what) for change in noted.clocks] == [
        ("urgent_visit", "stopped"),
        ("safety_act", "started"),
    ]
    row = History.objects.filter(action="happened").get()
    assert {value.field for value in row.values.all()} == {
        f"event:{noted.id}",
        "deadline:urgent_visit",
        "deadline:safety_act",
    }
    whole(data)


def test_told_again_it_is_the_same_event(entry: int) -> None:
    first = happens(entry, "safety_act_made", 3, threat="yes")
    again = happens(entry, "safety_act_made", 3, threat="yes")
    assert (again.id, again.known, again.clocks) == (first.id, True, ())
    assert happens(entry, "safety_act_made", 3, threat="no").id != first.id
    assert rows(f"entry:{entry}").count("happened") == 2


@pytest.mark.parametrize(
    ("kind", "hours", "details", "words"),
    [
        ("visited", 201, {}, "пізніше, ніж зараз"),
        ("visited", -1, {}, "надійшло 04.03.2026 10:00"),
        ("closed", 5, {}, "work_ended"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    entry: int, kind: str, hours: float, details: dict[str, str], words: str, data: Path
) -> None:
    from journal.casework import NewEvent, happened
    from journal.models import CaseEvent

    with pytest.raises(JournalError) as refused:
        happened(NewEvent(entry, kind, at(hours), details), act(200), clock_rules())
    assert words in refused.value.clerk_message
    assert not CaseEvent.objects.exists()
    whole(data)


def test_an_entry_a_line_or_a_detail_that_is_not_there_is_refused(entry: int) -> None:
    from journal.casework import NewEvent, happened

    with pytest.raises(NotFoundError):
        happens(entry + 1, "visited", 3)
    with pytest.raises(NotFoundError, match="line"):
        happened(NewEvent(entry, "visited", at(3), line_id=7), act(), clock_rules())
    with pytest.raises(BadValueError):
        happens(entry, "placed", 3)


def test_a_void_entry_has_no_events_any_more(entry: int) -> None:
    from journal.voiding import void_entry

    void_entry(entry, act(why="зареєстровано двічі"))
    with pytest.raises(JournalError) as refused:
        happens(entry, "visited", 3)
    assert "анульовано" in refused.value.clerk_message


def test_an_event_that_did_not_happen_leaves_no_trace_in_the_clocks(entry: int, data: Path) -> None:
    before = clocks(entry)
    event = happens(entry, "visited", 3).id
    changes = undone(event)
    assert [(change.key, change.what) for change in changes] == [
        ("urgent_visit", "runs on"),
        ("safety_act", "cancelled"),
    ]
    assert clocks(entry) == {**before, "safety_act": "cancelled"}
    assert undone(event) == ()
    whole(data)


def test_another_event_stops_the_clock_that_an_undone_one_had_stopped(
    entry: int, data: Path
) -> None:
    from journal.models import Deadline

    wrong = happens(entry, "act_made", 24).id
    right = happens(entry, "conclusion_received", 48).id
    undone(wrong)
    clock = Deadline.objects.get(key="needs_assessment")
    assert (clock.done_at, clock.stopped_by_id) == (at(48), right)
    assert clocks(entry)["conclusion_sent"] == "cancelled"
    whole(data)


def test_undoing_needs_a_reason_and_an_event(entry: int) -> None:
    event = happens(entry, "visited", 3).id
    with pytest.raises(JournalError, match="no reason"):
        undone(event, why=" ")
    with pytest.raises(NotFoundError):
        undone(event + 1)


def test_an_event_on_which_a_later_one_rests_cannot_be_undone(entry: int) -> None:
    ended = happens(entry, "work_ended", 24).id
    happens(entry, "closed", 24 * 200)
    with pytest.raises(JournalError) as refused:
        undone(ended)
    assert "work_ended" in refused.value.clerk_message
    assert clocks(entry)["monitoring"] == "done"


def test_the_case_goes_through_monitoring_to_its_end_and_back(entry: int, data: Path) -> None:
    from journal.models import Case

    happens(entry, "work_ended", 24)
    assert Case.objects.get().status == "monitoring"
    closed = happens(entry, "closed", 24 * 200).id
    case = Case.objects.get()
    assert (case.status, case.closed_at) == ("closed", at(24 * 200))
    undone(closed)
    case = Case.objects.get()
    assert (case.status, case.closed_at) == ("monitoring", None)
    happens(entry, "reopened", 24 * 201, why="знову скарга")
    assert Case.objects.get().status == "open"
    assert clocks(entry)["monitoring"] == "cancelled"
    assert rows(f"case:{case.pk}") == ["status changed"] * 4
    whole(data)


def test_a_person_calms_an_entry_and_the_undoing_makes_it_urgent_again(
    entry: int, data: Path
) -> None:
    from journal.models import Entry

    event = happens(entry, "calmed", 2, why="помилкова тривога").id
    assert Entry.objects.get().urgent is False
    assert clocks(entry)["urgent_visit"] == "cancelled"
    whole(data)
    undone(event)
    assert Entry.objects.get().urgent is True
    assert clocks(entry)["urgent_visit"] == "open"
    whole(data)


def test_only_what_is_urgent_can_be_calmed(data: Path) -> None:
    calm = registered(values()).entry_id
    with pytest.raises(JournalError) as refused:
        happens(calm, "calmed", 2, why="немає загрози")
    assert "не позначено" in refused.value.clerk_message


def test_a_confirmed_threat_makes_the_entry_urgent(data: Path) -> None:
    from journal.models import Entry

    entry = registered(values()).entry_id
    event = happens(entry, "threat_confirmed", 5).id
    assert Entry.objects.get().urgent is True
    undone(event)
    assert Entry.objects.get().urgent is True
    assert clocks(entry)["removal_petition"] == "cancelled"
    whole(data)


def test_a_confirmed_threat_calls_for_the_petition_and_its_leaving_files_it(
    entry: int, data: Path
) -> None:
    from journal import documents
    from journal.casework import letter_came_back, letter_left
    from journal.database import writing
    from journal.documents import NewDocument
    from journal.models import Document
    from journal.steps import entries_to_draft

    new = NewDocument(entry, "css", "removal_petition", "removal_petition:mayor", {})
    documents.new_document(new, series=None, now=at(1), actor="служба")
    documents.drafted(entry, now=at(1))
    assert entries_to_draft(at(2)) == []
    happens(entry, "threat_confirmed", 3)
    # It was urgent before: the letters that there are stay as they are, but one more is asked for.
    assert entries_to_draft(at(4)) == [entry]
    letter = Document.objects.get()
    assert (letter.stale_at, clocks(entry)["removal_petition"]) == (None, "open")
    with writing():
        letter_left(letter, at(5), act(), clock_rules())
    assert clocks(entry)["removal_petition"] == "done"
    with writing():
        letter_came_back(letter, act(), clock_rules())
    assert clocks(entry)["removal_petition"] == "open"
    whole(data)


def test_an_event_of_one_entry_stops_the_clocks_of_its_whole_case(data: Path) -> None:
    from journal.models import Case, Deadline, Entry, Person

    first = registered(values(), "css", urgent=True, indicators=[SIGN]).entry_id
    second = registered(
        values(outgoing_number="9", subject="Вигаданюк Оля, 5 років"), "css", received_at=at(30)
    ).entry_id
    case = Case.objects.order_by("pk")[0]
    for model in (Deadline, Person):
        model.objects.filter(entry=second).update(case=case)
    Entry.objects.filter(pk=second).update(case=case)
    noted = happens(first, "act_made", 26)
    assert clocks(first)["needs_assessment/notification"] == "done"
    assert clocks(second)["needs_assessment/notification"] == "open"
    happens(first, "conclusion_received", 48)
    assert clocks(second)["needs_assessment/notification"] == "done"
    assert rows(f"entry:{second}") == ["registered", "clocks moved"]
    undone(noted.id)
    assert clocks(first)["needs_assessment/notification"] == "done"


def test_another_calendar_moves_only_what_still_runs(entry: int, data: Path) -> None:
    from journal.clocks import recount
    from journal.models import Deadline, History

    happens(entry, "request_sent", 2)
    off = clock_rules(days_off=[NOW.date() + timedelta(days=5)])
    (moved, _asked) = recount(off, act(why="перенесено вихідний"))
    assert (moved.number, moved.key) == (1, "needs_assessment")
    assert (str(moved.old), str(moved.new)) == ("2026-03-11", "2026-03-12")
    assert str(Deadline.objects.get(key="assessment_request").due_on) == "2026-03-05"
    assert History.objects.filter(action="recounted").count() == 1
    assert recount(off, act()) == []
    whole(data)


def test_a_copy_in_the_second_box_does_not_undo_a_calm(data: Path) -> None:
    from journal.models import Entry

    entry = registered(values(), urgent=True, indicators=[SIGN]).entry_id
    happens(entry, "calmed", 2, why="помилкова тривога")
    scanned = {**SIGN, "quote": "сииці"}
    same = registered(values(), "css", urgent=True, indicators=[scanned], received_at=at(3))
    assert (same.outcome, Entry.objects.get().urgent) == ("duplicate", False)
    assert clocks(entry)["urgent_visit"] == "cancelled"
    whole(data)


@pytest.mark.parametrize(
    ("news", "sign"),
    [
        ({}, {"id": "weapon", "group": "violence_threat", "quote": "ніж"}),
        ({"content": "Знову синці на руках."}, {**SIGN, "quote": "Знову синці"}),
    ],
    ids=["another sign", "the same sign in other words"],
)
def test_a_new_sign_asks_for_the_visit_again_from_its_coming(
    data: Path, news: dict[str, str], sign: dict[str, str]
) -> None:
    from journal.models import Deadline, Entry

    entry = registered(values(), urgent=True, indicators=[SIGN]).entry_id
    calm = happens(entry, "calmed", 2, why="помилкова тривога").id
    again = registered(values(**news), "css", urgent=True, indicators=[sign], received_at=at(26))
    assert (again.entry_id, Entry.objects.get().urgent) == (entry, True)
    visit = Deadline.objects.get(key="urgent_visit")
    assert (visit.starts_at, visit.due_at, visit.cancelled_at) == (at(26), at(26), None)
    happens(entry, "visited", 27)
    assert clocks(entry)["urgent_visit"] == "done"
    undone(calm)
    assert (clocks(entry)["urgent_visit"], Entry.objects.get().urgent) == ("done", True)
    whole(data)


def test_an_entry_is_listed_with_its_events_clocks_and_stage(entry: int) -> None:
    from journal import listing

    wrong = happens(entry, "request_sent", 4).id
    happens(entry, "visited", 3, **{"with": "police"})
    undone(wrong)
    shown = listing.entry_json(listing.entry(1))
    assert [(event["kind"], bool(event["undone"])) for event in shown["events"]] == [
        ("visited", False),
        ("request_sent", True),
    ]
    assert shown["events"][0]["at"] == "2026-03-04T13:00:00+02:00"
    assert shown["events"][0]["details"] == {"with": ["police"]}
    assert (shown["stage"], shown["status"]) == ("visited", "open")
    cancelled = {one["start_kind"] for one in shown["deadlines"] if one["cancelled"]}
    assert cancelled == {"request"}


def on_paper(entry: int, kind: str, hours: float, **details: str) -> tuple[Any, str]:
    from journal.casework import NewEvent
    from journal.numbered import Numbering, happened_on_paper
    from journal.numbers import SeriesRule

    series = SeriesRule("acts", KYIV, mask="А-{number}")
    new = NewEvent(entry, kind, at(hours), details)
    return happened_on_paper(new, Numbering("css", series, "Вигаданюк"), act(), clock_rules())


def taken_back(event: int, *, void: bool, now: datetime | None = None) -> Any:
    from journal.history import Act
    from journal.numbered import undo_on_paper

    act_ = Act("голова", now or at(210), "складено не на ту сім’ю")
    return undo_on_paper(event, act_, clock_rules(), void=void)


def lines() -> list[tuple[Any, ...]]:
    from journal.models import RegisterLine

    return list(RegisterLine.objects.values_list("office__key", "index", "about", "dated"))


def test_an_act_gets_its_number_of_the_assessors_register(entry: int, data: Path) -> None:
    noted, index = on_paper(entry, "act_made", 48)
    assert index == "А-1"
    assert lines() == [("css", "А-1", "Акт оцінки потреб сім’ї/особи", at(48).date())]
    again, same = on_paper(entry, "act_made", 48)
    assert (again.id, again.known, same, len(lines())) == (noted.id, True, "А-1", 1)
    assert on_paper(entry, "act_made", 72)[1] == "А-2"
    whole(data)


@pytest.mark.parametrize(
    ("kind", "hours", "details"),
    [("act_made", -5, {}), ("act_made", 48, {"number": "7"}), ("visited", 48, {})],
    ids=["before the notice", "has its number", "no paper"],
)
def test_an_event_that_is_refused_takes_no_number(
    entry: int, kind: str, hours: float, details: dict[str, str], data: Path
) -> None:
    with pytest.raises(JournalError):
        on_paper(entry, kind, hours, **details)
    assert lines() == []
    assert on_paper(entry, "act_made", 48)[1] == "А-1"
    whole(data)


def test_an_undone_event_leaves_its_number_or_makes_it_void_for_the_same_reason(
    entry: int, data: Path
) -> None:
    from journal.register_rows import rows, why_void

    noted, index = on_paper(entry, "act_made", 48)
    undone = taken_back(noted.id, void=False)
    assert (undone.number.index, undone.number.voided) == (index, False)
    assert ("act_registered_decision", "cancelled") in [
        (one.key, one.what) for one in undone.clocks
    ]
    undone = taken_back(noted.id, void=True)
    assert (undone.clocks, undone.number.voided) == ((), True)
    (row,) = rows("css", "acts", 2026)
    assert (row.voided, why_void(row)) == (True, "складено не на ту сім’ю")
    assert taken_back(noted.id, void=True) == undone
    assert on_paper(entry, "act_made", 48)[1] == "А-2"
    assert taken_back(happens(entry, "visited", 3).id, void=True).number is None
    whole(data)


def test_a_number_of_a_closed_year_outlives_its_undone_event(entry: int, data: Path) -> None:
    from journal.history import Act
    from journal.models import CaseEvent
    from journal.registers import close

    event = on_paper(entry, "act_made", 48)[0].id
    later = datetime(2027, 1, 11, 9, tzinfo=KYIV)
    close("css", "acts", 2026, Act("голова", later))
    with pytest.raises(ClosedYearError) as refused:
        taken_back(event, void=True, now=later)
    assert "без --void-number" in refused.value.clerk_message
    assert CaseEvent.objects.get().undone_at is None
    number = taken_back(event, void=False, now=later).number
    assert (number.voided, number.closed) == (False, True)
    whole(data)


def test_a_recount_that_is_cut_off_goes_on_where_it_stood(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import connection

    from journal import clocks as rooms
    from journal.models import History

    for number in "123":
        registered(values(outgoing_number=number, content=f"Зміст {number}."))
    off = clock_rules(days_off=[NOW.date() + timedelta(days=1)])
    monkeypatch.setattr(rooms, "_AT_ONCE", 1)
    recounted = History.objects.filter(action="recounted")
    rows_left = iter([True])

    def cut(execute: Any, sql: str, *rest: Any) -> Any:
        if 'INSERT INTO "journal_history" ' in sql and not next(rows_left, False):
            raise KeyboardInterrupt
        return execute(sql, *rest)

    with connection.execute_wrapper(cut), pytest.raises(KeyboardInterrupt):
        rooms.recount(off, act())
    assert recounted.count() == 1
    assert len(rooms.recount(off, act())) == 2
    assert recounted.count() == 3
    whole(data)
