"""What happened to a sheet of the part ``prints`` before and while a machine looked at it."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from . import prints_ink as ink
from .convert import page_pictures
from .facts import Facts
from .pictures import SAVERS, Machine, see
from .prints_makers import need

Pixels = NDArray[np.uint8]
Colour = tuple[int, int, int]
TABLES = ((52, 40, 34), (38, 40, 44), (70, 52, 38))


@dataclass(frozen=True)
class Paper:
    """A machine, and what the sheet went through.

    Attributes:
        ticks: the way of ticking with a pen, or "".
        sign, seal, stamp: a signature, a round seal over it, another office's stamp.
        faint: share of the toner that is missing; ``copied``: it is a copy of a copy.
        table: the sheet lies on a dark table and is photographed askew; ``curl``: the height of
            its wave, as a share of the page.
        staple: the shadow of a staple; ``back``: an empty back page was scanned too.
        kinds: the files that this machine writes.
    """

    machine: Machine
    ticks: str = ""
    sign: bool = False
    seal: bool = False
    stamp: bool = False
    faint: float = 0.0
    copied: bool = False
    table: bool = False
    curl: float = 0.0
    staple: bool = False
    back: bool = False
    kinds: tuple[str, ...] = ("pdf", "jpg", "pdf", "tiff")


def scanned(rng: Random, pdf: bytes, paper: Paper, facts: Facts | None) -> tuple[str, bytes]:
    """The printed file as this machine sees it: the suffix of the file and its bytes."""
    need("pdftoppm")
    dpi = paper.machine.dpi
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.pdf"
        path.write_bytes(pdf)
        shots = page_pictures(path, dpi, Path(folder))
        pages = [Image.open(shot).convert("RGB") for shot in shots]
        if paper.ticks and facts:
            ink.ticked(rng, pages, path, facts, paper.ticks, dpi)
        if paper.sign and facts:
            ink.signed(rng, pages, path, dpi, seal=paper.seal)
    if paper.stamp:
        pages[0] = ink.stamped(rng, pages[0], dpi)
    if paper.back:
        pages.append(Image.new("RGB", pages[0].size, (255, 255, 255)))
    table = rng.choice(TABLES)
    seen = [see(rng, paper.machine, worn(rng, page, paper, table)) for page in pages]
    kind = rng.choice(paper.kinds)
    if len(seen) > 1:
        kind = {"jpg": "pdf", "png": "tiff"}.get(kind, kind)
    return kind, SAVERS[kind](seen, paper.machine)


def worn(rng: Random, page: Image.Image, paper: Paper, table: Colour) -> Image.Image:
    """The sheet after everything that it went through before the lens."""
    pixels: Pixels = np.asarray(page).copy()
    grain = np.random.default_rng(rng.getrandbits(32))
    if paper.copied:
        pixels = _copied(grain, pixels)
    if paper.faint:
        pixels = _faint(grain, pixels, paper.faint)
    if paper.staple:
        pixels = _stapled(pixels, paper.machine.dpi)
    if paper.curl:
        pixels = _curled(pixels, paper.curl)
    if paper.table:
        pixels = _on_table(rng, pixels, table)
    return Image.fromarray(pixels)


def _copied(grain: np.random.Generator, pixels: Pixels) -> Pixels:
    """Once through a copier: thicker strokes, hard contrast, specks of its glass."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    soft = cv2.GaussianBlur(grey, (0, 0), 0.9).astype(np.float32)
    hard = np.clip((soft - 90) * 1.9, 0, 255)
    tall, wide = grey.shape
    for _ in range(60):
        at = (int(grain.integers(wide)), int(grain.integers(tall)))
        cv2.circle(hard, at, 1, 60.0, -1)
    return np.repeat(hard.astype(np.uint8)[:, :, None], 3, 2)


def _faint(grain: np.random.Generator, pixels: Pixels, share: float) -> Pixels:
    """A drum that runs out: paler in broad bands down the page."""
    tall, wide = pixels.shape[:2]
    bands = grain.random((3, 7)).astype(np.float32)
    missing = share * (0.6 + 0.4 * cv2.resize(bands, (wide, tall), interpolation=cv2.INTER_CUBIC))
    paler: Pixels = np.clip(255 - (255 - pixels) * (1 - missing[:, :, None]), 0, 255).astype(
        np.uint8
    )
    return paler


def _stapled(pixels: Pixels, dpi: int) -> Pixels:
    """A staple in the upper left corner and the shadow of the folded sheet."""
    for length, width, shade in ((0.45, dpi // 8, 225), (0.3, max(3, dpi // 45), 70)):
        end = (int(dpi * (0.3 + length)), int(dpi * (0.5 - length * 0.6)))
        layer = np.full_like(pixels, 255)
        cv2.line(layer, (int(dpi * 0.3), int(dpi * 0.5)), end, (shade, shade, shade), width, cv2.LINE_AA)  # fmt: skip
        pixels = np.minimum(pixels, cv2.GaussianBlur(layer, (0, 0), dpi / 100))
    return pixels


def _curled(pixels: Pixels, share: float) -> Pixels:
    """A sheet that does not lie flat: its lines run in a gentle wave, its valley is darker."""
    tall, wide = pixels.shape[:2]
    x, y = np.meshgrid(np.arange(wide, dtype=np.float32), np.arange(tall, dtype=np.float32))
    wave = np.sin(x / wide * np.pi * 1.3 + 0.4)
    moved = cv2.remap(pixels, x, y + wave * share * tall, cv2.INTER_CUBIC, borderValue=(250, 250, 250))  # fmt: skip
    shade = 1 - 0.16 * (0.5 + 0.5 * wave)
    bent: Pixels = (moved * shade[:, :, None]).astype(np.uint8)
    return bent


def _on_table(rng: Random, pixels: Pixels, table: Colour) -> Pixels:
    """Photographed by hand on a dark table: the sheet's four corners are somewhere in the picture."""
    tall, wide = pixels.shape[:2]
    edge = int(wide * 0.07)
    size = (wide + 2 * edge, tall + 2 * edge)
    corners = np.array([(0, 0), (wide, 0), (wide, tall), (0, tall)], dtype=np.float32)
    loose = np.array([[rng.uniform(-0.6, 0.6) * edge for _ in range(2)] for _ in range(4)])
    target = (corners + edge + loose).astype(np.float32)
    turn = cv2.getPerspectiveTransform(corners, target)
    return cv2.warpPerspective(pixels, turn, size, flags=cv2.INTER_CUBIC, borderValue=table)  # type: ignore[return-value]  # fmt: skip
