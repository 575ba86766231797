"""The insides of a .doc of Word 97 and later ([MS-DOC]): its text, and what is said about it.

The text lies in pieces; two indexes of 512-byte pages say, for stretches of the file, how letters
look and what kind of paragraph they are in.
"""

from __future__ import annotations

import io
import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import olefile  # type: ignore[import-untyped]

from opika.errors import EncryptedFileError, UnreadableFileError

_DAMAGED = (OSError, ValueError, IndexError, KeyError, TypeError, struct.error, OverflowError)
_MAGIC = 0xA5EC
_WORD_97 = 0x00C1
_ENCRYPTED, _TABLE_1 = 0x0100, 0x0200
_COUNTS = 0x4C
"""Where the file says how many letters each of its stories has."""
_PLACES = 0x9A
"""Where it says where everything lies: pairs of offset and length in its table stream."""
_PageReader = Callable[[bytes], Iterator[tuple[int, int, bytes]]]
_HEADERS, _LOOKS, _PARAGRAPHS, _FONTS, _TEXT, _ANCHORS, _BOXES = 11, 12, 13, 15, 33, 40, 56
_PAGE = 512
_ANCHOR_SIZE, _BOX_SIZE, _BOX_SHAPE = 26, 22, 14


class OldWordError(UnreadableFileError):
    """The document is older than Word 97: its insides are others."""


class Piece(NamedTuple):
    """A stretch of text that lies in one place of the file.

    Attributes:
        start: the number of its first letter in the document.
        text: its letters.
        at: where it lies.
        width: bytes that a letter takes.
        changes: what a fast save changed in its looks.
    """

    start: int
    text: str
    at: int
    width: int
    changes: bytes


class Stretch(NamedTuple):
    """Letters of one look.

    Attributes:
        start: the number of its first letter in the document.
        text: its letters.
        looks: the settings of its look.
        at: where it lies in the file.
        width: bytes that a letter takes.
    """

    start: int
    text: str
    looks: bytes
    at: int
    width: int


class Story(NamedTuple):
    """A run of letters that is a part of the document: its text, its footnotes, a text box."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Index:
    """What is said about stretches of the file, by where they begin."""

    starts: list[int]
    ends: list[int]
    settings: list[bytes]

    def at(self, place: int) -> tuple[bytes, int]:
        """The settings at a place and where they end."""
        number = bisect_right(self.starts, place) - 1
        if number >= 0 and place < self.ends[number]:
            return self.settings[number], self.ends[number]
        following = number + 1
        return b"", self.starts[following] if following < len(self.starts) else 1 << 40


class DocFile:
    """A .doc, opened."""

    def __init__(self, data: bytes) -> None:
        """Opens it.

        Raises:
            EncryptedFileError: it has a password.
            OldWordError: it is older than Word 97.
            UnreadableFileError: it is damaged, or no document of Word.
        """
        try:
            self.data = b""
            with olefile.OleFileIO(io.BytesIO(data)) as ole:
                self._main: bytes = ole.openstream("WordDocument").read()
                magic, version = struct.unpack_from("<HH", self._main)
                flags = struct.unpack_from("<H", self._main, 0x0A)[0]
                if flags & _ENCRYPTED:
                    raise EncryptedFileError("encrypted .doc")
                if magic != _MAGIC or version < _WORD_97:
                    raise OldWordError("a .doc older than Word 97")
                self._table: bytes = ole.openstream(
                    "1Table" if flags & _TABLE_1 else "0Table"
                ).read()
                if ole.exists("Data"):
                    self.data = ole.openstream("Data").read()
            self._read()
        except _DAMAGED as err:
            raise UnreadableFileError("damaged .doc") from err

    def _read(self) -> None:
        """Everything that is found by its place; raises what a damaged file makes it raise."""
        counts = struct.unpack_from("<8i", self._main, _COUNTS)
        if min(counts) < 0:
            raise UnreadableFileError("damaged .doc")
        self._edges = [sum(counts[:n]) for n in range(len(counts) + 1)]
        self._pieces = list(self._read_pieces(self._part(_TEXT)))
        self._starts = [piece.start for piece in self._pieces]
        self._looks = self._read_index(_LOOKS, self._looks_of_page)
        self._paragraphs = self._read_index(_PARAGRAPHS, self._paragraphs_of_page)
        self.fonts = list(self._read_fonts(self._part(_FONTS)))
        self._boxes = {key: story for key, story in self._read_boxes()}

    # --- stories --------------------------------------------------------------------------------

    @property
    def text(self) -> Story:
        """The text itself."""
        return Story(self._edges[0], self._edges[1])

    @property
    def notes(self) -> tuple[Story, Story]:
        """The footnotes and the endnotes."""
        return Story(self._edges[1], self._edges[2]), Story(self._edges[5], self._edges[6])

    @cached_property
    def edge_stories(self) -> tuple[list[Story], list[Story]]:
        """The headers and the footers of all sections."""
        part = self._part(_HEADERS)
        places = struct.unpack(f"<{len(part) // 4}i", part[: len(part) // 4 * 4])
        base = self._edges[2]
        heads: list[Story] = []
        feet: list[Story] = []
        for number, (start, end) in enumerate(pairwise(places)):
            # Six separators of notes come first, then six stories a section; 2, 3, 5 are footers.
            if number >= 6 and 0 <= start < end <= self._edges[3] - base:
                kind = feet if number % 6 in (2, 3, 5) else heads
                kind.append(Story(base + start, base + end))
        return heads, feet

    def box_at(self, letter: int) -> Story | None:
        """The text box that is anchored at a letter."""
        return self._boxes.get(letter)

    def stretches(self, story: Story) -> Iterator[Stretch]:
        """The letters of a story, cut where the look changes."""
        number = max(bisect_right(self._starts, story.start) - 1, 0)
        for piece in self._pieces[number:]:
            if piece.start >= story.end:
                return
            first = max(story.start - piece.start, 0)
            last = min(story.end - piece.start, len(piece.text))
            while first < last:
                at = piece.at + first * piece.width
                looks, end = self._looks.at(at)
                stop = min(max(-(-(end - piece.at) // piece.width), first + 1), last)
                text = piece.text[first:stop]
                yield Stretch(piece.start + first, text, looks + piece.changes, at, piece.width)
                first = stop

    def paragraph_at(self, place: int) -> bytes:
        """The settings of the paragraph that a place of the file is in."""
        return self._paragraphs.at(place)[0]

    # --- reading --------------------------------------------------------------------------------

    def _part(self, number: int) -> bytes:
        start, size = struct.unpack_from("<II", self._main, _PLACES + 8 * number)
        return self._table[start : start + size]

    def _read_pieces(self, part: bytes) -> Iterator[Piece]:
        at, changes = 0, []
        while part[at] == 1:
            size = struct.unpack_from("<H", part, at + 1)[0]
            changes.append(part[at + 3 : at + 3 + size])
            at += 3 + size
        count = (struct.unpack_from("<I", part, at + 1)[0] - 4) // 12
        starts = struct.unpack_from(f"<{count + 1}I", part, at + 5)
        for number in range(count):
            place, change = struct.unpack_from("<IH", part, at + 11 + 4 * count + 8 * number)
            length = starts[number + 1] - starts[number]
            narrow = bool(place & 0x40000000)
            place = (place & 0x3FFFFFFF) >> narrow
            raw = self._main[place : place + length * (2 - narrow)]
            text = raw.decode("cp1252" if narrow else "utf-16-le", "replace")
            if len(text) != length:  # beyond the first plane two codes make a letter: keep count
                text = "".join(chr(code) for code in _codes(raw, narrow=narrow))
            if len(text) != length:
                raise UnreadableFileError("a .doc that was cut")
            known = change & 1 and change >> 1 < len(changes)
            yield Piece(
                starts[number], text, place, 2 - narrow, changes[change >> 1] if known else b""
            )

    def _read_index(self, number: int, read: _PageReader) -> _Index:
        part = self._part(number)
        count = (len(part) - 4) // 8
        found: list[tuple[int, int, bytes]] = []
        for page_number in struct.unpack_from(f"<{max(count, 0)}I", part, 4 * count + 4):
            start = (page_number & 0x3FFFFF) * _PAGE
            found += read(self._main[start : start + _PAGE])
        found.sort()
        return _Index([f[0] for f in found], [f[1] for f in found], [f[2] for f in found])

    @staticmethod
    def _looks_of_page(page: bytes) -> Iterator[tuple[int, int, bytes]]:
        count = page[_PAGE - 1]
        edges = struct.unpack_from(f"<{count + 1}I", page)
        for number in range(count):
            at = 2 * page[4 * count + 4 + number]
            settings = page[at + 1 : at + 1 + page[at]] if at else b""
            yield edges[number], edges[number + 1], settings

    @staticmethod
    def _paragraphs_of_page(page: bytes) -> Iterator[tuple[int, int, bytes]]:
        count = page[_PAGE - 1]
        edges = struct.unpack_from(f"<{count + 1}I", page)
        for number in range(count):
            at = 2 * page[4 * count + 4 + 13 * number]
            settings = _paragraph_settings(page, at) if at else b""
            yield edges[number], edges[number + 1], settings

    @staticmethod
    def _read_fonts(part: bytes) -> Iterator[str]:
        at = 4
        while at < len(part) and part[at]:
            name = part[at + 40 : at + 1 + part[at]]
            yield name.decode("utf-16-le", "replace").partition("\0")[0]
            at += 1 + part[at]

    def _read_boxes(self) -> Iterator[tuple[int, Story]]:
        """Text boxes by the letter that they are anchored at, over the numbers of their shapes."""
        part, base = self._part(_BOXES), self._edges[6]
        count = (len(part) - 4) // (4 + _BOX_SIZE)
        shapes: dict[int, Story] = {}
        for number in range(count):
            start, end = struct.unpack_from("<2i", part, 4 * number)
            at = 4 * (count + 1) + _BOX_SIZE * number + _BOX_SHAPE
            if 0 <= start < end <= self._edges[7] - base:
                shapes[struct.unpack_from("<i", part, at)[0]] = Story(base + start, base + end)
        part = self._part(_ANCHORS)
        count = (len(part) - 4) // (4 + _ANCHOR_SIZE)
        for number in range(count):
            letter = struct.unpack_from("<i", part, 4 * number)[0]
            shape = struct.unpack_from("<i", part, 4 * (count + 1) + _ANCHOR_SIZE * number)[0]
            if shape in shapes:
                yield letter, shapes[shape]


def _paragraph_settings(page: bytes, at: int) -> bytes:
    """Behind their length in double bytes and two bytes that name the paragraph's style."""
    if page[at]:
        return page[at + 3 : at + 2 * page[at]]
    return page[at + 4 : at + 2 + 2 * page[at + 1]]


def _codes(raw: bytes, *, narrow: bool) -> tuple[int, ...]:
    codes: tuple[int, ...] = struct.unpack(f"<{len(raw) // (2 - narrow)}{'BH'[not narrow]}", raw)
    return codes
