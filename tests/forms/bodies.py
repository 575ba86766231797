"""Who sends, who reports, what was done: invented bodies and the words they use."""

from __future__ import annotations

from datetime import date
from random import Random

from .people import new_family
from .places import write_short_address

RECIPIENTS = {
    "tune": (
        "Служба у справах дітей Рожищенської міської ради",
        "Центр соціальних служб Рожищенської міської ради",
        "КУ «Центр соціальних служб» Рожищенської міської ради",
        "Служба у справах дітей Рожищенської міської ради sysn@ukr.net",
    ),
    "aside": (
        "ССД Рожищенської міської ради",
        "КУ ЦСС Рожищенської міської ради, rogcsssdm@ukr.net",
        "Службі у справах дітей Рожищенської міської ради",
        "Комунальна установа «Центр соціальних служб» Рожищенської міської ради",
    ),
}
BODIES: dict[str, dict[str, tuple[str, ...]]] = {
    "tune": {
        "school": (
            "Тихобродівська гімназія",
            "Ліцей № 12 м. Рожище",
            "Опорний заклад «Вербоставківський ліцей»",
        ),
        "kinder": ("ЗДО № 14 «Джміль»", "Дитячий садок «Жолудь» с. Тихоброди"),
        "med": ("КНП «Рожищенський ЦПМСД», амбулаторія № 8", "ФП с. Вербоставки"),
        "police": ("ВПД № 1 (м. Рожище), сектор превенції", "Поліцейська станція с. Тихоброди"),
        "starosta": ("Старостинський округ № 17", "Староста Вербоставківського округу"),
        "css": ("КУ «Центр соціальних служб»", "Сектор соціальної підтримки"),
    },
    "aside": {
        "school": ("НВК «Соколиногатівська школа-садок»", "Гімназія імені Лісовика"),
        "kinder": ("Ясла-садок «Равлик»", "Заклад дошкільної освіти «Кульбабка»"),
        "med": ("Лікарня «Підлужна», дитяче відділення", "Кабінет сімейної медицини, с. Мальвове"),
        "police": ("Сектор ювенальної превенції", "Поліцейський офіцер громади, дільниця 5"),
        "starosta": ("Старостат «Мальвовий»", "Виконавець обов’язків старости, округ 21"),
        "css": ("Мобільна бригада соцпослуг", "Відділ надання соціальних послуг"),
    },
}
POSTS: dict[str, dict[str, tuple[str, ...]]] = {
    "tune": {
        "school": ("класний керівник", "соціальний педагог", "директорка гімназії"),
        "kinder": ("вихователька", "завідувачка ЗДО"),
        "med": ("сімейний лікар", "фельдшерка"),
        "police": ("дільничний офіцер", "інспекторка ювенальної превенції"),
        "starosta": ("староста", "діловод старостату"),
        "css": ("фахівець із соціальної роботи", "соціальна працівниця"),
        "self": ("мати дітей", "заявниця"),
        "relatives": ("бабуся", "тітка дитини", "дядько"),
        "neighbour": ("сусідка", "знайомий родини"),
    },
    "aside": {
        "school": ("заступниця директора з виховної роботи", "практичний психолог"),
        "kinder": ("музична керівниця", "сестра медична"),
        "med": ("лікарка-педіатр", "акушерка"),
        "police": ("старший сержант", "слідча"),
        "starosta": ("в.о. старости", "земельний впорядник"),
        "css": ("фахівчиня, наказ № 7", "менеджерка послуг"),
        "self": ("багатодітна мати", "вагітна"),
        "relatives": ("хрещена", "двоюрідна сестра матері"),
        "neighbour": ("живе поверхом нижче", "власниця крамниці поруч"),
    },
}
REPORTERS = {
    "tune": ("{name}, {post}", "{post} {name}", "{name} ({post})", "{name}"),
    "aside": ("{name} – {post}", "{post}, {name}", "{name}; {post}; тел. 050 000 77 31"),
}
BASES = {
    "tune": (
        "відвідування сім’ї",
        "обстеження умов проживання",
        "рейду {date}",
        "візиту в сім’ю",
        "огляду дитини",
        "телефонного дзвінка",
    ),
    "aside": (
        "бесіди з дитиною та матір’ю",
        "спостереження протягом тижня",
        "виїзду {date} за адресою",
        "планового медогляду",
        "усного звернення",
    ),
}
MEASURES = {
    "tune": (
        "Проведено бесіду з матір’ю.",
        "Повідомлено поліцію, дитину оглянув лікар.",
        "Відвідано родину вдома, складено акт.",
        "Надано психологічну консультацію. Батьків запрошено на раду профілактики.",
        "Передано продуктовий набір; подано заявку на дрова.",
        "Телефонували батькам 05.02.2026 – не відповідають.",
    ),
    "aside": (
        "Дитину тимчасово прийняла бабуся, про що складено розписку.",
        "Викликано «103», медичну допомогу надано на місці.",
        "Роз’яснено права та обов’язки; залишено пам’ятку з телефонами.",
        "Жодних заходів до надходження цього звернення не вживалося.",
        "Спільно зі старостою відчинено помешкання, дітей нагодовано.",
    ),
}
ENCLOSURES = {
    "tune": (
        "акт обстеження",
        "характеристика на 2 арк.",
        "копія свідоцтва про народження",
        "фото",
        "довідка лікаря",
    ),
    "aside": (
        "пояснювальна записка матері",
        "витяг з ЄРДР",
        "журнал відвідування (копія)",
        "відео на диску",
        "скриншоти листування",
    ),
}
ACCEPTED_POSTS = {
    "tune": ("головний спеціаліст", "спеціаліст служби"),
    "aside": ("черговий телефону", "провідна спеціалістка сектору"),
}
MAIL_NAMES = {
    "tune": ("kanc", "info", "office", "pryimalnia"),
    "aside": ("kancrada", "lyst.", "d_zvernennia", "povidomlennia."),
}
MAIL_DOMAINS = {
    "tune": ("example.ua", "example.org"),
    "aside": ("hromada.example", "school.example.ua"),
}
MAIL_LABELS = {
    "tune": ("{}", "e-mail: {}", "ел. пошта: {}", "E-mail {}"),
    "aside": ("ел. адреса {}", "e-mail:{}", "пошта – {}", "Email: {}"),
}
PHONE_LABELS = {
    "tune": ("{}", "тел. {}", "тел.: {}", "т. {}"),
    "aside": ("телефон {}", "тел./факс {}", "моб. тел.: {}", "тел {}"),
}


def sender_mail(rng: Random, part: str) -> str:
    """An address on a reserved domain."""
    return f"{rng.choice(MAIL_NAMES[part])}{rng.randint(1, 99)}@{rng.choice(MAIL_DOMAINS[part])}"


def write_reporter(rng: Random, part: str, kind: str, name: str) -> str:
    """Who reports, with the post or the kinship."""
    return rng.choice(REPORTERS[part]).format(name=name, post=rng.choice(POSTS[part][kind]))


def write_accepted(rng: Random, part: str, short: bool) -> str:
    """Who took the oral notice: name and post, either first."""
    family = new_family(rng, part, date(2026, 1, 1))
    parts = [
        family.full_name(woman=rng.random() < 0.8, short=short),
        rng.choice(ACCEPTED_POSTS[part]),
    ]
    rng.shuffle(parts)
    return ", ".join(parts)


def write_enclosures(rng: Random, part: str) -> str:
    """One to three enclosures, listed in one of the usual ways."""
    things = rng.sample(ENCLOSURES[part], rng.randint(1, 3))
    way = rng.choice({"tune": (", ", "; ", "1"), "aside": (" та ", "; ", "a")}[part])
    if way == "1":
        return " ".join(f"{n}. {thing};" for n, thing in enumerate(things, 1)).rstrip(";")
    if way == "a":
        return ", ".join(f"{n}) {thing}" for n, thing in enumerate(things, 1))
    return way.join(things)


def letterhead_lines(rng: Random, part: str, kind: str) -> list[str]:
    """Name and short address of a body, as a letterhead prints them."""
    bodies = BODIES[part]
    return [rng.choice(bodies.get(kind, bodies["school"])), write_short_address(rng, part)]
