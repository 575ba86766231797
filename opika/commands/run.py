"""``opika run``: the service."""

from __future__ import annotations

import signal
import threading
from contextlib import closing
from dataclasses import replace

import click

from opika.commands.common import Where, config_options, opened
from opika.ending import ending_in_time


@click.command()
@config_options
def run(where: Where) -> None:
    """Працювати постійно: джерела за розкладом, потім усі кроки. Зупинити: Ctrl+C або SIGTERM."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with ending_in_time(stop), opened(where, may=None) as pipeline:
        from generators.resident import Resident
        from opika.alerts import keep_warning
        from opika.delivery import keep_following
        from opika.faults import keep_reporting
        from opika.metrics import keep_serving
        from opika.service import alone, serve

        with alone(pipeline.data), closing(Resident()) as resident:
            click.echo("Opika працює.", err=True)
            serve(
                replace(pipeline, converter=replace(pipeline.converter, resident=resident)),
                stop,
                companions=[keep_warning, keep_following, keep_reporting, keep_serving],
            )
    click.echo("Opika зупинено.", err=True)
