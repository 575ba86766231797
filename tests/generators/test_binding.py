"""Papers bound into one PDF: numbered, with an outline, the same again, whatever came from others."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image

from generators.binding import Section, bound, on_sheets, page_count, running_heads
from opika.errors import EncryptedFileError, UnreadableFileError
from opika.sheets import to_sheets
from tests.generators.small_templates import words

A4 = (595, 842)


def pictured(*sizes: tuple[int, int], kind: str = "PDF", dpi: float = 72) -> bytes:
    """Pages that are black from edge to edge, in points."""
    pages = [Image.new("L", size, 0) for size in sizes]
    target = io.BytesIO()
    pages[0].save(target, kind, save_all=True, append_images=pages[1:], resolution=dpi)
    return target.getvalue()


def drawn(pdf: bytes, page: int = 0) -> Image.Image:
    with pypdfium2.PdfDocument(pdf) as opened:
        image: Image.Image = opened[page].render(scale=1).to_pil().convert("L")
        return image


def titles(items: Sequence[pikepdf.OutlineItem]) -> list[object]:
    return [[item.title, *titles(item.children)] if item.children else item.title for item in items]


def test_packet_has_every_page_its_outline_and_the_same_bytes_again() -> None:
    paper = pictured(A4, A4)
    sections = [
        Section("Зміст", paper),
        Section("Довідка", paper, "1. Справа № 7"),
        Section("Висновок", paper, "1. Справа № 7"),
        Section("Довідка", paper, "2. Справа № 9"),
        Section("Протокол", paper),
    ]
    heads = pictured(*[A4] * 10, (100, 100), (200, 50))
    once = bound(sections, heads)
    assert page_count(once) == 10
    assert bound(sections, heads) == once != bound(sections, heads, 0) != bound(sections, heads, 1)
    with pikepdf.open(io.BytesIO(once)) as opened, opened.open_outline() as outline:
        assert titles(outline.root) == [
            "Зміст",
            ["1. Справа № 7", "Довідка", "Висновок"],
            ["2. Справа № 9", "Довідка"],
            "Протокол",
        ]
        assert not opened.docinfo.keys()


def test_line_above_each_page_tells_case_and_page_and_copies_are_marked() -> None:
    text = words(running_heads(["", "1. Справа № 12/01-17 & <б>"], ["Примірник № 1"]))
    assert text == [
        "\t\tПакет, с. 1 із 2",
        "1. Справа № 12/01-17 & <б>\t\tПакет, с. 2 із 2",
        "\tПримірник № 1",
    ]


@pytest.mark.parametrize("size", [(300, 400), (595, 842), (1684, 1191), (2384, 3370)])
def test_page_of_any_size_lies_whole_on_a_sheet_with_free_edges(size: tuple[int, int]) -> None:
    made = drawn(on_sheets(pictured(size)))
    assert made.size == (596, 842)
    assert {made.getpixel((x, y)) for x in (0, 300, 590) for y in (10, 830)} == {255}
    assert made.getpixel((298, 421)) == 0
    black = made.point(lambda value: 255 - value).getbbox()
    assert black is not None
    shown = (black[2] - black[0]) / (black[3] - black[1])
    assert shown == pytest.approx(size[0] / size[1], rel=0.02)


def test_turned_page_stands_as_a_reader_sees_it() -> None:
    with pikepdf.open(io.BytesIO(pictured((400, 300)))) as opened:
        opened.pages[0].rotate(90, relative=True)
        target = io.BytesIO()
        opened.save(target)
    made = drawn(on_sheets(target.getvalue()))
    black = made.point(lambda value: 255 - value).getbbox()
    assert black is not None and black[3] - black[1] > black[2] - black[0]


def test_scan_becomes_sheets_and_what_cannot_be_printed_says_why() -> None:
    assert page_count(to_sheets(pictured((850, 1100), (850, 1100), kind="TIFF"))) == 2
    with pikepdf.open(io.BytesIO(pictured(A4))) as opened:
        target = io.BytesIO()
        opened.save(target, encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(EncryptedFileError):
        to_sheets(target.getvalue())
    with pytest.raises(UnreadableFileError, match="not printable"):
        to_sheets(b"MZ something")
