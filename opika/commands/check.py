"""``opika check``: proves a set-up, line by line: all right, or the fault and its mend."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from opika import programs
from opika.commands.common import Where, config_of, config_options, json_option, print_json
from opika.config import Config, Mailbox
from opika.errors import OpikaError

_FREE_GIGABYTES = 2
_GIGABYTE = 1024**3
# Clocks of a network share differ by seconds; a clock that is wrong differs by far more.
_CLOCK_SLACK_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at; ``mend`` says what is wrong and what to do, None: all right."""

    what: str
    mend: str | None


@click.command()
@json_option
@config_options
def check(as_json: bool, where: Where) -> None:
    """Перевірити налаштування, шаблони, довідники, скриньки, OCR, LibreOffice, диск, годинник."""
    lines = []
    for line in _lines(where):
        lines.append(line)
        if not as_json:
            _show(line)
    if as_json:
        print_json(
            [{"what": line.what, "ok": line.mend is None, "mend": line.mend} for line in lines]
        )
    sys.exit(0 if all(line.mend is None for line in lines) else 1)


def _lines(where: Where) -> Iterator[Line]:
    try:
        config = config_of(where)
    except OpikaError as err:
        yield Line("Налаштування", err.clerk_message)
        return
    yield Line(f"Налаштування {config.path}", None)
    yield from _offices(config)
    yield _attempted("Календар робочих днів", lambda: _load_calendar(config))
    yield _attempted("Довідник ознак небезпеки", lambda: _load_indicators(config))
    yield _attempted("Графи друкованих книг", lambda: _load_books(config))
    yield _attempted("Довідник соціальних послуг", lambda: _load_services(config))
    yield from _templates(config)
    yield _clock(config)  # before the journal is opened, which touches its file
    journal = _attempted(f"Журнал у папці {config.data}", lambda: _open(config))
    yield journal
    if journal.mend is None:
        yield from _numbering(config)
    for box in config.mailbox:
        yield _attempted(f"Скринька {box.address}", _login(config, box))
        if box.smtp:
            yield _attempted(f"Надсилання зі скриньки {box.address}", _smtp_login(box))
    for folder in config.folder:
        ok = folder.path.is_dir()
        yield Line(f"Папка сканів {folder.path}", None if ok else "Папки немає. Створіть її.")
    if config.journal.heads:
        yield _heads(config.journal.heads)
    yield from _programs()
    yield _disk(config)


def _show(line: Line) -> None:
    click.echo(f"{'справно' if line.mend is None else 'ПОМИЛКА'}  {line.what}")
    if line.mend is not None:
        click.echo("         " + line.mend.replace("\n", "\n         "))


def _attempted(what: str, do: Callable[[], None]) -> Line:
    try:
        do()
    except OpikaError as err:
        return Line(what, err.clerk_message)
    return Line(what, None)


def _offices(config: Config) -> Iterator[Line]:
    for office in config.office:
        missing = [
            name
            for name, value in (
                ("address – повна поштова адреса з індексом", _full_address(office.address)),
                ("head – хто підписує листи", office.head),
                ("executor – хто готує листи", office.executor),
            )
            if not value
        ]
        mend = f"Впишіть у [[office]] «{office.key}»: {'; '.join(missing)}." if missing else None
        yield Line(f"Реквізити: {office.name}", mend)


def _full_address(address: str) -> bool:
    return any(len(word) == 5 and word.isdigit() for word in address.replace(",", " ").split())


def _load_calendar(config: Config) -> None:
    from opika.rulebook import calendar_of

    calendar_of(config)


def _load_indicators(config: Config) -> None:
    from rules.danger import load_indicators

    load_indicators(config.opika.catalogues / "indicators.toml")


def _load_books(config: Config) -> None:
    from rules.book_columns import load_books

    load_books(config.opika.catalogues / "books.toml")


def _load_services(config: Config) -> None:
    from opika.rulebook import services_file
    from rules.services import load_services

    load_services(services_file(config))


def _templates(config: Config) -> Iterator[Line]:
    from generators.check import check_template
    from generators.known_templates import VARIABLES

    for name, known in VARIABLES.items():
        path = config.opika.templates / f"{name}.docx"
        what = f"Шаблон {path.name}"
        if not path.is_file():
            yield Line(what, f"Файлу {path} немає.")
            continue
        try:
            faults = check_template(path, known)
        except OpikaError as err:
            yield Line(what, f"{err.clerk_message} {err}")
            continue
        yield Line(what, "\n".join(str(fault) for fault in faults) or None)


def _open(config: Config) -> None:
    from journal.database import open_journal

    open_journal(config.data, config.opika.database, config.opika.timezone)


def _numbering(config: Config) -> Iterator[Line]:
    """Whether each register began this year with the number that the configuration names."""
    from journal.register_rows import registers

    year = datetime.now(config.zone).year
    begun = {(one.office, one.register): one.first for one in registers(year=year)}
    for series in config.series:
        first, wanted = begun.get((series.office, series.book)), series.start(year)
        mend = (
            f"У журналі {year} рік почато з № {first}, у налаштуваннях first_number = {wanted}: "
            f"розпочатого року це не змінює. Поверніть {first} або пропустіть використані номери: "
            f"opika register skip {series.book} НОМЕР --why «підстава»."
        )
        what = f"Нумерація {series.book} ({series.office})"
        yield Line(what, None if first in (None, wanted) else mend)


def _heads(folder: Path) -> Line:
    ok = folder.is_dir() and os.access(folder, os.W_OK)
    mend = "Папки немає або до неї не можна записати. Під’єднайте диск або створіть її."
    return Line(f"Папка відбитків {folder}", None if ok else mend)


def _login(config: Config, row: Mailbox) -> Callable[[], None]:
    def log_in() -> None:
        from opika.mailboxes import connect

        with connect(config, row) as mailbox:
            mailbox.folder_state()

    return log_in


def _smtp_login(row: Mailbox) -> Callable[[], None]:
    def log_in() -> None:
        from dispatch.smtp import check_login
        from opika.mailboxes import outgoing

        check_login(outgoing(row))

    return log_in


def _programs() -> Iterator[Line]:
    missing = programs.missing()
    for name, words in programs.PROGRAMS.items():
        yield Line(words, missing.get(name))


def _clock(config: Config) -> Line:
    now = datetime.now(config.zone)
    journal = config.data / "journal.sqlite3"
    mend = None
    if journal.exists() and journal.stat().st_mtime > now.timestamp() + _CLOCK_SLACK_SECONDS:
        mend = (
            "Журнал востаннє змінено пізніше, ніж показує годинник. Виправте дату й час комп’ютера."
        )
    return Line(f"Годинник: {now:%d.%m.%Y %H:%M} ({config.opika.timezone})", mend)


def _disk(config: Config) -> Line:
    place = config.data
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free / _GIGABYTE
    mend = None
    if free < _FREE_GIGABYTES:
        mend = f"Вільно лише {free:.1f} ГБ; потрібно щонайменше {_FREE_GIGABYTES} ГБ."
    return Line(f"Диск: вільно {free:.0f} ГБ", mend)
