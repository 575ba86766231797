"""Dates, numbers, explanations and rows that broke at the end of a line or of a page."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from parsers.dodatok1.cut import is_wanted, without_next_number
from parsers.dodatok1.rows import with_whole_rows
from parsers.dodatok1.wordings import holds_piece_of_hint
from parsers.file import read_file
from parsers.reading import Cell, Line, Word
from tests.parsers.wordfile import docx, form, paragraph

TODAY = date(2026, 11, 22)


def read(**blocks: str) -> dict[str, Any]:
    (found,) = read_file(docx(*form(**blocks)), "форма.docx", today=TODAY).forms
    return found


@pytest.mark.parametrize(
    ("lines", "number", "day"),
    [
        (("№ 17-612 від", "07.06.2026 р."), "17-612", "2026-06-07"),
        (("№ СЕД-365 від «_24_»", "червня 2026 року"), "СЕД-365", "2026-06-24"),
        (("08.03.2026 №:", "06/737"), "06/737", "2026-03-08"),
        (("08.03.2026 № 373", "- 13"), "373 - 13", "2026-03-08"),
        (("08.03.2026 № 848/23-", "26"), "848/23-26", "2026-03-08"),
    ],
)
def test_a_date_and_a_number_go_on_below(lines: tuple[str, ...], number: str, day: str) -> None:
    first, second = lines
    found = read(outgoing=paragraph(f"Дата вих. {first}") + paragraph(second))
    assert (found["outgoing_number"], found["outgoing_date"]) == (number, day)
    assert found["sender"] == "Вигадана гімназія"


def test_a_name_below_a_number_is_no_part_of_it() -> None:
    assert not is_wanted("05.03.2026 № 12", "Вигадана гімназія")
    assert not is_wanted("05.03.2026 № 12", "12 відділення поліції")


def test_the_number_of_the_next_label_is_cut_off_and_no_other() -> None:
    assert without_next_number(" Ольга\n11.", "\n10. Від:") == " Ольга\n"
    assert without_next_number(" вул. Тиха\n11.", "\n8. місце проживання:") == " вул. Тиха\n11."
    assert without_next_number(" вул. Тиха\n11.", "місце проживання:") == " вул. Тиха\n11."


def test_a_piece_of_an_explanation_in_a_value_is_seen() -> None:
    said = "Ольга, яка подає звернення, інша важлива інформація"
    assert holds_piece_of_hint("reporter", said)
    assert not holds_piece_of_hint("reporter", "Ольга, яка працює в школі і подає звернення вдруге")


def test_a_row_goes_on_though_the_next_page_counts_its_columns_anew() -> None:
    def line(text: str, page: int, cell: Cell) -> Line:
        return Line([Word(piece) for piece in text.split()], page=page, cell=cell)

    lines = [
        line("інформація про те, що було", 1, Cell(0, 14, 1, last=False)),
        line("Відчинено помешкання,", 1, Cell(0, 14, 2, last=True)),
        line("зроблено", 2, Cell(1, 0, 0, last=False)),
        line("дітей нагодовано.", 2, Cell(1, 0, 1, last=True)),
        line("Дата", 2, Cell(1, 1, 0, last=False)),
    ]
    assert [(one.text, one.cell and one.cell[:3]) for one in with_whole_rows(lines)] == [
        ("інформація про те, що було", (0, 14, 1)),
        ("зроблено", (0, 14, 1)),
        ("Відчинено помешкання,", (0, 14, 2)),
        ("дітей нагодовано.", (0, 14, 2)),
        ("Дата", (1, 1, 0)),
    ]
