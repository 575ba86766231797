"""The service: each source at its own pace, one service a data folder, and a prompt end."""

from __future__ import annotations

import multiprocessing
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from opika import service
from opika.config import Folder, Mailbox
from opika.flow import Report, run_once
from opika.pipeline import READERS, Pipeline
from tests.opika.office import NOW, Clock, Office
from tests.opika.test_flow import entries, form, waiting

OPIKA = Path(sys.executable).with_name("opika")
Rows = Sequence[Mailbox | Folder]
Run = Callable[[Pipeline, Rows], Report]
UNREACHABLE = "imap://127.0.0.1:1"


class Stop(threading.Event):
    """Stands for the signal: time passes only while the service rests, and ends at ``until``."""

    def __init__(self, clock: Clock, until: timedelta) -> None:
        super().__init__()
        self._clock, self._until = clock, clock.now + until

    def wait(self, timeout: float | None = None) -> bool:
        self._clock.pass_by(seconds=timeout or 0)
        if self._clock.now > self._until:
            self.set()
        return self.is_set()


def looks(
    office: Office, monkeypatch: pytest.MonkeyPatch, run: Run, until: timedelta
) -> list[tuple[float, str]]:
    """When the service looked at which source, in seconds from its start."""
    seen: list[tuple[float, str]] = []
    started = office.clock.now

    def recorded(pipeline: Pipeline, rows: Rows, **_: Any) -> Report:
        for row in rows:
            name = getattr(row, "address", "folder")
            seen.append(((office.clock.now - started).total_seconds(), name))
        return run(pipeline, rows)

    monkeypatch.setattr(service, "run_once", recorded)
    with office.open() as pipeline:
        service.serve(pipeline, Stop(office.clock, until))
    return seen


def write_config(office: Office, every: str) -> None:
    """The first mailbox cannot be reached; the folder is looked at this often."""
    office.write_config(urls={"ssd": UNREACHABLE})
    config = office.folder / "pipeline.toml"
    text = config.read_text().replace('settle = "1s"', f'settle = "1s"\nevery = "{every}"')
    config.write_text(text)


def test_each_source_is_polled_at_its_own_pace(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = looks(office, monkeypatch, lambda *_: Report(), timedelta(minutes=3))
    mailbox = [when for when, name in seen if name == "sysn@ukr.net"]
    folder = [when for when, name in seen if name == "folder"]
    assert mailbox == pytest.approx([0, 60, 120, 180], abs=1)
    assert folder == pytest.approx(range(0, 181, 5), abs=1)


def test_a_failing_mailbox_rests_longer_each_time_and_the_others_are_polled_on(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_config(office, every="30s")
    passes: list[int] = []

    def counted(pipeline: Pipeline, rows: Rows) -> Report:
        passes.append(len(rows))
        return run_once(pipeline, rows)

    seen = looks(office, monkeypatch, counted, timedelta(minutes=10))
    failing = [when for when, name in seen if name == "sysn@ukr.net"]
    rests = [later - earlier for earlier, later in pairwise(failing)]
    assert 3 <= len(failing) <= 5
    assert rests[-1] > rests[0] >= 60
    assert sum(name == "rogcsssdm@ukr.net" for _, name in seen) > 8
    assert len(passes) < 60  # while one rests, the service does too


def test_a_pass_that_breaks_does_not_end_the_service(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Report:
        raise RuntimeError("the journal is busy")

    seen = looks(office, monkeypatch, broken, timedelta(seconds=31))
    assert sum(name == "folder" for _, name in seen) > 5


def test_steps_that_wait_are_looked_for_also_where_no_source_is_polled(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = office.folder / "pipeline.toml"
    config.write_text(config.read_text().split("[[folder]]")[0])
    passes: list[int] = []
    monkeypatch.setattr(service, "run_once", lambda *_, **__: passes.append(1))
    with office.open() as pipeline:
        service.serve(pipeline, Stop(office.clock, timedelta(minutes=2)))
    assert len(passes) >= 4


def test_passes_do_not_pile_up_reading_processes(office: Office) -> None:
    with office.open() as pipeline:
        for number in range(4):
            office.scan(f"{number}.txt", f"Лист номер {number} без форми.".encode())
            assert run_once(pipeline, pipeline.config.folder).ok
        assert len(multiprocessing.active_children()) <= READERS + 1
    assert len(waiting()) == 4


def start(office: Office) -> subprocess.Popen[str]:
    command: list[str | Path] = [OPIKA, "--config", office.folder / "pipeline.toml", "run"]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)  # noqa: S603


@contextmanager
def running(office: Office) -> Iterator[subprocess.Popen[str]]:
    """The service as its own process, at work."""
    process = start(office)
    try:
        assert process.stderr is not None
        for line in process.stderr:
            if "працює" in line:
                break
        yield process
    finally:
        process.kill()
        process.communicate()


def wait_for(what: Callable[[], object], seconds: float = 90) -> None:
    limit = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < limit, "it did not happen in time"
        time.sleep(0.1)


def stopped(process: subprocess.Popen[str], number: int) -> float:
    """Seconds until the service has ended in order after a signal."""
    begun = time.monotonic()
    process.send_signal(number)
    process.wait(60)
    assert process.returncode == 0
    return time.monotonic() - begun


def test_a_running_service_registers_a_new_file_refuses_a_second_and_ends_on_sigterm(
    office: Office,
) -> None:
    write_config(office, every="1s")
    with office.open():  # makes the journal, for the eyes of this process
        pass
    with running(office) as process:
        second = start(office)
        told = second.communicate(timeout=60)[1]
        assert second.returncode == 1
        assert "уже працює" in told
        assert "Traceback" not in told
        office.scan("новий.docx", form(1))
        wait_for(entries)
        assert stopped(process, signal.SIGTERM) < 10
        told = process.stderr.read() if process.stderr else ""
    assert "Opika зупинено" in told
    assert "новий" not in told
    with office.open():
        from journal.arrivals import resting_sources

        failed_at = datetime.now(NOW.tzinfo)
        assert ("mailbox", "sysn@ukr.net") in resting_sources(failed_at)


def test_sigterm_ends_a_service_in_the_middle_of_much_work(office: Office) -> None:
    write_config(office, every="1s")
    for number in range(24):
        office.scan(f"{number}.docx", form(number))
    with office.open():
        pass
    with running(office) as process:
        wait_for(entries)
        assert stopped(process, signal.SIGTERM) < 10
    letters = [letter for card in entries() for letter in card.documents]
    assert len(entries()) < 24 or not all(letter.pdf for letter in letters)
