"""``opika parse``: what stands on a form, without touching any journal."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from intake.part import Limits
from opika.commands.common import (
    Where,
    config_options,
    config_or_defaults,
    json_option,
    print_json,
    print_table,
)
from opika.config import Config

if TYPE_CHECKING:
    from opika.reading import Draw

_READERS = 2
_HIDDEN = {"file", "part", "form", "confidence", "review", "indicators", "places", "pictures"}
_WORK = ".opika-work"


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False))
@click.option(
    "--picture",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Зберегти в цій папці сторінки форм (PNG) з обведеними полями.",
)
@json_option
@config_options
def parse(files: Sequence[str], picture: Path | None, as_json: bool, where: Where) -> None:
    """Прочитати заповнену форму «Додаток 1» з файлу або листа; журнал не змінюється."""
    config = config_or_defaults(where)
    found = _parse_all(files, config, _draw_into(picture))
    if picture is not None:
        _save_pictures(found, picture)
    if as_json:
        print_json(found)
    else:
        for one in found:
            _show(one)


def _draw_into(folder: Path | None) -> Draw | None:
    """Draws with what work needs kept in the folder itself: it is for persons' data."""
    if folder is None:
        return None
    from opika.drawing import Illustrator

    folder.mkdir(parents=True, exist_ok=True)
    return Illustrator(folder / _WORK, _today()).draw


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the machine's own day: no office is asked


def _save_pictures(found: list[dict[str, Any]], folder: Path) -> None:
    """Write each page as ``<n>-<page>.png``, n the form's number in the output from 1."""
    for number, one in enumerate(found, start=1):
        names = []
        for page, png in sorted(one.get("pictures", {}).items()):
            target = folder / f"{number}-{page}.png"
            target.write_bytes(png)
            names.append(str(target))
        if one["form"] is not None:
            one["pictures"] = names
            if not names:
                click.echo(f"{one['file']}: поля не вдалося намалювати.", err=True)
    if (folder / _WORK).is_dir():
        (folder / _WORK).rmdir()


def _parse_all(files: Sequence[str], config: Config, draw: Draw | None) -> list[dict[str, Any]]:
    from opika.limits import limits_of, new_reader
    from opika.reading import parse_file
    from opika.worker import Worker

    limits: Limits = limits_of(config)
    indicators = config.opika.catalogues / "indicators.toml"
    today = _today()
    readers: list[Worker] = []
    own = threading.local()

    def parse_one(path: str) -> list[dict[str, Any]]:
        if not hasattr(own, "reader"):
            own.reader = new_reader(config)
            readers.append(own.reader)
        return parse_file(path, own.reader, limits, today, indicators, draw)

    try:
        with ThreadPoolExecutor(min(_READERS, len(files))) as pool:
            return [one for found in pool.map(parse_one, files) for one in found]
    finally:
        for reader in readers:
            reader.close()


def _show(one: dict[str, Any]) -> None:
    click.echo(f"\n{one['file']}" + (f" · {one['part']}" if one["part"] else ""))
    if one["form"] is None:
        click.echo(f"  Заповненої форми немає: {one['reason']}")
        return
    review = set(one["review"])
    rows = [
        ("?" if key in review else "", key, _words(value))
        for key, value in one.items()
        if key not in _HIDDEN and value not in (None, [])
    ]
    print_table(("", "поле", "значення"), rows)
    if review:
        click.echo("  «?» – перевірте: " + ", ".join(one["review"]))
    for name in one.get("pictures", ()):
        click.echo(f"  зображення: {name}")


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "так" if value else "ні"
    if isinstance(value, list):
        return "; ".join(map(_words, value))
    if isinstance(value, dict):
        return ", ".join(str(part) for part in value.values() if part is not None)
    return str(value)
