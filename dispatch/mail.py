"""Making a mail out of its parts: the bytes are made once and are what every server gets.

The head is written here line by line: the standard library folds a long Message-ID of a stranger
into an encoded word, which no mail program then recognises (RFC 5322, 3.6.4), and loses the quotes
of a long name with a comma. What stands in it is checked, so nobody can add a header of his own.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from opika.errors import BadValueError

_CONTROL = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]")
_ADDRESS = re.compile(r"[!-;=?-~]+@[!-;=?-~]+")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]+>")
# RFC 5322, 2.1.1: no line longer than 998; a thread that is longer than this is none.
_LONGEST_ID, _MOST_IDS = 300, 20
_WIDTH = 76


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail; its name is ASCII, so that every mail program can read it."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail to one recipient.

    Attributes:
        message_id: from :func:`new_message_id`.
        date: aware.
        sender: our address.
        sender_name: who writes, as a person reads it.
        recipient: the address that it goes to.
        subject: without anybody's personal data.
        text: the body.
        attachments: what goes with it.
        answers: the Message-ID of the mail that this one answers.
        thread: the Message-IDs of the thread before that one, oldest first.
        automatic: the headers that mark a mail which no person has written.
    """

    message_id: str
    date: datetime
    sender: str
    sender_name: str
    recipient: str
    subject: str
    text: str
    attachments: Sequence[Attachment] = ()
    answers: str = ""
    thread: Sequence[str] = ()
    automatic: Mapping[str, str] = field(default_factory=dict)


def new_message_id(address: str) -> str:
    """A Message-ID that nobody can guess, in the domain of our address."""
    return f"<{secrets.token_hex(16)}@{address.rpartition('@')[2]}>"


def compose(mail: Mail) -> bytes:
    """The whole mail, lines ended by CR LF, in ASCII alone (no server has to know 8BITMIME).

    Raises:
        BadValueError: something that goes into the head has a control character in it, or is no
            address or Message-ID.
    """
    lines = [
        _line("Date", format_datetime(mail.date)),
        _line("From", f"{_encoded('From', mail.sender_name)} <{_matching(_ADDRESS, mail.sender)}>"),
        _line("To", _matching(_ADDRESS, mail.recipient)),
        _line("Subject", _encoded("Subject", mail.subject)),
        _line("Message-ID", _matching(_MESSAGE_ID, mail.message_id)),
        *_thread(mail),
        *(_line(name, _checked(value)) for name, value in mail.automatic.items()),
    ]
    return "".join(lines).encode("ascii") + _content(mail)


def message_ids(text: str) -> list[str]:
    """The Message-IDs in a header that a stranger wrote, without those that are none."""
    return [one for one in _MESSAGE_ID.findall(text) if len(one) <= _LONGEST_ID]


def _thread(mail: Mail) -> Iterable[str]:
    answered = message_ids(mail.answers)[:1]
    if answered:
        known = [one for one in message_ids(" ".join(mail.thread)) if one != answered[0]]
        yield _line("In-Reply-To", answered[0])
        # The oldest and the newest of a long thread are what mail programs look for.
        kept = known if len(known) <= _MOST_IDS else [known[0], *known[1 - _MOST_IDS :]]
        yield _line("References", "\r\n ".join([*kept, answered[0]]))


def _content(mail: Mail) -> bytes:
    message = EmailMessage(policy=SMTP)
    message.set_content(mail.text, charset="utf-8", cte="base64")
    for attachment in mail.attachments:
        maintype, _, subtype = attachment.media_type.partition("/")
        name = _checked(attachment.name)
        message.add_attachment(
            attachment.data,
            maintype=maintype,
            subtype=subtype,
            filename=name,
            params={"name": name},  # where old mail programs look for it
        )
    return message.as_bytes()


def _line(name: str, value: str) -> str:
    return f"{name}: {value}\r\n"


def _encoded(header: str, text: str) -> str:
    """A text as encoded words, each no longer than a line (RFC 2047)."""
    words = Header(_checked(text), "utf-8", maxlinelen=_WIDTH, header_name=header)
    return words.encode(linesep="\r\n")


def _checked(text: str) -> str:
    if _CONTROL.search(text):
        raise BadValueError("a control character in the head of a mail")
    return text


def _matching(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text) or len(text) > _LONGEST_ID:
        raise BadValueError("neither an address nor a Message-ID")
    return text
