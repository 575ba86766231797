"""``opika status``: the health of the service, and who has which danger."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TYPE_CHECKING

import click

from opika.commands.common import Where, config_options, json_option, opened, print_json
from opika.errors import BadValueError

if TYPE_CHECKING:
    from journal.alerts import AlertCard
    from journal.health import SourceHealth
    from opika.status import Status

_KINDS = {"urgent": "терміново", "possibly urgent": "можливо терміново"}
_STEPS = {
    "unpack": "розпакувати",
    "read": "прочитати",
    "register": "зареєструвати",
    "place": "розмістити",
    "draft": "підготувати листи",
    "render": "сформувати DOCX і PDF",
}
_ALL = "all"


@click.command()
@click.option(
    "--acknowledge",
    metavar="ID|all",
    help="Підтвердити, що ви взяли сповіщення про загрозу в роботу: його більше не повторюватимуть.",
)
@json_option
@config_options
def status(acknowledge: str | None, as_json: bool, where: Where) -> None:
    """Стан служби: джерела, черга, термінове без відповіді. Код 1 – щось потребує уваги."""
    with opened(where, may="read" if acknowledge is None else "work") as pipeline:
        if acknowledge is not None:
            _acknowledge(acknowledge, pipeline.actor, pipeline.clock())
            if not as_json:
                return
        from journal.alerts import raise_dangers
        from opika.status import status_json, status_of

        raise_dangers(pipeline.clock())
        found = status_of(pipeline)
        if as_json:
            print_json(status_json(found))
        else:
            _show(found)
    if acknowledge is None:
        sys.exit(1 if found.reasons else 0)


def _acknowledge(which: str, actor: str, now: datetime) -> None:
    from journal import alerts

    if which != _ALL and not which.isdecimal():
        raise BadValueError(f"--acknowledge: дозволено номер сповіщення або {_ALL}")
    cards = alerts.acknowledge(None if which == _ALL else int(which), now=now, actor=actor)
    for card in cards:
        click.echo(f"Підтверджено: {_name(card)}.", err=True)
    if not cards:
        click.echo("Непідтверджених сповіщень немає.", err=True)


def _show(found: Status) -> None:
    if found.reasons:
        click.secho("Потребує уваги:", fg="red", bold=True)
        for reason in found.reasons:
            click.echo(f"  • {reason}")
    else:
        click.secho("Усе справно.", fg="green", bold=True)
    click.echo(f"Служба: {'працює' if found.running else 'не запущена'}")
    _show_dangers(found)
    click.echo("\nДжерела")
    for source in found.sources:
        _show_source(source)
    _show_work(found)


def _show_dangers(found: Status) -> None:
    if not found.unanswered:
        return
    click.secho("\nЗагроза дитині, ніхто не підтвердив", fg="red", bold=True)
    for card in found.unanswered:
        told = f"сповіщено {card.told} р., востаннє {_when(card.last_told_at)}"
        told = told if card.told else "ще нікого не сповіщено"
        failed = " (не всіх вдалося сповістити)" if card.told and card.fault else ""
        click.echo(
            f"  [{card.id}] {_KINDS[card.kind]}: {_name(card)}, з {_when(card.raised_at)}; "
            f"{told}{failed}"
        )
    click.echo("  Взяти в роботу: opika status --acknowledge ID (або all)")


def _show_source(source: SourceHealth) -> None:
    from opika.status import fault_words

    works = not source.failures and not source.fault and source.last_success_at
    click.secho(f"  {source.name}", fg="green" if works else "red")
    click.echo(f"    остання вдала перевірка: {_when(source.last_success_at)}")
    if source.last_failure_at:
        click.echo(f"    остання помилка: {_when(source.last_failure_at)}")
    if source.fault:
        click.echo(f"    {fault_words(source.fault)}")
    if source.next_try_at:
        click.echo(f"    наступна спроба: {_when(source.next_try_at)}")
    if source.counted_at:
        click.echo(
            f"    звірено {_when(source.counted_at)}: у скриньці листів {source.in_box}, "
            f"раніше пропущених прийнято {source.recovered}"
        )


def _show_work(found: Status) -> None:
    click.echo("\nЧерга")
    waiting = {step: queue for step, queue in found.backlog.items() if queue.count}
    for step, queue in waiting.items():
        click.echo(f"  {_STEPS[step]}: {queue.count}, найдавніше з {_when(queue.oldest)}")
    if not waiting:
        click.echo("  порожня")
    triage, sendings = found.triage, found.sendings
    click.echo(
        f"Очікують на рішення працівника: {triage.count} (термінових {triage.urgent}, "
        f"можливо термінових {triage.possibly})"
    )
    click.echo(
        f"Листи: надсилаються {sendings.waiting}, не надіслано {sendings.failed}, "
        f"невідомо, чи надіслано, {sendings.doubt}"
    )
    click.echo(f"Вільно на диску: {found.disk_free_megabytes} МБ")


def _name(card: AlertCard) -> str:
    from opika.alerts import name_of

    return name_of(card)


def _when(moment: datetime | None) -> str:
    return f"{moment:%d.%m.%Y %H:%M}" if moment else "ще не було"
