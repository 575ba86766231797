"""Pictures of every common kind become pages; what is no picture, or too large, is refused."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from opika.errors import FileError, HostileFileError, TooLargeFileError, UnreadableFileError
from parsers import picture
from parsers.picture import open_pictures

PAGE = Image.linear_gradient("L").resize((120, 160))


def saved(kind: str, image: Image.Image = PAGE, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def heic(image: Image.Image) -> bytes:
    import pillow_heif

    buffer = io.BytesIO()
    pillow_heif.from_pillow(image.convert("RGB")).save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "BMP", "WEBP", "GIF"])
def test_every_common_kind_is_opened(kind: str) -> None:
    (page,) = open_pictures(saved(kind))
    assert page.pixels.shape[:2] == (160, 120)
    assert page.pixels.dtype == np.uint8


def test_a_phone_s_heic_is_opened() -> None:
    (page,) = open_pictures(heic(PAGE))
    assert page.pixels.shape == (160, 120, 3)


def test_pages_of_a_tiff_keep_their_order() -> None:
    shades = [Image.new("L", (40, 60), shade) for shade in (10, 120, 240)]
    data = saved("TIFF", shades[0], save_all=True, append_images=shades[1:])
    assert [int(page.pixels.mean()) for page in open_pictures(data)] == [10, 120, 240]


def test_a_moving_gif_is_one_page() -> None:
    shades = [Image.new("L", (40, 60), shade) for shade in (10, 240)]
    data = saved("GIF", shades[0], save_all=True, append_images=shades[1:])
    assert len(list(open_pictures(data))) == 1


def test_a_photo_stands_as_the_camera_was_held() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    (page,) = open_pictures(saved("JPEG", exif=exif))
    assert page.pixels.shape[:2] == (120, 160)


@pytest.mark.parametrize(
    ("dpi", "known"), [((200, 200), True), ((1, 1), False), ((72000, 72000), False)]
)
def test_only_a_resolution_that_paper_can_have_is_believed(
    dpi: tuple[int, int], known: bool
) -> None:
    (page,) = open_pictures(saved("PNG", Image.new("L", (1654, 2339), 255), dpi=dpi))
    assert (page.dpi is not None) is known


@pytest.mark.parametrize("mode", ["1", "LA", "P", "RGBA", "CMYK", "I;16", "F"])
def test_every_mode_of_pixels_is_made_grey_or_coloured(mode: str) -> None:
    plain = Image.new("L", (30, 40), 0)
    image = plain.convert("I").convert("I;16") if mode == "I;16" else plain.convert(mode)
    (page,) = open_pictures(saved("TIFF" if mode in {"CMYK", "F"} else "PNG", image))
    assert page.pixels.max() <= 5 or mode == "CMYK"


def test_what_is_transparent_is_paper() -> None:
    (page,) = open_pictures(saved("PNG", Image.new("RGBA", (30, 40), (0, 0, 0, 0))))
    assert page.pixels.min() == 255


def test_a_huge_page_is_made_smaller_with_its_resolution() -> None:
    (page,) = open_pictures(saved("PNG", Image.new("1", (6000, 8000), 1), dpi=(600, 600)))
    assert max(page.pixels.shape) == 4000
    assert page.dpi == pytest.approx(300, abs=1)


def test_too_many_pixels_are_refused_before_they_are_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(picture, "PIXEL_LIMIT", 10_000)
    with pytest.raises(TooLargeFileError):
        list(open_pictures(saved("PNG")))


def test_a_picture_that_claims_to_be_endless_is_hostile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
    with pytest.raises(HostileFileError):
        list(open_pictures(saved("PNG")))


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "PAGE_LIMIT", 2)
    pages = [Image.new("1", (20, 20), 1)] * 3
    with pytest.raises(TooLargeFileError):
        list(open_pictures(saved("TIFF", pages[0], save_all=True, append_images=pages[1:])))


DAMAGES: list[Callable[[bytes], bytes]] = [
    lambda data: data[: len(data) // 2],
    lambda data: data[:20],
    lambda data: data[:60] + bytes(200) + data[260:],
]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "BMP", "WEBP"])
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_picture_is_read_or_refused_by_name(
    kind: str, damage: Callable[[bytes], bytes]
) -> None:
    try:
        pages = list(open_pictures(damage(saved(kind))))
    except FileError:
        return
    assert all(page.pixels.size for page in pages)


def test_what_only_begins_like_a_picture_is_refused() -> None:
    with pytest.raises(UnreadableFileError):
        list(open_pictures(b"\x89PNG\r\n\x1a\n" + bytes(100)))
