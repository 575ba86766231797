"""Ticks and boxes that recognition took for letters, told by the options that they stand at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_BEFORE = re.compile(r"(?:^|(?<=[\s,;:]))(?P<mark>[^\s,;:]{1,2})[ \t]*$")
_BEHIND = re.compile(r"[ \t]*(?P<mark>[^\s,;:]{1,2})(?=[\s,;]|$)")
_HOLLOW = frozenset("0ОоOoQDСC□ПЦ")
"""What an empty box is taken for; twice the same for one that is wide."""
_TICK = re.compile(r"[УуVvYyХхXx¥*+~√✓✔<>^]{1,2}|[MМ]")
"""What a tick is taken for."""


class Stray(NamedTuple):
    """A mark that was taken for letters.

    Attributes:
        start: offset of its first character.
        end: offset behind its last one.
        ticked: it is no empty box.
    """

    start: int
    end: int
    ticked: bool


def stray_marks(text: str, options: Sequence[tuple[int, int]]) -> list[Stray]:
    """The short things right before or right behind options that are no words.

    Args:
        text: what was recognised.
        options: where the options stand in it, in order.
    """
    found = _at_options(text, options, before=True) or _at_options(text, options, before=False)
    # What stands at each of them is their numbering.
    return found if sum(mark.ticked for mark in found) < len(options) else []


def _at_options(text: str, options: Sequence[tuple[int, int]], *, before: bool) -> list[Stray]:
    found = []
    for number, (start, end) in enumerate(options):
        if before:
            first = options[number - 1][1] if number else max(text.rfind("\n", 0, start), 0)
            hit = _BEFORE.search(text[first:start])
        else:
            first = end
            last = options[number + 1][0] if number + 1 < len(options) else len(text)
            hit = _BEHIND.match(text[end:last])
        if hit is None:
            continue
        mark = hit["mark"]
        if set(mark) <= _HOLLOW or _TICK.fullmatch(mark):
            ticked = not set(mark) <= _HOLLOW
            found.append(Stray(first + hit.start("mark"), first + hit.end("mark"), ticked))
    return found
