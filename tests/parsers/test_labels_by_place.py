"""Forms typed anew with labels that nobody foresaw: their place and their look tell what they are."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from parsers.file import read_file
from tests.parsers.wordfile import docx, paragraph, run, table

TODAY = date(2026, 11, 22)
BOLD = "<w:b/>"
HEAD = (
    "Відправник: Ліцей «Вигаданський», с. Вигадане",
    "Вихідний номер: 265/03-26",
    "Вихідна дата: 02.03.2026",
    "Отримувач: Служба у справах дітей",
    "ПОВІДОМЛЕННЯ",
)
KINDS = "☐ самозвернення, ☐ від родичів, ☐ від сусідів/знайомих, ☒ анонімно, ☐ інше"
ROWS = {
    "Канал надходження": "☐ усно ☒ письмово ☐ по телефону",
    "Кого стосується повідомлення": "Вигаданко Назар Ілліч, 9 років",
    "Фактична адреса родини": "с. Вигадане, вул. Нова, 5",
    "Короткий виклад обставин": "Хлопець не ходить до школи.",
    "Ініціатор звернення": "Навчайко Ольга Іванівна",
    "Категорія": KINDS,
    "Виявлено під час": "візиту в сім’ю",
    "Здійснені дії": "Проведено бесіду.",
    "Долучені матеріали": "акт на 1 арк.",
    "Хто записав повідомлення": "Приймайко О. П., спеціаліст",
    "Дата": "03.03.2026",
    "Час": "10:15",
}
SAID = {
    "outgoing_number": "265/03-26",
    "outgoing_date": "2026-03-02",
    "recipient": "Служба у справах дітей",
    "received_via": "written",
    "subject": "Вигаданко Назар Ілліч, 9 років",
    "address": "с. Вигадане, вул. Нова, 5",
    "content": "Хлопець не ходить до школи.",
    "reporter": "Навчайко Ольга Іванівна",
    "reporter_kinds": ["anonymous"],
    "basis": "візиту в сім’ю",
    "measures_taken": "Проведено бесіду.",
    "enclosures": "акт на 1 арк.",
    "accepted_by": "Приймайко О. П., спеціаліст",
    "accepted_date": "2026-03-03",
    "accepted_time": "10:15",
}


def read(*blocks: str) -> dict[str, Any]:
    found = read_file(docx(*map(paragraph, HEAD), *blocks), "форма.docx", today=TODAY)
    assert len(found.forms) == 1
    return found.forms[0]


def in_lines(rows: dict[str, str], **changed: str) -> list[str]:
    """The label of each row in bold, its value in the line below."""
    return [p for label, value in rows.items() for p in (heading(label), paragraph(value))]


def heading(text: str) -> str:
    return paragraph(run(text, BOLD))


def test_labels_nobody_foresaw_are_read_in_a_column_of_labels() -> None:
    rows = {"Місце проживання" if "адреса" in k else k: v for k, v in ROWS.items()}
    rows = {"Заявник" if "Ініціатор" in k else k: v for k, v in rows.items()}
    found = read(table(*rows.items()))
    assert {key: found[key] for key in SAID} == SAID


def test_bold_lines_above_values_are_labels() -> None:
    rows = {"Місце проживання" if "адреса" in k else k: v for k, v in ROWS.items()}
    rows = {"Вжиті заходи" if "дії" in k else k: v for k, v in rows.items()}
    found = read(*in_lines(rows))
    assert {key: found[key] for key in SAID} == SAID
    assert {"subject", "content", "enclosures"} <= set(found["review"])


@pytest.mark.parametrize(
    "words", ["Службові відмітки", "Розділ 5. Джерело повідомлення", "V. ПРИЙНЯТТЯ ПОВІДОМЛЕННЯ"]
)
def test_a_bold_heading_before_a_label_is_no_value(words: str) -> None:
    found = read(
        paragraph("Надійшло: ☒ усно ☐ письмово ☐ по телефону"),
        paragraph("Про дитину, сім’ю (особу): Вигаданко Назар, 9 років"),
        paragraph("Місце проживання: с. Вигадане"),
        paragraph("Зміст повідомлення: Хлопець не ходить до школи."),
        heading(words),
        paragraph("Від: Навчайко Ольга Іванівна"),
        paragraph("Вжиті заходи: Проведено бесіду."),
    )
    assert found["content"] == "Хлопець не ходить до школи."
    assert found["reporter"] == "Навчайко Ольга Іванівна"


def test_words_round_a_label_belong_to_it() -> None:
    found = read(
        paragraph("Надійшло: ☒ усно ☐ письмово ☐ по телефону"),
        paragraph("Про дитину, сім’ю (особу): Вигаданко Назар, 9 років"),
        paragraph("Місце проживання (перебування) с. Вигадане"),
        paragraph("Короткий зміст повідомлення: Хлопець не ходить до школи."),
        paragraph("Від: Навчайко Ольга Іванівна"),
        paragraph(run("Вжиті заходи реагування ", BOLD), run("Проведено бесіду.")),
    )
    assert found["subject"] == "Вигаданко Назар, 9 років"
    assert found["address"] == "с. Вигадане"
    assert found["content"] == "Хлопець не ходить до школи."
    assert found["measures_taken"] == "Проведено бесіду."


def test_the_sender_of_a_letterhead_is_read_and_shown_to_a_clerk() -> None:
    lines = ("ЗДО № 3 «Вигадка», с. Вигадане", *HEAD[1:])
    rows = table(*ROWS.items(), ("Місце проживання", ""), ("Заявник", ""))
    found = read_file(docx(*map(paragraph, lines), rows), "форма.docx", today=TODAY).forms[0]
    assert found["sender"] == "ЗДО № 3 «Вигадка», с. Вигадане"
    assert "sender" in found["review"]
