import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.dates import detected_on, find_dates, parse_date, parse_time

TODAY = date(2026, 11, 22)
MONTHS = ["січня", "лютого", "березня", "квітня", "травня", "червня"]
MONTHS += ["липня", "серпня", "вересня", "жовтня", "листопада", "грудня"]
MARCH_3 = date(2026, 3, 3)

STYLES = {
    "dots": "{d:02}.{m:02}.{y}",
    "dots, year word": "{d:02}.{m:02}.{y}р.",
    "short": "{d}.{m:02}.{yy:02}",
    "short, year word": "{d:02}.{m:02}.{yy:02} р.",
    "spaced dots": "{d:02}. {m:02}. {y} р.",
    "slashes": "від {d:02}/{m:02}/{y}",
    "blank filled in": "від _{d:02}_/__{m:02}__/__{y}____",
    "underscores": "{d:02}_{m:02}_{y}",
    "spaces": "{d:02} {m:02} {y}",
    "hyphens": "{d:02}-{m:02}-{y}",
    "ISO": "{y}-{m:02}-{d:02}",
    "year first": "{y}.{m:02}.{d:02}",
    "words": "{d} {month} {y} року",
    "quoted day": "«{d:02}» {month} {y} р.",
    "straight quotes": '"{d:02}" {month} {y} р.',
    "low quotes": "„{d:02}“ {month} {y}р.",
    "century printed": "«{d:02}» {month} 20 {yy:02} р.",
    "short year in words": "{d} {month} {yy:02} р.",
    "no-break spaces": "{d}\u00a0{month}\u00a0{y}\u00a0року",
    "label": "Дата вих. {d:02}.{m:02}.{y} № 01-15/7",
}


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
@given(day=st.dates(date(2021, 1, 1), TODAY))
def test_every_printed_style_is_read_back(style: str, day: date) -> None:
    text = style.format(
        d=day.day, m=day.month, y=day.year, yy=day.year % 100, month=MONTHS[day.month - 1]
    )
    found = parse_date(text, today=TODAY)
    assert (found.value, found.sure, found.reason) == (day, True, "")


@pytest.mark.parametrize(
    "text",
    [
        "3 берез. 2026",
        "3 бер 2026",
        "третього березня дві тисячі двадцять шостого року",
        "третє березня 2026 року",
        "«03» Березня 2026",
        "3-го березня 2026 р.",
        "третього березня двох тисяч двадцять шостого року",
        "«3» бeрезня 2026",  # a Latin letter in the word
        "3 марта 2026 г.",
        "03.ІІІ.2026",
        "03\\03\\2026",
        "03 . 03 . 2026",
        "реєстраційний № 14 від03.03.2026",
    ],
)
def test_rarer_habits_are_read(text: str) -> None:
    assert parse_date(text, today=TODAY).value == MARCH_3
    assert parse_date(text, today=TODAY).sure


def test_two_word_ordinals_and_the_last_century_are_read() -> None:
    text = "тридцять першого грудня тисяча дев’ятсот вісімдесят сьомого року"
    assert find_dates(text)[0].value == date(1987, 12, 31)
    text = "п`ятого березня дві тисячі двадцять п'ятого року"
    assert find_dates(text)[0].value == date(2025, 3, 5)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("О3.О3.2О26", MARCH_3),
        ("ОЗ.03.2026", MARCH_3),
        ("3l.12.2025", date(2025, 12, 31)),
        ("ЗО.12.2025", date(2025, 12, 30)),
        ("03 березия 2026", MARCH_3),
        ("03.03,2026", MARCH_3),
        ("12.II.2026", date(2026, 2, 12)),
        ("03.03.20 р.", date(2020, 3, 3)),
        ("21-12-25", date(2025, 12, 21)),
        ("1 5.06.2026", date(2026, 6, 5)),
        ("і5.06.2026", date(2026, 6, 5)),
        ("01.02.2027", date(2027, 2, 1)),
        ("01.02.1987", date(1987, 2, 1)),
        ("05.03.2026 або 06.03.2026", date(2026, 3, 5)),
    ],
)
def test_what_can_be_read_in_two_ways_is_not_sure(text: str, value: date) -> None:
    found = parse_date(text, today=TODAY)
    assert found.value == value
    assert not found.sure
    assert found.reason


@pytest.mark.parametrize(
    "text",
    [
        "31.06.2026",
        "31 червня 2026 року",
        "00.03.2026",
        "03.13.2026",
        "5 березня",
        "березень 2026",
        "03.03.2026.15",
        "вчора",
        "1234567",
        "«__» березня 2026 р.",
        "03.03.20__ р.",
        "03.03.20Z6",
        "03:1 1.2021",
        "03.03.20 26",
        "0S.03.2026",
        "03032026",
    ],
)
def test_no_whole_possible_date_is_an_unsure_none(text: str) -> None:
    found = parse_date(text, today=TODAY)
    assert found.value is None
    assert not found.sure
    assert found.reason


@pytest.mark.parametrize(
    "text", ["", "____", "«___» ________ 20__ р.", "___/____/_____", "Дата вхід. ____ №", "202_ р."]
)
def test_a_blank_field_is_surely_none(text: str) -> None:
    assert parse_date(text, today=TODAY).sure
    assert parse_date(text, today=TODAY).value is None


@pytest.mark.parametrize(
    "text",
    [
        "тел. (0332) 00-47-08",
        "067-12-03-2026",
        "0332 03 03 2026",
        "діти 5, 12, 15 років",
        "діти 5 12 15 років",
        "№ 01-15/123",
        "3 березня 26 дітей",
        "о 10.25",
        "Погодюк І.І., 2010 р.н.",
        "Погодюк О.О. 2010 р.н.",
    ],
)
def test_phones_lists_and_numbers_are_no_dates(text: str) -> None:
    assert [one for one in find_dates(text) if one.value] == []


def test_found_dates_keep_their_place_in_the_text() -> None:
    text = "з 03.03.2026 до «5» квітня 2026 р."
    assert [text[one.start : one.end] for one in find_dates(text)] == [
        "03.03.2026",
        "5» квітня 2026",
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10 год. 25 хв.", "10:25"),
        ("о 9.05", "09:05"),
        ("10:25", "10:25"),
        ("10-25", "10:25"),
        ("9 годин 5 хвилин", "09:05"),
        ("_10_ год _25_ хв", "10:25"),
        ("10⁰⁰", "10:00"),
        ("14 год.", "14:00"),
        ("о 5 годині вечора", "17:00"),
        ("10 25", "10:25"),
        ("05.03.2026 10:25", "10:25"),
        ("1025", None),
        ("25:00", None),
        ("10:75", None),
        ("з 10:00 до 11:00", None),
        ("Час ______", None),
        ("", None),
    ],
)
def test_times_are_read_only_where_plain(text: str, value: str | None) -> None:
    assert parse_time(text) == value


@given(st.times(), st.sampled_from(["{h:02}:{m:02}", "о {h}.{m:02}", "{h} год. {m:02} хв."]))
def test_every_printed_time_is_read_back(moment: object, style: str) -> None:
    hour, minute = moment.hour, moment.minute  # type: ignore[attr-defined]
    assert parse_time(style.format(h=hour, m=minute)) == f"{hour:02}:{minute:02}"


@pytest.mark.parametrize(
    ("content", "value"),
    [
        ("Сліди побоїв. Дата, коли виявлено: 5 вересня 2025 р.", date(2025, 9, 5)),
        ("Факти виявлені 01.06.2025 р.", date(2025, 6, 1)),
        ("Документів не показали. Виявили «13» вересня 2026 р.", date(2026, 9, 13)),
        ("День виявлення – 12 квітня 2025 року. Жінка без житла.", date(2025, 4, 12)),
        ("Мати на контакт іде. Виявлено 01.08.26р.", date(2026, 8, 1)),
        ("дата виявлення 03.03.2026", MARCH_3),
        ("Дата виявлення ознак – «03» березня 2026 р.", MARCH_3),
        ("Дата виявлення фактів насильства: 03.03.2026", MARCH_3),
        ("Дитина народилася 05.09.2015, виявлена 03.03.2026 на вокзалі", MARCH_3),
        ("Виявлено 03.03.2026, повторний візит 10.03.2026", MARCH_3),
        ("03.03.2026 року о 10:20 було виявлено сліди побоїв.", MARCH_3),
        ("Медсестра виявила синці. Зі слів дитини, б’ють. Дата виявлення: 03.03.2026", MARCH_3),
    ],
)
def test_the_named_date_of_detection_is_found(content: str, value: date) -> None:
    found = detected_on(content, today=TODAY)
    assert (found.value, found.sure) == (value, True)


@pytest.mark.parametrize(
    "content",
    [
        "Дитина народилася 05.09.2015. Виявлено сліди побоїв.",
        "Дитина, 05.05.2015 р.н., виявлена на вокзалі.",
        "Виявлено дитину 05.05.2015 р.н.",
        "Відвідано 05.05.2025. Дитина голодна.",
        "Порушень 05.09.2025 не виявлено.",
        "Виявилося, що 01.02.2026 мати виїхала.",
        "",
    ],
)
def test_other_dates_are_no_dates_of_detection(content: str) -> None:
    found = detected_on(content, today=TODAY)
    assert (found.value, found.sure) == (None, True)


@pytest.mark.parametrize(
    "content",
    [
        "Під час відвідування 05.09.2025 виявлено сліди побоїв.",
        "Виявлено класним керівником 05.09.2025",
        "Виявлено, що дитина 05.09.2025 не прийшла до школи",
        "05 березня 2026 року вихователь виявила на тілі дитини синці",
        "Синці виявлено вихователем Погодюк І.І. 05.03.2026 під час прийому",
        "Виявили 10.03.2026 та 11.03.2026",
        "дата виявлення 10.03.206",
        "Дитина народилася 05.09.2015, виявлена на вокзалі вночі 05.03.2026",
        "Виявлено вчора",
        "Виявлено 12.04",
        "Виявлено 31.06.2026",
        "Виявлено 01.12.2026",
        "Ознаки виявлено 05.05.2025; дата виявлення: 06.05.2025",
    ],
)
def test_a_doubtful_date_of_detection_is_not_sure(content: str) -> None:
    assert not detected_on(content, today=TODAY).sure


HOSTILE = [
    "1" * 100_000,
    "1 " * 50_000,
    "1." * 50_000,
    "_" * 100_000,
    "1" + ("_" * 39 + "1") * 2_500,
    "10 " * 33_000,
    "березня " * 12_500,
    "двадцять " * 11_000,
    "виявлено 01.02.2026 " * 5_000,
    "виявлено" + " " * 100_000,
    "дев'" * 25_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:8]))
def test_hostile_text_takes_bounded_time(text: str) -> None:
    begun = time.process_time()
    find_dates(text)
    parse_date(text, today=TODAY)
    parse_time(text)
    detected_on(text, today=TODAY)
    assert time.process_time() - begun < 5


@given(st.text(alphabet="0123456789. /-_«»\"рвід березняОЗl'\n", max_size=60) | st.text())
def test_garbage_never_raises(text: str) -> None:
    for one in find_dates(text):
        assert text[one.start : one.end] == one.text
    parse_date(text, today=TODAY)
    parse_time(text)
    detected_on(text, today=TODAY)


def test_a_number_before_a_date_does_not_hide_it() -> None:
    found = detected_on(
        "Надіслано 02.12.2024 № 11. Виявлено «31» серпня 2026 р.", today=date(2026, 11, 22)
    )
    assert (found.value, found.sure) == (date(2026, 8, 31), True)


def test_a_date_called_that_of_detection_in_brackets_is_sure() -> None:
    found = detected_on("Про факт стало відомо 9 серпня 2026 (дата виявлення).")
    assert (found.value, found.sure) == (date(2026, 8, 9), True)
