"""Keeps a small true journal as it lies on a disk today, for the tests of later migrations.

Run as ``python -m tests.journal.make_schema tests/journal/schemas/NNNN`` whenever a release changes
the schema; NNNN is the number of its last migration. A file for each database holds the statements
that make it anew and the texts of the files beside it.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
from django.db import connections

from journal.database import offices, open_journal
from tests.journal.office_day import (
    KYIV,
    NOW,
    clock_rules,
    digest,
    outgoing,
    registered,
    stored,
    values,
)
from tests.postgres import running_postgres


def live() -> int:
    """Let an office work for a day: an urgent notice, its correction, another one, a letter."""
    sign = {"id": "bruises", "group": "violence_threat", "quote": "синці"}
    first = registered(values(), urgent=True, indicators=[sign])
    registered(values(), "css")
    registered(values(content="Виправлено."), received_at=NOW + timedelta(hours=1))
    registered(values(outgoing_number="2", content="Нове."))
    return int(first.entry_id)


def write(data: Path, entry: int) -> None:
    """Draft, render and approve one letter of the entry."""
    from journal import documents

    new = documents.NewDocument(entry, "ssd", "registration_reply", "reply", {"кому": "Гімназія"})
    letter = documents.new_document(new, series=outgoing(), now=NOW, actor="тест")
    (data / "documents").mkdir()
    for name, save in (("1.docx", documents.save_rendered), ("1.pdf", documents.save_pdf)):
        (data / "documents" / name).write_text(name)
        save(letter, f"documents/{name}", digest(name), now=NOW, actor="тест")
    documents.approve(letter, series=outgoing(), now=NOW, actor="голова")


def go_on(entry: int) -> None:
    """Let something happen to the entry and in the registers; void one, close a year, look."""
    from journal import casework, listing, registers, voiding
    from journal.history import Act
    from journal.numbers import SeriesRule

    clerk = Act("клерк", NOW, "так треба")
    for kind in ("visited", "orphan"):
        seen = casework.NewEvent(entry, kind, NOW)
        last = casework.happened(seen, clerk, clock_rules())
    casework.undo(last.id, clerk, clock_rules())
    paper = registers.Paper("Акт", "Вигаданюк", NOW.date(), entry)
    line, _ = registers.add_line("css", SeriesRule("acts", KYIV), paper, clerk)
    voiding.void_line(line, clerk)
    registers.skip("css", SeriesRule("minutes", KYIV), 1, clerk)
    registers.close("css", "minutes", 2026, Act("голова", NOW.replace(year=2027)))
    voiding.void_entry(entry + 1, clerk)
    listing.look(entry, actor="клерк", now=NOW)


def fill(data: Path) -> None:
    """Let there be something of everything in an open journal."""
    from journal import erasing, heads
    from journal.history import Act

    offices([("ssd", "Служба у справах дітей"), ("css", "Центр соціальних служб")])
    entry = live()
    write(data, entry)
    go_on(entry)
    heads.give_out(NOW.date())
    erasing.ask(entry, "рішення суду № 1", Act("адміністратор", NOW, "так вирішено"))
    stored(data)
    connections.close_all()


def dump(data: Path, statements: dict[str, list[str]]) -> dict[str, Any]:
    """A journal as statements that make its database anew, and the files beside it as texts."""
    kept = [path for path in data.rglob("*") if path.is_file() and path.parent != data]
    texts = {path.relative_to(data).as_posix(): path.read_text(encoding="utf-8") for path in kept}
    return {**statements, "files": dict(sorted(texts.items()))}


def lay_out(kept: dict[str, Any], data: Path, postgresql: str | None = None) -> None:
    """Make the journal of a kept file anew below ``data``.

    Args:
        kept: the file's content.
        data: a folder that is not there yet.
        postgresql: the address of an empty database, for a journal that lay in one.
    """
    data.mkdir(mode=0o700)
    if postgresql:
        with psycopg.connect(postgresql) as connection:
            connection.execute("\n".join(kept["postgresql"]))
    else:
        raw = sqlite3.connect(data / "journal.sqlite3", isolation_level=None)
        raw.executescript("\n".join(kept["sqlite"]))
        raw.close()
    for name, text in kept["files"].items():
        path = data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _sqlite(data: Path) -> dict[str, Any]:
    open_journal(data)
    fill(data)
    raw = sqlite3.connect(data / "journal.sqlite3")
    statements = list(raw.iterdump())
    raw.close()
    return dump(data, {"sqlite": statements})


def _postgresql(data: Path) -> dict[str, Any]:
    with running_postgres() as server:
        open_journal(data, server.create("kept"))
        fill(data)
        return dump(data, {"postgresql": server.dump("kept")})


def main(name: str) -> None:
    """Make the journal anew on both databases and keep it in files of that name."""
    for make, ending in ((_sqlite, "json"), (_postgresql, "postgresql.json")):
        with tempfile.TemporaryDirectory() as folder:
            kept = make(Path(folder) / "data")
            text = json.dumps(kept, ensure_ascii=False, indent=1)
            Path(f"{name}.{ending}").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
