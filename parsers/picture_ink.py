"""Parts ink from paper: even light, no shadows, coloured stamps and signatures taken off the text."""

from __future__ import annotations

import cv2
import numpy as np

from parsers.picture import Pixels
from parsers.picture_shapes import shapes_of

_INK_BELOW, _FAINT_BELOW = 165, 195
"""Brightness, of 255 for paper, below which a pixel counts as ink, or as a thin pale line."""
_BLANK_BELOW = 4e-5
"""The part of a page that is ink when a word of four letters stands on it."""
_COLOURED = 45
"""How far apart a pixel's colours are that is no black ink."""
_TALL_MM = 6.5
"""A coloured shape taller than this is no line of typed text."""
_BLACK = 110
"""A pixel whose brightest colour is below this is black print, even under a stamp."""


def even_light(pixels: Pixels) -> Pixels:
    """The page on white paper: each colour divided by the paper's own at that place."""
    if pixels.ndim == 3:
        return np.dstack([_even(np.ascontiguousarray(pixels[:, :, n])) for n in range(3)])
    return _even(pixels)


def _even(channel: Pixels) -> Pixels:
    height, width = channel.shape
    scale = 400 / max(height, width)
    small = cv2.resize(channel, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    # What is written is thinner than the kernel: the brightest near it is the paper.
    paper = cv2.dilate(small, np.ones((9, 9), np.uint8))
    paper = cv2.GaussianBlur(cv2.medianBlur(paper, 15), (0, 0), 8)
    paper = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(channel, np.maximum(paper, 40), scale=255), np.uint8)


def grey_of(pixels: Pixels) -> Pixels:
    """The page in grey."""
    if pixels.ndim == 2:
        return pixels
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)


def without_colours(pixels: Pixels, dpi: float) -> Pixels:
    """The page in grey, its large coloured shapes (stamps, signatures) lifted off the black text."""
    grey = grey_of(pixels)
    if pixels.ndim == 2:
        return grey
    red, green, blue = cv2.split(pixels)
    brightest = cv2.max(cv2.max(red, green), blue)
    darkest = cv2.min(cv2.min(red, green), blue)
    coloured = cv2.threshold(cv2.subtract(brightest, darkest), _COLOURED, 1, cv2.THRESH_BINARY)[1]
    if not coloured.any():
        return grey
    lifted = _tall_shapes(np.asarray(coloured, np.uint8), dpi) & (brightest >= _BLACK)
    return np.where(lifted, np.uint8(255), grey)


def _tall_shapes(coloured: Pixels, dpi: float) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Where coloured shapes stand that are taller than a line of text."""
    mm = dpi / 25.4
    reach = max(round(0.6 * mm), 1) * 2 + 1
    grown = cv2.dilate(coloured, np.ones((reach // 2 + 1, reach), np.uint8))
    shapes = shapes_of(np.asarray(grown, np.uint8))
    return shapes.drawn(shapes.frames[:, 3] > _TALL_MM * mm) > 0


def ink_of(grey: Pixels, *, faint: bool = False) -> Pixels:
    """White where something is written, black where not; ``faint``: thin pale lines count too."""
    below = _FAINT_BELOW if faint else _INK_BELOW
    return np.asarray(cv2.threshold(grey, below, 255, cv2.THRESH_BINARY_INV)[1], np.uint8)


def is_blank(ink: Pixels) -> bool:
    """Whether a page holds less ink than a single short word does."""
    return cv2.countNonZero(ink) < _BLANK_BELOW * ink.size


def without_specks(ink: Pixels, dpi: float) -> Pixels:
    """The ink without what is smaller than a dot of a letter."""
    least = max(3, round((0.16 * dpi / 25.4) ** 2))
    shapes = shapes_of(ink)
    return shapes.drawn(shapes.areas >= least)
