import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.persons import Person, Persons, persons

TODAY = date(2026, 11, 22)
IVAN = "Ковальчук Іван Петрович"


def read(subject: str) -> Persons:
    return persons(subject, today=TODAY)


@pytest.mark.parametrize(
    ("subject", "people"),
    [
        (f"{IVAN} (13 років)", [Person(IVAN, age=13)]),
        (f"{IVAN}, 12р.", [Person(IVAN, age=12)]),
        (f"{IVAN} – 5 років", [Person(IVAN, age=5)]),
        (f"{IVAN}, 14-ти років", [Person(IVAN, age=14)]),
        (f"{IVAN}, років: 8", [Person(IVAN, age=8)]),
        (f"{IVAN}, вік – 8 років", [Person(IVAN, age=8)]),
        (f"{IVAN}, дев’ять років", [Person(IVAN, age=9)]),
        (f"{IVAN}, 1,5 року", [Person(IVAN, age=1)]),
        (f"{IVAN}, 1 рік 5 міс.", [Person(IVAN, age=1)]),
        (f"{IVAN} 11 міс.", [Person(IVAN, age=0)]),
        (f"{IVAN} 18 місяців", [Person(IVAN, age=1)]),
        (f"{IVAN}, 3 тижні", [Person(IVAN, age=0)]),
        (f"{IVAN}, 2012 р.н.", [Person(IVAN, birth_year=2012)]),
        (f"{IVAN}, 2012 року народження", [Person(IVAN, birth_year=2012)]),
        (f"{IVAN}, нар. 2012", [Person(IVAN, birth_year=2012)]),
        (f"{IVAN} (05.12.2022)", [Person(IVAN, date(2022, 12, 5))]),
        (f"{IVAN}, 15.05.2020 р.н. (6 років)", [Person(IVAN, date(2020, 5, 15), age=6)]),
        (f"{IVAN}, народився 15 травня 2020 року", [Person(IVAN, date(2020, 5, 15))]),
        (f"{IVAN}, 13 poків", [Person(IVAN, age=13)]),  # Latin letters
        (f"{IVAN}, чотирнадцять років", [Person(IVAN, age=14)]),
        (f"п'ятирічний {IVAN}", [Person(IVAN, age=5)]),
        (f"ПІБ дитини: {IVAN}, вік дитини: 7 років", [Person(IVAN, age=7)]),
        (f"{IVAN}, м. Рожище, вул. Зелена 5 кв. 7", [Person(IVAN)]),
        (f"7-річний {IVAN}", [Person(IVAN, age=7)]),
        (f"семирічний {IVAN}", [Person(IVAN, age=7)]),
        (f"{IVAN}, учень 5-Б класу Луківської гімназії, 11 років", [Person(IVAN, age=11)]),
        (f"{IVAN}, с. Козин, вул. Зелена, 5", [Person(IVAN)]),
        (f"{IVAN}, ЗДО «Веселка»", [Person(IVAN)]),
        ("КОВАЛЬЧУК Іван Петрович, 8 р.", [Person("КОВАЛЬЧУК Іван Петрович", age=8)]),
        ("КОВАЛЬЧУК ІВАН, 8 РОКІВ", [Person("КОВАЛЬЧУК ІВАН", age=8)]),
        ("Мельник О.П., 2012 р.н.", [Person("Мельник О.П.", birth_year=2012)]),
        ("О. П. Мельник", [Person("О. П. Мельник")]),
        ("вагітна Мельник Ольга, 17 років", [Person("Мельник Ольга", age=17)]),
        ("Мельник Ольга, вагітна 20 тижнів", [Person("Мельник Ольга")]),
        ("Савич Степан Лукич", [Person("Савич Степан Лукич")]),
        ("мати-Мельник Ольга Іванівна", [Person("Мельник Ольга Іванівна")]),
        ("Нечуй-Вітер Анна-Марія Юріївна", [Person("Нечуй-Вітер Анна-Марія Юріївна")]),
        ("О’Ніл Дар’я Лук’янівна", [Person("О’Ніл Дар’я Лук’янівна")]),
        ("сім’я гр. Мельник Ольги Іванівни", [Person("Мельник Ольги Іванівни")]),
        ("Іван Петрович Мельник", [Person("Іван Петрович Мельник")]),
        ("Мельник Іван\nПетрович, 7 років", [Person("Мельник Іван Петрович", age=7)]),
    ],
)
def test_one_person_is_read_in_every_habit(subject: str, people: list[Person]) -> None:
    assert read(subject) == Persons(tuple(people), sure=True)


@pytest.mark.parametrize(
    ("subject", "people"),
    [
        (
            "сім’я Погодюк, діти: Погодюк Данило Тимофійович, 7 років; Погодюк Ярина, 28.01.2021",
            [
                Person("Погодюк Данило Тимофійович", age=7),
                Person("Погодюк Ярина", date(2021, 1, 28)),
            ],
        ),
        (
            "Сім’я Сонцевич (батько Сонцевич Тимофій, мати Сонцевич Меланія), діти: Матвій – 1 рік",
            [
                Person("Сонцевич Тимофій"),
                Person("Сонцевич Меланія"),
                Person("Матвій", age=1),
            ],
        ),
        ("діти Погодюк: Іван 7 р., Олена 5 р.", [Person("Іван", age=7), Person("Олена", age=5)]),
        (
            "Погодюк Мирослава, 1998 р.н., діти Стефанія, 21.10.2013; Мирослава, 8 років",
            [
                Person("Погодюк Мирослава", birth_year=1998),
                Person("Стефанія", date(2013, 10, 21)),
                Person("Мирослава", age=8),
            ],
        ),
        (
            "1) Погодюк М.І., 1985 р.н.; 2) Погодюк І.І., 2010 р.н.",
            [Person("Погодюк М.І.", birth_year=1985), Person("Погодюк І.І.", birth_year=2010)],
        ),
        (
            "7-річна Олена та 14-річний Погодюк Іван",
            [Person("Олена", age=7), Person("Погодюк Іван", age=14)],
        ),
        (
            "Погодюк Іван Ілліч\nПогодюк Олена Іллівна\nПогодюк Яна Іллівна",
            [
                Person("Погодюк Іван Ілліч"),
                Person("Погодюк Олена Іллівна"),
                Person("Погодюк Яна Іллівна"),
            ],
        ),
        (
            "Погодюка Івана Ілліча та його сестри Погодюк Олени Іллівни",
            [Person("Погодюка Івана Ілліча"), Person("Погодюк Олени Іллівни")],
        ),
        (
            "Погодюк Іван Ілліч Погодюк Олена Іллівна",
            [Person("Погодюк Іван Ілліч"), Person("Погодюк Олена Іллівна")],
        ),
    ],
)
def test_several_people_are_told_apart(subject: str, people: list[Person]) -> None:
    assert read(subject) == Persons(tuple(people), sure=True)


@pytest.mark.parametrize(
    "subject",
    [
        "",
        "сім’я Погодюк",
        "Погодюк",
        "Родина Погодюків",
        "Сім’я Сонцевич та Мельник",
        "сім’я з двома дітьми, імен не знаємо",
        "невідома дитина, близько 5 років",
        "двоє дітей 5 та 7 років",
    ],
)
def test_a_family_or_an_unknown_child_is_no_person(subject: str) -> None:
    assert read(subject) == Persons((), sure=True)


@pytest.mark.parametrize(
    "subject",
    [
        f"{IVAN}, 31.06.2012",
        f"{IVAN}, 150 років",
        f"{IVAN}, 2030 р.н.",
        f"{IVAN}, 01.12.2026 р.н.",
        f"{IVAN}, 04.02.2013 р.н. (5 років)",
        f"{IVAN} (7)",
        f"{IVAN} (l3 років)",
        f"{IVAN}, |7 років",
        f"{IVAN} – І5 р.",
        f"{IVAN}, 05.03.2 016 р.н.",
        f"{IVAN}, 2O12 р.н.",
        "близнюки Погодюк Іван і Яна, 7 років",
        f"{IVAN}, 2012",
        f"{IVAN}, 7 років, 9 років",
        "Іван і Марія (7 і 9 років)",
        "мати Погодюк, 35 років",
        "Погодюк Ольга, дитина 5 років",
        "погодюк іван петрович, 7 років",
        "Ахмадбек Юсуфджон, 5 років",
        "Погодюк Ольга, Невідомський",
        "Погодюк Ольга, її син богдан",
        "Петрівна",
    ],
)
def test_the_impossible_and_the_unplaced_are_not_sure(subject: str) -> None:
    assert not read(subject).sure


def test_impossible_values_are_not_given() -> None:
    people = read(f"{IVAN}, 31.06.2012, 150 років").people
    assert people == (Person(IVAN),)


FAMILIES = ["Погодюк", "Сонцевич", "Мельник", "Капежинець", "Вербицька-Дуб", "Гай", "Шевчук"]
GIVEN = ["Іван", "Матвій", "Соломія", "Дар’я", "Ілля", "Анна-Марія", "Любов", "Зоряна"]
PATRONYMICS = ["Петрович", "Ілліч", "Лук’янович", "Гнатівна", "Юріївна", "Львівна", ""]
NAMES = st.builds(
    lambda *parts: " ".join(filter(None, parts)),
    st.sampled_from(FAMILIES),
    st.sampled_from(GIVEN),
    st.sampled_from(PATRONYMICS),
)
AGE_STYLES = [", {} років", " ({} р.)", " – {} р.", ", вік {} років", " {}р.", ", {}-ти років"]
BORN = st.dates(date(2009, 1, 1), TODAY)


@st.composite
def printed_people(draw: st.DrawFn) -> tuple[str, Person]:
    name = draw(NAMES)
    kind = draw(st.sampled_from(["age", "date", "year", "none"]))
    born = draw(BORN)
    if kind == "age":
        age = draw(st.integers(0, 17))
        return name + draw(st.sampled_from(AGE_STYLES)).format(age), Person(name, age=age)
    if kind == "date":
        style = draw(
            st.sampled_from([", {:%d.%m.%Y}", " {:%d.%m.%Y} р.н.", " ({:%d.%m.%Y} р. н.)"])
        )
        return name + style.format(born), Person(name, birth_date=born)
    if kind == "year":
        return f"{name}, {born.year} р.н.", Person(name, birth_year=born.year)
    return name, Person(name)


@given(
    st.lists(printed_people(), min_size=1, max_size=5),
    st.sampled_from(["; ", ", ", "\n", " та ", ";\n"]),
    st.sampled_from(["", "сім’я Мельник: ", "діти: ", "неповнолітні ", "Діти – "]),
)
def test_every_printed_list_is_read_back(
    printed: list[tuple[str, Person]], separator: str, head: str
) -> None:
    found = read(head + separator.join(text for text, _ in printed))
    assert found == Persons(tuple(person for _, person in printed), sure=True)


HOSTILE = ["Іван " * 20_000, "Ковальчук " * 10_000, "1 " * 50_000, "(" * 100_000, "О." * 50_000]
HOSTILE += ["дитина 7 років " * 6_000, "Іван 7 р., " * 9_000, "а-" * 50_000, " " * 100_000]


@pytest.mark.parametrize("subject", HOSTILE, ids=lambda text: repr(text[:6]))
def test_hostile_text_takes_bounded_time(subject: str) -> None:
    begun = time.process_time()
    read(subject)
    assert time.process_time() - begun < 8


@given(st.text(alphabet="ІванПетровичОк0129 рн.,;()«»-\n'", max_size=60) | st.text())
def test_garbage_never_raises_and_names_stand_in_the_text(subject: str) -> None:
    tidied = " ".join(subject.replace("\u00ad", "").split())
    for person in read(subject).people:
        assert person.name.split()[0] in tidied


def test_an_age_said_with_its_word_makes_a_rare_name_a_child() -> None:
    found = persons("Ґава Аліна В’ячеславівна, діти: Аліна / 16 років; Ївга / вік – 12 років")
    assert [(one.name, one.age) for one in found.people][1:] == [("Аліна", 16), ("Ївга", 12)]


def test_a_surname_behind_its_word_is_a_family() -> None:
    assert persons("родина на прізвище Сойченя") == Persons((), sure=True)


def test_a_name_and_a_patronymic_with_an_early_apostrophe_are_one_person() -> None:
    found = persons("Микита В’ячеславович Лісовіт, 14 років")
    assert [one.name for one in found.people] == ["Микита В’ячеславович Лісовіт"]
    assert found.sure


def test_the_numbers_of_a_list_are_no_ages() -> None:
    found = persons("1. Погодюк Іван Петрович – 7 років; 2. Погодюк Яна Петрівна", today=TODAY)
    assert [person.age for person in found.people] == [7, None]
    assert found.sure
