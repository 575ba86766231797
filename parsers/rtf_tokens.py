"""An RTF file cut into what it is made of, and its bytes turned into letters."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from opika.errors import HostileFileError, UnreadableFileError

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,40})(?P<number>-?\d{1,10})? ?"
    rb"|\\'(?P<byte>[0-9a-fA-F]{2})"
    rb"|\\(?P<sign>.)"
    rb"|(?P<brace>[{}])"
    rb"|(?P<text>[^\\{}]+)",
    re.DOTALL,
)
_DEEPEST = 1000
"""Groups within groups; Word makes a few dozen."""
_CHARSETS = {
    77: "mac_roman",
    161: "cp1253",
    162: "cp1254",
    186: "cp1257",
    204: "cp1251",
    238: "cp1250",
    255: "cp866",
}
_CODE_PAGES = {10007: "mac_cyrillic", 65001: "utf-8"}
_CYRILLIC = "cp1251"


class Token(NamedTuple):
    """One piece of the file.

    Attributes:
        kind: "open", "close", "word", "sign" or "bytes".
        text: the word, or the sign after the backslash.
        number: the word's parameter.
        raw: the bytes of a text.
    """

    kind: str
    text: str = ""
    number: int | None = None
    raw: bytes = b""


def tokens(data: bytes) -> Iterator[Token]:
    """The pieces of the file's one group, in order.

    Raises:
        UnreadableFileError: the group never ends: the file was cut.
        HostileFileError: groups nested deeper than any program nests them.
    """
    at, depth = 0, 0
    while found := _TOKEN.match(data, at):
        at = found.end()
        token = _token(found)
        if token.text == "bin" and token.kind == "word":
            at += max(token.number or 0, 0)
            continue
        depth += (token.kind == "open") - (token.kind == "close")
        if depth > _DEEPEST:
            raise HostileFileError("groups nested too deeply")
        yield token
        if depth <= 0:
            return
    raise UnreadableFileError("RTF without an end")


def _token(found: re.Match[bytes]) -> Token:
    kind = found.lastgroup
    if kind in ("word", "number"):
        number = found["number"]
        return Token("word", found["word"].decode("ascii"), None if number is None else int(number))
    if kind == "byte":
        return Token("bytes", raw=bytes.fromhex(found["byte"].decode("ascii")))
    if kind == "sign":
        return Token("sign", found["sign"].decode("latin-1"))
    if kind == "brace":
        return Token("open" if found["brace"] == b"{" else "close")
    return Token("bytes", raw=found["text"].replace(b"\r", b"").replace(b"\n", b""))


def page_encoding(code_page: int) -> str:
    """The encoding of a code page's number.

    A file that names the Western page was written by a program that did not care: in a Ukrainian
    office its letters are Cyrillic, and the quotes and dashes of both pages are the same.
    """
    if code_page == 1252:
        return _CYRILLIC
    name = _CODE_PAGES.get(code_page, f"cp{code_page}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return _CYRILLIC


def charset_encoding(charset: int, default: str) -> str:
    """The encoding of a font's character set."""
    return _CHARSETS.get(charset, default)
