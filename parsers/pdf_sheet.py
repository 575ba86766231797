"""A PDF page turned so that its text reads from left to right, whatever way it lies in the file."""

from __future__ import annotations

from typing import NamedTuple

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from parsers.reading import Box


class Sheet(NamedTuple):
    """What a reader sees of a page: its visible part in the file's own points, and how to turn it.

    Attributes:
        left: the visible part's left side, as the file counts: to the right and upwards.
        bottom: its lower side.
        right: its right side.
        top: its upper side.
        turn: quarter turns clockwise that bring the text upright.
    """

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the upright page in points."""
        sides = self.right - self.left, self.top - self.bottom
        return sides[::-1] if self.turn % 2 else sides

    def at(self, x: float, y: float) -> tuple[float, float]:
        """A point of the file, measured from the upright page's top left corner."""
        if self.turn == 0:
            return x - self.left, self.top - y
        if self.turn == 1:
            return y - self.bottom, x - self.left
        if self.turn == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A rectangle of the file on the upright page."""
        x, y = self.at(left, bottom)
        other_x, other_y = self.at(right, top)
        return Box(min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y))


def sheet_of(page: pdfium.PdfPage) -> Sheet:
    """The page as the file says that it is shown."""
    box = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, box)
    turn = raw.FPDFPage_GetRotation(page) % 4
    return Sheet(box.left, box.bottom, box.right, box.top, turn)
