"""The connected shapes of a page of ink, measured by its few ink pixels alone.

OpenCV's own measuring of shapes goes through every pixel of the paper too, which takes five times
as long, and a page is measured about ten times.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.picture import Pixels

Numbers = NDArray[np.int32]


@dataclass(frozen=True)
class Shapes:
    """The connected shapes of a page, numbered from 0; pixels that touch at a corner belong together.

    Attributes:
        page: the height and width of the page.
        count: how many there are.
        x: the column of each pixel of ink.
        y: its row.
        shape: to which shape it belongs.
    """

    page: tuple[int, int]
    count: int
    x: Numbers
    y: Numbers
    shape: Numbers

    @cached_property
    def areas(self) -> NDArray[np.int64]:
        """The pixels of each shape."""
        return np.bincount(self.shape, minlength=self.count)

    @cached_property
    def frames(self) -> Numbers:
        """The left edge, upper edge, width and height of each shape, in pixels."""
        frames = np.zeros((self.count, 4), np.int32)
        left = np.full(self.count, self.page[1], np.int32)
        right, top, bottom = (np.zeros(self.count, np.int32) for _ in range(3))
        np.minimum.at(left, self.shape, self.x)
        np.maximum.at(right, self.shape, self.x)
        # The pixels come row by row: the last one written stays.
        top[self.shape[::-1]] = self.y[::-1]
        bottom[self.shape] = self.y
        frames[:, 0], frames[:, 1] = left, top
        frames[:, 2], frames[:, 3] = right - left + 1, bottom - top + 1
        return frames

    def drawn(self, chosen: NDArray[np.bool_]) -> Pixels:
        """A page with the ink of some shapes alone."""
        page = np.zeros(self.page, np.uint8)
        own = chosen[self.shape]
        page[self.y[own], self.x[own]] = 255
        return page


def shapes_of(ink: Pixels) -> Shapes:
    """The shapes of a page of ink."""
    count, labels = cv2.connectedComponents(ink, connectivity=8)
    points = cv2.findNonZero(ink)
    # Nothing is found on an empty page.
    pairs = np.reshape(points, (-1, 2)) if count > 1 else np.zeros((0, 2), np.int32)
    x, y = np.ascontiguousarray(pairs.T)
    height, width = ink.shape
    return Shapes((height, width), count - 1, x, y, np.asarray(labels[y, x] - 1, np.int32))


def frames_of(ink: Pixels) -> list[tuple[int, int, int, int]]:
    """The left edge, upper edge, width and height of each shape, the upper shapes first."""
    contours, nested = cv2.findContours(ink, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    if not contours:
        return []
    # What has a contour round it is the edge of a hole; a shape within a hole has none.
    outer = (np.reshape(nested, (-1, 4))[:, 3] < 0).tolist()
    frames = [cv2.boundingRect(contour) for contour in itertools.compress(contours, outer)]
    return sorted(((left, top, wide, tall) for left, top, wide, tall in frames), key=_from_top)


def _from_top(frame: tuple[int, int, int, int]) -> tuple[int, int]:
    return frame[1], frame[0]
