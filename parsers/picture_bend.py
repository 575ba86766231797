"""Straightens the page of a curled sheet by the slopes of its own lines of text."""

from __future__ import annotations

import itertools

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.ocr import Seen
from parsers.picture import Pixels

_LEAST_PAIRS = 40
"""So many neighbouring words tell the shape of a page."""
_BENT = 0.01
"""Rise of a tenth of a page's lines, in pixels a pixel, from which on it lies not flat."""
_GAP = 2.0
"""In heights of a line: neighbours stand no further apart."""
_ALIKE = 0.2
"""By how much the sizes of two words of one line differ."""
_STRAY = 3.0
"""Slopes further from the fitted ones, in usual distances, are misread."""

Slopes = NDArray[np.float64]
"""Rows of x, y and the slope there, in pixels."""


def slopes_of(seen: list[Seen]) -> Slopes:
    """How the lines of a page rise and fall from word to word."""
    rows = [
        (
            (_middle(one) + _middle(other)) / 2,
            (one.base + other.base) / 2,
            (other.base - one.base) / (_middle(other) - _middle(one)),
        )
        for one, other in itertools.pairwise(seen)
        if _are_neighbours(one, other)
    ]
    return np.array(rows, np.float64).reshape(-1, 3)


def is_bent(slopes: Slopes) -> bool:
    """Whether a page lies so that its lines run neither level nor side by side."""
    if len(slopes) < _LEAST_PAIRS:
        return False
    return float(np.percentile(np.abs(slopes[:, 2]), 90)) > _BENT


def straightened(pixels: Pixels, slopes: Slopes) -> Pixels:
    """A page moved up and down from place to place until the lines with such slopes are level."""
    height, width = pixels.shape
    weights = _fitted(slopes, width, height)
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    u, v = x / width * 2 - 1, y / height * 2 - 1
    # What the slopes add up to from the middle of the page on.
    sums = (u, u**2 / 2, u * v, u**2 * v / 2, u**3 / 3, u**3 * v / 3, u**4 / 4)
    moved = sum(weight * term for weight, term in zip(weights, sums, strict=True))
    source = np.asarray(y + np.asarray(moved, np.float32) * (width / 2), np.float32)
    flat = cv2.remap(
        pixels, x, source, cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=255
    )
    return np.asarray(flat, np.uint8)


def _fitted(slopes: Slopes, width: int, height: int) -> list[float]:
    """The weights of a smooth field of slopes, without those that are far from it."""
    kept = slopes
    for _ in range(3):
        u, v = kept[:, 0] / width * 2 - 1, kept[:, 1] / height * 2 - 1
        terms = np.stack([np.ones_like(u), u, v, u * v, u**2, u**2 * v, u**3], axis=1)
        weights = np.linalg.lstsq(terms, kept[:, 2], rcond=None)[0]
        far = np.abs(terms @ weights - kept[:, 2])
        near = far <= _STRAY * max(float(np.median(far)), 1e-4)
        if near.all() or near.sum() < _LEAST_PAIRS:
            break
        kept = kept[near]
    return [float(weight) for weight in weights]


def _middle(word: Seen) -> float:
    return (word.place.left + word.place.right) / 2


def _are_neighbours(one: Seen, other: Seen) -> bool:
    """Whether two words stand side by side on one line of one print."""
    gap = other.place.left - one.place.right
    return (
        0 < gap < _GAP * one.size
        and abs(one.size - other.size) < _ALIKE * one.size
        and abs(other.base - one.base) < 0.5 * one.size
    )
