"""A journal that an earlier release left opens, is proved whole and goes on numbering."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, connections

from journal.database import open_journal
from journal.originals import Originals
from tests.journal.make_schema import lay_out
from tests.journal.office_day import NOW, arrival, rules

SCHEMAS = sorted((Path(__file__).parent / "schemas").glob("*.json"))


@pytest.fixture(params=SCHEMAS, ids=lambda path: str(path.stem))
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """The folder of a journal of an earlier release, not opened yet."""
    data = tmp_path / "old"
    lay_out(json.loads(request.param.read_text(encoding="utf-8")), data)
    yield data
    connections.close_all()


def test_there_is_a_journal_of_every_release() -> None:
    assert [path.stem for path in SCHEMAS] == ["0004"]


def test_an_old_journal_is_whole_after_its_migration(old: Path) -> None:
    open_journal(old)
    from journal import verify

    found = verify.verify(Originals(old / "originals"), old)
    assert (found.first_fault, found.entries, found.history_rows) == (None, 2, 8)


def test_an_old_journal_goes_on_with_the_next_number(old: Path) -> None:
    open_journal(old)
    from journal.deciding import PlainNotice, register_plain

    told = PlainNotice({"content": "Телефонували після оновлення."})
    call = arrival(None, raw="дзвінок")
    assert register_plain(call, told, now=NOW, actor="тест", rules=rules()).number == "3"


def test_the_history_of_an_old_journal_stays_append_only(old: Path) -> None:
    open_journal(old)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
        triggers = {name for (name,) in cursor.fetchall()}
    refused = {"history_no_update", "history_no_delete", "historyvalue_no_update"}
    assert {f"journal_{name}" for name in refused} <= triggers


def test_the_entries_of_an_old_journal_are_found(old: Path) -> None:
    open_journal(old)
    from journal import searching

    assert [hit.number for hit in searching.search("2026").hits] == ["2", "1"]
