"""``opika backup``: everything in one encrypted file, while the service goes on working."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from opika.commands.common import (
    Where,
    config_of,
    config_options,
    json_option,
    opened,
    print_json,
)
from opika.commands.progress import shown_share

if TYPE_CHECKING:
    from opika.backup import BackedUp

_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("file", type=_PATH, required=False)
@click.option(
    "--recipient",
    "recipients",
    multiple=True,
    metavar="КЛЮЧ",
    help="Відкритий ключ (age1…) замість того, що в налаштуваннях; можна кілька разів.",
)
@click.option(
    "--make-key",
    "key_file",
    type=_PATH,
    metavar="ФАЙЛ",
    help="Створити пару ключів: закритий – у ФАЙЛ, відкритий – на екран.",
)
@json_option
@config_options
def backup(
    file: Path | None,
    recipients: tuple[str, ...],
    key_file: Path | None,
    as_json: bool,
    where: Where,
) -> None:
    """Створити резервну копію у FILE: журнал, оригінали, документи, налаштування.

    Без FILE – у папці [backup] folder; якщо FILE – папка, то в ній. Служба тим часом працює.
    """
    if key_file is not None:
        if file or recipients:
            raise click.UsageError("--make-key вживають окремо: копію створює наступна команда.")
        _make_key(key_file)
        return
    place = file or config_of(where).backup.folder
    if place is None:
        raise click.UsageError(
            "Назвіть файл для копії або впишіть папку для копій: folder у таблиці [backup]."
        )
    made = _back_up(where, place, recipients, rotate=file is None)
    if as_json:
        print_json({**asdict(made), "file": str(made.file)})
    else:
        _show(made)
    if made.lost:
        _warn(made)
    sys.exit(1 if made.lost else 0)


def _make_key(file: Path) -> None:
    from opika.packing import make_key

    public = make_key(file, datetime.now().astimezone())
    click.echo(f"Закритий ключ записано у файл {file}. Перенесіть його з цього комп’ютера на два")
    click.echo("носії, які зберігаються окремо (наприклад, у сейфі керівника), і тут видаліть: без")
    click.echo("нього з копії нічого не відновити, а з ним копію прочитає будь-хто.")
    click.echo("Відкритий ключ впишіть у файл налаштувань:\n")
    click.echo(f'[backup]\nrecipient = "{public}"')


def _back_up(where: Where, place: Path, recipients: tuple[str, ...], *, rotate: bool) -> BackedUp:
    # Encrypted to the administrator's key it tells nobody anything: anybody's timer may do it.
    with opened(where, may="backup" if recipients else None) as pipeline:
        from dataclasses import replace

        from opika.backup import back_up, next_file, remove_older
        from opika.packing import recipients_of

        settings = pipeline.config.backup
        keys = recipients_of(recipients or settings.recipient)
        file = next_file(place, pipeline.clock()) if rotate or place.is_dir() else place
        made = back_up(pipeline, file, keys, shown_share("Копіюю"))
        if rotate and not made.lost:
            return replace(made, removed=remove_older(place, settings.keep))
        return made


def _show(made: BackedUp) -> None:
    click.echo(f"Резервну копію створено: {made.file} ({_megabytes(made.size)} МБ)")
    click.echo(
        f"У ній стан на {made.made_at:%d.%m.%Y %H:%M:%S}: записів – {made.entries}, рядків історії – "
        f"{made.history_rows}, оригіналів – {made.originals}, файлів документів – {made.documents}; "
        "налаштування, шаблони, довідники (без паролів)."
    )
    click.echo(f"SHA-256: {made.sha256}")
    click.echo(f"Відновити: opika restore {made.file} --identity ФАЙЛ_ІЗ_ЗАКРИТИМ_КЛЮЧЕМ")
    if made.removed:
        click.echo(f"Найстаріших копій прибрано: {made.removed}.")


def _warn(made: BackedUp) -> None:
    click.echo(
        f"УВАГА: у копії бракує файлів або їх змінено: {made.lost}. Їх немає і в самому журналі: "
        "opika journal verify. Не видаляйте старіших копій.",
        err=True,
    )


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f}".replace(".", ",")
