"""Lines at words: one through letters strikes them out, one of their width under them underlines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from parsers.ocr import Seen
from parsers.picture import Pixels
from parsers.picture_rules import Rect, Rules
from parsers.reading import Emphasis

_HALF_MM = 0.7
"""Half the height of small print: so far letters reach above and below a line that strikes them."""
_THROUGH = 0.3
"""Along how much of a line letters stand on both of its sides, if it strikes them out."""
_COVERED = 0.7
"""How much of a word's width a line at it covers."""
_UNDER = (-0.12, 0.5)
"""Where a line under a word may stand below the feet of its letters, in heights of capitals."""
_MIDDLE = (-0.75, -0.2)
"""Where a line through a word stands, in the same measure."""
_BEYOND = 0.9
"""How far a line under words goes on beside them, in the same measure: what is longer is a blank
that they were written on."""
_FRAME_MM = 0.6
"""A rule that ends so near an upright one is a frame's."""


def strikes_of(rules: Rules, ink: Pixels, dpi: float) -> list[Rect]:
    """The level rules that go through letters.

    Args:
        rules: those of the page.
        ink: the whole page's, its rules among it.
        dpi: pixels an inch.
    """
    half = max(round(_HALF_MM * dpi / 25.4), 3)
    return [rule for rule in rules.across if _goes_through(rule, ink, half)]


def _goes_through(rule: Rect, ink: Pixels, half: int) -> bool:
    # The very next pixels are the line's own rough edge.
    columns = slice(rule.left, rule.right)
    above = ink[max(rule.top - half, 0) : max(rule.top - 1, 0), columns]
    below = ink[rule.bottom + 1 : rule.bottom + half, columns]
    if not above.size or not below.size:
        return False
    return float(np.mean(above.any(axis=0) & below.any(axis=0))) >= _THROUGH


def without_strikes(page: Pixels, rules: Rules, strikes: Sequence[Rect]) -> Pixels:
    """A page without the lines through its words, which recognition would take for letters."""
    if not strikes:
        return page
    clean = page.copy()
    for place in strikes:
        area = slice(max(place.top - 1, 0), place.bottom + 1), slice(place.left, place.right)
        clean[area][rules.mask[area] > 0] = 255
    return clean


def lined(
    words: Sequence[Seen], rules: Rules, strikes: Sequence[Rect], dpi: float
) -> list[Emphasis]:
    """Which words a line strikes out, and which a line of their own width stands under."""
    near = _FRAME_MM * dpi / 25.4
    looks = [Emphasis.NONE] * len(words)
    for rule in rules.across:
        if rule in strikes:
            flag, level = Emphasis.STRIKE, _MIDDLE
        elif not _is_of_frame(rule, rules.down, near):
            flag, level = Emphasis.UNDERLINE, _UNDER
        else:
            continue
        at = [n for n, word in enumerate(words) if _stands_at(word, rule, level)]
        if flag is Emphasis.STRIKE or _ends_with([words[n] for n in at], rule):
            for number in at:
                looks[number] |= flag
    return looks


def _is_of_frame(rule: Rect, uprights: Sequence[Rect], near: float) -> bool:
    """Whether a rule ends at an upright one, or goes through it."""
    return any(
        side.top - near <= rule.top <= side.bottom + near
        and rule.left - near <= side.left <= rule.right + near
        for side in uprights
    )


def _stands_at(word: Seen, rule: Rect, level: tuple[float, float]) -> bool:
    """Whether a line goes along a word at some height of it."""
    place = word.place
    covered = min(place.right, rule.right) - max(place.left, rule.left)
    least, most = (word.base + part * word.size for part in level)
    return covered >= _COVERED * place.width and least <= (rule.top + rule.bottom) / 2 <= most


def _ends_with(words: Sequence[Seen], rule: Rect) -> bool:
    """Whether a line begins and ends with the words over it."""
    if not words:
        return False
    left = min(word.place.left for word in words)
    right = max(word.place.right for word in words)
    beyond = _BEYOND * max(word.size for word in words)
    return left - rule.left <= beyond and rule.right - right <= beyond
