"""``opika check`` sees a clock that runs behind the journal."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from opika.commands.check import check


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
