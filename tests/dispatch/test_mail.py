"""A mail's bytes: read alike by old and new programs, with nothing in them that a stranger put."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.letter import Signature, attachment, subject, text
from dispatch.mail import Attachment, Mail, compose, message_ids, new_message_id
from intake.headers import addresses
from opika.errors import BadValueError

NOW = datetime(2026, 11, 22, 10, 5, tzinfo=ZoneInfo("Europe/Kyiv"))
CSS = "Комунальна установа «Центр соціальних служб», Рожищенської міської ради, Волинської області"
MAIL = Mail(
    message_id="<0123@ukr.net>",
    date=NOW,
    sender="sysn@ukr.net",
    sender_name=CSS,
    recipient="shkola@example.org",
    subject="Лист № 01-12/7 від 22.11.2026",
    text="Надсилаємо лист.\n.\n" + "Довгий рядок. " * 90,
    attachments=[Attachment("list-01-12-7.pdf", "application/pdf", b"%PDF-1.7\r\n\x00\xff.\n")],
    answers="<asked@example.org>",
    thread=["<first@example.org>", "<asked@example.org>"],
)


def parsed(mail: Mail) -> EmailMessage:
    return message_from_bytes(compose(mail), policy=policy.default)


def test_everything_that_goes_in_comes_out() -> None:
    message = parsed(MAIL)
    # intake's reader: that of the standard library leaves blanks between the words of a long name
    assert addresses(message, "from") == [(CSS, "sysn@ukr.net")]
    assert message["To"] == "shkola@example.org"
    assert message["Subject"] == MAIL.subject
    assert message["Date"].datetime == NOW
    assert message["Message-ID"] == "<0123@ukr.net>"
    assert message["In-Reply-To"] == "<asked@example.org>"
    assert message["References"].split() == ["<first@example.org>", "<asked@example.org>"]
    assert message["Auto-Submitted"] is None
    body, pdf = message.get_body(), next(message.iter_attachments())
    assert body is not None
    assert body.get_content().splitlines() == MAIL.text.splitlines()
    assert (pdf.get_filename(), pdf.get_content_type()) == ("list-01-12-7.pdf", "application/pdf")
    assert pdf.get_param("name") == "list-01-12-7.pdf"
    assert pdf.get_content() == b"%PDF-1.7\r\n\x00\xff.\n"


def test_no_line_is_too_long_and_no_byte_outside_ascii() -> None:
    data = compose(replace(MAIL, sender_name=CSS * 6, subject="Ж" * 400))
    assert data.isascii()
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 78
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert parsed(replace(MAIL, subject="Ж" * 400))["Subject"] == "Ж" * 400


def test_a_long_message_id_of_a_stranger_stays_as_it_is() -> None:
    long = f"<{'x' * 200}@example.org>"
    data = compose(replace(MAIL, answers=long, thread=[]))
    assert f"\r\nIn-Reply-To: {long}\r\n".encode() in data
    assert f"\r\nReferences: {long}\r\n".encode() in data


def test_a_long_thread_keeps_its_beginning_and_its_end() -> None:
    thread = [f"<{n}@example.org>" for n in range(500)]
    kept = parsed(replace(MAIL, thread=thread))["References"].split()
    assert (kept[0], kept[-2:]) == (thread[0], ["<499@example.org>", "<asked@example.org>"])
    assert len(kept) < 25


@pytest.mark.parametrize(
    "answers", ["", "no id", "<a b@c>", "<a@c>\r\nBcc: x@example.org", "<ї@c>", f"<{'x' * 999}>"]
)
def test_what_is_no_message_id_starts_no_thread(answers: str) -> None:
    message = parsed(replace(MAIL, answers=answers, thread=[]))
    assert message["Bcc"] is None
    assert message["References"] in (None, "<a@c>")


@pytest.mark.parametrize("key", ["sender", "sender_name", "recipient", "subject", "message_id"])
@pytest.mark.parametrize("bad", ["x@y\r\nBcc: z@example.org", "x@y\nBcc: z", "<x@y>\x00", "\u2028"])
def test_no_value_can_add_a_header(key: str, bad: str) -> None:
    with pytest.raises(BadValueError):
        compose(replace(MAIL, **{key: bad}))  # type: ignore[arg-type]


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_a_head_has_only_our_headers_whatever_strangers_wrote(
    name: str, answers: str, thread: str
) -> None:
    mail = replace(MAIL, sender_name=name, answers=answers, thread=[thread])
    try:
        data = compose(mail)
    except BadValueError:
        return
    head = data.partition(b"\r\n\r\n")[0].decode()
    names = re.findall(r"(?m)^([^\s:]+):", head)
    ours = ["Date", "From", "To", "Subject", "Message-ID", "In-Reply-To", "References"]
    assert [one for one in names if one not in ("MIME-Version", "Content-Type")] == ours[
        : len(names) - 2
    ]


def test_a_message_id_is_new_each_time_and_in_our_domain() -> None:
    ids = {new_message_id("sysn@ukr.net") for _ in range(50)}
    assert len(ids) == 50
    assert all(message_ids(one) == [one] and one.endswith("@ukr.net>") for one in ids)


def test_a_letter_is_named_by_its_index_alone() -> None:
    assert subject("01-12/7", date(2026, 11, 22)) == "Лист № 01-12/7 від 22.11.2026"
    assert subject(None, None) == "Лист"
    assert attachment("01-12/7", 5, b"").name == "list-01-12-7.pdf"
    assert attachment("7/01-17 С", 5, b"").name == "list-7-01-17.pdf"
    assert attachment(None, 5, b"").name == "list-5.pdf"


def test_the_words_round_a_letter_name_it_and_its_office() -> None:
    words = text("01-12/7", date(2026, 11, 22), Signature("Служба", phone="(03368) 0-00-00"))
    assert "лист № 01-12/7 від 22.11.2026" in words
    assert words.endswith("Служба\nтел. (03368) 0-00-00\n")
