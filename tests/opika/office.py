"""An office for the tests of the main job: a configuration, two mailboxes, a scan folder, mails."""

from __future__ import annotations

import tests.django_ready  # noqa: F401 # isort: skip
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

from opika.config import Config
from opika.config_file import load_config
from opika.flow import Report, run_once
from opika.mailserver import PASSWORD, MailServer
from opika.pipeline import Pipeline, open_pipeline

KYIV = ZoneInfo("Europe/Kyiv")
NOW = datetime(2026, 3, 4, 10, 0, tzinfo=KYIV)

_CONFIG = """\
[opika]
data = "data"
templates = "{templates}"

[[office]]
key = "ssd"
name = "Служба у справах дітей"
address = "вул. Вигадана, 1, с. Вигадане, 45000"
email = "sysn@ukr.net"
head = {{ name = "Олена ПРИКЛАДЕНКО", position = "Начальник служби" }}

[[office]]
key = "css"
name = "Центр соціальних служб"
email = "rogcsssdm@ukr.net"

[[folder]]
office = "ssd"
path = "scans"
settle = "1s"
"""
_MAILBOX = """
[[mailbox]]
office = "{office}"
journal = "ssd"
address = "{address}"
imap = "{imap}"
user = "{user}"
password = {{ file = "box.secret" }}
since = "2026-03-01"
when_done = "{when_done}"
"""


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


@dataclass
class Office:
    """One office in a folder of its own; its mailboxes lie on the tests' server."""

    folder: Path
    server: MailServer
    templates: Path
    clock: Clock = field(default_factory=Clock)
    boxes: dict[str, str] = field(default_factory=dict)

    def write_config(self, *, urls: dict[str, str] | None = None, when_done: str = "keep") -> None:
        """Write pipeline.toml; ``urls`` puts a mailbox behind another address."""
        text = _CONFIG.format(templates=self.templates)
        for office, user in self.boxes.items():
            text += _MAILBOX.format(
                office=office,
                address={"ssd": "sysn@ukr.net", "css": "rogcsssdm@ukr.net"}[office],
                imap=(urls or {}).get(office, self.server.url),
                user=user,
                when_done=when_done,
            )
        (self.folder / "scans").mkdir(exist_ok=True)
        (self.folder / "box.secret").write_text(PASSWORD)
        (self.folder / "pipeline.toml").write_text(text, encoding="utf-8")

    @property
    def config(self) -> Config:
        return load_config(self.folder / "pipeline.toml")

    @contextmanager
    def open(self) -> Iterator[Pipeline]:
        with open_pipeline(self.config, self.clock) as pipeline:
            yield pipeline

    def know_the_sender(self) -> None:
        """A clerk says how the sender of ``form(1)``, a surname with initials, is addressed."""
        from journal import name_forms

        with self.open() as pipeline:
            name_forms.confirm(
                "Калинозор Д.М.", "dat", "Калинозору Д.М.", now=pipeline.clock(), actor="olena"
            )

    def once(self) -> Report:
        """One pass over all sources."""
        with self.open() as pipeline:
            return run_once(pipeline, pipeline.config.sources)

    def mail(self, office: str, *mails: bytes, received_at: datetime | None = None) -> None:
        """Put mails into a mailbox."""
        when = received_at or self.clock.now - timedelta(minutes=5)
        self.server.append(self.boxes[office], *mails, received_at=when)

    def scan(self, name: str, data: bytes) -> Path:
        """Put a file into the scan folder, standing still."""
        path = self.folder / "scans" / name
        path.write_bytes(data)
        long_ago = (self.clock.now - timedelta(hours=1)).timestamp()
        os.utime(path, (long_ago, long_ago))
        return path


def mail(
    *attachments: tuple[str, bytes],
    sender: str = "shkola@example.org",
    subject: str = "Повідомлення",
    body: str = "Надсилаємо форму.",
    headers: dict[str, str] | None = None,
) -> bytes:
    """A mail as a school would send it."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = "sysn@ukr.net"
    message["Subject"] = subject
    message["Message-ID"] = f"<{abs(hash((sender, subject, body, attachments)))}@example.org>"
    for name, value in (headers or {}).items():
        message[name] = value
    message.set_content(body)
    for name, data in attachments:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    if attachments:
        message.set_boundary("=_opika")  # the same words give the same bytes
    return message.as_bytes()
