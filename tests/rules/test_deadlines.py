"""The terms of the Порядок, against a table worked out by hand and against their definitions."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opika.errors import BadValueError, OpikaError
from rules.calendar import load_calendar
from rules.deadlines import KEYS, KYIV, Clock, Terms, due, explain_term, opening_clocks

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "data/terms.toml").read_text(encoding="utf-8")
)["cases"]
CALENDAR = load_calendar(Path(__file__).parents[2] / "catalogues/calendar.toml")
PEACE = CALENDAR.with_overrides(martial_law=False)
TERMS = Terms()
WORKING_DAY_TERMS = {
    "head_to_ssd": 1,
    "assessment_request": 1,
    "needs_assessment": 5,
    "act_registered_decision": 2,
    "conclusion_sent": 1,
}
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def kyiv(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=KYIV)


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['key']}-{c['starts']}-{c['due']}")
def test_term_ends_where_the_calendar_on_the_wall_says(case: dict[str, Any]) -> None:
    line = {"martial_law": True} | {k: v for k, v in case.items() if k not in {"due", "why"}}
    assert explain_term(line, CALENDAR, TERMS).get("due") == case["due"], case["why"]


def test_the_table_covers_every_key() -> None:
    assert {case["key"] for case in CASES} == set(KEYS)
    assert len(CASES) >= 60


@given(MOMENTS, st.sampled_from(sorted(WORKING_DAY_TERMS)), st.booleans())
def test_so_many_working_days_lie_between_start_and_due(
    starts: datetime, key: str, martial_law: bool
) -> None:
    calendar = CALENDAR if martial_law else PEACE
    end = due(key, starts, calendar, TERMS).due
    assert type(end) is date
    day, worked = starts.astimezone(KYIV).date(), 0
    while day < end:
        day += timedelta(days=1)
        worked += calendar.is_working(day)
    assert worked == WORKING_DAY_TERMS[key]
    assert calendar.is_working(end)


@given(MOMENTS)
def test_a_day_and_night_is_24_elapsed_hours_in_every_season(starts: datetime) -> None:
    end = due("detected_to_head", starts, CALENDAR, TERMS).due
    assert isinstance(end, datetime)
    assert end.astimezone(UTC) - starts == timedelta(hours=24)


@given(MOMENTS, st.sampled_from(["register", "urgent_form"]))
def test_same_working_day_is_a_working_day_and_never_passes_one_by(
    starts: datetime, key: str
) -> None:
    end = due(key, starts, PEACE, TERMS).due
    assert type(end) is date
    first = starts.astimezone(KYIV).date()
    assert PEACE.is_working(end)
    assert not any(
        PEACE.is_working(first + timedelta(days=n)) for n in range(1, (end - first).days)
    )


@given(MOMENTS, st.sampled_from(KEYS))
def test_nothing_is_due_before_it_starts_and_the_steps_end_on_the_due_day(
    starts: datetime, key: str
) -> None:
    found = due(key, starts, PEACE, TERMS)
    end = found.due.date() if isinstance(found.due, datetime) else found.due
    assert end >= starts.astimezone(KYIV).date()
    assert key == "urgent_visit" or f"{end:%d.%m.%Y}" in found.steps
    assert re.fullmatch(r"п\. \d+(, \d+)?", found.rule)


@given(MOMENTS, st.sampled_from(KEYS))
def test_a_later_start_is_never_due_earlier(starts: datetime, key: str) -> None:
    later = starts + timedelta(hours=5)
    first, second = due(key, starts, PEACE, TERMS).due, due(key, later, PEACE, TERMS).due
    assert type(first) is type(second)
    assert first <= second


def test_steps_tell_the_arithmetic_in_words() -> None:
    found = due("head_to_ssd", kyiv("2026-03-06T16:40"), CALENDAR, TERMS)
    assert found.steps == (
        "керівник отримав доповідну записку пт 06.03 16:40 → день 0; "
        "пропущено сб 07.03 (вихідний), нд 08.03 (вихідний); "
        "1-й роб. день пн 09.03 → строк пн 09.03.2026"
    )


def test_steps_tell_why_a_holiday_counts() -> None:
    found = due("head_to_ssd", kyiv("2026-08-21T10:00"), CALENDAR, TERMS)
    assert "пн 24.08 (День Незалежності України; воєнний стан – день робочий)" in found.steps


def test_steps_tell_that_clocks_changed() -> None:
    found = due("detected_to_head", kyiv("2026-03-28T22:00"), CALENDAR, TERMS)
    assert "переведено годинник" in found.steps


def test_steps_tell_every_day_that_a_month_term_passed_over() -> None:
    found = due("yearly_briefing", kyiv("2027-04-30T10:00"), PEACE, TERMS)
    assert found.due == date(2028, 5, 2)
    assert "пн 01.05 (День праці)" in found.steps


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (None, "отримано"),
        ("notification", "ЦСС отримав повідомлення"),
        ("request", "ЦСС отримав запит ССД"),
        ("crisis_service", "ЦСС надав послугу екстреного та кризового втручання"),
    ],
)
def test_start_kind_is_told_and_does_not_move_the_day(kind: str | None, words: str) -> None:
    found = due("needs_assessment", kyiv("2026-11-03T10:20"), CALENDAR, TERMS, kind)
    assert found.due == date(2026, 11, 10)
    assert found.steps.startswith(f"{words} вт 03.11")


def test_conventions_are_settings() -> None:
    terms = Terms(
        assessment_request=0,
        needs_assessment=3,
        closes_friday=time(15, 0),
        monitoring_months=7,
        removal_petition_days=2,
        detected_to_head_hours=48,
    )
    friday = kyiv("2026-03-06T15:30")
    found = {key: due(key, friday, CALENDAR, terms).due for key in KEYS}
    assert found["register"] == date(2026, 3, 9)
    assert found["assessment_request"] == date(2026, 3, 9)
    assert found["needs_assessment"] == date(2026, 3, 11)
    assert found["monitoring"] == date(2026, 10, 6)
    assert found["removal_petition"] == date(2026, 3, 8)
    assert found["detected_to_head"] == kyiv("2026-03-08T15:30")


def test_without_the_rule_of_after_hours_the_same_day_stands() -> None:
    terms = Terms(after_hours_next_day=False)
    assert due("register", kyiv("2026-03-06T23:00"), CALENDAR, terms).due == date(2026, 3, 6)
    assert due("register", kyiv("2026-03-07T09:00"), CALENDAR, terms).due == date(2026, 3, 9)


def test_another_zone_has_other_days() -> None:
    terms = Terms(zone=ZoneInfo("America/New_York"))
    starts = datetime(2026, 3, 6, 2, 0, tzinfo=UTC)
    assert due("removal_petition", starts, CALENDAR, terms).due == date(2026, 3, 6)


@pytest.mark.parametrize(
    ("key", "starts", "kind", "named"),
    [
        ("needs_asessment", kyiv("2026-03-06T10:00"), None, "needs_assessment"),
        ("register", datetime(2026, 3, 6, 10), None, "часовим поясом"),  # noqa: DTZ001
        ("register", kyiv("2026-03-06T10:00"), "letter", "crisis_service"),
    ],
)
def test_a_bad_value_is_refused_with_what_is_allowed(
    key: str, starts: datetime, kind: str | None, named: str
) -> None:
    with pytest.raises(BadValueError, match=named) as caught:
        due(key, starts, CALENDAR, TERMS, kind)
    assert isinstance(caught.value, ValueError)
    assert isinstance(caught.value, OpikaError)


ARRIVED, ENTERED = kyiv("2026-03-06T16:40"), kyiv("2026-03-09T08:15")


@pytest.mark.parametrize("urgent", [True, None])
def test_urgent_and_possibly_urgent_start_the_hours_at_the_arrival(urgent: bool | None) -> None:
    assert Clock("urgent_visit", ARRIVED, None) in opening_clocks(ARRIVED, ENTERED, urgent, ())


def test_an_ordinary_notice_opens_registration_and_request() -> None:
    assert opening_clocks(ARRIVED, ENTERED, False, ()) == [
        Clock("register", ARRIVED, None),
        Clock("assessment_request", ENTERED, None),
    ]


def test_a_notice_in_the_centres_own_box_starts_its_five_days_at_the_arrival() -> None:
    clocks = opening_clocks(ARRIVED, ENTERED, False, ["notification"])
    assert clocks[-1] == Clock("needs_assessment", ARRIVED, "notification")
    assert all(due(c.key, c.starts, CALENDAR, TERMS, c.start_kind) for c in clocks)


def test_a_request_starts_no_clock_at_registration() -> None:
    clocks = opening_clocks(ARRIVED, ENTERED, False, ["request"])
    assert "needs_assessment" not in {clock.key for clock in clocks}


def test_an_unknown_start_is_refused() -> None:
    with pytest.raises(BadValueError, match="notification"):
        opening_clocks(ARRIVED, ENTERED, False, ["letter"])


def test_explained_term_has_the_contract_shape() -> None:
    line = {"key": "detected_to_head", "starts": "2026-03-28T22:00:00+02:00"}
    found = explain_term(line, CALENDAR, TERMS)
    assert list(found) == ["due", "rule", "steps"]
    assert found["due"] == "2026-03-29T23:00:00+03:00"
    assert found["rule"] == "п. 7"


def test_null_options_leave_the_configured_calendar() -> None:
    line = {"key": "register", "starts": "2026-08-24T10:00:00+03:00"}
    options = dict.fromkeys(("martial_law", "days_off", "working_days", "start_kind"))
    assert explain_term(line | options, CALENDAR, TERMS) == explain_term(line, CALENDAR, TERMS)


GOOD = {"key": "register", "starts": "2026-03-06T10:00:00+02:00"}


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ({}, "невідомий строк"),
        (["register"], "об’єктом JSON"),
        ({"key": "register"}, "starts"),
        (GOOD | {"key": 5}, "key"),
        (GOOD | {"key": "tea"}, "дозволено: detected_to_head"),
        (GOOD | {"starts": "6.03.2026"}, "starts"),
        (GOOD | {"starts": "2026-03-06"}, "часовим поясом"),
        (GOOD | {"starts": "2026-02-30T10:00:00+02:00"}, "starts"),
        (GOOD | {"starts": 1234}, "starts"),
        (GOOD | {"martial_law": "yes"}, "martial_law"),
        (GOOD | {"days_off": "2026-03-09"}, "days_off"),
        (GOOD | {"days_off": ["09.03.2026"]}, "days_off"),
        (GOOD | {"working_days": [9]}, "working_days"),
        (GOOD | {"start_kind": "letter"}, "start_kind|початок"),
        (GOOD | {"days_off": ["2026-03-09"], "working_days": ["2026-03-09"]}, "09.03.2026"),
        (GOOD | {"key": "monitoring", "starts": "9999-12-01T10:00:00+02:00"}, "межами"),
        (GOOD | {"starts": "9999-12-31T23:59:00-02:00"}, "межами"),
        (GOOD | {"starts": "0001-01-01T00:00:00+02:00"}, "межами"),
    ],
)
def test_a_bad_line_gives_its_error_in_ukrainian(line: object, named: str) -> None:
    found = explain_term(line, CALENDAR, TERMS)
    assert list(found) == ["error"]
    assert re.search(named, found["error"])
    assert re.search("[а-яіїє]", found["error"])


@given(
    st.dictionaries(
        st.sampled_from([*GOOD, "martial_law", "days_off", "start_kind"]),
        st.none() | st.booleans() | st.text() | st.integers() | st.lists(st.text()),
    )
)
def test_no_line_raises(line: dict[str, Any]) -> None:
    found = explain_term(GOOD | line, CALENDAR, TERMS)
    assert set(found) in ({"error"}, {"due", "rule", "steps"})
