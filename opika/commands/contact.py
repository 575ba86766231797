"""``opika contact``: the register of addresses that letters may go to."""

from __future__ import annotations

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

STATES = {
    "proposed": "очікує на підтвердження",
    "confirmed": "підтверджено",
    "withdrawn": "вилучено",
}


@click.group()
def contact() -> None:
    """Адреси, на які можна надсилати листи; нову підтверджує друга особа."""


@contact.command("list")
@click.option("--office", help="Лише ця установа (ключ із налаштувань).")
@click.option("--all", "everything", is_flag=True, help="Також вилучені.")
@json_option
@config_options
def list_(office: str | None, everything: bool, as_json: bool, where: Where) -> None:
    """Перелік адрес. Адреси установ і партнерів із файлу налаштувань діють і без нього."""
    with opened(where, may="read") as pipeline:
        from dataclasses import asdict

        from journal.contacts import contacts
        from journal.masking import contacts_shown

        cards = contacts_shown(contacts(office, all=everything), pipeline.eyes)
        if as_json:
            print_json([asdict(card) for card in cards])
        elif cards:
            head = ("id", "установа", "адреса", "чия", "стан", "запропоновано", "підтверджено")
            rows = [
                (c.id, c.office, c.email, c.name, STATES[c.state], c.proposed_by, c.confirmed_by)
                for c in cards
            ]
            print_table(head, rows)
        else:
            click.echo("Адрес ще немає. Додати: opika contact add АДРЕСА НАЗВА")


@contact.command()
@click.argument("email", metavar="АДРЕСА")
@click.argument("name", metavar="НАЗВА")
@click.option("--office", help="Установа (ключ із налаштувань); типово – перша у файлі.")
@json_option
@config_options
def add(email: str, name: str, office: str | None, as_json: bool, where: Where) -> None:
    """Запропонувати адресу; листи підуть на неї, коли її підтвердить інша особа."""
    with opened(where, may="send") as pipeline:
        from journal.contacts import propose

        key = chosen_office(pipeline.config, office)
        contact_id = propose(key, name, email, now=pipeline.clock(), actor=pipeline.actor)
        if as_json:
            print_json({"id": contact_id})
        else:
            click.echo(f"Додано. Підтвердити має інша особа: opika contact confirm {contact_id}")


@contact.command()
@click.argument("contact_id", metavar="ID", type=int)
@config_options
def confirm(contact_id: int, where: Where) -> None:
    """Підтвердити адресу, яку запропонувала інша особа: звірте її з надійним джерелом."""
    with opened(where, may="send") as pipeline:
        from journal.contacts import confirm as say_yes

        say_yes(contact_id, now=pipeline.clock(), actor=pipeline.actor)
        click.echo("Підтверджено.")


@contact.command()
@click.argument("contact_id", metavar="ID", type=int)
@click.option("--why", default="", help="Підстава.")
@config_options
def withdraw(contact_id: int, why: str, where: Where) -> None:
    """Вилучити адресу: листи на неї більше не підуть; запис про неї залишається."""
    with opened(where, may="send") as pipeline:
        from journal.contacts import withdraw as take_out

        take_out(contact_id, why=why, now=pipeline.clock(), actor=pipeline.actor)
        click.echo("Вилучено.")
