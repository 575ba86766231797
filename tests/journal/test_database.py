from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection

from journal.database import offices, open_journal, snapshot, writing
from opika.errors import JournalBusyError, JournalError, StorageError

ROOT = Path(__file__).parents[2]


def _offices(database: Path) -> list[str]:
    with sqlite3.connect(database) as raw:
        rows = raw.execute("SELECT key FROM journal_office ORDER BY key").fetchall()
    raw.close()
    return [key for (key,) in rows]


def test_only_the_owner_reads_a_journal(tmp_path: Path) -> None:
    open_journal(tmp_path / "new")
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "new" / "journal.sqlite3").stat().st_mode) == 0o600


def test_a_process_turns_from_one_journal_to_another(data: Path, tmp_path: Path) -> None:
    open_journal(tmp_path / "second")
    offices([("other", "Інша служба")])
    open_journal(data)
    offices([("third", "Третя служба")])
    assert _offices(tmp_path / "second" / "journal.sqlite3") == ["other"]
    assert _offices(data / "journal.sqlite3") == ["css", "ssd", "third"]


def test_an_office_keeps_its_key_when_its_name_changes(data: Path) -> None:
    from journal.models import Office

    offices([("ssd", "Нова назва")])
    assert Office.objects.get(key="ssd").name == "Нова назва"
    assert Office.objects.count() == 2


def test_processes_that_start_at_once_make_one_journal(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from journal.database import open_journal, offices;"
        "open_journal(Path(sys.argv[1])); offices([('ssd', 'Служба')])"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "new")]
    running = [subprocess.Popen(command, cwd=ROOT) for _ in range(3)]  # noqa: S603 - our own
    assert [process.wait(60) for process in running] == [0, 0, 0]
    assert _offices(tmp_path / "new" / "journal.sqlite3") == ["ssd"]


def test_a_journal_held_by_another_process_is_busy(data: Path) -> None:
    other = sqlite3.connect(data / "journal.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 20")
    with pytest.raises(JournalBusyError):
        offices([("new", "Нова")])
    other.close()
    offices([("new", "Нова")])


def test_a_full_disk_is_named_and_nothing_is_half_written(data: Path) -> None:
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StorageError):
        offices([(f"key{n}", "Назва " * 40) for n in range(400)])
    assert _offices(data / "journal.sqlite3") == ["css", "ssd"]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError):
        open_journal(tmp_path / "file" / "data")


def test_what_is_no_database_is_named_as_damaged(tmp_path: Path) -> None:
    (tmp_path / "journal.sqlite3").write_bytes(b"no database at all" * 400)
    with pytest.raises(JournalError, match="damaged"):
        open_journal(tmp_path)


def test_a_fault_without_a_name_of_ours_stays_what_it_is(data: Path) -> None:
    with pytest.raises(DatabaseError), writing(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM no_such_table")


def test_a_commit_is_on_the_disk_and_writers_queue(data: Path) -> None:
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert cursor.execute("PRAGMA synchronous").fetchone() == (2,)
        assert cursor.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_a_snapshot_does_not_see_what_is_written_meanwhile(data: Path) -> None:
    from journal.models import Office

    with snapshot():
        assert Office.objects.count() == 2
        with sqlite3.connect(data / "journal.sqlite3") as other:
            other.execute("INSERT INTO journal_office (key, name) VALUES ('new', 'Нова')")
        other.close()
        assert Office.objects.count() == 2
    assert Office.objects.count() == 3


def test_the_migrations_make_the_tables_that_the_models_declare(data: Path) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
