"""A journal that an earlier release left opens, is proved whole and goes on numbering."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, connections

from journal.database import open_journal
from journal.guards import missing
from journal.originals import Originals
from tests.journal.make_schema import lay_out
from tests.journal.office_day import NOW, arrival, rules
from tests.postgres import PostgresServer

FOLDER = Path(__file__).parent / "schemas"
# The rows of history in each.
SCHEMAS = {"0004": 8, "0008": 18, "0008.postgresql": 18}


@dataclass(frozen=True)
class Old:
    """A journal of an earlier release, not opened yet.

    Attributes:
        data: its folder.
        database: its address; None: it is SQLite's.
        history_rows: how many rows its history has.
    """

    data: Path
    database: str | None
    history_rows: int


@pytest.fixture(params=SCHEMAS)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Old]:
    name = request.param
    kept = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    if "postgresql" not in kept:
        lay_out(kept, tmp_path / "old")
        yield Old(tmp_path / "old", None, SCHEMAS[name])
        connections.close_all()
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    database = server.create("old")
    lay_out(kept, tmp_path / "old", database)
    yield Old(tmp_path / "old", database, SCHEMAS[name])
    connections.close_all()
    server.drop("old")


def test_every_journal_that_was_kept_is_tried() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {f"{name}.json" for name in SCHEMAS}


def test_an_old_journal_is_whole_found_guarded_and_goes_on(old: Old) -> None:
    open_journal(old.data, old.database)
    from journal import searching
    from journal.deciding import PlainNotice, register_plain
    from journal.verify import verify

    store = Originals(old.data / "originals")
    found = verify(store, old.data)
    assert (found.first_fault, found.entries) == (None, 2)
    assert found.history_rows == old.history_rows
    assert missing(connection) == []
    assert [hit.number for hit in searching.search("2026").hits] == ["2", "1"]
    raw = "дзвінок"
    store.put(raw.encode())
    told = PlainNotice({"content": "Телефонували після оновлення."})
    call = arrival(None, raw=raw)
    assert register_plain(call, told, now=NOW, actor="тест", rules=rules()).number == "3"
    assert verify(store, old.data).first_fault is None


@pytest.mark.both_databases
def test_the_guards_can_be_taken_back_and_put_up_again(data: Path) -> None:
    """A later migration that makes a table anew does just this."""
    call_command("migrate", "journal", "0007", verbosity=0)
    assert "journal_entry_no_update" in missing(connection)
    call_command("migrate", "journal", verbosity=0)
    assert missing(connection) == []
