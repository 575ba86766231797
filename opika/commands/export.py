"""``opika journal export``: a book as a file for the printer."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from opika.book_kinds import FORMATS, REGISTERS, Format
from opika.commands.common import (
    Where,
    chosen_office,
    config_options,
    json_option,
    opened,
    print_json,
)
from opika.commands.words import CHANNELS, KINDS
from rules.form_keys import CHOICES
from rules.roles import may

if TYPE_CHECKING:
    from generators.book_fields import Words
    from generators.books import Period
    from opika.pipeline import Pipeline

_DAY = click.DateTime(["%d.%m.%Y", "%Y-%m-%d"])


@click.command()
@click.option("--register", type=click.Choice(REGISTERS), default="notifications", help="Книга.")
@click.option("--office", help="Установа (ключ із налаштувань); типово – перша у файлі.")
@click.option("--year", type=int, help="Рік книги; типово – поточний.")
@click.option("--from", "first", type=_DAY, metavar="ДАТА", help="Лише від цього дня.")
@click.option("--to", "last", type=_DAY, metavar="ДАТА", help="Лише до цього дня.")
@click.option("--format", "kind", type=click.Choice(FORMATS), help="Вид файлу; типово – xlsx.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Куди записати.")
@json_option
@config_options
def export(as_json: bool, where: Where, **said: Any) -> None:
    """Надрукувати книгу: журнал звернень, реєстр вихідних, журнал актів. Перегляд буде записано."""
    out: Path | None = said["out"]
    kind = _format(said["kind"], out)
    with opened(where, may="read") as pipeline:
        from opika.books import Wanted
        from opika.books import export as print_book

        period = _period(said["first"], said["last"])
        wanted = Wanted(
            office=chosen_office(pipeline.config, said["office"], pipeline.eyes),
            register=said["register"],
            year=_year(said["year"], period, pipeline.clock()),
            period=period,
            format=kind,
            words=_words(pipeline),
        )
        path, count = print_book(pipeline, wanted, out)
    if as_json:
        print_json({"file": str(path), "rows": count})
    else:
        click.echo(f"Записів у книзі – {count}. Файл: {path}")


def _format(said: Format | None, out: Path | None) -> Format:
    """The format that is named, else the one of the file's name, else XLSX."""
    ending = out.suffix.lower().lstrip(".") if out else ""
    if said is None and ending and ending not in FORMATS:
        raise click.UsageError(f"Дозволено файли {', '.join(FORMATS)}.")
    for one in FORMATS:
        if said is None and one == ending:
            return one
    return said or "xlsx"


def _period(first: datetime | None, last: datetime | None) -> Period:
    from generators.books import Period

    if first and last and last < first:
        raise click.UsageError("--to не може бути раніше за --from.")
    return Period(first and first.date(), last and last.date())


def _year(said: int | None, period: Period, now: datetime) -> int:
    years = {day.year for day in (period.first, period.last) if day}
    if len(years | ({said} if said else set())) > 1:
        raise click.UsageError("Кожен рік має свою книгу: --year, --from і --to – одного року.")
    return said or next(iter(years), now.year)


def _words(pipeline: Pipeline) -> Words:
    from generators.book_fields import Words
    from opika.people import who

    # Who registers has to know who reported; for the others the reporter stays hidden (п. 13).
    role = who(pipeline.config, pipeline.actor).role
    return Words(
        channels=CHANNELS,
        kinds=KINDS,
        reporter_kinds=CHOICES,
        shows_reporter=may(role, "work"),
    )
