"""Labels at the left, values at the right, and nothing ruled between them on the page."""

from __future__ import annotations

import pytest

from parsers.dodatok1.layout import arrange
from parsers.reading import Box, Line, Word

LEFT, RIGHT = 57.0, 250.0


def line(top: float, left: str, right: str = "") -> Line:
    """A line of words, the right ones behind a gap of twenty spaces."""
    words = [Word(text, 1.0, box=Box(LEFT, top, LEFT + 90, top + 10)) for text in left.split()]
    words += [Word(text, 1.0, box=Box(RIGHT, top, RIGHT + 90, top + 10)) for text in right.split()]
    if left and right:
        words[len(left.split())].gap = 20.0
    return Line(words, page=1)


def read(*rows: tuple[str, str]) -> list[str]:
    segments = arrange([line(100.0 + 14 * n, *row) for n, row in enumerate(rows)])
    return [" ".join(word.text for word in segment.words) for segment in segments]


def test_a_label_broken_over_lines_is_read_whole_before_its_value() -> None:
    assert read(
        ("До повідомлення/інформації", "заява матері;"),
        ("додано документи:", "акт візиту"),
        ("Усне чи телефонне", "Приймайко Олена"),
        ("повідомлення/інформацію прийнято:", ""),
    ) == [
        "До повідомлення/інформації",
        "додано документи:",
        "заява матері;",
        "акт візиту",
        "Усне чи телефонне",
        "повідомлення/інформацію прийнято:",
        "Приймайко Олена",
    ]


def test_the_explanation_in_the_label_ends_where_its_bracket_does() -> None:
    assert read(
        ("За результатами (відвідування,", "розмови з бабусею"),
        ("обстеження, огляду, рейду,", ""),
        ("візиту в сім’ю тощо):", ""),
        ("Вжиті заходи:", ""),
    )[-3:] == ["візиту в сім’ю тощо):", "розмови з бабусею", "Вжиті заходи:"]


@pytest.mark.parametrize("rows", [(("Вжиті заходи:", "бесіда"), ("з матір’ю", "")), (("а", "б"),)])
def test_lines_without_a_broken_label_keep_their_order(rows: tuple[tuple[str, str], ...]) -> None:
    assert read(*rows) == [text for row in rows for text in row if text]


def test_organisations_above_the_lines_of_their_dates_are_two_columns() -> None:
    assert read(
        ("Вигадана гімназія", "Служба у справах дітей"),
        ("с. Вигадане, вул. Нова, 1", "(найменування установи)"),
        ("тел. 050 000 00 01", "Дата вхід. ______ № ____"),
        ("(найменування закладу, адреса, телефон)", ""),
        ("Дата вих. 05.03.2026 № 12", ""),
        ("ПОВІДОМЛЕННЯ/ІНФОРМАЦІЯ", ""),
    ) == [
        "Вигадана гімназія",
        "с. Вигадане, вул. Нова, 1",
        "тел. 050 000 00 01",
        "(найменування закладу, адреса, телефон)",
        "Дата вих. 05.03.2026 № 12",
        "Служба у справах дітей",
        "(найменування установи)",
        "Дата вхід. ______ № ____",
        "ПОВІДОМЛЕННЯ/ІНФОРМАЦІЯ",
    ]


def test_the_heading_of_a_part_ends_the_two_columns_of_the_head() -> None:
    read_in_order = read(
        ("Дата вих. 05.03.2026 № 12", "Дата вхід. ______ № ____"),
        ("Вигадана гімназія", "Служба у справах дітей"),
        ("І. РЕЄСТРАЦІЯ", ""),
        ("ПОВІДОМЛЕННЯ/ІНФОРМАЦІЯ", ""),
    )
    assert read_in_order[-3:] == [
        "Служба у справах дітей",
        "І. РЕЄСТРАЦІЯ",
        "ПОВІДОМЛЕННЯ/ІНФОРМАЦІЯ",
    ]


def test_the_label_of_an_organisation_broken_over_lines_is_read_whole() -> None:
    assert read(
        ("Найменування організації/закладу/установи, яка", "Вигадана амбулаторія"),
        ("направляє повідомлення, поштова та електронна", "тел. (000) 000-00-00"),
        ("адреси, телефон", ""),
    ) == [
        "Найменування організації/закладу/установи, яка",
        "направляє повідомлення, поштова та електронна",
        "адреси, телефон",
        "Вигадана амбулаторія",
        "тел. (000) 000-00-00",
    ]
