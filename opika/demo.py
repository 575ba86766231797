"""The demonstration: the main job on the samples that ship with the project.

The samples' mails are put into two mailboxes of a local Dovecot, so that intake is the real one;
where Dovecot is not installed they are added as files.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from opika.by_hand import add_file
from opika.config import PROJECT
from opika.config_file import load_config
from opika.flow import Progress, Report, run_once
from opika.mailserver import BINARY, PASSWORD, MailServer
from opika.pipeline import Pipeline, open_pipeline
from opika.visiting import Taken

SAMPLES = PROJECT / "samples"

_OFFICES = """\
[opika]
data = "data"

[[office]]
key = "ssd"
name = "Служба у справах дітей Рожищенської міської ради"
parent = "Рожищенська міська рада Волинської області"
address = "вул. Вигадана, 1, м. Рожище, Волинська область, 45100"
place = "м. Рожище"
email = "sysn@ukr.net"
head = { name = "Олена ПРИКЛАДЕНКО", position = "Начальник служби" }
executor = { name = "Зразковська Марія", phone = "050 000 00 01" }

[[office]]
key = "css"
name = "Комунальна установа «Центр соціальних служб» Рожищенської міської ради"
name_dative = "Комунальній установі «Центр соціальних служб» Рожищенської міської ради"
address = "вул. Вигадана, 2, м. Рожище, Волинська область, 45100"
place = "м. Рожище"
email = "rogcsssdm@ukr.net"

[[partner]]
key = "police"
name = "Вигаданий відділ поліцейської діяльності"
name_dative = "Вигаданому відділу поліцейської діяльності"
kind = "police"
email = "police@example.org"

[[partner]]
key = "cpmsd"
name = "Вигаданий центр первинної медико-санітарної допомоги"
name_dative = "Вигаданому центру первинної медико-санітарної допомоги"
kind = "cpmsd"
email = "cpmsd@example.org"

[[series]]
office = "ssd"
register = "outgoing"
mask = "01-12/{number}"

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
password = {{ file = "mailbox.secret" }}
since = "{since}"
"""
_BOXES = {"sysn": ("ssd", "sysn@ukr.net"), "rogcsssdm": ("css", "rogcsssdm@ukr.net")}


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What the demonstration did: the pass, and whether a real mailbox was polled."""

    report: Report
    through_mailbox: bool


def demonstrate(
    folder: Path, show: Callable[[Pipeline, Demonstration], None], progress: Progress
) -> bool:
    """Run the main job on the samples in a fresh folder.

    Args:
        folder: new or empty; the configuration, the scans and the data lie below it.
        show: is given the pipeline, still open, and what was done.
        progress: is told each step and how many rows stand before it.

    Returns:
        Whether every source answered and every step was done or placed.
    """
    _lay_out(folder)
    with _mail_server() as server:
        _write_config(folder, server)
        with open_pipeline(load_config(folder / "pipeline.toml")) as pipeline:
            added = [] if server else _add_mails(pipeline)
            report = run_once(pipeline, pipeline.config.sources, progress)
            report.sources += added
            show(pipeline, Demonstration(report, server is not None))
    # The mail server is gone: the folder stays usable without it.
    _write_config(folder, None)
    return report.ok


@contextmanager
def _mail_server() -> Iterator[MailServer | None]:
    if not Path(BINARY).exists():
        yield None
        return
    server = MailServer()
    try:
        server.start()
        yield server
    finally:
        server.close()


def _lay_out(folder: Path) -> None:
    scans = folder / "scans"
    scans.mkdir(parents=True)
    for scan in sorted((SAMPLES / "scans").iterdir()):
        shutil.copy2(scan, scans)


def _write_config(folder: Path, server: MailServer | None) -> None:
    text = _OFFICES
    if server is not None:
        secret = folder / "mailbox.secret"
        secret.touch(mode=0o600)
        secret.write_text(PASSWORD, encoding="utf-8")
        since = f"{datetime.now().astimezone() - timedelta(days=1):%Y-%m-%d}"
        for name, (office, address) in _BOXES.items():
            user = _fill(server, SAMPLES / "mails" / name)
            text += _MAILBOX.format(
                office=office, address=address, imap=server.url, user=user, since=since
            )
    (folder / "pipeline.toml").write_text(text, encoding="utf-8")


def _fill(server: MailServer, mails: Path) -> str:
    """A mailbox with the samples' mails, received one minute after the other, the last just now."""
    user = server.add_user()
    paths = sorted(mails.glob("*.eml"))
    now = datetime.now().astimezone()
    for place, path in enumerate(paths):
        received_at = now - timedelta(minutes=len(paths) - place)
        server.append(user, path.read_bytes(), received_at=received_at)
    return user


def _add_mails(pipeline: Pipeline) -> list[Taken]:
    taken = []
    for name, (office, address) in _BOXES.items():
        paths = sorted((SAMPLES / "mails" / name).glob("*.eml"))
        for path in paths:
            add_file(pipeline, path, office, "ssd")
        taken.append(Taken(address, len(paths)))
    return taken
