"""Mails as mail programs write them: charsets, encoded words, attachments, forwards."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import quote

from asn1crypto import cms  # type: ignore[import-untyped]

CRLF = "\r\n"


@dataclass(frozen=True)
class Part:
    """An attachment, or a body: its type, name and bytes."""

    kind: str
    data: bytes
    name: str = ""
    charset: str = ""

    def lines(self) -> list[str]:
        """The part's header and its bytes in base64."""
        kind = self.kind + (f"; charset={self.charset}" if self.charset else "")
        head = [f"Content-Type: {kind}", "Content-Transfer-Encoding: base64"]
        if self.name:
            head.append(
                f"Content-Disposition: attachment;{CRLF} filename*=utf-8''{quote(self.name)}"
            )
        return [*head, "", base64.encodebytes(self.data).decode().rstrip().replace("\n", CRLF)]


def body(text: str, charset: str = "utf-8", subtype: str = "plain") -> Part:
    """A mail's text."""
    return Part(f"text/{subtype}", text.encode(charset), charset=charset)


def attached(data: bytes, name: str, kind: str = "application/octet-stream") -> Part:
    """A file in a mail."""
    return Part(kind, data, name)


def forwarded(mail: bytes) -> Part:
    """A mail inside a mail; its lines stand as they are."""
    return Part("message/rfc822", mail)


@dataclass(frozen=True)
class Mail:
    """A mail before it is written."""

    sender: str
    to: str
    subject: str
    sent: datetime
    message_id: str
    parts: Sequence[Part]
    charset: str = "utf-8"
    name: str = ""
    headers: Sequence[tuple[str, str]] = field(default=())

    def save(self) -> bytes:
        """The mail's bytes, the same for the same mail."""
        stamp = format_datetime(self.sent)
        sender = (
            f"{encoded_word(self.name, self.charset)} <{self.sender}>" if self.name else self.sender
        )
        head = [
            f"Received: from mx.example.org (mx.example.org [192.0.2.7]) by mail.example.org; {stamp}",
            f"From: {sender}",
            f"To: {self.to}",
            f"Subject: {encoded_word(self.subject, self.charset)}",
            f"Date: {stamp}",
            f"Message-ID: <{self.message_id}>",
            "MIME-Version: 1.0",
            *(f"{name}: {value}" for name, value in self.headers),
        ]
        return CRLF.join([*head, *self._content(), ""]).encode("ascii")

    def _content(self) -> list[str]:
        if len(self.parts) == 1:
            return self.parts[0].lines()
        border = "=_" + self.message_id.partition("@")[0].replace(".", "")
        lines = [f'Content-Type: multipart/mixed; boundary="{border}"', ""]
        for part in self.parts:
            inner = _as_it_is(part) if part.kind == "message/rfc822" else part.lines()
            lines += [f"--{border}", *inner]
        return [*lines, f"--{border}--"]


def _as_it_is(part: Part) -> list[str]:
    return [
        f"Content-Type: {part.kind}",
        "Content-Disposition: attachment",
        "",
        part.data.decode("ascii"),
    ]


def encoded_word(text: str, charset: str) -> str:
    """The header's text as encoded words of at most 75 characters."""
    if text.isascii():
        return text
    pieces = [text[n : n + 18] for n in range(0, len(text), 18)]
    words = (base64.b64encode(piece.encode(charset)).decode() for piece in pieces)
    return f"{CRLF} ".join(f"=?{charset}?B?{word}?=" for word in words)


class _NamedIn(zipfile.ZipInfo):
    """A member whose name stands in an old code page, without the flag that says UTF-8."""

    charset = "cp866"

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 zipfile's name
        return self.filename.encode(self.charset), self.flag_bits


def old_zip(files: dict[str, bytes]) -> bytes:
    """A zip as old Windows archivers write it: cp866, where a Latin i stands for the Ukrainian."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = _NamedIn(name.replace("і", "\u0069"), (2026, 3, 2, 10, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return buffer.getvalue()


def signed(data: bytes) -> bytes:
    """A CAdES container round the file: the outer shape of a .p7s, without a signer's key."""
    encapsulated = {"content_type": "data", "content": data}
    content = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [],
            "encap_content_info": encapsulated,
            "signer_infos": [],
        }
    )
    container: bytes = cms.ContentInfo({"content_type": "signed_data", "content": content}).dump()
    return container
