"""The program itself, as a process: exit codes, JSON by the contract, errors a clerk understands."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from opika.config import PROJECT
from opika.mailserver import MailServer
from tests.journal.by_hand import change_file
from tests.opika.office import KYIV, Clock, Office, mail
from tests.opika.test_flow import form

OPIKA = Path(sys.executable).with_name("opika")
LETTER = "Сусідська дитина третю добу сама в хаті, не їла нічого. Прошу приїхати."


@dataclass(frozen=True)
class Done:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def opika(*words: object, stdin: str = "") -> Done:
    """Run the program; whatever happens, nobody is shown a traceback."""
    done = subprocess.run(  # noqa: S603
        [OPIKA, *map(str, words)],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stdout + done.stderr
    assert "Неочікувана помилка" not in done.stderr
    return Done(done.returncode, done.stdout, done.stderr)


def moment(value: object) -> bool:
    return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None


def day_or_moment(value: object) -> bool:
    return isinstance(value, str) and bool(datetime.fromisoformat(value))


def one_of(*allowed: object) -> Callable[[object], bool]:
    return lambda value: value in allowed


def nullable(shape: Any) -> Callable[[object], bool]:
    def check(value: object) -> bool:
        if value is not None:
            fits(value, shape)
        return True

    return check


def fits(value: Any, shape: Any, place: str = "") -> None:
    """Fail unless a value has the keys and types of a shape; more keys are allowed."""
    if isinstance(shape, dict):
        for key, inner in shape.items():
            assert key in value, f"{place}.{key} is missing"
            fits(value[key], inner, f"{place}.{key}")
    elif isinstance(shape, list):
        assert isinstance(value, list), place
        for number, one in enumerate(value):
            fits(one, shape[0], f"{place}[{number}]")
    elif isinstance(shape, type):
        assert type(value) is shape, f"{place}: {value!r}"
    else:
        assert shape(value), f"{place}: {value!r}"


REGISTERED = {"office": str, "number": str, "year": int, "urgent": nullable(bool)}
ONCE = {
    "sources": [{"name": str, "ok": bool, "error": nullable(str), "arrivals": int}],
    "arrivals": int,
    "registered": [REGISTERED],
    "duplicates": int,
    "filed": int,
    "triage": int,
    "failed": int,
    "drafts": int,
}
INDICATOR = {"id": str, "group": str, "quote": str}
ENTRY = {
    "office": str,
    "number": str,
    "year": int,
    "registered_at": moment,
    "received_at": moment,
    "channel": one_of("email", "folder", "oral", "phone", "paper"),
    "urgent": nullable(bool),
    **{key: nullable(str) for key in ("subject", "address", "sender", "outgoing_number")},
    "outgoing_date": nullable(day_or_moment),
    "status": one_of("open", "monitoring", "closed"),
    "review": [str],
    "related": [{"office": str, "number": str, "year": int, "why": str}],
    "arrivals": [
        {"source": str, "message_id": nullable(str), "sha256": str, "received_at": moment}
    ],
    "deadlines": [
        {
            "key": str,
            "starts": day_or_moment,
            "due": day_or_moment,
            "done": nullable(day_or_moment),
            "rule": str,
        }
    ],
    "documents": [
        {
            "id": int,
            "kind": str,
            "index": nullable(str),
            "state": one_of("draft", "approved", "signed", "sending", "sent", "failed", "void"),
            "docx": str,
            "pdf": str,
        }
    ],
}
HISTORY = {"who": str, "when": moment, "what": str, "why": str, "hash": str}
TEXTS = [
    "outgoing_number",
    "incoming_number",
    "sender",
    "sender_email",
    "sender_phone",
    "recipient",
    "registered_number",
    "received_via",
    "subject",
    "address",
    "content",
    "reporter",
    "basis",
    "measures_taken",
    "enclosures",
    "accepted_by",
    "accepted_time",
]
DAYS = ["outgoing_date", "incoming_date", "registered_date", "detected_on", "accepted_date"]
FORM = {
    "file": nullable(str),
    "part": nullable(str),
    "form": nullable(one_of("dodatok-1")),
    "urgent": nullable(bool),
    "indicators": [{**INDICATOR, "text": str}],
    **{key: nullable(str) for key in TEXTS},
    **{key: nullable(day_or_moment) for key in DAYS},
    "persons": [{"name": str, "birth_date": nullable(str), "age": nullable(int)}],
    "reporter_kinds": [str],
    "confidence": dict,
    "review": [str],
}
TRIAGE = {
    "id": int,
    "source": str,
    "received_at": moment,
    "message_id": nullable(str),
    "sha256": str,
    "reason": str,
    "urgent": nullable(bool),
    "files": list,
}
VERIFICATION = {
    "ok": bool,
    "entries": int,
    "history_rows": int,
    "first_fault": nullable(str),
    "originals_checked": int,
}


@dataclass
class Prepared:
    """An office after one pass; tests only look at it, or work on a copy of its data."""

    office: Office
    first: Done

    @property
    def config(self) -> Path:
        return self.office.folder / "pipeline.toml"

    def opika(self, *words: object) -> Done:
        return opika("--config", self.config, *words)


def day_of_mail(office: Office) -> None:
    """A form through both boxes, another from the folder, a letter, an automatic reply, a wreck."""
    office.mail("ssd", mail(("Повідомлення.docx", form(1)), subject="Перша"))
    office.mail("css", mail(("Повідомлення.docx", form(1)), subject="Друга"))
    office.mail("ssd", mail(subject="Лист", body=LETTER))
    office.mail("ssd", mail(body="Я у відпустці.", headers={"Auto-Submitted": "auto-replied"}))
    office.mail("ssd", mail(("cut.docx", form(3)[:900]), subject="Обірваний"))
    office.scan("скан.docx", form(2))


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, mail_server: MailServer) -> Prepared:
    folder = tmp_path_factory.mktemp("cli")
    templates = folder / "templates"
    shutil.copytree(PROJECT / "templates", templates)
    office = Office(folder, mail_server, templates, clock=Clock(datetime.now(KYIV)))
    office.boxes = {"ssd": mail_server.add_user(), "css": mail_server.add_user()}
    office.write_config()
    day_of_mail(office)
    return Prepared(office, opika("--config", folder / "pipeline.toml", "once", "--json"))


@pytest.fixture
def copied(prepared: Prepared, tmp_path: Path) -> Path:
    """A copy of the prepared office's data, to be spoilt."""
    source, target = prepared.office.folder / "data", tmp_path / "data"
    shutil.copytree(source, target)
    with sqlite3.connect(target / "journal.sqlite3") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return target


def test_once_says_what_came_and_what_became_of_it(prepared: Prepared) -> None:
    assert prepared.first.code == 0, prepared.first.err
    told = prepared.first.json
    fits(told, ONCE)
    assert [source["arrivals"] for source in told["sources"]] == [4, 1, 1]
    assert (told["arrivals"], told["duplicates"], told["triage"]) == (6, 1, 2)
    assert [one["number"] for one in told["registered"]] == ["1", "2"]
    entries = prepared.opika("journal", "list", "--json").json
    assert told["failed"] == 0
    assert told["drafts"] == sum(len(entry["documents"]) for entry in entries) > 2


def test_a_pass_logs_no_name_of_a_file_a_person_or_a_sender(prepared: Prepared) -> None:
    subjects = [entry["subject"] for entry in prepared.opika("journal", "list", "--json").json]
    for secret in ("Повідомлення", "скан", "shkola", "Обірваний", *filter(None, subjects)):
        assert secret not in prepared.first.err


def test_a_second_pass_tells_a_person_that_there_is_nothing_new(prepared: Prepared) -> None:
    done = prepared.opika("once")
    assert done.code == 0
    assert "sysn@ukr.net: нового: 0" in done.out
    assert "Зареєстровано" not in done.out


def test_a_source_that_cannot_be_reached_is_named_and_ends_with_one(
    prepared: Prepared, tmp_path: Path, copied: Path
) -> None:
    config = tmp_path / "pipeline.toml"
    shutil.copy(prepared.office.folder / "box.secret", tmp_path)
    (tmp_path / "scans").mkdir()
    text = prepared.config.read_text()
    first, rest = text.split(prepared.office.server.url, 1)
    config.write_text(first + "imap://127.0.0.1:1" + rest)
    done = opika("--config", config, "--data", copied, "once", "--json")
    assert done.code == 1
    fits(done.json, ONCE)
    assert {source["name"]: source["ok"] for source in done.json["sources"]} == {
        "sysn@ukr.net": False,
        "rogcsssdm@ukr.net": True,
        str(tmp_path / "scans"): True,
    }
    assert done.json["sources"][0]["error"]


def test_the_list_of_the_journal_is_the_contracts(prepared: Prepared) -> None:
    done = prepared.opika("journal", "list", "--json")
    assert done.code == 0
    fits(done.json, [ENTRY])
    first, second = done.json
    # Both boxes are read side by side: which of the two mails was taken first is chance.
    sources = sorted(arrival["source"] for arrival in first["arrivals"])
    assert sources == ["rogcsssdm@ukr.net", "sysn@ukr.net"]
    assert (first["channel"], second["channel"]) == ("email", "folder")
    for document in first["documents"]:
        assert (prepared.office.folder / "data" / document["pdf"]).is_file()
    year = first["year"]
    assert len(prepared.opika("journal", "list", "--json", "--year", year).json) == 2
    nothing = prepared.opika("journal", "list", "--json", "--office", "css", "--year", 2001)
    assert nothing.json == []


def test_what_is_due_is_listed_with_its_rule_and_arithmetic(prepared: Prepared) -> None:
    done = prepared.opika("due", "--json")
    assert done.code == 0
    # Due on the next working day: within the seven days that are shown, whatever today is.
    requests = [card for card in done.json if card["key"] == "assessment_request"]
    assert [card["number"] for card in requests] == ["1", "2"]
    assert all(card["rule"] == "п. 14" and card["steps"] for card in requests)
    assert prepared.opika("due", "--json", "--whose", "partner").json == []
    shown = prepared.opika("due", "--whose", "ssd")
    assert "запит про оцінку потреб" in shown.out
    assert prepared.opika("due", "--days", "400").code == 2


def test_one_entry_is_shown_with_form_history_and_indicators(prepared: Prepared) -> None:
    done = prepared.opika("journal", "show", 1, "--json", "--office", "ssd")
    assert done.code == 0
    fits(done.json, {**ENTRY, "form": FORM, "history": [HISTORY], "indicators": [INDICATOR]})
    assert done.json["history"][0]["what"] == "registered"
    assert done.json["form"]["form"] == "dodatok-1"


def test_the_triage_list_is_the_contracts_and_all_shows_what_was_set_aside(
    prepared: Prepared,
) -> None:
    waiting = prepared.opika("triage", "list", "--json").json
    fits(waiting, [TRIAGE])
    assert sorted((card["reason"], card["urgent"]) for card in waiting) == [
        ("not a form", True),
        ("unreadable", None),
    ]
    everything = prepared.opika("triage", "list", "--json", "--all").json
    fits(everything, [TRIAGE])
    assert [card["reason"] for card in everything if card not in waiting] == ["auto-reply"]
    shown = prepared.opika("triage", "show", waiting[0]["id"], "--json").json
    assert LETTER in shown["files"][0]["text"]


@pytest.mark.parametrize(
    "words",
    [
        ("journal", "list"),
        ("journal", "show", 1),
        ("journal", "verify"),
        ("triage", "list"),
        ("due",),
    ],
)
def test_every_listing_can_be_read_by_a_person(
    prepared: Prepared, words: tuple[object, ...]
) -> None:
    done = prepared.opika(*words)
    assert done.code == 0
    assert done.out.strip()
    assert not done.out.startswith(("{", "["))


def test_verify_proves_the_journal_and_options_may_stand_before_or_after(
    prepared: Prepared, copied: Path
) -> None:
    after = opika("journal", "verify", "--json", "--config", prepared.config, "--data", copied)
    before = opika("--config", prepared.config, "--data", copied, "journal", "verify", "--json")
    assert (before.code, after.code) == (0, 0)
    assert before.json == after.json
    fits(before.json, VERIFICATION)
    assert before.json["ok"] is True
    assert (before.json["entries"], before.json["first_fault"]) == (2, None)
    assert before.json["originals_checked"] >= 6


def change_one_byte(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] = ord("0") if data[at] != ord("0") else ord("1")
    path.chmod(0o600)
    path.write_bytes(data)


def assert_found(prepared: Prepared, data: Path) -> None:
    done = prepared.opika("--data", data, "journal", "verify", "--json")
    assert done.code == 1
    fits(done.json, VERIFICATION)
    assert done.json["ok"] is False
    assert done.json["first_fault"]


def test_a_byte_changed_by_hand_in_the_history_is_found(prepared: Prepared, copied: Path) -> None:
    entry = prepared.opika("journal", "show", 1, "--json").json
    database = copied / "journal.sqlite3"
    at = database.read_bytes().find(entry["history"][0]["hash"].encode())
    assert at > 0
    change_one_byte(database, at)
    assert_found(prepared, copied)


def test_a_letter_changed_by_hand_in_an_entry_is_found(prepared: Prepared, copied: Path) -> None:
    change = """UPDATE journal_revision SET "values" = replace("values", 'address', 'addresz')"""
    assert change_file(copied / "journal.sqlite3", (change, ())) == 2
    assert_found(prepared, copied)


def test_a_byte_changed_by_hand_in_an_original_is_found(prepared: Prepared, copied: Path) -> None:
    originals = [path for path in (copied / "originals").rglob("*") if path.is_file()]
    change_one_byte(originals[0], 20)
    assert_found(prepared, copied)


def test_a_letter_is_set_aside_once_and_comes_back_on_demand(
    prepared: Prepared, copied: Path
) -> None:
    def on_copy(*words: object) -> Done:
        return prepared.opika("--data", copied, *words)

    letter = next(
        card for card in on_copy("triage", "list", "--json").json if card["reason"] == "unreadable"
    )
    assert on_copy("triage", "dismiss", letter["id"], "--reason", "реклама").code == 0
    again = on_copy("triage", "dismiss", letter["id"], "--reason", "ще раз")
    assert again.code == 1
    assert "Помилка:" in again.err
    assert on_copy("triage", "retry", letter["id"]).code == 0
    assert letter["id"] in {card["id"] for card in on_copy("triage", "list", "--json").json}


def test_an_added_file_tells_what_became_of_it(
    prepared: Prepared, copied: Path, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Просимо надати зразок бланка.", encoding="utf-8")
    done = prepared.opika("--data", copied, "add", letter)
    assert done.code == 0
    assert "очікує на рішення" in done.out
    assert letter.is_file()
    assert prepared.opika("--data", copied, "add", letter, "--office", "none").code == 2


def test_parse_answers_for_every_file_in_order(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(form(1))
    (tmp_path / "b.eml").write_bytes(mail(("форма.docx", form(2)), subject="Лист"))
    (tmp_path / "c.docx").write_bytes(form(3)[:900])
    (tmp_path / "d.txt").write_text("Просимо надати зразок бланка.", encoding="utf-8")
    paths = sorted(tmp_path.iterdir())
    done = opika("parse", *paths, "--json")
    assert done.code == 0
    assert [one["file"] for one in done.json] == list(map(str, paths))
    fits(done.json[:2], [FORM])
    assert [one["part"] for one in done.json[:2]] == [None, "форма.docx"]
    assert [one["form"] for one in done.json] == ["dodatok-1", "dodatok-1", None, None]
    assert [one["reason"] for one in done.json[2:]] == ["unreadable", "not a form"]
    for one in done.json[:2]:
        keys = {*TEXTS, *DAYS, "persons", "reporter_kinds"}
        assert keys <= set(one["confidence"])
        assert all(0 <= value <= 1 for value in one["confidence"].values())
        assert set(one["review"]) <= keys | {"urgent"}
    for_a_person = opika("parse", paths[0], paths[2])
    assert for_a_person.code == 0
    assert "Заповненої форми немає" in for_a_person.out


def test_a_path_that_does_not_exist_is_wrong_usage(tmp_path: Path) -> None:
    assert opika("parse", tmp_path / "none.docx", "--json").code == 2


def test_explain_term_answers_line_by_line() -> None:
    lines = [
        '{"key": "needs_assessment", "starts": "2026-11-03T10:20:00+02:00", "martial_law": true, '
        '"days_off": ["2026-11-05"], "working_days": [], "start_kind": "notification"}',
        "no JSON",
        '{"key": "no such term", "starts": "2026-11-03T10:20:00+02:00"}',
        '{"key": "detected_to_head", "starts": "2026-11-03T10:20:00+02:00"}',
    ]
    done = opika("explain", "term", "--json", stdin="\n".join(lines))
    assert done.code == 0
    answers = [json.loads(line) for line in done.out.splitlines()]
    assert (answers[0]["due"], answers[0]["rule"]) == ("2026-11-11", "п. 18")
    assert answers[0]["steps"]
    assert "error" in answers[1]
    assert "error" in answers[2]
    assert moment(answers[3]["due"])


def test_explain_name_gives_every_case() -> None:
    line = '{"family": "Ковальчук", "given": "Ігор", "patronymic": "Петрович"}'
    done = opika("explain", "name", "--json", stdin=line)
    assert done.code == 0
    fits(done.json, {"gender": one_of("masculine"), "sure": bool})
    for case in ("gen", "dat", "acc", "ins", "loc", "voc"):
        fits(done.json[case], {"family": str, "given": str, "patronymic": str}, case)
    assert done.json["gen"]["family"] == "Ковальчука"


def test_explain_text_shows_danger_with_its_words() -> None:
    lines = [json.dumps({"text": text}) for text in (LETTER, "Просимо надіслати бланк.")]
    done = opika("explain", "text", "--json", stdin="\n".join(lines))
    assert done.code == 0
    danger, calm = (json.loads(line) for line in done.out.splitlines())
    assert (danger["urgent"], calm["urgent"]) == (True, False)
    fits(danger["indicators"], [INDICATOR])


def test_a_misspelt_key_is_named_with_its_line_and_what_is_allowed(
    prepared: Prepared, tmp_path: Path
) -> None:
    config = tmp_path / "pipeline.toml"
    text = prepared.config.read_text().replace("when_done", "when_don", 1)
    config.write_text(text)
    line = text.splitlines().index('when_don = "keep"') + 1
    done = opika("--config", config, "once")
    assert done.code == 1
    assert f"рядок {line}, mailbox[1].when_don: невідомий ключ" in done.err
    assert "«when_done»" in done.err
    assert done.out == ""


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--config", "none.toml", "once"), 1, "--config"),
        (("nonsense",), 2, "nonsense"),
        (("journal", "show"), 2, "NUMBER"),
    ],
)
def test_a_mistake_of_the_command_line_is_told(
    words: tuple[object, ...], code: int, told: str
) -> None:
    done = opika(*words)
    assert done.code == code
    assert told in done.err


@pytest.mark.parametrize(
    "words",
    [
        ("journal", "show", 999, "--json"),
        ("journal", "show", "слово"),
        ("triage", "show", 999),
        ("triage", "register", 999, "--json"),
        ("approve", 999),
        ("draft", "registration_reply", 999, "--json"),
    ],
)
def test_what_does_not_exist_is_said_in_words(
    prepared: Prepared, words: tuple[object, ...]
) -> None:
    done = prepared.opika(*words)
    assert done.code == 1
    assert done.err.startswith("Помилка: ")
    assert done.out == ""


@pytest.fixture
def spoilt(prepared: Prepared) -> Iterator[Path]:
    """A template with a misspelt variable."""
    template = prepared.office.templates / "registration_reply.docx"
    right = template.read_bytes()
    from docx import Document

    document = Document(str(template))
    document.add_paragraph("{{ підписннт }}")
    document.save(str(template))
    yield template
    template.write_bytes(right)


def test_check_names_a_misspelt_variable_with_its_place_and_what_is_missing(
    prepared: Prepared, spoilt: Path
) -> None:
    done = prepared.opika("check", "--json")
    assert done.code == 1
    fits(done.json, [{"what": str, "ok": bool, "mend": nullable(str)}])
    faults = {line["what"]: line["mend"] for line in done.json if not line["ok"]}
    assert "«підписннт»" in faults[f"Шаблон {spoilt.name}"]
    assert "(" in faults[f"Шаблон {spoilt.name}"]
    assert "address" in faults["Реквізити: Центр соціальних служб"]
    assert not any(what.startswith("Скринька") for what in faults)


def test_check_is_content_with_a_set_up_that_is_whole(prepared: Prepared, tmp_path: Path) -> None:
    text = prepared.config.read_text()
    whole = (
        'address = "вул. Вигадана, 2, с. Вигадане, 45000"\n'
        'head = { name = "Іван ВИГАДАНЧУК", position = "Директор" }\n'
    )
    text = text.replace('email = "rogcsssdm@ukr.net"', whole + 'email = "rogcsssdm@ukr.net"')
    executor = 'executor = { name = "Зразковська Марія" }\n'
    text = text.replace("email =", executor + "email =")
    (tmp_path / "pipeline.toml").write_text(text)
    (tmp_path / "scans").mkdir()
    shutil.copy(prepared.office.folder / "box.secret", tmp_path)
    done = opika("--config", tmp_path / "pipeline.toml", "check")
    assert done.code == 0, done.out
    assert "ПОМИЛКА" not in done.out


WITHOUT_DJANGO = """
import sys
from opika.cli import opika
opika.main(sys.argv[1:], standalone_mode=False)
sys.exit(99 if "django" in sys.modules else 0)
"""


@pytest.mark.parametrize("words", [("--help",), ("parse", "a.docx", "--json"), ("explain", "name")])
def test_what_needs_no_journal_loads_no_django(words: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(form(1))
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", WITHOUT_DJANGO, *words],
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
