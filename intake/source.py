"""What a source hands out: one item a mail or a file, with the time at which it was received."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256


def digest_of(data: bytes) -> str:
    """The SHA-256 of ``data`` in hexadecimal, by which originals are known everywhere."""
    return sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class Position:
    """How far a mail folder has been read.

    Attributes:
        uid_validity: the UIDVALIDITY under which ``last_uid`` means something.
        last_uid: the highest UID that was taken or skipped.
    """

    uid_validity: int
    last_uid: int


@dataclass(frozen=True, slots=True)
class Item:
    """One mail or one file, with its bytes.

    Attributes:
        data: the bytes; of a mail that is ``too_large`` its header only, of such a file nothing.
        received_at: aware: INTERNALDATE of a mail with the server's offset, or the time at which
            the file was found.
        name: ``<uid>.eml``, or the file's path relative to its folder with ``/``.
        folder: the mail folder's name; "" for a file.
        uid_validity: UIDVALIDITY of the mail folder; None for a file.
        uid: UID of the mail; None for a file.
        sha256: digest of the original; of a mail that is too large that of its header.
        size: bytes of the whole original.
        too_large: the original passes the limit of the source, or the server hangs up whenever it
            is asked for; it is left where it is.
    """

    data: bytes
    received_at: datetime
    name: str
    folder: str
    uid_validity: int | None
    uid: int | None
    sha256: str
    size: int
    too_large: bool = False


@dataclass(frozen=True, slots=True)
class Skipped:
    """Mail older than the mailbox's ``since`` stands in the folder up to this UID: left alone.

    One of these stands for a whole run of old mails, so that a box of many thousands costs one
    step of the position.
    """

    folder: str
    uid_validity: int
    uid: int
