"""``opika send``: approved letters leave, and a person decides about those that went astray."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from opika.commands.common import (
    Where,
    config_options,
    json_option,
    opened,
    print_json,
    print_table,
)
from opika.commands.words import STATES
from rules.reporter import NOT_SHOWN

if TYPE_CHECKING:
    from opika.pipeline import Pipeline
    from opika.sending import Attempt

_HEAD = ("id", "індекс", "стан", "одержувач", "пояснення")


@click.command()
@click.argument("ids", metavar="[ID]…", type=int, nargs=-1)
@click.option("--to", default="", help="Адреса одержувача, якщо вона інша, ніж у повідомленні.")
@click.option("--list", "listed", is_flag=True, help="Лише показати, що чекає й що не дійшло.")
@click.option("--sent", type=int, metavar="ID", help="Рішення: лист ID таки надіслано.")
@click.option("--again", type=int, metavar="ID", help="Рішення: надіслати лист ID ще раз.")
@click.option(
    "--why", default="", help="Підстава рішення (або надсилання після відновлення з копії)."
)
@json_option
@config_options
def send(ids: tuple[int, ...], as_json: bool, where: Where, **how: Any) -> None:
    """Надіслати погоджені листи: названі (ID) або всі, чиї адреси підтверджено."""
    _check_usage(ids, how)
    with opened(where, may="read" if how["listed"] else "send") as pipeline:
        from journal.masking import check_document

        for document_id in (*ids, *(one for one in (how["sent"], how["again"]) if one is not None)):
            check_document(document_id, pipeline.eyes)
        attempts = _shown(pipeline, _do(pipeline, ids, how))
    if as_json:
        print_json(_json(attempts))
    elif attempts:
        print_table(_HEAD, map(_row, attempts))
    else:
        click.echo("Погоджених листів, які треба надіслати, немає.")
    named = bool(ids or how["again"])
    sys.exit(0 if how["listed"] or all(_is_well(one, named) for one in attempts) else 1)


def _check_usage(ids: Sequence[int], how: dict[str, Any]) -> None:
    ways = [bool(ids), how["listed"], how["sent"] is not None, how["again"] is not None]
    if sum(ways) > 1:
        raise click.UsageError("Назвіть щось одне: листи (ID), --list, --sent або --again.")
    if how["why"] and not (ids or how["sent"] is not None or how["again"] is not None):
        raise click.UsageError("--why стосується названих листів: вкажіть ID.")
    if how["to"] and len(ids) != 1 and how["again"] is None:
        raise click.UsageError("--to стосується одного листа: назвіть його ID.")


def _do(pipeline: Pipeline, ids: Sequence[int], how: dict[str, Any]) -> list[Attempt]:
    from opika import sending

    if how["listed"]:
        return sending.overview(pipeline)
    if how["sent"] is not None:
        return [sending.decide_sent(pipeline, how["sent"], how["why"])]
    if how["again"] is not None:
        return [sending.decide_again(pipeline, how["again"], how["why"], how["to"])]
    return sending.send(pipeline, ids or None, how["to"], how["why"])


def _shown(pipeline: Pipeline, attempts: Sequence[Attempt]) -> list[Attempt]:
    """Those of the letters that are for the eyes of who asks; a recipient may be the reporter."""
    from journal.masking import seen_documents

    own = seen_documents([one.document_id for one in attempts], pipeline.eyes)
    shown = [one for one in attempts if one.document_id in own]
    if pipeline.eyes.reporter:
        return shown
    return [replace(one, recipient=NOT_SHOWN if one.recipient else "") for one in shown]


def _is_well(one: Attempt, named: bool) -> bool:
    """Whether all went well: without a name, a letter may wait for its address."""
    return not one.reason or (not named and one.state in {"approved", "signed"})


def _row(one: Attempt) -> tuple[object, ...]:
    state = STATES.get(one.state, one.state)
    return one.document_id, one.index, state, one.recipient or None, one.reason


def _json(attempts: Sequence[Attempt]) -> list[dict[str, Any]]:
    return [
        {
            "id": one.document_id,
            "index": one.index,
            "state": one.state,
            "recipient": one.recipient or None,
            "reason": one.reason or None,
        }
        for one in attempts
    ]
