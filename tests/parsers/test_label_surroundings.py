"""What stands round a label: its number, what a person is told to do there, bold marks behind it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from parsers.dodatok1.wordings import is_wording
from parsers.file import read_file
from tests.parsers.wordfile import docx, form, paragraph, run, table

TODAY = date(2026, 11, 22)


def read(**blocks: str) -> dict[str, Any]:
    found = read_file(docx(*form(**blocks)), "форма.docx", today=TODAY)
    assert len(found.forms) == 1
    return found.forms[0]


@pytest.mark.parametrize(
    "told",
    [
        "(позначити)",
        "(потрібне підкреслити)",
        "(поставити позначку)",
        "(обрати одне)",
        "(відмітити):",
    ],
)
def test_what_a_person_is_told_to_do_is_no_part_of_the_value_before_it(told: str) -> None:
    kinds = "☐ самозвернення ☐ від родичів ☒ від сусідів/знайомих ☐ анонімно ☐ інше"
    said = read(
        reporter="Від: Вигаданко Ольга Іванівна",
        kinds=paragraph(f"Звернення надійшло {told}") + paragraph(kinds),
    )
    assert said["reporter"] == "Вигаданко Ольга Іванівна"
    assert said["reporter_kinds"] == ["neighbours"]


def test_a_tick_in_round_brackets_is_nothing_that_a_person_is_told_to_do() -> None:
    said = read(received="Надійшло: (х) усно ( ) письмово ( ) по телефону")
    assert said["received_via"] == "oral"


@pytest.mark.parametrize("between", ["\n", " "])
def test_the_number_of_the_next_label_is_no_number_of_the_letter(between: str) -> None:
    lines = f"1. Дата вих.: ______ № ______{between}2. Дата вхід.: 05.03.2026 № 17".split("\n")
    said = read(outgoing="".join(map(paragraph, lines)), incoming="")
    assert (said["outgoing_number"], said["incoming_number"]) == (None, "17")


def test_a_tick_in_the_column_of_no_option_is_left_to_a_clerk() -> None:
    options = table(("", "усно", "письмово", "по телефону"), ("х", "", "", ""))
    said = read(received=paragraph("Надійшло:") + options)
    assert said["received_via"] is None
    assert "received_via" in said["review"]


def test_a_bold_row_of_boxes_right_behind_a_bold_label_is_read() -> None:
    bold = run("Надійшло ", "<w:b/>") + run("☑ усно ☐ письмово ☐ по телефону", "<w:b/>")
    assert read(received=paragraph(bold))["received_via"] == "oral"


@pytest.mark.parametrize(
    "said", ["Ігорівна", "у хаті зібралися гості", "За вишнею", "Надія Зіновіївна"]
)
def test_words_that_only_open_as_small_ones_do_make_no_label(said: str) -> None:
    assert not is_wording(said.lower())
