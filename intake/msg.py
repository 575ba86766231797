"""A mail as Outlook saves it (.msg, MS-OXMSG): its text and its files, mails in it included."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import olefile  # type: ignore[import-untyped]

from intake.mime import Leaf
from intake.outlook import DATA, DEEPEST, OBJECT, Properties, body_of, file_of
from opika.errors import HostileFileError, UnreadableFileError

_PROPERTY = "__substg1.0_"
_ATTACHMENT = "__attach_version1.0_"
_INSIDE = f"{_PROPERTY}{DATA:04X}{OBJECT:04X}"
_Path = tuple[str, ...]


def msg_leaves(data: bytes) -> Iterator[Leaf]:
    """The text and the files of a .msg, one by one.

    Raises:
        UnreadableFileError: it is damaged.
        HostileFileError: mails lie in each other without end.
    """
    try:
        storage = olefile.OleFileIO(BytesIO(data))
    except OSError as error:
        raise UnreadableFileError("damaged .msg") from error
    with storage:
        entries = [tuple(path) for path in storage.listdir(streams=True, storages=True)]
        yield from _message(storage, entries, (), 0)


def _message(
    storage: olefile.OleFileIO, entries: list[_Path], at: _Path, depth: int
) -> Iterator[Leaf]:
    if depth >= DEEPEST:
        raise HostileFileError("messages nested without end")
    here = [path for path in entries if path[: len(at)] == at]
    body = body_of(_properties(storage, here, at))
    if body:
        yield body
    for path in sorted(path for path in here if len(path) == len(at) + 1):
        if path[-1].startswith(_ATTACHMENT):
            yield from _attachment(storage, here, path, depth)


def _attachment(
    storage: olefile.OleFileIO, entries: list[_Path], at: _Path, depth: int
) -> Iterator[Leaf]:
    inside = (*at, _INSIDE)
    if any(path[: len(inside)] == inside and len(path) > len(inside) for path in entries):
        yield from _message(storage, entries, inside, depth + 1)
        return
    properties = _properties(storage, entries, at)
    yield file_of(properties, properties.get(DATA, (0, b""))[1])


def _properties(storage: olefile.OleFileIO, entries: list[_Path], at: _Path) -> Properties:
    """The properties that lie in streams of their own: all texts and all bytes do."""
    found = {}
    for path in entries:
        mark = path[-1].removeprefix(_PROPERTY)
        is_own = path[:-1] == at and mark != path[-1] and len(mark) == 8
        if is_own and storage.get_type(list(path)) == olefile.STGTY_STREAM:
            stream: bytes = storage.openstream(list(path)).read()
            found[int(mark[:4], 16)] = int(mark[4:], 16), stream
    return found
