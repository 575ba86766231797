"""Invented people: families, children, their ages, and how the form's «про кого» names them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from .writing import write_date, years_word

SURNAMES = {
    "tune": (
        "Барвінчук",
        "Ожинець",
        "Світанчук",
        "Джерелюк",
        "Вербинець",
        "Полинець",
        "Чебрецюк",
        "Калинозор",
        "Горобинюк",
        "М’ятчук",
        "Лепехівськ",
        "Осокорчук",
        "Верба-Ставківськ",
        "Ряснодощ",
    ),
    "aside": (
        "Снігоборець",
        "Хвощинськ",
        "Дощевик",
        "В’юнчук",
        "Ґаночук",
        "Імбирець",
        "Лісовіт",
        "Жаринюк",
        "Плесо-Озерянськ",
        "Туманчак",
        "Яворопіль",
        "Сойченя",
    ),
    "fresh": (
        "Зорепадюк",
        "Брусничук",
        "Криничн",
        "Малинівськ",
        "Пролісок-Гайн",
        "О’Смолич",
        "Деревійко",
        "Кремінець",
        "Пір’янчук",
        "Сузір’як",
        "Латаття",
        "Трав’янко",
    ),
}
BOYS = {
    "tune": ("Остап", "Назар", "Захар", "Лук’ян", "Юліан", "Мирон", "Северин", "Артем", "Ілля"),
    "aside": ("Устим", "Дем’ян", "Макар", "Лев", "Ярема", "Гордій", "Микита", "Зеновій"),
    "fresh": ("Тимур", "Богдан", "Любомир", "Данило", "Марко", "Прохор", "Валерій", "Єгор"),
}
GIRLS = {
    "tune": (
        "Соломія",
        "Устина",
        "Дарина",
        "Мар’яна",
        "Злата",
        "Христина",
        "Любов",
        "Ганна",
        "Єва",
    ),
    "aside": ("Роксолана", "Нінель", "Ївга", "Аліна", "Яромира", "Поліна", "Уляна", "Ія"),
    "fresh": ("Вероніка", "Меланія", "Емілія", "Ангеліна", "Юлія", "Стефанія", "Зоряна", "Олеся"),
}
FATHERS = {
    "tune": (
        ("Іванович", "Іванівна"),
        ("Олегович", "Олегівна"),
        ("Андрійович", "Андріївна"),
        ("Петрович", "Петрівна"),
        ("Миколайович", "Миколаївна"),
    ),
    "aside": (
        ("Ілліч", "Іллівна"),
        ("В’ячеславович", "В’ячеславівна"),
        ("Лукич", "Луківна"),
        ("Григорович", "Григорівна"),
        ("Юрійович", "Юріївна"),
    ),
    "fresh": (
        ("Богданович", "Богданівна"),
        ("Васильович", "Василівна"),
        ("Сергійович", "Сергіївна"),
        ("Кузьмич", "Кузьмівна"),
        ("Анатолійович", "Анатоліївна"),
    ),
}
BIRTHS = {
    "tune": ("{date}", "{date} р.н.", "{date} р. н."),
    "aside": ("{date} року народження", "нар. {date}", "дата народження {date}"),
    "fresh": ("{date}р.н.", "народж. {date}", "д.н. {date}", "дата народж.: {date}"),
}
AGES = {
    "tune": ("{n} {years}", "{n} {years}", "{n} р."),
    "aside": ("вік – {n} {years}", "{n}-річний вік", "повних {n} {years}"),
    "fresh": (
        "{n}р.",
        "{n} {years} (повних)",
        "віком {n} {years}",
        "вік: {n} {years}",
        "{n}-ть років",
    ),
}
JOINS = {
    "tune": ("{name}, {age}", "{name} ({age})", "{name} – {age}", "{name} {age}"),
    "aside": ("{name} / {age}", "{name}: {age}", "{name}, {age}"),
    "fresh": ("{name}  {age}", "{name} - {age}", "{name}, ({age})", "{name} ,{age}"),
}


# Whole years: parents old enough for their eldest, children as a school or a kindergarten has them.
ADULTS = (35, 52)
CHILDREN = {"kinder": (2, 6), "school": (6, 17)}


ROLES = {
    "tune": (("хлопчик", "дівчинка"), ("дитина", "дитина"), ("син", "донька")),
    "aside": (
        ("малолітній", "малолітня"),
        ("неповнолітній", "неповнолітня"),
        ("вихованець", "вихованка"),
    ),
    "fresh": (("хлопець", "дівча"), ("онук", "онука")),
}
YEARS_IN_WORDS = (
    "один", "два", "три", "чотири", "п’ять", "шість", "сім", "вісім", "дев’ять", "десять",
    "одинадцять", "дванадцять", "тринадцять", "чотирнадцять", "п’ятнадцять", "шістнадцять",
    "сімнадцять",
)  # fmt: skip


@dataclass(frozen=True)
class Person:
    """A person as the subject names them."""

    name: str
    birth_date: str | None = None
    age: int | None = None
    also: tuple[str, ...] = ()

    def truth(self) -> dict[str, object]:
        """The entry of ``persons`` in the truth."""
        entry: dict[str, object] = {
            "name": self.name,
            "birth_date": self.birth_date,
            "age": self.age,
        }
        return entry | ({"also": list(self.also)} if self.also else {})


@dataclass(frozen=True)
class Subject:
    """The subject's text and the people read from it."""

    text: str
    persons: list[Person] = field(default_factory=list)


@dataclass(frozen=True)
class Family:
    """A surname's stem and the maker of its people."""

    rng: Random
    part: str
    stem: str
    today: date
    ages: tuple[int, int] = (1, 17)
    join: str = "{name}, {age}"
    father: tuple[str, str] = ("Іванович", "Іванівна")
    used: set[str] = field(default_factory=set)

    def surname(self, *, woman: bool) -> str:
        """The surname; stems of adjectives take the ending of the gender."""
        if self.stem.endswith(("ськ", "чн", "йн")):
            return self.stem + ("а" if woman else "ий")
        return self.stem

    def given(self, *, woman: bool) -> str:
        """A given name that nobody in the family has yet."""
        names = (GIRLS if woman else BOYS)[self.part]
        name = self.rng.choice([name for name in names if name not in self.used] or names)
        self.used.add(name)
        return name

    def full_name(self, *, woman: bool, short: bool = False, child: bool = False) -> str:
        """Surname, given name, patronymic; ``short`` leaves initials, children share the father."""
        given = self.given(woman=woman)
        father = self.father if child else self.rng.choice(FATHERS[self.part])
        patronymic = father[woman]
        surname = self.surname(woman=woman)
        if short or self.rng.random() < 0.04:
            return f"{surname} {given[0]}.{patronymic[0]}."
        if self.rng.random() < 0.1:
            surname = surname.upper()
        if self.part != "tune" and self.rng.random() < 0.1:
            return f"{given} {patronymic} {surname}"
        return f"{surname} {given} {patronymic}"

    def child(self, *, only_given: bool = False) -> tuple[Person, str]:
        """A child and the words that name it with its age, now and then with what it is."""
        woman = self.rng.random() < 0.5
        if only_given:
            given = self.given(woman=woman)
            return self.aged(Person(given, also=(f"{self.surname(woman=woman)} {given}",)))
        person, text = self.aged(Person(self.full_name(woman=woman, child=True)))
        if self.rng.random() < 0.12:
            text = f"{self.rng.choice(ROLES[self.part])[woman]} {text}"
        return person, text

    def aged(self, person: Person, adult: bool = False) -> tuple[Person, str]:
        """The person with an age, and the words for both."""
        words, birth_date, age = self.age(adult=adult)
        text = self.join.format(name=person.name, age=words)
        return Person(person.name, birth_date, age, person.also), text

    def age(self, *, adult: bool) -> tuple[str, str | None, int | None]:
        """Words for an age, and what they say: birth date, whole years."""
        years = self.rng.randint(*(ADULTS if adult else self.ages))
        born = self.today - timedelta(days=years * 365 + years // 4 + self.rng.randint(5, 350))
        day = write_date(self.rng, self.part, born)
        bare = day.removesuffix(" року").removesuffix(" р.").removesuffix("р.")
        written = self.rng.choice((*BIRTHS[self.part], day)).format(date=bare)
        whole = self.whole_years(years)
        way = self.rng.random()
        if way < 0.4:
            return written, born.isoformat(), None
        if way < 0.75:
            return whole, None, years
        if way < 0.85:
            return f"{born.year} р.н.", None, None
        if way < 0.92 and not adult and self.ages[0] < 2:
            return self.rng.choice(("5 міс.", "11 місяців", "3 місяці")), None, 0
        return f"{written} ({years} {years_word(years)})", born.isoformat(), years

    def whole_years(self, years: int) -> str:
        """Whole years, in figures or (set aside) in words."""
        if self.part == "aside" and years <= len(YEARS_IN_WORDS) and self.rng.random() < 0.25:
            return f"{YEARS_IN_WORDS[years - 1]} {years_word(years)}"
        if self.part == "aside" and 9 <= years <= 17 and self.rng.random() < 0.2:
            return f"{years}-ти років"
        patterns = [a for a in AGES[self.part] if "-ть" not in a or 5 <= years <= 20]
        return self.rng.choice(patterns).format(n=years, years=years_word(years))


def new_family(rng: Random, part: str, today: date, kind: str = "") -> Family:
    """A family of the part's surnames, with children of the age that this reporter sees."""
    ages = CHILDREN.get(kind, (1, 17))
    join, father = rng.choice(JOINS[part]), rng.choice(FATHERS[part])
    return Family(rng, part, rng.choice(SURNAMES[part]), today, ages, join, father)


def _one_child(family: Family) -> Subject:
    person, text = family.child()
    return Subject(text, [person])


def _child_and_mother(family: Family) -> Subject:
    person, text = family.child()
    mother = family.full_name(woman=True)
    between = {"tune": "; мати – ", "aside": ", мати ", "fresh": " (мати: "}[family.part]
    mother += ")" * (family.part == "fresh")
    return Subject(text + between + mother, [Person(mother.rstrip(")")), person])


def _brothers(family: Family) -> Subject:
    children = [family.child() for _ in range(family.rng.randint(2, 5))]
    if family.part == "fresh":
        return _listed(family, children)
    mark = {"tune": ", ", "aside": "; "}[family.part]
    return Subject(mark.join(text for _, text in children), [person for person, _ in children])


def _listed(family: Family, children: list[tuple[Person, str]]) -> Subject:
    """Children as a numbered list, or in a sentence."""
    texts, persons = [text for _, text in children], [person for person, _ in children]
    if family.rng.random() < 0.6:
        mark = family.rng.choice(("{}) {}", "{}. {}"))
        return Subject("; ".join(mark.format(n, t) for n, t in enumerate(texts, 1)), persons)
    return Subject("діти: " + ", ".join(texts[:-1]) + " та " + texts[-1], persons)


def _parent_and_given_names(family: Family) -> Subject:
    mother, text = family.aged(Person(family.full_name(woman=True)), adult=True)
    children = [family.child(only_given=True) for _ in range(family.rng.randint(1, 3))]
    names = "; ".join(text for _, text in children)
    return Subject(f"{text}, діти: {names}", [mother, *(person for person, _ in children)])


def _under_one_surname(family: Family) -> Subject:
    children = [family.child(only_given=True) for _ in range(family.rng.randint(2, 4))]
    words = {"tune": "діти {}: ", "aside": "{} (діти): ", "fresh": "родина {}. Діти - "}[
        family.part
    ]
    names = {"tune": "; ", "aside": ", ", "fresh": "; "}[family.part].join(
        text for _, text in children
    )
    head = words.format(family.surname(woman=False))
    return Subject(head + names, [person for person, _ in children])


def _whole_family(family: Family) -> Subject:
    father, mother = family.full_name(woman=False), family.full_name(woman=True)
    children = [family.child() for _ in range(family.rng.randint(1, 3))]
    names = "; ".join(text for _, text in children)
    text = f"сім’я {family.surname(woman=True)}: батько – {father}, мати – {mother}, діти: {names}"
    if family.part == "fresh":
        text = f"мама {mother}; тато {father}; діти - {names}"
    return Subject(text, [Person(father), Person(mother), *(person for person, _ in children)])


def _surname_only(family: Family) -> Subject:
    words = {
        "tune": ("сім’я {}", "родина {}, двоє дітей"),
        "aside": ("сім’я {} (багатодітна)", "родина на прізвище {}"),
        "fresh": ("{} (родина)", "родина {}, виховують трьох дітей"),
    }
    return Subject(family.rng.choice(words[family.part]).format(family.surname(woman=True)))


def _nameless(family: Family) -> Subject:
    words = {
        "tune": ("невідома дитина, хлопчик", "сім’я з дітьми, прізвища не знаю"),
        "aside": ("діти з крайньої хати, імена не відомі", "жінка з немовлям, дані не встановлено"),
        "fresh": ("двоє хлопчиків, не знаю як звати", "сім’я, що живе над крамницею"),
    }
    return Subject(family.rng.choice(words[family.part]))


def _adult(family: Family) -> Subject:
    person, text = family.aged(
        Person(family.full_name(woman=family.rng.random() < 0.8)), adult=True
    )
    return Subject(text, [person])


CHILD_SUBJECTS = (
    (_one_child,) * 6
    + (_child_and_mother,) * 3
    + (_brothers,) * 2
    + (_parent_and_given_names, _under_one_surname, _whole_family, _surname_only)
)
SUBJECTS = {
    "self": (_adult, _adult, _parent_and_given_names),
    "anon": (_surname_only, _nameless, _one_child, _brothers),
}


def name_subject(family: Family, kind: str) -> Subject:
    """How a notice of this kind names the people it is about."""
    return family.rng.choice(SUBJECTS.get(kind, CHILD_SUBJECTS))(family)
