"""``opika journal search``: the entries that hold what is asked for."""

from __future__ import annotations

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
from opika.commands.words import short, urgent_word
from rules.form_keys import LABELS

if TYPE_CHECKING:
    from journal.searching import Found, Hit

FIELDS = {
    "number": "номер",
    "registered_at": "зареєстровано",
    "received_at": "надійшло",
    "indicator": "ознака загрози",
    "document": "документ",
    "sending": "кому надіслано",
    "event": "подія справи",
    "register": "реєстр",
    "arrival": "лист",
    "file": "доданий файл",
    "former": "попередня редакція",
}
"""The fields beside those of the form; both together are all that the search looks at."""


@click.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--office", help="Лише ця установа (ключ із налаштувань).")
@click.option("--year", type=int, help="Лише цей рік.")
@json_option
@config_options
def search(
    text: tuple[str, ...], office: str | None, year: int | None, as_json: bool, where: Where
) -> None:
    """Знайти записи: слова в будь-якій формі, номери, дати; найновіші спочатку.

    Лише в одному полі: «особа:Коваль», «адреса:Нова», «установа:гімназія», «ознака:синці».
    Початок слова: «Ковал*».
    """
    with opened(where, may="read") as pipeline:
        from journal import searching

        found = searching.search(" ".join(text), office=office, year=year, eyes=pipeline.eyes)
        if as_json:
            print_json(searching.found_json(found))
        else:
            _show(found)


def _show(found: Found) -> None:
    if found.hits:
        head = ("№", "рік", "журнал", "зареєстровано", "", "про кого", "знайдено в")
        print_table(head, map(_row, found.hits))
    click.echo(_summary(found))
    if found.waiting:
        click.echo(
            f"Ще не проіндексовано записів: {found.waiting}. Повторіть пошук трохи згодом.",
            err=True,
        )


def _summary(found: Found) -> str:
    if not found.hits:
        return "Нічого не знайдено."
    if found.more:
        return f"Знайдено {len(found.hits)}+, показано найновіші. Уточніть пошук."
    return f"Знайдено: {len(found.hits)}."


def _row(hit: Hit) -> tuple[object, ...]:
    places = ", ".join({**LABELS, **FIELDS}.get(field, field).lower() for field in hit.fields)
    return (
        hit.number,
        hit.year,
        hit.office,
        f"{hit.registered_at:%d.%m.%Y}",
        "анульовано" if hit.voided else urgent_word(hit.urgent),
        short(hit.values.get("subject")),
        places,
    )
