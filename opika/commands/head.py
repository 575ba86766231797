"""``opika journal head``: the end of the history as a fingerprint to keep elsewhere."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
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
    from journal.heads import Compared

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command()
@click.option("--out", type=_FOLDER, help="Записати відбиток до цієї папки.")
@click.option("--check", type=_FOLDER, help="Порівняти з журналом усі відбитки в цій папці.")
@json_option
@config_options
def head(out: Path | None, check: Path | None, as_json: bool, where: Where) -> None:
    """Відбиток журналу: кінець історії змін. Хто перепише журнал, того він видасть.

    Зберігайте його не на цьому комп’ютері: на іншому диску, роздрукованим, у листі.
    """
    if out and check:
        raise click.UsageError("--out і --check – різні дії: вкажіть одну з них.")
    with opened(where, may="read") as pipeline:
        from journal import heads

        if check:
            _show_check(heads.compare(check), as_json)
            return
        now = pipeline.clock().astimezone(pipeline.config.zone)
        file = _write(out, heads.asked_for(now), now) if out else None
        last = heads.last_day()
        if as_json:
            print_json({"at": now, "heads": heads.ends(), "file": file and str(file), "last": last})
            return
        click.echo(f"Відбиток журналу на {now:%d.%m.%Y %H:%M}\n")
        rows = [(key, one["seq"], one["hash"] or "–") for key, one in heads.ends().items()]
        print_table(("установа", "рядків історії", "відбиток"), rows)
        click.echo()
        if file:
            click.echo(f"Записано: {file}. Зберігайте окремо від цього комп’ютера.")
        elif last:
            day = pipeline.data / heads.FOLDER / f"{last}.json"
            click.echo(f"Останній щоденний відбиток – за {last:%d.%m.%Y}: {day}")


def _write(folder: Path, text: bytes, now: datetime) -> Path:
    from journal.originals import write_whole

    file = folder / f"{now:%Y-%m-%d-%H%M%S}.json"
    write_whole(file, text)
    return file


def _show_check(files: list[Compared], as_json: bool) -> None:
    """Print what the comparison gave, and end with 1 where the journal differs."""
    ok = bool(files) and all(not one.fault or one.excused for one in files)
    if as_json:
        shown = [
            {"file": one.name, "day": one.day, "fault": one.fault or None, "excused": one.excused}
            for one in files
        ]
        print_json({"ok": ok, "files": shown})
    elif not files:
        click.echo("У цій папці немає жодного відбитка журналу.", err=True)
    else:
        print_table(("файл", "за день", ""), map(_row, files))
        matching = sum(not one.fault for one in files)
        click.echo(f"\nВідбитків: {len(files)}, збігається з журналом: {matching}.")
    sys.exit(0 if ok else 1)


def _row(one: Compared) -> tuple[object, ...]:
    if one.excused:
        return one.name, one.day, "після копії, з якої журнал відновлено"
    return one.name, one.day, one.fault or "збігається"
