"""Invented addresses: villages and streets that stand on no map of the hromada."""

from __future__ import annotations

from random import Random

VILLAGES = {
    "tune": ("с. Тихоброди", "с. Вербоставки", "с-ще Нове Джерело"),
    "aside": ("с. Соколина Гать", "село Мальвове", "хут. Підлужний"),
    "fresh": ("с. Оріхова Балка", "с.Теплі Роси", "смт Дзвінке"),
}
STREETS = {
    "tune": ("вул. Журавлина", "вул. Ставкова", "пров. Яблуневий", "вул. 1-го Снігу"),
    "aside": ("вулиця Кленова Алея", "бульв. Веснянок", "пров. 3-й Степовий"),
    "fresh": ("вул. Лісоводів", "вул.Першотравнева Друга", "пл. Ярмаркова", "вул Садова Лінія"),
}
HOUSES = {
    "tune": ("{n}", "буд. {n}", "{n}-А", "{n}/{k}", "{n}, кв. {k}"),
    "aside": ("{n}А", "буд. № {n}", "{n}, помешкання {k}", "б. {n} кв. {k}"),
    "fresh": ("буд.{n}", "{n}-б, кв.{k}", "д. {n}", "№{n}", "{n} кв {k}"),
}
ADDRESSES = {
    "tune": (
        "{v}, {s}, {h}",
        "{s}, {h}, {v}",
        "Волинська обл., Луцький р-н, {v}, {s}, {h}",
        "45100, м. Рожище, {s}, {h}",
        "{v} {s} {h}",
    ),
    "aside": (
        "{v} Рожищенської громади, {s} {h}",
        "м.Рожище,{s},{h}",
        "зареєстровані: {v}, фактично мешкають: {s}, {h}",
        "{v} ({s}, {h})",
        "обл. Волинська, {v}, {s}, {h}, тимчасово",
    ),
    "fresh": (
        "{v}, {s} {h}",
        "{s} {h} {v}",
        "45101, Волинська область, Луцький район, {v}, {s}, {h}",
        "{v}, {s}, {h} (у бабусі)",
        "прописані: {v}, {s}, {h}; живуть там же",
        "м. Рожище, {s}, {h}, 2 поверх",
    ),
}


def write_address(rng: Random, part: str) -> str:
    """An address in one of the usual ways."""
    house = rng.choice(HOUSES[part]).format(n=rng.randint(1, 120), k=rng.randint(1, 60))
    return rng.choice(ADDRESSES[part]).format(
        v=rng.choice(VILLAGES[part]), s=rng.choice(STREETS[part]), h=house
    )


def write_short_address(rng: Random, part: str) -> str:
    """The short address that a letterhead prints."""
    return f"{rng.choice(VILLAGES[part])}, {rng.choice(STREETS[part])}, {rng.randint(1, 90)}"
