"""Shapes of ink are measured as OpenCV measures them."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from parsers.picture import Pixels
from parsers.picture_shapes import frames_of, shapes_of


def _noise(share: float, size: tuple[int, int] = (120, 90)) -> Pixels:
    drawn = np.random.default_rng(7).random(size) < share
    return np.where(drawn, np.uint8(255), np.uint8(0))


def _rings() -> Pixels:
    """Shapes in the holes of shapes, some at the very edge."""
    page = np.zeros((80, 80), np.uint8)
    for inset in (0, 6, 12, 20):
        cv2.rectangle(page, (inset, inset), (79 - inset, 79 - inset), 255, 1)
    return page


PAGES = [_noise(share) for share in (0.02, 0.2, 0.45, 0.9)] + [_rings()]


@pytest.mark.parametrize("ink", PAGES)
def test_shapes_are_measured_as_opencv_measures_them(ink: Pixels) -> None:
    expected = cv2.connectedComponentsWithStats(ink, connectivity=8)[2][1:]

    shapes = shapes_of(ink)

    assert np.array_equal(shapes.frames, expected[:, :4])
    assert np.array_equal(shapes.areas, expected[:, cv2.CC_STAT_AREA])


@pytest.mark.parametrize("ink", PAGES)
def test_frames_are_those_of_all_shapes_also_within_holes(ink: Pixels) -> None:
    expected = cv2.connectedComponentsWithStats(ink, connectivity=8)[2][1:, :4]

    assert sorted(frames_of(ink)) == sorted(map(tuple, expected.tolist()))


@pytest.mark.parametrize("ink", PAGES)
def test_the_shapes_that_are_drawn_are_the_chosen_ones(ink: Pixels) -> None:
    labels, stats = cv2.connectedComponentsWithStats(ink, connectivity=8)[1:3]
    large = stats[:, cv2.CC_STAT_AREA] > 3
    large[0] = False
    shapes = shapes_of(ink)

    drawn = shapes.drawn(shapes.areas > 3)

    assert np.array_equal(drawn > 0, large[labels])


def test_an_empty_page_has_no_shapes() -> None:
    paper = np.zeros((20, 30), np.uint8)

    assert shapes_of(paper).count == 0
    assert frames_of(paper) == []
    assert not shapes_of(paper).drawn(np.zeros(0, np.bool_)).any()
