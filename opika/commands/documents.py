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
    pairs,
    print_json,
)
from opika.commands.words import KINDS
from rules.details import usage


@click.command()
@click.argument("kind", metavar="KIND", type=click.Choice(list(KINDS)))
@entry_options
@click.argument("details", metavar="[КЛЮЧ=ЗНАЧЕННЯ]...", nargs=-1)
@click.option(
    "--anew", is_flag=True, help="Анулювати погоджений документ, який застарів, і скласти новий."
)
@click.option("--why", default="", help="Чому попередній документ анульовано.")
@json_option
@config_options
def draft(  # noqa: PLR0913 - one parameter for each option
    kind: str,
    entry: EntryName,
    details: tuple[str, ...],
    anew: bool,
    why: str,
    as_json: bool,
    where: Where,
) -> None:
    """Створити проєкт документа KIND для запису № NUMBER.

    Наявний проєкт не повторюється, а оновлюється. Які документи є і які подробиці їм потрібні:
    opika kinds.
    """
    with opened(where, may="void" if anew else "work") as pipeline:
        from journal import listing
        from opika import letters

        card = listing.entry(*entry, eyes=pipeline.eyes)
        if anew:
            made = letters.draft_anew(pipeline, card, kind, pairs(details), why)
        else:
            made = letters.draft_one(pipeline, card, kind, pairs(details))
        card = listing.entry_by_id(card.id)
        if as_json:
            shown = [one for one in listing.entry_json(card)["documents"] if one["id"] in made]
            print_json(shown[0] if len(shown) == 1 else shown)
            return
        for document in (one for one in card.documents if one.id in made):
            path = pipeline.data / (document.pdf or document.docx or "")
            click.echo(f"{KINDS[kind]}, id {document.id}, індекс {document.index or '–'}: {path}")
            for place in letters.to_see_to(document.id):
                click.echo(f"  перевірте: {place}")


@click.command()
@json_option
def kinds(as_json: bool) -> None:
    """Показати, які документи складає програма, на якій підставі та що для них слід указати."""
    from generators.kinds import KINDS as ALL

    if as_json:
        print_json(
            [
                {
                    "kind": name,
                    "words": kind.WORDS,
                    "law": kind.LAW,
                    "register": kind.REGISTER or None,
                    "automatic": kind.AUTOMATIC,
                    "details": usage(kind.DETAILS),
                }
                for name, kind in ALL.items()
            ]
        )
        return
    for name, kind in ALL.items():
        how = "складається автоматично" if kind.AUTOMATIC else f"opika draft {name} НОМЕР"
        click.echo(f"{name} – {kind.WORDS} ({kind.LAW}); {how}")
        for line in usage(kind.DETAILS):
            click.echo(f"    {line}")


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
