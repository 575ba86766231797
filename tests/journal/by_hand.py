"""Changing the database behind the journal's back, as somebody with all rights could."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection


def change_by_hand(*statements: str) -> None:
    """Run the statements with every guard of the database switched off, then put them back."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            for statement in statements:
                cursor.execute(statement)
            cursor.execute("RESET session_replication_role")
            return
        cursor.execute("PRAGMA foreign_keys = OFF")
        with _unguarded(cursor):
            for statement in statements:
                cursor.execute(statement)
        cursor.execute("PRAGMA foreign_keys = ON")


def bring_to(office: str, form_id: int) -> None:
    """Have the form's arrival belong to another office's journal."""
    file = f"SELECT file_id FROM journal_form WHERE id = {form_id}"  # noqa: S608
    arrival = f"SELECT arrival_id FROM journal_file WHERE id = ({file})"  # noqa: S608
    journal = f"SELECT id FROM journal_office WHERE key = '{office}'"  # noqa: S608
    change_by_hand(f"UPDATE journal_arrival SET journal_id = ({journal}) WHERE id = ({arrival})")  # noqa: S608


def change_file(path: Path, *statements: tuple[str, tuple[Any, ...]]) -> int:
    """Run the statements on a closed SQLite journal without its guards, then put these back.

    Returns:
        How many rows the last statement has changed.
    """
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA synchronous = OFF")
    raw.execute("PRAGMA foreign_keys = OFF")
    with _unguarded(raw):
        changed = [raw.execute(*statement).rowcount for statement in statements]
    raw.close()
    return changed[-1]


@contextmanager
def _unguarded(database: Any) -> Iterator[None]:
    """One transaction in which a SQLite journal has no triggers."""
    found = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    triggers = found.fetchall()
    database.execute("BEGIN IMMEDIATE")
    for name, _ in triggers:
        database.execute(f"DROP TRIGGER {name}")
    yield
    for _, statement in triggers:
        database.execute(statement)
    database.execute("COMMIT")
