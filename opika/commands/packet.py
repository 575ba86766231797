"""``opika packet``: what the Commission on the protection of children's rights sits on."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from opika.commands.common import (
    Where,
    chosen_office,
    config_options,
    json_option,
    opened,
    print_json,
    print_table,
)
from opika.commands.words import short, urgent_word
from rules.wording import date_in_figures

if TYPE_CHECKING:
    from opika.packets import Heard

_DAY = click.DateTime(["%d.%m.%Y", "%Y-%m-%d"])


@click.command()
@click.argument("day", metavar="DATE", type=_DAY)
@click.option("--office", help="Установа (ключ із налаштувань); типово – перша у файлі.")
@click.option("--list", "only_list", is_flag=True, required=True, help="Лише показати справи.")
@json_option
@config_options
def packet(day: datetime, office: str | None, only_list: bool, as_json: bool, where: Where) -> None:
    """Справи до засідання Комісії з питань захисту прав дитини, яке відбудеться DATE.

    Готова та справа, у якій є висновок ЦСС, ще немає рішення Комісії й зроблено все, що належало
    зробити до дня засідання; про решту сказано, чого бракує.
    """
    with opened(where, may="read") as pipeline:
        from opika.packets import before

        key = chosen_office(pipeline.config, office, pipeline.eyes)
        ready, waiting = before(pipeline, key, day.date())
    if as_json:
        print_json(_json(key, day.date(), ready, waiting))
        return
    _show_ready(day.date(), ready)
    _show_waiting(waiting)


def _json(office: str, meeting: date, ready: list[Heard], waiting: list[Heard]) -> dict[str, Any]:
    return {
        "office": office,
        "date": meeting,
        "ready": [_case_json(one) for one in ready],
        "not_ready": [_case_json(one) for one in waiting],
    }


def _case_json(one: Heard) -> dict[str, Any]:
    return {
        "case": one.case.id,
        "index": one.case.index,
        "urgent": one.case.urgent,
        "subject": one.case.first.values.get("subject"),
        "conclusion": one.standing.conclusion,
        "missing": list(one.standing.missing),
        "entries": [
            {"office": entry.office, "number": entry.number, "year": entry.year}
            for entry in one.case.entries
        ],
    }


def _show_ready(meeting: date, ready: list[Heard]) -> None:
    title = f"Готові до засідання {date_in_figures(meeting)}: {len(ready)}"
    click.echo(click.style(title, bold=True))
    if ready:
        head = ("", "справа №", "рік", "про кого", "висновок отримано")
        print_table(
            head,
            [
                (
                    urgent_word(one.case.urgent),
                    one.case.index,
                    one.case.first.year,
                    short(one.case.first.values.get("subject")),
                    one.standing.conclusion and one.standing.conclusion.date(),
                )
                for one in ready
            ],
        )
    click.echo()


def _show_waiting(waiting: list[Heard]) -> None:
    click.echo(click.style(f"Не готові: {len(waiting)}", bold=True))
    for one in waiting:
        subject = short(one.case.first.values.get("subject"))
        about = f"справа № {one.case.index} ({one.case.first.year} р.), {subject}"
        click.echo(" ".join(filter(None, [urgent_word(one.case.urgent), about])))
        for what in one.standing.missing:
            click.echo(f"    бракує: {what}")
