"""``opika restore``: from a backup into an empty place, proved before it is there."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from opika.commands.common import (
    Where,
    config_options,
    config_or_defaults,
    json_option,
    print_json,
)
from opika.commands.progress import shown_share
from opika.config import Config, Mailbox
from rules.roles import check

if TYPE_CHECKING:
    from opika.restore import Restored

_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("file", type=_PATH)
@click.option(
    "--identity", type=_PATH, required=True, metavar="ФАЙЛ", help="Файл із закритим ключем."
)
@click.option(
    "--accept-faults",
    is_flag=True,
    help="Відновити й тоді, коли перевірка знаходить помилку, а іншої копії немає.",
)
@json_option
@config_options
def restore(file: Path, identity: Path, accept_faults: bool, as_json: bool, where: Where) -> None:
    """Відновити все з резервної копії FILE у порожню папку даних.

    Спершу все розпаковується поруч і перевіряється; якщо щось не так, нічого не змінюється.
    """
    config = _config(where)
    from journal.settings import configure

    configure(config.data, config.opika.database, config.opika.timezone)
    from opika.packing import identities_of
    from opika.people import who
    from opika.pipeline import actor
    from opika.restore import Backup
    from opika.restore import restore as bring_back

    check(who(config, actor()).role, "backup")
    chosen = Backup(file, identities_of(identity), accept_faults)
    now = datetime.now(config.zone)
    done = bring_back(config, chosen, now=now, actor=actor(), told=shown_share("Відновлюю"))
    if as_json:
        print_json(asdict(done))
    else:
        _show(done, config)
    sys.exit(1 if done.fault else 0)


def _config(where: Where) -> Config:
    """The configuration; on a new machine without one, its defaults and the folder that is named."""
    config = config_or_defaults(where)
    if where.data is not None:
        main = config.opika.model_copy(update={"data": where.data.resolve()})
        return config.model_copy(update={"opika": main})
    if not config.path.is_file():
        raise click.UsageError("Назвіть порожню папку для даних: --data ПАПКА.")
    return config


def _show(done: Restored, config: Config) -> None:
    click.echo(
        f"Відновлено стан на {done.made_at.astimezone(config.zone):%d.%m.%Y %H:%M:%S} у папку "
        f"{config.data}: записів – {done.entries}, рядків історії – {done.history_rows}, оригіналів – "
        f"{done.originals}, файлів документів – {done.documents}."
    )
    if done.fault:
        click.echo(f"Журнал НЕ цілий: {done.fault}", err=True)
    else:
        click.echo("Журнал перевірено: він цілий і такий, яким його скопійовано.")
    click.echo(f"\nНалаштування, шаблони й довідники з копії лежать у {config.data / 'settings'}.")
    click.echo("Діють ті, що у вашому pipeline.toml; паролів у копії немає – задайте їх заново.")
    click.echo("\nПЕРШ НІЖ ЗАПУСКАТИ СЛУЖБУ")
    for place, step in enumerate(_steps(done, config), start=1):
        click.echo(f"{place}. {step}")


def _steps(done: Restored, config: Config) -> list[str]:
    """What a person has to see to, for what happened after the backup is not known here."""
    since = f"{done.made_at.astimezone(config.zone):%d.%m.%Y %H:%M}"
    steps = [
        f"Номери, видані після {since}, журналові невідомі. Останні відомі: {_numbers(done)}. "
        "Якщо на паперах чи в листах є більші, пропустіть їх: opika register skip РЕЄСТР НОМЕР "
        "--office УСТАНОВА --why «видано після копії»."
    ]
    moved = [box.address for box in config.mailbox if _moves(box)]
    if moved:
        steps.append(
            f"Листи, прийняті після {since} і переміщені з вхідних ({', '.join(moved)}), поверніть до "
            "вхідних: їх буде прийнято знову."
        )
    if config.folder:
        steps.append(f"Скани, прийняті після {since}, перекладіть із done/ назад до папки сканів.")
    steps.append(
        f"Якщо після {since} записи стирали за рішенням суду чи Уповноваженого, зробіть це знову."
    )
    steps.append(
        "Листи, погоджені до відновлення, без вашої підстави не підуть: перевірте папку надісланих "
        f"(opika send --list). Листів, про які невідомо, чи надіслано: {done.in_doubt}."
    )
    if done.alerts:
        steps.append(
            f"Сповіщень про загрозу, яких ніхто не підтвердив: {done.alerts} (opika status). Чергового "
            "буде сповіщено знову."
        )
    return steps


def _numbers(done: Restored) -> str:
    known = [f"{one.register} ({one.office}, {one.year}) – {one.last}" for one in done.numbers]
    return "; ".join(known) or "номерів ще не видавали"


def _moves(box: Mailbox) -> bool:
    return box.when_done.startswith("move:")
