"""An office of its own for each test of the main job."""

from __future__ import annotations

import tests.django_ready  # noqa: F401 # isort: skip
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections

from opika.config import PROJECT
from opika.mailserver import MailServer
from tests.opika.office import Office


@pytest.fixture
def office(tmp_path: Path, mail_server: MailServer) -> Iterator[Office]:
    templates = tmp_path / "templates"
    shutil.copytree(PROJECT / "templates", templates)
    office = Office(tmp_path, mail_server, templates)
    office.boxes = {"ssd": mail_server.add_user(), "css": mail_server.add_user()}
    office.write_config()
    yield office
    connections.close_all()
