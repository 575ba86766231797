"""The text of an HTML body: what a person would read, line by line, and nothing that runs."""

from __future__ import annotations

import re
from html.parser import HTMLParser

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
    reader.feed(html)
    reader.close()
    return "".join(reader.pieces).strip()


class _Reader(HTMLParser):
    """Collects text; what parts two texts is decided when the second one comes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._pending = ""
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BLOCKS and (self._pending != "\t" or tag == "tr"):
            self._pending = "\n"
        elif tag == "input" and ("type", "checkbox") in attrs:
            self._say("☒ " if "checked" in dict(attrs) else "☐ ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _SILENT:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _CELLS:
            self._pending = "\t"
        elif (tag in _BLOCKS and self._pending != "\t") or tag == "tr":
            self._pending = "\n"

    def handle_data(self, data: str) -> None:
        text = _SPACE.sub(" ", data)
        if self._silent or not text:
            return
        if not text.strip():
            self._pending = self._pending or " "
            return
        self._say(text)

    def _say(self, text: str) -> None:
        if self._pending or (self.pieces and self.pieces[-1].endswith(" ")):
            text = text.lstrip()
        self.pieces.append(self._pending + text if self.pieces else text)
        self._pending = ""
