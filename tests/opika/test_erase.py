"""``opika journal erase`` and the step that ends it, as two persons meet them."""

from __future__ import annotations

import tests.django_ready  # noqa: F401 # isort: skip
import json
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from click.testing import CliRunner, Result
from django.db import connections

from opika.cli import opika
from opika.config_file import load_config
from opika.errors import JournalError, NotAllowedError
from opika.flow import run_once
from opika.pipeline import actor, open_pipeline

CONFIG = """\
[[office]]
key = "ssd"
name = "Служба"

[retention]
ignored_mail_days = 30

[[user]]
login = "{login}"
role = "administrator"

[[user]]
login = "golova"
role = "head"

[[user]]
login = "klerk"
role = "clerk"
"""
ORDER = ["--order", "рішення суду № 5", "--why", "набрало законної сили"]
Run = Callable[..., Result]


def _at(folder: Path) -> Run:
    def run(*words: object, as_: str = "") -> Result:
        config = ["--config", str(folder / "pipeline.toml")]
        with patch("opika.pipeline.actor", return_value=as_ or actor()):
            return CliRunner().invoke(opika, [*config, *map(str, words)])

    return run


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A call that was written down, with its papers."""
    folder = tmp_path_factory.mktemp("office")
    text = CONFIG.format(login=actor())
    (folder / "pipeline.toml").write_text(text, encoding="utf-8")
    call = ["--phone", "--content", "Дитина сама.", "--subject", "Вигаданюк Іван"]
    assert _at(folder)("add", *call).exit_code == 0
    connections.close_all()
    return folder


@pytest.fixture
def run(prepared: Path, tmp_path: Path) -> Iterator[Run]:
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    yield _at(tmp_path)
    connections.close_all()


def test_one_asks_another_confirms_and_nothing_is_left(run: Run, tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert "ніхто не просив" in run("journal", "erase", 1).output
    assert run("journal", "erase", 1, "--confirm", *ORDER).exit_code == 2
    assert isinstance(run("journal", "erase", 1, "--confirm").exception, JournalError)
    asked = run("journal", "erase", 1, *ORDER).output
    assert "рішення суду № 5" in asked
    assert "Ще нічого не стерто" in asked
    assert isinstance(run("journal", "erase", 1, "--confirm").exception, JournalError)
    for one in [*data.rglob("originals/*/*"), *data.rglob("*.pdf")]:
        os.utime(one, (0, 0))
    assert list(data.rglob("*.pdf"))
    done = run("journal", "erase", 1, "--confirm", as_="golova").output
    assert "підтверджено – golova" in done
    assert "резервних копій" in done
    assert not [*data.rglob("originals/*/*"), *data.rglob("*.pdf"), *data.rglob("*.docx")]
    # Not one byte of the database's file holds the words any more.
    kept = (data / "journal.sqlite3").read_bytes().decode("utf-8", "replace").lower()
    assert [word for word in ("вигаданюк", "дитина сама") if word in kept] == []
    (order,) = json.loads(run("journal", "erase", 1, "--json").output)
    assert (order["confirmed_by"], order["done_at"] is None) == ("golova", False)
    shown = run("journal", "show", 1).output
    assert "ЗМІСТ СТЕРТО" in shown
    assert "Вигаданюк" not in shown
    assert "стерто" in run("journal", "list").output
    assert json.loads(run("journal", "show", 1, "--json").output)["erased"]
    assert run("journal", "verify").exit_code == 0
    for words in (["case", "record", "visited", 1], ["journal", "erase", 1, *ORDER]):
        assert isinstance(run(*words).exception, JournalError), words


@pytest.mark.parametrize(
    ("login", "words"),
    [("klerk", ORDER), ("klerk", ["--confirm"]), ("golova", ORDER)],
)
def test_others_may_neither_ask_nor_confirm(run: Run, login: str, words: list[str]) -> None:
    assert isinstance(run("journal", "erase", 1, *words, as_=login).exception, NotAllowedError)


def test_each_pass_ends_what_waits_and_once_a_day_lets_mail_go(tmp_path: Path, run: Run) -> None:
    from journal.models import Erasure

    config = load_config(tmp_path / "pipeline.toml")
    run("journal", "erase", 1, *ORDER)
    assert "протягом години" in run("journal", "erase", 1, "--confirm", as_="golova").output
    now = datetime.now(config.zone) + timedelta(hours=2)
    letter = tmp_path / "auto.eml"
    letter.write_bytes(b"From: a@example.org\nAuto-Submitted: auto-replied\nSubject: Re\n\nx\n")
    assert run("add", letter).exit_code == 0
    for one in (tmp_path / "data" / "originals").rglob("*"):
        os.utime(one, (0, 0))
    with open_pipeline(config, lambda: now) as pipeline:
        run_once(pipeline, ())
        assert Erasure.objects.get().done_at is not None
    stored = tmp_path / "data" / "originals"
    left = [one for one in stored.rglob("*") if one.is_file()]
    assert left
    with open_pipeline(config, lambda: now + timedelta(days=31)) as pipeline:
        run_once(pipeline, ())
    assert [one for one in stored.rglob("*") if one.is_file()] == []
    assert run("journal", "verify").exit_code == 0
