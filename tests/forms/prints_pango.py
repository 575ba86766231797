"""A form as programs of the GNOME desktop print it: cairo's PDF, lines set by Pango."""

from __future__ import annotations

import ctypes
import re
import tempfile
from ctypes import POINTER, byref, c_char_p, c_double, c_int, c_void_p
from pathlib import Path

from .facts import Facts
from .prints_makers import MissingMakerError
from .prints_pages import rows
from .prints_sheet import Sheet

# A4 in points; Pango counts in 1/1024 of a point.
WIDTH, HEIGHT, SCALE = 595.0, 842.0, 1024
LIBRARIES = {
    "libcairo.so.2": "libcairo2",
    "libpangocairo-1.0.so.0": "libpangocairo-1.0-0",
    "libpango-1.0.so.0": "libpango-1.0-0",
}


def _load(name: str) -> ctypes.CDLL:
    try:
        return ctypes.CDLL(name)
    except OSError as error:
        raise MissingMakerError(
            f"{name} is missing: install the Debian package {LIBRARIES[name]} to make this style"
        ) from error


def markup(sheet: Sheet, facts: Facts) -> list[str]:
    """The form's lines in Pango's markup, as a list of labels and values."""
    found = ["<b>ПОВІДОМЛЕННЯ/ІНФОРМАЦІЯ</b>", f"<b>{sheet.words('about')}</b>", ""]
    for label, shown in rows(sheet, facts):
        text = re.sub(r"<br>", "\n", f"{label.rstrip(':')}: {shown}")
        text = re.sub(r"</?(span|p|div)\b[^>]*>", "", text).replace("&nbsp;", "\u00a0")
        found.append(text)
    return found


class Press:
    """cairo and Pango as Python calls them, with one open surface.

    Raises:
        MissingMakerError: where a library is not installed.
    """

    def __init__(self, path: Path, font: str, width: float) -> None:
        self.cairo, self.pangocairo, self.pango = (_load(name) for name in LIBRARIES)
        self._declare()
        self.surface = self.cairo.cairo_pdf_surface_create(str(path).encode(), WIDTH, HEIGHT)
        self.pen = self.cairo.cairo_create(self.surface)
        self.layout = self.pangocairo.pango_cairo_create_layout(self.pen)
        chosen = self.pango.pango_font_description_from_string(font.encode())
        self.pango.pango_layout_set_font_description(self.layout, chosen)
        self.pango.pango_layout_set_width(self.layout, int(width * SCALE))

    def _declare(self) -> None:
        """What the functions take and give; pointers would be cut to 32 bits without it."""
        cairo, pangocairo, pango = self.cairo, self.pangocairo, self.pango
        makers = (
            cairo.cairo_pdf_surface_create,
            cairo.cairo_create,
            pangocairo.pango_cairo_create_layout,
            pango.pango_font_description_from_string,
        )
        for function in makers:
            function.restype = c_void_p
        cairo.cairo_pdf_surface_create.argtypes = [c_char_p, c_double, c_double]
        cairo.cairo_move_to.argtypes = [c_void_p, c_double, c_double]
        for name in ("create", "show_page", "destroy", "surface_finish", "surface_destroy"):
            getattr(cairo, f"cairo_{name}").argtypes = [c_void_p]
        pangocairo.pango_cairo_create_layout.argtypes = [c_void_p]
        pangocairo.pango_cairo_show_layout.argtypes = [c_void_p, c_void_p]
        pango.pango_layout_set_font_description.argtypes = [c_void_p, c_void_p]
        pango.pango_layout_set_markup.argtypes = [c_void_p, c_char_p, c_int]
        pango.pango_layout_set_width.argtypes = [c_void_p, c_int]
        pango.pango_layout_get_size.argtypes = [c_void_p, POINTER(c_int), POINTER(c_int)]

    def set_line(self, line: str) -> float:
        """Sets a line of markup and returns its height in points."""
        self.pango.pango_layout_set_markup(self.layout, line.encode(), -1)
        wide, tall = c_int(), c_int()
        self.pango.pango_layout_get_size(self.layout, byref(wide), byref(tall))
        return tall.value / SCALE

    def put(self, left: float, top: float) -> None:
        """Draws the line that was set."""
        self.cairo.cairo_move_to(self.pen, left, top)
        self.pangocairo.pango_cairo_show_layout(self.pen, self.layout)

    def turn(self) -> None:
        """Begins a new page."""
        self.cairo.cairo_show_page(self.pen)

    def close(self) -> None:
        """Writes the file out."""
        self.cairo.cairo_destroy(self.pen)
        self.cairo.cairo_surface_finish(self.surface)
        self.cairo.cairo_surface_destroy(self.surface)


def pango_pdf(sheet: Sheet, facts: Facts) -> bytes:
    """The form's lines on as many pages as they take."""
    edge = sheet.margin * 72 / 25.4
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.pdf"
        press = Press(path, f"{sheet.font} {sheet.size}", WIDTH - 2 * edge)
        top = edge
        for line in markup(sheet, facts):
            tall = press.set_line(line)
            if top + tall > HEIGHT - edge:
                press.turn()
                top = edge
            press.put(edge, top)
            top += tall + 3
        press.close()
        return path.read_bytes()
