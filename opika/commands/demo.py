"""``opika demo``: the main job on the samples, and what came of it."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from opika.commands.common import print_table
from opika.commands.progress import show_step
from opika.commands.words import DEADLINES, KINDS
from opika.config import PROJECT, Config, Office

if TYPE_CHECKING:
    from journal.cards import DeadlineCard, EntryCard
    from opika.demo import Demonstration
    from opika.pipeline import Pipeline


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
def demo(folder: Path | None) -> None:
    """Виконати головну роботу на зразках у новій папці FOLDER (типово – у demo/)."""
    folder = folder or PROJECT / "demo" / f"{datetime.now().astimezone():%Y-%m-%d_%H%M%S}"
    if folder.exists() and any(folder.iterdir()):
        raise click.BadParameter(f"папка {folder} не порожня", param_hint="FOLDER")
    _configure_journal(folder)
    from opika.demo import demonstrate

    click.echo(f"Демонстрація в папці {folder}", err=True)
    sys.exit(0 if demonstrate(folder, _show, show_step) else 1)


def _configure_journal(folder: Path) -> None:
    # The journal's modules can be imported only once the journal knows where it lies.
    from journal.settings import configure

    config = Config(path=folder, office=(Office(key="ssd", name="ssd"),))
    configure(folder / config.data, timezone=config.opika.timezone)


def _show(pipeline: Pipeline, done: Demonstration) -> None:
    from journal import listing
    from journal.triage import triage
    from opika.commands.triage import reason_words

    where = "з двох справжніх скриньок (Dovecot на цьому комп’ютері)"
    click.echo("\nЩО НАДІЙШЛО " + (where if done.through_mailbox else "з файлів .eml і з папки"))
    print_table(
        ("джерело", "нових"), [(taken.name, taken.arrivals) for taken in done.report.sources]
    )
    cards = list(listing.entries())
    click.echo("\nЗАРЕЄСТРОВАНО")
    head = ("№", "загроза", "про кого", "надходжень", "найближчий строк", "перевірити")
    print_table(head, map(_entry, cards))
    click.echo("\nДОКУМЕНТИ (проєкти; нічого не надсилається без погодження)")
    print_table(("№", "документ", "індекс", "файл"), _documents(cards))
    click.echo("\nОЧІКУЄ НА РІШЕННЯ ПРАЦІВНИКА")
    print_table(
        ("id", "звідки", "чому", "загроза"),
        [(c.id, c.source, reason_words(c.reason), urgent_mark(c.urgent)) for c in triage()],
    )
    click.echo("\nВІДКЛАДЕНО БЕЗ ПРАЦІВНИКА")
    aside = [card for card in triage(all=True) if card.outcome != "triage"]
    print_table(("id", "звідки", "чому"), [(c.id, c.source, reason_words(c.reason)) for c in aside])
    click.echo(
        f"\nУсе лежить у {pipeline.data}. Подивитися запис: "
        f"opika --config {pipeline.config.path} journal show 1"
    )


def urgent_mark(urgent: bool | None) -> str:
    """Urgency in a narrow column."""
    return {True: "ТАК", False: "", None: "можливо"}[urgent]


def _entry(card: EntryCard) -> tuple[object, ...]:
    subject = card.values.get("subject") or "–"
    return (
        card.number,
        urgent_mark(card.urgent),
        subject if len(subject) <= 44 else subject[:43] + "…",
        len(card.arrivals),
        _nearest(card),
        len(card.review) or "",
    )


def _nearest(card: EntryCard) -> str:

    running = [deadline for deadline in card.deadlines if deadline.runs]
    if not running:
        return "–"
    nearest = min(running, key=_day)
    due = nearest.due
    shown = f"{due:%d.%m %H:%M}" if isinstance(due, datetime) else f"{due:%d.%m.%Y}"
    return f"{shown} {DEADLINES[nearest.key]}, {nearest.rule}"


def _day(deadline: DeadlineCard) -> tuple[date, bool]:
    due = deadline.due
    return (due.date(), False) if isinstance(due, datetime) else (due, True)


def _documents(cards: list[EntryCard]) -> list[tuple[object, ...]]:

    return [
        (card.number, KINDS[document.kind], document.index, document.pdf or document.docx)
        for card in cards
        for document in card.documents
    ]
