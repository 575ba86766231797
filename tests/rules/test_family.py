"""Whether two notifications may concern one family: the single signs, and what they count together."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.family import (
    LEAST,
    SAME_BIRTH,
    SAME_HOME,
    SAME_NAME_AND_AGE,
    SAME_SURNAME,
    family,
    likeness,
)

SURNAME, HOME = SAME_SURNAME.words, SAME_HOME.words
PERSON = {SAME_BIRTH.words, SAME_NAME_AND_AGE.words}


def alike(old: dict[str, Any], new: dict[str, Any], *common: str) -> tuple[str, ...]:
    """The reasons of a pair that is worth a clerk's glance."""
    found = likeness(family(old), family(new), common)
    return found.reasons if found.score >= LEAST else ()


def about(*names: str, **more: Any) -> dict[str, Any]:
    return {"persons": [{"name": name} for name in names], **more}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Погодюк Орест Гнатович", "Погодюка Ореста Гнатовича"),
        ("Погодюк Орест Гнатович", "Орися Матвіївна Погодюк"),
        ("Хвилинець Орест", "Хвилинця Ореста"),
        ("Зоринецький Орест Гнатович", "Зоринецька Орися Гнатівна"),
        ("Зоринецькій Орисі Гнатівні", "Зоринецького Ореста Гнатовича"),
        ("Громовенко Орест", "Орисі Громовенко"),
        ("Сокіл Орест Гнатович", "Соколом Орестом Гнатовичем"),
        ("Лебідь Орися", "Лебедя Ореста"),
        ("Соловей Орест Гнатович", "Солов'я Ореста Гнатовича"),
        ("Заєць Орест Гнатович", "Зайця Ореста Гнатовича"),
        ("Хмарів Орест Гнатович", "Хмарова Орися Гнатівна"),
        ("Квітка Орися Гнатівна", "Квітці Орисі Гнатівні"),
        ("Білий Орест Гнатович", "Біла Орися Гнатівна"),
        ("Мороз-Ільницька Меланія Гнатівна", "Мороз Орест Гнатович"),
        ("Мацкевич Орест", "Мацкевич Орися Гнатівна"),
        ("ХВИЛИНЕЦЬ ОРЕСТ", "Хвилинeць Орися"),
        ("Дем’янюк Орест Гнатович", "Дем'янюка Ореста Гнатовича"),
    ],
)
def test_a_surname_is_known_in_every_case_and_gender(first: str, second: str) -> None:
    assert SURNAME in alike(about(first), about(second))
    assert SURNAME in alike(about(second), about(first))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Погодюк Орест Гнатович", "Громовинець Орест Гнатович"),
        ("Погодюк Орися", "Погодинець Орися"),
        ("Орися Гнатівна", "Орися Гнатівна"),
        ("Орест", "Орест"),
        ("Орест Погодюк", "Орест Громовенко"),
        ("невідома дитина", "невідома дитина"),
        ("Дем’янюк Орест Гнатович", "Демчук Орися Гнатівна"),
    ],
)
def test_other_surnames_and_given_names_are_no_reason(first: str, second: str) -> None:
    assert SURNAME not in alike(about(first), about(second))


@pytest.mark.parametrize(
    "subject",
    ["сім’я Погодюк", "Сім'я Погодюків, двоє дітей", "родина гр. Погодюк", "СІМ’Я ПОГОДЮК"],
)
def test_a_family_without_people_is_known_by_its_surname(subject: str) -> None:
    assert alike(about(subject=subject), about("Погодюк Івась Орестович")) == (SURNAME,)


def test_a_family_without_a_surname_is_like_no_other() -> None:
    nameless = about(subject="сім’я переселенців з двома дітьми, імен не знаємо")
    assert alike(nameless, nameless) == ()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("с. Козин, вул. Зелена, 7", "вул. Зелена, буд. 7, с. Козин"),
        ("45100, Волинська обл., Луцький р-н, с. Козин, вул. Зелена 7-А", "с.Козин вул.Зелена,7а"),
        ("м. Рожище, вул. Вишнева, 12/6", "вулиця Вишнева, будинок 12, кв. 6"),
        ("м. Рожище, вул. Вишнева, 12 а, кв. 6", "у м. Рожищі на вулиці Вишневій, 12-А/6"),
        ("с. Козин, 5", "село Козин, буд. 5"),
    ],
)
def test_an_address_is_known_however_it_is_written(first: str, second: str) -> None:
    assert alike({"address": first}, {"address": second}) == (HOME,)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("с. Козин, вул. Зелена", "с. Козин, вул. Зелена"),
        ("с. Козин, вул. Зелена, 7", "с. Козин, вул. Зелена, 9"),
        ("с. Козин, вул. Зелена, 7", "с. Луків, вул. Зелена, 7"),
        ("м. Рожище, вул. Вишнева, 12, кв. 6", "м. Рожище, вул. Вишнева, 12, кв. 7"),
        ("м. Рожище, вул. Вишнева, 12, кв. 6", "м. Рожище, вул. Вишнева, 12"),
        ("с. Козин, вул. Зелена, 7", "с. Козин, вул. Польова, 7"),
        ("с. Козин, 7", "с. Козин, вул. Польова, 7"),
        ("45100", "45100"),
        ("", ""),
    ],
)
def test_a_street_or_a_neighbour_is_no_reason(first: str, second: str) -> None:
    assert alike({"address": first}, {"address": second}) == ()


def test_one_school_is_no_reason() -> None:
    school = {"sender": "Ліцей № 9 м. Рожище", "outgoing_date": "2026-03-04"}
    first = about("Погодюк Івась Орестович", address="с. Козин, вул. Зелена, 7", **school)
    second = about("Громовинець Лілія Гнатівна", address="с. Луків, вул. Зелена, 70", **school)
    assert alike(first, second) == ()


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ({"name": "Погодюк Лілія", "birth_date": "2017-06-01"}, {"name": "Лілії Зірчук", "birth_date": "2017-06-01"}, True),
        ({"name": "Лілія Орестівна", "age": 8}, {"name": "Зірчук Лілія Орестівна", "age": 9}, True),
        ({"name": "Лілія Орестівна", "birth_year": 2017}, {"name": "Зірчук Лілія Орестівна", "birth_year": 2017}, True),
        ({"name": "Лілія", "age": 8}, {"name": "Зірчук Лілія", "age": 8}, False),
        ({"name": "Лілія Орестівна", "age": 8}, {"name": "Зірчук Лілія Орестівна", "age": 10}, False),
        ({"name": "Лілія Орестівна", "age": None}, {"name": "Зірчук Лілія Орестівна", "age": None}, False),
        ({"name": "Лілія Орестівна", "age": 8}, {"name": "Зірчук Лілія Гнатівна", "age": 8}, False),
        ({"name": "Орися", "birth_date": "2017-06-01"}, {"name": "Лілія", "birth_date": "2017-06-01"}, False),
        ({"name": "Лілія Орестівна", "birth_date": "2017-06-01", "age": 8}, {"name": "Лілія Орестівна", "birth_date": "2017-06-02", "age": 8}, False),
    ],
)  # fmt: skip
def test_a_child_is_known_by_name_and_birth_or_full_name_and_age(
    first: dict[str, Any], second: dict[str, Any], same: bool
) -> None:
    assert bool(PERSON & {*alike({"persons": [first]}, {"persons": [second]})}) == same


PERSONS = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.sampled_from(
                ["Погодюк Лілія Орестівна", "Лілія", "Погодюка Івася", "Погодук Ганна", None]
            ),
            "age": st.none() | st.integers(0, 12),
            "birth_date": st.none() | st.just("2017-06-01"),
        }
    ),
    max_size=3,
)
FORMS = st.fixed_dictionaries(
    {
        "address": st.sampled_from([None, "с. Козин, вул. Зелена, 7", "с. Луків", "Козин 7"]),
        "outgoing_date": st.none() | st.just("2026-03-04"),
        "persons": PERSONS,
    }
)


@given(FORMS, FORMS)
def test_likeness_is_mutual_bounded_and_complete_for_itself(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    found = likeness(family(old), family(new))
    assert found == likeness(family(new), family(old))
    assert 0 <= found.score <= 100
    assert found.score <= likeness(family(old), family(old)).score or not found.reasons


def test_hostile_lengths_cost_little() -> None:
    names = ["".join("абвгдежзик"[int(n)] for n in f"{n:04}") for n in range(5000)]
    huge = {
        "persons": [{"name": f"{name}юк Лілія Орестівна " * 50, "age": 8} for name in names],
        "subject": "сім’я " * 100_000,
        "address": "а" * 500_000,
    }
    began = time.process_time()
    likeness(family(huge), family(huge))
    assert time.process_time() - began < 1
