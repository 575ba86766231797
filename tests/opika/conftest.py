"""An office of its own for each test of the main job."""

from __future__ import annotations

import tests.django_ready  # noqa: F401 # isort: skip
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections

from opika.config import PROJECT
from opika.mailserver import MailServer
from tests.opika.office import Office
from tests.opika.post_office import PostOffice, lay_out
from tests.opika.sparing import ReaderPool, caching_soffice, lay_journal, opening_from
from tests.smtpserver import SmtpServer


@pytest.fixture(scope="session")
def soffice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return caching_soffice(tmp_path_factory.mktemp("soffice"))


@pytest.fixture(scope="session")
def readers() -> Iterator[ReaderPool]:
    pool = ReaderPool()
    yield pool
    pool.close()


@pytest.fixture(scope="module", autouse=True)
def sparing(blank_journal: Path, readers: ReaderPool, soffice: Path) -> Iterator[None]:
    """Let nothing be made twice that costs seconds and gives the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("opika.pipeline.open_journal", opening_from(blank_journal))
        patch.setattr("opika.pipeline.new_reader", readers.lend)
        patch.setenv("PATH", str(soffice), prepend=os.pathsep)
        yield


@pytest.fixture
def office(tmp_path: Path, mail_server: MailServer, blank_journal: Path) -> Iterator[Office]:
    templates = tmp_path / "templates"
    shutil.copytree(PROJECT / "templates", templates)
    office = Office(tmp_path, mail_server, templates)
    office.boxes = {"ssd": mail_server.add_user(), "css": mail_server.add_user()}
    office.write_config()
    lay_journal(blank_journal, tmp_path / "data")  # for the program, run as a process of its own
    yield office
    connections.close_all()


@pytest.fixture(scope="session")
def smtp() -> Iterator[SmtpServer]:
    server = SmtpServer()
    try:
        yield server
    finally:
        server.close()


@pytest.fixture(scope="session")
def prepared_post(
    tmp_path_factory: pytest.TempPathFactory, mail_server: MailServer
) -> tuple[Path, dict[str, str]]:
    folder = tmp_path_factory.mktemp("post")
    return folder, lay_out(folder, mail_server)


@pytest.fixture
def post(
    prepared_post: tuple[Path, dict[str, str]],
    tmp_path: Path,
    mail_server: MailServer,
    smtp: SmtpServer,
) -> Iterator[PostOffice]:
    smtp.forget()
    folder = tmp_path / "office"
    shutil.copytree(prepared_post[0], folder)
    office = Office(folder, mail_server, folder / "templates")
    # Boxes of its own; the notification lies in the journal already.
    office.boxes = {key: mail_server.add_user() for key in prepared_post[1]}
    with mail_server.client(office.boxes["ssd"]) as client:
        client.create_folder("Sent")
    post = PostOffice(office, smtp)
    post.write_config()
    post.know_the_school()
    yield post
    connections.close_all()
