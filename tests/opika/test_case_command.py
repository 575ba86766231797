"""``opika case`` as a clerk meets it."""

from __future__ import annotations

import tests.django_ready  # noqa: F401 # isort: skip
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.db import connections

from opika.cli import opika
from opika.errors import BadValueError, JournalError, NotAllowedError
from opika.pipeline import actor
from rules.casework import KINDS

CONFIG = '[[office]]\nkey = "ssd"\nname = "Служба"\n\n[[office]]\nkey = "css"\nname = "Центр"\n'
URGENT = "Батько б’є дитину, у хлопчика синці, він просить про допомогу."
Run = Callable[..., Result]


def _runner(folder: Path) -> Run:
    def run(*words: object) -> Result:
        config = ["--config", str(folder / "pipeline.toml")]
        return CliRunner().invoke(opika, [*config, *map(str, words)])

    return run


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with one urgent entry; making its papers takes seconds."""
    folder = tmp_path_factory.mktemp("office") / "office"
    folder.mkdir()
    (folder / "pipeline.toml").write_text(CONFIG, encoding="utf-8")
    told = ("--content", URGENT, "--subject", "Вигаданюк Іван, 5 років", "--reporter", "сусідка")
    assert _runner(folder)("add", "--phone", *told).exit_code == 0
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


def _open(run: Run) -> set[str]:
    shown = _json(run("case", "show", 1, "--json"))
    return {
        clock["key"]
        for clock in shown["deadlines"]
        if clock["done"] is None and clock["cancelled"] is None
    }


def test_a_visit_is_recorded_and_told_with_what_it_stops_and_starts(run: Run) -> None:
    said = run("case", "record", "visited", 1, "with=police,css", "--at", "щойно").output
    assert "Записано (id 1): візит (п. 15), " in said
    assert "Зупинено: терміновий візит. Почато: акт оцінки рівня безпеки, до " in said
    assert "не було: ЦПМСД" in said
    assert _open(run) == {"assessment_request", "safety_act"}


def test_the_case_is_shown_with_stage_events_and_clocks(run: Run) -> None:
    assert "подій не записано" in run("case", "show", 1).output
    run("case", "record", "visited", 1, "with=police,css,cpmsd")
    run("case", "record", "safety_act_made", 1, "threat=no", "number=3")
    shown = run("case", "show", 1).output
    assert "візит проведено" in shown
    assert "загроза є: ні; номер документа: 3" in shown
    assert "Строки" in shown


def test_an_event_that_did_not_happen_is_taken_back_with_a_reason(run: Run) -> None:
    event = _json(run("case", "record", "request_sent", 1, "--json"))["id"]
    assert "needs_assessment" in _open(run)
    assert run("case", "undo", event).exit_code == 2
    said = run("case", "undo", event, "--why", "не той запис").output
    assert said.startswith(f"Подію {event} скасовано. Триває далі: запит про оцінку потреб, до ")
    assert "Скасовано: оцінка потреб (ЦСС)." in said
    assert _open(run) == {"assessment_request", "urgent_visit"}
    assert "скасовано" in run("case", "show", 1).output


def test_a_calmed_entry_is_urgent_no_more_and_says_why(run: Run) -> None:
    assert run("case", "calm", 1).exit_code == 2
    said = run("case", "calm", 1, "--why", "сварка сусідів, дитину оглянуто").output
    assert "терміновість знято (п. 15)" in said
    assert "Скасовано: терміновий візит." in said
    shown = _json(run("case", "show", 1, "--json"))
    assert (shown["urgent"], shown["events"][0]["kind"]) == (False, "calmed")
    assert "підстава: сварка сусідів, дитину оглянуто" in run("case", "show", 1).output
    assert isinstance(run("case", "calm", 1, "--why", "ще раз").exception, JournalError)


@pytest.mark.parametrize(
    ("words", "fault", "named"),
    [
        (["safety_act_made", 1], BadValueError, "threat=yes|no"),
        (["visited", 1, "--at", "завтра о 10:00"], BadValueError, "--at"),
        (["visited", 1, "--at", "колись"], BadValueError, "--at"),
        (["visited", 1, "--at", "позавчора о 10:00"], JournalError, "не могла статися раніше"),
        (["closed", 1], JournalError, "work_ended"),
    ],
)
def test_what_is_refused_says_what_to_do(
    run: Run, words: list[object], fault: type[Exception], named: str
) -> None:
    refused = run("case", "record", *words).exception
    assert isinstance(refused, fault)
    assert named in refused.clerk_message  # type: ignore[attr-defined]


@pytest.mark.parametrize("words", [["vizyt", 1], ["visited", 1, "police"], ["visited"]])
def test_wrong_usage_ends_with_2(run: Run, words: list[object]) -> None:
    assert run("case", "record", *words).exit_code == 2


def test_every_kind_is_listed_with_its_point_and_details(run: Run) -> None:
    said = run("case", "kinds").output
    assert all(name in said and kind.words in said for name, kind in KINDS.items())
    assert _json(run("case", "kinds", "--json"))["work_ended"]["starts"] == ["monitoring"]


def test_an_auditor_may_look_and_record_nothing(run: Run, tmp_path: Path) -> None:
    user = f'\n[[user]]\nlogin = "{actor()}"\nname = "Прикладенко Олена"\nrole = "auditor"\n'
    (tmp_path / "pipeline.toml").write_text(CONFIG + user, encoding="utf-8")
    assert run("case", "show", 1).exit_code == 0
    assert isinstance(run("case", "record", "visited", 1).exception, NotAllowedError)
    assert isinstance(run("case", "calm", 1, "--why", "ні").exception, NotAllowedError)


def test_an_order_and_an_act_get_their_numbers_with_the_event(run: Run) -> None:
    said = run("case", "record", "act_made", 1, "--numbered").output
    assert "Номер документа: " in said
    assert "Почато: реєстрація акта й рішення (ЦСС), до " in said
    (row,) = _json(run("register", "list", "acts", "--office", "css", "--json"))
    assert f"Номер документа: {row['index']}." in said
    assert row["about"] == "Акт оцінки потреб сім’ї/особи"
    assert f"№ {row['index']}" in run("case", "show", 1).output
    assert run("case", "record", "visited", 1, "--numbered").exit_code == 2
    assert _json(run("case", "record", "enrolled", 1, "--numbered", "--json"))["index"]


def test_the_number_of_an_undone_event_stays_or_becomes_void_with_it(
    run: Run, tmp_path: Path
) -> None:
    event = _json(run("case", "record", "enrolled", 1, "--numbered", "--json"))["id"]
    said = run("case", "undo", event, "--why", "не та дитина").output
    assert "залишається чинним" in said
    assert "opika register void orders 1 --office ssd --year " in said
    user = f'\n[[user]]\nlogin = "{actor()}"\nname = "Прикладенко Олена"\nrole = "clerk"\n'
    config = tmp_path / "pipeline.toml"
    config.write_text(CONFIG + user, encoding="utf-8")
    again = ("case", "undo", event, "--why", "не та дитина", "--void-number")
    assert isinstance(run(*again).exception, NotAllowedError)
    config.write_text(CONFIG, encoding="utf-8")
    assert "анульовано." in run(*again).output
    assert _json(run(*again, "--json"))["number"]["voided"] is True
    (row,) = _json(run("register", "list", "orders", "--json"))
    assert (row["voided"], row["why"]) == (True, "не та дитина")


def test_a_void_entry_is_shown_as_such(run: Run) -> None:
    assert run("journal", "void", 1, "--why", "зареєстровано двічі").exit_code == 0
    shown = run("case", "show", 1).output
    assert shown.startswith("№ 1 (")
    assert "): анульовано " in shown
    assert "opika case record" not in shown
    assert _open(run) == set()
