"""``opika journal search`` as a clerk meets it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from opika.cli import opika
from opika.errors import BadValueError

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    (tmp_path / "pipeline.toml").write_text('[[office]]\nkey = "ssd"\nname = "Служба"\n', "utf-8")

    def run(*words: object) -> Result:
        config = ["--config", str(tmp_path / "pipeline.toml")]
        return CliRunner().invoke(opika, [*config, *map(str, words)])

    call = ["--phone", "--content", "Дитина сама вдома.", "--reporter", "сусідка"]
    assert run("add", *call, "--subject", "Вигаданюк Іван, 5 років").exit_code == 0
    return run


def test_an_entry_is_found_with_the_field_that_held_it(run: Run) -> None:
    shown = run("journal", "search", "Вигаданюкові").output
    assert "Вигаданюк Іван" in shown
    assert "про кого" in shown.splitlines()[2]
    assert shown.endswith("Знайдено: 1.\n")
    found = json.loads(run("journal", "search", "дитиною", "вдома", "--json").output)
    (hit,) = found["entries"]
    assert (hit["number"], hit["found_in"]) == ("1", ["content"])
    assert (found["more"], found["waiting"]) == (False, 0)


def test_a_void_entry_is_shown_as_such(run: Run) -> None:
    run("journal", "void", 1, "--why", "помилка")
    assert "анульовано" in run("journal", "search", "Вигаданюк").output


def test_nothing_found_is_said(run: Run) -> None:
    assert run("journal", "search", "Ковальчук").output == "Нічого не знайдено.\n"
    assert isinstance(run("journal", "search", "…").exception, BadValueError)


def test_every_field_has_its_name_for_a_clerk(run: Run) -> None:
    from journal.models import Entry
    from journal.search_fields import fields, with_texts
    from opika.commands.search import FIELDS
    from rules.form_keys import LABELS

    (entry,) = with_texts(list(Entry.objects.values_list("pk", flat=True)))
    assert {field for field, _ in fields(entry)} <= {*LABELS, *FIELDS}
