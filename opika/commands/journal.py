"""``opika journal``: the book: its entries, one entry, its proof."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TYPE_CHECKING

import click

from opika.commands.common import (
    EntryName,
    Where,
    config_options,
    entry_options,
    json_option,
    opened,
    print_json,
    print_table,
)
from opika.commands.export import export
from opika.commands.search import search
from opika.commands.void import void
from opika.commands.words import (
    CHANNELS,
    DEADLINES,
    FOR_THE_FILE,
    KINDS,
    PAPERS,
    STATES,
    short,
    urgent_word,
)
from rules.form_keys import CHOICES, LABELS

if TYPE_CHECKING:
    from journal.cards import DocumentCard, EntryCard


@click.group()
def journal() -> None:
    """Журнал обліку звернень і повідомлень."""


journal.add_command(export)
journal.add_command(void)
journal.add_command(search)


@journal.command("list")
@click.option("--office", help="Лише ця установа (ключ із налаштувань).")
@click.option("--year", type=int, help="Лише цей рік.")
@json_option
@config_options
def list_(office: str | None, year: int | None, as_json: bool, where: Where) -> None:
    """Перелік записів, від найдавнішого."""
    with opened(where, may="read"):
        from journal import listing

        cards = listing.entries(office, year)
        if as_json:
            print_json([listing.entry_json(card) for card in cards])
        else:
            head = ("№", "рік", "зареєстровано", "терміново", "про кого", "від кого", "перевірити")
            print_table(head, map(_row, cards))


@journal.command()
@entry_options
@json_option
@config_options
def show(entry: EntryName, as_json: bool, where: Where) -> None:
    """Один запис: форма, строки, документи, історія. Перегляд буде записано."""
    with opened(where, may="read") as pipeline:
        from journal import listing

        card = listing.entry(*entry)
        listing.look(card.id, actor=pipeline.actor, now=pipeline.clock())
        if as_json:
            print_json(listing.shown_json(card))
        else:
            _show(card)


@journal.command()
@json_option
@config_options
def verify(as_json: bool, where: Where) -> None:
    """Перевірити журнал: номери, історію змін, оригінали, документи."""
    with opened(where, may="read") as pipeline:
        from journal.verify import verification_json
        from journal.verify import verify as verify_book

        found = verify_book(pipeline.originals, pipeline.data)
    if as_json:
        print_json(verification_json(found))
    elif found.ok:
        click.echo(
            f"Журнал цілий. Записів: {found.entries}, рядків історії: {found.history_rows}, "
            f"перевірено оригіналів: {found.originals_checked}."
        )
    else:
        click.echo(f"Журнал змінено або пошкоджено: {found.first_fault}", err=True)
    sys.exit(0 if found.ok else 1)


def _row(card: EntryCard) -> tuple[object, ...]:
    values = card.values
    return (
        card.number,
        card.year,
        card.registered_at,
        "анульовано" if card.voided else urgent_word(card.urgent),
        short(values.get("subject")),
        short(values.get("sender") or values.get("reporter")),
        len(card.review) or "",
    )


def _show(card: EntryCard) -> None:
    click.echo(f"№ {card.number} ({card.year}), зареєстровано {card.registered_at:%d.%m.%Y %H:%M}")
    if card.voided:
        click.echo(f"АНУЛЬОВАНО {card.voided:%d.%m.%Y %H:%M}")
    click.echo(f"Надійшло: {card.received_at:%d.%m.%Y %H:%M}, {CHANNELS[card.channel]}")
    if card.urgent is not False:
        click.echo(f"Загроза життю чи здоров’ю: {urgent_word(card.urgent)}")
    for sign in card.indicators:
        click.echo(f"  ознака: «{sign['quote']}»")
    click.echo()
    for key, label in LABELS.items():
        value = card.values.get(key)
        if value not in (None, "", []):
            mark = "? " if key in card.review else "  "
            click.echo(f"{mark}{label}: {_value(value)}")
    if card.review:
        click.echo("«?» – перевірте за оригіналом.")
    show_deadlines(card)
    _show_rows(card)


def show_deadlines(card: EntryCard) -> None:
    """The clocks of an entry in a table; nothing where it has none."""
    if card.deadlines:
        click.echo("\nСтроки")
        rows = [
            (
                DEADLINES.get(d.key, d.key),
                d.due,
                "виконано" if d.done else "скасовано" if d.cancelled else "",
                f"{d.rule}: {d.steps}",
            )
            for d in card.deadlines
        ]
        print_table(("що", "до", "", "чому"), rows)


def _show_rows(card: EntryCard) -> None:
    if card.documents:
        click.echo("\nДокументи")
        documents = [
            (d.id, KINDS.get(d.kind, d.kind), d.index, _state(d), d.pdf or d.docx)
            for d in card.documents
        ]
        print_table(("id", "вид", "індекс", "стан", "файл"), documents)
    if card.related:
        click.echo("\nМожливо, та сама сім’я")
        print_table(("№", "рік", "що спільного"), [(r.number, r.year, r.why) for r in card.related])


def _state(document: DocumentCard) -> str:
    """Where a document stands; what is for the case file is never anybody's draft."""
    return FOR_THE_FILE if document.kind in PAPERS else STATES[document.state]


def _value(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(_value(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(str(part) for part in value.values() if part is not None)
    if isinstance(value, datetime):
        return f"{value:%d.%m.%Y %H:%M}"
    return CHOICES.get(str(value), str(value))
