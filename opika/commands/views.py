"""``opika journal views``: who looked at which card, and when."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from opika.commands.common import (
    Where,
    config_options,
    json_option,
    opened,
    print_json,
    print_table,
)

if TYPE_CHECKING:
    from journal.looking import LookCard

_DAY = click.DateTime(["%d.%m.%Y", "%Y-%m-%d"])
_OPENED = "перегляд картки"


@click.command()
@click.argument("number", required=False)
@click.option("--who", "login", help="Лише перегляди цього користувача (його login).")
@click.option("--from", "first", type=_DAY, metavar="ДАТА", help="Лише від цього дня.")
@click.option("--to", "last", type=_DAY, metavar="ДАТА", help="Лише до цього дня.")
@click.option("--office", help="Установа (ключ із налаштувань).")
@click.option("--year", type=int, help="Рік журналу.")
@json_option
@config_options
def views(
    number: str | None,
    login: str | None,
    first: datetime | None,
    last: datetime | None,
    as_json: bool,
    where: Where,
    **named: str | int | None,
) -> None:
    """Хто й коли переглядав запис № NUMBER або що переглядав користувач (--who)."""
    if number is None and login is None:
        raise click.UsageError("Вкажіть номер запису або --who.")
    if first and last and last < first:
        raise click.UsageError("--to не може бути раніше за --from.")
    with opened(where, may="views") as pipeline:
        from journal import listing
        from journal.looking import Days, look_json, looks

        eyes, entry_id = pipeline.eyes, None
        if number is not None:
            entry_id = listing.entry(number, **named, eyes=eyes).id  # type: ignore[arg-type]
        days = Days(first and first.date(), last and last.date())
        cards = looks(entry_id=entry_id, actor=login, days=days, eyes=eyes)
        if as_json:
            print_json([look_json(card) for card in cards])
        else:
            _show(list(cards))


def _show(cards: list[LookCard]) -> None:
    if not cards:
        click.echo("Переглядів не записано.")
        return
    head = ("коли", "хто", "журнал", "№", "рік", "з якої нагоди")
    print_table(
        head, ((c.at, c.actor, c.office, c.number, c.year, c.why or _OPENED) for c in cards)
    )
    click.echo(f"Переглядів: {len(cards)}.")
