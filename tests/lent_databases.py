"""PostgreSQL databases that go from one test to the next, emptied: a copy costs ten times as much."""

from __future__ import annotations

import itertools
from contextlib import suppress
from typing import Any

import psycopg
from psycopg import sql

from tests.postgres import PostgresServer

# Whatever a test has done to tables, guards or kept rows, its database is not used again.
_SHAPE = """
    SELECT md5(string_agg(what, ';' ORDER BY what)) FROM (
        SELECT concat_ws(' ', relname, relkind) FROM pg_class
            WHERE relnamespace = 'public'::regnamespace
        UNION ALL SELECT concat_ws(' ', attrelid::regclass, attname, attnotnull) FROM pg_attribute
            JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace
        UNION ALL SELECT conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT concat_ws(' ', proname, md5(prosrc)) FROM pg_proc
            WHERE pronamespace = 'public'::regnamespace
        UNION ALL SELECT concat_ws(' ', tgrelid::regclass, tgenabled,
            CASE WHEN tgisinternal THEN '' ELSE tgname END) FROM pg_trigger
    ) AS shape(what)
"""
_OTHERS_GONE = """
    SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
_SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"


class LentDatabases:
    """Copies of one database, each lent to one test at a time.

    Args:
        server: where they lie.
        blank: the database that they are copies of; nobody is connected to it.
    """

    def __init__(self, server: PostgresServer, blank: str) -> None:
        self._server, self._blank = server, blank
        self._idle: list[str] = []
        self._numbers = itertools.count(1)
        with psycopg.connect(server.url(blank)) as connection:
            tables = [name for (name,) in connection.execute(_TABLES)]
            filled = set(_filled(connection, tables))
            self._kept = sorted(filled)
            self._emptied = [table for table in tables if table not in filled]
            self._sequences: dict[str, int | None] = dict(connection.execute(_SEQUENCES).fetchall())
            self._made = self._fingerprint(connection)

    def take(self) -> str:
        """The name of a database that holds what the blank one holds."""
        if self._idle:
            return self._idle.pop()
        name = f"{self._blank}{next(self._numbers)}"
        self._server.create(name, self._blank)
        return name

    def give_back(self, name: str) -> None:
        """Empty the database for the next test, or drop it where a test changed more than rows."""
        with suppress(psycopg.Error):
            if self._emptied_again(name):
                self._idle.append(name)
                return
        self._server.drop(name)

    def _emptied_again(self, name: str) -> bool:
        with psycopg.connect(self._server.url(name)) as connection:
            connection.execute(_OTHERS_GONE)
            connection.execute("SET session_replication_role = replica")
            if self._fingerprint(connection) != self._made:
                return False
            for table in _filled(connection, self._emptied):
                # Quicker than TRUNCATE, which would also ask for every table that points here.
                connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
            for sequence, value in connection.execute(_SEQUENCES).fetchall():
                made = self._sequences[sequence]
                if value != made:
                    again = "SELECT setval(%s::regclass, %s, %s)"
                    connection.execute(again, (sequence, made or 1, made is not None))
        return True

    def _fingerprint(self, connection: psycopg.Connection[Any]) -> list[Any]:
        found = [connection.execute(_SHAPE).fetchone()]
        for table in self._kept:
            rows = sql.SQL("SELECT md5(string_agg(r::text, ';' ORDER BY r::text)) FROM {} AS r")
            found.append(connection.execute(rows.format(sql.Identifier(table))).fetchone())
        return found


def _filled(connection: psycopg.Connection[Any], tables: list[str]) -> list[str]:
    """Which of the tables hold rows."""
    asked = [
        sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(table, sql.Identifier(table))
        for table in tables
    ]
    return [name for (name,) in connection.execute(sql.SQL(" UNION ALL ").join(asked))]
