"""Reads scans and photos: each page is mended, recognised and given as words with their places."""

from __future__ import annotations

import contextlib
import ctypes
import itertools
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache

import cv2
import numpy as np

from parsers.ocr import Seen, recognise
from parsers.ocr_words import without_ruins, words_of
from parsers.pdf_drawing import Drawing
from parsers.pdf_layout import lines_of
from parsers.picture import Picture, Pixels, open_pictures
from parsers.picture_bend import Slopes, is_bent, slopes_of, straightened
from parsers.picture_boxes import CheckBox, find_boxes
from parsers.picture_brackets import find_brackets
from parsers.picture_ink import (
    even_light,
    grey_of,
    ink_of,
    is_blank,
    without_colours,
    without_specks,
)
from parsers.picture_page import (
    A4_INCHES,
    FINE,
    flatten,
    levelled,
    lies_sideways,
    shrink,
    skew,
    turned,
)
from parsers.picture_rings import find_rings, without_frames, without_rings
from parsers.picture_rules import Rect, Rules, find_rules, without_blanks
from parsers.picture_shapes import frames_of
from parsers.reading import FILLER, UNREAD_PAGE, Box, Emphasis, Line, Reading, Word
from parsers.scan_lines import lined, strikes_of, without_strikes
from parsers.scan_looks import looks_of
from parsers.scan_marks import Mark, letters_among, marks_of

_LEAST_DPI, _MOST_DPI, _GOOD_DPI = 190.0, 250.0, 240.0
"""Small print is too small below; above nothing is gained, and a reader's memory is bounded."""
_AT_ONCE = 2
"""Pages recognised at the same time."""
_ARENA_MAX = -8
"""glibc's name of the number of heaps."""
_NO_MEMORY = -4
"""OpenCV's code for it."""
BOUND = "OPIKA_READ_SECONDS"
"""The variable by which a reader's process is told after how many seconds it is stopped."""
_SECONDS, _FOR_PAGES = 180.0, 0.85
"""The same where nobody says it; and the part of it that recognising may take."""
_UPSIDE_DOWN = 0.62
"""Mean confidence below which a page may stand on its head."""
_BENT_SURE = 0.8
"""How sure the words of a page are at the most that was not made level."""
_POINTS = 72.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A mended page.

    Attributes:
        grey: upright, level, evenly lit, black on white.
        plain: the same with its coloured stamps and ticks.
        dpi: pixels an inch.
    """

    grey: Pixels
    plain: Pixels
    dpi: float


def read_scan(data: bytes) -> Reading:
    """The reading of a picture of any common kind.

    Raises:
        FileError: it is damaged, too large, or nothing can recognise it.
    """
    lines: list[Line] = []
    blank = []
    for number, (words, drawing) in enumerate(read_pages(open_pictures(data)), start=1):
        if not words:
            blank.append(number)
        lines += lines_of(words, drawing, number, next_table(lines))
    return Reading(lines, tuple(blank))


def next_table(lines: list[Line]) -> int:
    """The number of tables so far."""
    return 1 + max((line.cell.table for line in lines if line.cell), default=-1)


def read_pages(pictures: Iterable[Picture]) -> Iterator[tuple[list[Word], Drawing]]:
    """The words and the drawing of each page, in order, some pages at a time.

    A file of very many scans would cost its reader the time that any file may take, and so its form
    too: what there would be no time for says of itself that nobody has read it.
    """
    _share_one_heap()
    end = time.monotonic() + _FOR_PAGES * float(os.environ.get(BOUND, _SECONDS))
    slowest = 0.0
    pictures = iter(pictures)
    while batch := list(itertools.islice(pictures, _AT_ONCE)):
        begun = time.monotonic()
        if begun + slowest < end:
            read = _read_batch(batch)
            slowest = max(slowest, time.monotonic() - begun)
            yield from read
        else:
            yield from ((_unread(), Drawing()) for _ in batch)


def _read_batch(batch: Sequence[Picture]) -> list[tuple[list[Word], Drawing]]:
    """Pages read at the same time; where a bounded reader's memory is too small for that, in turn."""
    try:
        return list(_threads().map(read_page, batch))
    except (MemoryError, cv2.error) as err:
        if isinstance(err, cv2.error) and err.code != _NO_MEMORY:
            raise
    return [_threads().submit(read_page, picture).result() for picture in batch]


def is_unread(words: Sequence[Word]) -> bool:
    """Whether these are the words of a page that no time was left for."""
    return " ".join(word.text for word in words) == UNREAD_PAGE


def _unread() -> list[Word]:
    texts = UNREAD_PAGE.split()
    return [
        Word(text, confidence=0.0, box=Box(40.0 * n + 40, 40, 40.0 * n + 75, 52))
        for n, text in enumerate(texts)
    ]


@cache
def _threads() -> ThreadPoolExecutor:
    """For the life of the process: each thread keeps its loaded engines (0.1 s and more)."""
    return ThreadPoolExecutor(_AT_ONCE)


def _share_one_heap() -> None:
    """Each thread's own heap would reserve memory that a bounded reader lacks (glibc only)."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)


def read_page(picture: Picture) -> tuple[list[Word], Drawing]:
    """The words of one page and what is drawn on it, in points."""
    sheet = mend(picture)
    ink = without_specks(ink_of(sheet.grey), sheet.dpi)
    if is_blank(ink):
        return [], Drawing()
    page = _Page(sheet, ink)
    if page.letters and page.mean < _UPSIDE_DOWN:
        head = Sheet(turned(sheet.grey, 2), turned(sheet.plain, 2), sheet.dpi)
        page = max(page, _Page(head, turned(ink, 2)), key=lambda p: p.mean)
    if is_bent(page.slopes):
        page = max(page, _straightened(page), key=lambda p: p.mean)
    words = page.words()
    if is_bent(page.slopes):
        # Words of one line stand on several: nothing that is made of them is sure.
        words = [replace(word, confidence=_BENT_SURE * word.confidence) for word in words]
    return words, page.drawing()


def _straightened(page: _Page) -> _Page:
    """A bent page read anew, its lines made level."""
    grey, plain = (straightened(side, page.slopes) for side in (page.sheet.grey, page.sheet.plain))
    flat = Sheet(grey, plain, page.sheet.dpi)
    return _Page(flat, without_specks(ink_of(grey), flat.dpi))


def mend(picture: Picture) -> Sheet:
    """The page flat, level and evenly lit; it may still stand on its head."""
    picture = flatten(picture)
    dpi = picture.dpi or max(picture.pixels.shape[:2]) / A4_INCHES
    light = even_light(_not_too_fine(picture.pixels, dpi))
    dpi = min(dpi, _GOOD_DPI) if dpi > _MOST_DPI else dpi
    ink = shrink(ink_of(without_colours(light, dpi)), FINE)
    if lies_sideways(ink):
        light, ink = turned(light, 1), turned(ink, 1)
    scale = min(2.0, 300 / dpi) if dpi < _LEAST_DPI else 1.0
    light = levelled(light, skew(ink), scale)
    dpi *= scale
    grey = without_colours(light, dpi)
    return Sheet(grey, grey_of(light), dpi)


def _not_too_fine(pixels: Pixels, dpi: float) -> Pixels:
    if dpi <= _MOST_DPI:
        return pixels
    return shrink(pixels, round(max(pixels.shape[:2]) * _GOOD_DPI / dpi))


class _Page:
    """A sheet with its rules, boxes and recognised words."""

    def __init__(self, sheet: Sheet, ink: Pixels) -> None:
        self.sheet = sheet
        self._scale = _POINTS / sheet.dpi
        self._rules: Rules = find_rules(ink, sheet.dpi)
        self._strikes = strikes_of(self._rules, ink, sheet.dpi)
        whole = ink_of(sheet.plain, faint=True)
        self._rings = find_rings(whole, sheet.dpi)
        places = [ring.place for ring in self._rings]
        self._drawn = without_frames(self._rules, places, sheet.dpi)
        self._ink = np.asarray(whole & ~self._rules.mask, np.uint8)
        boxes = find_boxes(self._ink, sheet.dpi, whole)
        boxes += find_brackets(self._ink, sheet.dpi)
        text = without_blanks(sheet.grey, ink, self._rules, sheet.dpi)
        text = without_strikes(text, self._rules, self._strikes)
        text = without_rings(text, self._rings)
        self._text = _without_boxes(text, boxes, sheet.dpi)
        self._seen: list[Seen] = self._recognised(sheet.dpi)
        letters = letters_among(boxes, self._seen, self._ink)
        if letters:
            boxes = [box for box in boxes if box not in letters]
            self._text = _without_boxes(text, boxes, sheet.dpi)
            self._seen = self._recognised(sheet.dpi)
        self._boxes = boxes
        self._plain = sheet.plain
        self._dpi = sheet.dpi

    def _recognised(self, dpi: float) -> list[Seen]:
        return without_ruins(recognise(self._text, dpi), self._text, dpi)

    @property
    def slopes(self) -> Slopes:
        """How the page's lines rise and fall."""
        return slopes_of(self._seen)

    @property
    def letters(self) -> int:
        """How many letters were recognised, rightly or not."""
        return sum(len(word.text) for word in self._seen)

    @property
    def mean(self) -> float:
        """How sure the letters are on the whole."""
        sure = sum(word.confidence * len(word.text) for word in self._seen)
        return sure / max(self.letters, 1)

    def words(self) -> list[Word]:
        """The words, the boxes and the blanks to write on."""
        seen, marks = marks_of(self._seen, self._boxes, self._ink)
        seen = words_of(seen, self._text, self._dpi)
        looks = looks_of(seen, self._plain, self._ink, self._rings)
        lines = lined(seen, self._drawn, self._strikes, self._dpi)
        looks = [look | line for look, line in zip(looks, lines, strict=True)]
        words = _parted([self._word(*pair) for pair in zip(seen, looks, strict=True)])
        words += [self._mark(mark, words) for mark in marks]
        if not words:
            return []
        return words + self._blanks(words)

    def drawing(self) -> Drawing:
        """The rules in points."""
        return Drawing(
            across=[self._line(rule, upright=False) for rule in self._drawn.across],
            down=[self._line(rule, upright=True) for rule in self._drawn.down],
        )

    def _word(self, seen: Seen, look: Emphasis) -> Word:
        size = seen.size * self._scale
        base = seen.base * self._scale
        left, right = seen.place.left * self._scale, seen.place.right * self._scale
        box = Box(left, base - 0.8 * size, right, base + 0.2 * size)
        return Word(seen.text, emphasis=look, confidence=seen.confidence, box=box)

    def _mark(self, mark: Mark, words: list[Word]) -> Word:
        """A mark as high as the word beside it: they share a line."""
        box = self._box(mark.place)
        middle = (box.top + box.bottom) / 2
        level = [w.box for w in words if w.box and _raised(w.box) < middle < w.box.bottom]
        if level:
            near = min(level, key=lambda other: max(other.left - box.right, box.left - other.right))
            box = Box(box.left, near.top, box.right, near.bottom)
        return Word(mark.text, confidence=mark.confidence, box=box)

    def _box(self, rect: Rect) -> Box:
        return Box(*(side * self._scale for side in rect))

    def _line(self, rule: Rect, *, upright: bool) -> Box:
        """A rule without thickness: what it climbs by is the scanner's."""
        left, top, right, bottom = self._box(rule)
        x, y = (left + right) / 2, (top + bottom) / 2
        return Box(x, top, x, bottom) if upright else Box(left, y, right, y)

    def _blanks(self, words: list[Word]) -> list[Word]:
        """What is left of the rules that somebody may write on, beside what is written there."""
        frames = self.drawing().down
        blanks: list[Word] = []
        for rule in self.drawing().across:
            if not any(_touches(rule, side) for side in frames):
                blanks += _free(rule, words)
        written = self._unread_ink(words) if blanks else []
        for blank in blanks:
            if blank.box and _is_written_on(blank.box, written):
                blank.confidence = _BY_HAND
        return blanks

    def _unread_ink(self, words: list[Word]) -> list[Box]:
        """Strokes as large as letters that recognition made no word of: a hand's."""
        ink = self._ink.copy()
        for place in (word.box for word in words if word.box):
            left, top, right, bottom = (round(side / self._scale) for side in place)
            tall = bottom - top
            ink[max(top - tall // 4, 0) : bottom + tall // 4, max(left - 3, 0) : right + 3] = 0
        strokes = (
            self._box(Rect(left, top, left + wide, top + tall))
            for left, top, wide, tall in frames_of(ink)
        )
        least, most = _STROKE
        return [box for box in strokes if least <= box.bottom - box.top <= most]


def _raised(box: Box) -> float:
    """Where a mark's middle stands at the highest that belongs to the line of a word."""
    return box.top - _RAISED * (box.bottom - box.top)


def _without_boxes(text: Pixels, boxes: list[CheckBox], dpi: float) -> Pixels:
    """A page without its boxes, which recognition would take for letters."""
    page = text.copy()
    edge = max(round(dpi / 100), 2)
    for place in (box.place for box in boxes):
        top, left = max(place.top - edge, 0), max(place.left - edge, 0)
        page[top : place.bottom + edge, left : place.right + edge] = 255
    return page


def _parted(words: list[Word]) -> list[Word]:
    """Words that recognition parted are apart, even where their letters nearly touch."""
    for one, other in itertools.pairwise(words):
        if one.box and other.box and one.text[-1] not in _JOINING and other.text[0].isalnum():
            tall = one.box.bottom - one.box.top
            end = other.box.left - _SPACE * tall
            same = abs(one.box.top - other.box.top) < 0.5 * tall
            if same and one.box.left < end < one.box.right:
                one.box = one.box._replace(right=end)
    return words


_JOINING = "-/’'\"@("
"""After these a word goes on, whatever recognition says."""
_SPACE = 0.2
"""Width of a narrow space in heights of its line."""
_RAISED = 0.25
"""How much higher than its line a mark may stand, in heights of a word."""
_BY_HAND = 0.3
"""How sure a blank is empty that somebody wrote on by hand."""
_STROKE, _WRITTEN = (4.0, 40.0), 10.0
"""Points: how tall a hand's strokes are, and how much of a blank they cover at the least."""
_BLANK = 8.0
"""Points: a shorter rest of a rule is no blank."""
_SIZE = 11.0
"""Points: how tall a blank's line is taken to be."""


def _touches(rule: Box, side: Box) -> bool:
    """Whether a rule ends at an upright one: it is a frame's, nobody writes on it."""
    meets = side.top - 3 <= rule.top <= side.bottom + 3
    return meets and min(abs(rule.left - side.left), abs(rule.right - side.left)) < 4


def _free(rule: Box, words: list[Word]) -> Iterator[Word]:
    """The stretches of a rule that no word stands on."""
    at = rule.left
    for box in sorted(word.box for word in words if word.box):
        stands_on = box.top < rule.top <= box.bottom + 0.35 * (box.bottom - box.top)
        if stands_on and box.right > at and box.left < rule.right:
            yield from _blank(at, box.left, rule.top)
            at = max(at, box.right)
    yield from _blank(at, rule.right, rule.top)


def _is_written_on(blank: Box, strokes: list[Box]) -> bool:
    """Whether strokes stand on a blank, and not one alone: a comma, a part of a seal."""
    on = [
        box
        for box in strokes
        if blank.left <= (box.left + box.right) / 2 <= blank.right
        and box.top < blank.bottom - _SIZE / 4
        and box.bottom > blank.top + _SIZE / 4
    ]
    return len(on) >= 2 and sum(box.right - box.left for box in on) >= _WRITTEN


def _blank(left: float, right: float, y: float) -> Iterator[Word]:
    if right - left >= _BLANK:
        yield Word(FILLER, box=Box(left + 1, y - 0.92 * _SIZE, right - 1, y + 0.08 * _SIZE))
