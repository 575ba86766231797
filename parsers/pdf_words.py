"""The words of a PDF page's text layer: where each stands, how it looks, which way it runs.

A page has thousands of characters, so that each is asked for as little as can be: its text object
(which knows font, size, colour and direction for all of its characters) once a word, its place at
the word's ends. pdfium's functions are called with bare addresses, which ctypes passes on fastest.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from opika.errors import TooLargeFileError
from parsers.glyphs import from_symbol_font, is_symbol_font
from parsers.pdf_drawing import is_colour
from parsers.pdf_sheet import Sheet
from parsers.reading import Box, Emphasis, Word

CHARACTER_LIMIT = 50_000
"""Characters on one page."""
_NUMBER_SIGN = re.compile(r"^No(?![^\W\d_])")
_RUN = re.compile("[^\\s\x02\ufffe]+[\x02\ufffe]?|[\x02\ufffe]")
# Where a character says nothing stands a space; halves of pairs are no characters.
_PLAIN = {0xAD: "-", **dict.fromkeys(range(0xD800, 0xE000), "\ufffd")}
_PLAIN |= dict.fromkeys((0, 1, *range(3, 9), *range(14, 32)), " ")
# pdfium marks hyphens at the end of lines, and joins the lines there.
_HYPHENS = "\x02\ufffe"
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_CONTROLS = re.compile("[\x01\x03-\x08\x0e-\x1f]{2,}")
_LEAST_UNKNOWN = 3
"""Letters of a word that no key explains; fewer may be a bullet."""
_SPECIAL = re.compile("[\u0300-\u030f\ufb00-\ufb06]")
"""Accents that stand behind their letter, letters joined to one."""
_RISE = 0.8
"""How much of a font's height lies above the line that letters stand on."""
_SIZE = 10.0
"""Points; where a font tells no size."""
_ASKEW = math.radians(8)
"""Text that leans more than this against the page's sides is no line of it: a watermark."""


def _bare(function: object, result: type, *arguments: type) -> Callable[..., Any]:
    """One of pdfium's functions, taking addresses as plain numbers."""
    address = ctypes.cast(function, ctypes.c_void_p).value or 0  # type: ignore[arg-type]
    return ctypes.CFUNCTYPE(result, *arguments)(address)


_Address, _Int = ctypes.c_void_p, ctypes.c_int
_object_of = _bare(raw.FPDFText_GetTextObject, ctypes.c_size_t, _Address, _Int)
_loose_box = _bare(raw.FPDFText_GetLooseCharBox, _Int, _Address, _Int, _Address)
_origin = _bare(raw.FPDFText_GetCharOrigin, _Int, _Address, _Int, _Address, _Address)
_font_of = _bare(raw.FPDFTextObj_GetFont, ctypes.c_size_t, _Address)
_mode_of = _bare(raw.FPDFTextObj_GetTextRenderMode, _Int, _Address)
_font_name = _bare(raw.FPDFFont_GetBaseFontName, ctypes.c_size_t, _Address, _Address, _Address)
_matrix_of = _bare(raw.FPDFText_GetMatrix, _Int, _Address, _Int, _Address)
_size_of = _bare(raw.FPDFText_GetFontSize, ctypes.c_double, _Address, _Int)
_has_no_key = _bare(raw.FPDFText_HasUnicodeMapError, _Int, _Address, _Int)
_fill_colour = _bare(raw.FPDFPageObj_GetFillColor, _Int, *[_Address] * 5)


class Font(NamedTuple):
    """A font of the file.

    Attributes:
        name: as the file has it.
        look: what the name says of it.
        shows_pictures: its characters are marks instead of letters.
        is_known: the file tells which letters its characters are.
    """

    name: str
    look: Emphasis
    shows_pictures: bool
    is_known: bool


class Look(NamedTuple):
    """How the characters of a text object look.

    Attributes:
        font: the font.
        size: its height in points.
        emphasis: how it stands out.
        turn: quarter turns clockwise that bring it upright; None where no quarter does.
    """

    font: Font
    size: float
    emphasis: Emphasis
    turn: int | None


class Layer(NamedTuple):
    """The text layer of a page.

    Attributes:
        sheet: the page as its text wants to be read.
        words: in the order of the file; the gaps between them are not known yet.
        aside: words that run other ways, up a margin or across the page, those of each way.
        objects: how many letters each text object has, by its address.
        unknown: letters that the file does not tell.
    """

    sheet: Sheet
    words: list[Word]
    aside: list[list[Word]]
    objects: Mapping[int, int]
    unknown: int

    def visible(self) -> int:
        """Letters that are painted; others lie unseen under a picture of the text.

        It may be asked for while the page is open.
        """
        return sum(
            letters
            for address, letters in self.objects.items()
            if not address or _mode_of(address) != raw.FPDF_TEXTRENDERMODE_INVISIBLE
        )


_NO_FONT = Font("", Emphasis.NONE, shows_pictures=False, is_known=True)
_Runs = list[tuple[str, int, int, Look]]


def read_layer(page: pdfium.PdfPage, sheet: Sheet) -> Layer:
    """The words of a page.

    Args:
        page: the page.
        sheet: the page as the file says that it is shown.

    Raises:
        TooLargeFileError: it has more characters than a form ever has.
    """
    text_page = page.get_textpage()
    try:
        text = _text(text_page.raw, text_page.count_chars())
        looks = _Looks(text_page.raw, is_plain=_SPECIAL.search(text) is None)
        runs = looks.runs(text.translate(_PLAIN))
        turns = looks.turns()
        turn = next((turn for turn, _ in turns.most_common() if turn is not None), sheet.turn)
        sheet = sheet._replace(turn=turn)
        if len(turns) < 2:
            words, aside = looks.words(runs, sheet), list[list[Word]]()
        else:
            words, aside = _by_direction(looks, runs, sheet)
    finally:
        text_page.close()
    unknown = sum(map(len, _CONTROLS.findall(text))) + looks.unknown()
    return Layer(sheet, words, aside, looks.letters, unknown)


def _by_direction(looks: _Looks, runs: _Runs, sheet: Sheet) -> tuple[list[Word], list[list[Word]]]:
    """The words that run with the page, and those that run another way."""
    words = looks.words([run for run in runs if run[3].turn == sheet.turn], sheet)
    aside: list[list[Word]] = []
    for turn in sorted({run[3].turn for run in runs} - {sheet.turn}, key=str):
        others = [run for run in runs if run[3].turn == turn]
        aside.append(looks.words(others, sheet._replace(turn=turn or 0)))
    return words, aside


def _text(text_page: object, count: int) -> str:
    """One character for each that the page has."""
    if count > CHARACTER_LIMIT:
        raise TooLargeFileError("a PDF page of too many characters")
    buffer = (ctypes.c_ushort * (count + 1))()
    if raw.FPDFText_GetText(text_page, 0, count, buffer) != count + 1:
        # Characters without a meaning are left out, and the numbers no longer agree.
        codes = [raw.FPDFText_GetUnicode(text_page, n) for n in range(count)]
        return "".join(chr(code) if code < 0x110000 else " " for code in codes)
    text = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
    return text if len(text) == count else "".join(map(chr, buffer[:count]))


class _Looks:
    """How the words of a page look, by the first character of each.

    Attributes:
        letters: how many letters of words each text object has, by its address.
    """

    def __init__(self, text_page: object, *, is_plain: bool) -> None:
        self._address = ctypes.cast(text_page, ctypes.c_void_p).value  # type: ignore[arg-type]
        self._is_plain = is_plain
        self._looks: dict[int, Look] = {}
        self._fonts: dict[int, Font] = {}
        self.letters: dict[int, int] = {}
        self._colour = (ctypes.c_uint * 4)()
        self._colour_at = tuple(ctypes.addressof(self._colour) + 4 * n for n in range(4))
        self._matrix = raw.FS_MATRIX()
        self._matrix_at = ctypes.addressof(self._matrix)

    def runs(self, text: str) -> _Runs:
        """The words of a text: letters, first character, the one after the last, look."""
        page, looks, counts = self._address, self._looks, self.letters
        runs = []
        for run in _RUN.finditer(text):
            start, end = run.span()
            text_object = _object_of(page, start)
            look = looks.get(text_object)
            if look is None:
                look = looks[text_object] = self._look(text_object, start)
                counts[text_object] = 0
            counts[text_object] += end - start
            runs.append((run[0], start, end, look))
        return runs

    def turns(self) -> Counter[int | None]:
        """How many letters run which way."""
        turns = Counter[int | None]()
        for text_object, look in self._looks.items():
            turns[look.turn] += self.letters[text_object]
        return turns

    def unknown(self) -> int:
        """Letters of fonts that do not tell them; fewer in one place may be a bullet."""
        return sum(
            self.letters[text_object]
            for text_object, look in self._looks.items()
            if not look.font.is_known and self.letters[text_object] >= _LEAST_UNKNOWN
        )

    def words(self, runs: _Runs, sheet: Sheet) -> list[Word]:
        """Words from their characters; a box is as tall as its font, whatever its letters."""
        page, turned = self._address, sheet.turn != 0
        rect, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        at, x_at, y_at = (ctypes.addressof(place) for place in (rect, x, y))
        words = []
        for letters, start, end, look in runs:
            _loose_box(page, start, at)
            left, right = _ends(rect, sheet) if turned else (rect.left, rect.right)
            # The last character may have no width of its own: an accent, a hyphen of pdfium's.
            last = end - 1 if letters[-1].isalnum() else end - 2
            for index in range(max(last, start + 1), end):
                _loose_box(page, index, at)
                right = max(right, _ends(rect, sheet)[1] if turned else rect.right)
            if right <= left:
                continue  # a space of no width, or text that runs from right to left
            _origin(page, start, x_at, y_at)
            if turned:
                base = sheet.at(x.value, y.value)[1]
            else:
                left, right, base = left - sheet.left, right - sheet.left, sheet.top - y.value
            size = look.size
            box = Box(left, base - _RISE * size, right, base + (1 - _RISE) * size)
            words.append(Word(self._spelt(letters, look.font), 1.0, look.emphasis, 1.0, box))
        return words

    def _spelt(self, letters: str, font: Font) -> str:
        """A word's letters as a person would type them."""
        if font.shows_pictures:
            return "".join(_symbol(font.name, char) for char in letters)
        if letters[-1] in _HYPHENS:
            letters = letters[:-1] + "-"
        if not self._is_plain:
            letters = unicodedata.normalize("NFC", letters.translate(_LIGATURES))
        # Some programs' fonts spell «№» as two letters.
        return _NUMBER_SIGN.sub("№", letters) if letters[0] == "N" else letters

    def _look(self, text_object: int, index: int) -> Look:
        matrix = self._matrix
        _matrix_of(self._address, index, self._matrix_at)
        size = _size_of(self._address, index) * max(abs(matrix.c), abs(matrix.d)) or _SIZE
        turn = _turn(matrix.a, matrix.b)
        if not text_object:
            return Look(_NO_FONT, size, Emphasis.NONE, turn)
        font = self._font(_font_of(text_object), index)
        emphasis = font.look
        _fill_colour(text_object, *self._colour_at)
        red, green, blue, _ = self._colour
        if not red == green == blue and is_colour(red, green, blue):
            emphasis |= Emphasis.HIGHLIGHT
        return Look(font, size, emphasis, turn)

    def _font(self, address: int, index: int) -> Font:
        if address not in self._fonts:
            name = _name(address) if address else ""
            pictures = is_symbol_font(name)
            known = pictures or _has_no_key(self._address, index) != 1
            self._fonts[address] = Font(name, _style(name.casefold()), pictures, known)
        return self._fonts[address]


def _ends(rect: raw.FS_RECTF, sheet: Sheet) -> tuple[float, float]:
    box = sheet.box(rect.left, rect.bottom, rect.right, rect.top)
    return box.left, box.right


def _turn(a: float, b: float) -> int | None:
    """Quarter turns clockwise that bring text upright whose line runs along (a, b)."""
    if b == 0.0 < a:
        return 0
    angle = math.atan2(b, a)
    quarters = round(angle / (math.pi / 2))
    return quarters % 4 if abs(angle - quarters * math.pi / 2) <= _ASKEW else None


def _style(font: str) -> Emphasis:
    look = Emphasis.BOLD if "bold" in font or "black" in font else Emphasis.NONE
    return look | Emphasis.ITALIC if "italic" in font or "oblique" in font else look


def _symbol(font: str, char: str) -> str:
    """A picture font's character: many files say in Unicode what it shows."""
    known = 0x2000 <= ord(char) < 0xE000 or ord(char) > 0xF8FF
    return char if known else from_symbol_font(font, char).strip() or "•"


def _name(font: int) -> str:
    buffer = ctypes.create_string_buffer(128)
    length = _font_name(font, ctypes.addressof(buffer), len(buffer))
    return buffer.raw[: max(length - 1, 0)].decode("utf-8", "replace") if length <= 128 else ""
