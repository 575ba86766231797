"""``opika journal correct``, ``differences`` and what follows from them, as a clerk meets it."""

from __future__ import annotations

import tests.django_ready  # noqa: F401 # isort: skip
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.db import connections

from opika.cli import opika
from opika.errors import BadValueError, JournalError, NotAllowedError, NotFoundError
from opika.pipeline import actor
from tests.forms.documents import make_docx, write_docx

CONFIG = """\
[[office]]
key = "ssd"
name = "Служба у справах дітей"
address = "вул. Вигадана, 1"
email = "ssd@example.ua"
head = { name = "Олена ПРИКЛАДЕНКО", position = "Начальник служби" }

[[office]]
key = "css"
name = "Центр"
"""
CALL = (
    *("--phone", "--received-at", "вчора о 15:00", "--content", "Дитина не відвідує школу."),
    *("--subject", "Вигаданюк Іван, 5 років", "--sender", "Гімназія с. Вигадане"),
    *("--sender-email", "gym@example.ua"),
)
Run = Callable[..., Result]


def _runner(folder: Path) -> Run:
    def run(*words: object) -> Result:
        config = ["--config", str(folder / "pipeline.toml")]
        return CliRunner().invoke(opika, [*config, *map(str, words)])

    return run


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with one entry whose letters are drafted; making its papers takes seconds."""
    folder = tmp_path_factory.mktemp("office") / "office"
    folder.mkdir()
    (folder / "pipeline.toml").write_text(CONFIG, encoding="utf-8")
    assert _runner(folder)("add", *CALL).exit_code == 0
    connections.close_all()
    return folder


@pytest.fixture
def run(prepared: Path, tmp_path: Path) -> Iterator[Run]:
    """Runs ``opika`` on the office, which is the test's own."""
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    yield _runner(tmp_path)
    connections.close_all()


def _json(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def _letter(run: Run, kind: str = "registration_reply") -> dict[str, Any]:
    """The newest letter of a kind."""
    documents = _json(run("journal", "show", 1, "--json"))["documents"]
    found: dict[str, Any] = [one for one in documents if one["kind"] == kind][-1]
    return found


def test_a_field_is_corrected_shown_and_compared_and_an_approved_letter_is_written_anew(
    run: Run,
) -> None:
    assert run("approve", _letter(run)["id"]).exit_code == 0
    said = run(
        *("journal", "correct", 1, "Про кого=Вигаданюк Іван, 6 років", "basis=візит"),
        *("--why", "звірено зі свідоцтвом"),
    ).output
    assert "Виправлено запис № 1 (" in said
    assert "  Особи\n    було:  Вигаданюк Іван, повних років: 5\n    стало: Вигаданюк" in said
    assert "  За результатами\n    було:  –\n    стало: візит\n" in said
    assert "--anew --why" in said

    shown = run("journal", "show", 1).output
    assert "виправлено працівником" in shown
    assert "Про кого, Особи, За результатами" in shown
    assert "погоджено, застарів" in shown
    listed = _json(run("journal", "differences", 1, "--json"))
    assert [(one["revision"], one["by_hand"], one["who"]) for one in listed] == [
        (1, False, actor()),
        (2, True, actor()),
    ]
    assert listed[1]["why"] == "звірено зі свідоцтвом"
    assert listed[1]["changes"]["basis"] == {"old": None, "new": "візит"}
    told = run("journal", "differences", 1).output
    assert "Підстава: звірено зі свідоцтвом" in told
    assert "надходження 1" in told
    assert "стало: візит" in run("journal", "differences", 1, 1).output
    assert "Відмінностей немає." in run("journal", "differences", 1, 2, 2).output

    stuck = run("draft", "registration_reply", 1).exception
    assert isinstance(stuck, JournalError)
    assert "opika draft registration_reply 1 --year" in stuck.clerk_message
    (listed_letter,) = _json(run("send", "--list", "--json"))
    assert "--anew" in listed_letter["reason"]
    no_reason = run("draft", "registration_reply", 1, "--anew").exception
    assert isinstance(no_reason, JournalError)
    anew = _json(
        run("draft", "registration_reply", 1, "--anew", "--why", "дані виправлено", "--json")
    )
    assert anew["state"] == "draft"
    states = [one["state"] for one in _json(run("journal", "show", 1, "--json"))["documents"]]
    assert states.count("void") == 1
    again = run("draft", "registration_reply", 1, "--anew", "--why", "ще раз").exception
    assert isinstance(again, JournalError)
    assert run("journal", "verify").exit_code == 0


def test_a_threat_and_the_moment_at_which_a_call_was_taken_move_its_clocks(run: Run) -> None:
    def clock(key: str) -> dict[str, Any]:
        clocks = _json(run("journal", "show", 1, "--json"))["deadlines"]
        found: dict[str, Any] = next(one for one in clocks if one["key"] == key)
        return found

    before = clock("register")
    content = "Зміст=Батько б’є дитину, у хлопчика синці, він просить про допомогу."
    said = run("journal", "correct", 1, "accepted_time=09:30", content, "--why", "недочули").output
    assert "запис позначено як ТЕРМІНОВИЙ" in said
    assert "Строк змінено: терміновий візит, до " in said
    assert "ТЕРМІНОВО" in run("journal", "list").output
    assert clock("urgent_visit")["starts"][11:16] == "09:30"
    after = clock("register")
    assert before["starts"][11:16] == "15:00"
    assert (after["starts"][11:16], after["done"]) == ("09:30", before["done"])
    assert "09:30" in after["steps"]
    refused = run("journal", "correct", 1, "accepted_date=сьогодні", "accepted_time=23:59")
    assert isinstance(refused.exception, JournalError)
    # The call came at 15:00, as was written first; a visit before it is possible only now.
    assert run("case", "record", "visited", 1, "--at", "вчора о 12:00").exit_code == 0
    late = run("journal", "correct", 1, "accepted_time=14:00", "--why", "ще раз").exception
    assert isinstance(late, JournalError)
    assert "не могли прийняти пізніше" in late.clerk_message
    assert run("journal", "verify").exit_code == 0


@pytest.mark.parametrize(
    ("words", "fault", "named"),
    [
        (["1", "adress=х", "--why", "x"], BadValueError, "Місце проживання"),
        (["1", "outgoing_date=31.02", "--why", "x"], BadValueError, "Вихідна дата"),
        (["1", "content=", "--why", "x"], BadValueError, "порожнім"),
        (["1", "basis=візит"], JournalError, "--why"),
        (["1", "--confirm", "adress"], BadValueError, "Місце проживання"),
        (["8", "basis=візит", "--why", "x"], NotFoundError, "немає"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    run: Run, words: list[str], fault: type[Exception], named: str
) -> None:
    refused = run("journal", "correct", *words).exception
    assert isinstance(refused, fault)
    assert named in refused.clerk_message  # type: ignore[attr-defined]
    assert len(_json(run("journal", "differences", 1, "--json"))) == 1


@pytest.mark.parametrize(
    "words",
    [
        ["correct", "1"],
        ["correct", "1", "basis", "--why", "x"],
        ["correct", "1", "basis=а", "basis=б", "--why", "x"],
        ["differences", "1", "9"],
        ["differences", "1", "0"],
    ],
)
def test_wrong_usage_ends_with_2(run: Run, words: list[str]) -> None:
    assert run("journal", *words).exit_code == 2


def test_a_form_that_is_sent_again_with_changes_is_shown_with_them_and_undoes_no_correction(
    run: Run, tmp_path: Path
) -> None:
    made = make_docx(Random(4), "tune", "faithful")
    (facts,) = made.facts
    (tmp_path / "first.docx").write_bytes(made.data)
    assert "Надходження" in run("add", tmp_path / "first.docx").output
    said = run(
        *("journal", "correct", 2, "address=с. Виправлене", "subject=Вигаданюк Іван, l5 років"),
        *("Від=Таємничук Ольга, сусідка", "--why", "Таємничук подзвонила"),
    ).output
    assert "Перевірте поле «Особи»" in said
    assert "? Особи" in run("journal", "show", 2).output
    confirmed = run("journal", "correct", 2, "--confirm", "persons").output
    assert confirmed == "Перевіряти більше не треба: Особи.\n"
    assert "Нічого не змінено" in run("journal", "correct", 2, "--confirm", "Особи").output

    news = replace(facts, address="с. Нововигадане", measures_taken="Викликано поліцію.")
    (tmp_path / "again.docx").write_bytes(write_docx(Random(4), made.habits, (news,)))
    assert run("add", tmp_path / "again.docx").exit_code == 0
    page = run("journal", "show", 2).output
    assert "? Місце проживання: с. Виправлене\n    надійшло інше (" in page
    assert "    с. Нововигадане\n" in page
    assert "? Вжиті заходи: Викликано поліцію.\n" in page
    assert "  Про кого: Вигаданюк Іван, l5 років\n" in page
    told = run("journal", "differences", 2).output
    assert f"    було:  {facts.measures_taken}\n    стало: Викликано поліцію.\n" in told
    assert "Місце проживання – виправлене працівником залишено\n    надійшло: с. Ново" in told
    last = _json(run("journal", "differences", 2, "--json"))[-1]
    assert last["disputed"] == {"address": "с. Нововигадане"}
    assert (last["by_hand"], last["arrival"]["id"], list(last["changes"])) == (
        False,
        3,
        ["measures_taken"],
    )
    assert run("journal", "verify").exit_code == 0

    user = f'\n[[user]]\nlogin = "{actor()}"\nname = "Прикладенко Олена"\nrole = "auditor"\n'
    (tmp_path / "pipeline.toml").write_text(CONFIG + user, encoding="utf-8")
    for words in (["differences", 2], ["differences", 2, 1], ["differences", 2, "--json"]):
        seen = run("journal", *words)
        assert seen.exit_code == 0
        assert "l5 років" in seen.output
        assert "Таємничук" not in seen.output
    assert "Таємничук" not in run("journal", "show", 2).output
    refused = run("journal", "correct", 2, "basis=візит", "--why", "x").exception
    assert isinstance(refused, NotAllowedError)
