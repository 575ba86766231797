"""What costs seconds and gives the same each time is made once in a run of the tests.

The journal's tables come from a file that the migrations have made, reading processes go from one
test to the next as they go from one pass of the service to the next, and LibreOffice converts the
same DOCX only once.
"""

from __future__ import annotations

import shlex
import shutil
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from journal.database import open_journal
from opika.config import Config
from opika.limits import new_reader
from opika.worker import Worker

_SOFFICE_ONCE = Path(__file__).with_name("soffice_once.py")


def caching_soffice(folder: Path) -> Path:
    """A folder for PATH whose ``soffice`` asks LibreOffice for no PDF a second time."""
    programs, cache = folder / "bin", folder / "pdf"
    programs.mkdir()
    cache.mkdir()
    real = shutil.which("soffice")
    if real is not None:
        words = shlex.join([sys.executable, "-SE", str(_SOFFICE_ONCE), real, str(cache)])
        program = programs / "soffice"
        program.write_text(f'#!/bin/sh\nexec {words} "$@"\n', encoding="utf-8")
        program.chmod(0o755)
    return programs


def opening_from(blank: Path) -> Callable[..., None]:
    """As ``open_journal``; a new journal in SQLite begins as a copy of ``blank``."""

    def opened(data: Path, database: str | None = None, *rest: Any) -> None:
        path = data / "journal.sqlite3"
        if database is None and not path.exists():
            lay_journal(blank, data)
        open_journal(data, database, *rest)

    return opened


def lay_journal(blank: Path, data: Path) -> None:
    """Put a copy of the blank journal below ``data``."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = data / "journal.sqlite3"
    path.touch(mode=0o600)
    shutil.copyfile(blank, path)


class ReaderPool:
    """Reading processes that outlive the pipelines which use them."""

    def __init__(self) -> None:
        self._idle: dict[tuple[float, int], list[Worker]] = defaultdict(list)

    def lend(self, config: Config) -> Worker:
        """As ``new_reader``; closed, it waits here for whoever is next within the same limits."""
        limits = (config.limits.read_seconds, config.limits.read_memory_megabytes)
        idle = self._idle[limits]
        return _Lent(idle.pop() if idle else new_reader(config), idle)

    def close(self) -> None:
        for idle in self._idle.values():
            while idle:
                idle.pop().close()


class _Lent(Worker):
    """A borrowed reading process."""

    def __init__(self, worker: Worker, home: list[Worker]) -> None:
        self._worker, self._home = worker, home
        self.call = worker.call  # type: ignore[method-assign]

    def close(self) -> None:
        self._home.append(self._worker)
