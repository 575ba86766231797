"""Opens the pictures that scanners, faxes and phones send: any common kind, every page of it."""

from __future__ import annotations

import io
import os
import warnings
from collections.abc import Iterator
from typing import Any, NamedTuple

# Each thread of numpy's algebra, which nobody uses here, would take memory that a reader lacks.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from opika.errors import HostileFileError, TooLargeFileError, UnreadableFileError

Pixels = NDArray[np.uint8]
"""Rows of grey pixels, or of red, green and blue."""

PAGE_LIMIT = 60
"""Pages of one file."""
PIXEL_LIMIT = 100_000_000
"""Pixels of one page: A3 at 600 dpi has 70 millions."""
_SIDE_LIMIT = 4000
"""Pixels of the longer side that reading needs: A4 at 340 dpi."""
_MANY_PAGES = {"TIFF", "HEIF"}
_INCHES = (3.0, 24.0)
"""What the longer side of a sheet of paper may measure."""


class Picture(NamedTuple):
    """One page as a machine saw it.

    Attributes:
        pixels: grey, or red, green and blue.
        dpi: pixels an inch of paper; None where the file does not say so, or cannot mean it.
    """

    pixels: Pixels
    dpi: float | None


def open_pictures(data: bytes) -> Iterator[Picture]:
    """The pages of a picture, one after the other, upright by what the camera noted.

    Raises:
        TooLargeFileError: too many pages, or too many pixels on one.
        HostileFileError: it claims to be far larger than any paper.
        UnreadableFileError: it is damaged or no picture.
    """
    with warnings.catch_warnings():
        # Pillow warns of damage that it mends and of sizes that are checked here.
        warnings.simplefilter("ignore")
        try:
            with _open(data) as image:
                for number in range(_frames(image)):
                    image.seek(number)
                    yield _picture(image)
        except Image.DecompressionBombError as err:
            raise HostileFileError("a picture of far too many pixels") from err
        except (OSError, SyntaxError, ValueError, EOFError) as err:
            raise UnreadableFileError("damaged picture") from err


def _open(data: bytes) -> Image.Image:
    if data[4:8] == b"ftyp":
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False)
    try:
        return Image.open(io.BytesIO(data))
    except UnidentifiedImageError as err:
        raise UnreadableFileError("no picture that we know") from err


def _frames(image: Image.Image) -> int:
    """The pages; what moves (GIF, WebP) or comes with a preview (MPO) is one page."""
    frames = getattr(image, "n_frames", 1) if image.format in _MANY_PAGES else 1
    if frames > PAGE_LIMIT:
        raise TooLargeFileError("a picture of too many pages")
    return int(frames)


def _picture(image: Image.Image) -> Picture:
    width, height = image.size
    if width * height > PIXEL_LIMIT:
        raise TooLargeFileError("a picture of too many pixels")
    dpi = _dpi(image.info, max(width, height))
    image.draft(None, (_SIDE_LIMIT, _SIDE_LIMIT))
    frame = _plain(ImageOps.exif_transpose(image))
    shrink = max(frame.size) / _SIDE_LIMIT
    if shrink > 1:
        size = (round(frame.width / shrink), round(frame.height / shrink))
        frame = frame.resize(size, Image.Resampling.BOX)
    kept = max(frame.size) / max(width, height)
    return Picture(np.asarray(frame), dpi * kept if dpi else None)


def _dpi(info: dict[str | tuple[int, int], Any], side: int) -> float | None:
    """The resolution that the file states, if paper of that size exists."""
    stated = info.get("dpi") or (0, 0)
    dpi = float(stated[0] or 0)
    return dpi if dpi > 0 and _INCHES[0] <= side / dpi <= _INCHES[1] else None


def _plain(image: Image.Image) -> Image.Image:
    """Grey or in three colours, on white paper."""
    if image.mode in ("L", "RGB"):
        return image
    if image.mode.startswith("I") or image.mode == "F":
        values = np.asarray(image, dtype=np.float64)
        top = max(float(values.max(initial=0.0)), 1.0)
        return Image.fromarray((values / top * 255).astype(np.uint8))
    if "A" in image.getbands() or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(paper, image).convert("RGB")
    return image.convert("L" if image.mode == "1" else "RGB")
