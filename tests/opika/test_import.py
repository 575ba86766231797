"""``opika journal import``: a clerk's spreadsheet of the paper book becomes entries."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from opika import importing
from opika.cli import opika
from rules.paper_columns import COLUMNS

CONFIG = """\
[[office]]
key = "ssd"
name = "Служба"

[[series]]
office = "ssd"
register = "notifications"
first_number = 40
mask = "{number}/01-17"
"""
EXAMPLE = {name: column.example for name, column in COLUMNS.items() if column.in_blank}
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    (tmp_path / "pipeline.toml").write_text(CONFIG, encoding="utf-8")

    def run(*words: object) -> Result:
        config = ["--config", str(tmp_path / "pipeline.toml")]
        return CliRunner().invoke(opika, [*config, *map(str, words)])

    return run


def _fill(path: Path, *rows: dict[str, Any]) -> None:
    """Write rows below the headings of a blank sheet, as a clerk does."""
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    places = {COLUMNS[name].title: name for name in EXAMPLE}
    names = [places[str(cell.value)] for cell in page[1]]
    for row, said in enumerate(rows, 2):
        for place, name in enumerate(names, 1):
            page.cell(row, place, said.get(name))
    book.save(path)


def test_the_blank_sheet_filled_with_its_own_example_is_taken_over(
    run: Run, tmp_path: Path
) -> None:
    sheet = tmp_path / "book.xlsx"
    assert run("journal", "import", "--blank", sheet).exit_code == 0
    assert run("journal", "import", "--blank", sheet).exit_code == 2  # never over a filled one
    danger = {"number": 13, "registered": "05.03.2026", "content": "Батько б’є дитину кожного дня."}
    _fill(sheet, EXAMPLE, danger)
    rehearsed = run("journal", "import", sheet, "--dry-run")
    assert "Буде перенесено записів: 2; 2026 рік – № 12, 13." in rehearsed.output
    done = run("journal", "import", sheet)
    assert (done.exit_code, "№ 13" in done.output) == (0, True)
    assert "Загроза без візиту" in done.output
    again = json.loads(run("journal", "import", sheet, "--json").output)
    assert (again["numbers"], again["known"], again["faults"]) == ([], 2, [])
    assert "Перенесено з паперового журналу" in run("journal", "show", 13).output
    shown = json.loads(run("journal", "show", 12, "--json").output)
    assert (shown["index"], shown["channel"], shown["stage"]) == ("12/01-15", "phone", "assessment")
    assert shown["registered_at"].startswith("2026-03-04T10:20")
    assert shown["form"]["persons"][0]["birth_date"] == "2015-05-12"
    assert [event["kind"] for event in shown["events"]] == ["request_sent"]
    assert "оцінка потреб (ЦСС)" in run("due").output
    assert run("journal", "verify").exit_code == 0


def test_faults_are_told_with_their_places_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "book.xlsx"
    run("journal", "import", "--blank", sheet)
    _fill(sheet, EXAMPLE, {**EXAMPLE, "number": "41", "outgoing_date": "завтра"}, EXAMPLE)
    told = run("journal", "import", sheet)
    assert told.exit_code == 1
    lines = told.output.splitlines()
    assert [line.split(":")[0] for line in lines] == [
        "аркуш «Журнал», рядок 2",
        "аркуш «Журнал», рядок 3, графа H, «Їх дата»",
        "аркуш «Журнал», рядок 4",
        "Помилок",
    ]
    assert "у кількох рядках" in lines[0]
    _fill(sheet, {**EXAMPLE, "number": "41"})
    assert "first_number = 42" in run("journal", "import", sheet).output
    assert not list((tmp_path / "data" / "originals").rglob("*.*"))


def test_what_is_no_such_table_says_what_to_do(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "book.xlsx"
    openpyxl.Workbook().save(other)
    assert "--blank" in run("journal", "import", other).output
    other.write_bytes(b"a;b;c")
    assert "Книга Excel" in getattr(run("journal", "import", other).exception, "clerk_message", "")
    monkeypatch.setattr(importing, "MOST_BYTES", 3)
    refused = run("journal", "import", other).exception
    assert "МБ" in getattr(refused, "clerk_message", "")
    assert run("journal", "import", tmp_path / "none.xlsx").exit_code == 2
    assert run("journal", "import", "--blank", tmp_path / "none.ods").exit_code == 2
    assert run("journal", "import", other, "--office", "nobody").exit_code == 2
