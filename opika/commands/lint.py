"""``opika lint``: what is wrong with a letter, a template or a list that a clerk has edited."""

from __future__ import annotations

import sys
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

import click

from opika.commands.common import json_option, print_json
from opika.errors import ConfigError, OpikaError


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
def lint(file: Path, as_json: bool) -> None:
    """Перевірити лист або шаблон (DOCX), довідник ознак, календар чи налаштування (TOML)."""
    faults = _faults(file)
    if as_json:
        print_json(
            [{"rule": rule, "place": place, "message": text} for rule, place, text in faults]
        )
    elif faults:
        for _, place, text in faults:
            click.echo(f"{place}: {text}" if place else text)
    else:
        click.echo("Зауважень немає.")
    sys.exit(1 if faults else 0)


Found = list[tuple[str, str, str]]


def _faults(file: Path) -> Found:
    if file.suffix.lower() == ".toml":
        return _toml_faults(file)
    if zipfile.is_zipfile(file):
        return _docx_faults(file)
    raise click.BadParameter("дозволено файли DOCX і TOML", param_hint="FILE")


def _docx_faults(file: Path) -> Found:
    from generators.check import check_template
    from generators.known_templates import VARIABLES
    from generators.lint import lint_docx

    known = VARIABLES.get(file.stem)
    faults = check_template(file, known) if known else lint_docx(file.read_bytes())
    return [(fault.rule, fault.place, fault.message) for fault in faults]


def _toml_faults(file: Path) -> Found:
    from opika.config_file import load_config
    from rules.book_columns import load_books
    from rules.calendar import load_calendar
    from rules.danger import load_indicators
    from rules.services import load_services

    loaders: dict[str, Callable[[Path], object]] = {
        "indicators": load_indicators,
        "books": load_books,
        "calendar": load_calendar,
        "categories": _load_plain,
        "services": load_services,
    }
    try:
        loaders.get(file.stem, load_config)(file)
    except OpikaError as err:
        return [("toml", "", err.clerk_message)]
    return []


def _load_plain(file: Path) -> object:
    """A list that nothing but people reads so far: only its syntax can be wrong.

    Raises:
        ConfigError: it is not TOML.
    """
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as err:
        raise ConfigError("not TOML", clerk_message=f"{file}: це не TOML: {err}") from err
