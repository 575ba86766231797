"""``opika draft`` and ``opika approve``: documents of an entry."""

from __future__ import annotations

import click

from opika.commands.common import (
    EntryName,
    Where,
    config_options,
    entry_options,
    json_option,
    opened,
    print_json,
)
from opika.commands.words import KINDS


@click.command()
@click.argument("kind", type=click.Choice(list(KINDS)))
@entry_options
@click.option(
    "--anew", is_flag=True, help="Анулювати погоджений лист, який застарів, і скласти новий."
)
@click.option("--why", default="", help="Чому попередній лист анульовано.")
@json_option
@config_options
def draft(kind: str, entry: EntryName, anew: bool, why: str, as_json: bool, where: Where) -> None:
    """Створити проєкт документа KIND для запису № NUMBER; наявний проєкт не повторюється."""
    with opened(where, may="void" if anew else "work") as pipeline:
        from journal import listing
        from opika import letters

        card = listing.entry(*entry, eyes=pipeline.eyes)
        if anew:
            document_id = letters.draft_anew(pipeline, card, kind, why)
        else:
            document_id = letters.draft_one(pipeline, card, kind)
        card = listing.entry_by_id(card.id)
        document = next(one for one in card.documents if one.id == document_id)
        if as_json:
            shown = listing.entry_json(card)["documents"]
            print_json(next(one for one in shown if one["id"] == document_id))
        else:
            path = pipeline.data / (document.pdf or document.docx or "")
            click.echo(f"{KINDS[kind]}, id {document.id}, індекс {document.index or '–'}: {path}")


@click.command()
@click.argument("document_id", metavar="ID", type=int)
@config_options
def approve(document_id: int, where: Where) -> None:
    """Погодити проєкт документа."""
    with opened(where, may="approve") as pipeline:
        from journal.documents import rendering
        from journal.masking import check_document
        from opika import letters

        check_document(document_id, pipeline.eyes)
        letters.approve(pipeline, document_id)
        document = rendering(document_id)
        click.echo(f"Погоджено: {pipeline.data / (document.pdf or document.docx)}")
