"""``opika packet``: what the Commission on the protection of children's rights sits on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
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
from opika.commands.words import DEADLINES, short, urgent_word
from rules.wording import date_in_figures

if TYPE_CHECKING:
    from opika.packets import Heard

_DAY = click.DateTime(["%d.%m.%Y", "%Y-%m-%d"])


@click.command()
@click.argument("day", metavar="DATE", type=_DAY)
@click.option("--list", "only_list", is_flag=True, help="Лише показати справи, нічого не складати.")
@click.option("--office", help="Установа (ключ із налаштувань); типово – перша у файлі.")
@click.option("--time", type=click.DateTime(["%H:%M"]), help="Час засідання, напр. 10:00.")
@click.option("--place", default="", help="Де засідають, напр. «каб. 12».")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Папка для файлів.")
@click.option("--again", is_flag=True, help="Замінити пакет, у якому вже інше.")
@json_option
@config_options
def packet(day: datetime, only_list: bool, as_json: bool, where: Where, **said: Any) -> None:
    """Матеріали до засідання Комісії з питань захисту прав дитини, яке відбудеться DATE.

    Готова та справа, у якій є висновок ЦСС, ще немає рішення Комісії й зроблено все, що належало
    зробити до дня засідання; про решту сказано, чого бракує. Перегляд справ буде записано.
    """
    with opened(where, may="read" if only_list else "record") as pipeline:
        from opika.packet_making import Wanted, make
        from opika.packets import before

        key = chosen_office(pipeline.config, said["office"], pipeline.eyes)
        if only_list:
            ready, waiting = before(pipeline, key, day.date())
            made = None
        else:
            hour = f"{said['time']:%H:%M}" if said["time"] else ""
            wanted = Wanted(key, day.date(), hour, said["place"], DEADLINES)
            made = make(pipeline, wanted, said["out"], again=said["again"])
            ready, waiting = made.ready, made.waiting
    if as_json:
        found = _json(key, day.date(), ready, waiting)
        files = {"folder": str(made.folder), "files": list(made.files)} if made else {}
        print_json(found | files)
        return
    _show_ready(day.date(), ready)
    _show_waiting(waiting)
    if made:
        click.echo(f"\nПакет: {made.folder}")
        click.echo("\n".join(f"    {name}" for name in made.files))


def _json(
    office: str, meeting: date, ready: Sequence[Heard], waiting: Sequence[Heard]
) -> dict[str, Any]:
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


def _show_ready(meeting: date, ready: Sequence[Heard]) -> None:
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


def _show_waiting(waiting: Sequence[Heard]) -> None:
    click.echo(click.style(f"Не готові: {len(waiting)}", bold=True))
    for one in waiting:
        subject = short(one.case.first.values.get("subject"))
        about = f"справа № {one.case.index} ({one.case.first.year} р.), {subject}"
        click.echo(" ".join(filter(None, [urgent_word(one.case.urgent), about])))
        for what in one.standing.missing:
            click.echo(f"    бракує: {what}")
