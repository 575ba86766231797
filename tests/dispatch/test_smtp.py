"""A server that refuses, hangs or drops the line at each stage: never a wrong word about the mail."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dispatch.smtp import Account, Timeouts, check_login, deliver, words
from opika.errors import (
    LoginRefusedError,
    MailDoubtError,
    MailNotSentError,
    MailPutOffError,
    MailRefusedError,
    SourceUnavailableError,
)
from opika.mailserver import PASSWORD
from tests.mailserver import MailServer
from tests.smtpserver import SmtpServer

MAIL = b"Message-ID: <1@ukr.net>\r\nSubject: x\r\n\r\n.hidden\r\n..\r\nlast line"
HASTY = Timeouts(connect=5, answer=0.4, verdict=0.4)


@pytest.fixture(scope="module")
def server() -> Iterator[SmtpServer]:
    server = SmtpServer()
    try:
        yield server
    finally:
        server.close()


@pytest.fixture(autouse=True)
def fresh(server: SmtpServer) -> None:
    server.forget()


def account(server: SmtpServer, password: str = PASSWORD) -> Account:
    return Account(server.url, "sysn@ukr.net", password, HASTY)


def send(server: SmtpServer) -> None:
    deliver(account(server), "sysn@ukr.net", "shkola@example.org", MAIL)


def test_a_mail_arrives_byte_for_byte_with_its_envelope(server: SmtpServer) -> None:
    send(server)
    (mail,) = server.mails
    assert (mail.sender, mail.recipients) == ("sysn@ukr.net", ["shkola@example.org"])
    assert mail.data == MAIL + b"\r\n"


def test_a_mail_goes_through_tls_only_with_a_certificate_that_is_trusted(
    mail_server: MailServer,
) -> None:
    server = SmtpServer((mail_server.ca_file, mail_server.base / "server.key"))
    try:
        trusted = Account(server.url, "a@b.example", PASSWORD, HASTY, mail_server.ca_file)
        deliver(trusted, "a@b.example", "c@d.example", MAIL)
        with pytest.raises(MailPutOffError):
            send(server)
        assert len(server.mails) == 1
    finally:
        server.close()


@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA", "REFUSE"])
def test_a_refusal_is_named_with_its_code_and_the_mail_has_not_left(
    server: SmtpServer, stage: str
) -> None:
    server.plan((stage, "550 5.1.1 No such user here"))
    with pytest.raises(MailRefusedError) as refused:
        send(server)
    assert (refused.value.code, refused.value.retryable) == ("550 5.1.1", False)
    assert "No such user" not in str(refused.value)
    assert server.mails == []


@pytest.mark.parametrize("stage", ["CONNECT", "MAIL", "RCPT", "DATA", "REFUSE"])
def test_not_now_is_to_be_tried_again(server: SmtpServer, stage: str) -> None:
    server.plan((stage, "421 4.3.2 Try later"))
    with pytest.raises(MailPutOffError) as later:
        send(server)
    assert later.value.retryable
    assert server.mails == []


@pytest.mark.parametrize("what", ["drop", "hang"])
@pytest.mark.parametrize("stage", ["CONNECT", "AUTH", "MAIL", "RCPT", "DATA"])
def test_a_line_that_breaks_before_the_mail_is_no_doubt(
    server: SmtpServer, stage: str, what: str
) -> None:
    server.plan((stage, what))
    with pytest.raises(MailPutOffError):
        send(server)
    assert server.mails == []


@pytest.mark.parametrize("what", ["drop", "hang", "350 what"])
def test_only_a_lost_answer_to_the_final_dot_is_a_doubt(server: SmtpServer, what: str) -> None:
    server.plan(("DOT", what))
    with pytest.raises(MailDoubtError):
        send(server)
    assert len(server.mails) == 1


def test_a_line_that_breaks_in_the_middle_of_a_mail_is_never_called_sent(
    server: SmtpServer,
) -> None:
    server.plan(("BODY", "drop"))
    with pytest.raises((MailNotSentError, MailDoubtError)):
        deliver(account(server), "a@b.example", "c@d.example", MAIL + b"x" * 4_000_000)
    assert server.mails == []


def test_a_server_that_is_not_there_is_to_be_tried_again() -> None:
    gone = SmtpServer()
    gone.close()
    with pytest.raises(MailPutOffError):
        send(gone)


def test_a_wrong_password_says_what_to_do(server: SmtpServer) -> None:
    with pytest.raises(LoginRefusedError):
        check_login(account(server, "wrong"))
    with pytest.raises(LoginRefusedError):
        check_login(account(server, "пароль"))
    with pytest.raises(MailPutOffError, match="login refused") as refused:
        deliver(account(server, "wrong"), "a@b.example", "c@d.example", MAIL)
    assert "accounts.ukr.net" in refused.value.clerk_message


def test_a_login_that_is_put_off_says_nothing_of_the_password(server: SmtpServer) -> None:
    server.plan(("AUTH", "454 4.7.0 Temporary authentication failure"))
    with pytest.raises(SourceUnavailableError) as off:
        check_login(account(server))
    assert not isinstance(off.value, LoginRefusedError)


def test_a_login_that_works_leaves_no_mail(server: SmtpServer) -> None:
    check_login(account(server))
    assert server.mails == []


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("550 5.1.1", "адреси немає"),
        ("550 5.2.2", "переповнена"),
        ("550", "не приймає листів"),
        ("5.1.1", "адреси немає"),
        ("5.9.9", "сервер відмовив"),
        ("554 5.7.1", "спам"),
        ("450", "пізніше"),
        ("599", "сервер відмовив"),
        ("551 5.9.9", "іншим сервером"),
    ],
)
def test_an_answer_is_told_to_a_clerk_with_its_code(code: str, said: str) -> None:
    assert said in words(code)
    assert code in words(code)
