"""A journal of its own for each test, in a real SQLite file or a real PostgreSQL database.

A test marked ``both_databases`` runs on each of them; the others on SQLite, the default.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections

from journal.database import offices, open_journal
from tests.lent_databases import LentDatabases
from tests.postgres import PostgresServer, running_postgres

_OFFICES = [("ssd", "Служба у справах дітей"), ("css", "Центр соціальних служб")]
_BLANK = "blank"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if metafunc.definition.get_closest_marker("both_databases"):
        metafunc.parametrize("engine", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    """The database that the test's journal lies in."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory, blank_journal: Path) -> Path:
    """A journal with its tables and two offices, to be copied."""
    folder = tmp_path_factory.mktemp("blank")
    shutil.copy(blank_journal, folder)
    open_journal(folder)
    offices(_OFFICES)
    connections.close_all()
    return folder


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """A server that holds the same as ``blank``."""
    with running_postgres() as server:
        open_journal(tmp_path_factory.mktemp("blank"), server.create(_BLANK))
        offices(_OFFICES)
        connections.close_all()
        yield server


@pytest.fixture(scope="session")
def databases(postgres: PostgresServer) -> LentDatabases:
    return LentDatabases(postgres, _BLANK)


@pytest.fixture
def database(engine: str, request: pytest.FixtureRequest) -> Iterator[str | None]:
    """The address of a database with the tables and two offices; None: a copied SQLite file."""
    if engine == "sqlite":
        yield None
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    lent: LentDatabases = request.getfixturevalue("databases")
    name = lent.take()
    yield server.url(name)
    connections.close_all()
    lent.give_back(name)


@pytest.fixture
def data(blank: Path, database: str | None, tmp_path: Path) -> Iterator[Path]:
    """The folder of an open, empty journal."""
    folder = tmp_path / "data"
    folder.mkdir()
    if database is None:
        shutil.copy(blank / "journal.sqlite3", folder)
    open_journal(folder, database)
    yield folder
    connections.close_all()
