"""Letters whose ground has gone: they say so, a clerk is told how to be rid of them, none is twice."""

from __future__ import annotations

import tests.django_ready  # noqa: F401 # isort: skip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.db import connections

from opika.cli import opika
from opika.errors import JournalError

CONFIG = """\
[[office]]
key = "ssd"
name = "Служба у справах дітей"
address = "вул. Вигадана, 1"
email = "ssd@example.ua"
head = { name = "Олена ПРИКЛАДЕНКО", position = "Начальник служби" }

[[office]]
key = "css"
name = "Центр соціальних служб"
email = "css@example.ua"

[[partner]]
key = "police"
name = "Відділ поліції"
kind = "police"

[[partner]]
key = "cpmsd"
name = "Центр первинної допомоги"
kind = "cpmsd"
"""
CALL = (
    *("--phone", "--received-at", "вчора о 15:00", "--content", "Дитина не відвідує школу."),
    *("--subject", "Вигаданюк Іван, 5 років", "--sender", "Гімназія с. Вигадане"),
    *("--sender-email", "gym@example.ua"),
)
DANGER = "content=Батько б’є дитину, у хлопчика синці, він просить про допомогу."
NOTICE = "urgent_visit_notice"


class Clerk:
    def __init__(self, folder: Path) -> None:
        self.config = folder / "pipeline.toml"
        self.config.write_text(CONFIG, encoding="utf-8")

    def __call__(self, *words: object) -> Result:
        return CliRunner().invoke(opika, ["--config", str(self.config), *map(str, words)])

    def documents(self) -> list[dict[str, Any]]:
        found = json.loads(self("journal", "show", 1, "--json").output)["documents"]
        return [one for one in found if one["index"]]

    def notices(self) -> list[tuple[int, str, bool]]:
        found = [one for one in self.documents() if one["kind"] == NOTICE]
        return [(one["id"], one["state"], one["needed"]) for one in found]


@pytest.fixture
def clerk(tmp_path: Path) -> Iterator[Clerk]:
    yield Clerk(tmp_path)
    connections.close_all()


@pytest.mark.long
def test_a_danger_that_comes_later_and_is_calmed_leaves_no_letter_in_silence(clerk: Clerk) -> None:
    assert clerk("add", *CALL).exit_code == 0
    assert clerk.notices() == []
    assert clerk("journal", "correct", 1, DANGER, "--why", "уточнено дзвінком").exit_code == 0
    assert clerk("once").exit_code == 0
    first = clerk.notices()
    assert [(state, needed) for _, state, needed in first] == [("draft", True)] * 3
    numbers = {one["index"] for one in clerk.documents()}
    # Whatever asks for them again, each of them is there once.
    assert clerk("draft", NOTICE, 1).exit_code == 0
    assert clerk("journal", "correct", 1, "address=с. Нове", "--why", "уточнено").exit_code == 0
    assert clerk("once").exit_code == 0
    assert clerk.notices() == first
    assert {one["index"] for one in clerk.documents()} == numbers
    assert max(Counter(one["index"] for one in clerk.documents()).values()) == 1

    one, two, three = (document for document, _, _ in first)
    assert "Увага" not in clerk("approve", one).output
    assert clerk("case", "calm", 1, "--why", "сварка сусідів").exit_code == 0
    assert clerk("once").exit_code == 0
    assert clerk.notices() == [
        (one, "approved", False),
        (two, "draft", False),
        (three, "draft", False),
    ]
    said = clerk("journal", "show", 1).output
    assert said.count("за нинішніми даними не потрібен") == 3
    assert "--anew" not in said
    assert "Увага" in clerk("approve", two).output
    for document in (one, two, three):
        assert f"opika journal void --document {document} --why" in said
        voided = clerk("journal", "void", "--document", document, "--why", "загрози немає")
        assert "номер залишається в реєстрі" in voided.output
    assert "не потрібен" not in clerk("journal", "show", 1).output
    assert clerk("once").exit_code == 0
    assert {state for _, state, _ in clerk.notices()} == {"void"}

    # A new danger calls for new ones, under numbers of their own.
    assert clerk("case", "record", "threat_confirmed", 1).exit_code == 0
    assert clerk("once").exit_code == 0
    assert [state for _, state, _ in clerk.notices()] == ["void"] * 3 + ["draft"] * 3
    assert max(Counter(one["index"] for one in clerk.documents()).values()) == 1
    assert clerk("journal", "verify").exit_code == 0


def test_a_letter_that_has_lost_its_addressee_says_so(clerk: Clerk) -> None:
    clerk("add", *CALL)
    (reply,) = [one for one in clerk.documents() if one["kind"] == "registration_reply"]
    changed = clerk("journal", "correct", 1, "sender=", "reporter=", "--why", "анонімно")
    assert changed.exit_code == 0
    clerk("once")
    assert f"void --document {reply['id']}" in clerk("journal", "show", 1).output
    refused = clerk("approve", reply["id"]).exception
    assert isinstance(refused, JournalError)
    assert f"void --document {reply['id']}" in refused.clerk_message
    assert clerk("journal", "void", "--document", reply["id"], "--why", "анонімно").exit_code == 0


def test_void_names_one_thing(clerk: Clerk) -> None:
    assert clerk("journal", "void", "--why", "x").exit_code == 2
    assert clerk("journal", "void", 1, "--document", 1, "--why", "x").exit_code == 2
    assert isinstance(
        clerk("journal", "void", "--document", 9, "--why", "x").exception, JournalError
    )
