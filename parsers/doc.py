"""Reads a .doc of Word: its text with cells, emphasis, form fields, text boxes."""

from __future__ import annotations

import itertools
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from opika.errors import UnreadableFileError
from parsers.doc_file import DocFile, OldWordError, Story, Stretch
from parsers.doc_looks import Look, Paragraph, read_look, read_paragraph
from parsers.doc_old import read_old_doc
from parsers.glyphs import from_symbol_font, is_symbol_font
from parsers.lines import LineMaker, RowMaker
from parsers.reading import EMPTY_BOX, TICKED_BOX, Emphasis, Line, Reading

_PICTURE, _CELL, _TAB, _LINE, _PAGE, _PARAGRAPH, _COLUMN = "\x01\x07\x09\x0b\x0c\x0d\x0e"
_ANCHOR, _FIELD, _RESULT, _FIELD_END, _HYPHEN = "\x08\x13\x14\x15\x1e"
_BOX_PICTURE = "("
_PIECE = re.compile("[\x00-\x1f]|[^\x00-\x1f]+")
_SYMBOL = re.compile(r'\s*SYMBOL\s+(\d{1,5})\b.*?\\f\s*"?([^"\\]+)', re.DOTALL)
_DEEPEST = 100
"""Fields within fields."""
_DEFAULT_CHOICE = 25
"""What a form field says when nobody has touched it."""


def read_doc(data: bytes) -> Reading:
    """The reading of a .doc file.

    Raises:
        FileError: damaged, protected, or hostile.
    """
    try:
        document = DocFile(data)
    except OldWordError:
        return read_old_doc(data)
    reader = _Reader(document)
    try:
        heads, feet = document.edge_stories
        whole = LineMaker()
        for story in (*heads, document.text):
            whole.take(reader.read(story))
        for story in (*document.notes, *feet):
            whole.take(reader.read(story), aside=True)
    except (struct.error, IndexError, ValueError) as err:
        raise UnreadableFileError("damaged .doc") from err
    return Reading(whole.lines)


class _Reader:
    """Reads the stories of a document."""

    def __init__(self, document: DocFile) -> None:
        self._document = document
        self._tables = itertools.count()
        self._look = lru_cache(read_look)
        self._boxes_read: set[Story] = set()

    def read(self, story: Story) -> list[Line]:
        """The lines of one story."""
        walk = _Walk(self, RowMaker(self._tables))
        for stretch in self._document.stretches(story):
            walk.read(stretch, self._look(stretch.looks))
        return walk.maker.all_lines()

    def box(self, letter: int) -> list[Line]:
        """The lines of the text box that is anchored at a letter, once."""
        story = self._document.box_at(letter)
        if story is None or story in self._boxes_read:
            return []
        self._boxes_read.add(story)
        return self.read(story)

    def paragraph(self, place: int) -> Paragraph:
        """The kind of the paragraph that a place of the file is in."""
        return read_paragraph(self._document.paragraph_at(place), self._document.data)

    def font(self, number: int) -> str:
        """A font's name."""
        fonts = self._document.fonts
        return fonts[number] if 0 <= number < len(fonts) else ""

    def form_field(self, place: int) -> _FormField:
        """The settings of a form field."""
        return _read_form_field(self._document.data, place)


@dataclass(slots=True)
class _Field:
    """A field that has begun: its instruction, then its result, which is shown."""

    instruction: str = ""
    shows: bool = False
    form: _FormField | None = None


@dataclass(frozen=True, slots=True)
class _FormField:
    chosen: int = 0
    choices: tuple[str, ...] = ()


class _Walk:
    """Takes the letters of a story."""

    def __init__(self, reader: _Reader, maker: RowMaker) -> None:
        self.maker = maker
        self._reader = reader
        self._fields: list[_Field] = []

    def read(self, stretch: Stretch, look: Look) -> None:
        """Letters of one look."""
        for found in _PIECE.finditer(stretch.text):
            piece, offset = found[0], found.start()
            if piece < " ":
                self._read_control(piece, stretch, offset, look)
            elif look.symbol and piece[0] == _BOX_PICTURE:
                self._say_symbol(look)
            else:
                self._say(_whole(piece), look)

    def _say(self, text: str, look: Look) -> None:
        if self._fields and not self._fields[-1].shows:
            self._fields[-1].instruction += text
            return
        if look.hidden or not all(f.shows for f in self._fields):
            return
        font = self._reader.font(look.font)
        if font and is_symbol_font(font):
            text = "".join(c if c.isspace() else from_symbol_font(font, c) for c in text)
        self.maker.add(text, look.emphasis)

    def _say_symbol(self, look: Look) -> None:
        number, code = look.symbol or (0, 0)
        font = self._reader.font(number)
        char = chr(code)
        text = from_symbol_font(font, char) if font and is_symbol_font(font) else char
        if not look.hidden:
            self.maker.add(text, look.emphasis)

    def _read_control(self, char: str, stretch: Stretch, offset: int, look: Look) -> None:
        """A control letter: the end of something, a field's mark, an anchor."""
        if char in (_FIELD, _RESULT, _FIELD_END):
            self._read_field_mark(char, look)
        elif char == _PICTURE:
            if look.data is not None and self._fields:
                self._fields[-1].form = self._reader.form_field(look.data)
        elif char == _ANCHOR:
            self.maker.add_box(self._reader.box(stretch.start + offset))
        elif char == _TAB:
            if not look.hidden and all(f.shows for f in self._fields):
                self.maker.add_tab(look.emphasis)
        elif char in (_LINE, _COLUMN):
            self.maker.end_line()
        elif char == _HYPHEN:
            self._say("-", look)
        elif char in (_CELL, _PARAGRAPH, _PAGE):
            self._end(char, self._reader.paragraph(stretch.at + offset * stretch.width))

    def _end(self, char: str, paragraph: Paragraph) -> None:
        """The end of a paragraph, and what ends with it."""
        depth = max(paragraph.depth, 1)
        if paragraph.ends_row:
            self.maker.end_row(depth, paragraph.lefts)
        elif char == _CELL or paragraph.ends_cell:
            self.maker.end_cell(depth)
        else:
            self.maker.end_paragraph_at(paragraph.depth)

    def _read_field_mark(self, char: str, look: Look) -> None:
        if char == _FIELD:
            if len(self._fields) < _DEEPEST:
                self._fields.append(_Field())
        elif self._fields:
            made = self._fields[-1]
            if not made.shows:
                made.shows = True
                self._show(made, look)
            if char == _FIELD_END:
                self._fields.pop()

    def _show(self, made: _Field, look: Look) -> None:
        """What a field shows that has no result of its own."""
        if "FORMCHECKBOX" in made.instruction:
            if made.form is None:
                self.maker.add_lost_box()
            else:
                self._say(TICKED_BOX if made.form.chosen else EMPTY_BOX, _plain(look))
        elif "FORMDROPDOWN" in made.instruction and made.form:
            chosen = made.form.chosen
            self._say("".join(made.form.choices[chosen : chosen + 1]), _plain(look))
        elif found := _SYMBOL.match(made.instruction):
            font, code = found[2].strip(), int(found[1])
            if is_symbol_font(font):
                self._say(from_symbol_font(font, chr(code)), _plain(look))


def _whole(text: str) -> str:
    """The text with the letters whole that the file keeps as two halves."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _plain(look: Look) -> Look:
    """The looks of a field's mark without its font."""
    return Look(look.emphasis & ~Emphasis.BOLD, hidden=look.hidden)


def _read_form_field(data: bytes, place: int) -> _FormField:
    """The settings of a form field: behind a picture's head of zeros."""
    head = struct.unpack_from("<H", data, place + 4)[0]
    at = place + head
    bits = struct.unpack_from("<H", data, at + 4)[0]
    kind, chosen = bits & 3, bits >> 2 & 31
    at += 10
    at += 4 + 2 * struct.unpack_from("<H", data, at)[0]  # its name
    if kind == 0:
        return _FormField()
    if chosen == _DEFAULT_CHOICE:
        chosen = struct.unpack_from("<H", data, at)[0]
    choices = tuple(_read_choices(data, at + 2)) if kind == 2 else ()
    return _FormField(chosen, choices)


def _read_choices(data: bytes, at: int) -> Iterator[str]:
    """The list of a choice: behind five more texts of the field."""
    for _ in range(5):
        at += 4 + 2 * struct.unpack_from("<H", data, at)[0]
    mark, count, extra = struct.unpack_from("<HHH", data, at)
    if mark != 0xFFFF:
        return
    at += 6
    for _ in range(min(count, 25)):
        length = struct.unpack_from("<H", data, at)[0]
        yield data[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
        at += 2 + 2 * length + extra
