"""Where a PDF page falls into parts that are read one after the other."""

from __future__ import annotations

from parsers.pdf_drawing import Drawing
from parsers.reading import Word

_LYING = 1.15
"""Width by height of a page, from which on two upright pages may lie side by side on it."""
_MIDDLE = 0.08
"""How far from the middle, as a part of the width, the white between two pages may be."""
_LEAST_GUTTER = 12.0
"""Points of white between two pages."""
_LEAST_WORDS = 15
"""Words of a page that lies beside another one."""


def halves(
    words: list[Word], drawing: Drawing, size: tuple[float, float] | None
) -> list[list[Word]]:
    """The words of a sheet, or of the two pages that were printed side by side on it."""
    if size is None or size[0] < _LYING * size[1]:
        return [words]
    edge = _gutter(words, drawing, size[0])
    left = [word for word in words if word.box and word.box.right <= edge]
    right = [word for word in words if not (word.box and word.box.right <= edge)]
    return [left, right] if min(len(left), len(right)) >= _LEAST_WORDS else [words]


def _gutter(words: list[Word], drawing: Drawing, wide: float) -> float:
    """Where the widest white strip near the middle of a sheet begins; 0 where there is none."""
    spans = [(w.box.left, w.box.right) for w in words if w.box]
    spans += [(rule.left, rule.right) for rule in drawing.across]
    reach, widest, edge = 0.0, _LEAST_GUTTER, 0.0
    for left, right in sorted(spans):
        near = abs((reach + left) / 2 - wide / 2) <= _MIDDLE * wide
        if near and left - reach >= widest:
            widest, edge = left - reach, reach
        reach = max(reach, right)
    return edge
