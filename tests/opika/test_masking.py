"""Who sees what: every command that shows something, for eyes that may not see it all."""

from __future__ import annotations

import tests.django_ready  # noqa: F401 # isort: skip
import ast
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from django.db import connections

from journal.database import offices, open_journal
from opika.cli import opika
from opika.commands.common import Where, config_of
from opika.config import PROJECT
from opika.errors import NotFoundError
from opika.people import who
from opika.pipeline import actor
from rules.roles import EVERYTHING
from tests.journal.office_day import (
    NOW,
    arrival,
    outgoing,
    read,
    registered,
    rules,
    unpack,
    values,
)

CONFIG = """\
[[office]]
key = "ssd"
name = "Служба"

[[office]]
key = "css"
name = "Центр"
"""
LISTINGS = [
    ["journal", "list"],
    ["journal", "search", "Вигаданюк"],
    ["case", "show", "1"],
    ["due"],
    ["register", "list"],
    ["register", "list", "notifications"],
    ["register", "list", "outgoing"],
    ["triage", "list", "--all"],
    ["triage", "show", "1"],
    ["triage", "show", "3"],
    ["send", "--list"],
    ["status"],
    ["contact", "list"],
    ["family", "list"],
    ["family", "show", "1"],
    ["family", "repeats", "--from", "2026-01-01", "--to", "2026-12-31"],
    ["journal", "differences", "1"],
    ["journal", "differences", "1", "1"],
    # Last: it shows the whole history, also of what was done above.
    ["journal", "show", "1"],
]
SECRETS = ["Сусідченк", "Ганн", "1234567", "hanna"]
NOTICE = {
    "sender": None,
    "recipient": "Служба у справах дітей",
    "content": "Сусідченко Ганна Петрівна (т. 067 123-45-67) чула крик; її чоловік теж.",
    "subject": "Вигаданюк Іван, 5 років",
    "reporter": "Сусідченко Ганна Петрівна, тел. 0671234567, hanna@example.org",
    "reporter_kinds": ["neighbours"],
    "sender_email": "hanna@example.org",
}
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A notice of a neighbour, one through the other office's box, and a letter in triage."""
    folder = tmp_path_factory.mktemp("journal")
    open_journal(folder)
    offices([("ssd", "Служба"), ("css", "Центр")])
    from journal import contacts, documents, placing

    entry = registered(values(**NOTICE)).entry_id
    registered(values(subject="Чужинчук Петро, 7 років", outgoing_number="9"), "css")
    context = {"адресат": ["Сусідченко Ганні", "hanna@example.org"]}
    new = documents.NewDocument(entry, "ssd", "registration_reply", "reply", context)
    documents.new_document(new, series=outgoing(), now=NOW, actor="тест")
    contacts.propose("ssd", "Сусідченко", "hanna@example.org", now=NOW, actor="тест")
    letter = arrival()
    read(unpack(letter, [("body", "лист")], subject="Сусідченко")[0], text="Сусідченко Ганна")
    placing.place(letter, now=NOW, actor="тест", rules=rules())
    connections.close_all()
    return folder


@pytest.fixture
def run(journal: Path, tmp_path: Path) -> Iterator[Run]:
    (tmp_path / "pipeline.toml").write_text(CONFIG, encoding="utf-8")
    shutil.copytree(journal, tmp_path / "data")

    def run(*words: object) -> Result:
        config = ["--config", str(tmp_path / "pipeline.toml")]
        return CliRunner().invoke(opika, [*config, *map(str, words)])

    noted = run("case", "record", "visited", "1", "note=Сусідченко Ганна впустила нас")
    assert noted.exit_code == 0, noted.exception
    yield run
    connections.close_all()


def become(tmp_path: Path, role: str, more: str = "") -> None:
    user = f'\n[[user]]\nlogin = "{actor()}"\nrole = "{role}"\n{more}\n'
    (tmp_path / "pipeline.toml").write_text(CONFIG + user, encoding="utf-8")


def shown(run: Run, words: list[str], *more: str) -> str:
    result = run(*words, *more)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.output, words
    return result.output


def test_who_need_not_know_the_reporter_finds_neither_name_nor_contacts(
    run: Run, tmp_path: Path
) -> None:
    everything = "".join(shown(run, words, "--json") for words in LISTINGS)
    assert all(secret in everything for secret in SECRETS)
    become(tmp_path, "auditor", 'office = "ssd"')
    for words in LISTINGS:
        for form in (["--json"], []):
            text = shown(run, words, *form)
            assert [secret for secret in SECRETS if secret in text] == [], (words, text)
    card = json.loads(shown(run, ["journal", "show", "1", "--json"]))
    assert card["form"]["content"] == (
        "[заявника приховано] (т. [заявника приховано]) чула крик; її чоловік теж."
    )
    assert (card["form"]["reporter"], card["form"]["reporter_kinds"]) == (
        "[заявника приховано]",
        [],
    )
    assert card["subject"] == NOTICE["subject"]
    assert card["form"]["recipient"] == NOTICE["recipient"]


def test_who_reported_cannot_be_searched_for_either(run: Run, tmp_path: Path) -> None:
    questions = ["Сусідченко", "0671234567", "hanna@example.org", "впустила Ганна"]
    for question in questions:
        assert "Знайдено: 1" in shown(run, ["journal", "search", question])
    become(tmp_path, "auditor")
    for question in questions:
        assert shown(run, ["journal", "search", question]) == "Нічого не знайдено.\n"
    assert "Знайдено: 1" in shown(run, ["journal", "search", "крик"])


def test_an_office_sees_its_own_and_what_is_granted(run: Run, tmp_path: Path) -> None:
    become(tmp_path, "clerk", 'office = "css"')
    for words in LISTINGS:
        if not {"show", "differences"} & set(words):
            assert "Вигаданюк" not in shown(run, words, "--json"), words
    assert "Чужинчук" in shown(run, ["journal", "list"])
    assert "Чужинчук" in shown(run, ["journal", "search", "років"])
    # It lies in the other office's journal, but came through a box of theirs.
    assert "Чужинчук" in shown(run, ["journal", "show", "2"])
    for words in (
        ["journal", "show", "1"],
        ["case", "show", "1"],
        ["case", "record", "visited", "1"],
        ["draft", "registration_reply", "1"],
        ["triage", "show", "1"],
        ["triage", "show", "3"],
        ["triage", "dismiss", "3", "--reason", "так"],
        ["case", "undo", "1", "--why", "так"],
        ["send", "1"],
    ):
        assert isinstance(run(*words).exception, NotFoundError), words
    assert run("journal", "export", "--office", "ssd").exit_code == 2
    become(tmp_path, "clerk", 'office = "css"\nsees = ["ssd"]')
    assert "Вигаданюк" in shown(run, ["journal", "list"])


@pytest.mark.parametrize("register", ["notifications", "outgoing"])
def test_a_printed_book_hides_as_much(run: Run, tmp_path: Path, register: str) -> None:
    become(tmp_path, "secretary")
    path = json.loads(shown(run, ["journal", "export", "--register", register, "--json"]))["file"]
    page = openpyxl.load_workbook(path).worksheets[0]
    text = " ".join(str(cell.value) for line in page.iter_rows() for cell in line)
    assert [secret for secret in SECRETS if secret in text] == []


def test_without_users_nothing_is_hidden(tmp_path: Path) -> None:
    (tmp_path / "pipeline.toml").write_text(CONFIG, encoding="utf-8")
    config = config_of(Where(tmp_path / "pipeline.toml", None))
    assert who(config, "anybody").eyes == EVERYTHING


def test_no_command_asks_for_an_entry_past_the_eyes_of_who_asks() -> None:
    """Whoever writes a new command is told here."""
    blind = []
    for path in sorted((PROJECT / "opika" / "commands").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            asks = name in ("listing.entry", "listing.entries", "entry_of")
            if asks and "eyes" not in ast.unparse(node) and path.name != "demo.py":
                blind.append(f"{path.name}:{node.lineno}")  # type: ignore[attr-defined]
    assert blind == []
