"""A row of a table that a page break cuts in two is read as one row."""

from __future__ import annotations

from parsers.dodatok1.rows import with_whole_rows
from parsers.reading import Cell, Line, Word


def line(text: str, page: int, cell: Cell | None) -> Line:
    return Line([Word(word) for word in text.split()], page, cell=cell)


def texts(lines: list[Line]) -> list[str]:
    return [one.text for one in lines]


LABEL, VALUE = Cell(0, 7, 0, False), Cell(0, 7, 1, True)
BEFORE = [line("Вжиті заходи (що", 1, LABEL), line("Надано поради,", 1, VALUE)]
NEXT_ROW = [line("Дата", 2, Cell(1, 1, 0, False)), line("05.03.2026", 2, Cell(1, 1, 1, True))]


def test_both_cells_go_on_behind_the_page_break() -> None:
    rest = [
        line("зроблено):", 2, Cell(1, 0, 0, False)),
        line("викликано лікаря.", 2, Cell(1, 0, 1, True)),
    ]
    found = with_whole_rows([*BEFORE, *rest, *NEXT_ROW])
    assert texts(found[:4]) == [
        "Вжиті заходи (що",
        "зроблено):",
        "Надано поради,",
        "викликано лікаря.",
    ]
    assert [one.cell for one in found[:4]] == [LABEL, LABEL, VALUE, VALUE]
    assert found[4:] == NEXT_ROW


def test_a_value_goes_on_alone_past_the_number_of_the_page() -> None:
    footer = line("Сторінка 1 з 2", 1, None)
    rest = line("Викликано лікаря.", 2, Cell(1, 0, 1, True))
    found = with_whole_rows([*BEFORE, footer, rest, *NEXT_ROW])
    assert texts(found[:3]) == ["Вжиті заходи (що", "Надано поради,", "Викликано лікаря."]
    assert found[2].cell == VALUE


def test_a_row_that_opens_with_a_label_of_its_own_stays_where_it_is() -> None:
    lines = [*BEFORE, line("До повідомлення", 2, Cell(1, 0, 0, False)), *NEXT_ROW]
    assert with_whole_rows(lines) == lines


def test_rows_of_one_page_stay_where_they_are() -> None:
    lines = [*BEFORE, line("далі", 1, Cell(1, 0, 1, True))]
    assert with_whole_rows(lines) == lines
