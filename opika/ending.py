"""Ending in time: a stop waits a few seconds for the work in hand, then leaves it.

What is left is done again at the next start, as after a power cut; nothing of it is noted as
failed. A scan may be read for a minute, and LibreOffice may take as long.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

# Threads, lines to servers and short steps have ended by then; systemd and people wait longer.
_PATIENCE = 7.0


@contextmanager
def ending_in_time(stop: threading.Event) -> Iterator[None]:
    """Have the process end, at the latest, some seconds after ``stop`` was set."""
    done = threading.Event()

    def watch() -> None:
        stop.wait()
        if not done.wait(_PATIENCE):
            _leave()

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        done.set()


def _leave() -> None:
    click.echo("Opika зупинено; розпочате буде виконано після запуску.", err=True)
    for pid in _descendants(os.getpid()):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    # At once: nobody may take the death of a child for a fault of what it was reading.
    os._exit(0)


def _descendants(ancestor: int) -> list[int]:
    """The process's children, their children and so on."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            # The name, in parentheses, may hold anything; the parent is the second word after it.
            parent = int(path.read_text(errors="replace").rpartition(")")[2].split()[1])
        except (OSError, IndexError, ValueError):
            continue  # gone meanwhile
        children.setdefault(parent, []).append(int(path.parent.name))
    found, fresh = list[int](), [ancestor]
    while fresh:
        fresh = [child for pid in fresh for child in children.get(pid, [])]
        found += fresh
    return found
