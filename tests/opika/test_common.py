"""Printing what is too long to be held: the same bytes, written as they come."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opika.commands.common import print_json_list, print_table

_PLAIN = st.none() | st.booleans() | st.integers() | st.text()
_JSON = st.recursive(
    _PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8
)


@given(values=st.lists(_JSON, max_size=4))
def test_a_list_written_piece_by_piece_is_the_whole_document(values: list[object]) -> None:
    said = io.StringIO()
    with redirect_stdout(said):
        print_json_list(values)
    assert said.getvalue() == json.dumps(values, ensure_ascii=False, indent=1) + "\n"


def test_days_and_moments_are_written_as_iso_8601(capsys: pytest.CaptureFixture[str]) -> None:
    print_json_list(
        [{"day": date(2026, 3, 4), "at": datetime.fromisoformat("2026-03-04T10:00+02")}]
    )
    assert json.loads(capsys.readouterr().out) == [
        {"day": "2026-03-04", "at": "2026-03-04T10:00:00+02:00"}
    ]


def test_a_long_table_is_printed_while_it_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    seen = []

    def rows() -> Iterator[tuple[object, ...]]:
        for n in range(5_000):
            if n == 4_000:
                seen.append(capsys.readouterr().out)
            yield n, "слово" if n else "найдовше слово", None

    print_table(("№", "що", "хто"), rows())
    begun, rest = seen[0].splitlines(), capsys.readouterr().out.splitlines()
    assert begun[:3] == [
        "№    що              хто",
        "───  ──────────────  ───",
        "0    найдовше слово  –",
    ]
    assert 3_000 < len(begun) <= 4_002
    assert len(begun) + len(rest) == 5_002
