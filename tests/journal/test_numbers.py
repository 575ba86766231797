from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal.database import writing
from tests.journal.by_hand import change_by_hand
from tests.journal.office_day import KYIV, NOW, outgoing, utc

pytestmark = pytest.mark.both_databases


class _Lost(Exception):  # noqa: N818 - no error: the test's own way out of a transaction
    pass


def _give(now: datetime = NOW, office: str = "ssd", *, lost: bool = False, **rule: object) -> str:
    from journal.models import Office
    from journal.numbers import give

    with writing():
        number = give(Office.objects.get(key=office), outgoing(**rule), now)
        if lost:
            raise _Lost
    return number.index


@given(lost=st.lists(st.booleans(), max_size=12), start=st.integers(1, 5000))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_numbers_have_no_gaps_whatever_is_rolled_back(
    data: Path, lost: list[bool], start: int
) -> None:
    change_by_hand("DELETE FROM journal_series")
    given_out = []
    for rolled_back in lost:
        try:
            given_out.append(_give(lost=rolled_back, start=start, mask="{number}"))
        except _Lost:
            continue
    assert given_out == [str(start + n) for n in range(lost.count(False))]


def test_the_paper_book_goes_on_and_the_next_year_begins_anew(data: Path) -> None:
    assert _give(start=412) == "01-12/412"
    assert _give(start=1) == "01-12/413"
    assert _give(datetime(2027, 1, 4, 9, tzinfo=KYIV), start=1) == "01-12/1"


@pytest.mark.parametrize(
    ("moment", "index"),
    [
        (utc(2026, 12, 31, 21, 59), "5/2026"),
        (utc(2026, 12, 31, 22, 1), "5/2027"),
    ],
)
def test_the_year_is_that_of_kyiv(data: Path, moment: datetime, index: str) -> None:
    assert _give(moment, start=5, mask="{number}/{year}") == index


def test_each_office_and_register_counts_for_itself(data: Path) -> None:
    from journal.models import Office
    from journal.numbers import take

    with writing():
        ssd, css = Office.objects.get(key="ssd"), Office.objects.get(key="css")
        counted = [
            take(ssd, "outgoing", 2026, 1),
            take(ssd, "outgoing", 2026, 1),
            take(ssd, "notifications", 2026, 7),
            take(css, "outgoing", 2026, 1),
        ]
    assert counted == [1, 2, 7, 1]
