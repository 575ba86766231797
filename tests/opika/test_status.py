"""``opika status`` as a clerk and a monitor meet it: a process, its words, its exit code."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from opika.pipeline import actor
from opika.service import AlreadyRunningError, alone, is_running
from opika.status import status_of
from tests.opika.office import NOW, Office, mail
from tests.opika.test_cli import Done, opika

LETTER = "Вітчим щодня б’є Вигаданюка Івана ременем, дитина у крові. Допоможіть негайно!"


def run(office: Office, *words: object) -> Done:
    return opika("--config", office.folder / "pipeline.toml", *words)


@pytest.fixture
def looked(office: Office) -> Iterator[Office]:
    """An office whose sources have just answered, by the machine's own clock."""
    (office.folder / "pipeline.toml").write_text(
        (office.folder / "pipeline.toml").read_text() + "\n[alerts]\ndisk_free_megabytes = 1\n"
    )
    assert run(office, "once").code == 0
    yield office


def test_a_healthy_service_is_said_to_be_so(looked: Office) -> None:
    told = run(looked, "status", "--json")
    assert (told.code, told.json["ok"], told.json["reasons"]) == (0, True, [])
    assert [source["kind"] for source in told.json["sources"]] == ["mailbox", "mailbox", "folder"]
    assert all(source["last_success"] for source in told.json["sources"])
    assert told.json["running"] is False
    assert told.json["backlog"]["read"] == {"count": 0, "oldest": None}
    assert "Усе справно" in run(looked, "status").out


def test_a_source_that_never_answered_is_a_reason(office: Office) -> None:
    told = run(office, "status", "--json")
    assert told.code == 1
    assert any("ще жодного разу не відповіло" in reason for reason in told.json["reasons"])


def test_a_danger_is_a_reason_until_it_is_acknowledged(looked: Office) -> None:
    looked.mail("ssd", mail(body=LETTER, subject="Вигаданюк"))
    run(looked, "once")
    told = run(looked, "status", "--json")
    (danger,) = told.json["unanswered"]
    assert (told.code, danger["kind"], danger["told"]) == (1, "urgent", 0)
    assert told.json["triage"] == {"count": 1, "urgent": 1, "possibly_urgent": 0}
    shown = run(looked, "status")
    assert "ніхто не підтвердив" in shown.out
    assert "Вигаданюк" not in shown.out + told.out
    assert "\x1b[" not in shown.out
    done = run(looked, "status", "--acknowledge", danger["id"])
    assert (done.code, "Підтверджено: надходження" in done.err) == (0, True)
    assert run(looked, "status").code == 0
    with looked.open():
        from journal.models import History

        (row,) = History.objects.filter(action="acknowledged")
    assert row.actor == actor()


def test_acknowledging_all_answers_all_and_nothing_is_no_error(looked: Office) -> None:
    looked.mail("ssd", mail(body=LETTER), mail(body=f"{LETTER} Знову."))
    run(looked, "once")
    done = run(looked, "status", "--acknowledge", "all", "--json")
    assert (done.code, done.json["unanswered"]) == (0, [])
    assert done.err.count("Підтверджено") == 2
    assert "немає" in run(looked, "status", "--acknowledge", "all").err


@pytest.mark.parametrize("wrong", ["99", "-1", "усе"])
def test_an_alert_that_is_none_is_an_error_in_words(looked: Office, wrong: str) -> None:
    done = run(looked, "status", "--acknowledge", wrong)
    assert (done.code, "Traceback" in done.err) == (1, False)
    assert "сповіщення" in done.err


def test_a_source_is_down_once_it_was_silent_for_longer_than_allowed(office: Office) -> None:
    office.once()
    with office.open() as pipeline:
        assert status_of(pipeline).faults == [] or disk_only(status_of(pipeline).reasons)
        office.clock.pass_by(minutes=32)
        silent = [fault for fault in status_of(pipeline).faults if fault.kind == "source down"]
        assert len(silent) == 3
        # A service that has only begun gives them the time to answer.
        begun = status_of(pipeline, office.clock.now - timedelta(minutes=1))
        assert disk_only([fault.words for fault in begun.faults])


def disk_only(reasons: list[str]) -> bool:
    return all("на диску" in reason for reason in reasons)


def test_what_the_journal_knows_of_a_fault_is_said_in_words(office: Office) -> None:
    (office.folder / "box.secret").write_text("хибний")
    run(office, "once")
    told = run(office, "status", "--json").json
    assert "пароль" in told["sources"][0]["fault"]
    assert told["sources"][0]["next_try"] > told["sources"][0]["last_failure"]


def test_old_work_and_a_short_disk_are_faults(office: Office) -> None:
    config = office.folder / "pipeline.toml"
    config.write_text(config.read_text() + "\n[alerts]\ndisk_free_megabytes = 999999999\n")
    office.mail("ssd", mail(body="Лист"))
    with office.open() as pipeline:
        from opika.sources import receive_all

        receive_all(pipeline, pipeline.config.sources)
        office.clock.pass_by(hours=3)
        found = status_of(pipeline)
    assert {"disk short", "backlog stuck"} <= {fault.kind for fault in found.faults}
    assert found.oldest_unplaced == NOW
    assert found.backlog["unpack"].count == 1


def test_who_looks_whether_the_service_runs_never_keeps_it_from_starting(tmp_path: Path) -> None:
    assert not is_running(tmp_path)
    with alone(tmp_path):
        assert is_running(tmp_path)
        with pytest.raises(AlreadyRunningError), alone(tmp_path):
            pass
    assert not is_running(tmp_path)
    with (tmp_path / "service.lock").open("a") as looking:
        fcntl.flock(looking, fcntl.LOCK_SH)
        import threading

        threading.Timer(0.3, lambda: fcntl.flock(looking, fcntl.LOCK_UN)).start()
        with alone(tmp_path):
            assert is_running(tmp_path)
