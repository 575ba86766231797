"""``opika due``: what is overdue, due today and coming."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, get_args

import click

from opika.commands.common import (
    Where,
    config_options,
    json_option,
    opened,
    print_json,
    print_table,
)
from opika.commands.words import DEADLINES, short, urgent_word
from rules.deadlines import Party

if TYPE_CHECKING:
    from journal.due import DueCard

_TITLES = {"overdue": "Прострочено", "today": "На сьогодні", "coming": "Найближчі {days} дн."}


@click.command()
@click.option("--office", help="Лише журнал цієї установи (ключ із налаштувань).")
@click.option(
    "--whose",
    type=click.Choice(get_args(Party)),
    help="Лише строки служби (ssd), ЦСС (css) чи суб’єктів взаємодії (partner).",
)
@click.option(
    "--days",
    type=click.IntRange(0, 366),
    default=7,
    show_default=True,
    help="На скільки днів наперед.",
)
@json_option
@config_options
def due(office: str | None, whose: Party | None, days: int, as_json: bool, where: Where) -> None:
    """Строки, що спливли, спливають сьогодні й найближчими днями; спершу загрози."""
    with opened(where, may="read") as pipeline:
        from journal import due as clocks

        eyes = pipeline.eyes
        cards = clocks.due(pipeline.clock(), office=office, whose=whose, days=days, eyes=eyes)
        if as_json:
            print_json([clocks.due_json(card) for card in cards])
            return
        for state in clocks.STATES:
            _show(_TITLES[state].format(days=days), [one for one in cards if one.state == state])
        if not cards:
            click.echo("Немає строків, що спливли або спливають.")


def _show(title: str, cards: list[DueCard]) -> None:
    if not cards:
        return
    click.echo(click.style(f"{title}: {len(cards)}", bold=True))
    head = ("", "№", "рік", "що", "до", "про кого", "чому")
    print_table(head, map(_row, cards))
    click.echo()


def _row(card: DueCard) -> tuple[object, ...]:
    what = DEADLINES.get(card.key, card.key)
    reason = f"{card.rule}: {card.steps}"
    return (
        urgent_word(card.urgent),
        card.number,
        card.year,
        what,
        _until(card),
        short(card.subject, 36),
        reason,
    )


def _until(card: DueCard) -> str | date:
    at_once = card.due == card.starts
    return f"невідкладно, минуло {card.hours} год" if at_once else card.due
