"""``opika journal views``: who looked at which card, as an auditor asks."""

from __future__ import annotations

import tests.django_ready  # noqa: F401 # isort: skip
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.db import connections

from journal.database import offices, open_journal
from opika.cli import opika
from opika.errors import NotAllowedError, NotFoundError
from opika.pipeline import actor
from tests.journal.office_day import arrival, read, registered, unpack, values

CONFIG = '[[office]]\nkey = "ssd"\nname = "Служба"\n\n[[office]]\nkey = "css"\nname = "Центр"\n'
Run = Callable[..., Result]


def _at(folder: Path) -> Run:
    def run(*words: object) -> Result:
        config = ["--config", str(folder / "pipeline.toml")]
        return CliRunner().invoke(opika, [*config, *map(str, words)])

    return run


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A notification that nobody has looked at yet, and a letter that waits."""
    folder = tmp_path_factory.mktemp("office")
    open_journal(folder / "data")
    offices([("ssd", "Служба"), ("css", "Центр")])
    registered(values())
    read(unpack(arrival(), [("body", "лист")])[0])
    connections.close_all()
    return folder


@pytest.fixture
def run(prepared: Path, tmp_path: Path) -> Iterator[Run]:
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    (tmp_path / "pipeline.toml").write_text(CONFIG, encoding="utf-8")
    yield _at(tmp_path)
    connections.close_all()


def test_every_way_to_a_card_is_recorded_with_its_occasion(run: Run, tmp_path: Path) -> None:
    assert run("journal", "views", 1).output == "Переглядів не записано.\n"
    for words in (
        ["journal", "show", 1],
        ["case", "show", 1],
        ["journal", "search", "Вигаданюк", "--open"],
        ["triage", "show", 1],
        ["journal", "export"],
        # None of these shows a card.
        ["triage", "show", 2],
        ["journal", "search", "Вигаданюк"],
        ["journal", "list"],
    ):
        assert run(*words).exit_code == 0, words
    looks = json.loads(run("journal", "views", 1, "--json").output)
    assert [look["why"] for look in looks] == ["", "", "з пошуку", "надходження", "друк книги"]
    assert {(look["who"], look["office"], look["number"]) for look in looks} == {
        (actor(), "ssd", "1")
    }
    assert run("journal", "views", 1).output.endswith("Переглядів: 5.\n")
    assert json.loads(run("journal", "views", "--who", actor(), "--json").output) == looks
    assert json.loads(run("journal", "views", "--who", "nobody", "--json").output) == []
    today = looks[0]["at"][:10]
    assert len(json.loads(run("journal", "views", 1, "--from", today, "--json").output)) == 5
    assert json.loads(run("journal", "views", 1, "--to", "01.01.2026", "--json").output) == []


def test_wrong_questions_are_refused(run: Run) -> None:
    assert run("journal", "views").exit_code == 2
    days = ["--from", "02.01.2026", "--to", "01.01.2026"]
    assert run("journal", "views", 1, *days).exit_code == 2
    assert isinstance(run("journal", "views", 9).exception, NotFoundError)


def test_who_looked_is_told_to_those_who_watch_over_it(run: Run, tmp_path: Path) -> None:
    run("journal", "show", 1)
    for role, office, told in (
        ("clerk", "ssd", None),
        ("auditor", "ssd", 1),
        ("auditor", "css", 0),
    ):
        user = f'\n[[user]]\nlogin = "{actor()}"\nrole = "{role}"\noffice = "{office}"\n'
        (tmp_path / "pipeline.toml").write_text(CONFIG + user, encoding="utf-8")
        result = run("journal", "views", "--who", actor(), "--json")
        if told is None:
            assert isinstance(result.exception, NotAllowedError)
        else:
            assert len(json.loads(result.output)) == told
