"""Columns that are read to their foot, on a page whose lines stand beside each other."""

from __future__ import annotations

from parsers.dodatok1.layout import arrange
from parsers.reading import Box, Line, Word

LEFT, RIGHT, LETTER = 40.0, 320.0, 5.0


def line(top: float, left: str, right: str = "") -> Line:
    """Words from two edges, each as wide as its letters."""
    words = []
    for edge, text in ((LEFT, left), (RIGHT, right)):
        at = edge
        for word in text.split():
            far = at + LETTER * len(word)
            words.append(Word(word, 1.0, box=Box(at, top, far, top + 10)))
            at = far + LETTER / 2
    if left and right:
        words[len(left.split())].gap = 20.0
    return Line(words, page=1)


def read(*rows: tuple[str, str]) -> list[str]:
    lines = [line(100.0 + 14 * number, *row) for number, row in enumerate(rows)]
    return [" ".join(word.text for word in segment.words) for segment in arrange(lines)]


NEWSPAPER = (
    ("Надійшло:", "Від:"),
    ("☒ усно ☐ письмово", "Навчайко Ольга Іванівна"),
    ("Про дитину, сім’ю (особу)", "За результатами"),
    ("Вигаданко Назар, 9 років", "візиту в сім’ю"),
    ("Місце проживання:", "Вжиті заходи:"),
    ("с. Вигадане, вул. Нова, 5", "Проведено бесіду."),
)


def test_the_left_column_is_read_to_its_foot_before_the_right() -> None:
    lefts, rights = zip(*NEWSPAPER, strict=True)
    assert read(*NEWSPAPER) == [*lefts, *rights]


def test_a_line_across_both_columns_keeps_its_place() -> None:
    lefts, rights = zip(*NEWSPAPER, strict=True)
    title = "Повідомлення про дитину, яка перебуває у складних життєвих обставинах, від сусідів"
    foot = "Примітка: у службі справ дітей громади про цю родину досі ніхто нічого не чув"
    assert read((title, ""), *NEWSPAPER, (foot, "")) == [title, *lefts, *rights, foot]


def test_labels_that_are_read_across_stay_in_their_rows() -> None:
    rows = (
        ("Про дитину, сім’ю (особу)", "Вигаданко Назар"),
        ("Від:", "За результатами"),
        ("Вжиті заходи:", "Доповідь у міську раду"),
    )
    assert read(*rows) == [text for row in rows for text in row]


def test_labels_beside_each_other_stand_before_the_values_below_them() -> None:
    assert read(
        ("Зареєстровано в журналі повідомлень", "Надійшло"),
        ("№ 888/26", "усно письмово"),
        ("від 07.02.2026", ""),
        ("Про дитину, сім’ю (особу)", ""),
        ("Дата", "Час"),
        ("06.02.26", "12:05"),
    ) == [
        "Зареєстровано в журналі повідомлень",
        "№ 888/26",
        "від 07.02.2026",
        "Надійшло",
        "усно письмово",
        "Про дитину, сім’ю (особу)",
        "Дата",
        "06.02.26",
        "Час",
        "12:05",
    ]


def test_a_value_below_the_left_one_of_two_labels_is_its_own() -> None:
    assert read(("Дата", "Час"), ("4 лютого 2026 року", "")) == [
        "Дата",
        "4 лютого 2026 року",
        "Час",
    ]


def test_a_line_that_goes_on_behind_white_is_no_line_of_the_receiver() -> None:
    rows = (("Дата вхід.", "Дата, коли виявлено, 13.11.2026"), ("№ 17", "Вона плаче"))
    assert read(*rows)[0] == "Дата вхід."


def test_what_stands_below_two_blanks_is_no_value_of_theirs() -> None:
    rows = (("Дата ____", "Час ____"), ("Керівник", "О. Вигаданко"))
    assert read(*rows) == [text for row in rows for text in row]


NUMBERED = ("Надійшло:", "Від:", "За результатами", "Вжиті заходи:", "Дата")


def counted(first: int) -> list[Line]:
    rows = [line(100.0 + 14 * n, f"{first + n}", label) for n, label in enumerate(NUMBERED)]
    rows[2].words.append(Word("огляду", 12.0, box=Box(500, 128, 530, 138)))
    return rows


def test_numbers_of_rows_without_rules_are_no_part_of_the_form() -> None:
    texts = [" ".join(word.text for word in segment.words) for segment in arrange(counted(6))]
    assert texts == [*NUMBERED[:3], "огляду", *NUMBERED[3:]]


def test_numbers_that_do_not_count_are_kept() -> None:
    rows = counted(6)
    rows[3].words[0].text = "17"
    assert arrange(rows)[0].words[0].text == "6"


def test_a_line_before_a_label_is_no_part_of_it() -> None:
    rows = (
        ("№ 916", "усно письмово"),
        ("від", ""),
        ("Про дитину, сім’ю (особу), яка перебуває у складних життєвих обставинах", ""),
    )
    assert read(*rows) == [text for row in rows for text in row if text]
