"""A mail taken apart into its leaves: bodies, attachments, mails inside it.

The standard library's parser gives the structure, with its tolerant old policy: the new one
parses header values as it goes, costs twice the time and stops at some that real mailers send.
What the parser leaves in one piece because the head is damaged is mended and parsed again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message

from intake.charset import decoded
from intake.headers import file_name, value
from intake.html_text import html_charset, html_text
from intake.kind import MAIL, UNKNOWN, kind_of

_BOUNDARY = re.compile(rb"(?:^|\n)--([^\s\"]{1,70})[ \t]*\r?\nContent-[A-Za-z-]+:", re.I)
_GAP = re.compile(rb"\r?\n\r?\n")
_TYPE_LINES = re.compile(rb"^Content-Type:[^\n]*\n(?:[ \t][^\n]*\n)*", re.I | re.M)
_MAILS = frozenset({"message/rfc822", "message/global", "message/news"})
_TEXTS = frozenset({"text/plain", "text/html"})
_DEEPEST = 40  # multiparts in multiparts


class TooDeepError(Exception):
    """Multiparts lie in each other deeper than any mailer puts them."""


@dataclass(slots=True)
class Leaf:
    """One part of a mail that holds no other parts.

    Attributes:
        text: of a body, its text; None for everything else.
        inline: the sender wanted it shown within the text (a picture named by Content-ID).
        message: the mail inside, where the part is one.
        returned: it came back with a delivery report: our own mail, not the sender's.
    """

    name: str
    declared: str
    data: bytes = field(repr=False)
    text: str | None = field(default=None, repr=False)
    inline: bool = False
    message: Message | None = None
    returned: bool = False


def parse(data: bytes) -> Message:
    """The mail's structure, mended where its head does not describe its body.

    Raises:
        TooDeepError: it is nested like no honest mail.
    """
    if data.startswith((b"From ", b">From ")):
        data = data.partition(b"\n")[2]
    try:
        message = message_from_bytes(data)
        if not message.is_multipart():
            message = _mended(message, data)
    except RecursionError as error:
        raise TooDeepError from error
    return message


def _mended(message: Message, data: bytes) -> Message:
    """The mail again with the boundary that its body uses, where the head names another or none."""
    types = [str(kind).lower() for kind in message.get_all("content-type", [])]
    gap = _GAP.search(data)
    if not gap or (types and not any("multipart/" in kind for kind in types)):
        return message
    found = _BOUNDARY.search(data[gap.end() - 1 : gap.end() + 100_000])
    if not found:
        return message
    line = b'Content-Type: multipart/mixed; boundary="' + found[1] + b'"\r\n'
    head = _TYPE_LINES.sub(b"", data[: gap.start()] + b"\n")
    return message_from_bytes(line + head.rstrip(b"\r\n") + data[gap.start() :])


def leaves(message: Message, depth: int = 0, *, report: bool = False) -> list[Leaf]:
    """Every leaf in the order of the mail; of alternatives the text that says the most.

    Raises:
        TooDeepError: it is nested like no honest mail.
    """
    if depth > _DEEPEST:
        raise TooDeepError
    kind = message.get_content_type()
    if kind.startswith("multipart/") and not message.is_multipart():
        message = _mended(message, b"\r\n\r\n" + _payload(message))
    if not message.is_multipart():
        return [_leaf(message, kind, returned=report and kind == "text/rfc822-headers")]
    if kind in _MAILS:
        return [_inner_mail(message, returned=report)]
    parts = [part for part in message.get_payload() if isinstance(part, Message)]
    if kind.startswith("message/"):  # a delivery report: blocks of header lines
        data = b"\n".join(_as_came(part) for part in parts)
        return [Leaf(file_name(message), kind, data, returned=report)]
    report = report or kind == "multipart/report"
    branches = [leaves(part, depth + 1, report=report) for part in parts]
    found = [leaf for branch in branches for leaf in branch]
    return _without_doubles(found) if kind == "multipart/alternative" else found


def _inner_mail(part: Message, *, returned: bool) -> Leaf:
    inner = part.get_payload(0)
    assert isinstance(inner, Message)  # noqa: S101 - the parser makes no other
    if str(part.get("content-transfer-encoding", "")).strip().lower() in {
        "base64",
        "quoted-printable",
    }:
        # Forbidden, and sent all the same: the parser took the encoded lines for the mail.
        carrier = Message()
        carrier["Content-Transfer-Encoding"] = part["content-transfer-encoding"]
        carrier.set_payload(_as_came(inner).decode("ascii", "replace"))
        inner = parse(_payload(carrier))
    return Leaf(
        name=file_name(part),
        declared=part.get_content_type(),
        data=b"",
        message=inner,
        returned=returned,
    )


def _leaf(part: Message, kind: str, *, returned: bool) -> Leaf:
    name, data = file_name(part), _payload(part)
    disposition = value(part, "content-disposition").partition(";")[0].strip().lower()
    is_body = not name and disposition != "attachment" and _is_text(data, kind)
    return Leaf(
        name=name,
        declared=kind if part.get("content-type") else UNKNOWN,
        data=data,
        text=_text(data, kind, part) if is_body else None,
        inline=disposition == "inline" or bool(part.get("content-id")),
        returned=returned,
    )


def _is_text(data: bytes, kind: str) -> bool:
    """Whether a nameless part is a body: its bytes may prove to be a document all the same."""
    return (kind in _TEXTS or kind.startswith("multipart/")) and kind_of(data, "", kind) in {
        *_TEXTS,
        MAIL,  # a forwarded letter quoted with its head
        kind,
    }


def _payload(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _as_came(part: Message) -> bytes:
    """Head and body of a part without parts (the library's own way fails on damaged ones)."""
    head = "".join(f"{name}: {line}\r\n" for name, line in part.raw_items())
    gap = b"\r\n" if head else b""
    return head.encode("ascii", "surrogateescape") + gap + _payload(part)


def _text(data: bytes, kind: str, part: Message) -> str:
    label = part.get_param("charset")
    charset = label if isinstance(label, str) else None
    if kind == "text/html":
        return html_text(decoded(data, charset or html_charset(data)))
    return decoded(data, charset).replace("\r\n", "\n").replace("\0", "")


def _without_doubles(found: list[Leaf]) -> list[Leaf]:
    """Of the same text as plain and as HTML the plain one, unless it is only a stub of it."""
    plain = [leaf for leaf in found if _is_body(leaf, "text/plain")]
    rich = [leaf for leaf in found if _is_body(leaf, "text/html")]
    if not (plain and rich):
        return found
    dropped = plain if _letters(plain) * 4 < _letters(rich) else rich
    return [leaf for leaf in found if not any(leaf is other for other in dropped)]


def _is_body(leaf: Leaf, kind: str) -> bool:
    return leaf.text is not None and leaf.declared == kind


def _letters(bodies: list[Leaf]) -> int:
    return sum(len("".join((leaf.text or "").split())) for leaf in bodies)
