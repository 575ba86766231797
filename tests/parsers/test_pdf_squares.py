"""Check boxes as other programs draw them: with round corners, twice, as four rules, as a ring."""

from __future__ import annotations

import pytest

from parsers.pdf import read_pdf
from parsers.reading import EMPTY_BOX, TICKED_BOX, Emphasis
from tests.parsers.pdffile import pdf, shown, words

SIDE, ROUND = 9.0, 1.5
LABEL = shown("orally", 120, 200)


def rounded(x: float, y: float, side: float = SIDE, corner: float = ROUND) -> str:
    """A closed path with round corners, from its lower left one."""
    far_x, far_y = x + side, y + side
    return (
        f"{x + corner} {y} m {far_x - corner} {y} l {far_x} {y} {far_x} {y} {far_x} {y + corner} c "
        f"{far_x} {far_y - corner} l {far_x} {far_y} {far_x} {far_y} {far_x - corner} {far_y} c "
        f"{x + corner} {far_y} l {x} {far_y} {x} {far_y} {x} {far_y - corner} c "
        f"{x} {y + corner} l {x} {y} {x} {y} {x + corner} {y} c h "
    )


def rules(x: float, y: float, side: float = SIDE, width: float = 0.6) -> str:
    """Four thin rectangles of ink."""
    return "0 g " + "".join(
        f"{left} {low} {wide} {tall} re f "
        for left, low, wide, tall in (
            (x, y, side, width),
            (x, y + side - width, side, width),
            (x, y, width, side),
            (x + side - width, y, width, side),
        )
    )


TICK = "1.2 w 102 204 m 104 201 l 107 207 l S "
WHITE, BLUE = "1 g ", "0 0.46 1 rg "
EMPTY = WHITE + rounded(100, 200) + "f 0.4 G " + rounded(99.5, 199.5, SIDE + 1) + "S "
TICKED = EMPTY + BLUE + rounded(100, 200) + "f " + TICK


@pytest.mark.parametrize(
    ("drawn", "box"),
    [
        pytest.param(EMPTY, EMPTY_BOX, id="border round its ground"),
        pytest.param(TICKED, TICKED_BOX, id="tick on blue"),
        pytest.param(
            rounded(100, 200) + rounded(101, 201, SIDE - 2) + "f* ", EMPTY_BOX, id="hollow"
        ),
        pytest.param("0 g " + rounded(100, 200) + "f ", TICKED_BOX, id="filled"),
        pytest.param(rounded(100, 200, corner=SIDE / 2) + "S ", EMPTY_BOX, id="circle"),
        pytest.param(rules(100, 200), EMPTY_BOX, id="four rules"),
        pytest.param(rules(100, 200) + shown("x", 102, 201, 8), TICKED_BOX, id="letter in rules"),
        pytest.param(rules(100, 200) + TICK, TICKED_BOX, id="tick in rules"),
    ],
)
def test_a_box_is_one_box_however_it_is_drawn(drawn: str, box: str) -> None:
    assert words(pdf(drawn + "0 g " + LABEL)) == [box, "orally"]


@pytest.mark.parametrize(
    "stroke",
    ["100 200 m 109 209 l 100 209 m 109 200 l S ", TICK],
    ids=["cross of two lines in one path", "tick"],
)
def test_a_stroke_without_a_box_is_none(stroke: str) -> None:
    assert words(pdf(stroke + LABEL)) == ["orally"]


def test_rules_of_a_larger_frame_are_no_box() -> None:
    assert words(pdf(rules(90, 180, 60) + LABEL)) == ["orally"]


def test_a_painted_ring_makes_the_word_in_it_stand_out() -> None:
    ring = rounded(110, 194, 18, 8) + rounded(111, 195, 16, 7)
    wide = "1 0 0 1 -240 0 cm 3 0 0 1 0 0 cm " + ring + "f* "
    data = pdf(f"q {wide} Q 0 g " + shown("orally", 97, 200) + shown("plainly", 200, 200))
    looks = {word.text: word.emphasis for line in read_pdf(data).lines for word in line.words}
    assert looks == {"orally": Emphasis.HIGHLIGHT, "plainly": Emphasis.NONE}
