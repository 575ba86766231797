"""``opika roles``: who may do what, and who is asking."""

from __future__ import annotations

import click

from opika.commands.common import (
    Where,
    config_options,
    config_or_defaults,
    json_option,
    print_json,
    print_table,
)
from rules.roles import ACTION_WORDS, ACTIONS, ROLE_WORDS, ROLES, may


@click.command()
@json_option
@config_options
def roles(as_json: bool, where: Where) -> None:
    """Хто що може робити; у якій ролі працюєте ви."""
    from opika.people import who
    from opika.pipeline import actor

    person = who(config_or_defaults(where), actor())
    if as_json:
        table = {role: [one for one in ACTIONS if may(role, one)] for role in ROLES}
        print_json({"login": person.login, "role": person.role, "roles": table})
        return
    click.echo(f"Ви: {person.name}, {ROLE_WORDS[person.role]}\n")
    rows = [
        (ACTION_WORDS[one], *("так" if may(role, one) else "" for role in ROLES)) for one in ACTIONS
    ]
    print_table(("", *ROLE_WORDS.values()), rows)
