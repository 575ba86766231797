"""A copy of the database as it stands at one moment, while others go on writing to it.

What the copy names is what a backup must hold beside it: so the copy comes first, and the files
after. Files are never replaced, so those that it names are still there.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.db import connection

from journal.database import named_errors, snapshot
from opika.errors import BackupError, StorageError

_Ask = Callable[[str], Iterable[Sequence[Any]]]


@dataclass(frozen=True, slots=True)
class Number:
    """The last number that a register of an office has given in a year."""

    office: str
    register: str
    year: int
    last: int


@dataclass(frozen=True, slots=True)
class Contents:
    """What a copied database says of itself.

    Attributes:
        engine: ``sqlite`` or ``postgresql``.
        schema: the last migration that it has seen.
        heads: office's key -> number and hash of its last row of history, as ``verify`` gives them.
        entries: how many the book holds.
        history_rows: how many rows the chains have.
        numbers: the last ones given.
        originals: digests of the originals that it names, as bytes.
        original_bytes: how many bytes these are together.
        documents: paths of the letters' files below the data folder.
        head_days: the days whose ends of the chains were given out, as ISO dates.
    """

    engine: str
    schema: str
    heads: dict[str, str]
    entries: int
    history_rows: int
    numbers: list[Number]
    originals: list[bytes]
    original_bytes: int
    documents: list[str]
    head_days: frozenset[str]


@dataclass(frozen=True, slots=True)
class DatabaseCopy:
    """An open file without a name: it is gone when it is closed, whatever becomes of the process."""

    file: IO[bytes]
    contents: Contents


@contextmanager
def copied(work: Path) -> Iterator[DatabaseCopy]:
    """Copy the journal's database as it stands now.

    Args:
        work: a folder that is swept, with room for the database.

    Raises:
        BackupError: PostgreSQL's ``pg_dump`` is missing or failed.
        JournalBusyError, StorageError: the journal cannot be read, or the disk is full.
    """
    # Named as what is swept: a process killed while the copy is made leaves nothing for long.
    path = work / f".{secrets.token_hex(8)}.tmp"
    path.touch(mode=0o600)
    copy = _copy_sqlite if connection.vendor == "sqlite" else _dump
    try:
        with named_errors():
            contents = copy(path)
        file = path.open("rb")
    finally:
        path.unlink()
    with file:
        yield DatabaseCopy(file, contents)


def _copy_sqlite(path: Path) -> Contents:
    with connection.cursor() as cursor:
        # Unlike a copy of its pages it holds nothing of rows that were deleted.
        cursor.execute("VACUUM INTO %s", [str(path)])
    copy = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    try:
        return _contents("sqlite", copy.execute)
    finally:
        copy.close()


def _dump(path: Path) -> Contents:
    with snapshot(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        (name,) = cursor.fetchone()
        with path.open("wb") as out:
            words = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={name}"]
            run_postgres("pg_dump", words, out)

        def ask(question: str) -> Iterable[Sequence[Any]]:
            cursor.execute(question)
            return cursor

        return _contents("postgresql", ask)


def run_postgres(program: str, words: Sequence[str], out: IO[bytes] | int) -> None:
    """Run one of PostgreSQL's own programs on the journal's database.

    Args:
        program: its name.
        words: its arguments, without those that say which database.
        out: where its output goes.

    Raises:
        BackupError: it is missing, or it failed.
        StorageError: the disk is full.
    """
    if shutil.which(program) is None:
        raise BackupError(
            f"{program} is missing",
            clerk_message=f"Немає програми {program}. Встановіть пакет postgresql-client.",
        )
    settings = connection.settings_dict
    told = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    given = {name: settings[key] for name, key in told.items() if settings[key]}
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own programs
        [program, *words, "--no-password", f"--dbname={settings['NAME']}"],
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", **given},
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=subprocess.PIPE,
        check=False,
    )
    if done.returncode == 0:
        return
    if b"No space left" in done.stderr:
        raise StorageError(f"{program}: disk is full")
    said = done.stderr.decode(errors="replace").strip().splitlines()
    # What stands in quotation marks may be a value of a row (promise 7).
    reason = re.sub(r'"[^"]*"?', "«…»", said[0]) if said else str(done.returncode)
    raise BackupError(
        f"{program} ended with {done.returncode}",
        clerk_message=f"Не вдалося скопіювати базу PostgreSQL: {reason[:300]}",
    )


def _contents(engine: str, ask: _Ask) -> Contents:
    """What the copied database says; the questions are SQL that both engines know."""
    return Contents(
        engine=engine,
        schema=_one(ask, "SELECT max(name) FROM django_migrations WHERE app = 'journal'"),
        heads={key: head for key, head in ask(_HEADS)},
        entries=_one(ask, "SELECT count(*) FROM journal_entry"),
        history_rows=_one(ask, "SELECT count(*) FROM journal_history"),
        numbers=[Number(*row) for row in ask(_NUMBERS)],
        originals=[bytes.fromhex(sha256) for (sha256,) in ask(_ORIGINALS)],
        original_bytes=int(_one(ask, _BYTES)),
        documents=[path for (path,) in ask(_DOCUMENTS)],
        head_days=frozenset(str(day) for (day,) in ask("SELECT day FROM journal_headexport")),
    )


def _one(ask: _Ask, question: str) -> Any:
    ((value,),) = ask(question)
    return value


_HEADS = """
    SELECT office.key, coalesce(row.seq || ':' || row.hash, '0') FROM journal_office office
    LEFT JOIN journal_history row ON row.office_id = office.id AND row.seq =
      (SELECT max(seq) FROM journal_history WHERE office_id = office.id)
    ORDER BY office.id"""
_NUMBERS = """
    SELECT office.key, series.register, series.year, series.last_number
    FROM journal_series series JOIN journal_office office ON office.id = series.office_id
    ORDER BY office.id, series.register, series.year"""
_ORIGINALS = "SELECT sha256 FROM journal_original WHERE erased_at IS NULL ORDER BY sha256"
_BYTES = "SELECT coalesce(sum(size), 0) FROM journal_original WHERE erased_at IS NULL"
_DOCUMENTS = """
    SELECT docx FROM journal_document WHERE docx <> ''
    UNION SELECT pdf FROM journal_document WHERE pdf <> '' ORDER BY 1"""


def numbers() -> list[Number]:
    """The last number that each register has given, as the opened journal says."""
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERS)
        return [Number(*row) for row in cursor.fetchall()]


def some_erased(originals: Iterable[bytes], documents: Iterable[str]) -> bool:
    """Whether the journal, as it is now, has ceased to name one of these."""
    from django.db.models import Q

    from journal.models import Document, Original

    kept = Original.objects.filter(erased_at__isnull=True)
    if not all(kept.filter(pk=digest.hex()).exists() for digest in originals):
        return True
    named = (Document.objects.filter(Q(docx=path) | Q(pdf=path)).exists() for path in documents)
    return not all(named)
