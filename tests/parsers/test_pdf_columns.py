"""Where a line of a PDF falls into columns though hardly any white parts them."""

from __future__ import annotations

import pytest

from parsers.pdf_columns import widen_gaps
from parsers.pdf_drawing import Drawing
from parsers.pdf_layout import lines_of
from parsers.reading import Box, Word

LEFT, RIGHT, SPACE = 40.0, 200.0, 2.5


def row(top: float, reach: float, right: float = RIGHT) -> list[Word]:
    """A label that reaches so far, and its value."""
    gap = (right - reach) / SPACE
    return [
        Word("label", 1.0, box=Box(LEFT, top, reach, top + 10)),
        Word("value", gap, box=Box(right, top, right + 60, top + 10)),
    ]


def gap_of(middle: list[Word], beyond: float = RIGHT) -> float:
    rows = [row(0, 120), row(12, 150), middle, row(36, 100, beyond), row(48, 110)]
    widen_gaps(rows)
    return middle[1].gap


@pytest.mark.parametrize("reach", [RIGHT - SPACE, RIGHT - 2 * SPACE])
def test_a_label_that_fills_its_column_is_parted_from_its_value(reach: float) -> None:
    assert gap_of(row(24, reach)) > 3.4


def test_words_that_start_elsewhere_stay_together() -> None:
    assert gap_of(row(24, 130, 132.5)) == 1.0


def test_a_line_that_starts_elsewhere_stays_together() -> None:
    words = row(24, RIGHT - SPACE)
    words[0].box = Box(LEFT + 20, 24, RIGHT - SPACE, 34)
    assert gap_of(words) == 1.0


def test_two_wide_gaps_make_no_column() -> None:
    words = row(12, RIGHT - SPACE)
    widen_gaps([row(0, 120), words, row(24, 110)])
    assert words[1].gap == 1.0


@pytest.mark.parametrize(("before", "gap"), [("☎", 1.0), ("№", 0.0)])
def test_a_picture_that_its_font_draws_too_wide_is_joined_to_nothing(
    before: str, gap: float
) -> None:
    words = [
        Word(before, box=Box(LEFT, 0, LEFT + 12, 10)),
        Word("(000)", box=Box(LEFT + 12, 0, LEFT + 40, 10)),
    ]
    (only,) = lines_of(words, Drawing(), 1, 0, (595.0, 842.0))
    assert only.words[1].gap == gap
