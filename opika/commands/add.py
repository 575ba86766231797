"""``opika add``: a notification that a clerk hands over as a file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from opika.commands.common import Where, config_options, opened
from opika.commands.once import show_report


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--office", help="Чиє це надходження (ключ установи; типово – перша).")
@config_options
def add(file: Path, office: str | None, where: Where) -> None:
    """Додати файл або лист (.eml); сам файл залишається на місці."""
    with opened(where) as pipeline:
        from journal.triage import triage_card
        from opika.by_hand import add_file
        from opika.commands.triage import outcome_words
        from opika.flow import run_once

        key = office or pipeline.config.office[0].key
        if key not in {one.key for one in pipeline.config.office}:
            raise click.BadParameter(f"немає установи «{key}»", param_hint="--office")
        arrival_id = add_file(pipeline, file, key, key)
        report = run_once(pipeline, ())
        click.echo(f"Надходження {arrival_id}: {outcome_words(triage_card(arrival_id))}")
        show_report(report)
    sys.exit(0 if report.ok else 1)
