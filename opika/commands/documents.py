"""``opika draft``, ``opika approve`` and ``opika sign``: documents of an entry."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from opika.signing import PutBack


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
        from journal.documents import how_void, rendering
        from journal.listing import entry_by_id
        from journal.masking import check_document
        from opika import letters

        check_document(document_id, pipeline.eyes)
        before = rendering(document_id).context.get("підписант")
        letters.approve(pipeline, document_id)
        document = rendering(document_id)
        if (signs := document.context.get("підписант")) != before:
            click.echo(f"Документ складено наново: сьогодні підписує {signs}, а не {before}.")
        click.echo(f"Погоджено: {pipeline.data / (document.pdf or document.docx)}")
        if not letters.is_needed(pipeline, entry_by_id(document.entry_id), document_id):
            click.echo(
                "Увага: за нинішніми даними цей документ не потрібен. Щоб анулювати його: "
                f"{how_void(document_id)}"
            )


@click.command()
@click.argument("document_id", metavar="ID", type=int)
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--why", default="", help="Чому замінено попередній підписаний примірник.")
@json_option
@config_options
def sign(document_id: int, file: Path, why: str, as_json: bool, where: Where) -> None:
    """Додати підписаний примірник погодженого документа ID: саме він надсилається.

    FILE – скан (PDF, JPG, TIFF) або контейнер КЕП (.p7s, .p7m, .asice, .asics) із документом
    усередині. Файл зберігається без змін; підпис не перевіряється.
    """
    with opened(where, may="send") as pipeline:
        from generators.kinds import LETTERS
        from journal.documents import rendering
        from journal.masking import check_document
        from opika import signing

        check_document(document_id, pipeline.eyes)
        done = signing.put_back(pipeline, document_id, file, why)
        document = rendering(document_id)
    if as_json:
        signed = {"name": document.signed_name, "sha256": document.signed}
        compared = done.look.signed is not None
        known = {"signer": done.look.signer or None, "compared": compared}
        print_json({"id": document.id, "state": document.state, "signed": signed, **known})
        return
    is_letter = document.kind in LETTERS
    what = "Підписаний примірник додано" if done.new else "Цей примірник уже було додано"
    click.echo(f"{what}: документ {document.id}, індекс {document.index or '–'}.")
    click.echo(_compared_words(done))
    if is_letter:
        click.echo(f"Надсилатиметься саме він: opika send {document.id}")


def _compared_words(done: PutBack) -> str:
    if done.look.signed is None:
        return "Скан із погодженим документом не порівнюється: переконайтеся самі, що це він."
    signer = done.look.signer or "не вказано"
    return (
        "У контейнері саме погоджений документ. Підписувач за сертифікатом: "
        f"{signer} (підпис не перевірено)."
    )
