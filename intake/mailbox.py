"""One mail folder on an IMAP server: what is new in it, and telling the server what was taken.

Nothing here decides what a mail is. Mail is read with ``BODY.PEEK[]``, whether somebody has opened
it or not, and the server is told only by ``acknowledge``, which the caller uses once the bytes are
safe. The position is the caller's too: under another UIDVALIDITY it means nothing, and everything
since ``since`` is read again for the caller to recognise by its content.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from itertools import takewhile
from operator import attrgetter
from pathlib import Path
from types import TracebackType
from typing import Self

from imapclient import SEEN, IMAPClient  # type: ignore[import-untyped]
from imapclient.exceptions import IMAPClientError  # type: ignore[import-untyped]

from intake.answers import values, whole_answers
from intake.connection import (
    FAULTS,
    LINE_FAULTS,
    USUAL,
    Account,
    Address,
    Timeouts,
    break_off,
    busy,
    connect,
    hang_up,
    is_busy,
)
from intake.folders import folder_named, made_folder, move_mail
from intake.heads import ITEMS, USUAL_BATCH, Batch, Head, head_of, runs, uid_set
from intake.idle import IdleRefusedError, idle
from intake.source import Item, Position, Skipped, digest_of
from opika.errors import ConfigError, SourceUnavailableError

__all__ = ["Batch", "Count", "Mailbox"]

Answer = tuple[int, bytes, str]  # UID, the bytes, and which section they are
_WHOLE, _HEADER = "BODY.PEEK[]", "BODY.PEEK[HEADER]"


@dataclass(frozen=True, slots=True)
class Count:
    """Mail received since the mailbox's ``since``: how many, and which of it nobody has taken."""

    in_box: int
    missing: tuple[Head, ...]


_SAME_FOLDER = "«when_done» переміщує листи до тієї самої папки, з якої їх приймають."
_NO_FOLDER = "У скриньці немає папки, яку названо в налаштуваннях («inbox»)."


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
        batch: Batch = USUAL_BATCH,
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
        self._line: IMAPClient | None = None
        self._broken_off = False
        self._uid_validity = 0
        self._empty = False
        self._idles = True
        self._ahead: list[int] = []
        self._target: str | None = None
        if when_done.removeprefix("move:").casefold() == inbox.casefold():
            raise ConfigError("mail would be moved to where it is", clerk_message=_SAME_FOLDER)

    # -- the connection

    def __enter__(self) -> Self:
        with ExitStack() as undo:
            self._client = self._connected()
            undo.callback(self._hang_up)
            self._uid_validity = self._select()
            undo.pop_all()
        return self

    def _hang_up(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            hang_up(client)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        client, self._client = self._client, None
        if client is not None:
            client.__exit__(kind, error, trace)  # logs out, and never raises

    def break_off(self) -> None:
        """End the line for good, from another thread: what waits on it fails at once."""
        self._broken_off = True
        if self._line is not None:
            break_off(self._line)

    @property
    def _imap(self) -> IMAPClient:
        if self._client is None:
            raise SourceUnavailableError("the mailbox is not connected")
        return self._client

    def _connected(self) -> IMAPClient:
        if self._broken_off:
            raise SourceUnavailableError("broken off")
        return connect(self._account, self._dialled)

    def _dialled(self, client: IMAPClient) -> None:
        self._line = client
        if self._broken_off:
            raise SourceUnavailableError("broken off")

    def _select(self) -> int:
        """Open the folder, read-only where nothing in it may be changed; its UIDVALIDITY."""
        name = self.inbox
        if name.upper() != "INBOX" and (name := folder_named(self._imap, name) or "") == "":
            raise SourceUnavailableError("there is no such folder", clerk_message=_NO_FOLDER)
        try:
            answer = self._imap.select_folder(name, readonly=self._when_done == "keep")
            uid_validity = int(answer[b"UIDVALIDITY"])
        except (*FAULTS, KeyError) as error:
            raise _unavailable("opening the folder", error) from error
        self._empty = answer.get(b"EXISTS") == 0
        return uid_validity

    def _open_again(self) -> None:
        hang_up(self._imap)
        self._client = self._connected()
        if self._select() != self._uid_validity:
            raise SourceUnavailableError("the folder changed its UIDVALIDITY")

    def look_again(self) -> None:
        """See the folder as it is now, on the same connection; its UIDVALIDITY may be another.

        Raises:
            SourceUnavailableError: the line broke meanwhile, or the server refused.
        """
        self._uid_validity = self._select()

    def wait(self, seconds: float, stop: threading.Event) -> None:
        """Rest until the server has news, ``seconds`` have passed, or ``stop`` is set.

        Raises:
            SourceUnavailableError: the line broke meanwhile.
        """
        try:
            if self._idles and self._imap.has_capability("IDLE"):
                idle(self._imap, seconds, stop.is_set)
                return
        except IdleRefusedError:
            self._idles = False
        except FAULTS as error:
            raise _unavailable("waiting", error) from error
        stop.wait(seconds)

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
        for run in runs(heads, self._is_old, self._batch):
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
        # «n:*» always names the last mail, also one below n
        heads = (head for head in self._heads(f"{after + 1}:*") if head.uid > after)
        return sorted(heads, key=attrgetter("uid"))

    def _heads(self, uids: str) -> list[Head]:
        try:
            # imapclient's own fetch takes no range
            typ, data = self._imap._imap.uid("FETCH", uids, ITEMS)
        except FAULTS as error:
            raise _unavailable("listing", error) from error
        if typ != "OK":
            raise SourceUnavailableError(f"listing answered {typ}")
        heads = (head_of(line) for line in data if isinstance(line, bytes))
        return [head for head in heads if head]

    def _fetch(self, uids: list[int], section: str) -> Iterator[Answer]:
        """The mails of a batch in their order; one that the server cannot give comes cut short.

        A mail that another client deleted meanwhile is none of ours.
        """
        try:
            answers = values(self._imap.fetch(uids, [section]), section)
        except LINE_FAULTS as error:
            whole = values(whole_answers(self._imap), section)
            # up to the first gap: the caller's position must not pass a mail that is to come
            ready = list(takewhile(whole.__contains__, uids))
            yield from ((uid, whole[uid], section) for uid in ready)
            if ready or not (first := self._tried_alone(uids[0], section)):
                raise SourceUnavailableError(f"fetch broke: {type(error).__name__}") from error
            yield first
            if uids[1:]:
                yield from self._fetch(uids[1:], section)
            return
        except IMAPClientError as error:
            if is_busy(error):
                raise busy(error) from error
            answers = values(whole_answers(self._imap), section)
        for uid in uids:
            if uid in answers:
                yield uid, answers[uid], section
            elif (late := self._withheld(uid, section)) is not None:
                yield late

    def _withheld(self, uid: int, section: str) -> Answer | None:
        """A mail that the server did not give when it was asked for others, too.

        None if it is there no longer. Only its header, or nothing, if the server gives any other
        mail but not this one; else it is the server that is out of order, and no mail.
        """
        if not self._is_there(uid):
            return None
        if (data := self._one(uid, section)) is not None:
            return uid, data, section
        header = self._one(uid, _HEADER)
        if header is None and not self._gives_another(uid):
            raise SourceUnavailableError("the server gives no mail")
        return uid, header or b"", _HEADER

    def _one(self, uid: int, section: str) -> bytes | None:
        """A mail that is asked for alone; None if the server answers NO or leaves it out."""
        try:
            return values(self._imap.fetch([uid], [section]), section).get(uid)
        except LINE_FAULTS as error:
            raise _unavailable("fetch", error) from error
        except IMAPClientError as error:
            if is_busy(error):
                raise busy(error) from error
            return None

    def _gives_another(self, uid: int) -> bool:
        later = [other for other in self._ahead if other > uid]
        others = later or [other for other in self._search("ALL") if other != uid][-1:]
        return any(self._one(other, _HEADER) is not None for other in others[:3])

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
            return values(self._imap.fetch([uid], [section]), section).get(uid)
        except FAULTS:
            return None

    def _is_there(self, uid: int) -> bool:
        try:
            self._imap.noop()  # a server may tell of deleted mails only now
        except FAULTS as error:
            raise _unavailable("noop", error) from error
        return uid in self._search("UID", str(uid))

    def _search(self, *criteria: str | date) -> list[int]:
        try:
            return sorted(self._imap.search(list(criteria)))
        except FAULTS as error:
            raise _unavailable("search", error) from error

    # -- counting

    def count(self, known: Collection[int], up_to: int) -> Count:
        """Compare the folder with the UIDs that the caller has taken (``known``).

        Costs one SEARCH of the UIDs since ``since``, and heads only of what is not known and of
        the days around ``since``.

        Args:
            known: UIDs of this UIDVALIDITY.
            up_to: mail above this UID is simply new, and not missing.

        Raises:
            SourceUnavailableError: the line broke, or the server refused.
        """
        if self._empty:
            return Count(0, ())
        # SEARCH knows whole days of the server's own zone
        day = self._since.date()
        near = self._search("SINCE", day - timedelta(2), "BEFORE", day + timedelta(2))
        later = self._search("SINCE", day + timedelta(2))
        unsure = sorted({*near, *(uid for uid in later if uid not in known)})
        heads = {head.uid: head for head in self._heads(uid_set(unsure))} if unsure else {}
        young = {uid for uid, head in heads.items() if not self._is_old(head)}
        missing = sorted(uid for uid in young if uid not in known and uid <= up_to)
        in_box = len({*later, *young} - {uid for uid in heads if uid not in young})
        return Count(in_box, tuple(heads[uid] for uid in missing))

    def recover(self, missing: Collection[Head]) -> Iterator[Item]:
        """The mails that :meth:`count` found missing, as :meth:`items` gives them.

        Raises:
            SourceUnavailableError: the line broke, or the server refused.
        """
        self._ahead = [head.uid for head in missing if head.size <= self._batch.max_bytes]
        for run in runs(list(missing), self._is_old, self._batch):
            yield from self._read(run)

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
            raise _unavailable("acknowledging", error) from error

    def _move(self, uid: int) -> None:
        if self._target is None:
            self._target = made_folder(self._imap, self._when_done.removeprefix("move:"))
        move_mail(self._imap, uid, self._target)


def _unavailable(doing: str, error: Exception) -> SourceUnavailableError:
    if is_busy(error):
        return busy(error)
    return SourceUnavailableError(f"{doing} failed: {type(error).__name__}")
