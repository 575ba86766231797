"""Progress of long work, on standard error, for a person who watches."""

from __future__ import annotations

import sys

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
