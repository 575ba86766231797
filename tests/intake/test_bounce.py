"""What a delivery report brings back, in the ways in which mail systems tell it."""

from __future__ import annotations

import pytest

from intake.envelope import Limits, Message, unpack

OURS = "<0123456789abcdef@ukr.net>"
HEAD = "From: Mail Delivery System <MAILER-DAEMON@mx.example>\r\nSubject: Returned mail\r\n"
REPORT = 'Content-Type: multipart/report; report-type=delivery-status; boundary="x"\r\n\r\n'
PLAIN = "Content-Type: text/plain; charset=utf-8\r\n\r\n"
FAILED = (
    "Reporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; a@b\r\nAction: failed\r\nStatus: 5.1.1"
)


def message(data: str) -> Message:
    found = unpack(data.encode(), "a.eml", Limits()).message
    assert found is not None
    return found


def report(status: str = FAILED, returned: str = "", kind: str = "message/rfc822") -> str:
    parts = [f"Content-Type: message/delivery-status\r\n\r\n{status}\r\n"]
    if returned:
        parts.append(f"Content-Type: {kind}\r\n\r\n{returned}\r\n")
    return HEAD + REPORT + "".join(f"--x\r\n{part}\r\n" for part in parts) + "--x--\r\n"


OUR_MAIL = f"From: sysn@ukr.net\r\nReferences: <older@ukr.net>\r\nMessage-ID: {OURS}\r\n\r\nЛист"


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_returned_mail_or_its_header_tells_it(kind: str) -> None:
    found = message(report(returned=OUR_MAIL, kind=kind))
    assert (found.auto, found.returned, found.status) == ("bounce", (OURS,), "5.1.1")


def test_a_report_without_the_mail_tells_it_by_its_thread() -> None:
    assert message(f"In-Reply-To: {OURS}\r\n{report()}").returned == (OURS,)
    assert message(f"References: <older@ukr.net> {OURS}\r\n{report()}").returned == (OURS,)


@pytest.mark.parametrize(
    "text",
    [
        f"550 5.7.1 rejected\r\n--- copy of the message ---\r\nMessage-ID: {OURS}\r\n\r\nЛист",
        f"550 5.7.1 rejected\r\n> Subject: x\r\n> Message-Id:\r\n>  {OURS}\r\n",
        f"Не доставлено: 5.7.1\r\nMessage ID: {OURS}",
    ],
)
def test_a_report_in_plain_words_tells_it_by_the_copy_in_its_text(text: str) -> None:
    found = message(HEAD + PLAIN + text)
    assert (found.auto, found.returned, found.status) == ("bounce", (OURS,), "5.7.1")


@pytest.mark.parametrize(
    "data",
    [
        report(FAILED.replace("failed", "delayed").replace("5.1.1", "4.4.1"), OUR_MAIL),
        f"{HEAD}{PLAIN}Delivery delayed. We will keep trying.\r\nMessage-ID: {OURS}",
        f"{HEAD}{PLAIN}Затримка доставки листа.\r\nMessage-ID: {OURS}",
    ],
)
def test_a_mail_that_is_only_late_has_not_come_back(data: str) -> None:
    found = message(data)
    assert (found.auto, found.returned) == ("bounce", ())


def test_a_failure_among_delays_is_a_failure() -> None:
    late = "Final-Recipient: rfc822; c@d\r\nAction: delayed\r\nStatus: 4.4.1"
    assert message(report(f"{late}\r\n\r\n{FAILED}", OUR_MAIL)).returned == (OURS,)


def test_an_ordinary_answer_brings_nothing_back() -> None:
    data = f"From: a@b.example\r\nIn-Reply-To: {OURS}\r\n{PLAIN}Message-ID: {OURS}"
    assert message(data).returned == ()
