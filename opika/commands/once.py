"""``opika once``: one pass over all sources, then every step that is due."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from opika.commands.common import Where, config_options, json_option, opened, print_json
from opika.commands.progress import show_step

if TYPE_CHECKING:
    from opika.flow import Report
    from opika.visiting import Taken


@click.command()
@json_option
@config_options
def once(as_json: bool, where: Where) -> None:
    """Один прохід: нове з усіх джерел, потім усі кроки, що на черзі."""
    with opened(where, may=None) as pipeline:
        from opika.flow import run_once

        report = run_once(pipeline, pipeline.config.sources, show_step)
    if as_json:
        print_json(report_json(report))
    else:
        show_report(report)
    sys.exit(0 if report.ok else 1)


def report_json(report: Report) -> dict[str, Any]:
    """What one pass did, as ``opika once --json`` prints it."""
    return {
        "sources": [
            {
                "name": taken.name,
                "ok": taken.error is None,
                "error": taken.error,
                "arrivals": taken.arrivals,
                "in_box": taken.in_box,
                "recovered": taken.recovered,
            }
            for taken in report.sources
        ],
        "arrivals": sum(taken.arrivals for taken in report.sources),
        "registered": [
            {"office": one.office, "number": one.number, "year": one.year, "urgent": one.urgent}
            for one in report.registered
        ],
        "duplicates": report.forms.count("duplicate"),
        "revisions": report.forms.count("revision"),
        "filed": report.arrivals.count("filed"),
        "triage": report.arrivals.count("triage"),
        "failed": report.failed,
        "drafts": report.drafts,
    }


def _count_words(taken: Taken) -> str:
    """What comparing box and ledger gave, in the looks in which they were compared."""
    if taken.in_box is None:
        return ""
    missed = f", раніше пропущених прийнято: {taken.recovered}" if taken.recovered else ""
    return f" (звірено листів у скриньці: {taken.in_box}{missed})"


def show_report(report: Report) -> None:
    """What one pass did, for a person."""
    for taken in report.sources:
        state = taken.error or f"нового: {taken.arrivals}"
        click.echo(f"{taken.name}: {state}{_count_words(taken)}")
    for one in report.registered:
        urgent = (
            "" if one.urgent is False else " – терміново" if one.urgent else " – можливо, терміново"
        )
        click.echo(f"Зареєстровано № {one.number} ({one.year}){urgent}")
    click.echo(
        f"Дублікатів: {report.forms.count('duplicate')}, уточнень: {report.forms.count('revision')}, "
        f"очікує на рішення: {report.arrivals.count('triage')}, помилок: {report.failed}, "
        f"проєктів документів: {report.drafts}."
    )
