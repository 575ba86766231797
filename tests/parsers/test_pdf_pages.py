"""A PDF page is read the way its text lies, and looked at where its text says nothing."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pytest

from parsers.file import read_file
from parsers.pdf import read_pdf
from parsers.pdf_sanity import is_garbled, mend_charset
from parsers.reading import Word
from tests.forms.convert import office
from tests.parsers.pdffile import pdf, shown, stream, words
from tests.parsers.wordfile import docx, form

TODAY = date(2026, 11, 22)
BOXES = "20 200 10 10 re S 20 100 10 10 re S 22 102 m 28 108 l S "
LINES = BOXES + shown("first option", 40, 202) + shown("second option", 40, 102)
READ = ["☐", "first", "option", "☒", "second", "option"]
# Text and shapes turned with the page's content: a quarter, a half, three quarters.
TURNS = {90: "0 1 -1 0 300 0 cm", 180: "-1 0 0 -1 300 300 cm", 270: "0 -1 1 0 0 300 cm"}


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("turn", ["1 0 0 1 0 0 cm", *TURNS.values()])
def test_a_page_is_read_whatever_way_it_lies(rotate: int, turn: str) -> None:
    data = pdf(f"{turn} {LINES}", page=f"/MediaBox[0 0 300 300]/Rotate {rotate}")
    assert words(data) == READ


def test_places_are_measured_from_the_visible_corner() -> None:
    data = pdf(shown("place", 110, 380), page="/MediaBox[0 0 500 500]/CropBox[100 100 400 400]")
    box = read_pdf(data).lines[0].words[0].box
    assert box is not None
    assert (round(box.left), round(box.bottom)) == (10, 22)


def test_boxes_are_seen_in_groups_that_programs_put_round_a_page() -> None:
    group = stream(
        LINES, "/Type/XObject/Subtype/Form/BBox[0 0 300 300]/Resources<</Font<</F 5 0 R>>>>"
    )
    data = pdf("q 1 0 0 1 5 -20 cm /G Do Q", resources="/XObject<</G 6 0 R>>", objects=[group])
    assert words(data) == READ


def test_words_up_a_margin_and_across_a_page_stand_aside() -> None:
    content = (
        shown("the value of a field", 40, 200)
        + "BT /F 8 Tf 0 1 -1 0 20 50 Tm (Doc 17 printed) Tj ET "
        + "BT /F 40 Tf .7 .7 -.7 .7 60 60 Tm (COPY) Tj ET"
    )
    lines = read_pdf(pdf(content)).lines
    assert [(line.text, line.aside) for line in lines] == [
        ("the value of a field", False),
        ("Doc 17 printed", True),
        ("COPY", True),
    ]


def test_letters_joined_and_accents_apart_are_spelt_out() -> None:
    text = pdf("BT /F 10 Tf 20 200 Td (x) Tj ET")
    mapped = stream(
        "begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
        "1 beginbfchar <78> <FB03> endbfchar endcmap"
    )
    font = "/BaseFont/Helvetica/ToUnicode 6 0 R"
    data = text.replace(b"/BaseFont/Helvetica", font.encode()).replace(
        b"trailer", f"6 0 obj {mapped} endobj\ntrailer".encode()
    )
    assert words(data) == ["ffi"]


# --- text that says not what the page shows ------------------------------------------------------


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("printed")
    source = folder / "form.docx"
    source.write_bytes(docx(*form(address="місце проживання: с. Нове, вул. Вигадана, 4")))
    (path,) = office([source], "pdf", folder)
    return Path(path).read_bytes()


def test_a_page_whose_fonts_have_no_key_is_looked_at(printed: bytes) -> None:
    keyless = re.sub(rb"/ToUnicode \d+ 0 R", lambda key: b" " * len(key[0]), printed)
    assert keyless != printed
    assert "ПОВІДОМЛЕННЯ" in read_pdf(printed).text
    (found,) = read_file(keyless, "a.pdf", today=TODAY).forms
    assert found["address"] == "с. Нове, вул. Вигадана, 4"


def test_a_stamp_printed_on_a_scan_hides_nothing(printed: bytes) -> None:
    scanned = _scan_with_stamp(printed)
    text = read_pdf(scanned).text
    assert "Вигадана" in text
    assert "10-77/26" in text


def _scan_with_stamp(printed: bytes) -> bytes:
    """The first page as a picture, and a few visible letters on it."""
    source = pdfium.PdfDocument(printed)
    picture = source[0].render(scale=200 / 72).to_pil().convert("L")
    wide, tall = picture.size
    image = stream(
        picture.tobytes().decode("latin-1"),
        f"/Type/XObject/Subtype/Image/Width {wide}/Height {tall}/ColorSpace/DeviceGray/BitsPerComponent 8",
    )
    return pdf(
        "q 595 0 0 842 0 0 cm /I Do Q " + shown("10-77/26", 40, 815, 14),
        page="/MediaBox[0 0 595 842]",
        resources="/XObject<</I 6 0 R>>",
        objects=[image],
    )


SENTENCE = "Сім’я живе без світла та води, дитина не ходить до школи, а батько на роботі. " * 4


def _words(text: str) -> list[Word]:
    return [Word(piece) for piece in text.split()]


def test_shuffled_letters_are_no_words() -> None:
    shuffled = SENTENCE.translate({code: code + 7 for code in range(ord("а"), ord("ч"))})
    assert is_garbled(_words(shuffled))
    assert not is_garbled(_words(SENTENCE))


def test_a_table_of_numbers_and_a_short_note_are_not_called_garbled() -> None:
    assert not is_garbled(_words("12,50 13,75 " * 100))
    assert not is_garbled(_words("Юхимчук Вишнівець Кременець"))


def test_letters_of_old_fonts_become_cyrillic_again() -> None:
    old = SENTENCE.replace("’", "").encode("cp1251").decode("latin-1")
    mended = _words(old)
    mend_charset(mended)
    assert " ".join(word.text for word in mended) == SENTENCE.replace("’", "").strip()


def test_french_keeps_its_accents() -> None:
    french = _words("Le père a dû prévenir l’école où l’élève était inscrit depuis la rentrée " * 4)
    before = [word.text for word in french]
    mend_charset(french)
    assert [word.text for word in french] == before


# --- spaces --------------------------------------------------------------------------------------


@pytest.mark.parametrize("font", ["Helvetica", "Courier"])
def test_a_plain_space_is_one_space_wide_in_every_font(font: str) -> None:
    rows = "".join(shown("place for the name of it", 20, 200 - 12 * n) for n in range(6))
    data = pdf(rows + shown("far", 250, 200)).replace(b"/Helvetica", f"/{font}".encode())
    first = read_pdf(data).lines[0].words
    assert [round(word.gap) for word in first[1:-1]] == [1] * 5
    assert first[-1].gap > 4


def test_words_of_no_known_language_are_kept_where_recognition_makes_no_more_of_them() -> None:
    names = "Acme Borex Cindu Dorvalk Elmstad Farnholt Gruvia Hestok Ilvana Jorunde "
    data = pdf("".join(shown(names, 10, 280 - 14 * n, 6) for n in range(6)))
    assert words(data) == names.split() * 6
