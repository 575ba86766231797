"""Many processes at once, some of them killed: the book must not show it."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from journal.database import offices, open_journal
from journal.originals import Originals
from tests.journal import working_day

ROOT = Path(__file__).parents[2]
MAILS = 40


def _worker(data: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.journal.working_day", str(data), str(MAILS)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)  # noqa: S603 - our own


def _kill_after(worker: subprocess.Popen[bytes], lines: int) -> bool:
    """Kill the process once it has said so many lines; whether it was still at work."""
    if worker.stdout is None:
        raise AssertionError
    for _ in range(lines):
        if not worker.stdout.readline():
            break
    worker.kill()
    worker.stdout.close()
    return worker.wait() != 0


def _book() -> list[Any]:
    from journal import listing, triage
    from journal.models import Arrival

    outcomes = Arrival.objects.order_by("uid").values_list("uid", "outcome", "reason")
    entries = [listing.entry_json(card) for card in listing.entries()]
    return [list(outcomes), entries, [triage.triage_json(card) for card in triage.triage()]]


def _check(data: Path) -> None:
    from journal import verify
    from journal.models import Document, Entry

    assert verify.verify(Originals(data / "originals"), data).first_fault is None
    assert Entry.objects.count() == Document.objects.count() == MAILS // 5
    numbers = sorted(Entry.objects.values_list("number", flat=True))
    assert numbers == list(range(1, MAILS // 5 + 1))


def test_a_run_killed_again_and_again_ends_as_an_undisturbed_one(
    data: Path, blank: Path, tmp_path: Path
) -> None:
    working_day.work(data, MAILS)
    _check(data)
    undisturbed = _book()
    killed = tmp_path / "killed"
    killed.mkdir()
    shutil.copy(blank / "journal.sqlite3", killed)
    chance = random.Random(7)
    deaths = sum(_kill_after(_worker(killed), chance.randint(1, 45)) for _ in range(6))
    assert deaths >= 4
    open_journal(killed)
    working_day.work(killed, MAILS)
    _check(killed)
    assert _book() == undisturbed


def test_many_processes_at_once_number_without_gaps_or_repeats(data: Path) -> None:
    working_day.receive(data, MAILS)
    offices([("ssd", "Служба")])
    workers = [_worker(data) for _ in range(6)]
    for worker in workers[:2]:
        _kill_after(worker, 10)
    for worker in workers[2:]:
        worker.communicate(timeout=120)
        assert worker.returncode == 0
    working_day.work(data, MAILS)
    _check(data)
    from journal.models import Form

    outcomes = list(Form.objects.values_list("outcome", flat=True))
    assert sorted(set(outcomes)) == ["duplicate", "registered", "revision"]
    assert outcomes.count("registered") == MAILS // 5
