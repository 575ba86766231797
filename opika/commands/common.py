"""What all commands share: the configuration's options and the two ways of printing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import wraps
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from opika.config import PROJECT, Config, Office
from opika.config_file import load_config
from rules.roles import EVERYTHING, Action, Eyes, check

if TYPE_CHECKING:
    from opika.pipeline import Pipeline

F = TypeVar("F", bound=Callable[..., Any])

EntryName = tuple[str, str | None, int | None]
"""Number, office and year of an entry, as :func:`journal.listing.entry` takes them."""

DEFAULT_CONFIG = Path("pipeline.toml")
_MEASURED_LINES = 1_000


@dataclass(frozen=True, slots=True)
class Where:
    """The configuration that the options name; None: not said."""

    config: Path | None
    data: Path | None


def config_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command ``--config`` and ``--data`` as one ``where``; both may precede its name."""

    @click.option("--config", type=click.Path(path_type=Path), help="Файл налаштувань.")
    @click.option("--data", type=click.Path(path_type=Path), help="Папка даних.")
    @wraps(command)
    def with_where(*, config: Path | None, data: Path | None, **rest: Any) -> None:
        outer = click.get_current_context().find_root().params
        command(where=Where(config or outer.get("config"), data or outer.get("data")), **rest)

    return with_where


def entry_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command NUMBER, ``--office`` and ``--year`` as one ``entry``, as the listing takes."""

    @click.argument("number")
    @click.option("--office", help="Установа (ключ із налаштувань).")
    @click.option("--year", type=int, help="Рік журналу.")
    @wraps(command)
    def with_entry(*, number: str, office: str | None, year: int | None, **rest: Any) -> None:
        command(entry=(number, office, year), **rest)

    return with_entry


def json_option(command: F) -> F:
    """Give a command ``--json``: one JSON document on standard output."""
    return click.option("--json", "as_json", is_flag=True, help="Вивести у форматі JSON.")(command)


def config_of(where: Where) -> Config:
    """The configuration that the options name.

    Raises:
        ConfigError: it cannot be used.
    """
    return load_config(where.config or DEFAULT_CONFIG, where.data)


def config_or_defaults(where: Where) -> Config:
    """The configuration; the project's own defaults where none is named and none lies here.

    Raises:
        ConfigError: it cannot be used.
    """
    if where.config or DEFAULT_CONFIG.is_file():
        return config_of(where)
    return Config(path=PROJECT, office=(Office(key="none", name="none"),))


@contextmanager
def opened(where: Where, *, may: Action | None) -> Iterator[Pipeline]:
    """The pipeline of the options' configuration, opened for who may do that.

    Its ``eyes`` are those of who asks: whatever is shown goes past them (:mod:`journal.masking`).

    Args:
        where: the configuration.
        may: what is to be done; None: the service's own work, which is nobody's.

    Raises:
        NotAllowedError: the role of who asks does not allow it.
    """
    config = config_of(where)
    from opika.people import who
    from opika.pipeline import actor, open_pipeline

    eyes = EVERYTHING
    if may is not None:
        person = who(config, actor())
        check(person.role, may)
        eyes = person.eyes
    with open_pipeline(config) as pipeline:
        yield replace(pipeline, eyes=eyes)


def chosen_office(config: Config, key: str | None, eyes: Eyes = EVERYTHING) -> str:
    """The key of the office that a command is about; the first of the configuration if not said.

    Args:
        config: the configuration.
        key: the office that is named.
        eyes: of who asks: only an office that they see counts.

    Raises:
        click.UsageError: there is no such office.
    """
    known = [
        office.key for office in config.office if eyes.offices is None or office.key in eyes.offices
    ]
    if key is not None and key not in known:
        raise click.UsageError(f"Установи «{key}» немає серед доступних: {', '.join(known)}.")
    return key or known[0]


def pairs(told: Iterable[str]) -> dict[str, str]:
    """What is typed as КЛЮЧ=ЗНАЧЕННЯ, by key.

    Raises:
        click.UsageError: something typed is no pair.
    """
    details = {}
    for one in told:
        key, sign, value = one.partition("=")
        if not sign or not key.strip():
            raise click.UsageError(f"«{one}»: потрібно КЛЮЧ=ЗНАЧЕННЯ, напр. number=7.")
        details[key.strip()] = value
    return details


def print_json(value: object) -> None:
    """One JSON document on standard output, dates as ISO 8601."""
    click.echo(_json(value))


def print_json_list(values: Iterable[object]) -> None:
    """A list of any length as one JSON document, each value written as soon as it is known."""
    between = "["
    for value in values:
        # No line break stands inside a string of JSON.
        click.echo(f"{between}\n {_json(value).replace(chr(10), chr(10) + ' ')}", nl=False)
        between = ","
    click.echo("[]" if between == "[" else "\n]")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def print_table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table in columns, as wide as the longest value of its first lines.

    A long table is not held in memory: a later value that is longer only moves the rest of its line.
    """
    lines = ([_cell(value) for value in row] for row in rows)
    first = [list(head), *islice(lines, _MEASURED_LINES)]
    widths = [max(len(line[column]) for line in first) for column in range(len(head))]
    for place, line in enumerate(chain(first, lines)):
        click.echo("  ".join(map(str.ljust, line, widths)).rstrip())
        if place == 0:
            click.echo("  ".join("─" * width for width in widths))


def _cell(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, datetime):
        return f"{value:%d.%m.%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    return str(value)
