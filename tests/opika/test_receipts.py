"""The automatic receipt: off by default, once, to people alone, with nobody's data, never too many."""

from __future__ import annotations

import pytest

from opika.delivery import follow
from tests.opika.office import mail
from tests.opika.post_office import PostOffice
from tests.opika.test_flow import form
from tests.smtpserver import Delivered

WRITER = "hromadianka@example.org"
ON = "\n[receipt]\nsend = true\nper_sender = 2\nper_hour = 4\n"


@pytest.fixture
def post(post: PostOffice) -> PostOffice:
    post.write_config(more=ON)
    return post


def letter(number: int = 1, sender: str = WRITER, **headers: str) -> bytes:
    """A letter without a form, as a mail server delivers it."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    head = {"Return-Path": f"<{sender}>", **named}
    body = f"Прошу записати мене на прийом. Іваненко, {number}."
    return mail(sender=sender, subject=f"Про сина Іваненка, {number}", body=body, headers=head)


def receipts(post: PostOffice, *mails: bytes, office: str = "ssd") -> list[Delivered]:
    """What has been answered after these mails have come."""
    post.office.mail(office, *mails)
    post.office.once()
    with post.office.open() as pipeline:
        follow(pipeline)
    return post.smtp.mails


def test_a_person_is_told_once_that_the_letter_has_come(post: PostOffice) -> None:
    (answer,) = receipts(post, letter())
    assert (answer.sender, answer.recipients) == ("sysn@ukr.net", [WRITER])
    message = answer.message
    assert message["Auto-Submitted"] == "auto-replied"
    assert message["Precedence"] == "auto_reply"
    assert message["In-Reply-To"].endswith("@example.org>")
    body = message.get_body()
    assert body is not None
    words = body.get_content()
    assert "Ваш лист надійшов 04.03.2026" in words
    assert "Іваненк" not in words + str(message["Subject"])
    with post.office.open() as pipeline:
        follow(pipeline)
    post.office.clock.pass_by(minutes=5)
    assert len(receipts(post)) == 1


def test_a_registered_notice_is_told_its_number(post: PostOffice) -> None:
    notice = mail(("a.docx", form(2)), sender=WRITER, headers={"Return-Path": f"<{WRITER}>"})
    (answer,) = receipts(post, notice)
    body = answer.message.get_body()
    assert body is not None
    assert "за № 2." in body.get_content()


def test_whoever_wants_to_stay_unknown_finds_no_receipt_in_the_mailbox(post: PostOffice) -> None:
    from tests.journal.by_hand import change_by_hand

    post.write_config()
    post.office.mail(
        "ssd", mail(("a.docx", form(2)), sender=WRITER, headers={"Return-Path": f"<{WRITER}>"})
    )
    post.office.once()
    post.write_config(more=ON)
    with post.office.open() as pipeline:
        # By hand, for the form that was made says something else, and the journal refuses it.
        anonymous = "json_set(\"values\", '$.reporter_kinds', json('[\"anonymous\"]'))"
        change_by_hand(f'UPDATE journal_revision SET "values" = {anonymous}')  # noqa: S608
        follow(pipeline)
    assert post.smtp.mails == []


def test_nothing_leaves_where_it_is_not_switched_on(post: PostOffice) -> None:
    post.write_config()
    assert receipts(post, letter()) == []


def test_a_receipt_is_never_answered_by_another(post: PostOffice) -> None:
    (answer,) = receipts(post, letter())
    echo = letter(2, Auto_Submitted="auto-replied", In_Reply_To=answer.message_id)
    back = b"Return-Path: <sysn@ukr.net>\r\n" + answer.data
    assert len(receipts(post, echo, back)) == 1


def test_one_mail_to_both_mailboxes_gets_one_receipt(post: PostOffice) -> None:
    receipts(post, letter())
    assert len(receipts(post, letter(), office="css")) == 1


def test_one_writer_gets_no_more_than_the_cap(post: PostOffice) -> None:
    assert len(receipts(post, *map(letter, range(1, 5)))) == 2
    assert len(receipts(post, letter(9, "other@example.org"))) == 3
    post.office.clock.pass_by(hours=25)
    assert len(receipts(post, letter(10))) == 4


def test_all_together_get_no_more_than_the_cap(post: PostOffice) -> None:
    mails = [letter(number, f"w{number}@example.org") for number in range(7)]
    assert len(receipts(post, *mails)) == 4


def test_old_mail_is_not_answered(post: PostOffice) -> None:
    post.office.mail("ssd", letter())
    post.office.clock.pass_by(days=2)
    assert receipts(post) == []


def test_a_lost_answer_makes_no_second_receipt(post: PostOffice) -> None:
    post.smtp.plan(("DOT", "drop"))
    assert len(receipts(post, letter())) == 1
    post.smtp.plan()
    post.office.clock.pass_by(hours=3)
    assert len(receipts(post)) == 1
