"""Reads a DOCX by one walk over its XML, so that nothing that Word shows is lost.

Law of the walk: what a reader of the page sees is read once, what is hidden is not: deleted text of
tracked changes, hidden runs, the second copy of a text box, the prompt of an unfilled control.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from opika.errors import UnreadableFileError
from parsers.glyphs import from_symbol_font, is_symbol_font
from parsers.package import Package
from parsers.reading import EMPTY_BOX, FILLER, TICKED_BOX, Cell, Emphasis, Line, Reading, Word

if TYPE_CHECKING:
    from lxml.etree import _Element

_TAB = 8.0
_HEADER = re.compile(r"word/header\d*\.xml")
_BELOW = re.compile(r"word/(?:footer\d*|footnotes|endnotes)\.xml")
_PIECE = re.compile(r"\s+|\S+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_OFF = ("0", "false", "off", "none")
_SKIPPED = frozenset({"del", "moveFrom", "instrText", "delText", "pPr", "sdtPr", "sectPr", "rPr"})
_TRANSPARENT = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"})


def read_docx(data: bytes) -> Reading:
    """The reading of a DOCX file.

    Raises:
        FileError: damaged, hostile, too large, or no Word document.
    """
    package = Package(data)
    body = package.xml(_main_part(package))
    walk = _Walk(body.tag.rpartition("}")[0] + "}", package)
    for name in sorted(filter(_HEADER.fullmatch, package.names)):
        walk.blocks(package.xml(name))
    walk.blocks(body)
    walk.aside = True
    for name in sorted(filter(_BELOW.fullmatch, package.names)):
        walk.blocks(package.xml(name))
    return Reading(walk.lines)


def _main_part(package: Package) -> str:
    if "word/document.xml" in package.names:
        return "word/document.xml"
    for relation in package.xml("_rels/.rels"):
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", "").lstrip("/")
    raise UnreadableFileError("no Word document in the zip")


class _Walk:
    """Goes through the elements in order and gathers lines."""

    def __init__(self, namespace: str, package: Package) -> None:
        self.lines: list[Line] = []
        self.aside = False
        self._w = namespace
        self._val = f"{namespace}val"
        self._package = package
        self._styles: dict[str, Emphasis] | None = None
        self._words: list[Word] = []
        self._gap = 0.0
        self._paragraph = -1
        self._cell: Cell | None = None
        self._tables = 0
        self._boxes: list[_Element] = []
        self._ring: tuple[float, float] | None = None
        self._unsure = False

    # --- blocks ---------------------------------------------------------------------------------

    def blocks(self, parent: _Element) -> None:
        """Paragraphs and tables below an element."""
        for child in parent:
            name = _name(child)
            if name == "p":
                self._read_paragraph(child)
            elif name == "tbl":
                self._read_table(child)
            elif name == "sdt":
                self._read_control(child, self.blocks)
            elif name == "AlternateContent":
                self.blocks(_shown_alternative(child))
            elif name not in _SKIPPED:
                self.blocks(child)

    def _read_paragraph(self, paragraph: _Element) -> None:
        self._paragraph += 1
        self._inline(paragraph)
        self._end_line()
        # A text box is anchored inside a paragraph and shown beside it: it comes after it.
        waiting, self._boxes = self._boxes, []
        for box in waiting:
            self.blocks(box)

    def _read_table(self, table: _Element) -> None:
        number, outer = self._tables, self._cell
        self._tables += 1
        for row_number, row in enumerate(_through(table, "tr")):
            column = 0
            cells = list(_through(row, "tc"))
            for cell in cells:
                self._cell = Cell(number, row_number, column, cell is cells[-1])
                self.blocks(cell)
                span = cell.find(f"{self._w}tcPr/{self._w}gridSpan")
                column += self._number(span, 1)
        self._cell = outer

    # --- what stands inside a paragraph ---------------------------------------------------------

    def _inline(self, parent: _Element) -> None:
        for child in parent:
            name = _without_namespace(child.tag)
            if name == "r":
                self._read_run(child)
            elif name == "sdt":
                self._read_control(child, self._inline)
            elif name not in _SKIPPED:
                self._inline(child)

    def _read_control(self, control: _Element, read: Callable[[_Element], None]) -> None:
        """A content control: a box by its state, a filled one by its text, a prompt not at all."""
        for setting in control.iterfind(f"{self._w}sdtPr/*"):
            name = _name(setting)
            if name == "checkbox":
                checked = next((c for c in setting if _name(c) == "checked"), None)
                state = checked is not None and self._is_on(checked)
                self._add(TICKED_BOX if state else EMPTY_BOX, Emphasis.NONE)
                return
            if name == "showingPlcHdr" and self._is_on(setting):
                return
        content = control.find(f"{self._w}sdtContent")
        if content is not None:
            read(content)

    def _read_run(self, run: _Element) -> None:
        """The content of a run, under its emphasis."""
        look = _PLAIN
        for child in run:
            name = _without_namespace(child.tag)
            if name == "rPr":
                look = self._look(child)
                if look.hidden:
                    return
            elif name == "t":
                self._add(_shown(child.text or "", look.font), look.emphasis)
            else:
                self._read_run_part(child, name, look.emphasis)

    def _read_run_part(self, part: _Element, name: str, emphasis: Emphasis) -> None:
        if name in ("tab", "ptab"):
            self._add_tab(emphasis)
        elif name in ("br", "cr"):
            self._end_line()
        elif name == "noBreakHyphen":
            self._add("-", emphasis)
        elif name == "sym":
            self._add(self._symbol(part), emphasis)
        elif name == "fldChar":
            self._read_field(part, emphasis)
        elif name == "AlternateContent":
            self._find_text_boxes(_shown_alternative(part))
        elif name in ("drawing", "pict", "object"):
            self._find_text_boxes(part)
            self._find_ring(part)

    def _find_text_boxes(self, drawing: _Element) -> None:
        self._boxes += drawing.iter(f"{self._w}txbxContent")

    def _find_ring(self, drawing: _Element) -> None:
        """A ring drawn at this place of the text marks the words that follow, for its width."""
        shapes = {shape.get("prst") for shape in drawing.iter(f"{_DRAWING}prstGeom")}
        ovals = shapes & _RINGS or any(_name(e) == "oval" for e in drawing.iter("{*}oval"))
        if not ovals or next(drawing.iter(f"{self._w}txbxContent"), None) is not None:
            return
        place = next(drawing.iter("{*}positionH"), None)
        size = next(drawing.iter("{*}extent"), None)
        if place is None or size is None or place.get("relativeFrom") != "character":
            self._unsure = True
            return
        shift = next((e.text for e in place.iter("{*}posOffset")), None) or "0"
        width = size.get("cx", "")
        if re.fullmatch(r"-?[0-9]{1,9}", shift) and re.fullmatch("[0-9]{1,9}", width):
            left = int(shift) / _LETTER + self._gap * _SPACE
            self._ring = (left, left + int(width) / _LETTER)

    def _in_ring(self, ring: tuple[float, float], length: int) -> Emphasis:
        """Whether the word to come, of so many letters, stands mostly in the ring."""
        left, right = ring
        if left < 0 and self._gap >= _APART:  # past the first word: the ring was round one phrase
            self._ring = None
            return Emphasis.NONE
        start = self._gap * _SPACE
        middle, end = start + length / 2, start + length
        self._ring = (left - end, right - end)
        if self._ring[1] <= 0:
            self._ring = None
        return Emphasis.HIGHLIGHT if left <= middle <= right else Emphasis.NONE

    def _read_field(self, char: _Element, emphasis: Emphasis) -> None:
        """A legacy form field: its state stands in its data; a text field's result follows it."""
        data = char.find(f"{self._w}ffData")
        if data is None:
            return
        box = data.find(f"{self._w}checkBox")
        if box is not None:
            checked = box.find(f"{self._w}checked")
            if checked is None:
                checked = box.find(f"{self._w}default")
            ticked = checked is not None and self._is_on(checked)
            self._add(TICKED_BOX if ticked else EMPTY_BOX, emphasis)
        choice = data.find(f"{self._w}ddList")
        if choice is not None:
            entries = [self._value(e) for e in choice.iterfind(f"{self._w}listEntry")]
            result = choice.find(f"{self._w}result")
            if result is None:
                result = choice.find(f"{self._w}default")
            number = self._number(result, 0)
            self._add(entries[number] if number < len(entries) else "", emphasis)

    def _symbol(self, symbol: _Element) -> str:
        font, code = symbol.get(f"{self._w}font", ""), symbol.get(f"{self._w}char", "")
        if not re.fullmatch("[0-9A-Fa-f]{1,5}", code):
            return " "
        char = chr(int(code, 16))
        if "\ud800" <= char <= "\udfff":
            return " "
        return from_symbol_font(font, char) if is_symbol_font(font) else char

    # --- emphasis -------------------------------------------------------------------------------

    def _look(self, properties: _Element) -> _Look:
        """How the properties of a run or of a character style make it look."""
        emphasis, font, hidden = Emphasis.NONE, "", False
        for setting in properties:
            name = _without_namespace(setting.tag)
            if name == "rFonts":
                font = setting.get(f"{self._w}ascii", "")
            elif name in _EMPHASIS:
                emphasis = emphasis | _EMPHASIS[name] if self._is_on(setting) else emphasis
            elif name == "vanish":
                hidden = self._is_on(setting)
            elif name == "rStyle":
                emphasis |= self._style(self._value(setting))
            elif self._is_coloured(name, setting):
                emphasis |= Emphasis.HIGHLIGHT
        return _Look(emphasis, font, hidden)

    def _is_coloured(self, name: str, setting: _Element) -> bool:
        """Whether a setting colours the letters or what is behind them."""
        if name == "color":
            return self._value(setting) not in _NO_COLOUR
        return name == "shd" and setting.get(f"{self._w}fill", "auto") not in _NO_FILL

    def _style(self, key: str) -> Emphasis:
        if self._styles is None:
            self._styles = {}
            if "word/styles.xml" in self._package.names:
                for style in self._package.xml("word/styles.xml").iterfind(f"{self._w}style"):
                    own = style.find(f"{self._w}rPr")
                    if own is not None and style.get(f"{self._w}type") == "character":
                        # A style that is based on another one is read without its base.
                        own_key = style.get(f"{self._w}styleId", "")
                        self._styles[own_key] = self._look(own).emphasis
        return self._styles.get(key, Emphasis.NONE)

    def _is_on(self, setting: _Element) -> bool:
        """Whether a setting holds: without a value it does."""
        return (setting.get(self._val) or setting.get(_VAL_OF_2010, "1")) not in _OFF

    def _number(self, element: _Element | None, default: int) -> int:
        value = self._value(element) if element is not None else ""
        return int(value) if re.fullmatch("[0-9]{1,4}", value) else default

    def _value(self, element: _Element) -> str:
        return element.get(self._val, "")

    # --- words and lines ------------------------------------------------------------------------

    def _add(self, text: str, emphasis: Emphasis) -> None:
        """Cuts text into words; a stretch of underlined white space is a blank to write on."""
        if not text.isprintable():
            text = _INVISIBLE.sub("", text)
        for piece in _PIECE.findall(text):
            if piece == " ":
                self._gap += 1.0
            elif not piece.isspace():
                self._add_word(piece, emphasis)
            elif len(piece) > 1 and emphasis is not _NONE and Emphasis.UNDERLINE in emphasis:
                self._add_word(FILLER, Emphasis.NONE)
            else:
                self._gap += len(piece)

    def _add_tab(self, emphasis: Emphasis) -> None:
        if Emphasis.UNDERLINE in emphasis:
            self._add_word(FILLER, Emphasis.NONE)
        else:
            self._gap += _TAB

    def _add_word(self, text: str, emphasis: Emphasis) -> None:
        if self._ring is not None:
            emphasis |= self._in_ring(self._ring, len(text))
        self._words.append(Word(text, self._gap, emphasis))
        self._gap = 0.0

    def _end_line(self) -> None:
        if self._unsure:  # a ring is somewhere near this line, and there is no telling round what
            self._words = [replace(word, confidence=_RINGED) for word in self._words]
        self._ring, self._unsure = None, False
        if self._words:
            self.lines.append(Line(self._words, None, self._paragraph, self._cell, self.aside))
        self._words, self._gap = [], 0.0


class _Look(NamedTuple):
    """How a run looks."""

    emphasis: Emphasis
    font: str
    hidden: bool


_NONE = Emphasis.NONE
_PLAIN = _Look(_NONE, "", hidden=False)
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_RINGS = {"ellipse", "donut", "roundRect", "flowChartConnector", "flowChartTerminator"}
_LETTER = 5.6 * 12700
"""The usual width of a letter, in the units of drawings (12700 to a point)."""
_SPACE = 0.5
"""A space, in letters."""
_APART = 2.0
_RINGED = 0.6
_VAL_OF_2010 = "{http://schemas.microsoft.com/office/word/2010/wordml}val"
_NO_COLOUR = ("auto", "000000", "")
_NO_FILL = ("auto", "FFFFFF", "ffffff", "")
_EMPHASIS = {
    "u": Emphasis.UNDERLINE,
    "b": Emphasis.BOLD,
    "i": Emphasis.ITALIC,
    "strike": Emphasis.STRIKE,
    "dstrike": Emphasis.STRIKE,
    "highlight": Emphasis.HIGHLIGHT,
    # A frame round a word is how an option is «circled» in Word.
    "bdr": Emphasis.HIGHLIGHT,
}


def _name(element: _Element) -> str:
    return _without_namespace(element.tag)


@lru_cache(maxsize=1000)
def _without_namespace(tag: str) -> str:
    return tag[tag.rfind("}") + 1 :]


def _shown(text: str, font: str) -> str:
    """Text as it looks: in a picture font each letter is a picture."""
    if not font or not is_symbol_font(font):
        return text
    return "".join(c if c.isspace() else from_symbol_font(font, c) for c in text)


def _through(parent: _Element, name: str) -> Iterator[_Element]:
    """The rows of a table or the cells of a row, also those that a control or a change wraps."""
    for child in parent:
        found = _name(child)
        if found == name:
            yield child
        elif found in _TRANSPARENT:
            yield from _through(child, name)


def _shown_alternative(alternatives: _Element) -> _Element:
    """Of the two copies that Word keeps of a drawing, the one that it shows."""
    return next((c for c in alternatives if _name(c) == "Choice"), alternatives)
