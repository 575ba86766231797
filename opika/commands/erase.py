"""``opika journal erase``: what an entry says is erased by order of the law; its number stays."""

from __future__ import annotations

from dataclasses import asdict
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
)
from rules.roles import Action

if TYPE_CHECKING:
    from journal.cards import EntryCard
    from journal.erasing import ErasureCard
    from opika.pipeline import Pipeline

_ELSEWHERE = (
    "Це не змінює того, що лежить поза журналом: листів у самій поштовій скриньці, паперових "
    "документів, роздрукованих книг (також у data/books), пакетів Комісії (data/packets) і резервних "
    "копій. Вилучіть їх окремо; "
    "після відновлення зі старішої копії запис треба стерти ще раз."
)


@click.command()
@entry_options
@click.option("--order", help="Рішення, за яким стирають: «рішення … суду від … № …».")
@click.option("--why", default="", help="Підстава; вона залишиться в історії.")
@click.option("--confirm", is_flag=True, help="Підтвердити запит, який зробила інша особа.")
@json_option
@config_options
def erase(
    entry: EntryName, order: str | None, why: str, confirm: bool, as_json: bool, where: Where
) -> None:
    """Стерти зміст запису № NUMBER за рішенням: просить одна особа, підтверджує інша.

    Номер і ланцюг історії залишаються; імена, адреси, тексти, листи й файли зникають назавжди.
    Без --order і --confirm лише показує, чи є запит.
    """
    if confirm and (order or why):
        raise click.UsageError("--confirm підтверджує наявний запит: без --order і --why.")
    may: Action = "confirm_erasure" if confirm else "erase" if order or why else "read"
    with opened(where, may=may) as pipeline:
        from journal import erasing, listing

        card = listing.entry(*entry, eyes=pipeline.eyes)
        if confirm:
            _confirm(pipeline, card.id)
        elif order or why:
            _ask(pipeline, card.id, order or "", why)
        orders = erasing.erasures(card.id)
    if as_json:
        print_json([asdict(one) for one in orders])
    else:
        _show(card, orders[-1] if orders else None)


def _ask(pipeline: Pipeline, entry_id: int, order: str, why: str) -> None:
    from journal import erasing
    from journal.history import Act

    erasing.ask(entry_id, order, Act(pipeline.actor, pipeline.clock(), why))


def _confirm(pipeline: Pipeline, entry_id: int) -> None:
    from journal import erasing
    from journal.history import Act

    erasing.confirm(entry_id, Act(pipeline.actor, pipeline.clock()))
    erasing.finish(pipeline.originals, pipeline.data, pipeline.clock())


def _show(card: EntryCard, order: ErasureCard | None) -> None:
    name = f"№ {card.number} ({card.year}, {card.office})"
    if order is None:
        click.echo(f"Стирання запису {name} ніхто не просив.")
        return
    asked = f"«{order.order}», {order.asked_by}, {order.asked_at:%d.%m.%Y %H:%M}"
    if order.confirmed_at is None:
        click.echo(f"Запит стерти запис {name}: {asked}.")
        click.echo(
            "Ще нічого не стерто. Підтвердити має інша особа: opika journal erase … --confirm"
        )
        return
    click.echo(
        f"Зміст запису {name} стерто: {asked}; підтверджено – {order.confirmed_by}, "
        f"{order.confirmed_at:%d.%m.%Y %H:%M}. Номер залишається."
    )
    if order.done_at is None:
        click.echo(
            "Частина файлів надійшла щойно або саме зайнята: служба вилучить їх протягом години."
        )
    click.echo(_ELSEWHERE)
