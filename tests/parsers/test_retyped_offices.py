"""Forms as offices type them anew: numbered in sections, labels in bold, stamps and letterheads."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from parsers.file import read_file
from tests.parsers.wordfile import docx, paragraph, run, table

TODAY = date(2026, 11, 22)
SENDER = "Найменування організації, яка направляє повідомлення"
RECIPIENT = "Найменування організації, яка отримала повідомлення"
CONTENT = "Зміст інформації про факти, ознаки чи застереження та дата їх виявлення"
BODY = (
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


def test_numbers_of_sections_and_fields_are_no_values() -> None:
    found = read(
        "1. Реквізити",
        "1.1. Дата вих. ______ № ______",
        "1.2. Дата вхід. ______ № ______",
        "2. Відомості",
        *(f"2.{n}. {line}" for n, line in enumerate(BODY[:3], start=1)),
        "3. Обставини",
        f"3.1. {BODY[3]}",
        f"3.2. {BODY[4]}",
        f"3.3. {BODY[5]}",
    )
    assert found["outgoing_number"] is None
    assert found["subject"] == "Вигаданко Назар, 9 років"
    assert found["address"] == "с. Вигадане, вул. Нова, 5"
    assert found["content"] == "Хлопець не ходить до школи."
    assert found["measures_taken"] == "Проведено бесіду."


def test_bold_words_before_a_value_are_its_label_without_any_sign() -> None:
    head = ("Хто направляє повідомлення (назва, адреса)", "Хто отримав повідомлення")
    values = ("Ліцей «Вигаданський»", "Служба у справах дітей")
    bold = [paragraph(run(f"{t} ", "<w:b/>"), run(v)) for t, v in zip(head, values, strict=True)]
    lines = [paragraph("Дата вих. 02.03.2026 № 265"), *bold, *map(paragraph, BODY)]
    found = read_file(docx(*lines), "форма.docx", today=TODAY).forms[0]
    assert (found["sender"], found["recipient"]) == values


def test_a_line_made_of_the_words_of_labels_is_one() -> None:
    found = read(*BODY[:3], CONTENT, "Хлопець не ходить до школи.", *BODY[4:])
    assert found["content"] == "Хлопець не ходить до школи."
    assert found["address"] == "с. Вигадане, вул. Нова, 5"


def test_the_mail_that_a_form_was_passed_on_in_names_no_sender() -> None:
    found = read(
        "Від кого: канцелярія", "Додаток 1", f"{SENDER}: ______", f"{RECIPIENT}: ССД", *BODY
    )
    assert found["sender"] is None
    assert found["recipient"] == "ССД"


@pytest.mark.parametrize(
    ("before", "shown"),
    [("УКРАЇНА", False), ("СЕД «Вигадка» Управління освіти 34/5-26 07.04.2026 09:12", True)],
)
def test_what_stands_over_a_letterhead_is_no_part_of_the_name(before: str, shown: bool) -> None:
    head = (before, "ЗДО № 3 «Вигадка»", f"({SENDER.lower()})", "ССД", f"({RECIPIENT.lower()})")
    found = read(*head, "Дата вих. 02.03.2026 № 265", *BODY)
    assert found["sender"] == "ЗДО № 3 «Вигадка»"
    assert shown == ("sender" in found["review"]) or before == "УКРАЇНА"


@pytest.mark.parametrize("label", ["Звернення", "ЗВЕРНЕННЯ"])
def test_a_word_before_the_options_is_no_part_of_the_reporter(label: str) -> None:
    found = read(*BODY[:5], f"{label} ☐ самозвернення ☐ від родичів ☒ анонімно ☐ інше", BODY[5])
    assert found["reporter"] == "Навчайко Ольга Іванівна"
    assert found["reporter_kinds"] == ["anonymous"]


def test_a_number_behind_an_empty_blank_is_read_below_its_label() -> None:
    found = read("Дата вих.", "____________  № 01-19/408", *BODY)
    assert found["outgoing_number"] == "01-19/408"


@pytest.mark.parametrize(
    "look", ["<w:i/>", '<w:u w:val="single"/>', '<w:highlight w:val="yellow"/>']
)
def test_values_in_another_look_part_labels_without_a_sign_from_them(look: str) -> None:
    line = paragraph(run(f"{CONTENT} "), run("Хлопець не ходить до школи.", look))
    lines = [*map(paragraph, BODY[:3]), line, *map(paragraph, BODY[4:])]
    found = read_file(docx(*lines), "форма.docx", today=TODAY).forms[0]
    assert found["content"] == "Хлопець не ходить до школи."


def test_the_answer_behind_the_options_in_brackets_is_the_choice() -> None:
    found = read("Надійшло (усно, письмово, по телефону): по телефону", *BODY[1:])
    assert found["received_via"] == "phone"


def test_a_signature_below_the_table_is_no_time_of_its_last_row() -> None:
    rows = table(*[tuple(line.split(": ", 1)) for line in BODY], ("Дата",), ("____",), ("Час",))
    signed = paragraph("Дата підпису: 12.07.2026 10:41")
    found = read_file(docx(rows, signed), "форма.docx", today=TODAY).forms[0]
    assert found["accepted_time"] is None
    assert found["accepted_date"] is None


def test_a_row_of_words_of_labels_before_a_name_is_a_label() -> None:
    sender = "Організація (заклад, установа), яка направляє повідомлення, адреси, телефон"
    found = read("Дата вих. 02.03.2026 № 265", f"{sender} Ліцей «Вигаданський»", *BODY)
    assert found["sender"] == "Ліцей «Вигаданський»"
    found = read(*BODY[:3], f"{CONTENT} Хлопець не ходить до школи.", *BODY[4:])
    assert found["content"] == "Хлопець не ходить до школи."
    assert "content" in found["review"]
