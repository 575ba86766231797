"""``opika journal export``: the books as files, again and again the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from opika.cli import opika

CONFIG = """\
[[office]]
key = "ssd"
name = "Служба"

[[office]]
key = "css"
name = "Центр"
"""
AUDITOR = '\n[[user]]\nlogin = "{login}"\nname = "Ревізор"\nrole = "auditor"\n'
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    (tmp_path / "pipeline.toml").write_text(CONFIG, encoding="utf-8")

    def run(*words: object) -> Result:
        config = ["--config", str(tmp_path / "pipeline.toml")]
        return CliRunner().invoke(opika, [*config, *map(str, words)])

    return run


def _export(run: Run, *words: object) -> tuple[Path, int]:
    result = run("journal", "export", "--json", *words)
    assert result.exit_code == 0, result.output
    said = json.loads(result.output)
    return Path(said["file"]), said["rows"]


def _call(run: Run, content: str = "=Дитина сама вдома.") -> None:
    words = ["--phone", "--content", content, "--subject", "Вигаданюк Іван, 5 років"]
    result = run("add", *words, "--reporter", "Сусідченко Ганна")
    assert result.exit_code == 0, result.output


def _texts(path: Path) -> list[Any]:
    page = openpyxl.load_workbook(path).worksheets[0]
    return [cell.value for line in page.iter_rows() for cell in line if cell.value]


def test_the_journal_is_printed_whole_for_us_alone_and_twice_the_same(run: Run) -> None:
    _call(run)
    _call(run)
    assert run("journal", "void", 2, "--why", "зареєстровано двічі").exit_code == 0
    assert run("register", "skip", "notifications", 3, "--why", "зіпсовано").exit_code == 0
    path, rows = _export(run)
    first = path.read_bytes()
    assert (rows, oct(path.stat().st_mode & 0o777)) == (3, "0o600")
    assert path.parent.name == "books"
    texts = _texts(path)
    assert {"1", "2\nанульовано", "3\nанульовано", "=Дитина сама вдома."} <= set(texts)
    assert any("Сусідченко" in text for text in texts)
    assert any("з них анульовано – 2" in text for text in texts)
    again, _ = _export(run)
    assert (again, again.read_bytes()) == (path, first)
    assert run("journal", "verify").exit_code == 0
    _call(run)
    assert _export(run)[0].read_bytes() != first


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_every_format_is_the_same_again(run: Run, kind: str) -> None:
    _call(run)
    path, _ = _export(run, "--format", kind)
    first = path.read_bytes()
    assert path.suffix == f".{kind}"
    assert _export(run, "--out", path)[0].read_bytes() == first


def test_a_books_file_is_named_after_office_register_and_days_alone(run: Run) -> None:
    _call(run)
    assert _export(run, "--year", 2024)[0].name == "ssd-notifications-2024.xlsx"
    days = ["--from", "01.02.2024", "--to", "2024-03-31"]
    assert _export(run, *days)[0].name == "ssd-notifications-2024-0201-0331.xlsx"
    assert _export(run, "--register", "acts", "--office", "css")[0].name.startswith("css-acts-")


def test_who_does_not_register_never_gets_the_reporter(run: Run, tmp_path: Path) -> None:
    from opika.pipeline import actor

    _call(run)
    with (tmp_path / "pipeline.toml").open("a", encoding="utf-8") as file:
        file.write(AUDITOR.format(login=actor()))
    texts = _texts(_export(run)[0])
    assert not any("Сусідченко" in str(text) for text in texts)
    assert any("Вигаданюк" in str(text) for text in texts)


def test_a_printed_notification_counts_as_looked_at(run: Run) -> None:
    _call(run)
    _export(run)
    from journal.models import Look

    assert list(Look.objects.values_list("why", flat=True)) == ["друк книги"]


def test_letters_and_acts_have_their_books(run: Run, tmp_path: Path) -> None:
    _call(run)
    paper = ["--counterpart", "Луцьке РУП", "--entry", 1]
    run("register", "add", "outgoing", "--about", "Лист до поліції", *paper)
    run("register", "add", "acts", "--office", "css", "--about", "Потребує допомоги", *paper)
    letters, _ = _export(run, "--register", "outgoing", "--out", tmp_path / "out.xlsx")
    assert letters == tmp_path / "out.xlsx"
    assert {"Лист до поліції", "Луцьке РУП"} <= set(_texts(letters))
    acts, rows = _export(run, "--register", "acts", "--office", "css")
    assert rows == 1
    assert {"Потребує допомоги", "Центр"} <= set(_texts(acts))


def test_each_register_of_the_work_has_its_book(run: Run) -> None:
    _call(run)
    run("case", "record", "visited", 1, "with=police,css")
    for kind, *told in (
        ("safety_act_made", "threat=no", "note=умови задовільні"),
        ("enrolled",),
        ("team_met", "note=продовжити супровід"),
        ("act_made", "specialist=Марія Прикладенко"),
    ):
        result = run("case", "record", kind, 1, *told, "--numbered")
        assert result.exit_code == 0, result.output
    safety = _texts(_export(run, "--register", "safety_acts")[0])
    assert {"поліція, ЦСС", "ні", "умови задовільні", "Вигаданюк Іван, 5 років"} <= set(safety)
    orders = _texts(_export(run, "--register", "orders")[0])
    assert {"Про взяття дитини на облік", "Вигаданюк Іван, 5 років"} <= set(orders)
    assert "продовжити супровід" in _texts(_export(run, "--register", "minutes")[0])
    acts = _texts(_export(run, "--register", "acts", "--office", "css")[0])
    assert {"Марія Прикладенко", "Центр"} <= set(acts)


@pytest.mark.parametrize(
    "words",
    [
        ["--register", "visits"],
        ["--office", "nobody"],
        ["--from", "01.02.2025", "--to", "01.02.2026"],
        ["--from", "02.02.2026", "--to", "01.02.2026"],
        ["--year", "2025", "--to", "01.02.2026"],
        ["--out", "book.odt"],
        ["--format", "csv"],
    ],
)
def test_what_cannot_be_printed_is_a_wrong_use(run: Run, words: list[str]) -> None:
    assert run("journal", "export", *words).exit_code == 2
