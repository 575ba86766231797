"""A printed form comes through scanner, fax and phone with its fields, its ticks and its doubts."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from opika.errors import TooLargeFileError, UnreadableFileError
from opika.worker import Worker
from parsers import ocr, scan
from parsers.dodatok1.form import extract
from parsers.file import FileReading, read_file
from parsers.ocr import Seen
from parsers.ocr_words import without_ruins, words_of
from parsers.pdf import read_pdf
from parsers.pdf_drawing import Drawing
from parsers.picture import Picture
from parsers.picture_rules import Rect
from parsers.reading import FILLER, UNREAD_PAGE, Line, Reading, Word
from tests.forms.convert import office, page_pictures
from tests.forms.pictures import SAVERS, Machine, see
from tests.parsers.wordfile import docx, form

TODAY = date(2026, 11, 22)
DPI = 200


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A filled form as a PDF; its text is text."""
    folder = tmp_path_factory.mktemp("printed")
    blocks = form(
        received="Надійшло: ☐ усно   ☒ письмово   ☐ по телефону",
        content="Хлопчик третій тиждень не ходить до школи. Виявлено 04.03.2026.",
    )
    (folder / "form.docx").write_bytes(docx(*blocks))
    return office([folder / "form.docx"], "pdf", folder)[0]


@pytest.fixture(scope="module")
def page(printed: Path) -> Image.Image:
    """The form's first page on paper."""
    picture = page_pictures(printed, DPI, printed.parent)[0]
    return Image.open(picture).convert("RGB")


def read(data: bytes) -> FileReading:
    return read_file(data, "scan", today=TODAY)


def seen(page: Image.Image, kind: str = "jpg", **traits: object) -> bytes:
    machine = Machine(dpi=DPI, **traits)  # type: ignore[arg-type]
    return SAVERS[kind]([see(Random(7), machine, page)], machine)


def check(reading: FileReading, text: FileReading) -> None:
    """The scan says what the text says, ticks included."""
    (form_read,), (form_text,) = reading.forms, text.forms
    for key in ("received_via", "reporter_kinds", "detected_on", "outgoing_date", "persons"):
        assert form_read[key] == form_text[key], key


@pytest.fixture(scope="module")
def text(printed: Path) -> FileReading:
    return read(printed.read_bytes())


def test_a_grey_scan_reads_as_its_text(page: Image.Image, text: FileReading) -> None:
    check(read(seen(page, tilt=1.5, noise=4, grey=True)), text)


def test_a_form_on_its_head_is_turned(page: Image.Image, text: FileReading) -> None:
    check(read(seen(page, "png", turn=2)), text)


def test_a_form_on_its_side_is_turned(page: Image.Image, text: FileReading) -> None:
    check(read(seen(page, "tiff", turn=1, noise=3)), text)


def test_a_phone_s_askew_photo_is_read(page: Image.Image, text: FileReading) -> None:
    check(read(seen(page, bend=0.02, light=0.3, noise=4)), text)


def test_a_pdf_of_a_picture_is_read_and_its_text_pages_stay_text(
    page: Image.Image, printed: Path, text: FileReading
) -> None:
    import pypdfium2 as pdfium  # type: ignore[import-untyped]

    both = pdfium.PdfDocument.new()
    both.import_pages(pdfium.PdfDocument(seen(page, "pdf", noise=2)))
    both.import_pages(pdfium.PdfDocument(printed))
    out = io.BytesIO()
    both.save(out)
    found = read(out.getvalue())
    assert len(found.forms) == 2
    assert found.forms[1]["confidence"] == text.forms[0]["confidence"]
    assert found.forms[0]["received_via"] == "written"


def test_reading_fits_into_the_worker_s_memory(page: Image.Image) -> None:
    with Worker(60, 1024) as worker:
        sharp = page.resize((2481, 3508))
        data = SAVERS["tiff"]([sharp, sharp], Machine(dpi=300))
        found = worker.call(read_file, data, "scan", today=TODAY)
    assert len(found.forms) == 2


def test_pages_too_large_to_be_read_at_once_are_read_in_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = threading.Lock()

    def read_in_little_room(picture: Picture) -> tuple[list[Word], Drawing]:
        if not room.acquire(blocking=False):
            raise MemoryError
        time.sleep(0.05)
        room.release()
        return [Word(str(picture.dpi))], Drawing()

    monkeypatch.setattr(scan, "read_page", read_in_little_room)
    pictures = [Picture(np.zeros((2, 2), np.uint8), dpi) for dpi in (1.0, 2.0, 3.0)]
    read = [words[0].text for words, _ in scan.read_pages(pictures)]
    assert read == ["1.0", "2.0", "3.0"]


def test_blank_sheets_between_the_pages_are_counted_and_skipped(page: Image.Image) -> None:
    blank = Image.new("RGB", page.size, "white")
    data = SAVERS["tiff"]([blank, page, blank], Machine(dpi=DPI))
    reading = scan.read_scan(data)
    assert reading.blank_pages == (1, 3)
    assert {line.page for line in reading.lines} == {2}


def test_lines_to_write_on_become_blanks() -> None:
    paper = Image.new("L", (1200, 400), 255)
    ImageDraw.Draw(paper).line((100, 200, 1000, 200), fill=0, width=2)
    font = ImageFont.truetype(
        "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf", 40
    )
    ImageDraw.Draw(paper).text((100, 100), "Дата", 0, font)
    words, drawing = scan.read_page(Picture(np.asarray(paper), float(DPI)))
    assert FILLER in [word.text for word in words]
    assert len(drawing.across) == 1


def test_pages_that_no_time_is_left_for_say_so_in_the_text(
    page: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(scan.BOUND, "-1")
    data = SAVERS["tiff"]([page, page], Machine(dpi=DPI))
    reading = scan.read_scan(data)
    assert reading.unread_pages == (1, 2)
    told = [UNREAD_PAGE.replace("Сторінку", f"Сторінку {page}") for page in (1, 2)]
    assert reading.text.splitlines() == told
    with pytest.raises(TooLargeFileError) as caught:
        read(data)
    assert "не прочитано сторінки 1–2" in caught.value.clerk_message


def test_pages_are_left_before_their_reader_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    def read_slowly(picture: Picture) -> tuple[list[Word], Drawing]:
        time.sleep(0.25)
        return [Word("прочитано")], Drawing()

    monkeypatch.setenv(scan.BOUND, "2")
    monkeypatch.setattr(scan, "read_page", read_slowly)
    begun = time.monotonic()
    read = list(scan.read_pages([Picture(np.zeros((2, 2), np.uint8), 200.0)] * 20))
    assert time.monotonic() - begun < 2
    left = [scan.is_unread(words) for words, _ in read]
    assert len(left) == 20
    assert left == sorted(left)
    assert not left[0]
    assert left[-1]


def test_a_form_before_pages_that_nobody_read_goes_to_review(printed: Path) -> None:
    reading = read_pdf(printed.read_bytes())
    whole = extract(reading, TODAY).forms[0]
    lines = [Line([Word(text) for text in UNREAD_PAGE.split()], page=9)]
    (form_read,) = extract(Reading(reading.lines + lines), TODAY).forms
    assert form_read["content"] == whole["content"]
    assert "content" in str(form_read["review"])
    assert "content" not in str(whole["review"])


@pytest.fixture
def no_models(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(ocr, "_FOLDERS", ("/nowhere",))
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    ocr.language_data.cache_clear()
    yield
    ocr.language_data.cache_clear()


@pytest.mark.usefixtures("no_models")
def test_without_tesseract_s_models_a_clerk_is_told_why() -> None:
    with pytest.raises(UnreadableFileError) as caught:
        ocr.language_data()
    assert "розпізнавання" in caught.value.clerk_message


def spoken(*texts: str, confidence: float = 0.95) -> list[Seen]:
    """What recognition might say, each word on white paper of its own."""
    return [
        Seen(text, confidence, Rect(10, 50 * n, 90, 50 * n + 30), 50 * n + 28, 30)
        for n, text in enumerate(texts)
    ]


WHITE = np.full((900, 400), 255, np.uint8)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Ne", "№"),
        ("No43/03-14", "№43/03-14"),
        ("№ВХ-165", "№ВХ-165"),
        ("МЖвВХ-165", "№ВХ-165"),
        ("сім*я", "сім’я"),
        ("сімї", "сім’ї"),
        ("сім?ї", "сім’ї"),
        ("свято", "свято"),
        ("Рябко", "Рябко"),
        ("—-", "–"),
        ("Ѓаночук", "Ґаночук"),
        ("ГЃаночук", "Ґаночук"),
        ("Іімбирець", "Імбирець"),
        ("_14_", "14"),
        ("Не", "Не"),
        ("office@example.org", "office@example.org"),
        ("__my_office@example.org_", "my_office@example.org"),
    ],
)
def test_known_mistakes_of_the_models_are_mended(said: str, meant: str) -> None:
    (word,) = words_of(spoken(said), WHITE, DPI)
    assert word.text == meant


def test_an_unsure_letter_before_figures_is_the_number_sign() -> None:
    line = [
        Seen(text, 0.6, Rect(left, 10, left + 60, 40), 38, 30)
        for left, text in ((10, "Л"), (80, "494/02-10"))
    ]
    assert [word.text for word in words_of(line, WHITE, DPI)] == ["№", "494/02-10"]
    sure = [word._replace(confidence=0.95) for word in line]
    assert words_of(sure, WHITE, DPI)[0].text == "Л"


def test_addresses_are_read_with_latin_letters_and_words_beside_them_are_not() -> None:
    paper = Image.new("L", (1500, 600), 255)
    font = ImageFont.truetype(
        "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf", 40
    )
    said = (
        "електронна адреса zdo3.zhuravlyk@example.org для відповіді",
        "тел. 0500005438, e-mail: lypyny_post@example.org",
        "Хлопчик із сім’ї Іваненків третій тиждень не ходить до школи",
    )
    for number, line in enumerate(said):
        ImageDraw.Draw(paper).text((60, 100 + 120 * number), line, 0, font)
    words, _ = scan.read_page(Picture(np.asarray(paper), float(DPI)))
    assert " ".join(word.text for word in words) == " ".join(said)


def test_a_word_read_as_figures_and_brackets_is_looked_at_again() -> None:
    paper = Image.new("L", (900, 200), 255)
    font = ImageFont.truetype(
        "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf", 36
    )
    ImageDraw.Draw(paper).text((100, 100), "письмово", 0, font, anchor="ls")
    pieces = [
        Seen("17е", 0.37, Rect(100, 83, 140, 110), 100, 24),
        Seen("(97):", 0.1, Rect(143, 83, 252, 110), 100, 24),
    ]
    page = np.asarray(paper)
    assert [word.text.lower() for word in without_ruins(pieces, page, DPI)] == ["письмово"]
    apart = [pieces[0], pieces[1]._replace(base=400)]
    assert without_ruins(apart, page, DPI) == apart


@pytest.mark.parametrize(
    ("said", "height", "meant"),
    [
        ("цес", 24, "ЦЕС"),
        ("цес", 17, "цес"),
        ("смт", 17, "смт"),
        ("СМТ", 17, "смт"),
        ("СМТ", 24, "СМТ"),
        ("біль", 24, "біль"),
        ("ПИСЬМОВО", 17, "письмово"),
        ("МАТЕРІ", 17, "МАТЕРІ"),
    ],
)
def test_letters_alike_in_both_cases_are_told_by_their_height(
    said: str, height: int, meant: str
) -> None:
    word = Seen(said, 0.96, Rect(100, 100 - height, 180, 100), 100, 24)
    other = Seen("Рожищенської", 0.96, Rect(190, 76, 290, 106), 100, 24)
    page = np.full((200, 300), 255, np.uint8)
    assert [w.text for w in words_of([word, other], page, DPI)] == [meant, "Рожищенської"]
    assert words_of([word], page, DPI)[0].text == said


def test_lines_under_figures_part_them_from_the_number_sign() -> None:
    assert [word.text for word in words_of(spoken("№__779"), WHITE, DPI)] == ["№", "779"]


def test_a_word_of_the_language_is_surer_than_a_name() -> None:
    school, name = words_of(spoken("школи", "Вигаданчк", confidence=0.6), WHITE, DPI)
    assert school.confidence > 0.75 > name.confidence


def test_latin_letters_among_ukrainian_words_are_doubted() -> None:
    (word,) = words_of(spoken("cyTb"), WHITE, DPI)
    assert word.confidence < 0.75


def test_a_line_written_on_by_hand_is_never_surely_empty() -> None:
    sheet = Image.new("RGB", (1654, 2339), "white")
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.truetype(
        "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf", 33
    )
    for row, label in enumerate(("Вжиті заходи", "За результатами", "Місце проживання")):
        draw.text((150, 300 + 200 * row), label, "black", font)
        draw.line((500, 334 + 200 * row, 1400, 334 + 200 * row), "black", 2)
    x = np.arange(0, 420)
    wave = 515 + 14 * np.sin(x / 6.0) + 9 * np.sin(x / 17.0)
    for start in range(0, 420, 60):
        stroke = [(600 + int(n), float(wave[n])) for n in range(start, start + 46)]
        draw.line(stroke, (30, 40, 120), 3)
    words, _ = scan.read_page(Picture(np.asarray(sheet), DPI))
    on_rule = [
        [w.confidence for w in words if w.box and w.box.left > 160 and abs(w.box.bottom - y) < 12]
        for y in (120.2, 192.2, 264.2)
    ]
    assert [min(row) < 0.75 for row in on_rule] == [False, True, False]
