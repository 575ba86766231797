"""Keeps a small true journal as it lies on a disk today, for the tests of later migrations.

Run as ``python -m tests.journal.make_schema FILE.json`` whenever a release changes the schema. The
file holds the statements that make the database anew and the texts of the files beside it.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

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


def dump(data: Path) -> dict[str, Any]:
    """The journal below ``data`` as statements, and the files beside it as texts."""
    raw = sqlite3.connect(data / "journal.sqlite3")
    statements = list(raw.iterdump())
    raw.close()
    kept = [path for path in data.rglob("*") if path.is_file() and path.parent != data]
    texts = {path.relative_to(data).as_posix(): path.read_text(encoding="utf-8") for path in kept}
    return {"sqlite": statements, "files": dict(sorted(texts.items()))}


def lay_out(kept: dict[str, Any], data: Path) -> None:
    """Make the journal of a kept file anew below ``data``."""
    data.mkdir(mode=0o700)
    raw = sqlite3.connect(data / "journal.sqlite3", isolation_level=None)
    raw.executescript("\n".join(kept["sqlite"]))
    raw.close()
    for name, text in kept["files"].items():
        path = data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def main(out: Path) -> None:
    """Make the journal in a folder of its own and keep it in ``out``."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        open_journal(data)
        offices([("ssd", "Служба у справах дітей"), ("css", "Центр соціальних служб")])
        write(data, live())
        stored(data)
        connections.close_all()
        out.write_text(json.dumps(dump(data), ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
