"""The text of an HTML body: what a person would read, line by line, and nothing that runs.

Read by lxml: the standard library's html.parser takes minutes for a few hostile kilobytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

_SILENT = frozenset({"script", "style", "title", "template", "svg"})
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "br",
        "tr",
        "table",
        "tbody",
        "thead",
        "ul",
        "ol",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "pre",
        "blockquote",
        "section",
        "article",
        "header",
        "footer",
        "form",
        "fieldset",
        "dl",
        "dt",
        "dd",
        "address",
        "center",
        "body",
        "html",
    ]
)
_CELLS = frozenset({"td", "th"})
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]+)", re.I)
_SPACE = re.compile(r"[\s\xa0]+")


def html_charset(data: bytes) -> str | None:
    """The charset that the document itself names near its beginning."""
    found = _CHARSET.search(data[:4096])
    return found[1].decode("ascii") if found else None


def html_text(html: str) -> str:
    """The visible text: a line for each paragraph and table row, cells parted by a tab."""
    reader = _Reader()
    parser = etree.HTMLParser(
        target=reader,  # type: ignore[arg-type] # the stubs ask for bytes that never come
        encoding="utf-8",
        huge_tree=True,
    )
    parser.feed(html.replace("\0", "").encode("utf-8", "replace"))
    parser.close()
    return "".join(reader.pieces).strip()


class _Reader:
    """Collects text; what parts two texts is decided when the second one comes."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._pending = ""
        self._silent = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """A tag begins."""
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BLOCKS and (self._pending != "\t" or tag == "tr"):
            self._pending = "\n"
        elif tag == "input" and attributes.get("type", "").lower() == "checkbox":
            self._say("☒ " if "checked" in attributes else "☐ ")

    def end(self, tag: str) -> None:
        """A tag ends."""
        if tag in _SILENT:
            self._silent -= 1
        elif tag in _CELLS:
            self._pending = "\t"
        elif (tag in _BLOCKS and self._pending != "\t") or tag == "tr":
            self._pending = "\n"

    def data(self, data: str) -> None:
        """Text between tags."""
        text = _SPACE.sub(" ", data)
        if self._silent:
            return
        if not text.strip():
            self._pending = self._pending or " "
            return
        self._say(text)

    def close(self) -> None:
        """The document ends."""

    def _say(self, text: str) -> None:
        if self._pending or (self.pieces and self.pieces[-1].endswith(" ")):
            text = text.lstrip()
        self.pieces.append(self._pending + text if self.pieces else text)
        self._pending = ""
