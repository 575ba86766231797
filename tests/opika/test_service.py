"""The service: each source at its own pace, one service a data folder, and a prompt end."""

from __future__ import annotations

import multiprocessing
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from opika import service, watching
from opika.flow import run_once
from opika.pipeline import READERS, Pipeline, open_pipeline
from opika.visiting import Taken, Visit, visit_of
from tests.imapscript import CUT, ScriptedServer
from tests.mailserver import Line
from tests.opika.office import NOW, Office, mail
from tests.opika.test_flow import entries, form, waiting

OPIKA = Path(sys.executable).with_name("opika")
UNREACHABLE = "imap://127.0.0.1:1"


class FastClock:
    """A clock that runs this many times as fast as time."""

    def __init__(self, speed: float) -> None:
        self.speed = speed
        self._begun = time.monotonic()

    def __call__(self) -> datetime:
        return NOW + timedelta(seconds=self.seconds())

    def seconds(self) -> float:
        return (time.monotonic() - self._begun) * self.speed


class FastStop(threading.Event):
    """Stands for the signal; who rests on it rests as much shorter as the clock runs faster."""

    def __init__(self, speed: float) -> None:
        super().__init__()
        self._speed = speed

    def wait(self, timeout: float | None = None) -> bool:
        return super().wait(None if timeout is None else timeout / self._speed)


class CountedVisit:
    """A source without news that notes when it was looked at."""

    def __init__(self, note: Callable[[], None]) -> None:
        self._note = note
        self.line = nullcontext()

    def take(self, taken: Taken) -> Iterator[int]:
        self._note()
        return iter(())

    def wait(self, seconds: float, stop: threading.Event) -> None:
        stop.wait(seconds)

    def break_off(self) -> None:
        pass


def served(office: Office, seconds: float, speed: float = 1.0) -> None:
    """Let the service work for so long, by its own clock."""
    with office.open():  # makes the journal
        pass
    clock, stop = FastClock(speed), FastStop(speed)
    with open_pipeline(office.config, clock) as pipeline:
        threading.Timer(seconds / speed, stop.set).start()
        service.serve(pipeline, stop)


def write_config(office: Office, every: str, **urls: str) -> None:
    """Mailbox and folder are looked at this often; mailboxes without an address are unreachable."""
    office.write_config(urls={"ssd": UNREACHABLE} | urls)
    config = office.folder / "pipeline.toml"
    text = config.read_text().replace('settle = "1s"', f'settle = "1s"\nevery = "{every}"')
    config.write_text(text.replace("since =", f'every = "{every}"\nsince ='))


def test_each_source_is_polled_at_its_own_pace(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, float]] = []

    def counted(pipeline: Pipeline, row: object, source: object) -> Visit:
        name = getattr(row, "address", "folder")
        return CountedVisit(lambda: seen.append((name, (pipeline.clock() - NOW).total_seconds())))

    monkeypatch.setattr(watching, "visit_of", counted)
    served(office, 190, speed=60)
    mailbox = [when for name, when in seen if name == "sysn@ukr.net"]
    assert 2 <= len(mailbox) <= 4
    assert all(later - earlier > 58 for earlier, later in pairwise(mailbox))
    folder = [when for name, when in seen if name == "folder"]
    assert 3 * len(mailbox) < len(folder) <= 39
    assert all(later - earlier > 4.8 for earlier, later in pairwise(folder))


def test_a_failing_mailbox_rests_longer_each_time_and_the_others_are_polled_on(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_config(office, every="30s")
    seen: list[tuple[str, float]] = []

    def noted(pipeline: Pipeline, row: object, source: object) -> Visit:
        name = getattr(row, "address", "folder")

        def note() -> None:
            seen.append((name, (pipeline.clock() - NOW).total_seconds()))

        if name == "sysn@ukr.net":
            note()
            return visit_of(pipeline, row, source)  # type: ignore[arg-type]
        return CountedVisit(note)

    monkeypatch.setattr(watching, "visit_of", noted)
    served(office, 480, speed=60)
    failing = [when for name, when in seen if name == "sysn@ukr.net"]
    rests = [later - earlier for earlier, later in pairwise(failing)]
    assert 2 <= len(rests) <= 3
    assert rests[0] >= 60
    assert rests[1] >= 120
    assert sum(name == "rogcsssdm@ukr.net" for name, _ in seen) > 6


def test_a_pass_that_breaks_does_not_end_the_service(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    passes: list[int] = []

    def broken(*_: object, **__: object) -> None:
        passes.append(1)
        raise RuntimeError("the journal is busy")

    monkeypatch.setattr(service, "run_once", broken)
    monkeypatch.setattr(service, "_LONGEST_REST", 0.2)
    served(office, 3)
    assert len(passes) > 2


def test_steps_that_wait_are_looked_for_also_where_no_source_is_polled(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = office.folder / "pipeline.toml"
    config.write_text(config.read_text().split("[[folder]]")[0])
    passes: list[int] = []
    monkeypatch.setattr(service, "run_once", lambda *_, **__: passes.append(1))
    monkeypatch.setattr(service, "_LONGEST_REST", 0.2)
    served(office, 2)
    assert len(passes) >= 3


def test_a_line_that_breaks_between_two_looks_is_dialled_anew_and_is_no_failure(
    office: Office,
) -> None:
    said = {"IDLE": b"+ idling\r\n" + CUT}
    with closing(ScriptedServer(said, capability="IMAP4rev1 IDLE")) as server:
        write_config(office, every="1s", ssd=server.url)
        served(office, 5)
        assert server.connections >= 2
    with office.open():
        from journal.models import Source

        source = Source.objects.get(name="sysn@ukr.net")
    assert (source.fault, source.last_failure_at) == ("", None)
    assert source.last_success_at is not None


def test_a_companion_runs_beside_and_ends_with_the_service(office: Office) -> None:
    done: list[str] = []

    def beside(pipeline: Pipeline, stop: threading.Event) -> None:
        stop.wait()
        done.append(pipeline.actor)

    def broken(pipeline: Pipeline, stop: threading.Event) -> None:
        raise RuntimeError("out of order")

    stop = threading.Event()
    with office.open() as pipeline:
        threading.Timer(1, stop.set).start()
        service.serve(pipeline, stop, (broken, beside))
        assert done == [pipeline.actor]


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
        from journal.models import Source

        failing = Source.objects.get(name="sysn@ukr.net")
        assert failing.next_try_at and failing.next_try_at > datetime.now(NOW.tzinfo)


def test_mail_is_registered_while_the_server_is_idled_on_and_sigterm_ends_that_too(
    office: Office,
) -> None:
    write_config(office, every="1h", ssd=office.server.url)
    with office.open():
        pass
    with running(office) as process:
        wait_for(lambda: "mailbox" in worked())
        office.mail("ssd", mail(("a.docx", form(1))), received_at=datetime.now(NOW.tzinfo))
        wait_for(entries)
        assert stopped(process, signal.SIGTERM) < 10


def worked() -> set[str]:
    """Kinds of the sources that have answered."""
    from journal.models import Source

    return set(Source.objects.filter(last_success_at__isnull=False).values_list("kind", flat=True))


def test_sigterm_ends_a_login_that_hangs_and_a_mail_that_does_not_come_to_its_end(
    office: Office,
) -> None:
    office.mail("css", mail(body="x" * 3_000_000), received_at=datetime.now(NOW.tzinfo))
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        closing(Line(office.server.port)) as slow,
    ):
        slow.delay_after(1_000_000, seconds=60)
        write_config(office, "1s", ssd=f"imap://127.0.0.1:{silent.getsockname()[1]}", css=slow.url)
        with office.open():
            pass
        with running(office) as process:
            wait_for(lambda: slow.received > 800_000)
            assert stopped(process, signal.SIGTERM) < 10


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
