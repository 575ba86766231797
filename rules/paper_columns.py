"""The columns of the paper journal as a spreadsheet holds them, and how their headings are known.

A heading need not be word for word ours: «№ з/п», «Дата реєстрації», «Адреса» are known, and so is
what is misspelt by a letter or two, or what stands in two rows one above the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz, process

from rules.text import fold

Kind = Literal["number", "day", "text", "paper", "choice"]

YES_NO = ("так", "ні")
CHANNELS: Mapping[str, str] = {
    "усно": "oral",
    "телефон": "phone",
    "електронна пошта": "email",
    "на папері": "paper",
}
STATES = ("у роботі", "моніторинг", "завершено")
DECISIONS: Mapping[str, str] = {"надати": "provide", "відмовити": "refuse"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the paper journal.

    Attributes:
        title: the heading of our own sheet.
        hint: what is to be written in it.
        example: one such value.
        kind: how its cells are read; ``paper`` holds a number and a date together.
        others: further headings that mean the same.
        choices: what may be chosen.
        in_blank: whether our own sheet has it.
    """

    title: str
    hint: str = ""
    example: str = ""
    kind: Kind = "text"
    others: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    in_blank: bool = True


_DAY = "Дата: 04.03.2026."
_IF_MADE = "Якщо вже зроблено. "

COLUMNS: Mapping[str, Column] = {
    "number": Column(
        "№",
        "Обов’язково. Номер у паперовому журналі; він збережеться. Можна з індексом: 12/01-15.",
        "12",
        "number",
        ("№ з/п", "№ п/п", "номер", "реєстраційний номер", "рег. №", "номер реєстрації"),
    ),
    "index": Column(
        "Індекс",
        "Номер так, як його пишуть у листах, якщо він довший за порядковий.",
        "12/01-15",
        others=("реєстраційний індекс", "індекс документа"),
    ),
    "registered": Column(
        "Зареєстровано",
        "Обов’язково. Дата реєстрації; час – за бажанням: 04.03.2026 10:20.",
        "04.03.2026 10:20",
        "day",
        ("дата реєстрації", "дата", "дата, час", "дата і час реєстрації", "дата запису"),
    ),
    "time": Column(
        "Час реєстрації", kind="day", others=("час", "година", "час надходження"), in_blank=False
    ),
    "received": Column(
        "Надійшло",
        "Дата надходження, якщо вона інша, ніж дата реєстрації. Від неї рахують строки.",
        "04.03.2026 09:15",
        "day",
        ("дата надходження", "дата, час надходження", "дата отримання", "отримано"),
    ),
    "channel": Column(
        "Як надійшло",
        "Оберіть зі списку; порожньо – на папері.",
        "телефон",
        "choice",
        ("спосіб надходження", "форма надходження", "форма звернення", "вид звернення"),
        tuple(CHANNELS),
    ),
    "from_whom": Column(
        "Від кого",
        "Установа або особа; «анонімно». Ім’я особи буде приховано, як вимагає п. 13.",
        "Гімназія с. Вигадане",
        others=("відправник", "заявник", "хто повідомив", "кореспондент", "ініціатор"),
    ),
    "outgoing_number": Column(
        "Їх №",
        "Вихідний номер листа; немає – залиште порожнім.",
        "01-15/123",
        others=("вихідний номер", "вих. №", "номер листа", "їх номер"),
    ),
    "outgoing_date": Column(
        "Їх дата", _DAY, "03.03.2026", "day", ("вихідна дата", "дата листа", "вих. дата")
    ),
    "outgoing": Column(
        "Їх № і дата",
        kind="paper",
        others=("вихідний № і дата", "№ і дата листа", "дата і № листа", "вих. № дата"),
        in_blank=False,
    ),
    "subject": Column(
        "Про кого",
        "Дитина, сім’я: прізвище, ім’я, по батькові.",
        "Вигаданюк Іван Петрович",
        others=(
            "про кого (дитина, вік, сім’я)",
            "піб дитини",
            "прізвище, ім’я дитини",
            "дитина, сім’я",
            "прізвище сім’ї або піб",
        ),
    ),
    "birth": Column(
        "Дата народження або вік",
        "12.05.2015, або 2015, або 10 років.",
        "12.05.2015",
        others=(
            "дата народження",
            "рік народження",
            "вік",
            "вік дитини",
            "дата народження, вік",
            "дата народж.",
        ),
    ),
    "address": Column(
        "Місце проживання", "", "с. Вигадане, вул. Нова, 5", others=("адреса", "адреса проживання")
    ),
    "content": Column(
        "Зміст",
        "Обов’язково, якщо не заповнено «Про кого». Суть повідомлення.",
        "Дитина два тижні не відвідує занять.",
        others=(
            "короткий зміст",
            "короткий зміст звернення",
            "короткий зміст повідомлення",
            "зміст повідомлення",
            "зміст звернення",
            "суть звернення",
        ),
    ),
    "threat": Column(
        "Ознака загрози",
        "Так чи ні. Порожньо – ознаку шукатимуть у змісті.",
        "ні",
        "choice",
        ("загроза", "загроза життю чи здоров’ю", "терміново"),
        YES_NO,
    ),
    "state": Column(
        "Стан",
        "Оберіть зі списку; порожньо – за датами в цьому рядку.",
        "у роботі",
        "choice",
        ("стан справи", "стан розгляду", "стан роботи"),
        STATES,
    ),
    "request_number": Column(
        "Запит до ЦСС: №",
        _IF_MADE + "Номер запиту про оцінку потреб.",
        "01-12/9",
        others=("№ запиту", "номер запиту до ЦСС"),
    ),
    "request_date": Column(
        "Запит до ЦСС: дата",
        _IF_MADE + "Коли його надіслано; від неї рахують строк оцінки.",
        "05.03.2026",
        "day",
        ("дата запиту", "дата запиту до ЦСС"),
    ),
    "request": Column(
        "Запит до ЦСС",
        kind="paper",
        others=("запит до ЦСС (№, дата)", "запит про оцінку потреб"),
        in_blank=False,
    ),
    "visit": Column(
        "Візит: дата",
        _IF_MADE + "Термінова перевірка умов (п. 15).",
        "",
        "day",
        ("дата візиту", "візит", "візит, акт безпеки", "дата обстеження"),
    ),
    "safety_number": Column(
        "Акт безпеки: №",
        _IF_MADE + "Акт оцінки рівня безпеки дитини.",
        "",
        others=("№ акта безпеки",),
    ),
    "safety_date": Column("Акт безпеки: дата", _IF_MADE + _DAY, "", "day", ("дата акта безпеки",)),
    "safety": Column(
        "Акт безпеки", kind="paper", others=("акт оцінки рівня безпеки",), in_blank=False
    ),
    "safety_threat": Column(
        "Акт безпеки: загроза", "Так чи ні; разом із датою акта.", "", "choice", (), YES_NO
    ),
    "act_number": Column(
        "Акт оцінки потреб: №", _IF_MADE + "Акт складає ЦСС.", "", others=("№ акта оцінки потреб",)
    ),
    "act_date": Column(
        "Акт оцінки потреб: дата", _IF_MADE + _DAY, "", "day", ("дата акта оцінки потреб",)
    ),
    "act": Column(
        "Акт оцінки потреб", kind="paper", others=("акт оцінки потреб (№, дата)",), in_blank=False
    ),
    "conclusion": Column(
        "Висновок отримано",
        _IF_MADE + "Коли ССД отримала висновок оцінки потреб.",
        "",
        "day",
        ("дата висновку", "висновок оцінки потреб"),
    ),
    "decision": Column(
        "Рішення про послуги", _IF_MADE + "Рішення ЦСС.", "", "choice", (), tuple(DECISIONS)
    ),
    "decision_date": Column(
        "Рішення про послуги: дата", _DAY, "", "day", ("дата рішення про послуги",)
    ),
    "order_number": Column(
        "Наказ про облік: №", _IF_MADE + "Наказ ССД.", "", others=("№ наказу", "номер наказу")
    ),
    "order_date": Column("Наказ про облік: дата", _IF_MADE + _DAY, "", "day", ("дата наказу",)),
    "order": Column(
        "Наказ про облік",
        kind="paper",
        others=("наказ", "наказ про облік (№, дата)"),
        in_blank=False,
    ),
    "measures": Column(
        "Вжиті заходи",
        "Що зроблено, результат.",
        "Проведено бесіду з матір’ю.",
        others=("вжиті заходи, результат", "заходи", "результат розгляду", "результат"),
    ),
    "ended": Column(
        "Рішення про завершення роботи: дата",
        "Якщо триває моніторинг або справу завершено (п. 22).",
        "",
        "day",
        ("моніторинг з", "моніторинг: дата початку", "дата рішення про завершення роботи"),
    ),
    "closed": Column(
        "Справу завершено: дата",
        "Не раніше, ніж через шість місяців моніторингу (п. 22).",
        "",
        "day",
        ("дата завершення", "дата закриття справи", "завершено"),
    ),
    "note": Column(
        "Примітка", "Що завгодно; з’явиться у «Вжитих заходах» запису.", "", others=("примітки",)
    ),
}
"""Every column by its name; those of our own sheet in the order in which it has them."""

NEEDED_DAYS = ("registered", "received")
FEWEST = 3
"""Headings that must be known in a row before it is taken for the head of a table."""
_SURE = 88
"""Of a hundred letters; «Адресса» is «Адреса», «Дата листа» is not «Дата акта»."""
_SHORTEST = 5
_NUMERO = re.compile(r"№|\bномер\b|\bn\b")
_NOT_ALNUM = re.compile(r"[\W_]+")


def known(headings: Iterable[str]) -> list[str | None]:
    """The name of the column that each heading means; None where it means none of ours.

    A name is given once, to the heading that says it best.
    """
    found = [_meaning(heading) for heading in headings]
    best: dict[str, int] = {}
    for place, (name, score) in enumerate(found):
        if name and (name not in best or score > found[best[name]][1]):
            best[name] = place
    return [name if name and best[name] == place else None for place, (name, _) in enumerate(found)]


def is_head(names: Sequence[str | None]) -> bool:
    """Whether these are the headings of a journal: its numbers, their days and something more."""
    has_day = any(name in names for name in NEEDED_DAYS)
    return "number" in names and has_day and sum(name is not None for name in names) >= FEWEST


def _plain(heading: str) -> str:
    """The heading's words alone; «№» and «номер» are one word."""
    return _NOT_ALNUM.sub(" ", _NUMERO.sub(" номер ", fold(heading))).strip()


_MEANINGS: Mapping[str, str] = {
    _plain(heading): name
    for name, column in COLUMNS.items()
    for heading in (column.title, *column.others)
}


def _meaning(heading: str) -> tuple[str | None, float]:
    said = _plain(heading)
    if said in _MEANINGS:
        return _MEANINGS[said], 100.0
    if len(said) < _SHORTEST:
        return None, 0.0
    near = process.extractOne(said, _MEANINGS.keys(), scorer=fuzz.ratio, score_cutoff=_SURE)
    return (_MEANINGS[near[0]], near[1]) if near else (None, 0.0)
