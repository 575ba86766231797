"""How recognised words stand out from the others of their page: bold, shaded, ringed."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from parsers.ocr import Seen
from parsers.picture import Pixels
from parsers.picture_rings import Ring
from parsers.picture_rules import Rect
from parsers.reading import Emphasis

_LEAST_LETTERS, _LEAST_WORDS = 3, 12
"""A shorter word says little of its strokes; a page of fewer words says nothing of what is usual."""
_BOLD, _BOLD_TOO = 1.24, 1.12
"""So many times as thick as usual are the strokes of bold letters, and of bold letters beside such:
the scanner thins the strokes of some words."""
_MOSTLY = 0.35
"""Of a page of which more than this seems bold nothing is."""
_DARKER = 11.0
"""How much darker than the page's paper, of 255, a shaded ground is at the least."""
_BODY, _ENCLOSED = 0.6, 0.7
"""How tall small letters are, in heights of capitals, and how much of them a ring encloses."""


def looks_of(words: list[Seen], grey: Pixels, ink: Pixels, rings: Sequence[Ring]) -> list[Emphasis]:
    """How each word stands out; only what is plain is said.

    Args:
        words: the words of a page.
        grey: the page that they were recognised on, its light even.
        ink: the page's ink without its rules, with what a pen drew.
        rings: where somebody drew a ring or a frame.
    """
    bold = _bold(words, ink)
    shaded = _shaded(words, grey)
    looks = []
    for number, word in enumerate(words):
        look = Emphasis.BOLD if bold[number] else Emphasis.NONE
        if shaded[number] or any(_is_around(ring, word) for ring in rings):
            look |= Emphasis.HIGHLIGHT
        looks.append(look)
    return looks


def _bold(words: list[Seen], ink: Pixels) -> list[bool]:
    """Whose strokes are thicker than most for their letters' size."""
    thick = [_thickness(word, ink) for word in words]
    known = [value for value in thick if value]
    if len(known) < _LEAST_WORDS:
        return [False] * len(words)
    usual = float(np.median(known))
    bold = [value > _BOLD * usual for value in thick]
    may_be = [value > _BOLD_TOO * usual for value in thick]
    for order in (range(1, len(words)), range(len(words) - 2, -1, -1)):
        for number in order:
            other = number - order.step
            level = abs(words[number].base - words[other].base) < words[number].size
            bold[number] = bold[number] or (may_be[number] and bold[other] and level)
    return bold if sum(bold) < _MOSTLY * len(known) else [False] * len(words)


def _thickness(word: Seen, ink: Pixels) -> float:
    """How thick a word's strokes are, in heights of its line; 0 where that cannot be told."""
    if sum(map(str.isalpha, word.text)) < _LEAST_LETTERS or word.size <= 0:
        return 0.0
    area = _cut(ink, word.place)
    inside = cv2.countNonZero(area) if area.size else 0
    if not inside:
        return 0.0
    core = cv2.erode(area, np.ones((3, 3), np.uint8), borderValue=0)
    edge = inside - cv2.countNonZero(core)
    # A long stroke shows its edge at both sides.
    return 2.0 * inside / max(edge, 1) / word.size


def _shaded(words: list[Seen], grey: Pixels) -> list[bool]:
    """Who stands on a ground darker than the paper."""
    grounds = [_ground(word, grey) for word in words]
    known = [value for value in grounds if value]
    if len(known) < _LEAST_WORDS:
        return [False] * len(words)
    paper = float(np.median(known))
    spread = float(np.median(np.abs(np.asarray(known) - paper)))
    darkest = paper - max(_DARKER, 6 * spread)
    shaded = [0 < value < darkest for value in grounds]
    return shaded if sum(shaded) < _MOSTLY * len(known) else [False] * len(words)


def _ground(word: Seen, grey: Pixels) -> float:
    """How bright the paper between a word's letters is; 0 where that cannot be told."""
    if sum(map(str.isalpha, word.text)) < _LEAST_LETTERS:
        return 0.0
    area = _cut(grey, word.place)
    return float(np.percentile(area, 85)) if area.size else 0.0


def _cut(pixels: Pixels, place: Rect) -> Pixels:
    return pixels[max(place.top, 0) : place.bottom, max(place.left, 0) : place.right]


def _is_around(ring: Ring, word: Seen) -> bool:
    """Whether a ring goes round the letters of a word, but for what hangs out of it."""
    top, bottom = round(word.base - _BODY * word.size), round(word.base)
    return ring.share_of(word.place._replace(top=top, bottom=bottom)) >= _ENCLOSED
