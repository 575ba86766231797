"""Reads HTML: an attached page, Word's «web page», a mail saved by a browser.

What the page shows is read, with what a browser would have ticked; nothing that it names is fetched
and nothing in it runs. A mail's own body comes as plain text from the envelope, not through here.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from lxml import etree

from opika.errors import HostileFileError, UnreadableFileError
from parsers.glyphs import from_symbol_font, is_symbol_font
from parsers.html_looks import Look, look_of, style_of
from parsers.lines import LineMaker
from parsers.reading import EMPTY_BOX, TICKED_BOX, Cell, Reading
from parsers.text import decode

if TYPE_CHECKING:
    from lxml.etree import _Element

_SILENT = frozenset(
    {"head", "script", "style", "title", "template", "noscript", "svg", "math", "object", "iframe"}
    | {"button", "datalist", "canvas", "audio", "video", "img", "xml"}
)
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins"}
    | {"kbd", "label", "mark", "meter", "output", "q", "s", "samp", "small", "span", "strike"}
    | {"strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "sdfield", "nobr", "acronym"}
)
_ROUND_CELLS = frozenset({"thead", "tbody", "tfoot", "form"})
_TYPED = frozenset({"", "text", "email", "tel", "date", "time", "number", "url", "search"})
_SPACE = re.compile(r"[ \t\r\n\f]+")
_WRAP = re.compile(r"[\r\n\f]+\t*")
_CONTROL = bytes({*range(9), 11, *range(14, 32)})
_PRE_PIECE = re.compile(r"\r\n|[\r\n]|[^\r\n]+")
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]+)", re.I)
_START = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s|<!--.{0,2000}?-->|<\?xml[^>]{0,200}>)*"
    rb"<(?:!doctype\s+html|html|head|body|meta|table|div|p|form|span|font|h[1-6])[\s>/]",
    re.I | re.S,
)
_WIDEST = 100
"""Columns or rows that a cell covers at the most."""


def is_html(data: bytes) -> bool:
    """Whether a file begins as HTML does."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data[:8000].decode("utf-16", "replace").encode()
    return _START.match(data[:8000]) is not None


def read_html(data: bytes) -> Reading:
    """The reading of an HTML file.

    Raises:
        FileError: no text in it, or elements nested deeper than any page nests them.
    """
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    text = _text(data)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as err:
        raise UnreadableFileError("no HTML") from err
    if any("depth" in error.message for error in parser.error_log):
        raise HostileFileError("elements nested too deeply")
    walk = _Walk(wide=_keeps_wide_runs(root))
    walk.read(root, Look())
    walk.maker.end_paragraph()
    return Reading(walk.maker.lines)


def _text(data: bytes) -> str:
    """Bytes as text: what is UTF-8 is UTF-8, whatever the page says of itself after a re-coding."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace").replace("\0", "")
    data = data.translate(None, _CONTROL)
    named = _CHARSET.search(data[:4096])
    if named:
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            try:
                return data.decode(codecs.lookup(named[1].decode("ascii")).name, "replace")
            except LookupError:
                return decode(data)
    return decode(data)


def _keeps_wide_runs(root: _Element) -> bool:
    """Whether the page was saved by LibreOffice, which writes tabs and runs of spaces as they are.

    A browser shows one space for them; they part the columns of the form that was saved.
    """
    made_by = (m.get("content", "") for m in root.iter("meta") if m.get("name") == "generator")
    return any(name.startswith(("LibreOffice", "OpenOffice")) for name in made_by)


class _Walk:
    """Goes through the elements in order."""

    def __init__(self, *, wide: bool) -> None:
        self._wide = wide
        self.maker = LineMaker()
        self._tables = 0
        self._after_space = True

    def read(self, element: _Element, look: Look) -> None:
        """An element and all that is in it."""
        name = str(element.tag).casefold()
        own = look_of(element, name, look)
        if own.hidden or name in _SILENT:
            return
        if name in self._READ:
            self._READ[name](self, element, own)
            return
        if name in _INLINE:
            self._read_content(element, own)
            return
        self._end_paragraph()
        before = self.maker.aside
        self.maker.aside = before or _is_aside(element)
        self._read_content(element, own)
        self._end_paragraph()
        self.maker.aside = before

    def _read_content(self, element: _Element, look: Look) -> None:
        tabs = style_of(element).get("mso-tab-count", "")
        if tabs.isdigit():  # Word fills a tab with spaces that a browser shows
            for _ in range(min(int(tabs), 9)):
                self.maker.add_tab(look.emphasis)
            return
        self._say(element.text, look)
        for child in element:
            self.read(child, look)
            self._say(child.tail, look)

    def _say(self, text: str | None, look: Look) -> None:
        """Text: a run of white space is one space, and none at the start of a line."""
        if not text:
            return
        if look.kept:
            self._say_kept(text, look)
            return
        text = _SPACE.sub(self._space, text)
        if self._after_space:
            text = text.removeprefix(" ")
        if text:
            self._after_space = text.endswith(" ")
            self._add(text, look)

    def _space(self, run: re.Match[str]) -> str:
        """What a run of white space stands for."""
        return (_WRAP.sub("", run[0]) if self._wide else "") or " "

    def _say_kept(self, text: str, look: Look) -> None:
        for piece in _PRE_PIECE.findall(text):
            if piece[0] in "\r\n":
                self._break_line()
            else:
                self._add(piece, look)
        self._after_space = False

    def _add(self, text: str, look: Look) -> None:
        if look.font and is_symbol_font(look.font):
            text = "".join(c if c.isspace() else from_symbol_font(look.font, c) for c in text)
        for number, piece in enumerate(text.split("\t")):
            if number:
                self.maker.add_tab(look.emphasis)
            self.maker.add(piece, look.emphasis)

    def _break_line(self) -> None:
        self.maker.end_line()
        self._after_space = True

    def _end_paragraph(self) -> None:
        self.maker.end_paragraph()
        self._after_space = True

    # --- elements of their own ------------------------------------------------------------------

    def _read_break(self, _element: _Element, _look: Look) -> None:
        self._break_line()

    def _read_pre(self, element: _Element, look: Look) -> None:
        self._end_paragraph()
        self._read_content(element, replace(look, kept=True))
        self._end_paragraph()

    def _read_input(self, element: _Element, look: Look) -> None:
        kind = element.get("type", "").casefold()
        if kind in ("checkbox", "radio"):
            self._add(TICKED_BOX if element.get("checked") is not None else EMPTY_BOX, Look())
            self._after_space = False
        elif kind in _TYPED:
            self._say(element.get("value"), look)

    def _read_area(self, element: _Element, look: Look) -> None:
        self._say_kept(element.text or "", look)

    def _read_select(self, element: _Element, look: Look) -> None:
        options = list(element.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None]
        for option in chosen or options[:1]:
            self._say("".join(str(text) for text in option.itertext()), look)

    def _read_table(self, table: _Element, look: Look) -> None:
        self._end_paragraph()
        self._read_strays(table, look)
        self._end_paragraph()
        number, outer = self._tables, self.maker.cell
        self._tables += 1
        covered: dict[int, int] = {}
        for row_number, cells in enumerate(_rows(table)):
            for cell, column, last in _places(cells, covered):
                self.maker.cell = Cell(number, row_number, column, last)
                self.read(cell, look)
        self.maker.cell = outer

    def _read_strays(self, element: _Element, look: Look) -> None:
        """What stands in a table outside of its cells: a browser shows it before the table."""
        self._say(element.text, look)
        for child in element:
            if child.tag in _ROUND_CELLS or child.tag == "tr":
                self._read_strays(child, look)
            elif child.tag not in ("td", "th"):
                self.read(child, look)
            self._say(child.tail, look)

    _READ: dict[str, Callable[[_Walk, _Element, Look], None]] = {  # noqa: RUF012 - never changed
        "br": _read_break,
        "pre": _read_pre,
        "input": _read_input,
        "textarea": _read_area,
        "select": _read_select,
        "table": _read_table,
    }


def _rows(element: _Element) -> Iterator[list[_Element]]:
    """The cells of each row of a table; cells that stand in no row make one of their own."""
    loose: list[_Element] = []
    for child in element:
        if child.tag in ("td", "th"):
            loose.append(child)
        elif child.tag == "tr":
            # A form round cells is wrong, and common.
            yield [cell for cells in _rows(child) for cell in cells]
        elif child.tag in _ROUND_CELLS:
            yield from _rows(child)
    if loose:
        yield loose


def _places(cells: list[_Element], covered: dict[int, int]) -> Iterator[tuple[_Element, int, bool]]:
    """The cells of a row, their columns, and whether nothing stands right of them.

    Args:
        cells: the cells.
        covered: for columns that a cell of an earlier row reaches into, how many rows it still
            covers; brought up to date for the next row.
    """
    taken = {column for column, rows in covered.items() if rows > 0}
    for column in taken:
        covered[column] -= 1
    column = 0
    for cell in cells:
        while column in taken:
            column += 1
        width = _count(cell, "colspan")
        for inside in range(column, column + width):
            covered[inside] = _count(cell, "rowspan") - 1
        last = cell is cells[-1] and not any(other >= column + width for other in taken)
        yield cell, column, last
        column += width


def _count(cell: _Element, name: str) -> int:
    value = cell.get(name, "").strip()
    return min(max(int(value), 1), _WIDEST) if re.fullmatch(r"[0-9]{1,6}", value) else 1


def _is_aside(element: _Element) -> bool:
    """Whether it is a footer or a note, as LibreOffice and Word mark them."""
    kind = style_of(element).get("mso-element", "")
    return (
        element.get("title") == "footer"
        or element.get("id", "").startswith("sdfootnote")
        or kind in ("footer", "footnote-list", "endnote-list", "comment-list")
    )
