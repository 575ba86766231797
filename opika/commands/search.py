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
from opika.commands.entry_page import show_entry
from opika.commands.words import short, urgent_word
from rules.form_keys import LABELS

if TYPE_CHECKING:
    from journal.searching import Found, Hit
    from opika.pipeline import Pipeline

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
@click.option("--open", "opening", is_flag=True, help="Відкрити картку, якщо знайдено один запис.")
@json_option
@config_options
def search(
    text: tuple[str, ...],
    office: str | None,
    year: int | None,
    opening: bool,
    as_json: bool,
    where: Where,
) -> None:
    """Знайти записи: слова в будь-якій формі, номери, дати; найновіші спочатку.

    Лише в одному полі: «особа:Коваль», «адреса:Нова», «установа:гімназія», «ознака:синці».
    Початок слова: «Ковал*».
    """
    with opened(where, may="read") as pipeline:
        from journal import searching

        found = searching.search(" ".join(text), office=office, year=year, eyes=pipeline.eyes)
        if opening and len(found.hits) == 1:
            _open(pipeline, found.hits[0], as_json)
        elif as_json:
            print_json(searching.found_json(found))
        else:
            _show(found)


def _open(pipeline: Pipeline, hit: Hit, as_json: bool) -> None:
    from journal import listing, revisions

    card = listing.entry(hit.number, hit.office, hit.year, eyes=pipeline.eyes)
    listing.look(card.id, actor=pipeline.actor, now=pipeline.clock(), why="з пошуку")
    if as_json:
        print_json(listing.shown_json(card))
        return
    cards = revisions.shown(revisions.revisions(card.id), card)
    show_entry(card, cards, revisions.open_disputes(cards))


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
