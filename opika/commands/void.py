"""``opika journal void``: an entry or a document that was a mistake; its number stays."""

from __future__ import annotations

import click

from opika.commands.common import Where, config_options, opened


@click.command()
@click.argument("number", required=False)
@click.option("--office", help="Установа (ключ із налаштувань).")
@click.option("--year", type=int, help="Рік журналу.")
@click.option(
    "--document", type=int, metavar="ID", help="Лише документ ID, який ще не надіслано, не запис."
)
@click.option("--why", required=True, help="Підстава; залишається в журналі.")
@config_options
def void(
    number: str | None,
    office: str | None,
    year: int | None,
    document: int | None,
    why: str,
    where: Where,
) -> None:
    """Анулювати запис № NUMBER: номер залишається, строки скасовано, ненадіслані листи анульовано.

    З --document ID анулюється лише цей проєкт чи погоджений документ; його номер, якщо він є,
    залишається в реєстрі.
    """
    if (number is None) == (document is None):
        raise click.UsageError("Назвіть щось одне: номер запису або --document ID.")
    if document is not None:
        _void_document(document, why, where)
    else:
        _void_entry((str(number), office, year), why, where)


def _void_entry(entry: tuple[str, str | None, int | None], why: str, where: Where) -> None:
    with opened(where, may="void") as pipeline:
        from journal import listing
        from journal.history import Act
        from journal.voiding import void_entry

        card = listing.entry(*entry, eyes=pipeline.eyes)
        void_entry(card.id, Act(pipeline.actor, pipeline.clock(), why))
        click.echo(f"Анульовано запис № {card.number} ({card.year}). Номер залишається в журналі.")


def _void_document(document_id: int, why: str, where: Where) -> None:
    with opened(where, may="void") as pipeline:
        from journal.documents import rendering
        from journal.history import Act
        from journal.masking import check_document
        from journal.voiding import void_document

        check_document(document_id, pipeline.eyes)
        void_document(document_id, Act(pipeline.actor, pipeline.clock(), why))
        index = rendering(document_id).index
        kept = f", індекс {index}: номер залишається в реєстрі" if index else ""
        click.echo(f"Анульовано документ {document_id}{kept}.")
