"""One mail folder on an IMAP server: what is new in it, and telling the server what was taken.

Nothing here decides what a mail is. Mail is read with ``BODY.PEEK[]``, whether somebody has opened
it or not, and the server is told only by ``acknowledge``, which the caller uses once the bytes are
safe. The position is the caller's too: under another UIDVALIDITY it means nothing, and everything
since ``since`` is read again for the caller to recognise by its content.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from imapclient import DELETED, SEEN, IMAPClient  # type: ignore[import-untyped]
from imapclient.datetime_util import parse_to_datetime  # type: ignore[import-untyped]
from imapclient.exceptions import IMAPClientError, ProtocolError  # type: ignore[import-untyped]
from imapclient.response_parser import parse_fetch_response  # type: ignore[import-untyped]

from intake.connection import (
    FAULTS,
    LINE_FAULTS,
    USUAL,
    Account,
    Address,
    Timeouts,
    connect,
    hang_up,
)
from intake.part import MEBIBYTE
from intake.source import Item, Position, Skipped, digest_of
from opika.errors import SourceUnavailableError

_UID, _SIZE = re.compile(rb"\bUID (\d+)"), re.compile(rb"\bRFC822\.SIZE (\d+)")
_TIME = re.compile(rb'\bINTERNALDATE "([^"]+)"')
Answer = tuple[int, bytes, str]  # UID, the bytes, and which section they are
_WHOLE, _HEADER = "BODY.PEEK[]", "BODY.PEEK[HEADER]"


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
        timeouts: Timeouts = USUAL,
        ca_file: Path | None = None,
    ) -> None:
        self.name = name
        self.inbox = inbox
        self._account = Account(Address.of(url), user, password, timeouts, ca_file)
        self._since = datetime(since.year, since.month, since.day, tzinfo=zone)
        self._when_done = when_done
        self._batch = batch
        self._client: IMAPClient | None = None
        self._uid_validity = 0
        self._empty = False
        self._ahead: list[int] = []
        self._target: str | None = None

    # -- the connection

    def __enter__(self) -> Self:
        self._uid_validity = self._open()
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

    @property
    def _imap(self) -> IMAPClient:
        if self._client is None:
            raise SourceUnavailableError("the mailbox is not connected")
        return self._client

    def _open(self) -> int:
        """Connect and open the folder, read-only where nothing in it may be changed."""
        client = self._connected()
        try:
            answer = client.select_folder(self.inbox, readonly=self._when_done == "keep")
            uid_validity = int(answer[b"UIDVALIDITY"])
        except (*FAULTS, KeyError) as error:
            hang_up(client)
            raise SourceUnavailableError(
                f"the folder cannot be opened: {type(error).__name__}"
            ) from error
        self._client, self._empty = client, answer.get(b"EXISTS") == 0
        return uid_validity

    def _connected(self) -> IMAPClient:
        return connect(self._account)

    def _open_again(self) -> None:
        hang_up(self._imap)
        if self._open() != self._uid_validity:
            raise SourceUnavailableError("the folder changed its UIDVALIDITY")

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
        heads = self._heads_above(after)
        self._ahead = [h.uid for h in heads if h.size <= self._batch.max_bytes]
        for run in _runs(heads, self._is_old, self._batch):
            if self._is_old(run[0]):
                yield Skipped(self.inbox, self._uid_validity, run[-1].uid)
            else:
                yield from self._read(run)

    def _is_old(self, head: Head) -> bool:
        return head.received_at < self._since

    def _read(self, heads: list[Head]) -> Iterator[Item]:
        """One batch; a mail too large for us is a batch of its own (see ``_runs``)."""
        known = {head.uid: head for head in heads}
        section = _HEADER if heads[0].size > self._batch.max_bytes else _WHOLE
        for uid, data, came_as in self._fetch(list(known), section):
            yield Item(
                data=data,
                received_at=known[uid].received_at,
                name=f"{uid}.eml",
                folder=self.inbox,
                uid_validity=self._uid_validity,
                uid=uid,
                sha256=digest_of(data),
                size=len(data) if came_as == _WHOLE else known[uid].size,
                too_large=came_as == _HEADER,
            )

    def _heads_above(self, after: int) -> list[Head]:
        """Size and time of every mail above a UID: one command, however many there are."""
        try:
            # imapclient's own fetch takes no range
            typ, data = self._imap._imap.uid(
                "FETCH", f"{after + 1}:*", "(RFC822.SIZE INTERNALDATE)"
            )
        except FAULTS as error:
            raise SourceUnavailableError(f"listing failed: {type(error).__name__}") from error
        if typ != "OK":
            raise SourceUnavailableError(f"listing answered {typ}")
        heads = (_head_of(line) for line in data if isinstance(line, bytes))
        # «n:*» always names the last mail, also one below n
        return sorted((head for head in heads if head and head.uid > after), key=attrgetter("uid"))

    def _fetch(self, uids: list[int], section: str) -> Iterator[Answer]:
        """The mails of a batch; one that the server cannot give comes as no bytes.

        A mail that another client deleted meanwhile is none of ours.
        """
        try:
            answers = _values(self._imap.fetch(uids, [section]), section)
        except LINE_FAULTS as error:
            whole = _values(_whole_answers(self._imap), section)
            yield from ((uid, whole[uid], section) for uid in uids if uid in whole)
            if whole or not (first := self._tried_alone(uids[0], section)):
                raise SourceUnavailableError(f"fetch broke: {type(error).__name__}") from error
            yield first
            if uids[1:]:
                yield from self._fetch(uids[1:], section)
            return
        except IMAPClientError:
            if len(uids) > 1:
                for uid in uids:
                    yield from self._fetch([uid], section)
                return
            answers = {}
        if missing := [uid for uid in uids if uid not in answers]:
            answers |= dict.fromkeys(self._still_there(missing), b"")
        yield from ((uid, answers[uid], section) for uid in uids if uid in answers)

    def _tried_alone(self, uid: int, section: str) -> Answer | None:
        """The mail at which the line broke: on its second try, or its header only.

        A server that hangs up at one mail must not keep all later ones from us for ever. But only
        if a later one comes whole is it the mail that is to blame, and not the line.
        """
        data = self._on_a_new_line(uid, section)
        if data is not None:
            return uid, data, section
        later = next((other for other in self._ahead if other > uid), None)
        if later is None or self._on_a_new_line(later, _WHOLE) is None:
            return None
        header = self._on_a_new_line(uid, _HEADER) or b""
        self._open_again()
        return uid, header, _HEADER

    def _on_a_new_line(self, uid: int, section: str) -> bytes | None:
        self._open_again()
        try:
            return _values(self._imap.fetch([uid], [section]), section).get(uid)
        except FAULTS:
            return None

    def _still_there(self, uids: list[int]) -> list[int]:
        try:
            self._imap.noop()  # a server may tell of deleted mails only now
            return list(self._imap.search(["UID", ",".join(map(str, uids))]))
        except FAULTS as error:
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
        except FAULTS as error:
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


def _values(answers: Mapping[int, Mapping[bytes, Any]], section: str) -> dict[int, bytes]:
    key = section.replace(".PEEK", "").encode()
    return {uid: answer[key] for uid, answer in answers.items() if answer.get(key) is not None}


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
