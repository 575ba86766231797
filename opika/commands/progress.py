"""Progress of long work, on standard error, for a person who watches."""

from __future__ import annotations

import sys
from collections.abc import Callable

import click

_STEPS = {
    "receive": "Переглядаю джерела",
    "unpack": "Відкриваю листи",
    "read": "Читаю файли",
    "register": "Реєструю",
    "place": "Розкладаю",
    "draft": "Готую проєкти",
    "index": "Оновлюю пошук",
    "render": "Формую документи",
    "convert": "Створюю PDF",
}


def show_step(step: str, count: int) -> None:
    """Name a step and how much stands before it; nothing where nobody watches."""
    if count and sys.stderr.isatty():
        click.echo(f"{_STEPS[step]}: {count}…", err=True)


def shown_share(what: str) -> Callable[[int, int], None]:
    """Shows how many of a hundred parts are done, on one line; nothing where nobody watches.

    Args:
        what: is being done.

    Returns:
        Hears how many bytes are done, and of how many.
    """
    shown = -1

    def show(done: int, total: int) -> None:
        nonlocal shown
        share = min(100, 100 * done // max(1, total))
        if share != shown and sys.stderr.isatty():
            shown = share
            click.echo(f"\r{what}: {share} %", nl=share == 100, err=True)

    return show
