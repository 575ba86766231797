"""What an envelope holds once it is open: the mail's header and its files."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Role = Literal["body", "attachment", "inline", "signature"]
Auto = Literal["auto-reply", "bounce", "bulk"]

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one envelope may cost; a container that passes a limit is not opened any further.

    Attributes:
        max_bytes: bytes of one file inside.
        max_total: bytes of all files together.
        max_files: number of files.
        max_depth: containers inside containers (a mail is the first).
        max_ratio: how many times larger than its container the content may be, from 16 MiB on.
    """

    max_bytes: int = 64 * MEBIBYTE
    max_total: int = 256 * MEBIBYTE
    max_files: int = 200
    max_depth: int = 6
    max_ratio: int = 200


@dataclass(frozen=True, slots=True)
class Part:
    """One file of an envelope, or the container that could not be opened (then with a fault).

    Attributes:
        path: where it stands: "2" is the second part, "2/1" the first file inside that.
        name: what the sender called it, harmless to show; a label, never a path.
        media_type: by its content where that is known, else as declared.
        data: its bytes, decoded from the transfer encoding.
        role: "inline" is decoration (a logo), "signature" a detached КЕП: neither is a document.
        text: of a body: its text; of everything else None.
        signer: names from the certificates of its КЕП, joined by "; ". The signature itself is
            never verified (ДСТУ 4145): show it as «підпис не перевірено».
        fault: why it cannot be read, a word of triage: "encrypted", "too large", "hostile" or
            "unreadable".
    """

    path: str
    name: str
    media_type: str
    data: bytes = field(repr=False)
    role: Role
    text: str | None = field(default=None, repr=False)
    signer: str = ""
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """The header of a mail.

    Attributes:
        message_id: with its angle brackets; None where the mail has none. Never identity alone.
        sender_address: in lower case; None where From holds no address.
        to: addresses of To and Cc, in lower case.
        date: aware, as the sender's clock had it; None where it cannot be read.
        references: message ids, oldest first.
        auto: a machine wrote it and it holds nothing that could be a notification.
        returned: of a delivery report: Message-IDs of what may have come back undelivered.
        status: of a delivery report: why, as ``5.1.1``; "" where it says nothing.
    """

    message_id: str | None
    sender_address: str | None
    sender_name: str
    to: tuple[str, ...]
    subject: str
    date: datetime | None
    in_reply_to: str | None
    references: tuple[str, ...]
    auto: Auto | None
    returned: tuple[str, ...] = ()
    status: str = ""


@dataclass(frozen=True, slots=True)
class Envelope:
    """An opened envelope; ``message`` is None for a file that is no mail."""

    message: Message | None
    parts: tuple[Part, ...]
