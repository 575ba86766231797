from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.search_words import asked, words_of
from rules.wording import date_in_words

_WORD = re.compile(r"[^\W\d_]+(?:’[^\W\d_]+)*")


def finds(question: str, text: str, scope: str = "") -> bool:
    """Whether a text is found by a question."""
    indexed = words_of(text, scope)
    return all(term.within(indexed) for term in asked(question))


def _people() -> list[tuple[str, set[str]]]:
    """A person's name, and the same in every case, each right form of it."""
    lines = Path(__file__).with_name("declensions.txt").read_text("utf-8").splitlines()
    people = []
    for line in lines:
        if line and not line.startswith("#"):
            nominative, _, *cases = (part.strip() for part in line.split("|"))
            people.append(
                (nominative, {form.strip() for case in cases for form in case.split(" / ")})
            )
    return people


PEOPLE = _people()


def test_there_are_enough_people() -> None:
    assert len({name.split()[0] for name, _ in PEOPLE}) > 100


@pytest.mark.parametrize(
    ("name", "forms"), PEOPLE, ids=lambda value: value if isinstance(value, str) else ""
)
def test_each_case_of_a_name_finds_every_other(name: str, forms: set[str]) -> None:
    faults = [
        f"{asking} → {told}"
        for form in forms
        for asking, told in ((name, form), (form, name))
        if not finds(asking, f"мешкає {told}, скаржиться")
    ]
    assert faults == []


@pytest.mark.parametrize(
    ("asking", "told"),
    [
        ("Ковальчук", "Коваленко Іван"),
        ("Ковальчук", "Коваль Іван"),
        ("Коваль", "Ковальчук Іван"),
        ("Мельник", "Мельничук Іван"),
        ("Марія", "Марина"),
        ("Іван", "Іванна Петрівна"),
    ],
)
def test_another_name_is_not_found(asking: str, told: str) -> None:
    assert not finds(asking, told)


@pytest.mark.parametrize("sign", ["’", "'", "`", "\u02bc", "\u2032", '"', "”", "*", ""])
@pytest.mark.parametrize("told", ["Стефан’яка Лук’яна", "Стефаняка Лукяна", "СТЕФАН'ЯКА ЛУК'ЯНА"])
def test_apostrophe_may_be_misspelt(sign: str, told: str) -> None:
    assert finds(f"стефан{sign}як", told)


@pytest.mark.parametrize(
    ("asking", "told"),
    [
        ("Галаган", "Ґалаґана бачили"),
        ("ґанок", "сидить на ганку"),
        ("Вдовиченко", "удовиченку"),
        ("Вигадaнюк", "Вигаданюка"),  # a Latin «a»
        ("замок", "за\u0301мок"),
        ("побити", "мати побила дитину"),
        ("здоровя", "стан здоров’ю загрожує"),
        ("Нечуй-Вітер", "Нечуя-Вітра"),
        ("gym@example.ua", "Пишіть: GYM@example.ua."),
        ("Ковал*", "у Ковальчуків"),
        ("здоров'*", "здоров’ям"),
    ],
)
def test_spelling_of_a_word_matters_little(asking: str, told: str) -> None:
    assert finds(asking, told)


@pytest.mark.parametrize(
    "asking", ["01-15/123", "1-15/123", "01 - 15 / 123", "15/123", "№01–15/123", "123"]
)
@pytest.mark.parametrize("told", ["01-15/123", "лист № 01-15/123, від", "01 – 15/123"])
def test_number_is_found_in_any_writing(asking: str, told: str) -> None:
    assert finds(asking, told)


@pytest.mark.parametrize("asking", ["01-15/124", "01-16/123", "1-151/23", "12", "23"])
def test_another_number_is_not_found(asking: str) -> None:
    assert not finds(asking, "01-15/123")


def test_letters_of_a_number_may_be_latin() -> None:
    assert finds("K-12/5", "К-12/5")


@pytest.mark.parametrize("asking", ["067 123-45-67", "+380671234567", "(067)1234567"])
@pytest.mark.parametrize("told", ["тел. +38 (067) 123-45-67", "0671234567", "067-123-45-67, мати"])
def test_telephone_is_found_in_any_writing(asking: str, told: str) -> None:
    assert finds(asking, told)


@given(st.dates(date(1951, 1, 1), date(2049, 12, 31)), st.data())
def test_day_is_found_in_any_writing(day: date, data: st.DataObject) -> None:
    writings = [
        f"{day:%d.%m.%Y}",
        f"{day.day}.{day.month:02}.{day.year}",
        f"{day:%d.%m.%y}",
        f"{day:%Y-%m-%d}",
        f"{day:%d/%m/%Y}",
        date_in_words(day),
    ]
    asking, told = data.draw(st.sampled_from(writings)), data.draw(st.sampled_from(writings))
    assert finds(asking, f"виявлено {told}, про що повідомлено")


def test_date_that_may_be_a_number_is_found_as_both() -> None:
    assert finds("01-12/26", "відповідь № 01-12/26 від 5 лютого")
    assert finds("01-12-26", "народився 01.12.2026")


def test_words_that_only_join_are_not_asked_for() -> None:
    assert [term.asked for term in asked("про дитину і І. П. Коваля")] == ["дитину", "Коваля"]
    assert [term.asked for term in asked("про")] == ["про"]


@given(st.text(max_size=200))
def test_any_text_is_found_by_itself(text: str) -> None:
    assert finds(text, text)


@given(st.text(max_size=100))
def test_index_words_are_letters_and_figures_alone(text: str) -> None:
    assert all(re.fullmatch("[0-9a-zа-яѐ-џґ-ӿ]+", word) for word in words_of(text))
