"""``opika family`` as a clerk meets it."""

from __future__ import annotations

import tests.django_ready  # noqa: F401 # isort: skip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.db import connections

from opika.cli import opika
from opika.errors import JournalError

CONFIG = '[[office]]\nkey = "ssd"\nname = "Служба"\n\n[[office]]\nkey = "css"\nname = "Центр"\n'
HOME = "с. Вигадане, вул. Нова, буд. 5"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    (tmp_path / "pipeline.toml").write_text(CONFIG, encoding="utf-8")
    yield tmp_path
    connections.close_all()


def _run(folder: Path, *words: object) -> Result:
    config = ["--config", str(folder / "pipeline.toml")]
    return CliRunner().invoke(opika, [*config, *map(str, words)])


def _register(folder: Path, *subjects: str) -> None:
    """Entries about families of one home, without the time that their papers take."""
    from opika.config_file import load_config
    from opika.pipeline import open_pipeline
    from tests.journal.office_day import registered, stored, values

    config = load_config(folder / "pipeline.toml", None)
    with open_pipeline(config):
        for n, subject in enumerate(subjects):
            name = subject.split(",")[0]
            persons = [{"name": name, "birth_date": None, "age": 9}]
            form = values(subject=subject, persons=persons, outgoing_number=str(n), address=HOME)
            registered(form)
    stored(config.data)


def _json(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def test_a_clerk_joins_a_family_keeps_another_apart_and_counts(folder: Path) -> None:
    _register(folder, "Вигаданюк Іван, 9 років", "Вигаданюка Івана", "Інакшенко Марія, 9 років")
    listed = _run(folder, "family", "list").output
    assert "те саме прізвище; те саме ім’я і вік; та сама адреса" in listed
    proposed = _json(_run(folder, "family", "list", "--json"))
    assert [(one["newer"]["number"], one["older"]["number"]) for one in proposed] == [
        ("2", "1"),
        ("3", "2"),
        ("3", "1"),
    ]
    assert proposed[0]["score"] == 95

    said = _run(folder, "family", "same", 2, "1/2026", "--why", "свідоцтва").output
    assert said.startswith("№ 2 (2026) і № 1 (2026) – одна сім’я.")
    assert "перейшли: № 2 (2026)" in said
    again = _run(folder, "family", "same", 1, 2, "--why", "свідоцтва")
    assert (again.exit_code, again.output) == (0, "№ 1 (2026) і № 2 (2026) уже в одній справі.\n")
    kept = _run(folder, "family", "apart", 3, 1, "--why", "сусіди").output
    assert "різні сім’ї" in kept
    assert _json(_run(folder, "family", "list", "--json")) == []

    shown = _json(_run(folder, "family", "show", 2, "--json"))
    assert [(one["number"], one["ordinal"]) for one in shown["entries"]] == [("1", 1), ("2", 2)]
    assert "Вигаданюка Івана" in _run(folder, "family", "show", 1).output
    page = _run(folder, "journal", "show", 2).output
    assert "Повторне: 2-ге повідомлення щодо цієї сім’ї" in page
    assert "\nТа сама сім’я\n" in page
    period = ("--from", "2026-01-01", "--to", "31.12.2027")
    assert _json(_run(folder, "family", "repeats", *period, "--json")) == {
        "entries": 3,
        "families": 2,
        "repeated": 1,
        "third_and_more": 0,
        "families_again": 1,
    }
    assert "повторних 1, щодо сімей 1" in _run(folder, "family", "repeats", *period).output

    assert "власній справі" in _run(folder, "family", "apart", 2, "--why", "помилка").output
    assert "Немає записів" in _run(folder, "family", "list").output
    assert _run(folder, "journal", "verify").exit_code == 0


@pytest.mark.parametrize(
    ("words", "exit_code", "said"),
    [
        (("same", 1, 2), 2, "--why"),
        (("same", 1, "2026/1", "--why", "так"), 2, "номер і рік"),
        (("repeats", "--from", "2026-02-01", "--to", "2026-01-01"), 2, "не раніше"),
        (("repeats", "--from", "вчора", "--to", "2026-01-01"), 2, "вчора"),
        (("list", "--office", "abc"), 2, "abc"),
        (("same", 1, 1, "--why", "так"), 1, "той самий запис"),
        (("same", 1, 9, "--why", "так"), 1, "немає"),
        (("apart", 1, "--why", "так"), 1, "у власній справі"),
        (("same", 1, 2, "--why", " "), 1, "підставу"),
    ],
)
def test_wrong_input_is_answered_in_words(
    folder: Path, words: tuple[object, ...], exit_code: int, said: str
) -> None:
    _register(folder, "Вигаданюк Іван, 9 років", "Інакшенко Марія, 9 років")
    result = _run(folder, "family", *words)
    if exit_code == 1:
        assert isinstance(result.exception, JournalError)
        assert said in result.exception.clerk_message
    else:
        assert result.exit_code == exit_code
        assert said in result.output
