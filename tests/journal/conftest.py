"""A journal of its own for each test, in a real SQLite file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections

from journal.database import offices, open_journal


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal with its tables and two offices, to be copied: making one takes half a second."""
    folder = tmp_path_factory.mktemp("blank")
    open_journal(folder)
    offices([("ssd", "Служба у справах дітей"), ("css", "Центр соціальних служб")])
    connections.close_all()
    return folder


@pytest.fixture
def data(blank: Path, tmp_path: Path) -> Iterator[Path]:
    """The folder of an open, empty journal."""
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(blank / "journal.sqlite3", folder)
    open_journal(folder)
    yield folder
    connections.close_all()
