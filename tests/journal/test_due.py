"""What is due: read from a real journal, at moments on each side of a term's end."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.journal.office_day import KYIV, NOW, registered, values

pytestmark = pytest.mark.both_databases

_TOMORROW = datetime(2026, 3, 5, 9, 0, tzinfo=KYIV)


def _keys(now: datetime, **asked: object) -> list[tuple[str, str, str]]:
    from journal import due

    return [(one.number, one.key, one.state) for one in due.due(now, **asked)]  # type: ignore[arg-type]


def test_a_clock_is_coming_then_today_then_overdue(data: Path) -> None:
    registered(values())
    last_minute = datetime(2026, 3, 5, 23, 59, tzinfo=KYIV)
    assert _keys(NOW) == [("1", "assessment_request", "coming")]
    assert _keys(last_minute) == [("1", "assessment_request", "today")]
    assert _keys(last_minute + timedelta(minutes=1)) == [("1", "assessment_request", "overdue")]
    assert _keys(NOW + timedelta(days=400)) == [("1", "assessment_request", "overdue")]


def test_what_lies_beyond_the_days_asked_for_is_left_out(data: Path) -> None:
    registered(values())
    assert _keys(NOW, days=0) == []
    assert _keys(NOW, days=1) == [("1", "assessment_request", "coming")]


def test_threats_come_first_then_possible_ones_whatever_is_due_earlier(data: Path) -> None:
    registered(values(outgoing_number="1"), received_at=NOW - timedelta(hours=1))
    registered(values(outgoing_number="2", subject="Хтосюк Олег"), urgent=None)
    registered(values(outgoing_number="3", subject="Інший Іван"), urgent=True)
    assert _keys(_TOMORROW) == [
        ("3", "urgent_visit", "overdue"),
        ("3", "assessment_request", "today"),
        ("2", "urgent_visit", "overdue"),
        ("2", "assessment_request", "today"),
        ("1", "assessment_request", "today"),
    ]


def test_what_is_due_at_once_shows_the_hours_that_have_passed(data: Path) -> None:
    from journal import due

    registered(values(), urgent=True)
    visit, request = due.due(NOW + timedelta(hours=3, minutes=59))
    assert (visit.key, visit.hours, visit.due) == ("urgent_visit", 3, visit.starts)
    assert (request.key, request.hours) == ("assessment_request", None)


def test_the_work_of_one_party_and_one_office_is_told_apart(data: Path) -> None:
    registered(values(), box="css")
    keys = {key for _, key, _ in _keys(NOW)}
    assert keys == {"assessment_request", "needs_assessment"}
    assert [key for _, key, _ in _keys(NOW, whose="css")] == ["needs_assessment"]
    assert [key for _, key, _ in _keys(NOW, whose="ssd")] == ["assessment_request"]
    assert _keys(NOW, office="nobody") == []


@pytest.mark.parametrize("change", ["done_at", "cancelled_at"])
def test_a_clock_that_was_stopped_or_cancelled_is_not_due(data: Path, change: str) -> None:
    from journal.models import Deadline

    registered(values())
    Deadline.objects.filter(key="assessment_request").update(**{change: NOW})
    assert _keys(_TOMORROW) == []


def test_the_json_of_a_clock_names_its_rule_and_arithmetic(data: Path) -> None:
    from journal import due

    registered(values())
    (one,) = map(due.due_json, due.due(NOW))
    assert one == {
        "office": "ssd",
        "number": "1",
        "year": 2026,
        "urgent": False,
        "subject": "Вигаданюк Іван Петрович, 11 років",
        "key": "assessment_request",
        "start_kind": None,
        "starts": "2026-03-04T10:00:00+02:00",
        "due": "2026-03-05",
        "state": "coming",
        "hours": None,
        "whose": "ssd",
        "rule": "п. 14",
        "steps": one["steps"],
    }
    assert "чт 05.03" in one["steps"]


def test_the_number_of_queries_does_not_grow_with_what_is_due(data: Path) -> None:
    from journal import due

    for number in range(5):
        registered(values(outgoing_number=str(number), subject=f"Особенко {number}"))
    with CaptureQueriesContext(connection) as queries:
        assert len(due.due(NOW)) == 5
    assert len(queries) == 2
