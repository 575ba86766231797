"""What several rooms' tests share: a mail server and a blank journal for the whole run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from journal.database import open_journal
from tests.mailserver import MailServer


@pytest.fixture(scope="session")
def mail_server() -> Iterator[MailServer]:
    server = MailServer()
    try:
        server.start()
        yield server
    finally:
        server.close()


@pytest.fixture(scope="session")
def blank_journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a journal with its tables and nothing else, to be copied: it takes a second."""
    from django.db import connections

    folder = tmp_path_factory.mktemp("journal")
    open_journal(folder)
    connections.close_all()
    return folder / "journal.sqlite3"
