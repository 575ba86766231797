"""Reads an RTF: paragraphs, cells, emphasis, form fields, text boxes; hidden text is left out.

Its text is a tree of groups. A group inherits the look of the group round it and may be a
*destination*: a part of the document that is no part of its flow.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace

from parsers.glyphs import from_symbol_font, is_symbol_font
from parsers.lines import LineMaker, RowMaker
from parsers.reading import EMPTY_BOX, TICKED_BOX, Emphasis, Line, Reading
from parsers.rtf_state import Font, FormField, State
from parsers.rtf_tokens import Token, charset_encoding, page_encoding, tokens
from parsers.rtf_words import (
    BOXES,
    BREAKS,
    CHARS,
    EMPHASIS,
    ENDS,
    FEET,
    SHOWN_STARRED,
    SIDES,
    SIGNS,
    SKIPPED,
)


def read_rtf(data: bytes) -> Reading:
    """The reading of an RTF file.

    Raises:
        FileError: it was cut, or it is hostile.
    """
    reader = _Reader()
    for token in tokens(data):
        reader.read(token)
    return Reading(reader.finish())


class _Reader:
    """Takes token after token."""

    def __init__(self) -> None:
        self._tables = itertools.count()
        self._makers = [RowMaker(self._tables)]
        self._state = State()
        self._outer: list[tuple[State, Callable[[], None] | None]] = []
        self._at_end: Callable[[], None] | None = None
        self._starred = False
        self._bytes = bytearray()
        self._high = ""
        self._to_skip = 0
        self._encoding = page_encoding(1251)
        self._default_font = 0
        self._fonts: dict[int, Font] = {}
        self._font = Font()
        self._white, self._black = {0}, {0}
        self._colours, self._colour = 0, [0, 0, 0]
        self._framing = False
        self._edges: dict[str, list[int]] = {}
        self._field = FormField()
        self._result_is_read = False
        self._box_is_due = False
        self._heads: list[Line] = []
        self._asides: list[Line] = []

    def finish(self) -> list[Line]:
        """The lines of the document: its headers, its text, then what stands aside."""
        self._flush()
        body = self._makers[0].all_lines()
        whole = LineMaker()
        whole.take(self._heads)
        whole.take(body)
        whole.take(self._asides, aside=True)
        return whole.lines

    def read(self, token: Token) -> None:
        """One more piece of the file."""
        if token.kind == "bytes":
            self._read_bytes(token)
            return
        if self._to_skip and token.text in CHARS:
            self._to_skip -= 1
            return
        self._flush()
        self._to_skip = 0
        if token.kind == "open":
            self._outer.append((self._state, self._at_end))
            self._state, self._at_end = replace(self._state), None
        elif token.kind == "close":
            self._end_group()
        elif token.kind == "sign":
            self._read_sign(token.text)
        else:
            starred, self._starred = self._starred, False
            self._read_word(token.text, token.number, starred=starred)

    def _end_group(self) -> None:
        if self._at_end:
            self._at_end()
        self._state, self._at_end = self._outer.pop()

    # --- text -----------------------------------------------------------------------------------

    def _read_bytes(self, token: Token) -> None:
        """Bytes wait until all those of a letter are there; what ``u`` replaces is dropped."""
        skipped = min(self._to_skip, len(token.raw))
        self._to_skip -= skipped
        self._bytes += token.raw[skipped:]

    def _flush(self) -> None:
        if not self._bytes:
            return
        raw, self._bytes = bytes(self._bytes), bytearray()
        part = self._state.part
        if part == "text":
            font = self._fonts.get(self._state.font, Font())
            if is_symbol_font(font.name):
                self._say(raw.decode("latin-1"))
            else:
                self._say(raw.decode(charset_encoding(font.charset, self._encoding), "replace"))
        elif part == "fonts":
            self._font.name = (self._font.name + raw.decode("latin-1")).partition(";")[0].strip()
        elif part == "colours":
            self._read_colours(raw.count(b";"))
        elif part == "choice":
            self._say_choice(raw.decode(self._encoding, "replace"))
        elif part == "instruction":
            self._box_is_due = self._box_is_due or b"FORMCHECKBOX" in raw

    def _read_colours(self, ends: int) -> None:
        """Notes which of the colours that end here are white or black."""
        for _ in range(ends):
            if self._colour == [255, 255, 255]:
                self._white.add(self._colours)
            if self._colour == [0, 0, 0]:
                self._black.add(self._colours)
            self._colours, self._colour = self._colours + 1, [0, 0, 0]

    def _say(self, text: str) -> None:
        state = self._state
        if state.part == "choice":
            self._say_choice(text)
        if state.part != "text" or state.hidden or state.deleted:
            return
        font = self._fonts.get(state.font, Font()).name
        if font and is_symbol_font(font):
            text = "".join(c if c.isspace() else from_symbol_font(font, c) for c in text)
        marked = Emphasis.HIGHLIGHT if state.inked else Emphasis.NONE
        self._makers[-1].add(text, state.emphasis | marked)

    def _say_choice(self, text: str) -> None:
        if self._field.choices:
            self._field.choices[-1] += text

    def _say_code(self, number: int) -> None:
        """A letter by its number; two of them make a letter beyond the first plane."""
        char = chr(number & 0xFFFF)
        self._to_skip = self._state.fallback
        if "\ud800" <= char <= "\udbff":
            self._high = char
            return
        if "\udc00" <= char <= "\udfff":
            pair = (self._high + char).encode("utf-16-le", "surrogatepass")
            char = pair.decode("utf-16-le", "replace")
        self._high = ""
        self._say(char)

    def _read_sign(self, sign: str) -> None:
        if sign == "*":
            self._starred = True
        elif sign in ENDS:
            self._end_paragraph()
        elif sign == "\t":
            self._read_tab()
        else:
            self._say(SIGNS.get(sign, ""))

    def _read_tab(self) -> None:
        state = self._state
        if state.part == "text" and not (state.hidden or state.deleted):
            self._makers[-1].add_tab(state.emphasis)

    # --- words ----------------------------------------------------------------------------------

    def _read_word(self, word: str, number: int | None, *, starred: bool) -> None:
        """A control word: most of them are about looks that nobody asks for."""
        state = self._state
        if self._open_part(word) or state.part == "skip":
            return
        if starred and word not in SHOWN_STARRED:
            state.part = "skip"
        elif word == "u":
            self._say_code(number or 0)
        elif word in CHARS:
            self._say(CHARS[word])
        elif word in EMPHASIS:
            self._switch(EMPHASIS[word], on=number != 0)
        elif word in self._WORDS:
            self._WORDS[word](self, 1 if number is None else number)
        elif word.startswith("brdr"):
            self._read_frame(word)
        elif state.part == "text":
            self._read_flow(word)

    def _read_flow(self, word: str) -> None:
        """What ends a line, a paragraph, a cell or a row."""
        maker = self._makers[-1]
        if word in ENDS:
            self._end_paragraph()
        elif word in BREAKS:
            maker.end_line()
        elif word == "tab":
            self._read_tab()
        elif word in ("cell", "nestcell"):
            maker.end_cell(1 if word == "cell" else max(self._depth, 2))
        elif word in ("row", "nestrow"):
            maker.end_row(1 if word == "row" else max(self._depth, 2), self._lefts(word))

    @property
    def _depth(self) -> int:
        return self._state.depth or int(self._state.in_table)

    def _end_paragraph(self) -> None:
        if self._state.part == "text":
            self._makers[-1].end_paragraph_at(self._depth)

    def _switch(self, flag: Emphasis, *, on: bool) -> None:
        state = self._state
        state.emphasis = state.emphasis | flag if on else state.emphasis & ~flag

    def _read_frame(self, word: str) -> None:
        """What follows ``chbrdr`` tells whether the frame round a word is drawn."""
        if self._framing and word in ("brdrnone", "brdrnil"):
            self._switch(Emphasis.HIGHLIGHT, on=False)
        self._framing = False

    def _start_frame(self, _number: int) -> None:
        self._framing = True
        self._switch(Emphasis.HIGHLIGHT, on=True)

    def _read_ground(self, colour: int) -> None:
        self._switch(Emphasis.HIGHLIGHT, on=colour not in self._white)

    def _read_ink(self, colour: int) -> None:
        self._state.inked = colour not in self._black

    def _read_marker(self, colour: int) -> None:
        self._switch(Emphasis.HIGHLIGHT, on=colour != 0)

    def _end_underline(self, _number: int) -> None:
        self._switch(Emphasis.UNDERLINE, on=False)

    def _make_plain(self, _number: int) -> None:
        state = self._state
        state.emphasis, state.hidden, state.deleted = Emphasis.NONE, False, False
        state.font, state.inked = self._default_font, False

    def _start_paragraph(self, _number: int) -> None:
        self._state.in_table, self._state.depth = False, 0

    def _set(self, name: str, number: int) -> None:
        setattr(self._state, name, number)

    def _read_font(self, number: int) -> None:
        self._state.font = number
        if self._state.part == "fonts":
            self._font = self._fonts.setdefault(number, Font())

    def _read_charset(self, number: int) -> None:
        self._font.charset = number

    def _read_code_page(self, number: int) -> None:
        self._encoding = page_encoding(number)

    def _read_default_font(self, number: int) -> None:
        self._default_font = self._state.font = number

    def _start_row(self, _number: int) -> None:
        self._edges[self._row_key] = [0]

    def _read_left(self, number: int) -> None:
        self._edges.setdefault(self._row_key, [0])[0] = number

    def _read_edge(self, number: int) -> None:
        self._edges.setdefault(self._row_key, [0]).append(number)

    @property
    def _row_key(self) -> str:
        """A table within a table does not touch what is known of the row round it."""
        return "nested" if self._state.depth > 1 else ""

    def _lefts(self, word: str) -> list[int]:
        return self._edges.get("nested" if word == "nestrow" else "", [])[:-1]

    _WORDS: dict[str, Callable[[_Reader, int], None]] = {  # noqa: RUF012 - never changed
        "plain": _make_plain,
        "pard": _start_paragraph,
        "ulnone": _end_underline,
        "highlight": _read_marker,
        "chcbpat": _read_ground,
        "cb": _read_ground,
        "cf": _read_ink,
        "chbrdr": _start_frame,
        "v": lambda self, number: self._set("hidden", number),
        "deleted": lambda self, number: self._set("deleted", number),
        "uc": lambda self, number: self._set("fallback", min(max(number, 0), 9)),
        "intbl": lambda self, number: self._set("in_table", number),
        "itap": lambda self, number: self._set("depth", number),
        "f": _read_font,
        "fcharset": _read_charset,
        "ansicpg": _read_code_page,
        "deff": _read_default_font,
        "trowd": _start_row,
        "trleft": _read_left,
        "cellx": _read_edge,
        "red": lambda self, number: self._colour.__setitem__(0, number),
        "green": lambda self, number: self._colour.__setitem__(1, number),
        "blue": lambda self, number: self._colour.__setitem__(2, number),
        "fftype": lambda self, number: setattr(self._field, "kind", number),
        "ffres": lambda self, number: setattr(self._field, "result", number),
        "ffdefres": lambda self, number: setattr(self._field, "default", number),
    }

    # --- destinations ---------------------------------------------------------------------------

    def _open_part(self, word: str) -> bool:
        """Whether a word opens a part of its own, which is then open."""
        state = self._state
        if word == "ud":  # the better of two copies; the poorer one was skipped
            state.part = state.outer
        elif state.part == "skip":
            return False
        elif word in SKIPPED:
            state.outer, state.part = state.part, "skip"
        elif word in ("fonttbl", "colortbl", "ffl"):
            state.part = {"fonttbl": "fonts", "colortbl": "colours", "ffl": "choice"}[word]
            if word == "ffl":
                self._field.choices.append("")
        elif word in SIDES | FEET | BOXES:
            self._open_story(word)
        elif word in ("fldinst", "formfield", "fldrslt"):
            self._open_field(word)
        else:
            return False
        return True

    def _open_story(self, word: str) -> None:
        """A part with lines of its own, which come before, behind or beside the others."""
        self._makers.append(RowMaker(self._tables))
        self._state.in_table, self._state.depth = False, 0
        self._state.emphasis, self._state.inked = Emphasis.NONE, False

        def close() -> None:
            self._flush()
            lines = self._makers.pop().all_lines()
            if word in BOXES:
                self._makers[-1].add_box(lines)
            else:
                (self._heads if word in SIDES else self._asides).extend(lines)

        self._at_end = close

    def _open_field(self, word: str) -> None:
        state = self._state
        if word == "fldrslt":
            if self._box_is_due and not self._result_is_read:  # LibreOffice loses its state
                self._makers[-1].add_lost_box()
            state.part = "skip" if self._result_is_read else state.part
            self._result_is_read = False
        elif word == "fldinst":
            state.outer, state.part = state.part, "instruction"
            self._result_is_read = self._box_is_due = False
        else:
            self._field = FormField()
            self._at_end = self._end_form_field

    def _end_form_field(self) -> None:
        """A box and a choice show their state, which stands in the field's settings."""
        made = self._field
        self._state.part = self._state.outer
        if made.kind == 1:
            self._say(TICKED_BOX if made.chosen else EMPTY_BOX)
        elif made.kind == 2:
            self._say("".join(made.choices[made.chosen : made.chosen + 1]))
        self._result_is_read = made.kind in (1, 2)
