"""The fields of a form are drawn where they were read, whatever kind of file it came in."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pypdfium2  # type: ignore[import-untyped]
import pytest
from click.testing import CliRunner
from PIL import Image

from generators.pdf import Converter
from opika.cli import opika
from parsers.drawing import LABELS, _Words, draw_forms
from parsers.drawing_pages import typed
from parsers.drawing_paint import Mark, paint
from parsers.file import read_file
from parsers.pdf import read_pdf
from parsers.reading import Box
from rules.form_keys import FORM_KEYS
from tests.forms.documents import Made, make_docx
from tests.forms.plain import make_text

TODAY = date(2026, 11, 22)
GREEN, RED = (0, 105, 60), (200, 0, 0)


@pytest.fixture(scope="module")
def made() -> Made:
    return make_docx(Random(7), "tune", "faithful", printed=True)


@pytest.fixture(scope="module")
def printed(made: Made, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return Converter(tmp_path_factory.mktemp("work")).convert([made.data])[0]


def forms_of(data: bytes) -> tuple[dict[str, Any], ...]:
    return read_file(data, "a", today=TODAY).forms


def pixels(png: bytes) -> np.ndarray[Any, Any]:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def has(png: bytes, colour: tuple[int, int, int]) -> bool:
    return bool((pixels(png) == colour).all(axis=2).any())


def drawn_boxes(png: bytes) -> int:
    """How many boxes stand left of the names: each has a tag of its colour filled."""
    page = pixels(png)[:, :-380]
    rows = (page == GREEN).all(axis=2) | (page == RED).all(axis=2)
    return int(rows.any(axis=1).sum())


def test_every_key_has_a_name_for_the_clerk() -> None:
    assert set(LABELS) == set(FORM_KEYS)


def test_a_pdf_is_drawn_on_its_own_pages(printed: bytes) -> None:
    forms = forms_of(printed)
    (pages,) = draw_forms(printed, forms, TODAY, None)
    assert set(pages) == {place["page"] for place in forms[0]["places"].values()}
    assert all(has(png, GREEN) for png in pages.values())


def test_a_word_file_is_drawn_on_its_print_at_the_same_boxes(made: Made, printed: bytes) -> None:
    forms = forms_of(made.data)
    (pages,) = draw_forms(made.data, forms, TODAY, printed)
    (own,) = draw_forms(printed, forms_of(printed), TODAY, None)
    assert set(pages) == set(own)
    for number, png in pages.items():
        assert abs(drawn_boxes(png) - drawn_boxes(own[number])) <= 40


def test_a_value_that_the_print_tells_otherwise_is_searched_for(made: Made, printed: bytes) -> None:
    (form,) = forms_of(made.data)
    (twin,) = forms_of(printed)
    places = _Words(read_pdf(printed)).places(form, {})
    page, box = places["content"]
    left, top, right, bottom = twin["places"]["content"]["box"]
    assert page == twin["places"]["content"]["page"]
    assert abs(box.left - left) < 8
    assert abs(box.top - top) < 8
    assert abs(box.bottom - bottom) < 30
    assert box.right <= right + 8


def test_plain_text_is_typed_on_a_page() -> None:
    text = make_text(Random(3), "tune", "txt").text.encode()
    forms = forms_of(text)
    (pages,) = draw_forms(text, forms, TODAY, None)
    assert has(pages[1], GREEN)


def test_long_lines_of_a_text_are_broken_and_no_word_is_lost() -> None:
    text = "слово " * 400 + "\n\nкінець"
    reading = typed(text.encode())
    assert reading.text.split() == text.split()
    assert all(word.box and word.box.right < 595 for line in reading.lines for word in line.words)


def test_a_web_page_is_typed_without_its_tags() -> None:
    rows = make_text(Random(3), "tune", "txt").text.splitlines()
    page = f"<html><body>{''.join(f'<p>{row}</p>' for row in rows)}</body></html>".encode()
    assert "<p>" not in typed(page).text
    (pages,) = draw_forms(page, forms_of(page), TODAY, None)
    assert has(pages[1], GREEN)


def scanned(page: bytes, turn: int) -> bytes:
    picture = pypdfium2.PdfDocument(page)[0].render(scale=200 / 72).to_pil().convert("L")
    out = io.BytesIO()
    picture.rotate(turn, expand=True, fillcolor=255).save(out, "JPEG", quality=85, dpi=(200, 200))
    return out.getvalue()


@pytest.mark.parametrize("turn", [0, 180])
def test_a_scan_is_drawn_upright_as_it_was_read(printed: bytes, turn: int) -> None:
    data = scanned(printed, turn)
    forms = forms_of(data)
    (pages,) = draw_forms(data, forms, TODAY, None)
    level = pixels(draw_forms(printed, forms_of(printed), TODAY, None)[0][1])
    page = pixels(pages[1])
    shape = (min(level.shape[0], page.shape[0]), min(level.shape[1], page.shape[1]) - 380)
    ink, same = (one[: shape[0], : shape[1]].min(axis=2) < 128 for one in (level, page))
    rows = np.corrcoef(ink.sum(axis=1), same.sum(axis=1))[0, 1]
    assert rows > 0.5


def test_what_a_clerk_must_check_is_red_and_what_has_no_place_is_named() -> None:
    page = Image.new("RGB", (200, 200), "white")
    sure = Mark("a", 0.98, False, Box(10, 10, 50, 20), "х")
    doubtful = Mark("b", 0.4, True, Box(10, 60, 50, 80), "х")
    lost = Mark("c", 0.4, True, None, "х", " – місця не знайдено")
    assert not has(paint(page, 1.0, [sure]), RED)
    assert has(paint(page, 1.0, [doubtful]), RED)
    assert has(paint(page, 1.0, [lost]), RED) or pixels(paint(page, 1.0, [lost])).min() < 250
    # A doubtful field is drawn over a sure one that stands in the same place.
    same = Mark("d", 0.4, True, Box(10, 10, 50, 20), "х")
    both = pixels(paint(page, 1.0, [same, sure]))[:, :200]
    assert (both == RED).all(axis=2).any()
    assert not (both == GREEN).all(axis=2).any()


def test_the_command_writes_a_picture_of_each_page_and_names_nobody(
    made: Made, tmp_path: Path
) -> None:
    form, folder = tmp_path / "form.docx", tmp_path / "pictures"
    form.write_bytes(made.data)
    shown = CliRunner().invoke(opika, ["parse", str(form), "--picture", str(folder)])
    assert shown.exit_code == 0, shown.output
    names = sorted(path.name for path in folder.iterdir())
    assert names
    assert all(name.startswith("1-") and name.endswith(".png") for name in names)
    assert str(folder / names[0]) in shown.output


def test_a_file_without_a_form_gives_no_picture(tmp_path: Path) -> None:
    letter, folder = tmp_path / "letter.txt", tmp_path / "pictures"
    letter.write_text("Запрошуємо на нараду.", encoding="utf-8")
    shown = CliRunner().invoke(opika, ["parse", str(letter), "--json", "--picture", str(folder)])
    assert shown.exit_code == 0, shown.output
    assert list(folder.iterdir()) == []
