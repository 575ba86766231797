"""What hands put on a printed sheet: ticks with a pen, signatures, seals, another office's stamp."""

from __future__ import annotations

import math
from pathlib import Path
from random import Random

import cv2
import numpy as np
import pdfplumber
from PIL import Image, ImageChops, ImageDraw, ImageFont

from .facts import Facts

Point = tuple[float, float]
# A page, then left, top, right, bottom in points from the upper left.
Place = tuple[int, float, float, float, float]
PENS = ((28, 44, 140), (20, 20, 26), (58, 66, 170))
SEAL_INK = (70, 74, 172)
SANS = "LiberationSans-Regular.ttf"
HAND = "LiberationSerif-Italic.ttf"
STROKES: dict[str, tuple[tuple[Point, ...], ...]] = {
    "tick": (((0.05, 0.55), (0.38, 0.95), (0.62, 0.4), (1.15, -0.35)),),
    "vee": (((-0.35, -0.3), (0.1, 0.5), (0.42, 1.2), (0.75, 0.2), (1.5, -0.9)),),
    "cross": (((-0.12, -0.1), (0.5, 0.5), (1.1, 1.12)), ((1.12, -0.12), (0.5, 0.45), (-0.1, 1.08))),
    "filled": tuple(((0.12, 0.1 + n / 9), (0.9, 0.06 + n / 9), (0.12, 0.16 + n / 9)) for n in range(8)),
}  # fmt: skip


def places(path: Path) -> dict[str, Place]:
    """The named places of a printed sheet, in points."""
    found: dict[str, Place] = {}
    with pdfplumber.open(path) as document:
        for number, page in enumerate(document.pages):
            for link in page.hyperlinks:
                name = str(link["uri"]).rstrip("/").rsplit("/", 1)[-1]
                box = (link["x0"], link["top"], link["x1"], link["bottom"])
                found.setdefault(name, (number, *box))
    return found


def _stroke(page: Image.Image, points: list[Point], ink: tuple[int, int, int], width: int) -> Image.Image:  # fmt: skip
    """A pen's line through the points, rounded as a hand rounds it."""
    canvas = np.asarray(page).copy()
    knots = np.array(points)
    steps = np.linspace(0, len(knots) - 1, 40)
    curve = np.stack([np.interp(steps, range(len(knots)), knots[:, axis]) for axis in (0, 1)], 1)
    for axis in (0, 1):
        curve[1:-1, axis] = (curve[:-2, axis] + curve[1:-1, axis] + curve[2:, axis]) / 3
    line = np.round(curve * 8).astype(np.int32).reshape(-1, 1, 2)
    cv2.polylines(canvas, [line], False, ink, width, cv2.LINE_AA, 3)
    return Image.fromarray(canvas)


def ticked(rng: Random, pages: list[Image.Image], path: Path, facts: Facts, way: str, dpi: int) -> None:  # fmt: skip
    """The boxes that the truth ticks, ticked with one pen.

    Raises:
        KeyError: where a box is not on the paper.
    """
    known, ink = places(path), rng.choice(PENS)
    for key in filter(None, (facts.received_via, *facts.reporter_kinds)):
        number, left, top, right, bottom = known[key]
        size = min(right - left, bottom - top) * dpi / 72
        middle = ((left + right) / 2 * dpi / 72, (top + bottom) / 2 * dpi / 72)
        x, y = (at - size / 2 + rng.uniform(-0.1, 0.1) * size for at in middle)
        for stroke in STROKES[way]:
            jitter = [(rng.uniform(-0.06, 0.06), rng.uniform(-0.06, 0.06)) for _ in stroke]
            points = [
                (x + (a + da) * size, y + (b + db) * size)
                for (a, b), (da, db) in zip(stroke, jitter, strict=True)
            ]
            pages[number] = _stroke(pages[number], points, ink, max(2, dpi // 75))


def signed(rng: Random, pages: list[Image.Image], path: Path, dpi: int, *, seal: bool) -> None:
    """A signature on its line, and a round seal over it."""
    number, left, _, _, bottom = places(path)["sign"]
    x, y = (left + 120) * dpi / 72, bottom * dpi / 72
    loops = [
        (x + n * dpi / 28, y - dpi * 0.07 + dpi * 0.11 * math.sin(n * 1.9) * (1 - n / 30))
        for n in range(22)
    ]
    pages[number] = _stroke(pages[number], loops, rng.choice(PENS), max(2, dpi // 90))
    if not seal:
        return
    layer = Image.new("RGB", pages[number].size, (255, 255, 255))
    draw, size = ImageDraw.Draw(layer), int(dpi * 1.55)
    x0, y0 = int(x + dpi * rng.uniform(0.2, 0.7)), int(y - size * rng.uniform(0.3, 0.45))
    for inset in (0, size // 26, size // 4):
        ends = (x0 + inset, y0 + inset, x0 + size - inset, y0 + size - inset)
        draw.ellipse(ends, outline=SEAL_INK, width=max(2, dpi // 95))
    font = ImageFont.truetype(SANS, size // 11)
    draw.text((x0 + size / 2, y0 + size / 2), "№ 1", fill=SEAL_INK, font=font, anchor="mm")
    for n, sign in enumerate("УКРАЇНА * ПЕЧАТКА УСТАНОВИ * "):
        angle = math.tau * n / 29
        at = (x0 + size / 2 * (1 + 0.72 * math.cos(angle)), y0 + size / 2 * (1 + 0.72 * math.sin(angle)))  # fmt: skip
        draw.text(at, sign, fill=SEAL_INK, font=font, anchor="mm")
    pages[number] = ImageChops.multiply(pages[number], layer)


def stamped(rng: Random, page: Image.Image, dpi: int) -> Image.Image:
    """The stamp of another office in the empty corner, its own number and date in it."""
    mark = Image.new("RGB", (int(dpi * 2.2), int(dpi * 0.75)), (255, 255, 255))
    draw = ImageDraw.Draw(mark)
    draw.rectangle(
        (2, 2, mark.width - 3, mark.height - 3), outline=SEAL_INK, width=max(2, dpi // 90)
    )
    printed, pen = ImageFont.truetype(SANS, dpi // 9), ImageFont.truetype(HAND, dpi // 6)
    draw.text(
        (dpi * 0.08, dpi * 0.06), "Загальний відділ\nВхід. №\nДата", fill=SEAL_INK, font=printed
    )
    number, day = (
        f"{rng.randint(1200, 4900)}/03",
        f"{rng.randint(10, 28)}.0{rng.randint(2, 9)}.2026",
    )
    draw.text((dpi * 0.78, dpi * 0.17), number, fill=PENS[0], font=pen)
    draw.text((dpi * 0.6, dpi * 0.4), day, fill=PENS[0], font=pen)
    turned = mark.rotate(
        rng.uniform(-4, 4), Image.Resampling.BICUBIC, True, fillcolor=(255, 255, 255)
    )
    layer = Image.new("RGB", page.size, (255, 255, 255))
    layer.paste(turned, (int(dpi * rng.uniform(0.5, 0.9)), int(dpi * rng.uniform(0.2, 0.4))))
    return ImageChops.multiply(page, layer)
