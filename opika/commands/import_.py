"""``opika journal import``: the open cases of the paper book, with their numbers."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from opika.commands.common import (
    Where,
    chosen_office,
    config_options,
    json_option,
    opened,
    print_json,
)

if TYPE_CHECKING:
    from opika.importing import ImportReport
    from rules.paper_table import Fault

_MOST_SHOWN = 200
_MOST_NUMBERS = 20


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--office", help="Установа (ключ із налаштувань); типово – перша у файлі.")
@click.option("--dry-run", is_flag=True, help="Лише перевірити; нічого не записувати.")
@click.option("--blank", is_flag=True, help="Створити в FILE порожню таблицю з поясненнями.")
@json_option
@config_options
def import_(
    file: Path, office: str | None, dry_run: bool, blank: bool, as_json: bool, where: Where
) -> None:
    """Перенести з таблиці FILE (.xlsx) справи паперового журналу: усі або жодної."""
    if blank:
        _write_blank(file)
        return
    if not file.is_file():
        raise click.UsageError(f"Файлу {file} немає.")
    with opened(where, may="work") as pipeline:
        from opika.importing import import_book

        key = chosen_office(pipeline.config, office)
        report = import_book(pipeline, file, key, rehearse=dry_run)
    if as_json:
        print_json({**asdict(report), "dry_run": dry_run})
    else:
        _show(report, dry_run)
    sys.exit(1 if report.faults else 0)


def _write_blank(file: Path) -> None:
    from generators.import_sheet import import_sheet

    if file.suffix.lower() != ".xlsx":
        raise click.UsageError("Назва таблиці має закінчуватися на .xlsx.")
    if file.exists():
        raise click.UsageError(f"Файл {file} уже є; оберіть іншу назву.")
    try:
        file.write_bytes(import_sheet())
    except OSError as err:
        raise click.UsageError(f"Файл {file} не вдалося записати: {err.strerror}.") from err
    click.echo(
        f"Порожню таблицю записано: {file}. Пояснення – на її другому аркуші. Заповнену перевірте: "
        f"opika journal import {file} --dry-run"
    )


def _show(report: ImportReport, dry_run: bool) -> None:
    for fault in report.faults[:_MOST_SHOWN]:
        click.echo(_fault_words(fault), err=True)
    if report.faults:
        hidden = len(report.faults) - _MOST_SHOWN
        more = f" (показано перші {_MOST_SHOWN})" if hidden > 0 else ""
        click.echo(f"Помилок: {len(report.faults)}{more}. Нічого не записано.", err=True)
        return
    for page, row, text in report.passed:
        click.echo(f"Не запис, пропущено: {_place(page, row)}: {text[:80]}")
    if report.unknown:
        named = ", ".join(f"«{heading}»" for heading in report.unknown)
        click.echo(f"Невідомі графи: {named}; їх уміст – у «Вжитих заходах» запису.")
    done = "Буде перенесено" if dry_run else "Перенесено"
    known = f" Уже було в журналі: {report.known}." if report.known else ""
    click.echo(f"{done} записів: {len(report.numbers)}{_bounds(report)}.{known}")
    if report.alarming:
        click.echo(
            f"Загроза без візиту (opika due): № {_listed([str(one) for one in report.alarming])}."
        )
    if dry_run:
        click.echo("Це була перевірка: нічого не записано.")


def _bounds(report: ImportReport) -> str:
    years = sorted({year for year, _ in report.numbers})
    return "".join(f"; {year} рік – № {_numbers(report, year)}" for year in years)


def _numbers(report: ImportReport, year: int) -> str:
    return _listed([str(number) for one, number in sorted(report.numbers) if one == year])


def _listed(numbers: Sequence[str]) -> str:
    if len(numbers) <= _MOST_NUMBERS:
        return ", ".join(numbers)
    return f"{', '.join(numbers[:_MOST_NUMBERS])} … {numbers[-1]}"


def _fault_words(fault: Fault) -> str:
    column = f", графа {fault.column}" if fault.column else ""
    place = f"{_place(fault.page, fault.row)}{column}: " if fault.page else ""
    return f"{place}{fault.message}."


def _place(page: str, row: int) -> str:
    return f"аркуш «{page}», рядок {row}" if row else f"аркуш «{page}»"
