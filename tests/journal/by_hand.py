"""Changing the database behind the journal's back, as somebody with all rights could."""

from __future__ import annotations

from django.db import connection


def change_by_hand(sql: str) -> None:
    """Run the statement with every guard of the database switched off."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
            cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute(sql)
