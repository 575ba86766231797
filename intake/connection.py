"""A connection to an IMAP server: verified, logged in, with a timeout on every operation."""

from __future__ import annotations

import logging
import re
import socket
import ssl
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from imapclient import IMAPClient, SocketTimeout  # type: ignore[import-untyped]
from imapclient.exceptions import (  # type: ignore[import-untyped]
    IMAPClientAbortError,
    IMAPClientError,
    LoginError,
)
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_fixed

from opika.errors import ConfigError, LoginRefusedError, SourceUnavailableError

# imapclient logs the login name and every command at DEBUG: no log of ours holds such things.
logging.getLogger("imapclient").setLevel(logging.WARNING)

LINE_FAULTS = (OSError, IMAPClientAbortError)
FAULTS = (OSError, IMAPClientError)

# RFC 5530, and what large providers say beside it: a NO with one of these codes says nothing about
# the password or the mail that was asked for.
_BUSY_CODES = {b"UNAVAILABLE", b"INUSE", b"LIMIT", b"THROTTLED"}
_CODE = re.compile(rb"\[([A-Z-]+)\b")
# Servers that know no codes limit connections in plain words only.
_TOO_MANY = re.compile(rb"too many|rate limit|throttl|try again later", re.IGNORECASE)
_BUSY_MESSAGE = (
    "Поштовий сервер тимчасово обмежує підключення до скриньки. Opika спробує ще раз сама."
)


def is_busy(error: Exception) -> bool:
    """Whether a refusal is the server's own trouble, and passes: too many connections, a limit."""
    said = str(error).encode()
    codes = _codes(said)
    if b"AUTHENTICATIONFAILED" in codes:
        return False
    return bool(codes & _BUSY_CODES or _TOO_MANY.search(said))


def busy(error: Exception) -> SourceUnavailableError:
    """What such a refusal is for us."""
    codes = b" ".join(sorted(_codes(str(error).encode()) & _BUSY_CODES)).decode()
    return SourceUnavailableError(f"the server is busy {codes}", clerk_message=_BUSY_MESSAGE)


def _codes(said: bytes) -> set[bytes]:
    return set(_CODE.findall(said))


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds that one operation on the socket may take, and between tries to connect."""

    connect: float = 15
    answer: float = 60
    pause: float = 0.5


USUAL = Timeouts()


@dataclass(frozen=True, slots=True)
class Address:
    """Where a mail server listens; made from an ``imaps://`` or ``imap://`` URL."""

    host: str
    port: int
    tls: bool

    @classmethod
    def of(cls, url: str) -> Address:
        """Read a URL.

        Raises:
            ConfigError: for another scheme, or ``imap://`` (no TLS) to anything but loopback.
        """
        parts = urlsplit(url)
        if parts.scheme not in {"imap", "imaps"} or not parts.hostname:
            raise ConfigError(f"not an IMAP address: {url!r}; allowed: imaps://host:port")
        tls = parts.scheme == "imaps"
        if not tls and not _is_loopback(parts.hostname):
            raise ConfigError(f"{url!r} sends the password unprotected; allowed: imaps://")
        return cls(parts.hostname, parts.port or (993 if tls else 143), tls)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@dataclass(frozen=True, slots=True)
class Account:
    """Who opens which server, and how long we wait for it.

    Attributes:
        ca_file: certificates that are trusted instead of the system's.
    """

    address: Address
    user: str
    password: str
    timeouts: Timeouts = USUAL
    ca_file: Path | None = None


def connect(
    account: Account, dialled: Callable[[IMAPClient], None] = lambda client: None
) -> IMAPClient:
    """A client that is logged in; a hiccup is tried again, at most three times in all.

    Args:
        account: who opens which server.
        dialled: is given the client before it logs in; what it raises ends the attempt.

    Raises:
        LoginRefusedError: the server answered NO to the user name or the password.
        SourceUnavailableError: there is no connection to be had.
    """
    tries = Retrying(
        stop=stop_after_attempt(3),
        wait=wait_fixed(account.timeouts.pause),
        retry=retry_if_exception_type(LINE_FAULTS),
        reraise=True,
    )
    try:
        client = tries(_dial, account)
    except FAULTS as error:
        if is_busy(error):
            raise busy(error) from error
        raise SourceUnavailableError(f"no connection: {type(error).__name__}") from error
    client.normalise_times = False  # else INTERNALDATE loses its offset
    # imapclient sets 5, so that imaplib writes a debug line for each line and literal that it
    # reads, whoever listens: switched off, a fetch of large mails is six times as fast.
    client._imap.debug = 0
    with ExitStack() as undo:
        undo.callback(hang_up, client)
        dialled(client)
        _log_in(client, account)
        undo.pop_all()
    return client


def hang_up(client: IMAPClient) -> None:
    """Close the socket without a word; never raises."""
    with suppress(*FAULTS):
        client.shutdown()


def break_off(client: IMAPClient) -> None:
    """End the line from another thread: whoever waits on it gets an error at once; never raises."""
    with suppress(*FAULTS):
        # not SSLSocket's own method, which would first take TLS away from the waiting thread
        socket.socket.shutdown(client._imap.sock, socket.SHUT_RDWR)


def _dial(account: Account) -> IMAPClient:
    address = account.address
    context = ssl.create_default_context(cafile=account.ca_file) if address.tls else None
    return IMAPClient(
        address.host,
        address.port,
        ssl=address.tls,
        ssl_context=context,
        timeout=SocketTimeout(account.timeouts.connect, account.timeouts.answer),
    )


def _log_in(client: IMAPClient, account: Account) -> None:
    plain = (account.user + account.password).isascii()
    try:
        # imaplib's LOGIN cannot carry other letters, SASL can
        (client.login if plain else client.plain_login)(account.user, account.password)
    except LoginError as error:
        # imapclient also turns a line that broke during LOGIN into this: look at its origin
        if isinstance(error.__context__, IMAPClientAbortError):
            raise SourceUnavailableError("the line broke during login") from error
        if is_busy(error):
            raise busy(error) from error
        if passing := _codes(str(error).encode()) & {b"SERVERBUG", b"CONTACTADMIN"}:
            raise SourceUnavailableError(f"login answered {passing!r}") from error
        raise LoginRefusedError("login refused") from error
    except FAULTS as error:
        raise SourceUnavailableError(f"login failed: {type(error).__name__}") from error
