"""The part ``fresh``: papers round children that speak in the form's words and are no form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from random import Random

from .labels import OFFICIAL
from .people import new_family
from .places import write_address
from .wordml import Look, cell, paragraph, run, table
from .writing import write_date, write_number

PART = "fresh"
MONTHS = ("вересень", "жовтень", "листопад", "грудень")


def _texts(*lines: str) -> list[str]:
    return [paragraph(run(line)) for line in lines]


def _bold(text: str) -> str:
    return paragraph(run(text, Look(bold=True)), align="center")


def _name(rng: Random) -> str:
    return new_family(rng, PART, date(2026, 10, 1)).full_name(woman=rng.random() < 0.5)


def _day(rng: Random) -> str:
    return write_date(rng, PART, date(2026, rng.randint(1, 10), rng.randint(1, 28)))


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    width = 9800 // len(head)
    return table(
        [[cell(*_texts(text), width=width) for text in row] for row in (head, *rows)],
        (width,) * len(head),
    )


def letter(rng: Random, _part: str) -> list[str]:
    """A letter about a child that uses the form's words in its sentences."""
    return _texts(
        f"Вих. № {write_number(rng, PART)} від {_day(rng)}",
        "Рожищенська міська рада, служба у справах дітей",
        "",
        "Щодо неповнолітньої дитини",
        f"Звертаємося щодо {_name(rng)}, місце проживання: {write_address(rng, PART)}.",
        "Зміст проблеми: дитина тривалий час не навчається. За результатами розмови з бабусею "
        "вжиті заходи: домовлено про зустріч. Документи додано.",
        "Від адміністрації закладу",
        f"директор {_name(rng)}",
    )


def quoting_order(rng: Random, _part: str) -> list[str]:
    """An order that lists the form's labels one by one and says what to write there."""
    keys = ("received", "subject", "address", "content", "reporter", "basis", "measures")
    return [
        _bold("НАКАЗ"),
        *_texts(
            f"від {_day(rng)} № {write_number(rng, PART)}",
            "Про заповнення повідомлень",
            "Під час заповнення Додатка 1 «ПОВІДОМЛЕННЯ/ІНФОРМАЦІЯ» дотримуватися такого:",
            *(
                f"{n}. У рядку «{OFFICIAL[key]}» писати розбірливо."
                for n, key in enumerate(keys, 1)
            ),
            "Примірник наказу довести до педагогів під підпис.",
            f"Директор {_name(rng)}",
        ),
    ]


def journal(rng: Random, _part: str) -> list[str]:
    """A page of the journal of notices, filled in."""
    head = ("№ з/п", "Дата реєстрації", "Від кого", "Про дитину, сім’ю", "Зміст", "Вжиті заходи")
    rows = [
        (str(n), _day(rng), rng.choice(("ліцей", "ФАП", "усно")), _name(rng), "пропуски", "візит")
        for n in range(rng.randint(11, 40), rng.randint(42, 46))
    ]
    return [_bold("Журнал реєстрації повідомлень/інформації"), _table(head, rows)]


def months(rng: Random, _part: str) -> list[str]:
    """Missed lessons of a class by months."""
    rows = [
        (_name(rng), *(str(rng.randint(0, 48)) for _ in MONTHS)) for _ in range(rng.randint(5, 14))
    ]
    return [
        _bold("Облік відвідування 6-А класу"),
        *_texts(f"Кількість пропущених уроків станом на {_day(rng)}"),
        _table(("Учень/учениця", *MONTHS), rows),
    ]


def memo(rng: Random, _part: str) -> list[str]:
    """A memo to the head: what comes before a notice, and is none."""
    return [
        *_texts("Директору закладу", f"{_name(rng)}", ""),
        _bold("ДОПОВІДНА ЗАПИСКА"),
        *_texts(
            f"Доводжу до Вашого відома, що {_day(rng)} учень {_name(rng)} прийшов без сніданку й теплого одягу. "
            "Прошу розглянути питання про надсилання повідомлення.",
            f"Класний керівник {_name(rng)}",
        ),
    ]


def character(rng: Random, _part: str) -> list[str]:
    """A pupil's characteristic."""
    return [
        _bold("ХАРАКТЕРИСТИКА"),
        *_texts(
            f"{_name(rng)}, {rng.randint(2010, 2018)} року народження",
            f"Місце проживання: {write_address(rng, PART)}",
            "Навчається на достатньому рівні, спокійна вдача, має друзів. Мати цікавиться успіхами.",
            "Видано для подання до служби у справах дітей.",
            f"Дата {_day(rng)}",
        ),
    ]


def explanation(rng: Random, _part: str) -> list[str]:
    """A mother's explanation."""
    return [
        *_texts(
            "Директору ліцею", f"від {_name(rng)},", f"що проживає: {write_address(rng, PART)}", ""
        ),
        _bold("Пояснення"),
        *_texts(
            "Мій син не був на уроках, бо хворів, довідку принесу. Надалі попереджатиму заздалегідь.",
            f"{_day(rng)}                 (підпис)",
        ),
    ]


MAKERS: dict[str, Callable[[Random, str], list[str]]] = {
    "letter-in-its-words": letter,
    "order-quoting": quoting_order,
    "journal-page": journal,
    "absences-by-month": months,
    "memo": memo,
    "character": character,
    "explanation": explanation,
}
