"""From a form's PDF to what came out of a scanner, a fax or a phone."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image, ImageDraw

from .convert import page_pictures
from .facts import Facts
from .labels import KINDS, VIA
from .pictures import SAVERS, Machine, see

BOX = "□"
INKS = ((30, 40, 130), (20, 20, 20), (60, 60, 160))


@dataclass(frozen=True)
class Spot:
    """A printed box on a page: its corners in points, from the upper left."""

    page: int
    box: tuple[float, float, float, float]


def printed_boxes(path: Path) -> list[Spot]:
    """The empty boxes of a PDF in reading order."""
    return list(_spots(pypdfium2.PdfDocument(path)))


def _spots(document: pypdfium2.PdfDocument) -> Iterator[Spot]:
    for number, page in enumerate(document):
        text_page, height = page.get_textpage(), page.get_height()
        text = text_page.get_text_range()
        for index in (i for i in range(text_page.count_chars()) if text[i : i + 1] == BOX):
            left, bottom, right, top = text_page.get_charbox(index)
            yield Spot(number, (left, height - top, right, height - bottom))


def chosen_spots(spots: list[Spot], facts: Facts) -> list[Spot]:
    """The boxes that the form's truth ticks."""
    keys = (*VIA, *KINDS)
    chosen = {facts.received_via, *facts.reporter_kinds}
    if len(spots) != len(keys):
        raise ValueError(f"{len(spots)} boxes printed, {len(keys)} expected")
    return [spot for spot, key in zip(spots, keys, strict=True) if key in chosen]


def tick(rng: Random, page: Image.Image, spot: Spot, dpi: int, way: str) -> None:
    """A tick or a cross by hand in a printed box, a little beside it as hands do."""
    scale = dpi / 72
    left, top, right, bottom = (value * scale for value in spot.box)
    size = max(right - left, bottom - top)
    shift = [rng.uniform(-0.12, 0.12) * size for _ in range(2)]
    x, y = left + shift[0], top + shift[1]
    draw, ink, width = ImageDraw.Draw(page), rng.choice(INKS), max(2, dpi // 70)
    if way == "cross":
        for a, b in (((-0.1, -0.2), (1.1, 1.1)), ((1.2, -0.1), (-0.1, 1.2))):
            ends = [(x + dx * size, y + dy * size) for dx, dy in (a, b)]
            draw.line(ends, fill=ink, width=width)
        return
    points = [(0.0, 0.5), (0.4, 1.1), (0.6, 0.7), (1.3, -0.6)]
    draw.line([(x + dx * size, y + dy * size) for dx, dy in points], fill=ink, width=width)


def scanned(
    rng: Random, path: Path, machine: Machine, kind: str, by_hand: tuple[str, Facts] | None
) -> tuple[str, bytes]:
    """The PDF's pages as the machine sees them: the suffix of the file and its bytes.

    ``by_hand``: the way of ticking and the facts, where the boxes were ticked with a pen.
    """
    with tempfile.TemporaryDirectory() as folder:
        paths = page_pictures(path, machine.dpi, Path(folder))
        pages = [Image.open(picture).convert("RGB") for picture in paths]
    if by_hand:
        way, facts = by_hand
        for spot in chosen_spots(printed_boxes(path), facts):
            tick(rng, pages[spot.page], spot, machine.dpi, way)
    if len(pages) > 1:
        kind = {"jpg": "tiff", "png": "pdf", "heic": "pdf"}.get(kind, kind)
    seen = [see(rng, machine, page) for page in pages]
    return kind, SAVERS[kind](seen, machine)
