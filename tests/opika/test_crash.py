"""Promises 1 to 3: killed between any two steps, the next pass ends as if nothing had happened."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from opika.config import PROJECT
from opika.mailserver import MailServer
from tests.opika.dying import STEPS
from tests.opika.office import Office, mail
from tests.opika.test_flow import form


def day_of_mail(office: Office) -> None:
    """A form, its copy in the other box, a letter without a form, a scan."""
    office.write_config(when_done="move:Done")
    office.mail("ssd", mail(("a.docx", form(1)), subject="Перша"))
    office.mail("css", mail(("a.docx", form(1)), subject="Друга"))
    office.mail("ssd", mail(subject="Лист", body="Дитина третю добу сама в хаті без їжі."))
    office.scan("b.docx", form(2))


def state(office: Office) -> dict[str, Any]:
    """What the office holds, without row numbers, times and places of files."""
    from journal import listing
    from journal.triage import triage

    data = office.config.data
    for half in data.rglob("*.tmp"):  # of a killed process: swept once they are an hour old
        os.utime(half, (0, 0))
    with office.open():
        pass
    return {
        "entries": [
            (
                card.number,
                dict(card.values),
                sorted(arrival.sha256 for arrival in card.arrivals),
                sorted(deadline.key for deadline in card.deadlines),
                [(one.kind, one.index, one.state) for one in card.documents],
                [(data / str(one.pdf)).read_bytes()[:4] for one in card.documents],
            )
            for card in listing.entries()
        ],
        "triage": [(card.sha256, card.reason, card.urgent) for card in triage(all=True)],
        "left in boxes": [len(office.server.uids(user)) for user in office.boxes.values()],
        "done": [len(office.server.uids(user, "Done")) for user in office.boxes.values()],
        "scans": sorted(
            path.name for path in (office.folder / "scans").rglob("*") if path.is_file()
        ),
        "left behind": [path.name for path in data.rglob("*.tmp")],
    }


def killed_pass(office: Office, step: str, when: str) -> int:
    command = [sys.executable, "-m", "tests.opika.dying", str(office.folder), step, when]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, check=False).returncode  # noqa: S603


EXPECTED: dict[str, Any] = {}


@pytest.fixture
def undisturbed(office: Office, tmp_path: Path, mail_server: MailServer) -> dict[str, Any]:
    """The state after a pass that nothing disturbs; worked out once."""
    if not EXPECTED:
        calm = Office(tmp_path / "calm", mail_server, office.templates)
        calm.folder.mkdir()
        calm.boxes = {"ssd": mail_server.add_user(), "css": mail_server.add_user()}
        day_of_mail(calm)
        assert calm.once().ok
        EXPECTED.update(state(calm))
    return EXPECTED


@pytest.mark.parametrize("when", ["after", pytest.param("before", marks=pytest.mark.long)])
@pytest.mark.parametrize("step", list(STEPS))
def test_killed_at_any_step_the_next_pass_ends_in_the_same_state(
    office: Office, undisturbed: dict[str, Any], step: str, when: str
) -> None:
    day_of_mail(office)
    assert killed_pass(office, step, when) == -signal.SIGKILL
    assert office.once().ok
    assert state(office) == undisturbed
    with office.open() as pipeline:
        from journal.verify import verify

        found = verify(pipeline.originals, pipeline.data)
    assert found.ok, found.first_fault
