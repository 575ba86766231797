from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal.database import writing
from tests.journal.by_hand import change_by_hand
from tests.journal.office_day import NOW

pytestmark = pytest.mark.both_databases

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def _record(office: str = "ssd", /, **changes: Any) -> Any:
    from journal.history import Act, record
    from journal.models import Office

    with writing():
        return record(
            Office.objects.get(key=office),
            "changed",
            "entry:1",
            Act("тест", NOW, "так треба"),
            changes={field: (None, new) for field, new in changes.items()},
        )


def _fault(office: str = "ssd") -> str | None:
    from journal.history import verify_chain
    from journal.models import Office

    return verify_chain(Office.objects.get(key=office))


@given(values=st.lists(st.dictionaries(st.sampled_from("abcd"), JSON, max_size=3), max_size=4))
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_chain_holds_whatever_is_written(data: Path, values: list[dict[str, Any]]) -> None:
    for changes in values:
        _record(**changes)
        _record("css")
    assert _fault() is None
    assert _fault("css") is None


def test_each_office_has_a_chain_of_its_own(data: Path) -> None:
    rows = [_record(), _record("css"), _record(), _record("css")]
    assert [row.seq for row in rows] == [1, 1, 2, 2]
    assert rows[2].previous_hash == rows[0].hash


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE journal_history SET actor = 'інший'",
        "DELETE FROM journal_history",
        "UPDATE journal_historyvalue SET new = '1'",
    ],
)
def test_the_database_refuses_to_change_history(data: Path, sql: str) -> None:
    _record(a=1)
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute(sql)
    assert _fault() is None


@pytest.mark.parametrize(
    "change",
    [
        "at = '2026-03-04 08:00:01'",
        "actor = 'інший'",
        "action = 'read'",
        "subject = 'entry:2'",
        "commitments = '{}'",
        "previous_hash = hash",
        "hash = previous_hash",
        "seq = 9",
        "office_id = (SELECT id FROM journal_office WHERE key = 'css')",
    ],
)
def test_a_changed_column_is_found(data: Path, change: str) -> None:
    for number in range(3):
        _record(a=number)
    change_by_hand(f"UPDATE journal_history SET {change} WHERE seq = 2")  # noqa: S608 - as by hand
    assert _fault()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE journal_historyvalue SET new = '8' WHERE history_id = 2",
        "UPDATE journal_historyvalue SET old = '8' WHERE history_id = 2",
        "UPDATE journal_historyvalue SET salt = 'x' WHERE history_id = 2",
        "DELETE FROM journal_historyvalue WHERE history_id = 2",
        "UPDATE journal_historyvalue SET history_id = 2 WHERE history_id = 1 AND field = 'a0'",
        "DELETE FROM journal_historyvalue",
    ],
)
def test_a_changed_value_is_found(data: Path, sql: str) -> None:
    for number in range(3):
        _record("ssd", **{f"a{number}": number})
    change_by_hand(sql)
    assert _fault()


def test_a_row_taken_out_of_the_middle_is_found(data: Path) -> None:
    for _ in range(3):
        _record()
    change_by_hand("DELETE FROM journal_history WHERE seq = 2")
    assert _fault()


def test_the_same_value_is_hidden_by_its_salt(data: Path) -> None:
    first, second = _record(name="Вигаданюк"), _record(name="Вигаданюк")
    assert first.commitments["name"] != second.commitments["name"]
    assert "Вигаданюк" not in str(first.commitments)


def test_a_reason_that_may_name_a_person_stands_beside_the_chain_and_not_in_it(data: Path) -> None:
    from journal.history import row_hash
    from journal.models import History, HistoryValue

    row = _record()
    assert HistoryValue.objects.get(field="why").new == "так треба"
    assert "так треба" not in str(History.objects.values().get())
    change_by_hand("DELETE FROM journal_historyvalue")
    assert row_hash(History.objects.get()) == row.hash


def test_several_offices_are_held_in_one_order_whoever_names_them(data: Path) -> None:
    from journal.history import hold_all
    from journal.models import Office

    first, second = Office.objects.order_by("pk").values_list("pk", flat=True)
    with writing():
        assert list(hold_all([second, first, second])) == [first, second]
