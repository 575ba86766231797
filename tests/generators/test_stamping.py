"""The mark of registration: at the lower right as a reader sees the page, whatever the sheet."""

import io

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pytest
from PIL import Image

from generators.kinds import KINDS
from generators.stamping import pages_of, stamped, typed
from tests.generators.sample_cards import card, requisites
from tests.generators.small_templates import words
from tests.generators.test_kinds import made

MARK_POINTS = (227, 74)


def mark() -> bytes:
    target = io.BytesIO()
    Image.new("L", MARK_POINTS, 0).save(target, "PDF", resolution=72)
    return target.getvalue()


def sheets(*sizes: tuple[int, int], turned: int = 0) -> bytes:
    document = pdfium.PdfDocument.new()
    for size in sizes:
        document.new_page(*size).set_rotation(turned)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def dark(pdf: bytes, page: int) -> list[float]:
    """Where a page as a reader sees it is black: left, top, right, bottom, in points; or nothing."""
    picture = pdfium.PdfDocument(pdf)[page].render(scale=1).to_pil().convert("L")
    return list(picture.point(lambda grey: 255 * (grey < 128)).getbbox() or ())


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_mark_stands_at_the_lower_right_however_the_page_is_turned(turned: int) -> None:
    done = stamped(sheets((595, 842), turned=turned), mark())
    width, height = (595, 842) if turned in (0, 180) else (842, 595)
    right, bottom = width - 14, height - 14
    expected = [right - MARK_POINTS[0], bottom - MARK_POINTS[1], right, bottom]
    assert dark(done, 0) == pytest.approx(expected, abs=2)


def test_mark_stands_on_the_page_on_which_the_form_begins_and_no_page_is_lost() -> None:
    done = stamped(sheets((595, 842), (420, 595), (595, 842)), mark(), page=2)
    assert [bool(dark(done, page)) for page in range(3)] == [False, True, False]
    assert dark(stamped(sheets((595, 842)), mark(), page=7), 0)


def test_scan_without_resolution_fills_a_sheet_and_one_with_it_keeps_its_size() -> None:
    photo, scan = Image.new("RGB", (3000, 4000)), Image.new("L", (1654, 2339))
    document = pdfium.PdfDocument(pages_of([(photo, None), (scan, 200.0)]))
    (width, height), (scan_width, scan_height) = (page.get_size() for page in document)
    assert width <= 596 and height <= 843
    assert (round(scan_width), round(scan_height)) == (595, 842)


def test_text_without_layout_is_typed_line_by_line() -> None:
    assert words(typed("Перший\x07 рядок\nдругий & <третій>")) == [
        "Перший рядок",
        "другий & <третій>",
    ]


def test_mark_says_whose_journal_which_number_and_which_day() -> None:
    assert words(made("registration_mark", card(), {})) == [
        "Служба у справах дітей",
        "ЗАРЕЄСТРОВАНО",
        "№ 12 від 04.03.2026",
    ]
    values = KINDS["registration_mark"].context(card(), requisites(), {})
    assert not {"Озерчук", "Вишняковець"} & set(str(values).split())
