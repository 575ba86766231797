"""``opika journal void``: an entry that was a mistake; its number stays."""

from __future__ import annotations

import click

from opika.commands.common import EntryName, Where, config_options, entry_options, opened


@click.command()
@entry_options
@click.option("--why", required=True, help="Підстава; залишається в журналі.")
@config_options
def void(entry: EntryName, why: str, where: Where) -> None:
    """Анулювати запис № NUMBER: номер залишається, строки скасовано, ненадіслані листи анульовано."""
    with opened(where, may="void") as pipeline:
        from journal import listing
        from journal.history import Act
        from journal.voiding import void_entry

        card = listing.entry(*entry, eyes=pipeline.eyes)
        void_entry(card.id, Act(pipeline.actor, pipeline.clock(), why))
        click.echo(f"Анульовано запис № {card.number} ({card.year}). Номер залишається в журналі.")
