"""Opening the journal's database, and the one way of writing to it.

``open_journal`` must have run before any other module of the journal is imported: Django's tables
can be declared only once it knows its settings.
"""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.db import DatabaseError, connection, transaction

from journal.settings import TIME_ZONE, configure
from opika.errors import JournalBusyError, JournalError, OpikaError, StorageError

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_STORAGE = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_DAMAGED_MESSAGE = "Файл журналу пошкоджено. Не вносьте змін; відновіть журнал із резервної копії."
# PostgreSQL: serialization failure, deadlock, lock not available, query cancelled, shutting down.
_BUSY_STATES = {"40001", "40P01", "55P03", "57014", "57P01"}
_DISK_FULL_STATE = "53100"
# Any fixed number: processes that open one PostgreSQL journal at once queue on it.
_OPENING = 1_059_202_611


def open_journal(data: Path, database: str | None = None, timezone: str = TIME_ZONE) -> None:
    """Open the journal below ``data`` (or at ``database``), made or brought up to date if need be.

    Args:
        data: the folder that holds everything the pipeline keeps.
        database: ``postgresql://…``, or None for SQLite below ``data``.
        timezone: the zone of the office's calendar.

    Raises:
        JournalBusyError: another process holds the database.
        StorageError: the disk is full or cannot be written to.
        JournalError: the database file is damaged.
    """
    with _storage_named():
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if database is None:
            (data / "journal.sqlite3").touch(mode=0o600)
    configure(data, database, timezone)
    with _alone(data), named_errors():
        _bring_up_to_date()


def offices(known: Sequence[tuple[str, str]]) -> None:
    """Make the journal know the offices of the configuration, each a pair of key and name."""
    from journal.models import Office

    with writing():
        for key, name in known:
            Office.objects.update_or_create(key=key, defaults={"name": name})


@contextmanager
def writing() -> Iterator[None]:
    """One transaction, durable when it ends; faults of the database carry our names.

    Raises:
        JournalBusyError: another process holds the database.
        StorageError: the disk is full or cannot be written to.
    """
    with named_errors(), transaction.atomic():
        yield


@contextmanager
def snapshot() -> Iterator[None]:
    """Many queries that all see the journal as it stood at the first; writers are not held up."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


@contextmanager
def named_errors() -> Iterator[None]:
    """Turn a fault of the database that has a name of ours into it."""
    try:
        yield
    except DatabaseError as error:
        named = _named(error)
        if named is None:
            raise
        raise named from error


def _named(error: DatabaseError) -> OpikaError | None:
    cause = error.__cause__
    # An extended code of SQLite holds the plain one in its lowest byte.
    code = (getattr(cause, "sqlite_errorcode", None) or 0) & 0xFF
    state = getattr(cause, "sqlstate", None)
    if code in _BUSY or state in _BUSY_STATES:
        return JournalBusyError("database is locked")
    if code in _STORAGE or state == _DISK_FULL_STATE:
        return StorageError("database cannot be written")
    if code in _DAMAGED:
        return JournalError("database is damaged", clerk_message=_DAMAGED_MESSAGE)
    return None


@contextmanager
def _storage_named() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError("data folder cannot be written") from error


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    # Two processes that start on a new folder must not both make the tables.
    if connection.vendor == "sqlite":
        with (data / "journal.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_OPENING])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_OPENING])


def _bring_up_to_date() -> None:
    from django.core.management import call_command
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
