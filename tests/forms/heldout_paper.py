"""Held-out forms on paper and as PDFs: seals, corner stamps, pens, machines, ways of printing."""

from __future__ import annotations

import io
import math
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
from PIL import Image, ImageChops, ImageDraw, ImageFont

from .convert import page_pictures, through_cairo
from .facts import Facts
from .pictures import PAPER, SAVERS, Machine, see
from .scanning import chosen_spots, printed_boxes, tick

INK = (52, 64, 158)
FONT = "LiberationSerif-Italic.ttf"
SANS = "LiberationSans-Regular.ttf"


@dataclass(frozen=True)
class Paper:
    """A machine, and what was put on the page before it.

    Attributes:
        ticks: the way of ticking by hand ("tick", "cross"), or "" where the boxes are printed.
        seal: a round seal and a signature at the foot; ``corner``: another body's stamp.
        manner: what the style fixes of the form itself.
    """

    machine: Machine
    ticks: str = ""
    seal: bool = False
    corner: str = ""
    style: str = ""
    pen: bool = False


PAPERS: dict[str, dict[str, Paper]] = {
    "open": {
        "mfp-200": Paper(Machine(dpi=200, tilt=0.5, noise=2, grey=True, quality=75)),
        "mfp-300": Paper(Machine(dpi=300, tilt=0.4, noise=3, grey=True, quality=80)),
        "black-white": Paper(Machine(dpi=200, tilt=0.6, noise=1, fax=True)),
        "phone-shade": Paper(
            Machine(dpi=210, tilt=1.2, noise=4, light=0.35, bend=0.015, quality=60)
        ),
        "phone-poor": Paper(Machine(dpi=190, tilt=1.4, noise=5, light=0.2, bend=0.01, quality=38)),
        "blue-ticks": Paper(Machine(dpi=200, tilt=0.5, noise=2, quality=70), ticks="tick"),
        "grey-crosses": Paper(Machine(dpi=250, tilt=0.7, noise=3, grey=True), ticks="cross"),
        "sealed-foot": Paper(Machine(dpi=300, tilt=0.5, noise=2, quality=70), seal=True),
        "corner-stamp": Paper(
            Machine(dpi=200, tilt=0.6, noise=2, quality=70), corner="Відділ освіти"
        ),
        "clerks-pen": Paper(Machine(dpi=220, tilt=0.5, noise=2, quality=75), pen=True),
        "table-mfp": Paper(
            Machine(dpi=200, tilt=0.4, noise=2, grey=True), style="two-column-table"
        ),
        "turned-phone-shot": Paper(
            Machine(dpi=220, tilt=0.8, turn=3, noise=3, light=0.2, bend=0.01, quality=70)
        ),
    },
    "sealed": {
        "office-mfp": Paper(Machine(dpi=200, tilt=0.7, noise=3, grey=True, quality=65)),
        "fine-mfp": Paper(Machine(dpi=300, tilt=0.3, noise=2, quality=55)),
        "old-copier": Paper(Machine(dpi=200, tilt=0.9, noise=6, light=0.12, grey=True, blur=0.5)),
        "office-fax": Paper(Machine(dpi=204, tilt=0.4, noise=2, fax=True)),
        "phone-lamp": Paper(
            Machine(dpi=220, tilt=1.0, noise=3, light=0.42, bend=0.012, quality=70)
        ),
        "messenger": Paper(Machine(dpi=165, tilt=0.8, noise=3, light=0.15, bend=0.01, quality=42)),
        "pen-ticks": Paper(Machine(dpi=220, tilt=0.6, noise=2, quality=75), ticks="tick"),
        "pen-crosses-phone": Paper(
            Machine(dpi=220, tilt=1.0, noise=3, light=0.25, bend=0.01, quality=65), ticks="cross"
        ),
        "seal-and-stamp": Paper(
            Machine(dpi=250, tilt=0.6, noise=2, quality=70), seal=True, corner="Канцелярія РДА"
        ),
        "entered-by-pen": Paper(Machine(dpi=240, tilt=0.5, noise=3, quality=70), pen=True),
        "wide-table-copied": Paper(
            Machine(dpi=200, tilt=0.5, noise=4, grey=True), style="wide-table"
        ),
        "head-down": Paper(Machine(dpi=200, tilt=0.6, turn=2, noise=3, grey=True, quality=70)),
    },
}


def _layer(page: Image.Image) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    layer = Image.new("RGB", page.size, PAPER)
    return layer, ImageDraw.Draw(layer)


def _find(path: Path, words: str) -> tuple[int, float, float] | None:
    """Where a text stands in the PDF: page, and its left lower corner in points from above."""
    for number, page in enumerate(pypdfium2.PdfDocument(path)):
        text_page = page.get_textpage()
        hit = text_page.search(words).get_next()
        if hit:
            left, bottom, _, _ = text_page.get_charbox(hit[0])
            return number, left, page.get_height() - bottom
    return None


def _seal(rng: Random, page: Image.Image, x: float, y: float, dpi: int) -> Image.Image:
    """A round seal of about 38 mm and a signature, both across the signer's line."""
    layer, draw = _layer(page)
    size = int(dpi * 1.5)
    left, top = int(x + dpi * rng.uniform(1.2, 1.8)), int(y - size * rng.uniform(0.2, 0.45))
    for inset in (0, size // 30, size // 4):
        box = (left + inset, top + inset, left + size - inset, top + size - inset)
        draw.ellipse(box, outline=INK, width=max(2, dpi // 90))
    font = ImageFont.truetype(SANS, size // 9)
    draw.text((left + size * 0.3, top + size * 0.43), "УКРАЇНА", fill=INK, font=font)
    for n in range(18):
        angle = math.tau * n / 18
        at = (left + size / 2 * (1 + 0.75 * math.cos(angle)), top + size / 2 * (1 + 0.75 * math.sin(angle)))  # fmt: skip
        draw.text(at, "ОСВІТНІЙ ЗАКЛАД *"[n % 17], fill=INK, font=font, anchor="mm")
    loops = [
        (x + dpi * (1.0 + n / 25), y - dpi * 0.1 + dpi * 0.13 * math.sin(n * 1.7))
        for n in range(26)
    ]
    draw.line(loops, fill=(40, 46, 120), width=max(2, dpi // 80), joint="curve")
    return ImageChops.multiply(page, layer)


def _corner(rng: Random, page: Image.Image, body: str, dpi: int) -> Image.Image:
    """The stamp of another body whose books the paper passed, number and date by hand."""
    layer, draw = _layer(page)
    x, y = int(dpi * rng.uniform(0.35, 0.6)), int(dpi * rng.uniform(0.15, 0.22))
    draw.rectangle((x, y, x + dpi * 2.3, y + dpi * 0.72), outline=INK, width=max(2, dpi // 100))
    printed, pen = (ImageFont.truetype(name, size) for name, size in ((SANS, dpi // 9), (FONT, dpi // 6)))  # fmt: skip
    draw.text((x + dpi * 0.1, y + dpi * 0.05), f"{body}\nВх. №\nДата", fill=INK, font=printed)
    number = f"{rng.randint(100, 3000)}/04"
    draw.text((x + dpi * 0.65, y + dpi * 0.18), number, fill=(30, 40, 150), font=pen)
    day = f"{rng.randint(10, 28)}.0{rng.randint(1, 9)}.26"
    draw.text((x + dpi * 0.65, y + dpi * 0.38), day, fill=(30, 40, 150), font=pen)
    return ImageChops.multiply(page, layer)


def scan(rng: Random, path: Path, paper: Paper, kind: str, facts: Facts) -> tuple[str, bytes]:
    """The PDF's pages on this paper as its machine sees them: the file's suffix and its bytes."""
    dpi = paper.machine.dpi
    with tempfile.TemporaryDirectory() as folder:
        pictures = page_pictures(path, dpi, Path(folder))
        pages = [Image.open(picture).convert("RGB") for picture in pictures]
    if paper.ticks:
        for spot in chosen_spots(printed_boxes(path), facts):
            tick(rng, pages[spot.page], spot, dpi, paper.ticks)
    place = _find(path, "Керівник закладу") if paper.seal else None
    if place:
        number, x, y = place
        pages[number] = _seal(rng, pages[number], x * dpi / 72, y * dpi / 72, dpi)
    if paper.corner:
        pages[0] = _corner(rng, pages[0], paper.corner, dpi)
    if len(pages) > 1:
        kind = {"jpg": "pdf", "png": "tiff", "heic": "pdf"}.get(kind, kind)
    return kind, SAVERS[kind]([see(rng, paper.machine, page) for page in pages], paper.machine)


def _no_unicode(path: Path) -> None:
    """Fonts that tell no program which letters they hold: only the picture can be read."""
    through_cairo(path)
    data = path.read_bytes()
    path.write_bytes(re.sub(rb"/ToUnicode \d+ 0 R", lambda hit: b" " * len(hit[0]), data))


def _turned(path: Path) -> None:
    """Every page turned by a quarter."""
    _change(path, lambda page: page.set_rotation(90))


def _upside_down(path: Path) -> None:
    """Every page turned by two quarters."""
    _change(path, lambda page: page.set_rotation(180))


def _change(path: Path, change: Callable[[pypdfium2.PdfPage], None]) -> None:
    document = pypdfium2.PdfDocument(path.read_bytes())
    for page in document:
        change(page)
    _save(document, path)


def _two_up(path: Path) -> None:
    """Two pages on a sheet, side by side."""
    source = pypdfium2.PdfDocument(path.read_bytes())
    made = pdfium.FPDF_ImportNPagesToOne(source.raw, 842, 595, 2, 1)
    _save(pypdfium2.PdfDocument(made), path)


def _save(document: pypdfium2.PdfDocument, path: Path) -> None:
    buffer = io.BytesIO()
    document.save(buffer)
    path.write_bytes(buffer.getvalue())


@dataclass(frozen=True)
class Print:
    """How a PDF came about: the form's style (or "html") and what was done to it afterwards."""

    source: str = ""
    finish: Callable[[Path], None] | None = None


PRINTS: dict[str, dict[str, Print]] = {
    "open": {
        "writer-pdf": Print(),
        "cairo-pdf": Print(finish=through_cairo),
        "browser-page": Print("html"),
        "browser-page-cairo": Print("html", through_cairo),
        "google-pdf": Print("google", through_cairo),
        "signed-pdf": Print("from-system"),
        "table-pdf": Print("counted-table", through_cairo),
        "typed-pdf": Print("typed-over"),
        "long-pdf": Print("long-text"),
        "two-on-a-sheet": Print("behind-cover", _two_up),
        "turned-pdf": Print("lines-deleted", _turned),
        "mute-fonts": Print("underlining", _no_unicode),
    },
    "sealed": {
        "office-pdf": Print(),
        "poppler-pdf": Print(finish=through_cairo),
        "web-print": Print("html"),
        "web-print-poppler": Print("html", through_cairo),
        "system-pdf": Print("signed-in-system", through_cairo),
        "sections-pdf": Print("parts-with-headings"),
        "wide-pdf": Print("wide-table"),
        "lined-pdf": Print("lined-cells", through_cairo),
        "rows-pdf": Print("shaded-rows"),
        "overflow-pdf": Print("much-to-tell", through_cairo),
        "booklet": Print("cover-and-seal", _two_up),
        "head-down-pdf": Print("spaces-pressed", _upside_down),
        "unreadable-fonts": Print("as-printed", _no_unicode),
    },
}
