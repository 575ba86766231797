"""``opika packet``: what the Commission's secretary sees before a meeting."""

from __future__ import annotations

import tests.django_ready  # noqa: F401 # isort: skip
import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pypdfium2  # type: ignore[import-untyped]
import pytest
from click.testing import CliRunner, Result
from django.db import connections
from PIL import Image

from opika.cli import opika
from opika.errors import JournalError
from tests.generators.small_templates import words

CONFIG = '[[office]]\nkey = "ssd"\nname = "Служба"\n\n[[office]]\nkey = "css"\nname = "Центр"\n'
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    (tmp_path / "pipeline.toml").write_text(CONFIG, encoding="utf-8")

    def run(*words: object) -> Result:
        config = ["--config", str(tmp_path / "pipeline.toml")]
        return CliRunner().invoke(opika, [*config, *map(str, words)])

    yield run
    connections.close_all()


def done(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.output


def call(run: Run, name: str, content: str = "Дитина не відвідує школу.") -> None:
    told = (
        "--content",
        content,
        "--subject",
        f"{name} Іван, 5 років",
        "--reporter",
        "Сусідченко Г.",
    )
    done(run("add", "--phone", *told))


def listed(run: Run, day: date) -> tuple[dict[str, Any], dict[str, Any]]:
    """The cases by index: ready, not ready."""
    found = json.loads(done(run("packet", day.isoformat(), "--list", "--json")))
    ready, waiting = ({one["index"]: one for one in found[key]} for key in ("ready", "not_ready"))
    return ready, waiting


def test_secretary_sees_what_is_ready_and_what_the_others_lack(run: Run, tmp_path: Path) -> None:
    today = datetime.now(ZoneInfo("Europe/Kyiv")).date()
    call(run, "Готовенко")
    call(run, "Вигаданюк", "Батько б’є дитину, у хлопчика синці, він просить про допомогу.")
    lacks = listed(run, today)[1]["1"]["missing"]
    assert len(lacks) == 1 and lacks[0].startswith("немає висновку ЦСС про потреби сім’ї")
    # What is due meanwhile keeps a case from a later meeting.
    assert "запит" in "".join(listed(run, today + timedelta(days=14))[1]["1"]["missing"])
    for n in (1, 2):
        done(run("case", "record", "request_sent", n))
        done(run("case", "record", "conclusion_received", n))
    ready, waiting = listed(run, today)
    assert (set(ready), set(waiting)) == ({"1"}, {"2"})
    assert waiting["2"]["missing"][0].startswith(
        "не записано невідкладного візиту (повідомлення № 2"
    )
    shown = done(run("packet", f"{today:%d.%m.%Y}", "--list"))
    assert "Готовенко" in shown and "бракує: не записано невідкладного" in shown
    assert "Сусідченко" not in shown + json.dumps([ready, waiting], ensure_ascii=False)

    _answers_are_filed(run, tmp_path)
    _packet_is_made_for_us_alone_and_the_same_again(run, today)
    done(run("journal", "void", 2, "--why", "записано помилково"))
    done(run("case", "record", "commission_decided", 1, "decision=надати послуги"))
    # The packet of that meeting stays as it was.
    assert [set(cases) for cases in listed(run, today)] == [{"1"}, set()]
    assert listed(run, today + timedelta(days=1)) == ({}, {})


def test_without_cases_and_with_a_day_that_is_none_it_says_so(run: Run) -> None:
    assert "Готові до засідання 20.03.2026: 0" in done(run("packet", "20.03.2026", "--list"))
    wrong = run("packet", "31.02.2026", "--list")
    assert wrong.exit_code == 2 and "не відповідає" in wrong.output
    assert run("packet", "20.03.2026", "--list", "--office", "xx").exit_code == 2
    nothing = run("packet", "20.03.2026")
    assert nothing.exit_code == 1 and isinstance(nothing.exception, JournalError)


def _answers_are_filed(run: Run, folder: Path) -> None:
    """A scan of the conclusion, and what cannot be printed, come for entry 1."""
    Image.new("L", (600, 800), 255).save(folder / "scan.pdf", "PDF")
    (folder / "notes.zip").write_bytes(b"PK\x05\x06" + b"\0" * 18)
    for name in ("scan.pdf", "notes.zip"):
        run("add", folder / name)
    waiting = json.loads(done(run("triage", "list", "--json")))
    assert len(waiting) == 2
    for one in waiting:
        done(run("triage", "file", one["id"], 1, "--why", "відповідь ЦСС"))


def _packet_is_made_for_us_alone_and_the_same_again(run: Run, today: date) -> None:
    words_of = ("packet", today.isoformat(), "--time", "10:00", "--json")
    made = json.loads(done(run(*words_of)))
    paths = [Path(made["folder"]) / name for name in made["files"]]
    assert {path.stat().st_mode & 0o777 for path in paths} == {0o600}
    first = [path.read_bytes() for path in paths]
    assert [path.read_bytes() for path in paths if done(run(*words_of))] == first
    text = {
        path.name: " ".join(words(path.read_bytes())) for path in paths if path.suffix == ".docx"
    }
    assert "Готовенко" in text["agenda.docx"] and "10:00" in text["minutes.docx"]
    assert "не відвідує школу" in text["case-01-brief.docx"]
    assert not any("Сусідченко" in one for one in text.values())
    packet = next(path for path in paths if path.name == "packet.pdf").read_bytes()
    with pypdfium2.PdfDocument(packet) as opened:
        pages = [page.get_textpage().get_text_range() for page in opened]
    assert f"Пакет, с. {len(pages)} із {len(pages)}" in pages[-1]
    assert not any("Сусідченко" in page for page in pages)
    (papers,) = (" ".join(page.split()) for page in pages if "ОПИС МАТЕРІАЛІВ" in page)
    assert papers.count("Відповідь, долучена до справи") == 2
    assert "не друкується: файл іншого виду" in papers
    assert "додайте з паперової справи" in papers
    assert "Готовенко" not in text["publication.docx"] and "№ 1." in text["publication.docx"]
    # What a secretary has edited is not lost in silence.
    paths[0].write_bytes(first[1])
    refused = run(*words_of)
    assert refused.exit_code == 1 and "--again" in str(refused.exception.clerk_message)  # type: ignore[union-attr]
    done(run(*words_of, "--again"))
    assert paths[0].read_bytes() == first[0]
    done(run("journal", "verify"))
    assert "пакет до засідання" in done(run("journal", "views", 1))
