"""``opika name``: the register of names in cases that a clerk has confirmed."""

from __future__ import annotations

import click

from opika.commands.common import (
    Where,
    config_options,
    json_option,
    opened,
    print_json,
    print_table,
)
from rules.names import CASE_WORDS

_CASES = {**{key: key for key in CASE_WORDS}, **{word: key for key, word in CASE_WORDS.items()}}


def _case(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    key = _CASES.get(value.strip().lower())
    if key is None:
        raise click.UsageError(f"Відмінка «{value}» немає. Відмінки: {', '.join(_CASES)}.")
    return key


@click.group()
def name() -> None:
    """Імена, посади й назви у відмінках, які підтвердив працівник."""


@name.command("list")
@click.argument("part", metavar="[ЧАСТИНА_ІМЕНІ]", required=False)
@json_option
@config_options
def list_(part: str | None, as_json: bool, where: Where) -> None:
    """Підтверджені форми: їх програма ставить у документи замість власних."""
    with opened(where, may="work"):
        from dataclasses import asdict

        from journal.name_forms import forms

        found = forms(part)
        if as_json:
            print_json([asdict(one) for one in found])
        elif found:
            rows = [
                (one.name, CASE_WORDS[one.case], one.form, one.confirmed_by, one.confirmed_at)
                for one in found
            ]
            print_table(("називний", "відмінок", "форма", "підтвердив(-ла)", "коли"), rows)
        else:
            click.echo("Таких форм немає. Підтвердити: opika name confirm ІМ’Я ВІДМІНОК ФОРМА")


@name.command()
@click.argument("nominative", metavar="ІМ’Я")
@click.argument("case", metavar="ВІДМІНОК", callback=_case)
@click.argument("form", metavar="ФОРМА")
@json_option
@config_options
def confirm(nominative: str, case: str, form: str, as_json: bool, where: Where) -> None:
    """Підтвердити форму: ІМ’Я в називному, ВІДМІНОК (родовий, gen …), ФОРМА у цьому відмінку.

    Проєкти, що чекали на цю форму, буде складено наново.
    """
    with opened(where, may="work") as pipeline:
        from journal.name_forms import confirm as say_yes

        drafts = say_yes(nominative, case, form, now=pipeline.clock(), actor=pipeline.actor)
        if as_json:
            print_json({"drafts": drafts})
        else:
            click.echo("Підтверджено." + _anew(drafts))


@name.command()
@click.argument("nominative", metavar="ІМ’Я")
@click.argument("case", metavar="[ВІДМІНОК]", required=False, callback=_case)
@config_options
def forget(nominative: str, case: str | None, where: Where) -> None:
    """Забути підтверджену форму (без ВІДМІНКА – усі форми цього імені)."""
    with opened(where, may="work") as pipeline:
        from journal.name_forms import forget as forget_form

        count = forget_form(nominative, case, now=pipeline.clock())
        click.echo(f"Забуто форм: {count}.")


def _anew(drafts: int) -> str:
    return f" Проєктів, які буде складено наново: {drafts} (opika once)." if drafts else ""
