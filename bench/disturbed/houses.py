"""An office to be disturbed: its servers, its small disk, and the process that runs its passes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.disturbed.arrivals import Delivery
from bench.disturbed.disk import Disk
from bench.disturbed.line import HostileLine
from bench.disturbed.rounds import Ended, Order
from opika.config import PROJECT
from opika.mailserver import MailServer
from tests.opika.office import Office
from tests.smtpserver import SmtpServer

_MEGABYTES = 700


@dataclass
class House:
    """An office, its surroundings, and its passes."""

    office: Office
    line: HostileLine
    smtp: SmtpServer
    disk: Disk
    passes: subprocess.Popen[str]

    @property
    def data(self) -> Path:
        """Where the journal lies."""
        return self.office.folder / "data"

    def run(self, order: Order) -> Ended:
        """One pass."""
        assert self.passes.stdin is not None  # noqa: S101 - opened as pipes
        assert self.passes.stdout is not None  # noqa: S101
        self.passes.stdin.write(json.dumps(asdict(order)) + "\n")
        self.passes.stdin.flush()
        answer = self.passes.stdout.readline()
        if not answer:
            raise RuntimeError("the process that runs the passes has ended")
        return Ended(**json.loads(answer))

    def deliver(self, one: Delivery) -> None:
        """Let something come in."""
        if one.to != "scans":
            self.office.mail(one.to, one.data, received_at=one.received_at)
            return
        self.office.clock.now = one.received_at
        self.office.scan(one.name, one.data)

    def in_folder(self, folder: str) -> int:
        """Mails in a folder of the mailbox of which a pass is told to move them to ``Done``."""
        with self.office.server.client(self.office.boxes["ssd"]) as client:
            if not client.folder_exists(folder):
                return 0
        return len(self.office.server.uids(self.office.boxes["ssd"], folder))


@contextmanager
def house(server: MailServer) -> Iterator[House]:
    """An office with nothing in it, in a folder that goes away."""
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="opika-faults-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        disk = Disk(folder / "data", _MEGABYTES)
        stack.callback(disk.close)
        line = HostileLine(server.port)
        stack.callback(line.close)
        smtp = SmtpServer()
        stack.callback(smtp.close)
        office = Office(folder, server, PROJECT / "templates")
        office.boxes = {"ssd": server.add_user(), "css": server.add_user()}
        _configure(office, line, smtp)
        passes = _passes(folder)
        stack.callback(_end, passes)
        yield House(office, line, smtp, disk, passes)


def _configure(office: Office, line: HostileLine, smtp: SmtpServer) -> None:
    """One mailbox is moved to another folder when its mail is safe, the other is left alone."""
    office.write_config(urls=dict.fromkeys(office.boxes, line.url))
    path = office.folder / "pipeline.toml"
    text = path.read_text(encoding="utf-8")
    text = text.replace('when_done = "keep"', 'when_done = "move:Done"', 1)
    text = text.replace("\nuser = ", f'\nsmtp = "{smtp.url}"\nuser = ')
    path.write_text(text, encoding="utf-8")
    with office.server.client(office.boxes["ssd"]) as client:
        client.create_folder("Sent")


def _passes(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 - our own words only
        [sys.executable, "-m", "bench.disturbed.rounds", str(folder)],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _end(passes: subprocess.Popen[str]) -> None:
    if passes.stdin is not None:
        passes.stdin.close()
    try:
        passes.wait(20)
    except subprocess.TimeoutExpired:
        passes.kill()
        passes.wait()
    if passes.stdout is not None:
        passes.stdout.close()
