"""Brings a picture of a page into the shape of a scan: the sheet alone, flat, upright, level."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.picture import Picture, Pixels

# Pages are mended side by side: threads within one page gain nothing.
cv2.setNumThreads(1)

A4_INCHES = 11.69
"""The longer side of a sheet, where nothing says how large it is."""
_SMALL = 900
"""Pixels of the longer side at which a page is looked at as a whole."""
FINE, _COARSE, _STRIP = 1400, 600, 4
"""The same where it is levelled, more and less finely; how wide the strips are that are compared."""
_LEAST_SHEET = 0.3
"""The least part of a photo that its sheet takes."""
_LEAST_TABLE = 0.015
"""The least part of a photo that shows what the sheet lies on; a scan shows none."""
_SEEN_EDGE = 0.15
"""The least part of a sheet's edge that must show."""
_RIM = 0.004
"""What is cut off a sheet's edges, as a part of its longer side."""
_MARGIN = 0.03
"""Where no text stands, as a part of a page's side."""
_MOST_SKEW = 6.0
"""Degrees by which a page lies askew at the most."""
_QUARTER_TURNS = {
    1: cv2.ROTATE_90_CLOCKWISE,
    2: cv2.ROTATE_180,
    3: cv2.ROTATE_90_COUNTERCLOCKWISE,
}
Corners = NDArray[np.float32]


def flatten(picture: Picture) -> Picture:
    """The sheet of a photo cut out and seen from straight above; a scan stays as it is."""
    corners = _sheet(picture.pixels)
    if corners is None:
        return picture
    wide = _mean_side(corners, (0, 1), (3, 2))
    tall = _mean_side(corners, (0, 3), (1, 2))
    size = (round(wide), round(tall))
    flat = np.array([[0, 0], [wide, 0], [wide, tall], [0, tall]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, flat)
    pixels = cv2.warpPerspective(
        picture.pixels, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    # The very edge is half paper, half table.
    rim = max(round(_RIM * max(size)), 1)
    inner = pixels[rim:-rim, rim:-rim]
    return Picture(np.ascontiguousarray(inner, np.uint8), None)


def turned(pixels: Pixels, quarters: int) -> Pixels:
    """The page after so many quarter turns clockwise."""
    quarters %= 4
    if not quarters:
        return pixels
    return np.asarray(cv2.rotate(pixels, _QUARTER_TURNS[quarters]), np.uint8)


def lies_sideways(ink: Pixels) -> bool:
    """Whether the lines of a page run from top to bottom.

    Args:
        ink: white where something is written, black elsewhere.
    """
    small = _inside(shrink(ink, _SMALL))
    across, down = (_ripple(small.mean(axis=axis)) for axis in (1, 0))
    return down > 1.3 * across


def skew(ink: Pixels) -> float:
    """Degrees by which the lines of an upright page fall to the right.

    Args:
        ink: white where something is written, black elsewhere.
    """
    fine = shrink(ink, FINE)
    coarse = _inside(shrink(fine, _COARSE))
    fine = _inside(fine)
    best = 0.0
    for small, reach, step in ((coarse, _MOST_SKEW, 0.5), (fine, 0.4, 0.1), (fine, 0.08, 0.02)):
        strips = _strips(small)
        angles = np.arange(best - reach, best + reach + step / 2, step)
        best = float(max(angles, key=lambda angle: _levelness(strips, float(angle))))
    return best


def levelled(pixels: Pixels, angle: float, scale: float, paper: int = 255) -> Pixels:
    """The page turned back by some degrees and made larger, in one step."""
    height, width = pixels.shape[:2]
    size = (round(width * scale), round(height * scale))
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, scale)
    matrix[:, 2] += (size[0] / 2 - width / 2, size[1] / 2 - height / 2)
    level = cv2.warpAffine(
        pixels,
        matrix,
        size,
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(paper, paper, paper),
    )
    return np.asarray(level, np.uint8)


def shrink(pixels: Pixels, side: int) -> Pixels:
    """The page with a longer side of at most so many pixels."""
    scale = side / max(pixels.shape[:2])
    if scale >= 1:
        return pixels
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8)


def _inside(small: Pixels) -> Pixels:
    """A page without its margins: what is left there of the table drowns the lines of text."""
    y, x = (round(_MARGIN * side) for side in small.shape)
    return np.ascontiguousarray(small[y : small.shape[0] - y, x : small.shape[1] - x])


def _ripple(profile: NDArray[np.float64]) -> float:
    """How sharply a profile rises and falls: text does so across its lines."""
    return float(np.square(np.diff(profile)).sum()) / max(float(profile.sum()), 1.0)


def _strips(small: Pixels) -> Pixels:
    """A page whose upright strips are a pixel wide each: within one no line climbs by a pixel."""
    height, width = small.shape
    size = (max(width // _STRIP, 1), height)
    return np.asarray(cv2.resize(small, size, interpolation=cv2.INTER_AREA), np.uint8)


def _levelness(strips: Pixels, angle: float) -> float:
    """How sharply the lines of a page part once it is turned back by some degrees."""
    height, width = strips.shape
    shift = _STRIP * np.tan(np.radians(angle))
    # To shear is as good as to turn for such angles, and keeps what stands at the edges.
    matrix = np.array([[1, 0, 0], [-shift, 1, shift * width / 2]], np.float64)
    level = cv2.warpAffine(strips, matrix, (width, height), flags=cv2.INTER_LINEAR)
    return float(np.square(np.diff(level.mean(axis=1))).sum())


# --- the sheet in a photo -----------------------------------------------------------------------


def _sheet(pixels: Pixels) -> Corners | None:
    """The corners of the sheet from the upper left on, clockwise; None where it fills the picture."""
    small = shrink(pixels, _SMALL)
    scale = max(pixels.shape[:2]) / max(small.shape[:2])
    quads = [quad for mask in _bright(small) if (quad := _largest_quad(mask)) is not None]
    best = max(quads, key=lambda quad: _likes(quad, quads), default=None)
    if best is None or _fills(best, small.shape[1], small.shape[0]):
        return None
    return np.asarray(best * scale, np.float32)


def _likes(quad: Corners, quads: list[Corners]) -> int:
    """How many quads are nearly this one: the true edge of a sheet shows at many brightnesses."""
    return sum(bool(np.abs(quad - other).max() < 0.02 * _SMALL) for other in quads)


def _bright(small: Pixels) -> Iterator[Pixels]:
    """What is brighter than the table, for tables of any brightness."""
    brightest = small.max(axis=2) if small.ndim == 3 else small
    blurred = cv2.medianBlur(brightest, 9)
    kernel = np.ones((15, 15), np.uint8)
    for level in range(70, 226, 22):
        mask = cv2.threshold(blurred, level, 255, cv2.THRESH_BINARY)[1]
        yield np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, kernel), np.uint8)


def _largest_quad(mask: Pixels) -> Corners | None:
    """The largest patch as four corners, if it is large and fills them; some may lie outside."""
    if cv2.countNonZero(mask) < _LEAST_SHEET * mask.size:
        return None
    labels = cv2.connectedComponents(mask, connectivity=4)[1]
    areas = np.bincount(labels.ravel())
    sheet = int(np.argmax(areas[1:])) + 1
    area = int(areas[sheet])
    if area < _LEAST_SHEET * mask.size:
        return None
    patch = labels == sheet
    left, right = _side(patch), _side(patch[:, ::-1])
    top, bottom = _side(patch.T), _side(patch.T[:, ::-1])
    height, width = mask.shape
    right = _Side(-right.slope, width - 1 - right.start)
    bottom = _Side(-bottom.slope, height - 1 - bottom.start)
    corners = [
        _meeting(x, y) for x, y in ((left, top), (right, top), (right, bottom), (left, bottom))
    ]
    quad = np.array(corners, np.float32)
    full = np.zeros(mask.shape, np.uint8)
    cv2.fillConvexPoly(full, quad.astype(np.int32), 1)
    return quad if 0.96 < area / max(int(full.sum()), 1) < 1.04 else None


class _Side(NamedTuple):
    """An edge of a sheet: how far from the picture's edge it starts, and how it goes on."""

    slope: float
    start: float


def _side(patch: NDArray[np.bool_]) -> _Side:
    """The left edge of a patch; the picture's own edge where the patch goes beyond it."""
    rows = np.nonzero(patch.any(axis=1))[0]
    # Near its corners the other edges of a turned sheet come first.
    inner = rows[len(rows) // 10 : len(rows) - len(rows) // 10]
    first = patch[inner].argmax(axis=1)
    seen = first > 1
    if seen.mean() < _SEEN_EDGE:
        return _Side(0.0, 0.0)
    points = np.stack([inner[seen], first[seen]], axis=1).astype(np.float32)
    down, across, y, x = np.ravel(cv2.fitLine(points, cv2.DIST_HUBER, 0, 0.01, 0.01))
    slope = float(across / down) if abs(down) > 0.5 else 0.0
    return _Side(slope, float(x - slope * y))


def _meeting(upright: _Side, level: _Side) -> tuple[float, float]:
    """Where an upright and a level edge meet."""
    x = (upright.start + upright.slope * level.start) / (1 - upright.slope * level.slope)
    return x, level.start + level.slope * x


def _fills(quad: Corners, width: int, height: int) -> bool:
    """Whether hardly any table shows round the sheet."""
    return cv2.contourArea(quad) > (1 - _LEAST_TABLE) * width * height


def _mean_side(corners: Corners, *sides: tuple[int, int]) -> float:
    lengths = [float(np.linalg.norm(corners[one] - corners[other])) for one, other in sides]
    return sum(lengths) / len(lengths)
