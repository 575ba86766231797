"""A backup that is made while an office works at full speed fits one moment, entry by entry."""

from __future__ import annotations

import tests.django_ready  # noqa: F401 # isort: skip
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from opika import sending
from opika.backup import BackedUp
from opika.config import PROJECT
from opika.config_file import load_config
from opika.delivery import follow
from opika.pipeline import Pipeline, open_pipeline
from tests.opika.office import NOW
from tests.opika.post_office import PostOffice
from tests.opika.vault import (
    Vault,
    chains,
    facts_of_entries,
    facts_of_history,
    without_nothing,
)
from tests.postgres import running_postgres

_CLERKS = 4
_PATIENCE_SECONDS = 240.0


@contextmanager
def busy(config: Path, entries: int) -> Iterator[None]:
    """Four clerks and a sender at work; the block runs once so many entries are registered."""
    from journal.models import Entry, Sending

    jobs = [(f"клерк{number}", "clerk") for number in range(_CLERKS)] + [("відправник", "sender")]
    workers = [
        subprocess.Popen(  # noqa: S603 - our own
            [sys.executable, "-m", "tests.opika.busy_office", str(config), *job],
            cwd=PROJECT,
            stdout=subprocess.DEVNULL,
        )
        for job in jobs
    ]
    try:
        end = time.monotonic() + _PATIENCE_SECONDS
        while Entry.objects.count() < entries or not Sending.objects.filter(state="sent").exists():
            assert time.monotonic() < end
            assert all(worker.poll() is None for worker in workers)
            time.sleep(0.2)
        yield
        assert all(worker.poll() is None for worker in workers)
    finally:
        (config.parent / "stop").touch()
        for worker in workers:
            worker.wait(_PATIENCE_SECONDS)
    assert [worker.returncode for worker in workers] == [0] * len(jobs)


@pytest.mark.parametrize(
    ("engine", "entries", "backups"),
    [
        pytest.param("sqlite", 8, 2, id="sqlite"),
        pytest.param("postgresql", 8, 1, id="postgresql", marks=pytest.mark.long),
        pytest.param("sqlite", 150, 5, id="sqlite long", marks=pytest.mark.long),
    ],
)
def test_what_is_restored_is_the_office_as_it_stood_at_one_moment(
    post: PostOffice, tmp_path: Path, engine: str, entries: int, backups: int
) -> None:
    vault = Vault(tmp_path / "vault")
    if engine == "sqlite":
        _compare(post, vault, entries, backups)
        return
    with running_postgres() as server:
        path = post.folder / "pipeline.toml"
        text = path.read_text(encoding="utf-8")
        other = f'[opika]\ndatabase = "{server.create("source")}"\ndata = "other"\n'
        path.write_text(text.replace('[opika]\ndata = "data"\n', other), encoding="utf-8")
        _compare(post, vault, entries, backups, server.create("target"))


def _compare(
    post: PostOffice, vault: Vault, entries: int, backups: int, target: str | None = None
) -> None:
    from journal.verify import verify

    path = post.folder / "pipeline.toml"
    with open_pipeline(load_config(path), lambda: NOW) as pipeline:
        with busy(path, entries):
            made = [_backed_up(pipeline, vault, f"{number}.age") for number in range(backups)]
        source = chains()["ssd"]
        said = [facts_of_history({"ssd": one.history_rows}) for one in made]
        assert verify(pipeline.originals, pipeline.data).first_fault is None
    mails = len(post.smtp.mails)
    assert mails
    for number, one in enumerate(made):
        config = vault.place(load_config(path), f"restored{number}", target)
        done = vault.restore(config, f"{number}.age")
        assert (done.entries, done.fault) == (one.entries, None)
        with open_pipeline(config, lambda: NOW) as pipeline:
            assert chains()["ssd"][: one.history_rows] == source[: one.history_rows]
            found = without_nothing(facts_of_entries())
            assert found == without_nothing(said[number])
            assert len(found) > one.entries >= entries
            follow(pipeline)
            # What left meanwhile lies in the folder of sent mail; the rest needs a person.
            assert {one.state for one in sending.send(pipeline)} <= {"approved"}
            assert verify(pipeline.originals, pipeline.data).first_fault is None
    assert len(post.smtp.mails) == mails  # nothing of it left again


def _backed_up(pipeline: Pipeline, vault: Vault, name: str) -> BackedUp:
    """A backup whose state is that of the source at a moment between its begin and its end."""
    first, began = len(chains()["ssd"]), time.monotonic()
    made: BackedUp = vault.back_up(pipeline, name)
    took, last = time.monotonic() - began, len(chains()["ssd"])
    assert first <= made.history_rows <= last
    sys.stdout.write(
        f"{made.entries} entries, {made.history_rows} rows ({last - first} more meanwhile), "
        f"{made.originals} originals, {made.documents} documents: {made.size / 1e6:.1f} MB "
        f"in {took:.2f} s\n"
    )
    return made
