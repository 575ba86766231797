"""A text PDF gives its words, its drawn boxes and its form fields, each where it stands."""

from __future__ import annotations

import contextlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opika.errors import EncryptedFileError, FileError, UnreadableFileError
from parsers.file import FileReading, read_file
from parsers.pdf import read_pdf
from tests.forms.convert import office
from tests.parsers.pdffile import pdf, words
from tests.parsers.wordfile import docx, form, paragraph, run, table

TODAY = date(2026, 11, 22)
STRIKE = "<w:strike/>"
GAP = " " * 24
FORMS = {
    "plain": form(
        received="Надійшло: ☐ усно   ☒ письмово   ☐ по телефону",
        reporter="Від: Дуже-Довга Ольга Іванівна, " + "учителька " * 12 + "школи",
    ),
    "struck": form(
        received=paragraph(
            "Надійшло: ", run("усно", STRIKE), "   письмово   ", run("по телефону", STRIKE)
        ),
    ),
    "columns": form(
        outgoing=f"Дата вих. 05.03.2026 № 7{GAP}Дата вхід. 06.03.2026 № 8/вх",
        sender="",
        sender_hint="",
        incoming="",
        recipient="",
        recipient_hint="",
    ),
    "table": [
        table(
            ("Надійшло:", "☐ усно   ☒ письмово   ☐ по телефону"),
            ("Про" + form()[8][3:], "Вигаданко Іван Петрович, 9 років"),
            ("Місце проживання:", ""),
            ("Зміст повідомлення/інформації:", "Дитина тиждень не відвідує уроків. " * 4),
            ("Від:", ""),
            ("За результатами", "відвідування"),
            ("Вжиті заходи:", ""),
        ).replace(
            "<w:tbl>",
            '<w:tbl><w:tblPr><w:tblW w:w="9000" w:type="dxa"/><w:tblBorders>'
            + "".join(
                f'<w:{side} w:val="single" w:sz="4"/>'
                for side in ("top", "left", "bottom", "right", "insideH", "insideV")
            )
            + "</w:tblBorders></w:tblPr>",
        )
    ],
}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, FileReading]:
    """The forms above as LibreOffice prints them to PDF, read."""
    folder = tmp_path_factory.mktemp("printed")
    sources = []
    for name, blocks in FORMS.items():
        sources.append(folder / f"{name}.docx")
        sources[-1].write_bytes(docx(*blocks))
    paths = office(sources, "pdf", folder)
    return {p.stem: read_file(p.read_bytes(), p.name, today=TODAY) for p in map(Path, paths)}


def test_a_printed_form_is_read_like_its_original(printed: dict[str, FileReading]) -> None:
    (found,) = printed["plain"].forms
    (original,) = read_file(docx(*FORMS["plain"]), "a.docx", today=TODAY).forms
    differing = {k for k in original if original[k] != found[k]} - {"places", "confidence"}
    assert differing == set()


def test_a_field_of_a_page_keeps_its_page_and_box(printed: dict[str, FileReading]) -> None:
    place = printed["plain"].forms[0]["places"]["address"]
    left, top, right, bottom = place["box"]
    assert place["page"] == 1
    assert 0 < left < right < 600
    assert 0 < top < bottom < 842


def test_struck_out_options_are_seen_by_their_lines(printed: dict[str, FileReading]) -> None:
    assert printed["struck"].forms[0]["received_via"] == "written"


def test_two_numbers_on_one_line_stay_apart(printed: dict[str, FileReading]) -> None:
    (found,) = printed["columns"].forms
    assert (found["outgoing_number"], found["incoming_number"]) == ("7", "8/вх")
    assert (found["outgoing_date"], found["incoming_date"]) == ("2026-03-05", "2026-03-06")


def test_ruled_cells_part_labels_from_values(printed: dict[str, FileReading]) -> None:
    (found,) = printed["table"].forms
    assert found["content"] == "Дитина тиждень не відвідує уроків. " * 3 + (
        "Дитина тиждень не відвідує уроків."
    )
    assert (found["address"], found["reporter"], found["basis"]) == (None, None, "відвідування")


def test_drawn_boxes_and_ticks_are_words() -> None:
    empty = "20 100 10 10 re S BT /F 10 Tf 35 102 Td (one) Tj ET "
    crossed = "80 100 10 10 re S BT /F 9 Tf 82 102 Td (X) Tj ET BT /F 10 Tf 95 102 Td (two) Tj ET "
    drawn = "140 100 10 10 re S 142 102 m 145 108 l S BT /F 10 Tf 155 102 Td (three) Tj ET "
    inked = "200 100 10 10 re f BT /F 10 Tf 215 102 Td (four) Tj ET"
    assert words(pdf(empty + crossed + drawn + inked)) == (
        ["☐", "one", "☒", "two", "☒", "three", "☒", "four"]
    )


def test_the_frame_of_a_short_number_is_no_check_box() -> None:
    framed = "20 100 14 14 re S BT /F 10 Tf 21 103 Td (20) Tj ET "
    crossed = "80 100 10 10 re S BT /F 9 Tf 82 102 Td (X) Tj ET"
    assert words(pdf(framed + crossed)) == ["20", "☒"]


def test_values_and_boxes_of_form_fields_are_words() -> None:
    value = "FEFF" + "с. Нове".encode("utf-16-be").hex()
    text = f"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/Rect[60 95 200 110]/V<{value}>>>"
    box = "<</Type/Annot/Subtype/Widget/FT/Btn/T(b)/Rect[10 95 20 105]/V/Yes/AS/Yes/AP<</N<</Yes 4 0 R/Off 4 0 R>>>>>>"
    data = pdf(
        "BT /F 10 Tf 30 98 Td (place:) Tj ET",
        annotations="6 0 R 7 0 R",
        catalogue="/AcroForm<</Fields[6 0 R 7 0 R]>>",
    ).replace(b"trailer", f"6 0 obj {text} endobj\n7 0 obj {box} endobj\ntrailer".encode())
    assert words(data) == ["☒", "place:", "с.", "Нове"]


def test_a_pdf_without_text_is_named_a_scan() -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_pdf(pdf("0 0 300 300 re f"))
    assert "скан" in caught.value.clerk_message


def test_a_pdf_with_a_password_says_so() -> None:
    lock = "/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{0}>/U<{0}>>>/ID[<01><01>]".format("41" * 32)
    with pytest.raises(EncryptedFileError):
        read_pdf(pdf("BT /F 10 Tf (secret) Tj ET", trailer=lock))


GOOD = pdf("BT /F 10 Tf 30 98 Td (place: somewhere) Tj ET 20 90 100 1 re f")


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255), st.integers(0, len(GOOD)))
def test_a_damaged_pdf_is_read_or_refused(at: int, byte: int, cut: int) -> None:
    for data in (GOOD[:at] + bytes([byte]) + GOOD[at + 1 :], GOOD[:cut]):
        with contextlib.suppress(FileError):
            read_file(data, "a.pdf", today=TODAY)


def test_a_number_broken_at_a_hyphen_is_two_words_on_two_lines() -> None:
    from parsers.pdf_words import _RUN

    assert _RUN.findall("№ __вн\ufffe482/20_ далі") == ["№", "__вн\ufffe", "482/20_", "далі"]
