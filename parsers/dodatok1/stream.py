"""The reading as one text whose every character knows the word, the line and the cell it is from."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate, chain

from parsers.dodatok1.phrases import UNLIKELY, occurrences
from parsers.glyphs import canonical
from parsers.reading import Box, Cell, Line, Word
from rules.text import mend_look_alikes

NUMBER_SIGN = (
    r"(?:№|\#|N(?<![^\W\d_]N)[oо\u00ba]?(?![^\W\d_])[\u00b0\u02da]?"
    r"|Номер\b(?<!\wНомер)|номер\b(?<!\wномер))"
)
"""What stands for «№» on a keyboard that lacks it; as a part of a pattern.

Each way begins with its letter, what may not stand before it comes behind: so it is found quickly.
"""
_NUMBER_SIGN = re.compile(NUMBER_SIGN)
_PROMPTS = (
    "Виберіть елемент",
    "Click or tap here to enter text",
    "Click or tap to enter a date",
    "Click here to enter text",
    "Choose an item",
    "Место для ввода текста",
    "Место для ввода даты",
    "Выберите элемент",
    "Місце для введення тексту",
    "Місце для введення дати",
    "Введіть текст",
    "Введіть дату",
    "Виберіть дату",
    "Оберіть дату",
    "Оберіть елемент",
    "Enter text",
    "Enter a date",
    "Select a date",
)
_CLICK_HERE = (
    r"(?:Клацн|Клікн|Натисн|Торкн)\w+(?:\s+(?:(?:або|чи|і)\s+\w+|тут|на\s+\w+))*,?"
    r"\s+щоб\s+(?:ввести|додати|вставити|вибрати|обрати)\s+\w+\.?"
)
"""What the office programs say in a blank that nobody filled in, each in words of its own."""
_PROMPT = re.compile("|".join([_CLICK_HERE, *(p.replace(" ", r"\s+") + r"\.?" for p in _PROMPTS)]))
_PROMPT_WORDS = frozenset(
    ["Клацн", "Клікн", "Натисн", "Торкн", *(max(prompt.split(), key=len) for prompt in _PROMPTS)]
)
"""One of them is in every prompt: most texts hold none and need no closer look."""
_LATIN = re.compile("[A-Za-zïÏ]+")
_SIGN_LETTERS = re.compile("[#N]|омер")
_LETTERS = re.compile(r"([^\W\d_¹²³¼½¾⁰-₉①-⓿]+|№)")


def mended(text: str) -> str:
    """The text with Latin look-alikes in Cyrillic words mended; most words need no look."""
    parts: list[str] = []
    end = 0
    for latin in _LATIN.finditer(text):
        first, last = latin.span()
        while first > end and text[first - 1].isalpha():
            first -= 1
        while last < len(text) and text[last].isalpha():
            last += 1
        if first >= end and last - first > len(latin[0]):
            parts += [text[end:first], mend_look_alikes(text[first:last])]
            end = last
    return "".join([*parts, text[end:]]) if parts else text


def with_number_signs(text: str) -> str:
    """The text with each kind of number sign as «№»; its length stays the same."""
    if _SIGN_LETTERS.search(text) is None:
        return text
    return _NUMBER_SIGN.sub(lambda sign: "№".ljust(len(sign[0])), text)


def _without_prompts(text: str) -> str:
    if not any(word in text for word in _PROMPT_WORDS):
        return text
    return _PROMPT.sub(_blank, text)


_WIDEST = 9
"""Spaces that stand for the widest gap: how near a tick is to a word matters, not how far."""


def _white(gap: float) -> str:
    """The spaces that stand for a gap."""
    if gap == 1:
        return " "
    return " " * min(max(round(gap), 1), _WIDEST) if gap else ""


def _blank(prompt: re.Match[str]) -> str:
    """The prompt of an unfilled field is a blank to write on, whatever file it came through."""
    return re.sub(r"\S", "_", prompt[0])


def _folded(text: str) -> str:
    """The text as letters are compared, of the same length."""
    mended_text = with_number_signs(mended(text))
    # Two of the signs typed as an apostrophe are letters to Unicode.
    folded = mended_text.lower().replace("\u02bc", "'").replace("\u02b9", "'")
    # A few letters of other alphabets grow in lower case.
    return folded if len(folded) == len(text) else mended_text


@dataclass(slots=True)
class Segment:
    """A stretch of a line without a wide gap inside: what a person would read in one go.

    Attributes:
        words: never empty.
        line: the line that it is a part of.
        row: the number of that line in the document; segments of one line share it.
        right: it stands right of a wide gap.
        start: where its text starts in the stream; set when the stream is built.
        end: where its text ends.
    """

    words: list[Word]
    line: Line
    row: int
    right: bool
    start: int = 0
    end: int = 0

    @property
    def left_edge(self) -> float | None:
        """How far from the page's left edge it starts, in points, if pages are known."""
        box = self.words[0].box
        return box.left if box else None


class Stream:
    """Segments joined by line breaks, searched by letters alone.

    Attributes:
        text: the text; check glyphs are brought to three.
        segments: in order.
        letters: the letters (and №) of the text alone, look-alikes mended, in lower case.
        segment_letters: the number of the first letter of each segment, then of all letters.
        phrases: the form's phrases that open with a word, each with the numbers of its letters.
        long_phrases: where those begin that nobody writes by chance.
    """

    def __init__(self, segments: list[Segment]) -> None:
        self.segments = segments
        self._words = [word for segment in segments for word in segment.words]
        self.text = _without_prompts(canonical(self._laid_out()))
        self._segment_starts = [segment.start for segment in segments]
        pieces = _LETTERS.split(_folded(self.text))
        runs = pieces[1::2]
        ends = list(accumulate(map(len, pieces)))
        self.letters = "".join(runs)
        self._places = list(chain.from_iterable(map(range, ends[:-1:2], ends[1::2])))
        letter_starts = [bisect_right(self._places, start - 1) for start in self._segment_starts]
        self.segment_letters = [*letter_starts, len(self._places)]
        self.phrases = occurrences(self.letters, accumulate(map(len, runs), initial=0))
        long_ones = [phrase for phrase in self.phrases if len(phrase) >= UNLIKELY]
        self.long_phrases = sorted(self._places[n] for one in long_ones for n in self.phrases[one])

    def _laid_out(self) -> str:
        """The words as one text, a line for each segment; notes where each begins."""
        firsts = list(accumulate([len(segment.words) for segment in self.segments], initial=0))
        parts = [part for word in self._words for part in (_white(word.gap), word.text)]
        for first in firsts[:-1]:
            parts[2 * first] = "\n"
        if parts:
            parts[0] = ""
        ends = list(accumulate(map(len, parts)))
        self._word_starts = ends[::2]
        for segment, first, last in zip(self.segments, firsts, firsts[1:], strict=False):
            segment.start, segment.end = ends[2 * first], ends[2 * last - 1]
        return "".join([*parts, "\n"]) if parts else ""

    def offset(self, letter: int) -> int:
        """Where a letter of ``letters`` stands in ``text``."""
        return self._places[letter] if letter < len(self._places) else len(self.text)

    def end_of(self, last: int) -> int:
        """Where the text ends of the letter before this one; a sign spelt out is one letter."""
        at = self.offset(last - 1)
        sign = _NUMBER_SIGN.match(self.text, at) if self.letters[last - 1] == "№" else None
        return sign.end() if sign else at + 1

    def letter(self, offset: int) -> int:
        """The number of the first letter at or after an offset of ``text``."""
        return bisect_right(self._places, offset - 1)

    def starts_word(self, letter: int) -> bool:
        """Whether a letter is the first of its word."""
        return letter == 0 or self._places[letter] > self._places[letter - 1] + 1

    def ends_word(self, last: int) -> bool:
        """Whether the letter before this one is the last of its word."""
        return last <= len(self._places) and (
            last == len(self._places) or self._places[last] > self._places[last - 1] + 1
        )

    def is_whole(self, first: int, last: int) -> bool:
        """Whether letters touch no other letter before them or behind them; a sign is none."""
        if not self.starts_word(first) and self.letters[first - 1] != "№":
            return False
        return self.ends_word(last) or self.letters[last] == "№"

    def segment_at(self, offset: int) -> int:
        """The number of the segment that holds an offset."""
        return (bisect_right(self._segment_starts, offset) or 1) - 1

    def cell(self, offset: int) -> Cell | None:
        """The cell that an offset stands in."""
        return self.segments[self.segment_at(offset)].line.cell

    def words(self, start: int, end: int) -> list[Word]:
        """The words that have a character between two offsets."""
        first = max(bisect_right(self._word_starts, start) - 1, 0)
        last = bisect_right(self._word_starts, end - 1)
        found = self._words[first:last]
        if found and self._word_starts[first] + len(found[0].text) <= start:
            found = found[1:]
        return found

    def end_of_word(self, offset: int) -> int:
        """Where the word ends that an offset stands in, or behind."""
        number = max(bisect_right(self._word_starts, offset) - 1, 0)
        return self._word_starts[number] + len(self._words[number].text)

    def place(self, start: int, end: int) -> dict[str, object]:
        """Where a stretch of text stands: page and box, or paragraph and cell."""
        line = self.segments[self.segment_at(start)].line
        place: dict[str, object] = {}
        if line.page is not None:
            place["page"] = line.page
            box = _frame(self._on_page(start, end, line.page))
            if box:
                place["box"] = [round(side, 1) for side in box]
        if line.paragraph is not None:
            place["paragraph"] = line.paragraph
        if line.cell is not None:
            place["cell"] = list(line.cell)
        return place

    def _on_page(self, start: int, end: int, page: int) -> list[Word]:
        first, last = self.segment_at(start), self.segment_at(max(end - 1, start))
        inside = [s for s in self.segments[first : last + 1] if s.line.page == page]
        return [
            word
            for segment in inside
            for word in self.words(max(start, segment.start), min(end, segment.end))
        ]


def _frame(words: list[Word]) -> Box | None:
    frame: Box | None = None
    for word in words:
        if word.box:
            frame = frame.around(word.box) if frame else word.box
    return frame
