"""An office with two approved letters and a server to send them through, ready to be copied."""

from __future__ import annotations

import tests.django_ready  # noqa: F401 # isort: skip
import shutil
from dataclasses import dataclass
from pathlib import Path

from django.db import connections

from opika.config import PROJECT
from opika.mailserver import MailServer
from tests.opika.office import Office, mail
from tests.opika.test_flow import form
from tests.smtpserver import SmtpServer

SCHOOL = "shkola@example.org"
CSS = "rogcsssdm@ukr.net"
REPLY, REQUEST = 1, 2
"""The two letters: to the sender of the notification, and to ЦСС, which the configuration names."""
ASKED = "<asked@example.org>"


@dataclass
class PostOffice:
    """An office whose letters leave through ``smtp``; its copies lie in ``Sent`` of ``server``."""

    office: Office
    smtp: SmtpServer

    @property
    def folder(self) -> Path:
        return self.office.folder

    @property
    def box(self) -> str:
        return self.office.boxes["ssd"]

    def write_config(self, smtp: str = "", more: str = "") -> None:
        """The office's configuration, its mailboxes with a server for outgoing mail."""
        self.office.write_config()
        path = self.folder / "pipeline.toml"
        text = path.read_text(encoding="utf-8")
        text = text.replace("\nuser = ", f'\nsmtp = "{smtp or self.smtp.url}"\nuser = ')
        path.write_text(text + more, encoding="utf-8")

    def copies(self) -> list[bytes]:
        """The mails in the folder of sent mail."""
        with self.office.server.client(self.box, "Sent") as client:
            uids = client.search("ALL")
            return [one[b"BODY[]"] for one in client.fetch(uids, ["BODY.PEEK[]"]).values()]

    def know_the_school(self) -> None:
        """Both persons say yes to the address of the notification's sender."""
        from journal import contacts

        with self.office.open() as pipeline:
            now = pipeline.clock()
            contact = contacts.propose("ssd", "Гімназія", SCHOOL, now=now, actor="olena")
            contacts.confirm(contact, now=now, actor="iryna")

    def sent_ids(self) -> list[str]:
        return [mail.message_id for mail in self.smtp.mails]


def lay_out(folder: Path, server: MailServer) -> dict[str, str]:
    """Make the office: a school's notification is registered, both letters are approved."""
    from opika import letters

    shutil.copytree(PROJECT / "templates", folder / "templates")
    office = Office(folder, server, folder / "templates")
    office.boxes = {"ssd": server.add_user(), "css": server.add_user()}
    office.write_config()
    office.know_the_sender()
    notice = mail(("a.docx", form(1)), sender=SCHOOL, headers={"References": "<first@example.org>"})
    office.mail(
        "ssd", notice.replace(b"Message-ID: <", b"Message-ID: <asked@example.org>\nX-Old: <")
    )
    assert office.once().ok
    with office.open() as pipeline:
        for document in (REPLY, REQUEST):
            letters.approve(pipeline, document)
    connections.close_all()
    return office.boxes
