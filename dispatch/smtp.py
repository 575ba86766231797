"""Giving one mail to an SMTP server, so that it is always known whether the server has it.

Up to the final dot a server has nothing: whatever goes wrong before it, the mail has not left.
After the final dot only the server's answer tells; where that is lost, nobody knows (RFC 5321,
4.2.5 and 4.5.3.2.6).
"""

from __future__ import annotations

import logging
import re
import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from opika.errors import (
    LoginRefusedError,
    MailDoubtError,
    MailPutOffError,
    MailRefusedError,
    SourceUnavailableError,
)

logger = logging.getLogger(__name__)

_FAULTS = (OSError, smtplib.SMTPException)
# The name of this machine is nobody's business, and asking for it may take a minute.
_OURSELVES = "[127.0.0.1]"
_SMTPS, _SUBMISSION = 465, 587
_ENHANCED = re.compile(rb"^[245]\.\d{1,3}\.\d{1,3}\b")


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds to wait for a connection, for an answer, and for the answer to the final dot.

    Law: RFC 5321, 4.5.3.2.6 asks for ten minutes after the final dot: who hangs up sooner makes
    a doubt where there was only a slow server.
    """

    connect: float = 15
    answer: float = 60
    verdict: float = 600


USUAL = Timeouts()


@dataclass(frozen=True, slots=True)
class Account:
    """Who sends through which server.

    Attributes:
        url: ``smtps://host:port``; ``smtp://`` (no TLS) is for this machine alone, which the
            configuration has made sure of.
        user: the login name.
        password: the login's.
        timeouts: how long we wait.
        ca_file: certificates that are trusted instead of the system's.
    """

    url: str
    user: str
    password: str
    timeouts: Timeouts = USUAL
    ca_file: Path | None = None


def deliver(account: Account, sender: str, recipient: str, mail: bytes) -> None:
    """Give a mail to the server; when this returns, the server has taken it.

    Args:
        account: through which server, as whom.
        sender: the envelope's sender, to whom a bounce goes; "" for a mail that nobody may answer.
        recipient: one address.
        mail: the whole mail, lines ended by CR LF.

    Raises:
        MailPutOffError: it has not left; later it may.
        MailRefusedError: it has not left, and the server will not take it.
        MailDoubtError: the server has read all of it, and its answer was lost.
    """
    try:
        client = _logged_in(account)
    except LoginRefusedError as err:
        raise MailPutOffError("login refused", code="535", clerk_message=err.clerk_message) from err
    except SourceUnavailableError as err:
        raise MailPutOffError(str(err)) from err
    try:
        with _not_left_yet():
            _announce(client, sender, recipient, len(mail))
            _expect(client.docmd("DATA"), "DATA", 3)
            client.send(_stuffed(mail))
        _finish(client, account.timeouts.verdict)
    finally:
        _leave(client)


def check_login(account: Account) -> None:
    """Log in and leave again.

    Raises:
        LoginRefusedError: the server refused the user name or the password.
        SourceUnavailableError: there is no connection to be had.
    """
    _leave(_logged_in(account))


def words(code: str) -> str:
    """What a server's answer (``550 5.1.1``, ``5.1.1``) means, for a clerk; it names the code.

    The second figure of the enhanced code says more than the basic code (RFC 3463).
    """
    basic, _, enhanced = code.partition(" ") if "." not in code[:3] else ("", "", code)
    subject = enhanced.split(".")[1] if enhanced else ""
    usual = "сервер просить спробувати пізніше" if code[:1] == "4" else "сервер відмовив"
    return f"{_BY_SUBJECT.get(subject) or _BY_CODE.get(basic) or usual} (код {code})"


_BY_SUBJECT = {
    "1": "такої адреси немає, або її написано з помилкою",
    "2": "скринька адресата переповнена або вимкнена",
    "7": "сервер відхилив лист за правилами безпеки або як спам",
}
_BY_CODE = {
    "535": "сервер не прийняв ім’я користувача або пароль",
    "550": "сервер не приймає листів для цієї адреси",
    "551": "адресат користується іншим сервером",
    "552": "лист завеликий або скринька адресата переповнена",
    "553": "адресу написано з помилкою",
    "554": "сервер відхилив лист",
}


def _logged_in(account: Account) -> smtplib.SMTP:
    try:
        client = _dial(account)
    except _FAULTS as err:
        raise SourceUnavailableError(f"no connection: {type(err).__name__}") from err
    with ExitStack() as undo:
        undo.callback(client.close)
        _log_in(client, account)
        undo.pop_all()
    return client


def _dial(account: Account) -> smtplib.SMTP:
    parts = urlsplit(account.url)
    host, timeout = str(parts.hostname), account.timeouts.connect
    client: smtplib.SMTP
    if parts.scheme == "smtps":
        context = ssl.create_default_context(cafile=account.ca_file)
        client = smtplib.SMTP_SSL(
            host,
            parts.port or _SMTPS,
            local_hostname=_OURSELVES,
            timeout=timeout,
            context=context,
        )
    else:
        port = parts.port or _SUBMISSION
        client = smtplib.SMTP(host, port, local_hostname=_OURSELVES, timeout=timeout)
    _wait(client, account.timeouts.answer)
    if client.sock is not None:
        # Else the final dot, a packet of its own, waits until the server has confirmed the rest.
        client.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return client


def _log_in(client: smtplib.SMTP, account: Account) -> None:
    try:
        client.ehlo_or_helo_if_needed()
        if client.has_extn("auth"):  # a relay on this machine may know us without it
            _authenticate(client, account)
    except (smtplib.SMTPAuthenticationError, UnicodeEncodeError) as err:
        code = getattr(err, "smtp_code", 535)
        if 400 <= code < 500:
            raise SourceUnavailableError(f"login answered {code}") from err
        raise LoginRefusedError("login refused") from err
    except _FAULTS as err:
        raise SourceUnavailableError(f"login failed: {type(err).__name__}") from err


def _authenticate(client: smtplib.SMTP, account: Account) -> None:
    if "PLAIN" in client.esmtp_features["auth"].upper().split():
        # One try: smtplib's login() would say a wrong password once for each mechanism, and a
        # server that then hangs up would look like one that is away.
        client.user, client.password = account.user, account.password
        client.auth("PLAIN", client.auth_plain)
    else:
        client.login(account.user, account.password)


def _announce(client: smtplib.SMTP, sender: str, recipient: str, size: int) -> None:
    options = [f"SIZE={size}"] if client.has_extn("size") else []
    _expect(client.mail(sender, options), "MAIL", 2)
    _expect(client.rcpt(recipient), "RCPT", 2)


def _expect(reply: tuple[int, bytes], command: str, wanted: int) -> None:
    """Accept a reply of the wanted class; name every other one."""
    number, text = reply
    if number // 100 == wanted:
        return
    enhanced = _ENHANCED.match(text or b"")
    code = f"{number} {enhanced[0].decode()}" if enhanced else str(number)
    if number // 100 == 5:
        raise MailRefusedError(f"{command} answered {code}", code=code)
    raise MailPutOffError(f"{command} answered {code}", code=code if number > 0 else "")


@contextmanager
def _not_left_yet() -> Iterator[None]:
    try:
        yield
    except _FAULTS as err:
        raise MailPutOffError(f"the line broke: {type(err).__name__}") from err


def _finish(client: smtplib.SMTP, verdict: float) -> None:
    """Send the final dot and hear what the server says to it."""
    try:
        _wait(client, verdict)
        client.send(b".\r\n")
        reply = client.getreply()
    except _FAULTS as err:
        raise MailDoubtError(f"no answer to the final dot: {type(err).__name__}") from err
    if reply[0] // 100 not in (2, 4, 5):
        raise MailDoubtError("the answer to the final dot is none")
    _expect(reply, "the mail", 2)


def _stuffed(mail: bytes) -> bytes:
    """The mail, which begins with its head, between DATA and the final dot (RFC 5321, 4.5.2)."""
    stuffed = mail.replace(b"\r\n.", b"\r\n..")
    return stuffed if stuffed.endswith(b"\r\n") else stuffed + b"\r\n"


def _wait(client: smtplib.SMTP, seconds: float) -> None:
    if client.sock is not None:
        client.sock.settimeout(seconds)


def _leave(client: smtplib.SMTP) -> None:
    """Say goodbye and close; whatever is said, the mail's fate is known by now."""
    with suppress(*_FAULTS):
        _wait(client, 5)
        client.quit()
    client.close()
