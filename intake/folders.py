"""The folders of a mailbox: found by what the server says of them, or by name, in any language.

Names are plain text here, as a clerk writes them (``Опіка/Оброблено``); on the wire they are
modified UTF-7, with the server's own separator and prefix.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

from imapclient import DELETED, SEEN, IMAPClient  # type: ignore[import-untyped]
from imapclient.imap_utf7 import decode as from_utf7  # type: ignore[import-untyped]

from intake.connection import FAULTS
from opika.errors import SourceUnavailableError

_SENT = b"\\sent"
_NOSELECT = frozenset({b"\\noselect", b"\\nonexistent"})
# What mail programs and servers call it where the server does not mark it.
_USUAL_SENT = (
    "Sent",
    "Sent Items",
    "Sent Messages",
    "Sent Mail",
    "Надіслані",
    "Надіслані листи",
    "Відправлені",
    "Отправленные",
)
_USUAL_PARENTS = ("", "inbox", "[gmail]")


class _Folder(NamedTuple):
    flags: frozenset[bytes]
    path: tuple[str, ...]
    name: str


def folder_named(client: IMAPClient, wanted: str) -> str | None:
    """The server's name of a folder that is given as plain text with ``/``; None: there is none.

    The exact name wins over one that differs in capital letters only, and the name from the root
    over the one below the user's own prefix (``INBOX.``).

    Raises:
        SourceUnavailableError: the line broke, or the server refused.
    """
    with _refusals("listing folders"):
        known = list(_folders(client.list_folders()))
        prefix = _personal_prefix(client)
    for path in (_path(wanted, "/"), (wanted,), prefix + _path(wanted, "/")):
        if (name := _find(known, path)) is not None:
            return name
    return None


def made_folder(client: IMAPClient, wanted: str) -> str:
    """As :func:`folder_named`; a folder that is missing is created below the user's own prefix.

    Raises:
        SourceUnavailableError: the line broke, or the server refused.
    """
    if (known := folder_named(client, wanted)) is not None:
        return known
    with _refusals("making a folder"):
        prefix, separator = _namespace(client)
        name = prefix + separator.join(_path(wanted, "/"))
        client.create_folder(name)
        client.subscribe_folder(name)
    return name


def sent_folder(client: IMAPClient, configured: str | None) -> str | None:
    """The server's name of the folder that keeps what was sent; None: none can be told.

    The configured folder if it exists, else the one that the server marks as such (RFC 6154),
    else one with a usual name.

    Raises:
        SourceUnavailableError: the line broke, or the server refused.
    """
    if configured and (name := folder_named(client, configured)) is not None:
        return name
    with _refusals("listing folders"):
        known = list(_folders(client.list_folders()))
        if (marked := _marked_sent(known)) is not None:
            return marked
        if client.has_capability("SPECIAL-USE"):  # some servers mark folders only when asked to
            typ, lines = client._imap._simple_command("LIST", "(SPECIAL-USE)", '""', '"*"')
            client._checkok("LIST", typ, lines)
            typ, lines = client._imap._untagged_response(typ, lines, "LIST")
            special = list(_folders(client._proc_folder_list(lines)))
            if (marked := _marked_sent(special)) is not None:
                return marked
    return _usual_sent(known)


def append_copy(client: IMAPClient, folder: str, mail: bytes, sent_at: datetime) -> None:
    """Put a sent mail into a folder, as read, with the (aware) time at which it was sent.

    Raises:
        SourceUnavailableError: the line broke, or the server refused. After a broken line the copy
            may be there or not: :func:`find_message_id` tells.
    """
    with _refusals("appending"):
        client.append(folder, mail, (SEEN,), sent_at)


def find_message_id(client: IMAPClient, folder: str, message_id: str) -> bool:
    """Whether a folder holds a mail with exactly this Message-ID (given with its ``<>``).

    The folder is open, read-only, afterwards. False may also mean that the server has not yet
    listed what it received a moment ago: by itself it is no proof that nothing was sent.

    Raises:
        SourceUnavailableError: the line broke, or the server refused.
    """
    field = "BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]"
    with _refusals("searching"):
        client.select_folder(folder, readonly=True)
        uids = client.search(["HEADER", "Message-ID", message_id])
        if not uids:
            return False
        heads = client.fetch(uids, [field])  # SEARCH also finds longer ones that contain it
    key = field.replace(".PEEK", "").encode()
    wanted = message_id.encode()
    return any(head.get(key, b"").partition(b":")[2].strip() == wanted for head in heads.values())


def move_mail(client: IMAPClient, uid: int, target: str) -> None:
    """Move a mail of the open folder to another; a mail that is not there is left alone.

    Raises:
        OSError, IMAPClientError: the line broke, or the server refused; it may be said again.
    """
    if client.has_capability("MOVE"):
        client.move([uid], target)
        return
    flags = client.get_flags([uid])
    if uid not in flags:
        return
    if DELETED not in flags[uid]:
        client.copy([uid], target)
        client.add_flags([uid], [DELETED], silent=True)
    # Without UIDPLUS an EXPUNGE would also take what a person has marked: then it stays marked.
    if client.has_capability("UIDPLUS"):
        client.uid_expunge([uid])


@contextmanager
def _refusals(doing: str) -> Iterator[None]:
    try:
        yield
    except FAULTS as error:
        raise SourceUnavailableError(f"{doing} failed: {type(error).__name__}") from error


def _folders(listed: Iterable[tuple[tuple[bytes, ...], bytes | None, str]]) -> Iterator[_Folder]:
    for flags, separator, name in listed:
        low = frozenset(flag.lower() for flag in flags)
        if not low & _NOSELECT:
            yield _Folder(low, _path(name, separator.decode() if separator else ""), name)


def _path(name: str, separator: str) -> tuple[str, ...]:
    parts = name.split(separator) if separator else [name]
    return tuple(part for part in parts if part)


def _namespace(client: IMAPClient) -> tuple[str, str]:
    """The prefix below which the user's folders lie, and what separates a folder from its parent.

    They are asked for; a server without NAMESPACE shows its separator in the listing.
    """
    if client.has_capability("NAMESPACE") and (personal := client.namespace().personal):
        prefix, separator = personal[0]
        return from_utf7(prefix), separator or "/"
    separators = [separator for _flags, separator, _name in client.list_folders() if separator]
    return "", separators[0].decode() if separators else "/"


def _personal_prefix(client: IMAPClient) -> tuple[str, ...]:
    prefix, separator = _namespace(client)
    return _path(prefix, separator)


def _find(known: list[_Folder], path: tuple[str, ...]) -> str | None:
    exact = next((folder.name for folder in known if folder.path == path), None)
    return exact or next((folder.name for folder in known if _low(folder.path) == _low(path)), None)


def _low(path: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part.casefold() for part in path)


def _marked_sent(known: list[_Folder]) -> str | None:
    return next((folder.name for folder in known if _SENT in folder.flags), None)


def _usual_sent(known: list[_Folder]) -> str | None:
    by_path = {"/".join(_low(folder.path)): folder.name for folder in known}
    for usual in _USUAL_SENT:
        for parent in _USUAL_PARENTS:
            path = f"{parent}/{usual.casefold()}".lstrip("/")
            if path in by_path:
                return by_path[path]
    return None
