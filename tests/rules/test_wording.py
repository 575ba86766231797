from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.wording import date_in_figures, date_in_words, plural, the_nth

CHILD = ("дитина", "дитини", "дітей")


@pytest.mark.parametrize(
    ("number", "form"),
    [
        (0, "дітей"),
        (1, "дитина"),
        (2, "дитини"),
        (4, "дитини"),
        (5, "дітей"),
        (11, "дітей"),
        (12, "дітей"),
        (14, "дітей"),
        (20, "дітей"),
        (21, "дитина"),
        (22, "дитини"),
        (101, "дитина"),
        (111, "дітей"),
        (112, "дітей"),
        (1002, "дитини"),
    ],
)
def test_noun_agrees_with_its_number(number: int, form: str) -> None:
    assert plural(number, *CHILD) == form


@given(st.integers(0, 10**6))
def test_only_the_last_two_figures_decide(number: int) -> None:
    assert plural(number, *CHILD) == plural(number % 100, *CHILD)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        *[(1, "1-ше"), (2, "2-ге"), (3, "3-тє"), (4, "4-те"), (7, "7-ме"), (8, "8-ме")],
        *[(10, "10-те"), (11, "11-те"), (12, "12-те"), (13, "13-те"), (20, "20-те")],
        *[(21, "21-ше"), (23, "23-тє"), (112, "112-те")],
    ],
)
def test_the_how_manieth_is_written_as_it_is_read(number: int, words: str) -> None:
    assert the_nth(number) == words


def test_date_in_words_has_no_leading_zero() -> None:
    assert date_in_words(date(2025, 2, 9)) == "9 лютого 2025 року"


@given(st.dates())
def test_date_in_figures_can_be_read_back(day: date) -> None:
    figures = date_in_figures(day)
    assert (int(figures[6:]), int(figures[3:5]), int(figures[:2])) == (day.year, day.month, day.day)
