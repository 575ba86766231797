"""A clerk's table of the paper journal is understood as it is; what is not is named with its place."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from rules.paper_book import BookReading, PaperEntry, read_book
from rules.paper_cells import CellError, When, entry_number, paper, when
from rules.paper_columns import COLUMNS, known
from rules.paper_table import tables
from rules.sheets import Cell, Merged, Page, letters

KYIV = ZoneInfo("Europe/Kyiv")
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=KYIV)
TODAY = NOW.date()
HEADS = ("№", "Зареєстровано", "Від кого", "Про кого", "Зміст")


def _page(*rows: tuple[Cell, ...], merged: tuple[Merged, ...] = (), first: int = 1) -> Page:
    return Page("Журнал", dict(enumerate(rows, first)), merged)


def _read(page: Page) -> BookReading:
    (table,) = tables([page])
    return read_book(table, now=NOW, mask="{number}/01-17")


def _row(**cells: Cell) -> Page:
    """A table of one row in which only these columns stand, beside the needed ones."""
    given = {"number": 12, "registered": "04.03.2026", "content": "Діти самі вдома.", **cells}
    return _page(tuple(COLUMNS[name].title for name in given), tuple(given.values()))


def _entry(**cells: Cell) -> PaperEntry:
    found = _read(_row(**cells))
    assert found.faults == ()
    return found.entries[0]


def _faults(**cells: Cell) -> list[tuple[str, str]]:
    found = _read(_row(**cells))
    assert found.entries == ()
    return [(fault.column, fault.message) for fault in found.faults]


@pytest.mark.parametrize(
    ("cell", "day", "at"),
    [
        ("04.03.2026", date(2026, 3, 4), None),
        ("4.3.26", date(2026, 3, 4), None),
        ("04.03.2026р. о 10 год 15 хв", date(2026, 3, 4), time(10, 15)),
        ("«04» березня 2026 року", date(2026, 3, 4), None),
        (46085, date(2026, 3, 4), None),
        (46085.5, date(2026, 3, 4), time(12, 0)),
        (datetime.combine(date(2026, 3, 4), time(9, 5)), date(2026, 3, 4), time(9, 5)),
        (date(2026, 3, 4), date(2026, 3, 4), None),
    ],
)
def test_a_day_is_read_as_text_number_or_date(cell: Cell, day: date, at: time | None) -> None:
    assert when(cell, today=TODAY) == When(day, at)


@pytest.mark.parametrize("cell", [None, "", " – ", "б/д", "без дати", "не проводився"])
def test_what_says_that_there_is_no_day_is_none(cell: Cell) -> None:
    assert when(cell, today=TODAY) is None


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("31.02.2026", "такого дня не існує"),
        ("завтра", "не розпізнано"),
        ("04.03.2027", "ще не настала"),
        ("04.03.1998", "надто давня"),
        (12, "не дата"),
        (True, "не розпізнано"),
    ],
)
def test_what_is_surely_no_day_is_refused_with_what_to_write(cell: Cell, why: str) -> None:
    with pytest.raises(CellError, match=why):
        when(cell, today=TODAY)


@pytest.mark.parametrize(
    ("cell", "mask", "number"),
    [
        (12, "{number}", 12),
        (12.0, "{number}", 12),
        ("№ 12", "{number}", 12),
        ("12/01-15", "{number}", 12),
        ("01-17/124", "{number}", 124),
        ("01/124", "01/{number}", 124),
        ("412/26", "{number}/{yy}", 412),
    ],
)
def test_a_running_number_is_told_from_its_index(cell: Cell, mask: str, number: int) -> None:
    assert entry_number(cell, mask, 2026)[0] == number


@pytest.mark.parametrize("cell", ["01/124", "12а", "дванадцять", "0", "", "9" * 20])
def test_a_number_that_is_not_plain_is_no_number(cell: str) -> None:
    with pytest.raises(CellError, match="порядкового номера"):
        entry_number(cell, "{number}", 2026)


def test_number_and_date_in_one_cell_are_told_apart() -> None:
    for text in (
        "№ 12 від 04.03.2026",
        "12, 04.03.2026р.",
        "04.03.2026 № 12",
        "Запит №12 від 4.3.26",
    ):
        found = paper(text, today=TODAY)
        assert found and (found.number, found.when) == ("12", When(date(2026, 3, 4)))
    assert paper("б/н", today=TODAY) is None
    with pytest.raises(CellError, match="кілька дат"):
        paper("№ 1 від 04.03.2026, № 2 від 05.03.2026", today=TODAY)


def test_headings_are_known_however_they_are_written() -> None:
    said = ["№ п/п", "Дата реестрації", "П.І.Б. дитини", "Адресса", "Вих.№", "Кабінет", "№ з/п"]
    names = ["number", "registered", "subject", "address", "outgoing_number", None, None]
    assert known(said) == names
    ours = [column.title for column in COLUMNS.values()]
    assert known(ours) == list(COLUMNS)
    assert [letters(place) for place in (1, 26, 27, 52, 53)] == ["A", "Z", "AA", "AZ", "BA"]


def test_a_real_clerks_table_is_read() -> None:
    """Title, headings in two rows, column numbers, a month, an empty number, joined rows."""
    heads = ("№ п/п", "Дата реєстрації", "Від кого", "Про кого", "Зміст", "Запит до ЦСС", None)
    page = _page(
        ("ЖУРНАЛ обліку звернень", None, None, None, None, None, None),
        heads,
        (None, None, None, None, None, "№", "дата"),
        (1, 2, 3, 4, 5, 6, 7),
        ("Березень 2026", None, None, None, None, None, None),
        (12, "4.3.26", "Гімназія", "Вигаданюк Іван, 11 років", "Зміст.", "01-12/3", "05.03.2026"),
        (13, "5.3.26", "Ліцей", "Тестенко Олег, 7 р.", "Інше.", None, None),
        (None, None, None, "Тестенко Юля, 5 р.", None, None, None),
        heads,
        (14, None, None, None, None, None, None),
        (15, "6.3.26", None, "Дитинюк Яна", "Ще.", "б/н", "-"),
        merged=(Merged(1, 1, 1, 7), Merged(2, 2, 6, 7), Merged(7, 8, 1, 1), Merged(7, 8, 2, 2)),
        first=1,
    )
    (table,) = tables([page])
    assert table.passed == ((5, "Березень 2026"), (10, "14"))
    found = _read(page)
    assert found.faults == ()
    assert [(entry.row, entry.number) for entry in found.entries] == [(6, 12), (7, 13), (11, 15)]
    first, second, _ = found.entries
    assert [(step.kind, step.details["number"]) for step in first.steps] == [
        ("request_sent", "01-12/3")
    ]
    assert [person["name"] for person in second.values["persons"]] == [
        "Тестенко Олег",
        "Тестенко Юля",
    ]


def test_a_sheet_without_headings_has_no_table() -> None:
    assert tables([_page(("Графа", "Що вписувати"), ("№", "Номер"), ("Зміст", "Суть"))]) == []


def test_what_the_book_says_becomes_the_values_of_a_form() -> None:
    entry = _entry(
        number="12/01-15",
        received="03.03.2026 16:40",
        from_whom="Гімназія с. Вигадане",
        outgoing="01-15/7 від 03.03.2026",
        subject="Вигаданюк Іван",
        birth=date(2015, 5, 12),
        channel="Телефоном",
        threat="ТАК",
    )
    values = entry.values
    assert (entry.number, entry.index, entry.year) == (12, "12/01-15", 2026)
    assert entry.received_at == datetime(2026, 3, 3, 16, 40, tzinfo=KYIV)
    assert entry.registered_at == datetime(2026, 3, 4, tzinfo=KYIV)
    assert (values["outgoing_number"], values["outgoing_date"]) == ("01-15/7", "2026-03-03")
    assert (entry.channel, values["received_via"], entry.urgent) == ("phone", "phone", True)
    assert values["persons"][0]["birth_date"] == "2015-05-12"
    assert "Їх № і дата: 01-15/7 від 03.03.2026" in entry.text


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("Гімназія с. Вигадане", "sender"),
        ("КНП «Лікарня», лікар Тестенко", "sender"),
        ("сусідка, працює в школі", "reporter"),
        ("Тестенко Ганна Іванівна", "reporter"),
        ("мати дитини", "reporter"),
    ],
)
def test_a_person_who_notified_is_never_taken_for_a_body(said: str, key: str) -> None:
    values = _entry(from_whom=said).values
    assert values[key] == said
    assert values["sender" if key == "reporter" else "reporter"] is None


def test_nobody_is_named_where_the_book_says_anonymous() -> None:
    values = _entry(from_whom="Анонімне звернення").values
    assert (values["reporter"], values["sender"]) == (None, None)
    assert values["reporter_kinds"] == ["anonymous"]


def test_states_and_papers_become_the_steps_of_the_work_in_their_order() -> None:
    entry = _entry(
        state="завершено",
        registered="04.03.2024 10:20",
        visit="04.03.2024",
        safety="№ 1 від 04.03.2024",
        safety_threat="ні",
        request_number="01-12/3",
        request_date="05.03.2024",
        act="№ 7 від 11.03.2024",
        decision="Надати послуги",
        decision_date="12.03.2024",
        conclusion="12.03.2024",
        order_date="13.03.2024",
        ended="01.06.2024",
        closed="02.12.2024",
    )
    kinds = [step.kind for step in entry.steps]
    assert kinds == [
        "request_sent",
        "visited",
        "safety_act_made",
        "act_made",
        "services_decided",
        "conclusion_received",
        "enrolled",
        "work_ended",
        "closed",
    ]
    by_kind = dict(zip(kinds, entry.steps, strict=True))
    assert by_kind["safety_act_made"].details["threat"] == "no"
    assert by_kind["services_decided"].details == {"decision": "provide"}
    # Of the day of the notice itself, nothing is earlier than the notice.
    assert by_kind["visited"].at == entry.received_at


def test_every_fault_of_a_row_is_named_at_once_with_its_column() -> None:
    faults = _faults(
        number="01/124",
        registered="32.03.2026",
        outgoing_date="завтра",
        threat="мабуть",
        request_number="7",
        safety_date="05.03.2026",
    )
    assert [column for column, _ in faults] == [
        "B, «Зареєстровано»",
        "A, «№»",
        "D, «Їх дата»",
        "«Запит до ЦСС: дата»",
        "«Акт безпеки: загроза»",
        "E, «Ознака загрози»",
    ]
    assert all("впишіть" in message for _, message in faults)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"content": None}, "впишіть зміст або про кого"),
        ({"registered": None}, "впишіть дату реєстрації"),
        ({"number": None}, "впишіть номер"),
        ({"received": "05.03.2026"}, "надійшло пізніше"),
        ({"registered": "22.11.2026 23:50"}, "ще не настало"),
        ({"visit": "03.03.2026"}, "раніше, ніж надійшло"),
        ({"visit": "22.11.2026 23:50"}, "ще не настало"),
        ({"state": "анульовано"}, "вилучіть рядок"),
        ({"state": "моніторинг"}, "дати немає"),
        ({"state": "у роботі", "ended": "05.03.2026"}, "роботу завершено"),
        ({"state": "моніторинг", "ended": "05.03.2026", "closed": "06.03.2026"}, "завершено"),
        ({"decision": "надати"}, "і його дату"),
        ({"content": "Ж" * 10_001}, "скоротіть"),
    ],
)
def test_what_cannot_be_is_refused(cells: dict[str, Any], words: str) -> None:
    assert any(words in message for _, message in _faults(**cells))


def test_joined_rows_that_say_two_dates_are_a_fault() -> None:
    page = _page(
        HEADS,
        (12, "04.03.2026", "Гімназія", "Тестенко Олег", "Зміст."),
        (None, "05.03.2026", None, None, None),
        merged=(Merged(2, 3, 1, 1),),
    )
    assert "різне: «04.03.2026», «05.03.2026»" in _read(page).faults[0].message


def test_a_row_without_number_is_never_swallowed_by_the_one_above() -> None:
    page = _page(
        HEADS,
        (12, "04.03.2026", "Гімназія", "Тестенко Олег", "Зміст."),
        (None, None, "Ліцей", "Інша Дитина", "Інший зміст."),
    )
    found = _read(page)
    assert len(found.entries) == 1
    assert {fault.row for fault in found.faults} == {3}


def test_a_note_and_what_stands_below_an_unknown_heading_stay_before_a_readers_eyes() -> None:
    heads = (*HEADS, "Кабінет", "Примітка", "Вжиті заходи")
    page = _page(heads, (12, "04.03.2026", None, None, "Зміст.", 5, "двійня", "Бесіда."))
    (table,) = tables([page])
    assert table.unknown == ("Кабінет",)
    (entry,) = _read(page).entries
    assert "Кабінет: 5" in entry.text
    assert entry.values["measures_taken"] == "Бесіда.\nПримітка: двійня\nКабінет: 5"
