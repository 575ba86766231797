from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from rules.moments import parse_day, parse_moment

KYIV = ZoneInfo("Europe/Kyiv")
TODAY = date(2026, 3, 4)
NOW = datetime(2026, 3, 4, 18, 5, tzinfo=KYIV)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("сьогодні", "2026-03-04"),
        ("вчора ввечері", "2026-03-03"),
        ("позавчора", "2026-03-02"),
        ("03.03.2026", "2026-03-03"),
        ("3.03.26", "2026-03-03"),
        ("3 березня 2026 року", "2026-03-03"),
        ("третього березня", "2026-03-03"),
        ("03.03", "2026-03-03"),
        ("05.12", "2025-12-05"),
        ("5 грудня", "2025-12-05"),
    ],
)
def test_a_day_is_understood_however_it_is_said(said: str, day: str) -> None:
    assert parse_day(said, today=TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize("said", ["05.03.2026", "31.02", "колись", "", "01.03.2026 або 02.03.2026"])
def test_what_is_no_plain_past_day_is_none(said: str) -> None:
    assert parse_day(said, today=TODAY) is None


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("щойно", "2026-03-04T18:05"),
        ("14:30", "2026-03-04T14:30"),
        ("вчора о 18:40", "2026-03-03T18:40"),
        ("02.03.2026 9.15", "2026-03-02T09:15"),
        ("о 9 год 20 хв", "2026-03-04T09:20"),
        ("понеділок, 02.03.2026, 9:15", "2026-03-02T09:15"),
    ],
)
def test_a_moment_is_understood_in_the_zone_of_the_clock(said: str, moment: str) -> None:
    expected = datetime.fromisoformat(moment).replace(tzinfo=KYIV)
    assert parse_moment(said, now=NOW) == expected


@pytest.mark.parametrize("said", ["18:06", "вчора", "завтра", "05.03.2026 10:00"])
def test_what_is_to_come_or_has_no_time_is_no_moment(said: str) -> None:
    assert parse_moment(said, now=NOW) is None


@pytest.mark.parametrize(
    "said", ["завтра о 10:00", "у понеділок о 9:15", "в п’ятницю 14:30", "тиждень тому о 10:00"]
)
def test_a_time_of_another_day_is_never_taken_for_todays(said: str) -> None:
    assert parse_moment(said, now=NOW) is None
