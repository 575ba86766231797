"""What programs print round a document is set aside; what a person wrote is not."""

from __future__ import annotations

import pytest

from parsers.reading import Box, Cell, Line, Word
from parsers.stamps import set_aside

HEIGHT = 842.0


def line(text: str, top: float = 400.0, cell: Cell | None = None) -> Line:
    words = [Word(piece, box=Box(60, top, 200, top + 11)) for piece in text.split()]
    return Line(words, page=1, cell=cell)


def asides(*pages: list[Line]) -> list[str]:
    set_aside(pages, [HEIGHT] * len(pages))
    return [line.text for page in pages for line in page if line.aside]


@pytest.mark.parametrize(
    "text",
    [
        "Сторінка 1 з 2",
        "стор. 2",
        "2",
        "– 2 –",
        "1/2",
        "СЕД «Діловод» Документ 17AB Сторінка 1",
        "Роздруковано 12.03.2026",
        "https://docs.example.org/d/17/edit",
        "Повідомлення – Google Документи",
    ],
)
def test_running_lines_are_set_aside_in_the_margins_alone(text: str) -> None:
    assert asides([line(text, 20), line("Додаток 1", 60), line("Від: Навчайко О. І.")]) == [text]
    assert asides([line("Додаток 1", 60), line("Від: Навчайко О. І."), line(text, 815)]) == [text]
    if "СЕД" not in text:
        assert asides([line("Додаток 1", 60), line(text, 400)]) == []


@pytest.mark.parametrize("text", ["15.", "Додаток 1", "Дата вих. 12.03.2026 № 5", "Від: сусідки"])
def test_the_form_s_own_lines_stay_in_the_margin(text: str) -> None:
    assert asides([line(text, 20), line("інше")]) == []


def test_a_mark_of_an_office_on_the_way_is_set_aside_where_the_form_has_its_own() -> None:
    mark = "Управління освіти Вх. № 512/01-20"
    assert asides([line(mark, 20), line("Дата вхід. ____ № ____", 150)]) == [mark]
    assert asides([line(mark, 20), line("Зміст повідомлення", 150)]) == []


def test_the_frame_of_a_signing_program_is_set_aside_whole() -> None:
    frame = Cell(3, 0, 0, last=True)
    signature = [
        line("ДОКУМЕНТ ПІДПИСАНО КВАЛІФІКОВАНИМ ЕЛЕКТРОННИМ", 600, frame),
        line("ПІДПИСОМ", 612, frame),
        line("Власник Ольга НАВЧАЙКО", 624, frame),
    ]
    assert asides([line("Час 12:30", 580), *signature, line("далі", 660)]) == [
        one.text for one in signature
    ]


def test_a_signature_without_a_frame_ends_where_it_says_nothing_more() -> None:
    page = [
        line("Підписано КЕП: Ольга НАВЧАЙКО", 600),
        line("Сертифікат № 2C99356CDDC3C8DD8E1A", 612),
        line("Дійсний з 01.01.2025 по 31.12.2026", 624),
        line("Від: сусідки", 640),
    ]
    assert asides(page) == [one.text for one in page[:3]]


def test_a_person_who_owns_or_signs_something_is_no_signature() -> None:
    story = [line("Власник будинку п’є."), line("Мати підписала відмову від дитини.")]
    assert asides(story) == []


def test_a_line_that_returns_on_every_page_is_a_running_line() -> None:
    first = [line("Вигаданий ліцей", 30), line("Додаток 1", 60)]
    second = [line("Вигаданий ліцей", 30), line("Вжиті заходи: бесіда", 60)]
    assert asides(first, second) == ["Вигаданий ліцей"]
