"""Pages as scanners, faxes and phones see them: turned, noisy, unevenly lit, stamped, ticked by hand."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

import pillow_heif
from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

pillow_heif.register_heif_opener()

PAPER = (255, 255, 255)


@dataclass(frozen=True)
class Machine:
    """What took the picture.

    Attributes:
        dpi: resolution at which the page was seen.
        tilt: the greatest skew, in degrees, either way.
        turn: quarter turns of the whole page, counter-clockwise.
        noise: the grain's standard deviation, 0 for none.
        light: how much darker the darkest corner is, 0..1.
        bend: how far the corners are off, as a share of the page, for a phone.
        blur: radius in pixels.
        quality: of the JPEG.
        grey: no colours; ``fax``: black and white only.
        stamp, signature: ink over the text.
    """

    dpi: int = 200
    tilt: float = 0.5
    turn: int = 0
    noise: float = 0.0
    light: float = 0.0
    bend: float = 0.0
    blur: float = 0.0
    quality: int = 85
    grey: bool = False
    fax: bool = False
    stamp: bool = False
    signature: bool = False


MACHINES = {
    "tune": {
        "scanner": Machine(dpi=300, tilt=0.3, noise=2),
        "scanner-grey": Machine(dpi=200, tilt=0.8, noise=4, grey=True),
        "scanner-coarse": Machine(dpi=150, tilt=0.5, noise=3, grey=True),
        "stamped": Machine(dpi=200, tilt=0.6, noise=3, stamp=True, signature=True),
        "upside-down": Machine(dpi=200, tilt=0.7, turn=2, noise=3),
        "fax": Machine(dpi=200, tilt=0.5, fax=True),
        "phone": Machine(dpi=220, tilt=1.0, noise=5, light=0.3, bend=0.02, quality=75),
        "poor-jpeg": Machine(dpi=200, tilt=1.2, noise=3, quality=35),
    },
    "aside": {
        "tilted": Machine(dpi=250, tilt=2.0, noise=3),
        "sideways": Machine(dpi=200, tilt=0.6, turn=1, noise=4, grey=True),
        "other-side": Machine(dpi=300, tilt=0.4, turn=3, noise=2),
        "shadowed-phone": Machine(dpi=200, tilt=1.5, noise=7, light=0.5, bend=0.03, quality=65),
        "blurred": Machine(dpi=220, tilt=0.4, noise=2, blur=1.1),
        "stamped-grey": Machine(dpi=200, tilt=1.0, noise=4, grey=True, stamp=True, signature=True),
        "fax-coarse": Machine(dpi=150, tilt=0.8, noise=2, fax=True),
    },
    "fresh": {
        "copier": Machine(dpi=200, tilt=0.9, noise=6, grey=True, light=0.15),
        "fine-scanner": Machine(dpi=400, tilt=0.2, noise=1),
        "app": Machine(dpi=180, tilt=0.3, noise=2, bend=0.01, quality=60, grey=True),
        "hasty-phone": Machine(dpi=240, tilt=2.2, noise=4, light=0.4, bend=0.025, blur=0.6),
        "stamped-scan": Machine(dpi=250, tilt=0.7, noise=2, stamp=True, signature=True),
        "turned-phone": Machine(dpi=220, tilt=1.0, turn=1, noise=5, light=0.2, bend=0.015),
        "fax-fine": Machine(dpi=220, tilt=0.6, noise=1, fax=True),
    },
}


def see(rng: Random, machine: Machine, page: Image.Image) -> Image.Image:
    """The page as this machine sees it."""
    page = page.convert("RGB")
    if machine.stamp:
        page = _stamped(rng, page)
    if machine.signature:
        page = _signed(rng, page)
    if machine.bend:
        page = _bent(rng, page, machine.bend)
    tilt = rng.uniform(-machine.tilt, machine.tilt)
    page = page.rotate(tilt, Image.Resampling.BICUBIC, fillcolor=PAPER)
    if machine.light:
        page = _lit(rng, page, machine.light)
    if machine.blur:
        page = page.filter(ImageFilter.GaussianBlur(machine.blur))
    if machine.noise:
        page = _grained(rng, page, machine.noise)
    page = page.rotate(90 * machine.turn, expand=True)
    if machine.fax:
        return page.convert("L").point(lambda value: 255 if value > 150 else 0).convert("1")
    return page.convert("L") if machine.grey else page


def _grained(rng: Random, page: Image.Image, sigma: float) -> Image.Image:
    """Grain from our own chance: Pillow's effect_noise cannot be seeded."""
    small = (page.width // 4, page.height // 4)
    grain = Image.frombytes("L", small, rng.randbytes(small[0] * small[1]))
    grain = grain.resize(page.size, Image.Resampling.NEAREST)
    grain = ImageEnhance.Contrast(grain).enhance(sigma / 74)
    return ImageChops.add(page, Image.merge("RGB", [grain] * 3), scale=1, offset=-128)


def _lit(rng: Random, page: Image.Image, depth: float) -> Image.Image:
    """A shadow that grows towards one corner."""
    corners = bytes(int(255 * (1 - depth * rng.random())) for _ in range(4))
    shade = Image.frombytes("L", (2, 2), corners).resize(page.size, Image.Resampling.BICUBIC)
    return ImageChops.multiply(page, Image.merge("RGB", [shade] * 3))


def _bent(rng: Random, page: Image.Image, share: float) -> Image.Image:
    """The perspective of a phone held askew, a little of the table round the page."""
    width, height = page.size
    edge = int(width * 0.03)
    sheet = Image.new("RGB", (width + 2 * edge, height + 2 * edge), (96, 84, 72))
    sheet.paste(page, (edge, edge))
    corners = [(0, 0), (0, sheet.height), (sheet.width, sheet.height), (sheet.width, 0)]
    moved = [
        coordinate + rng.uniform(-share, share) * size
        for corner in corners
        for coordinate, size in zip(corner, sheet.size, strict=True)
    ]
    return sheet.transform(
        sheet.size, Image.Transform.QUAD, moved, Image.Resampling.BICUBIC, fillcolor=(96, 84, 72)
    )


def _stamped(rng: Random, page: Image.Image) -> Image.Image:
    """A round blue stamp over the lower part of the page."""
    size = page.width // 6
    layer = Image.new("RGB", page.size, PAPER)
    draw = ImageDraw.Draw(layer)
    x = rng.randint(page.width // 8, page.width - size - 20)
    y = rng.randint(page.height * 5 // 8, page.height - size - 20)
    ink = (70, 80, 170)
    for inset in (0, size // 40 + 2, size // 5):
        box = (x + inset, y + inset, x + size - inset, y + size - inset)
        draw.ellipse(box, outline=ink, width=max(2, size // 90))
    for n in range(24):
        angle = math.tau * n / 24
        radius = size * 0.4
        centre = (x + size / 2 + radius * math.cos(angle), y + size / 2 + radius * math.sin(angle))
        draw.regular_polygon((*centre, size / 45), rng.choice((3, 4, 5)), fill=ink)
    return ImageChops.multiply(page, layer)


def _signed(rng: Random, page: Image.Image) -> Image.Image:
    """A signature's loops in blue ink."""
    draw = ImageDraw.Draw(page)
    x, y = (
        rng.randint(page.width // 5, page.width // 2),
        rng.randint(page.height * 3 // 4, page.height - 90),
    )
    points = [
        (x + n * page.width / 260 + 18 * math.sin(n / 2.1), y + 24 * math.sin(n * 1.3) - n / 2)
        for n in range(28)
    ]
    draw.line(points, fill=(40, 50, 140), width=3, joint="curve")
    return page


def _jpeg(pages: list[Image.Image], machine: Machine) -> bytes:
    buffer = io.BytesIO()
    page = pages[0] if pages[0].mode != "1" else pages[0].convert("L")
    page.save(buffer, "JPEG", quality=machine.quality, dpi=(machine.dpi, machine.dpi))
    return buffer.getvalue()


def _png(pages: list[Image.Image], machine: Machine) -> bytes:
    buffer = io.BytesIO()
    pages[0].save(buffer, "PNG", dpi=(machine.dpi, machine.dpi))
    return buffer.getvalue()


def _tiff(pages: list[Image.Image], machine: Machine) -> bytes:
    buffer = io.BytesIO()
    packed: dict[str, str | int] = {"compression": "group4"}
    if not machine.fax:
        packed = {"compression": "jpeg", "quality": machine.quality}
    size = (machine.dpi, machine.dpi)
    pages[0].save(buffer, "TIFF", save_all=True, append_images=pages[1:], dpi=size, **packed)
    return buffer.getvalue()


def _pdf(pages: list[Image.Image], machine: Machine) -> bytes:
    buffer = io.BytesIO()
    packed = {} if machine.fax else {"quality": machine.quality}
    pages[0].save(
        buffer, "PDF", save_all=True, append_images=pages[1:], resolution=machine.dpi, **packed
    )
    return _without_dates(buffer.getvalue())


def _without_dates(data: bytes) -> bytes:
    """Pillow writes today's date into a PDF: the same seed shall give the same bytes."""
    return re.sub(rb"\(D:\d{14}Z?\)", b"(D:20260105090000Z)", data)


def _heic(pages: list[Image.Image], machine: Machine) -> bytes:
    buffer = io.BytesIO()
    pages[0].convert("RGB").save(buffer, "HEIF", quality=machine.quality)
    return buffer.getvalue()


SAVERS: dict[str, Callable[[list[Image.Image], Machine], bytes]] = {
    "pdf": _pdf,
    "jpg": _jpeg,
    "tiff": _tiff,
    "png": _png,
    "heic": _heic,
}
