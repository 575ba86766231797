"""``opika register``: the registers of an office and their numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from opika.commands.common import (
    Where,
    chosen_office,
    config_options,
    json_option,
    opened,
    print_json,
    print_table,
)
from opika.commands.words import KINDS, short
from opika.config import BOOKS, Book

if TYPE_CHECKING:
    from journal.register_rows import RegisterCard, RegisterRow
    from opika.pipeline import Pipeline

WORDS: dict[str, str] = {
    "notifications": "звернення і повідомлення",
    "outgoing": "вихідні документи",
    "acts": "акти оцінки потреб",
    "safety_acts": "акти оцінки рівня безпеки",
    "orders": "накази",
    "minutes": "протоколи",
}
WHAT = {"entry": "повідомлення", "letter": "лист", "paper": "документ", "skipped": "пропущено"}
_WIDTH = 40


@click.group()
def register() -> None:
    """Реєстри установи: номери документів, анулювання, закриття року."""


def register_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command REGISTER and ``--office``."""
    named = click.argument("book", metavar="REGISTER", type=click.Choice(BOOKS))
    return named(office_option(command))


def office_option(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command ``--office``."""
    words = "Установа (ключ із налаштувань); типово – перша у файлі."
    return click.option("--office", help=words)(command)


@register.command("list")
@click.argument("book", metavar="[REGISTER]", type=click.Choice(BOOKS), required=False)
@office_option
@click.option("--year", type=int, help="Лише цей рік; для номерів типово – поточний.")
@json_option
@config_options
def list_(
    book: Book | None, office: str | None, year: int | None, as_json: bool, where: Where
) -> None:
    """Усі реєстри, а з REGISTER – усі номери одного з них."""
    with opened(where, may="read") as pipeline:
        from journal.masking import rows_shown
        from journal.register_rows import registers, rows, why_void

        if book is None:
            cards = registers(office, year)
            offices = pipeline.eyes.offices
            _show_registers([c for c in cards if offices is None or c.office in offices], as_json)
            return
        key = chosen_office(pipeline.config, office, pipeline.eyes)
        numbers = rows(key, book, year or pipeline.clock().date().year)
        found = list(rows_shown(((row, why_void(row)) for row in numbers), pipeline.eyes))
    if as_json:
        print_json([{**asdict(row), "why": why} for row, why in found])
    else:
        head = ("№", "індекс", "дата", "що", "про що", "від кого, кого стосується", "запис", "")
        print_table(head, [_row(row, why) for row, why in found])


@register.command()
@register_options
@click.option("--about", required=True, help="Про що документ.")
@click.option("--counterpart", default="", help="Кого він стосується або хто його підписав.")
@click.option(
    "--dated",
    type=click.DateTime(["%d.%m.%Y", "%Y-%m-%d"]),
    metavar="ДАТА",
    help="Дата документа; типово – сьогодні.",
)
@click.option("--entry", help="Номер запису журналу, до якого він належить.")
@json_option
@config_options
def add(
    book: Book,
    office: str | None,
    as_json: bool,
    where: Where,
    **paper: Any,
) -> None:
    """Дати документові, складеному поза Opika, наступний номер реєстру."""
    with opened(where, may="number") as pipeline:
        from journal.history import Act
        from journal.listing import entry as entry_of
        from journal.registers import Paper, add_line

        key = chosen_office(pipeline.config, office, pipeline.eyes)
        dated: datetime | None = paper["dated"]
        entry_id = entry_of(paper["entry"], eyes=pipeline.eyes).id if paper["entry"] else None
        new = Paper(paper["about"], paper["counterpart"], dated and dated.date(), entry_id)
        act = Act(pipeline.actor, pipeline.clock())
        line_id, number = add_line(key, pipeline.series(key, book), new, act)
    if as_json:
        print_json({"id": line_id, "index": number.index, "number": number.number})
    else:
        click.echo(f"Номер {number.index}: {WORDS[book]}, {number.year} рік.")


@register.command()
@register_options
@click.argument("to", metavar="NUMBER", type=click.IntRange(min=1))
@click.option("--year", type=int, help="Рік реєстру; типово – поточний.")
@click.option("--why", required=True, help="Підстава; залишається в реєстрі.")
@config_options
def skip(book: Book, office: str | None, to: int, year: int | None, why: str, where: Where) -> None:
    """Пропустити номери до NUMBER включно: їх уже використано на папері або після копії."""
    with opened(where, may="void") as pipeline:
        from journal.history import Act
        from journal.registers import skip as pass_over

        key = chosen_office(pipeline.config, office, pipeline.eyes)
        act = Act(pipeline.actor, pipeline.clock(), why)
        passed = pass_over(key, pipeline.series(key, book, year), to, act, year)
        click.echo(f"Пропущено № {passed[0].number}–{to}. Наступний – {to + 1}.")


@register.command()
@register_options
@click.argument("number", metavar="NUMBER", type=int)
@click.option("--year", type=int, help="Рік реєстру; типово – поточний.")
@click.option("--why", required=True, help="Підстава; залишається в реєстрі.")
@config_options
def void(
    book: Book, office: str | None, number: int, year: int | None, why: str, where: Where
) -> None:
    """Анулювати номер: він залишається в реєстрі з підставою і нікому більше не дається."""
    with opened(where, may="void") as pipeline:
        from journal.register_rows import rows

        key = chosen_office(pipeline.config, office, pipeline.eyes)
        of = year or pipeline.clock().date().year
        row = next(rows(key, book, of, number), None)
        if row is None:
            raise click.UsageError(f"Номера {number} у цьому реєстрі за {of} рік немає.")
        _make_void(pipeline, row, why)
        click.echo(f"Анульовано № {number} за {of} рік: {WORDS[book]}.")


@register.command()
@register_options
@click.argument("year", metavar="YEAR", type=int)
@json_option
@config_options
def close(book: Book, office: str | None, year: int, as_json: bool, where: Where) -> None:
    """Закрити реєстр минулого року: номерів у ньому більше не дають і не анулюють."""
    with opened(where, may="close") as pipeline:
        from journal.history import Act
        from journal.registers import close as close_year

        key = chosen_office(pipeline.config, office, pipeline.eyes)
        card = close_year(key, book, year, Act(pipeline.actor, pipeline.clock()))
    if as_json:
        print_json(asdict(card))
    else:
        click.echo(
            f"У реєстрі «{WORDS[book]}» за {year} рік записів – {card.count}{_bounds(card)}, "
            f"з них анульовано – {card.voided}. Закрито {card.closed_at:%d.%m.%Y}."
        )


def _make_void(pipeline: Pipeline, row: RegisterRow, why: str) -> None:
    from journal import voiding
    from journal.history import Act

    make_void = {
        "entry": voiding.void_entry,
        "letter": voiding.void_document,
        "paper": voiding.void_line,
        "skipped": voiding.void_line,
    }
    make_void[row.what](row.id, Act(pipeline.actor, pipeline.clock(), why))


def _show_registers(cards: list[RegisterCard], as_json: bool) -> None:
    if as_json:
        print_json([asdict(card) for card in cards])
        return
    head = ("установа", "реєстр", "ключ", "рік", "номери", "усього", "анульовано", "закрито")
    rows = [
        (
            card.office,
            WORDS.get(card.register, card.register),
            card.register,
            card.year,
            _bounds(card).strip(" ()"),
            card.count,
            card.voided,
            card.closed_at,
        )
        for card in cards
    ]
    print_table(head, rows)


def _bounds(card: RegisterCard) -> str:
    return "" if card.first is None else f" (№ {card.first}–{card.last})"


def _row(row: RegisterRow, why: str) -> tuple[object, ...]:
    about = KINDS.get(row.about, row.about) if row.what == "letter" else row.about
    note = f"анульовано: {why}" if row.voided else ""
    return (
        row.number,
        row.index,
        row.dated,
        WHAT[row.what],
        short(about, _WIDTH),
        short(row.counterpart, _WIDTH),
        row.entry or "",
        note,
    )
