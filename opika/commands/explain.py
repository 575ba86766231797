"""``opika explain``: how a rule decides, without touching the journal.

JSON lines come on standard input, one JSON line goes out for each, in order.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

import click

from opika.commands.common import Where, config_options, config_or_defaults

# Every answer is JSON; the option is taken so that all commands are asked alike.
_json_only = click.option(
    "--json", is_flag=True, expose_value=False, help="Вивести у форматі JSON."
)

Answer = Callable[[Mapping[str, Any]], Mapping[str, Any]]


@click.group()
def explain() -> None:
    """Показати, як вирішує правило. На вході – рядки JSON, на виході – рядок на кожен."""


@explain.command()
@_json_only
@config_options
def term(where: Where) -> None:
    """Строк: {"key": "needs_assessment", "starts": "2026-11-03T10:20:00+02:00"}."""
    from opika.rulebook import calendar_of, terms_of
    from rules.deadlines import explain_term

    settings = config_or_defaults(where)
    calendar, terms = calendar_of(settings), terms_of(settings)
    _answer(lambda line: explain_term(line, calendar, terms))


@explain.command()
@_json_only
@config_options
def text(where: Where) -> None:
    """Небезпека в тексті: {"text": "…"}."""
    from rules.danger import explain_text, load_indicators

    settings = config_or_defaults(where)
    catalogue = load_indicators(settings.opika.catalogues / "indicators.toml")
    _answer(lambda line: explain_text(line, catalogue))


@explain.command()
@_json_only
@config_options
def name(
    where: Where,
) -> None:  # a name's cases depend on no setting; the options fit every command
    """Відмінки імені: {"family": "Ковальчук", "given": "Ігор", "patronymic": "Петрович"}."""
    from rules.names import explain_name

    _answer(explain_name)


def _answer(answer: Answer) -> None:
    for raw in sys.stdin.buffer:
        if raw.strip():
            click.echo(json.dumps(_one(raw, answer), ensure_ascii=False))


def _one(raw: bytes, answer: Answer) -> Mapping[str, Any]:
    try:
        line = json.loads(raw)
    except ValueError:
        return {"error": "це не рядок JSON"}
    if not isinstance(line, dict):
        return {"error": "очікується об’єкт JSON у фігурних дужках"}
    return answer(line)
