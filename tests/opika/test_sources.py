"""What sources do to us: change their numbers, hide mail, move it, refuse, vanish and come back."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from opika.pipeline import Pipeline
from opika.sources import receive
from opika.visiting import Taken
from tests.imapscript import SILENCE, ScriptedServer
from tests.opika.office import Clock, Office, mail
from tests.opika.test_flow import entries, form, waiting
from tests.opika.test_service import OPIKA, wait_for


def source(name: str) -> tuple[str, datetime | None]:
    """The fault of a source, and until when it rests."""
    from journal.models import Source

    return Source.objects.filter(name__endswith=name).values_list("fault", "next_try_at").get()


def arrival_uids() -> list[tuple[int | None, int | None]]:
    from journal.models import Arrival

    return list(Arrival.objects.order_by("pk").values_list("uid_validity", "uid"))


def taken(office: Office, name: str = "sysn@ukr.net") -> Taken:
    """What a pass took from one source."""
    return next(one for one in office.once().sources if one.name.endswith(name))


def test_a_new_uidvalidity_loses_nothing_and_doubles_nothing(office: Office) -> None:
    office.mail("ssd", *[mail((f"{n}.docx", form(n)), subject=f"Лист {n}") for n in range(3)])
    office.once()
    user = office.boxes["ssd"]
    before = arrival_uids()
    office.mail("ssd", mail(("3.docx", form(3)), subject="Лист 3"))
    office.server.change_uid_validity(user, renumber_from=100)
    assert taken(office).arrivals == 4
    assert [card.number for card in entries()] == ["1", "2", "3", "4"]
    assert len(arrival_uids()) == 4
    assert not set(arrival_uids()) & set(before)
    assert taken(office).arrivals == 0


def test_mail_moved_or_deleted_afterwards_changes_nothing_and_coming_back_doubles_nothing(
    office: Office,
) -> None:
    office.mail("ssd", *[mail((f"{n}.docx", form(n)), subject=f"Лист {n}") for n in range(3)])
    office.once()
    with office.server.client(office.boxes["ssd"]) as client:
        client.create_folder("Архів")
        client.move([1], "Архів")
        client.delete_messages([2])
        client.expunge()
    assert office.once().ok
    with office.server.client(office.boxes["ssd"], "Архів") as client:
        client.move([1], "INBOX")
    report = office.once()
    assert report.forms == ["duplicate"]
    assert len(entries()) == 3


def test_mail_behind_the_mark_is_found_by_the_daily_count_and_taken_once(office: Office) -> None:
    office.mail("ssd", mail(("0.docx", form(0)), subject="Лист 0"))
    first = taken(office)
    assert (first.in_box, first.recovered) == (1, 0)
    office.mail("ssd", *[mail((f"{n}.docx", form(n)), subject=f"Лист {n}") for n in (1, 2)])
    office.mail(
        "ssd",
        mail(subject="Давній"),
        received_at=datetime(2026, 2, 1, tzinfo=office.clock.now.tzinfo),
    )
    with office.open():
        from journal.models import Ledger

        Ledger.objects.filter(source__name="sysn@ukr.net").update(last_uid=4)
    assert taken(office) == Taken("sysn@ukr.net")
    office.clock.pass_by(hours=25)
    found = taken(office)
    assert (found.arrivals, found.in_box, found.recovered) == (2, 3, 2)
    assert len(entries()) == 3
    ledger = Ledger.objects.get(source__name="sysn@ukr.net")
    assert (ledger.counted_at, ledger.in_box, ledger.recovered) == (office.clock.now, 3, 2)
    office.clock.pass_by(hours=25)
    assert taken(office).recovered == 0


@pytest.mark.parametrize("when_done", ["seen", "move:Опрацьовано"])
def test_a_recovered_mail_is_told_like_any_other(office: Office, when_done: str) -> None:
    office.write_config(when_done=when_done)
    office.once()
    office.mail("ssd", mail(("0.docx", form(0))))
    with office.open():
        from journal.models import Ledger

        Ledger.objects.filter(source__name="sysn@ukr.net").update(last_uid=1)
    office.clock.pass_by(hours=25)
    assert taken(office).recovered == 1
    user = office.boxes["ssd"]
    if when_done == "seen":
        assert b"\\Seen" in office.server.flags(user, 1)
    else:
        assert office.server.uids(user) == []


def test_a_limited_mailbox_rests_and_the_other_is_taken(office: Office) -> None:
    limited = {"LOGIN": b"%T NO [LIMIT] Too many connections\r\n"}
    with closing(ScriptedServer(limited)) as server:
        office.write_config(urls={"ssd": server.url})
        office.mail("css", mail(("0.docx", form(0))))
        report = office.once()
    assert [one.error is None for one in report.sources] == [False, True, True]
    assert len(entries()) == 1
    fault, rests = source("sysn@ukr.net")
    assert fault == "SourceUnavailableError"
    assert rests == office.clock.now + timedelta(minutes=1)


def test_sources_are_read_side_by_side(office: Office) -> None:
    both = threading.Barrier(2, timeout=30)

    def together(words: bytes) -> bytes:
        both.wait()
        return b""

    with (
        closing(ScriptedServer({"LOGIN": together})) as one,
        closing(ScriptedServer({"LOGIN": together})) as other,
    ):
        office.write_config(urls={"ssd": one.url, "css": other.url})
        assert office.once().ok


# -- the folder


def done(office: Office) -> list[str]:
    place = office.folder / "scans" / "done"
    return sorted(path.name for path in place.rglob("*") if path.is_file())


def test_a_share_that_lets_nothing_be_moved_holds_up_no_scan_and_doubles_none(
    office: Office,
) -> None:
    in_the_way = office.folder / "scans" / "done"
    in_the_way.symlink_to(office.folder / "no such folder")
    office.scan("a.docx", form(1))
    with office.open() as pipeline:
        looks = [_look(pipeline, office) for _ in range(2)]
        office.scan("b.docx", form(2))
        looks.append(_look(pipeline, office))
        assert [look.arrivals for look in looks] == [1, 0, 1]
        assert all("done" in (look.error or "") for look in looks)
        assert source("scans") == ("PartlyUnavailableError", None)
        in_the_way.unlink()
        office.clock.pass_by(minutes=6)
        assert _look(pipeline, office).error is None
    assert source("scans") == ("", None)
    assert done(office) == ["a.docx", "b.docx"]
    assert len(arrival_uids()) == 2


def _look(pipeline: Pipeline, office: Office) -> Taken:
    office.clock.pass_by(seconds=10)
    return receive(pipeline, pipeline.config.folder[0])


def test_a_scan_that_could_not_be_moved_is_one_arrival_also_after_a_restart(office: Office) -> None:
    in_the_way = office.folder / "scans" / "done"
    in_the_way.symlink_to(office.folder / "no such folder")
    office.scan("a.docx", form(1))
    for _ in range(3):
        assert not office.once().ok
    assert len(arrival_uids()) == 1
    in_the_way.unlink()
    assert office.once().ok
    assert done(office) == ["a.docx"]
    assert len(entries()) == 1


def test_a_file_changed_where_it_could_not_be_moved_is_a_new_arrival(office: Office) -> None:
    (office.folder / "scans" / "done").symlink_to(office.folder / "no such folder")
    with office.open() as pipeline:
        office.scan("a.txt", "Лист.".encode())
        _look(pipeline, office)
        office.scan("a.txt", "Лист, дописаний.".encode())
        assert sum(_look(pipeline, office).arrivals for _ in range(2)) == 1


def test_a_folder_that_vanishes_is_looked_for_again_soon_and_its_scans_are_taken(
    office: Office,
) -> None:
    scans = office.folder / "scans"
    away = scans.rename(office.folder / "away")
    for _ in range(6):
        report = office.once()
        assert [one.error is None for one in report.sources] == [True, True, False]
    _fault, rests = source("scans")
    assert rests == office.clock.now + timedelta(minutes=5)
    away.rename(scans)
    office.scan("a.docx", form(1))
    assert office.once().ok
    assert len(entries()) == 1
    assert source("scans") == ("", None)


def test_the_same_scan_again_names_the_entry_it_repeats(office: Office) -> None:
    for _ in range(2):
        office.scan("a.docx", form(1))
        office.once()
    (card,) = entries()
    assert len(card.arrivals) == 2
    assert not waiting()


def test_a_scan_that_is_still_being_written_waits(office: Office) -> None:
    path = office.folder / "scans" / "a.docx"
    whole = form(1)
    path.write_bytes(whole[:500])
    _touch(path, office.clock)
    with office.open() as pipeline:
        assert _look_at_once(pipeline) == 0
        path.write_bytes(whole)
        office.clock.pass_by(seconds=5)
        _touch(path, office.clock)
        assert _look_at_once(pipeline) == 0
        office.clock.pass_by(seconds=2)
        assert _look_at_once(pipeline) == 1


def _touch(path: Path, clock: Clock) -> None:
    os.utime(path, (clock.now.timestamp(), clock.now.timestamp()))


def _look_at_once(pipeline: Pipeline) -> int:
    return receive(pipeline, pipeline.config.folder[0]).arrivals


def test_a_pass_can_be_interrupted_while_servers_hang(office: Office) -> None:
    with closing(ScriptedServer({"LOGIN": SILENCE})) as silent:
        office.write_config(urls={"ssd": silent.url, "css": silent.url})
        command = [str(OPIKA), "--config", str(office.folder / "pipeline.toml"), "once"]
        process = subprocess.Popen(command, stderr=subprocess.PIPE)  # noqa: S603
        try:
            wait_for(lambda: silent.sent.count(b"LOGIN") == 2)
            process.send_signal(signal.SIGINT)
            assert process.wait(10) != 0
        finally:
            process.kill()
            process.communicate()
