"""Paints boxes on the picture of a page, and beside it what each of them is."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from opika.errors import UnreadableFileError
from parsers.reading import Box

_LEGEND = 380
"""Pixels beside the page for the names of the fields."""
_ROW, _EDGE, _SIZE = 22, 10, 14
_LONG = 44
"""Letters that still find room beside the page in the larger size."""
_SURE, _DOUBTFUL, _QUIET = (0, 105, 60), (200, 0, 0), (110, 110, 110)
_FONTS = {
    "sans": ("DejaVuSans.ttf", "LiberationSans-Regular.ttf"),
    "mono": ("DejaVuSansMono.ttf", "LiberationMono-Regular.ttf"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One field to be shown.

    Attributes:
        label: what it is called.
        confidence: 0..1.
        review: a clerk must look at it.
        box: where it stands on its page in points; None where that is not known.
        text: what was read there; empty where it is no text.
        note: what a clerk must know besides.
    """

    label: str
    confidence: float
    review: bool
    box: Box | None
    text: str
    note: str = ""


def paint(page: Image.Image, scale: float, marks: Sequence[Mark]) -> bytes:
    """The PNG of a page: each field's box and number, and its name and confidence beside.

    Args:
        page: the page's picture.
        scale: its pixels in a point.
        marks: what stands on it.
    """
    canvas = Image.new("RGB", (page.width + _LEGEND, page.height), "white")
    canvas.paste(page, (0, 0))
    ink = ImageDraw.Draw(canvas, "RGBA")
    ink.line([(page.width, 0), (page.width, page.height)], fill=_QUIET)
    rows = _rows([_height(mark, scale) for mark in marks], page.height)
    downwards = sorted(marks, key=lambda mark: _height(mark, scale))
    numbered = list(enumerate(downwards, start=1))
    for number, mark in sorted(numbered, key=lambda one: one[1].review):
        if mark.box:
            alike = [str(n) for n, other in numbered if other.box == mark.box]
            _frame(ink, mark.box, scale, " ".join(alike), _colour(mark))
            _lead(ink, mark, scale, (page.width + _EDGE, rows[number - 1] + _SIZE // 2))
        _name(ink, mark, number, (page.width + _EDGE, rows[number - 1]))
    out = io.BytesIO()
    canvas.save(out, "PNG", optimize=False)
    return out.getvalue()


def _colour(mark: Mark) -> tuple[int, int, int]:
    return _DOUBTFUL if mark.review else _SURE


def _height(mark: Mark, scale: float) -> float:
    """Where a field's row should stand; what has no box comes last."""
    return mark.box.top * scale if mark.box else float("inf")


def _rows(wanted: list[float], height: int) -> list[int]:
    """The height of each row beside the page: near its box, none over another."""
    rows: list[int] = []
    last = height - _ROW * len(wanted) - _EDGE
    for number, top in enumerate(sorted(wanted)):
        least = rows[-1] + _ROW if rows else _EDGE
        most = max(last + _ROW * number, least)
        rows.append(int(min(max(top, least), most)))
    return rows


def _frame(
    ink: ImageDraw.ImageDraw, box: Box, scale: float, tag: str, colour: tuple[int, int, int]
) -> None:
    left, top, right, bottom = (side * scale for side in box)
    sides = (left - 2, top - 2, max(right, left) + 2, max(bottom, top) + 2)
    ink.rectangle(sides, outline=colour, fill=(*colour, 22), width=2)
    small = font("sans", 11)
    wide = ink.textlength(tag, small) + 4
    ink.rectangle((left - 2 - wide, top - 2, left - 2, top + 12), fill=colour)
    ink.text((left - wide, top - 2), tag, fill="white", font=small)


def _lead(ink: ImageDraw.ImageDraw, mark: Mark, scale: float, to: tuple[float, float]) -> None:
    """A thin line from a box to its name."""
    if mark.box:
        half = min(6.0, (mark.box.bottom - mark.box.top) / 2)
        start = (mark.box.right * scale + 2, (mark.box.top + half) * scale)
        ink.line([start, to], fill=(*_colour(mark), 90), width=1)


def _name(ink: ImageDraw.ImageDraw, mark: Mark, number: int, at: tuple[float, float]) -> None:
    text = f"{number}. {mark.label} {mark.confidence:.0%}{mark.note}"
    size = _SIZE if len(text) < _LONG else _SIZE - 3
    ink.text(at, text, fill=_colour(mark), font=font("sans", size))


@lru_cache(maxsize=8)
def font(kind: str, size: int) -> ImageFont.FreeTypeFont:
    """A font with Ukrainian letters: "sans", or "mono" whose letters are of one width.

    Raises:
        UnreadableFileError: this system has none.
    """
    for name in _FONTS[kind]:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    raise UnreadableFileError(
        "no font with Ukrainian letters",
        clerk_message="На комп’ютері немає шрифту з українськими літерами "
        "(пакет fonts-dejavu-core або fonts-liberation).",
    )
