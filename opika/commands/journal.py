"""``opika journal``: the book: its entries, one entry, its proof."""

from __future__ import annotations

import sys
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
    print_json_list,
    print_table,
)
from opika.commands.correct import correct, differences
from opika.commands.entry_page import show_entry
from opika.commands.erase import erase
from opika.commands.export import export
from opika.commands.head import head
from opika.commands.import_ import import_
from opika.commands.search import search
from opika.commands.views import views
from opika.commands.void import void
from opika.commands.words import (
    PAPERS,
    short,
    urgent_word,
)
from rules.wording import moment_in_figures

if TYPE_CHECKING:
    from journal.cards import EntryCard
    from opika.pipeline import Pipeline


@click.group()
def journal() -> None:
    """Журнал обліку звернень і повідомлень."""


journal.add_command(correct)
journal.add_command(differences)
journal.add_command(erase)
journal.add_command(export)
journal.add_command(head)
journal.add_command(import_)
journal.add_command(void)
journal.add_command(search)
journal.add_command(views)


@journal.command("list")
@click.option("--office", help="Лише ця установа (ключ із налаштувань).")
@click.option("--year", type=int, help="Лише цей рік.")
@json_option
@config_options
def list_(office: str | None, year: int | None, as_json: bool, where: Where) -> None:
    """Перелік записів, від найдавнішого."""
    with opened(where, may="read") as pipeline:
        from journal import listing

        cards = listing.entries(office, year, pipeline.eyes)
        if as_json:
            print_json_list(map(listing.entry_json, cards))
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
        from journal import listing, revisions

        card = listing.entry(*entry, eyes=pipeline.eyes)
        listing.look(card.id, actor=pipeline.actor, now=pipeline.clock())
        unneeded = _unneeded(pipeline, card)
        if as_json:
            shown = listing.shown_json(card)
            for document in shown["documents"]:
                document["needed"] = document["id"] not in unneeded
            print_json(shown)
        else:
            cards = revisions.shown(revisions.revisions(card.id), card)
            show_entry(card, cards, revisions.open_disputes(cards), unneeded)


@journal.command()
@json_option
@config_options
def verify(as_json: bool, where: Where) -> None:
    """Перевірити журнал: номери, історію змін, оригінали, документи."""
    with opened(where, may="read") as pipeline:
        from journal.verify import verification_json
        from journal.verify import verify as verify_book

        copies = pipeline.config.journal.heads
        found = verify_book(pipeline.originals, pipeline.data, copies)
    if copies and not copies.is_dir():
        click.echo(f"Папка відбитків {copies} недоступна: з нею не порівняно.", err=True)
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


def _unneeded(pipeline: Pipeline, card: EntryCard) -> set[int]:
    """The letters of an entry that have not left, and that it calls for no more."""
    from journal import listing
    from journal.voiding import UNSENT
    from opika import letters

    # A card that hides the reporter cannot tell whether there is anybody to answer.
    whole = listing.entry_by_id(card.id)
    return {
        one.id
        for one in card.documents
        if one.kind not in PAPERS
        and one.state in UNSENT
        and not letters.is_needed(pipeline, whole, one.id)
    }


def _row(card: EntryCard) -> tuple[object, ...]:
    values = card.values
    return (
        card.number,
        card.year,
        moment_in_figures(card.registered_at, of_paper_book=card.imported is not None),
        "анульовано" if card.voided else "стерто" if card.erased else urgent_word(card.urgent),
        short(values.get("subject")),
        short(values.get("sender") or values.get("reporter")),
        len(card.review) or "",
    )
