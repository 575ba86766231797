"""Eight processes register the same forms at once while some are killed: the numbers stay whole.

Promise 3: numbers have no gaps and no repeats, from any number of processes, across crashes.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.journal.office_day import stored
from tests.journal.registering import bring_forms

ROOT = Path(__file__).parents[2]
_PROCESSES = 8
_PATIENCE_SECONDS = 3600.0


def _begun(data: Path, database: str | None) -> subprocess.Popen[bytes]:
    place = [str(data), *([database] if database else [])]
    command = [sys.executable, "-m", "tests.journal.registering", *place]
    return subprocess.Popen(command, cwd=ROOT)  # noqa: S603 - our own


def _registered_by_many(data: Path, database: str | None, chance: random.Random, kills: int) -> int:
    """Let eight processes work until nothing is left; kill and replace some. Give the deaths."""
    deaths = 0
    workers = [_begun(data, database) for _ in range(_PROCESSES)]
    end = time.monotonic() + _PATIENCE_SECONDS
    try:
        while any(worker.poll() is None for worker in workers):
            assert time.monotonic() < end
            time.sleep(chance.uniform(0.1, 1.0))
            place = chance.randrange(_PROCESSES)
            if deaths < kills and workers[place].poll() is None:
                workers[place].kill()
                workers[place].wait()
                workers[place] = _begun(data, database)
                deaths += 1
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
    assert [worker.returncode for worker in workers] == [0] * _PROCESSES
    return deaths


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("count", "kills"),
    [
        pytest.param(200, 4, id="some hundreds"),
        pytest.param(10_000, 60, id="ten thousand", marks=pytest.mark.long),
    ],
)
def test_eight_processes_of_which_some_are_killed_number_every_form_once(
    data: Path, database: str | None, count: int, kills: int
) -> None:
    from journal import verify
    from journal.models import Entry, Form, Series

    bring_forms(count)
    deaths = _registered_by_many(data, database, random.Random(count), kills)
    assert deaths
    assert list(Entry.objects.order_by("number").values_list("number", flat=True)) == list(
        range(1, count + 1)
    )
    assert set(Form.objects.values_list("outcome", flat=True)) == {"registered"}
    assert Series.objects.get().last_number == count
    found = verify.verify(stored(data), data)
    assert (found.first_fault, found.entries) == (None, count)
