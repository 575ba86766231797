import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.contacts import email, phone


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ЗДО с. Луків «Веселка» e-mail: zdo-dub59@example.ua", "zdo-dub59@example.ua"),
        ("ел. пошта: vpd1-otg69@example.org тел. 050 000 43 45", "vpd1-otg69@example.org"),
        ("E-mail starosta_centr24@gromada.example.", "starosta_centr24@gromada.example"),
        ("<a.b-c@mail.example.ua>, d@example.ua", "a.b-c@mail.example.ua"),
        ("пошта school @ example.ua", "school@example.ua"),
        ("zdо-dub59@example.ua", "zdo-dub59@example.ua"),  # Cyrillic о
        ("без пошти, @example, а@, 5@6", None),
        ("", None),
    ],
)
def test_the_first_email_is_found(text: str, address: str | None) -> None:
    assert email(text) == address


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("с. Луків вул. Польова 39-Б тел.: 0500008337", "0500008337"),
        ("Амбулаторія с. Козин тел. (0332) 00-47-08", "(0332) 00-47-08"),
        ("вул. Вишнева, 15/1 тел.: (03368) 0-07-09 E-mail a@b.ua", "(03368) 0-07-09"),
        ("тел. 050 000 43 45", "050 000 43 45"),
        ("+38 (050) 000-00-00", "+38 (050) 000-00-00"),
        ("+380500000000", "+380500000000"),
        ("+38 050 000 00 00", "+38 050 000 00 00"),
        ("380500000000", "380500000000"),
        ("067-000-00-00", "067-000-00-00"),
        ("8-050-000-00-00", "8-050-000-00-00"),
        ("вул. Польова буд. 48 0500005730 e-mail: a@b.ua", "0500005730"),
        ("вул. Польова буд. 8 0500005730", "0500005730"),
        ("45101 м. Рожище, вул. Польова, 4-А, кв. 38, тел. 050 000 83 21", "050 000 83 21"),
        ("кв. 38 050 000 83 21", "050 000 83 21"),
        ("01001, м. Київ, 0440000000", "0440000000"),
        ("01001 0440000000", "0440000000"),
        ("0500000000, 0670000000", "0500000000"),
        ("0 800 500 000", "0 800 500 000"),
        ("тел. 2-00-45", "2-00-45"),
        ("телефон: 21-00-45, факс 21-00-46", "21-00-45"),
        ("т. 0500007355", "0500007355"),
        ("тел. 03368 2 00 56", "03368 2 00 56"),
        ("тел. 050.000.00.00", "050.000.00.00"),
        ("тел/факс (03368) 2-00-56", "(03368) 2-00-56"),
        ("(0332)\u00a000-75-85", "(0332) 00-75-85"),
        ("код ЄДРПОУ 01234567, тел. (03368) 0-07-09", "(03368) 0-07-09"),
    ],
)
def test_phones_are_found_as_written(text: str, number: str) -> None:
    assert phone(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "45101, м. Рожище, вул. Польова, буд. 46, кв. 12",
        "код ЄДРПОУ 01234567",
        "РНОКПП 0123456789",
        "UA010000000000000000000000000",
        "№ 05 03.03.2026",
        "№ 01-15/123 від 03.03.2026",
        "ліцей № 9, 2026 рік",
        "2-00-45",
        "рахунок 01234567890123",
        "паспорт 001234567",
        "№ 0123456789",
    ],
)
def test_other_numbers_are_no_phones(text: str) -> None:
    assert phone(text) is None


STYLES = [
    "{c}{a}{b}{d}",
    "({c}) {a}-{b}-{d}",
    "{c} {a} {b} {d}",
    "{c}-{a}-{b}-{d}",
    "+38{c}{a}{b}{d}",
    "+38 ({c}) {a}-{b}-{d}",
    "({c}){a}{b}{d}",
]


@given(
    style=st.sampled_from(STYLES),
    code=st.sampled_from(["050", "067", "096", "073", "044"]),
    rest=st.tuples(st.integers(0, 999), st.integers(0, 99), st.integers(0, 99)),
    house=st.integers(1, 99),
    label=st.sampled_from(["тел.: ", "т. ", "", "Телефон ", "моб. "]),
)
def test_every_printed_phone_is_read_back(
    style: str, code: str, rest: tuple[int, int, int], house: int, label: str
) -> None:
    number = style.format(c=code, a=f"{rest[0]:03}", b=f"{rest[1]:02}", d=f"{rest[2]:02}")
    assert phone(f"45101, с. Козин, вул. Зелена, {house} {label}{number} e-mail: a@b.ua") == number


@pytest.mark.parametrize(
    "text",
    [
        "0" * 100000,
        "0 " * 50000,
        "(0" * 50000,
        "a." * 50000,
        "a@" * 50000,
        "тел. " * 20000,
        "a@b." * 25000,
        "0-" * 50000,
        "+38 " * 25000,
    ],
    ids=lambda text: repr(text[:5]),
)
def test_hostile_text_takes_bounded_time(text: str) -> None:
    begun = time.process_time()
    email(text)
    phone(text)
    assert time.process_time() - begun < 5


@given(st.text(alphabet="0123456789 ()-+.@abтел\n", max_size=80) | st.text())
def test_what_is_found_stands_in_the_text(text: str) -> None:
    found = phone(text)
    assert found is None or found in " ".join(text.split())
    address = email(text)
    assert address is None or "@" in address
