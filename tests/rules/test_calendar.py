"""Working days: the dated table, its reader, and the library as an independent witness."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from opika.errors import BadValueError, ConfigError
from rules.calendar import Calendar, load_calendar

SHIPPED = Path(__file__).parents[2] / "catalogues/calendar.toml"
CALENDAR = load_calendar(SHIPPED)
PEACE = CALENDAR.with_overrides(martial_law=False)
DAYS = st.dates(date(2024, 1, 1), date(2090, 1, 1))
MINIMAL = '[martial_law]\n2022-02-24 = "триває"\n[holidays]\n"01-01" = "Новий рік"\n'


def written(folder: Path, text: str) -> Calendar:
    path = folder / "calendar.toml"
    path.write_text(text, encoding="utf-8")
    return load_calendar(path)


@pytest.mark.parametrize("year", range(2024, 2061))
def test_holidays_are_those_that_the_library_knows_as_worked(year: int) -> None:
    known = holidays.country_holidays(
        "UA", years=year, observed=False, categories=("public", "workday")
    )
    assert {holiday.on(year) for holiday in CALENDAR.holidays} == set(known)


@given(DAYS)
def test_under_martial_law_only_weekends_are_off(day: date) -> None:
    assert CALENDAR.is_working(day) == (day.weekday() < 5)


@given(st.integers(2024, 2090))
def test_every_holiday_gives_one_weekday_off(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
    off = [d for d in days if d.year == year and d.weekday() < 5 and not PEACE.is_working(d)]
    assert len(off) == len({holiday.on(year) for holiday in PEACE.holidays})


@given(DAYS)
def test_next_working_day_is_the_first_one_after(day: date) -> None:
    found = PEACE.next_working(day)
    between = [day + timedelta(days=n) for n in range(1, (found - day).days)]
    assert PEACE.is_working(found)
    assert not any(PEACE.is_working(each) for each in between)


@given(DAYS, st.integers(1, 30), st.integers(1, 30))
def test_working_days_add_up(day: date, first: int, second: int) -> None:
    middle, _ = PEACE.add_working_days(day, first)
    assert (
        PEACE.add_working_days(middle, second)[0] == PEACE.add_working_days(day, first + second)[0]
    )


def test_fewer_than_one_working_day_is_refused() -> None:
    with pytest.raises(BadValueError, match="від 1"):
        CALENDAR.add_working_days(date(2026, 3, 9), 0)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 3, 7), "вихідний"),
        (date(2026, 3, 9), "Міжнародний жіночий день, перенесено з нд 08.03"),
        (date(2026, 4, 13), "Великдень, перенесено з нд 12.04"),
        (date(2026, 8, 24), "День Незалежності України"),
        (date(2027, 5, 3), "День праці, перенесено з сб 01.05"),
        (date(2027, 5, 4), "Великдень, перенесено з нд 02.05"),
        (date(2026, 3, 10), None),
    ],
)
def test_a_day_off_says_why(day: date, why: str | None) -> None:
    assert PEACE.why_off(day) == why


def test_martial_law_ends_on_its_last_day(tmp_path: Path) -> None:
    text = SHIPPED.read_text(encoding="utf-8").replace('= "триває"', "= 2026-08-24", 1)
    calendar = written(tmp_path, text)
    assert calendar.is_working(date(2026, 8, 24))
    assert not calendar.is_working(date(2026, 10, 1))
    assert calendar.why_working(date(2026, 8, 24)) is not None


def test_martial_law_begins_on_its_first_day(tmp_path: Path) -> None:
    text = SHIPPED.read_text(encoding="utf-8").replace("\n2022-02-24 =", "\n2026-08-24 =", 1)
    calendar = written(tmp_path, text)
    assert not calendar.is_working(date(2026, 7, 15))
    assert calendar.is_working(date(2026, 8, 24))


def test_a_weekend_holiday_under_martial_law_does_not_move_beyond_it(tmp_path: Path) -> None:
    # Saturday, 1 May 2027, is the last day: its holiday stays; Easter on the 2nd moves.
    text = SHIPPED.read_text(encoding="utf-8").replace('= "триває"', "= 2027-05-01", 1)
    calendar = written(tmp_path, text)
    assert not calendar.is_working(date(2027, 5, 3))
    assert calendar.is_working(date(2027, 5, 4))


def test_days_named_by_hand_count_and_say_why(tmp_path: Path) -> None:
    by_hand = (
        '[days_off]\n2026-08-25 = "перенесено з 29.08"\n[working_days]\n2026-08-29 = "за 25.08"\n'
    )
    calendar = written(tmp_path, MINIMAL + by_hand)
    assert calendar.why_off(date(2026, 8, 25)) == "вихідний: перенесено з 29.08"
    assert calendar.why_working(date(2026, 8, 29)) == "робочий: за 25.08"
    assert calendar.add_working_days(date(2026, 8, 28), 1) == (
        date(2026, 8, 29),
        "1-й роб. день сб 29.08 (робочий: за 25.08)",
    )


def test_a_holiday_moves_past_a_day_off_named_by_hand() -> None:
    calendar = PEACE.with_overrides(days_off=[date(2026, 3, 9)])
    assert calendar.next_working(date(2026, 3, 6)) == date(2026, 3, 11)


def test_a_holiday_on_the_last_saturday_moves_into_the_new_year(tmp_path: Path) -> None:
    calendar = written(tmp_path, MINIMAL + '"12-31" = "Щедрик"\n').with_overrides(martial_law=False)
    assert date(2033, 12, 31).weekday() == 5
    assert calendar.next_working(date(2033, 12, 30)) == date(2034, 1, 4)


def test_overrides_stand_in_place_of_the_table_and_leave_it_alone() -> None:
    calendar = CALENDAR.with_overrides(martial_law=False, days_off=[date(2026, 3, 10)])
    assert not calendar.is_working(date(2026, 3, 10))
    assert calendar.with_overrides(days_off=[]).is_working(date(2026, 3, 10))
    assert CALENDAR.is_working(date(2026, 8, 24))


def test_a_day_cannot_be_both_off_and_working() -> None:
    day = date(2026, 3, 10)
    with pytest.raises(BadValueError, match=r"вт 10\.03\.2026"):
        CALENDAR.with_overrides(days_off=[day], working_days=[day])


@pytest.mark.parametrize(
    ("text", "line", "allowed"),
    [
        ('[martial_law]\n2022-2-24 = "триває"\n[holidays]\n', 2, "перша доба = остання доба"),
        ('[martial_law]\n2022-02-24 = "так"\n[holidays]\n', 2, "триває"),
        ("[martial_law]\n2022-02-24 = 2021-01-01\n[holidays]\n", 2, "не раніша"),
        (MINIMAL + '"02-29" = "Касіян"\n', 5, "Великдень+49"),
        (MINIMAL + '"13-01" = "назва"\n', 5, "08-24"),
        (MINIMAL + '"Великодень" = "назва"\n', 5, "Великдень+49"),
        (MINIMAL + '"05-01" = ""\n', 5, "08-24"),
        (MINIMAL + '[days_off]\n\n2026-02-30 = "ні"\n', 7, "рік-місяць-день"),
        (MINIMAL + "[days_off]\n2026-02-27 = 5\n", 6, "пояснення"),
        (MINIMAL + '[days_off]\n27.02.2026 = "ні"\n', 6, "рік-місяць-день"),
        (MINIMAL + '[weekends]\n2026-02-27 = "ні"\n', 5, "martial_law, holidays, days_off"),
        ('days_off = "ні"\n' + MINIMAL, 1, "розділом"),
        (
            MINIMAL + '[days_off]\n2026-02-27 = "так"\n[working_days]\n2026-02-27 = "ні"\n',
            8,
            "вихідним",
        ),
        (MINIMAL + "2026-02-27 - x\n", 5, "TOML"),
        (MINIMAL + '"01-01" = "вдруге"\n', 5, "TOML"),
    ],
)
def test_a_bad_table_is_refused_with_its_line_and_what_is_allowed(
    tmp_path: Path, text: str, line: int, allowed: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        written(tmp_path, text)
    assert f"рядок {line}:" in caught.value.clerk_message
    assert allowed in caught.value.clerk_message


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        written(tmp_path, "[days_off]\n1 = 2\n3 = 4\n")
    assert str(caught.value).count("calendar.toml:") == 4


def test_a_missing_table_and_foreign_bytes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="не читається"):
        load_calendar(tmp_path / "none.toml")
    (tmp_path / "c.toml").write_bytes('[holidays]\n"01-01" = "свято"'.encode("cp1251"))
    with pytest.raises(ConfigError, match="UTF-8"):
        load_calendar(tmp_path / "c.toml")
