"""Danger is told at once, by every way, again and again until somebody has it; and names nobody."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from journal.alerts import AlertCard
from opika.alerts import DutyContact, keep_warning, warn
from opika.pipeline import Pipeline
from tests.opika.office import mail
from tests.opika.post_office import PostOffice
from tests.opika.test_cli import opika
from tests.smtpserver import Delivered

DUTY, DEPUTY = "duty@example.org", "deputy@example.org"
LETTER = "Вітчим щодня б’є Вигаданюка Івана ременем, дитина у крові. Допоможіть негайно!"
_SCRIPT = """\
import os, sys, time
from pathlib import Path
here = Path(__file__).parent
with (here / "called").open("a") as notes:
    notes.write("|".join([*sys.argv[1:], str("OPIKA_SECRET" in os.environ)]) + "\\n")
if (here / "hang").exists():
    time.sleep(3600)
sys.exit((here / "fail").exists())
"""


class Duty:
    """An office whose duty contact is told by mail and by a command."""

    def __init__(self, post: PostOffice) -> None:
        self.post = post
        self.contact = DutyContact()
        script = post.folder / "sms.py"
        script.write_text(_SCRIPT)
        self.command = [sys.executable, str(script)]
        self.configure(f'duty = ["{DUTY}"]')

    def configure(self, *lines: str) -> None:
        settings = "\n".join(
            [
                "\n[alerts]",
                'mailbox = "sysn@ukr.net"',
                'link = "https://opika.example/{office}/{year}/{number}"',
                'triage_link = "https://opika.example/triage/{number}"',
                *lines,
            ]
        )
        self.post.write_config(more=settings + "\n")

    @property
    def with_command(self) -> str:
        return f"command = {self.command}".replace("'", '"')

    def letter(self, number: int = 1) -> None:
        body = f"{LETTER} Лист {number}."
        self.post.office.mail("ssd", mail(body=body, subject="Про побиття Вигаданюка Івана"))

    def once(self) -> bool:
        return self.post.office.once().ok

    def warn(self, **later: float) -> int:
        """Let time pass by, then tell what is due."""
        self.post.office.clock.pass_by(**later)
        with self.post.office.open() as pipeline:
            return warn(pipeline, self.contact)

    @property
    def mails(self) -> list[Delivered]:
        return self.post.smtp.mails

    @property
    def calls(self) -> list[str]:
        path = self.post.folder / "called"
        return path.read_text().splitlines() if path.exists() else []

    def unanswered(self) -> list[AlertCard]:
        from journal.alerts import unanswered

        return unanswered()


@pytest.fixture
def duty(post: PostOffice) -> Duty:
    """Nothing of the notification that lies in the journal is left unanswered."""
    from journal import alerts

    duty = Duty(post)
    with post.office.open() as pipeline:
        alerts.raise_dangers(pipeline.clock())
        alerts.acknowledge(None, now=pipeline.clock(), actor="olena")
    return duty


def body_of(one: Delivered) -> str:
    body = one.message.get_body()
    assert body is not None
    return str(body.get_content())


def test_one_pass_tells_number_and_link_and_nobodys_name(duty: Duty) -> None:
    duty.letter()
    assert duty.once()
    (told,) = duty.mails
    (card,) = duty.unanswered()
    assert told.recipients == [DUTY]
    assert told.message["Auto-Submitted"] == "auto-generated"
    assert told.message["Subject"] == f"Терміново: надходження {card.number}"
    words = body_of(told)
    assert f"https://opika.example/triage/{card.number}" in words
    assert f"opika status --acknowledge {card.id}" in words
    for secret in ("Вигаданюк", "Іван", "б’є", "shkola", "example.org"):
        assert secret not in words + str(told.message["Subject"])
    assert card.told == 1


def test_it_is_told_again_at_every_pause_until_somebody_has_it(duty: Duty) -> None:
    from journal import alerts

    duty.letter()
    duty.once()
    duty.warn(minutes=14)
    assert len(duty.mails) == 1
    duty.warn(minutes=1)
    duty.warn(minutes=15)
    assert len(duty.mails) == 3
    with duty.post.office.open() as pipeline:
        alerts.acknowledge(None, now=pipeline.clock(), actor="olena")
    duty.warn(hours=3)
    assert len(duty.mails) == 3


@pytest.mark.parametrize("hours", [12, 96])
def test_it_is_told_in_the_evening_and_on_a_saturday_too(duty: Duty, hours: int) -> None:
    duty.post.office.clock.pass_by(hours=hours)  # from a Wednesday at ten
    duty.letter()
    duty.once()
    assert len(duty.mails) == 1


def test_the_command_gets_number_and_link_and_no_password(
    duty: Duty, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPIKA_SECRET", "x")
    duty.configure(duty.with_command)
    duty.letter()
    duty.once()
    (card,) = duty.unanswered()
    assert duty.calls == [
        f"надходження {card.number}|https://opika.example/triage/{card.number}|False"
    ]


def test_many_at_once_are_one_mail_and_one_call(duty: Duty) -> None:
    duty.configure(f'duty = ["{DUTY}"]', duty.with_command)
    for number in range(7):
        duty.letter(number)
    duty.once()
    assert len(duty.unanswered()) == 7
    assert str(duty.mails[0].message["Subject"]) == "Терміново: сповіщень – 7"
    assert (len(duty.mails), len(duty.calls)) == (1, 1)
    assert "(+6)" in duty.calls[0]


def test_who_was_not_reached_is_tried_in_a_minute_and_the_others_are_left_in_peace(
    duty: Duty,
) -> None:
    duty.configure(f'duty = ["{DUTY}"]', duty.with_command)
    (duty.post.folder / "fail").touch()
    duty.letter()
    duty.once()
    duty.contact = DutyContact()
    (card,) = duty.unanswered()
    assert (card.told, card.fault) == (1, "NotToldError")
    assert duty.warn(minutes=1) == 1
    told = (len(duty.mails), len(duty.calls))
    (duty.post.folder / "fail").unlink()
    assert duty.warn(minutes=1) == 0
    assert (len(duty.mails), len(duty.calls)) == (told[0], told[1] + 1)
    assert duty.unanswered()[0].fault == ""
    duty.warn(minutes=1)
    assert (len(duty.mails), len(duty.calls)) == (told[0], told[1] + 1)


def test_a_refusing_mail_server_fails_the_pass_and_is_tried_again_soon(duty: Duty) -> None:
    duty.post.smtp.plan(("MAIL", "451 4.3.0 later"))
    duty.letter()
    assert not duty.once()
    (card,) = duty.unanswered()
    assert (card.told, card.fault) == (0, "MailPutOffError")
    duty.post.smtp.plan()
    duty.warn(seconds=59)
    assert duty.mails == []
    duty.warn(seconds=1)
    assert len(duty.mails) == 1


def test_a_lost_answer_means_told_again(duty: Duty) -> None:
    duty.post.smtp.plan(("DOT", "drop"))
    duty.letter()
    duty.once()
    duty.post.smtp.plan()
    duty.warn(minutes=1)
    assert len(duty.mails) == 2


def test_a_hanging_mail_server_does_not_keep_the_command_waiting_nor_the_stop(duty: Duty) -> None:
    import threading

    duty.configure(f'duty = ["{DUTY}"]', duty.with_command)
    duty.post.smtp.plan(("DATA", "hang"))
    duty.letter()
    with duty.post.office.open() as pipeline:
        from opika.flow import run_once
        from opika.sources import receive_all

        receive_all(pipeline, pipeline.config.sources)
        run_once(pipeline, ())
        stop = threading.Event()
        service = threading.Thread(target=keep_warning_and_close, args=(pipeline, stop))
        service.start()
        limit = time.monotonic() + 30
        while not duty.calls and time.monotonic() < limit:
            time.sleep(0.05)
        assert duty.calls
        begun = time.monotonic()
        stop.set()
        service.join(10)
        assert not service.is_alive()
        assert time.monotonic() - begun < 5


def keep_warning_and_close(pipeline: Pipeline, stop: object) -> None:
    from django.db import connections

    keep_warning(pipeline, stop)  # type: ignore[arg-type]
    connections.close_all()


def test_a_command_that_hangs_is_killed_with_its_children(
    duty: Duty, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("opika.alerts._COMMAND_SECONDS", 1.0)
    duty.configure(duty.with_command)
    (duty.post.folder / "hang").touch()
    duty.letter()
    assert not duty.once()
    assert duty.unanswered()[0].fault == "NotToldError"
    alive = [
        path for path in Path("/proc").glob("[0-9]*/cmdline") if b"sms.py" in path.read_bytes()
    ]
    assert alive == []


def test_where_nobody_is_configured_the_danger_is_still_unanswered(duty: Duty) -> None:
    duty.post.write_config()
    duty.letter()
    assert duty.once()
    (card,) = duty.unanswered()
    assert (card.told, card.fault) == (0, "NobodyToTellError")


def test_an_alert_that_comes_back_to_our_own_mailbox_raises_none(duty: Duty) -> None:
    duty.configure('duty = ["sysn@ukr.net"]')
    duty.letter()
    duty.once()
    (told,) = duty.mails
    duty.post.office.mail("ssd", b"Return-Path: <sysn@ukr.net>\r\n" + told.data)
    duty.once()
    assert len(duty.unanswered()) == 1


def test_a_call_written_down_is_told_at_once_also_without_a_service(duty: Duty) -> None:
    config = duty.post.folder / "pipeline.toml"
    done = opika("--config", config, "add", "--phone", "--anonymous", "--content", LETTER)
    assert done.code == 0
    (told,) = duty.mails
    assert str(told.message["Subject"]).startswith("Терміново: запис № ")
    assert "Вигаданюк" not in body_of(told)
