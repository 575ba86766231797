"""``opika register`` and ``opika journal void`` as a clerk meets them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from opika.cli import opika
from opika.errors import JournalError
from opika.pipeline import actor

CONFIG = """\
[[office]]
key = "ssd"
name = "Служба"

[[office]]
key = "css"
name = "Центр"

[[series]]
office = "css"
register = "acts"
mask = "А-{number}/{yy}"
first_number = 7
"""
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    (tmp_path / "pipeline.toml").write_text(CONFIG, encoding="utf-8")

    def run(*words: object) -> Result:
        config = ["--config", str(tmp_path / "pipeline.toml")]
        return CliRunner().invoke(opika, [*config, *map(str, words)])

    return run


def _json(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def _call(run: Run) -> None:
    words = ["--phone", "--content", "Дитина сама вдома.", "--subject", "Вигаданюк Іван, 5 років"]
    result = run("add", *words, "--reporter", "сусідка")
    assert result.exit_code == 0, result.output


def test_a_paper_gets_its_number_and_stands_in_its_register(run: Run) -> None:
    words = ["--about", "Акт оцінки потреб", "--dated", "02.03.2026", "--counterpart", "Вигаданюк"]
    added = run("register", "add", "acts", "--office", "css", *words)
    assert "А-7/" in added.output
    (row,) = _json(run("register", "list", "acts", "--office", "css", "--json"))
    assert (row["number"], row["dated"], row["what"]) == (7, "2026-03-02", "paper")
    shown = run("register", "list", "acts", "--office", "css").output
    assert "Акт оцінки потреб" in shown
    assert "02.03.2026" in shown


def test_numbers_are_passed_over_and_made_void_with_their_reason(run: Run) -> None:
    run("register", "add", "orders", "--about", "Наказ")
    skipped = run("register", "skip", "orders", 3, "--why", "зіпсовано в книзі")
    assert skipped.output == "Пропущено № 2–3. Наступний – 4.\n"
    assert run("register", "void", "orders", 1, "--why", "помилка").exit_code == 0
    rows = _json(run("register", "list", "orders", "--json"))
    assert [(row["number"], row["voided"], row["why"]) for row in rows] == [
        (1, True, "помилка"),
        (2, True, "зіпсовано в книзі"),
        (3, True, "зіпсовано в книзі"),
    ]
    assert "анульовано: помилка" in run("register", "list", "orders").output
    (card,) = _json(run("register", "list", "--json"))
    assert (card["first"], card["last"], card["count"], card["voided"]) == (1, 3, 3, 3)
    assert "№ 1–3" in run("register", "list").output


def test_an_entry_is_made_void_shown_as_such_and_never_gone_on_with(run: Run) -> None:
    _call(run)
    assert "Анульовано" in run("journal", "void", 1, "--why", "зареєстровано двічі").output
    assert "анульовано" in run("journal", "list").output
    assert "АНУЛЬОВАНО" in run("journal", "show", 1).output
    assert _json(run("journal", "show", 1, "--json"))["voided"]
    assert isinstance(run("add", "--complete", 1, "--content", "Ще.").exception, JournalError)
    _call(run)
    assert run("register", "void", "notifications", 2, "--why", "помилка").exit_code == 0
    rows = _json(run("register", "list", "notifications", "--json"))
    assert [(row["number"], row["why"]) for row in rows] == [
        (1, "зареєстровано двічі"),
        (2, "помилка"),
    ]
    assert run("journal", "verify").exit_code == 0


def test_a_past_year_is_closed_and_counted(run: Run) -> None:
    run("register", "skip", "minutes", 2, "--year", 2024, "--why", "паперова книга")
    words = "У реєстрі «протоколи» за 2024 рік записів – 2 (№ 1–2), з них анульовано – 2."
    assert words in run("register", "close", "minutes", 2024).output
    assert _json(run("register", "close", "minutes", 2024, "--json"))["closed_at"]
    refused = run("register", "skip", "minutes", 3, "--year", 2024, "--why", "ще")
    assert isinstance(refused.exception, JournalError)
    assert isinstance(run("register", "close", "minutes", 2999).exception, JournalError)


@pytest.mark.parametrize(
    "words",
    [
        ["add", "acts"],
        ["add", "letters", "--about", "x"],
        ["add", "acts", "--about", "x", "--office", "nobody"],
        ["void", "acts", "5", "--why", "x"],
        ["void", "acts", "5"],
        ["skip", "acts", "0", "--why", "x"],
    ],
)
def test_wrong_usage_is_told(run: Run, words: list[str]) -> None:
    assert run("register", *words).exit_code == 2


def test_a_clerk_adds_lines_but_makes_nothing_void(run: Run, tmp_path: Path) -> None:
    with (tmp_path / "pipeline.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[[user]]\nlogin = "{actor()}"\nrole = "clerk"\n')
    assert run("register", "add", "acts", "--about", "Акт").exit_code == 0
    for words in (["void", "acts", 1], ["skip", "acts", 3]):
        refused = run("register", *words, "--why", "x")
        assert "NotAllowed" in type(refused.exception).__name__


def test_a_first_number_that_is_changed_too_late_is_told(run: Run, tmp_path: Path) -> None:
    run("register", "add", "acts", "--office", "css", "--about", "Акт")
    path = tmp_path / "pipeline.toml"

    def line() -> Any:
        lines = json.loads(run("check", "--json").output)
        return next(one for one in lines if one["what"] == "Нумерація acts (css)")

    assert line()["ok"]
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("first_number = 7", "first_number = 412"), encoding="utf-8")
    assert not line()["ok"]
    assert "почато з № 7" in line()["mend"]
    assert "opika register skip acts" in line()["mend"]
