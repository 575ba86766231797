"""``opika name`` as a clerk meets it: a form confirmed once stands in every document."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from opika.cli import opika

CONFIG = """\
[[office]]
key = "ssd"
name = "Служба"
place = "м. Вигадане"
"""
Run = Callable[..., Result]
DOUBTFUL = "Королева Аліна Іванівна"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    (tmp_path / "pipeline.toml").write_text(CONFIG, encoding="utf-8")

    def run(*words: object) -> Result:
        config = ["--config", str(tmp_path / "pipeline.toml")]
        return CliRunner().invoke(opika, [*config, *map(str, words)])

    return run


def _ok(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.output


def test_a_confirmed_form_takes_the_doubt_out_of_a_draft(run: Run) -> None:
    call = ["--phone", "--content", "Дитина сама вдома.", "--subject", f"{DOUBTFUL}, 5 років"]
    _ok(run("add", *call, "--reporter", "сусідка"))
    asked = _ok(run("draft", "enrolment_order", 1))
    assert f"перевірте знахідний відмінок: {DOUBTFUL}" in asked
    said = _ok(run("name", "confirm", DOUBTFUL, "знахідний", "Королеву Аліну Іванівну"))
    assert "Проєктів, які буде складено наново: 1" in said
    assert "перевірте" not in _ok(run("draft", "enrolment_order", 1))
    assert "Королеву Аліну Іванівну" in _ok(run("name", "list", "королева"))
    [row] = json.loads(_ok(run("name", "list", "--json")))
    assert (row["name"], row["case"]) == (DOUBTFUL, "acc")
    assert "Забуто форм: 1." in _ok(run("name", "forget", DOUBTFUL, "acc"))
    assert "Таких форм немає" in _ok(run("name", "list"))
    assert "наново: 1" not in _ok(run("name", "confirm", "Ткач Ян", "gen", "Ткача Яна"))


def test_wrong_words_are_answered_and_nothing_is_confirmed(run: Run) -> None:
    unknown = run("name", "confirm", DOUBTFUL, "четвертий", "Королеву")
    assert unknown.exit_code == 2
    assert "родовий" in unknown.output
    assert run("name", "forget", DOUBTFUL).exit_code == 1
    assert run("name", "confirm", DOUBTFUL, "gen", " ").exit_code == 1
    assert "Таких форм немає" in _ok(run("name", "list"))
