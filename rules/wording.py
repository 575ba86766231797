"""How Ukrainian documents write dates and counted nouns."""

from __future__ import annotations

from datetime import date, datetime, time

MONTHS = (
    "січня",
    "лютого",
    "березня",
    "квітня",
    "травня",
    "червня",
    "липня",
    "серпня",
    "вересня",
    "жовтня",
    "листопада",
    "грудня",
)
"""The months in the genitive, as dates name them."""


def plural(number: int, one: str, few: str, many: str) -> str:
    """The form of a noun that stands after ``number``: 1 дитина, 2 дитини, 5 дітей."""
    tens, units = abs(number) // 10 % 10, abs(number) % 10
    if tens == 1 or units in (0, 5, 6, 7, 8, 9):
        return many
    return one if units == 1 else few


def the_nth(number: int) -> str:
    """«3-тє», «21-ше»: the how-manieth of something neuter («повідомлення»), as documents write it."""
    ends = {1: "ше", 2: "ге", 3: "тє", 7: "ме", 8: "ме"}
    teens = number // 10 % 10 == 1
    return f"{number}-{'те' if teens else ends.get(number % 10, 'те')}"


def date_in_words(day: date) -> str:
    """The date with its month in words, as running text writes it: «4 березня 2026 року»."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year} року"


def moment_in_figures(moment: datetime, *, of_paper_book: bool = False) -> str:
    """Date and time in figures; midnight in the paper book is a time that it does not say."""
    silent = of_paper_book and moment.time() == time()
    return f"{moment:%d.%m.%Y}" if silent else f"{moment:%d.%m.%Y %H:%M}"


def date_in_figures(day: date) -> str:
    """The date as the requisites of a document write it: ДД.ММ.РРРР.

    Law: ДСТУ 4163:2020, requisite «Дата документа».
    """
    return f"{day:%d.%m}.{day.year:04d}"
