"""One mail folder on an IMAP server: what is new in it, and telling the server what was taken.

Nothing here decides what a mail is. Mail is read with ``BODY.PEEK[]``, whether somebody has opened
it or not, and the server is told only by ``acknowledge``, which the caller uses once the bytes are
safe. The position is the caller's too: under another UIDVALIDITY it means nothing, and everything
since ``since`` is read again for the caller to recognise by its content.
"""

from __future__ import annotations

import logging
import re
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from ipaddress import ip_address
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from imapclient import DELETED, SEEN, IMAPClient, SocketTimeout  # type: ignore[import-untyped]
from imapclient.datetime_util import parse_to_datetime  # type: ignore[import-untyped]
from imapclient.exceptions import (  # type: ignore[import-untyped]
    IMAPClientAbortError,
    IMAPClientError,
    LoginError,
    ProtocolError,
)
from imapclient.response_parser import parse_fetch_response  # type: ignore[import-untyped]
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_fixed

from intake.part import MEBIBYTE
from intake.source import Item, Position, Skipped, digest_of
from opika.errors import ConfigError, LoginRefusedError, SourceUnavailableError

logger = logging.getLogger(__name__)
# imapclient logs the login name and every command at DEBUG: no log of ours holds such things.
logging.getLogger("imapclient").setLevel(logging.WARNING)

_LINE_FAULTS = (OSError, IMAPClientAbortError)
_FAULTS = (OSError, IMAPClientError, ProtocolError)
_UID, _SIZE = re.compile(rb"\bUID (\d+)"), re.compile(rb"\bRFC822\.SIZE (\d+)")
_TIME = re.compile(rb'\bINTERNALDATE "([^"]+)"')
# RFC 5530: a NO with one of these codes says nothing about the password.
_PASSING_CODES = {"UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG", "CONTACTADMIN"}
_CODE = re.compile(r"^(?:b['\"])?\[([A-Z-]+)")


@dataclass(frozen=True, slots=True)
class Batch:
    """How much is asked for in one FETCH.

    Attributes:
        count: mails.
        size: bytes, by RFC822.SIZE; a larger mail travels alone.
        max_bytes: of a mail above this only the header is fetched (``Item.too_large``).
    """

    count: int = 50
    size: int = 16 * MEBIBYTE
    max_bytes: int = 64 * MEBIBYTE


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds that one operation on the socket may take, and between tries to connect."""

    connect: float = 15
    answer: float = 60
    pause: float = 0.5


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
class Head:
    """What is known of a mail before it is read: ``size`` in bytes, ``received_at`` aware."""

    uid: int
    size: int
    received_at: datetime


class Mailbox:
    """A mail folder, connected for the time of a ``with`` block.

    Raises:
        LoginRefusedError: the server answered NO to the user name or the password.
        SourceUnavailableError: no connection, or it broke; everything may be tried again.
    """

    def __init__(  # noqa: PLR0913 - each is a key of the configuration's [[mailbox]]
        self,
        *,
        name: str,
        url: str,
        user: str,
        password: str,
        since: date,
        zone: tzinfo,
        inbox: str = "INBOX",
        when_done: str = "keep",
        batch: Batch = Batch(),
        timeouts: Timeouts = Timeouts(),
        ca_file: Path | None = None,
    ) -> None:
        self.name = name
        self.inbox = inbox
        self._address = Address.of(url)
        self._login = (user, password)
        self._since = datetime(since.year, since.month, since.day, tzinfo=zone)
        self._when_done = when_done
        self._batch = batch
        self._timeouts = timeouts
        self._ca_file = ca_file
        self._client: IMAPClient | None = None
        self._uid_validity = 0
        self._empty = False
        self._target: str | None = None

    # -- the connection

    def __enter__(self) -> Self:
        self._client = self._connected()
        try:
            self._log_in()
            self._select()
        except BaseException:
            self._hang_up()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        client, self._client = self._client, None
        if client is not None:
            client.__exit__(kind, error, trace)  # logs out, and never raises

    def _hang_up(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            try:
                client.shutdown()
            except _FAULTS:
                logger.debug("the line was down already")

    @property
    def _imap(self) -> IMAPClient:
        if self._client is None:
            raise SourceUnavailableError("the mailbox is not connected")
        return self._client

    def _connected(self) -> IMAPClient:
        tries = Retrying(
            stop=stop_after_attempt(3),
            wait=wait_fixed(self._timeouts.pause),
            retry=retry_if_exception_type(_LINE_FAULTS),
            reraise=True,
        )
        try:
            client = tries(self._dial)
        except _FAULTS as error:
            raise SourceUnavailableError(f"no connection: {type(error).__name__}") from error
        client.normalise_times = False  # else INTERNALDATE loses its offset
        # imapclient sets 5, so that imaplib writes a debug line for each line and literal that it
        # reads, whoever listens: switched off, a fetch of large mails is six times as fast.
        client._imap.debug = 0
        return client

    def _dial(self) -> IMAPClient:
        context = None
        if self._address.tls:
            context = ssl.create_default_context(cafile=self._ca_file)
        return IMAPClient(
            self._address.host,
            self._address.port,
            ssl=self._address.tls,
            ssl_context=context,
            timeout=SocketTimeout(self._timeouts.connect, self._timeouts.answer),
        )

    def _log_in(self) -> None:
        user, password = self._login
        plain = (user + password).isascii()
        try:
            # imaplib's LOGIN cannot carry other letters, SASL can
            (self._imap.login if plain else self._imap.plain_login)(user, password)
        except LoginError as error:
            # imapclient also turns a line that broke during LOGIN into this: look at its origin
            if isinstance(error.__context__, IMAPClientAbortError):
                raise SourceUnavailableError("the line broke during login") from error
            code = _CODE.match(str(error))
            if code and code[1] in _PASSING_CODES:
                raise SourceUnavailableError(f"login answered {code[1]}") from error
            raise LoginRefusedError("login refused") from error
        except _FAULTS as error:
            raise SourceUnavailableError(f"login failed: {type(error).__name__}") from error

    def _select(self) -> None:
        """Open the folder; read-only where nothing in it may be changed."""
        try:
            answer = self._imap.select_folder(self.inbox, readonly=self._when_done == "keep")
            self._uid_validity = int(answer[b"UIDVALIDITY"])
            self._empty = answer.get(b"EXISTS") == 0
        except (*_FAULTS, KeyError) as error:
            raise SourceUnavailableError(
                f"the folder cannot be opened: {type(error).__name__}"
            ) from error

    def folder_state(self) -> tuple[str, int]:
        """The folder's name and its UIDVALIDITY at the time of the connection."""
        return self.inbox, self._uid_validity

    # -- reading

    def items(self, position: Position | None) -> Iterator[Item | Skipped]:
        """Everything above ``position``, oldest UID first, in batches of bounded size.

        A broken line is no end: what had arrived whole is handed out, then the error is raised.

        Raises:
            SourceUnavailableError: the line broke, or the server refused.
        """
        if self._empty:  # some servers refuse «1:*» then
            return
        after = 0
        if position is not None and position.uid_validity == self._uid_validity:
            after = position.last_uid
        for run in _runs(self._heads_above(after), self._is_old, self._batch):
            if self._is_old(run[0]):
                yield Skipped(self.inbox, self._uid_validity, run[-1].uid)
            else:
                yield from self._read(run)

    def _is_old(self, head: Head) -> bool:
        return head.received_at < self._since

    def _read(self, heads: list[Head]) -> Iterator[Item]:
        """One batch; a mail too large for us is a batch of its own (see ``_runs``)."""
        too_large = heads[0].size > self._batch.max_bytes
        section = "BODY.PEEK[HEADER]" if too_large else "BODY.PEEK[]"
        known = {head.uid: head for head in heads}
        for uid, data in self._fetch_whole(list(known), section):
            yield Item(
                data=data,
                received_at=known[uid].received_at,
                name=f"{uid}.eml",
                folder=self.inbox,
                uid_validity=self._uid_validity,
                uid=uid,
                sha256=digest_of(data),
                size=known[uid].size if too_large else len(data),
                too_large=too_large,
            )

    def _heads_above(self, after: int) -> list[Head]:
        """Size and time of every mail above a UID: one command, however many there are."""
        try:
            # imapclient's own fetch takes no range
            typ, data = self._imap._imap.uid(
                "FETCH", f"{after + 1}:*", "(RFC822.SIZE INTERNALDATE)"
            )
        except _FAULTS as error:
            raise SourceUnavailableError(f"listing failed: {type(error).__name__}") from error
        if typ != "OK":
            raise SourceUnavailableError(f"listing answered {typ}")
        heads = (_head_of(line) for line in data if isinstance(line, bytes))
        # «n:*» always names the last mail, also one below n
        return sorted((head for head in heads if head and head.uid > after), key=attrgetter("uid"))

    def _fetch_whole(self, uids: list[int], section: str) -> Iterator[tuple[int, bytes]]:
        """The mails of a batch; one that the server cannot give comes as no bytes.

        A mail that another client deleted meanwhile is none of ours.
        """
        key = section.replace(".PEEK", "").encode()
        try:
            answers = self._imap.fetch(uids, [section])
        except _LINE_FAULTS as error:
            yield from _found(uids, _whole_answers(self._imap), key)
            raise SourceUnavailableError(f"fetch broke: {type(error).__name__}") from error
        except IMAPClientError:
            if len(uids) > 1:
                for uid in uids:
                    yield from self._fetch_whole([uid], section)
                return
            answers = {}
        if missing := [uid for uid in uids if answers.get(uid, {}).get(key) is None]:
            answers |= {uid: {key: b""} for uid in self._still_there(missing)}
        yield from _found(uids, answers, key)

    def _still_there(self, uids: list[int]) -> list[int]:
        try:
            self._imap.noop()  # a server may tell of deleted mails only now
            return list(self._imap.search(["UID", ",".join(map(str, uids))]))
        except _FAULTS as error:
            raise SourceUnavailableError(f"search failed: {type(error).__name__}") from error

    # -- telling the server

    def acknowledge(self, uid_validity: int, uid: int) -> None:
        """Mark or move a mail whose bytes are safe, as ``when_done`` says; twice is harmless.

        Under another UIDVALIDITY the UID names nothing any more, and nothing is done.

        Raises:
            SourceUnavailableError: the line broke, or the server refused.
        """
        if self._when_done == "keep" or uid_validity != self._uid_validity:
            return
        try:
            if self._when_done == "seen":
                self._imap.add_flags([uid], [SEEN], silent=True)
            else:
                self._move(uid)
        except _FAULTS as error:
            raise SourceUnavailableError(f"not acknowledged: {type(error).__name__}") from error

    def _move(self, uid: int) -> None:
        target = self._target = self._target or self._made_target()
        if self._imap.has_capability("MOVE"):
            self._imap.move([uid], target)
            return
        flags = self._imap.get_flags([uid])
        if uid not in flags:
            return
        if DELETED not in flags[uid]:
            self._imap.copy([uid], target)
            self._imap.add_flags([uid], [DELETED], silent=True)
        # Without UIDPLUS an EXPUNGE would also take what a person has marked: then it stays marked.
        if self._imap.has_capability("UIDPLUS"):
            self._imap.uid_expunge([uid])

    def _made_target(self) -> str:
        """The server's name of the folder after ``move:``, created where it is missing."""
        prefix, separator = "", "/"
        if self._imap.has_capability("NAMESPACE"):
            prefix, separator = (self._imap.namespace().personal or [("", "/")])[0]
        name = prefix + self._when_done.removeprefix("move:").replace("/", separator)
        if not self._imap.folder_exists(name):
            self._imap.create_folder(name)
            self._imap.subscribe_folder(name)
        return name


def _found(
    uids: list[int], answers: Mapping[int, Mapping[bytes, Any]], key: bytes
) -> Iterator[tuple[int, bytes]]:
    for uid in uids:
        data = answers.get(uid, {}).get(key)
        if data is not None:
            yield uid, data


def _head_of(line: bytes) -> Head | None:
    """One line of the listing; None for a change of flags, which comes unasked.

    The time keeps the server's offset; a server that gives none gets the time of reading.
    """
    uid, size, time = _UID.search(line), _SIZE.search(line), _TIME.search(line)
    if not (uid and size):
        return None
    received_at = datetime.now(UTC)
    if time:
        with suppress(ValueError):
            given = parse_to_datetime(time[1], normalise=False)
            received_at = given.replace(tzinfo=timezone(given.utcoffset() or timedelta()))
    return Head(int(uid[1]), int(size[1]), received_at)


def _runs(heads: list[Head], is_old: Callable[[Head], bool], batch: Batch) -> Iterator[list[Head]]:
    """Neighbours that are handled together: a run of old mails, or a batch within its bounds."""
    most = min(batch.size, batch.max_bytes)  # so that a mail that is too large stands alone
    for old, group in groupby(heads, is_old):
        if old:
            yield list(group)
            continue
        run: list[Head] = []
        size = 0
        for head in group:
            size += head.size
            if run and (len(run) == batch.count or size > most):
                yield run
                run, size = [], head.size
            run.append(head)
        if run:
            yield run


def _whole_answers(client: IMAPClient) -> dict[int, Mapping[bytes, Any]]:
    """What a FETCH had brought when its line broke, without the mail that was cut in two."""
    pieces = client._imap.untagged_responses.get("FETCH", [])
    while pieces and not (isinstance(pieces[-1], bytes) and pieces[-1].endswith(b")")):
        pieces = pieces[:-1]
    try:
        answers: dict[int, Mapping[bytes, Any]] = parse_fetch_response(pieces, False)
    except (ValueError, ProtocolError):
        return {}
    return answers
