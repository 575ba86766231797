"""Ticks that recognition takes for letters or dust: they stand where the other options have boxes."""

from __future__ import annotations

import re
from typing import NamedTuple

import cv2
import numpy as np

from parsers.ocr import Seen
from parsers.picture import Pixels
from parsers.picture_boxes import CheckBox
from parsers.picture_rules import Rect
from parsers.reading import EMPTY_BOX, TICK, TICKED_BOX
from rules.lemmas import is_ukrainian

_INSIDE, _INSIDE_INK = 0.35, 0.3
"""In box sides: nearer stand the letters of one word; and along how much of its sides they do."""
_LONGEST = 2
"""Letters of a mark that was taken for a word."""
_WORDS = frozenset(("по", "від", "в", "з", "і", "й", "та", "до", "на", "не", "за"))
"""Words so short that they may stand among options."""
_ROUND = frozenset("OoОо0QСC")
"""What an empty box or circle is taken for."""
_LIKE_TICKS = frozenset(("У", "V", "v", "Y", "М", "M", "√", "\\/", "У/", "V/"))
"""What a tick is taken for."""
_TICKED_BOXES = frozenset(("М", "м", "и", "ж", "б", "4", "7", "Г", "Й", "й", "Ж", "~", "^"))
"""What a ticked box or a tick is taken for beside or below other boxes."""
_BEHIND = re.compile(r"(?:[VvYУИи√]|\\/)[,;]")
"""A tick behind its option, before what parts it from the next: no word of the language is so."""
_CAPITALS = "НПДОЛЦБВ"
"""Letters that look like a box."""
_FIRST_WORD = re.compile(r"[^\W\d_]{3,}")
_BELOW = 2.6
"""In box sides: how far below a row of boxes the line stands that goes on with its options."""
_NUMBER_SIGNS = frozenset(("N", "Ne", "No", "М", "Ме"))
"""What a number sign is taken for."""
_PLAIN = 0.8
"""What is less surely read than this may be a mark, whatever its letters."""
_HOLLOW_ROW = 3
"""So many lone round letters on lines next to each other are empty boxes."""
_NEAR = 0.25
"""Heights of a line: a narrow space."""
_PAIR = 2
"""So many are, where there are such boxes on the page."""
_NEXT_LINE = 2.4
"""In heights of a line."""
_APART = 0.4
"""Heights of a line: so far a tick stands from the option before it."""
_SLIM = 0.55
"""What is slimmer for its height is a colon, a slash or a bar, no mark."""
_TOUCHING, _REST = 0.25, 0.6
"""In box sides: how near a box a mark is the rest of it, or of its tick, if it is smaller."""
_FREE = 0.4
"""Box sides of white before a mark at the least."""
_SIZES = (0.45, 2.3)
"""How large a mark is, in box sides."""
_LEAST_SEPARATORS, _SEPARATORS = 4, 0.4
"""So many bare ticks, and so many beside each box, are none: nobody chooses nearly everything."""
_EMPTY_BELOW = 0.06
"""How much of a circle's inside is ink at most when it is empty."""
_DOUBT = 0.85


class Mark(NamedTuple):
    """A box, ticked or not, or a bare tick."""

    text: str
    place: Rect
    confidence: float


def marks_of(seen: list[Seen], boxes: list[CheckBox], ink: Pixels) -> tuple[list[Seen], list[Mark]]:
    """The words that are none of the marks, and the marks of a page.

    Args:
        seen: what was recognised.
        boxes: the boxes found.
        ink: the page without its rules.
    """
    if len(boxes) < 2:
        hollow = _hollow_letters(seen)
        boxes = [
            *boxes,
            *(CheckBox(word.place, ticked=False, confidence=_DOUBT) for word in hollow),
        ]
        seen = [word for word in seen if word not in hollow]
    marks = [_of_box(box) for box in boxes]
    if len(boxes) < 2:
        ticks = [word for word in seen if _is_bare_tick(word, seen)]
        bare = [Mark(TICK, _up_to_next(word, seen), _DOUBT) for word in ticks]
        return [word for word in seen if word not in ticks], marks + bare
    side = int(np.median([box.place.height for box in boxes]))
    words = [word for word in (_beside(word, boxes) for word in seen) if word.place.width > 0]
    for row in _rows(boxes, side):
        inside = [word for word in words if row.top <= _middle(word.place) <= row.bottom]
        taken = [word for word in inside if _is_mark(word, inside, boxes, side)]
        words = [word for word in words if word not in taken]
        taken = [word for word in taken if not _is_rest(word.place, boxes, side)]
        marks += [_mark(word.place, ink, hollow=word.text in _ROUND) for word in taken]
        known = [word.place for word in inside] + [box.place for box in boxes]
        unread = _unread(ink, row, known, side)
        marks += [
            _mark(place, ink, hollow=True) for place in unread if not _is_rest(place, boxes, side)
        ]
    marks = _without_separators(marks, len(boxes))
    below = [word for word in words if _goes_on(word, words, boxes, side)]
    marks += [Mark(TICK, word.place, _DOUBT) for word in below]
    return [word for word in words if word not in below], marks


def _without_separators(marks: list[Mark], boxes: int) -> list[Mark]:
    """The marks but for bare ticks that are nearly as many as the boxes: strokes between options."""
    ticks = [mark for mark in marks if mark.text == TICK]
    many = len(ticks) >= _LEAST_SEPARATORS and len(ticks) > _SEPARATORS * boxes
    return [mark for mark in marks if mark.text != TICK] if many else marks


def _hollow_letters(seen: list[Seen]) -> list[Seen]:
    """Round letters that stand alone before words on one line or on lines below each other: boxes."""
    alone = [word for word in seen if word.text in _ROUND and _opens_option(word, seen)]
    rows = [
        [other for other in alone if abs(other.base - word.base) < _NEXT_LINE * word.size]
        for word in alone
    ]
    enough = any(len(row) >= _HOLLOW_ROW for row in rows)
    return [word for word, row in zip(alone, rows, strict=True) if enough and len(row) >= _PAIR]


def _opens_option(word: Seen, seen: list[Seen]) -> bool:
    """Whether a word in small letters stands right behind, and no figure: «о 10 годині»."""
    line = [w for w in seen if abs(w.base - word.base) < 0.5 * word.size]
    behind = min((w for w in line if w.place.left > word.place.left), default=None, key=_left)
    return behind is not None and behind.text[0].islower()


def _goes_on(word: Seen, words: list[Seen], boxes: list[CheckBox], side: int) -> bool:
    """Whether a word on the line below a row of boxes is a tick: the options go on there."""
    if word.text not in _TICKED_BOXES | _LIKE_TICKS or not _fits(word.place, side):
        return False
    middle = _middle(word.place)
    above = [middle - _middle(box.place) for box in boxes]
    if not any(0.5 * side < far < _BELOW * side for far in above):
        return False
    line = [w for w in words if w is not word and abs(w.base - word.base) < 0.5 * word.size]
    before = [w.place.right for w in line if w.place.left < word.place.left]
    behind = min((w for w in line if w.place.left > word.place.left), default=None, key=_left)
    free = word.place.left - max(before, default=0) >= _FREE * side
    return free and behind is not None and behind.text[0].islower()


def letters_among(boxes: list[CheckBox], seen: list[Seen], ink: Pixels) -> list[CheckBox]:
    """The boxes that are letters: words end and begin right beside them."""
    return [
        box
        for box in boxes
        if _is_within_word(box.place, seen, ink) or _is_capital(box.place, seen)
    ]


def _is_capital(place: Rect, seen: list[Seen]) -> bool:
    """Whether a box is the first letter of the word that begins right behind it."""
    near = round(_INSIDE * place.height)
    for word in seen:
        gap = word.place.left - place.right
        if word.place.top < _middle(place) < word.place.bottom and -near <= gap <= near:
            rest = _FIRST_WORD.match(word.text.lower())
            if rest and not is_ukrainian(rest[0]):
                return any(is_ukrainian(letter.lower() + rest[0]) for letter in _CAPITALS)
    return False


def _is_within_word(place: Rect, seen: list[Seen], ink: Pixels) -> bool:
    near = round(_INSIDE * place.height)
    line = [w.place for w in seen if w.place.top < _middle(place) < w.place.bottom]
    middle = (place.left + place.right) / 2
    ends = any(w.left < place.left and place.left - near < w.right < middle for w in line)
    begins = any(w.right > place.right and middle < w.left < place.right + near for w in line)
    through = any(w.left < place.left - near and w.right > place.right + near for w in line)
    if not (through or (ends and begins)):
        return False
    rows = ink[place.top : place.bottom]
    sides = (
        rows[:, max(place.left - near, 0) : place.left - 2],
        rows[:, place.right + 2 :][:, :near],
    )
    return all(side.size and float(side.any(axis=1).mean()) > _INSIDE_INK for side in sides)


def _beside(word: Seen, boxes: list[CheckBox]) -> Seen:
    """A word without the box at its start or end: recognition counts the white of it to the word."""
    left, right = word.place.left, word.place.right
    for place in (box.place for box in boxes):
        if place.top < _middle(word.place) < place.bottom:
            if word.place.left - place.width < place.left < (left + right) / 2 < right:
                left = max(left, place.right) if place.right > left else left
            elif (left + right) / 2 <= place.left < right:
                right = place.left
    return word._replace(place=word.place._replace(left=left, right=right))


def _is_rest(place: Rect, boxes: list[CheckBox], side: int) -> bool:
    """Whether a mark is what is left of a box beside it, or the arm of its tick."""
    small = place.width < _REST * side or place.height < _REST * side
    near = _TOUCHING * side
    return any(
        (small or box.ticked)
        and box.place.left - place.right < near
        and place.left - box.place.right < near
        and place.top < box.place.bottom + near
        and box.place.top < place.bottom + near
        for box in boxes
    )


def _of_box(box: CheckBox) -> Mark:
    return Mark(TICKED_BOX if box.ticked else EMPTY_BOX, box.place, box.confidence)


def _rows(boxes: list[CheckBox], side: int) -> list[Rect]:
    """The lines that hold boxes, from their first box to the edge of the page."""
    rows: list[Rect] = []
    for place in sorted((box.place for box in boxes), key=lambda place: place.top):
        band = Rect(place.left, place.top - side // 4, place.right, place.bottom + side // 4)
        if rows and band.top < rows[-1].top + side // 2:
            last = rows.pop()
            band = last._replace(left=min(last.left, band.left), right=max(last.right, band.right))
        rows.append(band)
    return rows


def _middle(place: Rect) -> float:
    return (place.top + place.bottom) / 2


def _is_mark(word: Seen, row: list[Seen], boxes: list[CheckBox], side: int) -> bool:
    """Whether a word is too short to be one and stands free where a mark may stand."""
    text = "".join(char for char in word.text if char.isalnum() or char in "~<>/\\|«»")
    plain = word.confidence >= _PLAIN
    if len(text) > _LONGEST or (plain and any(char.isdigit() and char != "0" for char in text)):
        return False
    if "№" in word.text or (word.text in _NUMBER_SIGNS and _precedes_number(word, row)):
        return False
    slim = not text.isalnum() and word.place.width < _SLIM * word.place.height
    if slim or text.casefold() in _WORDS or not _fits(word.place, side):
        return False
    others = [other.place for other in row if other is not word]
    others += [box.place for box in boxes if abs(_middle(box.place) - _middle(word.place)) < side]
    before = [place.right for place in others if place.left < word.place.left]
    last = all(place.left < word.place.left for place in others)
    # The option of the last box of a line may stand on the next.
    ends = last and plain and word.text not in _ROUND | _LIKE_TICKS | _TICKED_BOXES
    return word.place.left - max(before, default=0) >= _FREE * side and not ends


def _precedes_number(word: Seen, row: list[Seen]) -> bool:
    behind = min((w for w in row if w.place.left > word.place.left), default=None, key=_left)
    return behind is not None and any(map(str.isdigit, behind.text))


def _is_bare_tick(word: Seen, seen: list[Seen]) -> bool:
    """Whether a word is a tick before an option that has no box: it looks so and stands free."""
    if _BEHIND.fullmatch(word.text):
        return True
    if word.text not in _LIKE_TICKS:
        return False
    line = [w for w in seen if w is not word and abs(w.base - word.base) < 0.5 * word.size]
    before = [w.place.right for w in line if w.place.left < word.place.left]
    behind = min((w for w in line if w.place.left > word.place.left), default=None, key=_left)
    if not before or behind is None or not behind.text[0].islower():
        return False
    goes_on = max(line, key=lambda w: (w.place.right < word.place.left, w.place.right))
    new_sentence = goes_on.text[-1] in ".!?;"
    return not new_sentence and word.place.left - max(before) > _APART * word.size


def _up_to_next(word: Seen, seen: list[Seen]) -> Rect:
    """A tick that stands before its option as near to it as can be; one behind stays where it is."""
    line = [w for w in seen if w is not word and abs(w.base - word.base) < 0.5 * word.size]
    behind = min((w for w in line if w.place.left > word.place.left), default=None, key=_left)
    if behind is None or _BEHIND.fullmatch(word.text):
        return word.place
    near = behind.place.left - round(_NEAR * word.size)
    return word.place._replace(right=max(near, word.place.right))


def _left(word: Seen) -> int:
    return word.place.left


def _fits(place: Rect, side: int) -> bool:
    least, most = _SIZES
    return place.height >= least * side and max(place.width, place.height) <= most * side


def _mark(place: Rect, ink: Pixels, *, hollow: bool) -> Mark:
    """A mark by its ink: what is round and empty inside is an empty box, all else is a tick."""
    wide, tall = place.width // 4, place.height // 4
    inside = ink[place.top + tall : place.bottom - tall, place.left + wide : place.right - wide]
    empty = hollow and inside.size > 0 and float(inside.mean()) / 255 < _EMPTY_BELOW
    return Mark(EMPTY_BOX if empty else TICK, place, _DOUBT)


def _unread(ink: Pixels, row: Rect, known: list[Rect], side: int) -> list[Rect]:
    """Shapes of a mark's size within a row of boxes that nothing was made of."""
    edge = max([row.right, *(k.right for k in known if row.top <= _middle(k) <= row.bottom)])
    # The last box of a line may stand behind its last word.
    edge += 2 * side
    top, left = max(row.top - side // 2, 0), max(row.left - 2 * side, 0)
    strip = ink[top : row.bottom + side // 2, left:edge].copy()
    for place in known:
        strip[_slice(place, top), _slice_across(place, left)] = 0
    joined = cv2.dilate(strip, np.ones((3, 3), np.uint8))
    stats = cv2.connectedComponentsWithStats(joined, connectivity=8)[2][1:]
    found = [Rect(x + left, y + top, x + left + w, y + top + h) for x, y, w, h, _ in stats.tolist()]
    # Only what is not merely the rest of a letter cut by the edge of its word.
    return [
        place
        for place in found
        if _fits(place, side)
        and place.width >= _SIZES[0] * side
        and row.top <= _middle(place) <= row.bottom
        and not any(_near(place, other, side) for other in known)
    ]


def _slice(place: Rect, top: int) -> slice:
    return slice(max(place.top - top - 2, 0), max(place.bottom - top + 2, 0))


def _slice_across(place: Rect, left: int) -> slice:
    return slice(max(place.left - left - 2, 0), max(place.right - left + 2, 0))


def _near(one: Rect, other: Rect, side: int) -> bool:
    """Whether two shapes nearly touch: a rest of a letter, the arm of a tick."""
    gap = max(other.left - one.right, one.left - other.right)
    rise = max(other.top - one.bottom, one.top - other.bottom)
    return gap < 0.12 * side and rise < 0.12 * side
