"""Fields that whoever typed the form anew added: they are no part of the value before them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from parsers.file import read_file
from tests.parsers.wordfile import docx, paragraph, run, table

TODAY = date(2026, 11, 22)
LABELS = (
    "Надійшло: ☒ усно ☐ письмово ☐ по телефону",
    "Про дитину, сім’ю (особу): Вигаданко Назар, 9 років",
    "Місце проживання: с. Вигадане, вул. Нова, 5",
    "Зміст повідомлення: Хлопець не ходить до школи.",
    "Від: Навчайко Ольга Іванівна",
    "Вжиті заходи: Проведено бесіду.",
)


def read(*lines: str) -> dict[str, Any]:
    found = read_file(docx(*map(paragraph, lines)), "форма.docx", today=TODAY)
    assert len(found.forms) == 1
    return found.forms[0]


def with_line(line: str, after: int) -> tuple[str, ...]:
    return (*LABELS[: after + 1], line, *LABELS[after + 1 :])


@pytest.mark.parametrize(
    "line", ["Рівень терміновості: звичайний", "Освітній заклад, який відвідує дитина: ліцей № 2"]
)
@pytest.mark.parametrize(("after", "key"), [(2, "address"), (4, "reporter")])
def test_a_line_that_opens_as_a_label_does_is_shown_to_a_clerk(
    line: str, after: int, key: str
) -> None:
    assert key in read(*with_line(line, after))["review"]


@pytest.mark.parametrize(
    ("line", "after", "key"),
    [
        ("Вигаданко Ганна Петрівна: 12 років", 1, "subject"),
        ("Мати: Вигаданко Ганна Петрівна", 1, "subject"),
        ("Дата виявлення: 01.03.2026", 3, "content"),
    ],
)
def test_what_people_set_a_colon_behind_in_a_text_is_not_doubted(
    line: str, after: int, key: str
) -> None:
    found = read(*with_line(line, after))
    assert line in found[key]
    assert key not in found["review"]


def test_a_number_between_those_of_two_labels_is_that_of_another_field() -> None:
    numbered = [f"{n}. {line}" for n, line in enumerate(LABELS, start=1)]
    numbered[3:] = ["4. Громадянство України", *(f"{n}. {t}" for n, t in enumerate(LABELS[3:], 5))]
    found = read(*numbered)
    assert found["address"] == "с. Вигадане, вул. Нова, 5"
    assert found["content"] == "Хлопець не ходить до школи."


def test_a_field_in_bold_ends_the_one_before_where_labels_are_bold() -> None:
    lines = [line.split(": ", 1) for line in with_line("Громадянство: України", 2)]
    bold = [paragraph(run(f"{label}: ", "<w:b/>"), run(value)) for label, value in lines]
    found = read_file(docx(*bold), "форма.docx", today=TODAY).forms[0]
    assert found["address"] == "с. Вигадане, вул. Нова, 5"
    assert "address" in found["review"]


def test_a_cell_of_its_own_ends_a_field() -> None:
    rows = [(line,) for line in with_line("Громадянство України", 2)]
    found = read_file(docx(table(*rows)), "форма.docx", today=TODAY).forms[0]
    assert found["address"] == "с. Вигадане, вул. Нова, 5"
