"""What several rooms' tests share: one mail server for the whole run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.mailserver import MailServer


@pytest.fixture(scope="session")
def mail_server() -> Iterator[MailServer]:
    server = MailServer()
    try:
        server.start()
        yield server
    finally:
        server.close()
