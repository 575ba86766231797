"""Invented families for a journal of any length: as many as a region has, some of them namesakes.

Two thousand surnames, shared as surnames are: the commonest family name has one entry in fifty, and
the rarest one in fifty thousand. Every eighth entry is about a family that the journal knows.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from itertools import product
from typing import Any

_ROOTS = (
    *("Бондар", "Вовк", "Гайд", "Глух", "Гончар", "Гриц", "Дубен", "Жигал", "Заєч", "Зубр"),
    *("Іван", "Кобз", "Коваль", "Козач", "Колом", "Кост", "Кравц", "Крив", "Кухар", "Лис"),
    *("Марч", "Мельн", "Мирон", "Назар", "Олійн", "Остап", "Панч", "Петр", "Полов", "Прокоп"),
    *("Роман", "Савч", "Семен", "Сидор", "Степан", "Тарас", "Тимош", "Ткач", "Федор", "Юрч"),
)
_ENDS = (
    *("енко", "ук", "юк", "чук", "ів", "ович", "ець", "ик", "ак", "ський"),
    *("ишин", "ченко", "ко", "ай", "ар", "ич", "ун", "уля", "ило", "аш"),
)
_DOUBLED = ("Мала", "Стара")
_GIVEN = (
    *("Іван", "Марія", "Тарас", "Олена", "Степан", "Соломія", "Андрій", "Дарина", "Богдан"),
    *("Ольга", "Остап", "Злата", "Назар", "Софія", "Юрій", "Ганна", "Данило", "Вікторія", "Лев"),
)
_FATHERS = ("Петро", "Василь", "Михайло", "Роман", "Ігор", "Олег", "Павло", "Сергій")
_STREETS = tuple(f"{root}{end}ська" for root, end in product(_ROOTS, ("ів", "ин", "ец", "ян")))
_CONTENTS = (
    "Дитина два тижні не відвідує заняття без поважних причин.",
    "Родина мешкає без опалення, батько зловживає алкоголем.",
    "Мати не забезпечує догляду, діти голодні й брудні.",
    "Сусіди чули крик і плач уночі, дитину били.",
    "Хлопчик прийшов до школи з синцями на руках.",
)
_LETTERS = dict(zip("0123456789", "абвгдезикл", strict=True))
_KNOWN_AGAIN, _RARE, _BACK = 8, 1_000, 700
COMMON = "Бондаренко"
"""The commonest surname."""


def _surnames() -> tuple[str, ...]:
    plain = [f"{root}{end}" for root, end in product(_ROOTS, _ENDS)]
    more = [f"{name}-{first}" for first, name in product(_DOUBLED, plain)]
    found = [name for name in (plain + more)[:2_000] if name != COMMON]
    random.Random(7).shuffle(found)
    return (COMMON, *found)


SURNAMES = _surnames()
# Drawn once: to draw anew for each of a million would cost more than to store it.
_DRAWN = random.Random(5).choices(
    range(len(SURNAMES)), [1 / (rank + 10) for rank in range(len(SURNAMES))], k=99_991
)


def rare(n: int) -> str:
    """A surname that the n-th entry alone has, and only every thousandth entry has one."""
    return "".join(_LETTERS[sign] for sign in f"{n // _RARE * 7919 + 10**6}").capitalize()


def form(values: Mapping[str, Any], n: int) -> dict[str, Any]:
    """The form of the n-th entry.

    Args:
        values: what all of them say.
        n: from 0 on.
    """
    # A repeated notice: the family of an entry that came some weeks before.
    family = n - _BACK if n % _KNOWN_AGAIN == 0 and n >= _BACK else n
    surname = rare(n) if n % _RARE == _RARE // 2 else SURNAMES[_DRAWN[family * 31 % len(_DRAWN)]]
    child = f"{surname} {_GIVEN[family % 19]}"
    age = family % 17
    return {
        **values,
        "outgoing_number": f"01-15/{n}",
        "subject": f"{child}, {age} років",
        "persons": [{"name": child, "birth_date": None, "age": age}],
        "address": f"с. Вигадане, вул. {_STREETS[family % 157]}, буд. {family // 157 % 200}",
        "content": _CONTENTS[n // 3 % 5],
    }
