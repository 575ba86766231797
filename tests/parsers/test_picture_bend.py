"""The page of a curled sheet is made level by its own lines, and doubted where that fails."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from parsers import scan
from parsers.ocr import recognise
from parsers.pdf_layout import lines_of
from parsers.picture import Picture, Pixels
from parsers.picture_bend import is_bent, slopes_of, straightened

FONT = ImageFont.truetype("/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf", 34)
DPI = 200.0
WORDS = [
    "Вигаданий",
    "рядок",
    "служить",
    "тут",
    "лише",
    "для",
    "порівняння",
    "слів",
    "що",
    "стоять",
    "на",
    "зігнутому",
    "папері",
]
ROWS = [" ".join(WORDS[n % 12 :] + WORDS[: n % 12]) for n in range(26)]


@pytest.fixture(scope="module")
def flat() -> Pixels:
    """Lines of text below each other."""
    page = Image.new("L", (1654, 2339), 255)
    for number, row in enumerate(ROWS):
        ImageDraw.Draw(page).text((120, 100 + 80 * number), row, 0, FONT)
    return np.asarray(page, np.uint8)


@pytest.fixture(scope="module")
def curled(flat: Pixels) -> Pixels:
    """The same, rising to the right the more the further."""
    tall, wide = flat.shape
    y, x = np.mgrid[0:tall, 0:wide]
    rise = (26 * (x / wide) ** 2).astype(int)
    return np.asarray(flat[np.clip(y + rise - 20, 0, tall - 1), x], np.uint8)


def test_a_flat_page_is_not_bent(flat: Pixels) -> None:
    assert not is_bent(slopes_of(recognise(flat, DPI)))


def test_few_words_tell_nothing_of_a_page(curled: Pixels) -> None:
    assert not is_bent(slopes_of(recognise(curled, DPI)[:9]))


def test_a_curled_page_is_made_level(curled: Pixels) -> None:
    slopes = slopes_of(recognise(curled, DPI))
    assert is_bent(slopes)
    level = slopes_of(recognise(straightened(curled, slopes), DPI))
    assert np.percentile(np.abs(level[:, 2]), 90) < 0.4 * np.percentile(np.abs(slopes[:, 2]), 90)


def test_a_curled_page_is_read_line_by_line(curled: Pixels) -> None:
    words, drawing = scan.read_page(Picture(curled, DPI))
    lines = lines_of(words, drawing, 1, 0)
    assert [line.text for line in lines] == ROWS


def test_a_page_that_stays_bent_is_doubted(curled: Pixels, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "straightened", lambda pixels, _: pixels)
    monkeypatch.setattr(scan, "skew", lambda _: 0.0)
    words, _ = scan.read_page(Picture(curled, DPI))
    assert max(word.confidence for word in words) < 0.87
