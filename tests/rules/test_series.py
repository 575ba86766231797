"""Indexes of documents, and the year to which a number counts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opika.errors import BadValueError
from rules.series import check_mask, kyiv_year, render_index

KYIV = ZoneInfo("Europe/Kyiv")
DAY = date(2026, 3, 9)


@pytest.mark.parametrize(
    ("mask", "index"),
    [
        ("{number}", "425"),
        ("{number}/01-17", "425/01-17"),
        ("01-17/{number}", "01-17/425"),
        ("№{number}/01-17", "№425/01-17"),
        ("{number}-{yy}", "425-26"),
        ("{year}/{month}/{number}", "2026/03/425"),
        ("{{{number}}}", "{425}"),
    ],
)
def test_a_mask_writes_the_index_that_offices_use(mask: str, index: str) -> None:
    assert render_index(mask, 425, 2026, DAY) == index


@pytest.mark.parametrize(
    ("mask", "named"),
    [
        ("", "{number}"),
        ("01-17", "{number}"),
        ("{year}", "{number}"),
        ("{number}/{office}", "{office}"),
        ("{number}/{}", "{}"),
        ("{number}/{0}", "{0}"),
        ("{number.real}", "{number.real}"),
        ("{number!r}", "{number}"),
        ("{number:05}", "{number}"),
        ("{number", "дужка"),
        ("number}", "дужка"),
    ],
)
def test_a_bad_mask_is_refused_with_the_field_and_what_is_allowed(mask: str, named: str) -> None:
    with pytest.raises(BadValueError) as caught:
        check_mask(mask)
    assert named in caught.value.clerk_message
    assert "дозволено {number}, {year}, {yy}, {month}" in caught.value.clerk_message


@pytest.mark.parametrize("number", [0, -1])
def test_a_number_below_one_is_refused(number: int) -> None:
    with pytest.raises(BadValueError, match="від 1"):
        render_index("{number}", number, 2026, DAY)


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_two_numbers_never_share_an_index(first: int, second: int) -> None:
    indexes = [render_index("{number}/01-17", n, 2026, DAY) for n in (first, second)]
    assert (indexes[0] == indexes[1]) == (first == second)


@given(st.text(max_size=20))
def test_any_mask_is_rendered_or_refused(mask: str) -> None:
    try:
        check_mask(mask)
    except BadValueError:
        return
    assert "425" in render_index(mask, 425, 2026, DAY)


@pytest.mark.parametrize(
    ("moment", "year"),
    [
        (datetime(2026, 12, 31, 21, 59, 59, tzinfo=UTC), 2026),
        (datetime(2026, 12, 31, 22, 0, tzinfo=UTC), 2027),
        (datetime(2027, 1, 1, 1, 30, tzinfo=KYIV), 2027),
    ],
)
def test_the_year_begins_at_midnight_in_kyiv(moment: datetime, year: int) -> None:
    assert kyiv_year(moment, KYIV) == year


def test_a_moment_without_a_zone_has_no_year() -> None:
    with pytest.raises(BadValueError, match="часовим поясом"):
        kyiv_year(datetime(2026, 12, 31, 23, 0), KYIV)  # noqa: DTZ001
