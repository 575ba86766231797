"""Header lines of a mail or of one of its parts, as a person would read them.

Offices' mailers put raw windows-1251 and KOI8-U where only ASCII may stand, cut a letter in two
between encoded-words, quote them, forget their end, and name charsets that do not exist. The
standard library then gives replacement characters or stops; here the raw value is mended first.
"""

from __future__ import annotations

import base64
import binascii
import logging
import quopri
import re
from datetime import datetime
from email.errors import MessageError
from email.message import Message
from email.utils import parsedate_to_datetime
from urllib.parse import unquote_to_bytes

import mailparser  # type: ignore[import-untyped]

from intake.charset import decoded

# It reports what it cannot decode, with the text: no log of ours holds a person's data.
logging.getLogger("mailparser").setLevel(logging.CRITICAL + 1)

_ENCODED = re.compile(r"=\?([\w.:+-]+)(?:\*[\w-]*)?\?([bq])\?(.*?)(?:\?=|$)", re.I | re.S)
_FOLD = re.compile(r"\s*[\r\n]+\s*")
_NO_BASE64 = re.compile(r"[^A-Za-z0-9+/]")
_PERCENT = re.compile(r"%D[01]%[0-9A-F]{2}", re.I)
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"]+@[^\s<>()\[\],;:\"]+")
_MOST = 20_000  # characters of one header that we look at


def raw_values(message: Message, name: str) -> list[str]:
    """Every value of a header, with its raw 8-bit letters mended and its folding undone."""
    return [
        _FOLD.sub(" ", _mended(str(value)[:_MOST])).strip()
        for key, value in message.raw_items()
        if key.lower() == name
    ]


def value(message: Message, name: str) -> str:
    """The first value of a header with its encoded-words decoded; "" where it is missing."""
    return next((decoded_words(raw) for raw in raw_values(message, name)), "")


def _mended(raw: str) -> str:
    if raw.isascii():
        return raw
    return decoded(raw.encode("utf-8", "surrogateescape"))


def decoded_words(text: str) -> str:
    """``text`` with its encoded-words decoded; neighbours are joined before they are decoded."""
    out: list[str] = []
    run, charset, end = b"", "", 0
    for word in _ENCODED.finditer(text):
        gap = text[end : word.start()]
        if run and (gap.strip() or charset != word[1].lower()):
            out.append(decoded(run, charset))
            run = b""
        if gap.strip() or end == 0:
            out.append(gap)
        charset, end = word[1].lower(), word.end()
        run += _word_bytes(word[2], word[3])
    if run:
        out.append(decoded(run, charset))
    return " ".join("".join([*out, text[end:]]).split())


def _word_bytes(encoding: str, text: str) -> bytes:
    if encoding.lower() == "q":
        return quopri.decodestring(text.encode("utf-8", "replace"), header=True)
    letters = _NO_BASE64.sub("", text)
    if len(letters) % 4 == 1:  # half of a letter: cut off on the way
        letters = letters[:-1]
    try:
        return base64.b64decode(letters + "=" * (-len(letters) % 4))
    except binascii.Error:
        return text.encode("utf-8", "replace")


def file_name(part: Message) -> str:
    """The name that the sender gave a part; "" where there is none."""
    for header, parameter in (("content-disposition", "filename"), ("content-type", "name")):
        for raw in raw_values(part, header):
            name = _parameter(header, raw, parameter)
            if name:
                return name
    return ""


def _parameter(header: str, raw: str, name: str) -> str:
    carrier = Message()
    carrier[header] = raw
    found = carrier.get_param(name, header=header)
    if isinstance(found, tuple):  # RFC 2231: charset, language, text of percent signs
        charset, _language, text = found
        return decoded(text.encode("latin-1", "replace"), charset).strip()
    if found and _PERCENT.search(found):
        return decoded(unquote_to_bytes(found))
    return decoded_words(found or "").strip()


def addresses(message: Message, *names: str) -> list[tuple[str, str]]:
    """Name and address (in lower case) of everybody whom these headers hold.

    mail-parser reads lists that the standard library misreads (commas in a bare name, comments,
    groups); a line in which it finds nobody is searched for anything that looks like an address.
    """
    found: list[tuple[str, str]] = []
    for name in names:
        for raw in raw_values(message, name):
            people = _people(raw) or _looked_for(raw)
            found += [(decoded_words(person), address.lower()) for person, address in people]
    return found


def _people(raw: str) -> list[tuple[str, str]]:
    carrier = Message()
    carrier["To"] = raw
    try:
        found: list[tuple[str, str]] = mailparser.MailParser(carrier).to
    except (MessageError, ValueError, LookupError, TypeError, RecursionError):
        return []
    return found


def _looked_for(raw: str) -> list[tuple[str, str]]:
    text = decoded_words(raw)
    address = _ADDRESS.search(text)
    return [(text[: address.start()].strip(' "<'), address[0])] if address else []


def date(message: Message) -> datetime | None:
    """The time in the Date header with its offset; None where it cannot be read for certain."""
    try:
        when = parsedate_to_datetime(value(message, "date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return when if when.tzinfo else None


def identifiers(message: Message, name: str) -> tuple[str, ...]:
    """The message ids in a header, each with its angle brackets."""
    return tuple(re.findall(r"<[^<>\s]+>", " ".join(raw_values(message, name))))
