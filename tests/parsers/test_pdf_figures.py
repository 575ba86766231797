"""Letters that look like figures, on a page whose file tells its figures but not its letters."""

from __future__ import annotations

import pytest

from parsers.pdf_sanity import mend_figures
from parsers.reading import Box, Word

SURE = "05.03.2026 №17/26 380 26"


def page(text: str) -> list[Word]:
    return [
        Word(word, box=Box(60.0 * n, 100, 60.0 * n + 50, 110))
        for n, word in enumerate(text.split())
    ]


def mended(seen: str, told: str, sure: str = SURE) -> str:
    words = page(f"{SURE} {seen}")
    mend_figures(words, page(f"{sure} {told}"))
    return " ".join(word.text for word in words[len(SURE.split()) :])


@pytest.mark.parametrize(
    ("seen", "told", "read"),
    [
        ("1226/38.", "1225/38____", "122б/38."),
        ("16.", "15", "1б."),
        ("16.", "16____", "16."),
        ("буд. 66", "5G8. 65", "буд. 6б"),
        ("126", "1 25", "126"),
        ("127", "125", "127"),
    ],
)
def test_what_the_file_does_not_call_a_six_is_a_letter(seen: str, told: str, read: str) -> None:
    assert mended(seen, told) == read


def test_a_file_that_tells_no_figure_rightly_mends_none() -> None:
    assert mended("1226", "1225", "16.14.3137 №28/37 491 37") == "1226"
