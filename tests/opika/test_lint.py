"""``opika lint``: a clerk who has edited a file is told what is wrong with it, and where."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from opika.commands.lint import lint
from opika.config import PROJECT

SHIPPED = [
    *sorted((PROJECT / "templates").glob("*.docx")),
    *sorted((PROJECT / "catalogues").glob("*.toml")),
    PROJECT / "pipeline.toml",
]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.name))
def test_everything_that_ships_is_clean(path: Path) -> None:
    result = CliRunner().invoke(lint, [str(path)])
    assert (result.exit_code, result.output) == (0, "Зауважень немає.\n")


@pytest.mark.parametrize("name", ["indicators.toml", "calendar.toml", "categories.toml"])
def test_a_broken_list_is_refused_with_its_place(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("key = \n", encoding="utf-8")
    result = CliRunner().invoke(lint, [str(path)])
    assert result.exit_code == 1
    assert "рядок" in result.output or name in result.output


def test_a_letter_with_an_empty_number_is_named(tmp_path: Path) -> None:
    from docx import Document

    letter = Document()
    letter.add_paragraph("№ ___")
    path = tmp_path / "letter.docx"
    letter.save(str(path))
    result = CliRunner().invoke(lint, [str(path), "--json"])
    assert result.exit_code == 1
    assert '"rule": "empty-number"' in result.output


def test_what_is_neither_docx_nor_toml_is_a_wrong_use(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    shutil.copy(PROJECT / "LICENSE", path)
    assert CliRunner().invoke(lint, [str(path)]).exit_code == 2
