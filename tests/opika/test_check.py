"""``opika check`` sees a clock that runs behind the journal."""

from __future__ import annotations

import json
import os
import shutil
import time
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from opika.commands.check import check
from opika.config import PROJECT


def clock_line(folder: Path, *, journal_is_ahead: float) -> dict[str, Any]:
    (folder / "pipeline.toml").write_text(
        '[[office]]\nkey = "ssd"\nname = "Служба"\n', encoding="utf-8"
    )
    (folder / "data").mkdir()
    journal = folder / "data" / "journal.sqlite3"
    journal.touch()
    written = time.time() + journal_is_ahead
    os.utime(journal, (written, written))
    result = CliRunner().invoke(check, ["--config", str(folder / "pipeline.toml"), "--json"])
    lines: list[dict[str, Any]] = json.loads(result.output)
    return next(line for line in lines if line["what"].startswith("Годинник"))


def test_a_clock_behind_the_journal_is_a_fault_with_its_mend(tmp_path: Path) -> None:
    line = clock_line(tmp_path, journal_is_ahead=86_400)
    assert not line["ok"]
    assert "Виправте" in line["mend"]


def test_a_right_clock_is_all_right(tmp_path: Path) -> None:
    assert clock_line(tmp_path, journal_is_ahead=-60)["ok"]


def test_a_folder_for_heads_that_is_away_is_a_fault_with_its_mend(tmp_path: Path) -> None:
    config = tmp_path / "pipeline.toml"
    config.write_text('[[office]]\nkey = "ssd"\nname = "С"\n[journal]\nheads = "disk"\n', "utf-8")

    def mend() -> str:
        result = CliRunner().invoke(check, ["--config", str(config), "--json"])
        lines = [line for line in json.loads(result.output) if "відбитків" in line["what"]]
        return str(lines[0]["mend"])

    assert "Під’єднайте диск" in mend()
    (tmp_path / "disk").mkdir()
    assert mend() == "None"


def test_a_slip_in_the_columns_of_the_books_is_named(tmp_path: Path) -> None:
    catalogues = tmp_path / "catalogues"
    shutil.copytree(PROJECT / "catalogues", catalogues)
    books = catalogues / "books.toml"
    text = books.read_text(encoding="utf-8").replace("specialist =", "spezialist =")
    books.write_text(text, encoding="utf-8")
    (tmp_path / "pipeline.toml").write_text(
        f'[opika]\ncatalogues = "{catalogues}"\n\n[[office]]\nkey = "ssd"\nname = "Служба"\n',
        encoding="utf-8",
    )
    result = CliRunner().invoke(check, ["--config", str(tmp_path / "pipeline.toml"), "--json"])
    line = next(line for line in json.loads(result.output) if "книг" in line["what"])
    assert "spezialist: невідома графа" in line["mend"]
