"""The administrator hears of a fault once, again daily, and when it is over; never of a person."""

from __future__ import annotations

from datetime import datetime

import pytest

from opika.faults import report
from tests.opika.post_office import PostOffice
from tests.smtpserver import Delivered

ADMIN = "admin@example.org"


@pytest.fixture
def post(post: PostOffice) -> PostOffice:
    configure(post)
    post.office.once()
    return post


def configure(post: PostOffice, megabytes: int = 1) -> None:
    settings = ["[alerts]", 'mailbox = "sysn@ukr.net"', f'administrator = ["{ADMIN}"]']
    post.write_config(more="\n".join(["", *settings, f"disk_free_megabytes = {megabytes}", ""]))


def reported(post: PostOffice, since: datetime | None = None, **later: float) -> list[str]:
    """The subjects of what was reported in a look after so long."""
    post.smtp.forget()
    post.office.clock.pass_by(**later)
    with post.office.open() as pipeline:
        report(pipeline, since or pipeline.clock())
    return [str(one.message["Subject"]) for one in post.smtp.mails]


def mail_of(post: PostOffice) -> Delivered:
    (one,) = post.smtp.mails
    return one


def test_nothing_is_reported_where_nothing_is_wrong(post: PostOffice) -> None:
    assert reported(post) == []


def test_a_short_disk_is_told_once_then_daily_and_when_there_is_room_again(
    post: PostOffice,
) -> None:
    configure(post, 999_999_999)
    (subject,) = reported(post)
    assert subject.startswith("Opika: несправність – на диску лишилося")
    assert mail_of(post).recipients == [ADMIN]
    assert mail_of(post).message["Auto-Submitted"] == "auto-generated"
    assert reported(post, minutes=1) == []
    assert len(reported(post, hours=24)) == 1
    configure(post)
    assert reported(post) == ["Opika: усунуто – вільне місце на диску"]
    assert reported(post) == []


def test_a_silent_source_is_told_and_that_it_answers_again(post: PostOffice) -> None:
    start = post.office.clock.now
    (subject,) = reported(post, since=start, hours=1)
    assert "джерело" in subject
    body = mail_of(post).message.get_body()
    assert body is not None
    assert body.get_content().count("не відповідає з") == 3
    post.office.once()
    assert "усунуто" in reported(post, since=start)[0]


def test_a_source_has_time_to_answer_after_a_start(post: PostOffice) -> None:
    post.office.clock.pass_by(days=3)
    assert reported(post) == []


def test_what_was_over_before_it_could_be_told_is_told_to_nobody(post: PostOffice) -> None:
    configure(post, 999_999_999)
    post.smtp.forget()
    with post.office.open() as pipeline:
        post.smtp.plan(("MAIL", "451 4.3.0 later"))
        report(pipeline, pipeline.clock())
    configure(post)
    assert reported(post) == []


def test_what_could_not_be_told_is_tried_again_soon(post: PostOffice) -> None:
    configure(post, 999_999_999)
    with post.office.open() as pipeline:
        post.smtp.plan(("MAIL", "451 4.3.0 later"))
        report(pipeline, pipeline.clock())
    assert reported(post, minutes=4) == []
    assert len(reported(post, minutes=1)) == 1


def test_an_acknowledged_fault_is_not_told_again_while_it_lasts(post: PostOffice) -> None:
    from journal import alerts
    from journal.models import Alert

    configure(post, 999_999_999)
    reported(post)
    alerts.acknowledge(Alert.objects.get().pk, now=post.office.clock.now, actor="адмін")
    assert reported(post, hours=25) == []
