"""The configuration: every fault at once, with key, line and what is allowed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from opika.config import PROJECT, Config
from opika.config_file import load_config
from opika.errors import ConfigError
from opika.toml_lines import key_lines

Load = Callable[[str], Config]

GOOD = """\
[opika]
data = "data"

[[office]]
key = "ssd"
name = "Служба"

[[mailbox]]
office = "ssd"
address = "sysn@ukr.net"
imap = "imaps://imap.ukr.net:993"
user = "sysn@ukr.net"
password = { env = "OPIKA_TEST_PASSWORD" }
since = "2026-11-22"
"""


@pytest.fixture
def load(tmp_path: Path) -> Load:
    def load(text: str) -> Config:
        path = tmp_path / "pipeline.toml"
        path.write_text(text, encoding="utf-8")
        return load_config(path)

    return load


def faults(load: Load, text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        load(text)
    return caught.value.clerk_message


def test_the_shipped_file_is_right() -> None:
    config = load_config(PROJECT / "pipeline.toml")
    assert [box.address for box in config.mailbox] == ["sysn@ukr.net", "rogcsssdm@ukr.net"]
    assert {box.journal for box in config.mailbox} == {"ssd"}
    assert config.series_of("ssd", "outgoing").mask == "01-12/{number}"


def test_defaults_and_relative_paths(load: Load, tmp_path: Path) -> None:
    config = load(GOOD + '\n[[folder]]\noffice = "ssd"\npath = "scans"\nsettle = "3s"\n')
    box = config.mailbox[0]
    assert box.since == date(2026, 11, 22)
    assert box.every == timedelta(minutes=1)
    assert config.data == tmp_path / "data"
    assert config.folder[0].path == tmp_path / "scans"
    assert config.folder[0].settle == timedelta(seconds=3)
    assert config.terms.closes_friday == time(16)
    assert config.series_of("ssd", "notifications").mask == "{number}"


def test_the_option_overrides_the_data_folder(tmp_path: Path) -> None:
    path = tmp_path / "pipeline.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert load_config(path, tmp_path / "other").data == tmp_path / "other"


def test_every_fault_is_told_at_once_with_key_line_and_what_is_allowed(load: Load) -> None:
    text = GOOD.replace('since = "2026-11-22"', 'since = "22.11.2026"\nevry = "5m"')
    text = text.replace('office = "ssd"\naddress', 'office = "css"\naddress')
    text = text.replace("[opika]", '[opika]\ntimezone = "Kyiv"')
    told = faults(load, text)
    assert "рядок 2, opika.timezone" in told
    assert 'mailbox[1].since: дозволено дату у вигляді "2026-11-22"' in told
    assert "рядок 16, mailbox[1].evry: невідомий ключ. Можливо, «every»?" in told


def test_an_office_that_does_not_exist_is_named(load: Load) -> None:
    told = faults(load, GOOD.replace('office = "ssd"', 'office = "sss"'))
    assert "рядок 9, mailbox[1].office: немає установи «sss». Дозволено: ssd" in told


@pytest.mark.parametrize(
    ("old", "new", "allowed"),
    [
        ('{ env = "OPIKA_TEST_PASSWORD" }', '"secret"', "пароль не можна писати"),
        ('{ env = "OPIKA_TEST_PASSWORD" }', "{}", "рівно одне з двох"),
        ("imaps://imap.ukr.net:993", "imap://imap.ukr.net", "лише для цього комп’ютера"),
        ("imaps://imap.ukr.net:993", "http://imap.ukr.net", "imaps://сервер:порт"),
        ('since = "2026-11-22"', "", "обов’язковий ключ"),
        ('key = "ssd"', 'key = "ССД"', "малі латинські літери"),
        ('data = "data"', "data = 5", "шлях у лапках"),
    ],
)
def test_a_bad_value_says_what_is_allowed(load: Load, old: str, new: str, allowed: str) -> None:
    assert allowed in faults(load, GOOD.replace(old, new))


def test_plain_imap_is_taken_for_this_machine_only(load: Load) -> None:
    assert load(GOOD.replace("imaps://imap.ukr.net:993", "imap://127.0.0.1:1143")).mailbox


def test_a_file_that_is_no_toml_tells_the_line(load: Load) -> None:
    assert "рядок 2" in faults(load, "[opika]\ndata = \n")


def test_a_missing_file_says_how_to_name_it(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(tmp_path / "none.toml")
    assert "--config" in caught.value.clerk_message


@pytest.mark.parametrize("again", ["key", "address"])
def test_what_stands_twice_is_refused(load: Load, again: str) -> None:
    office = '[[office]]\nkey = "ssd"\nname = "Служба"\n'
    mailbox = "[[mailbox]]" + GOOD.split("[[mailbox]]")[1]
    assert "дозволено один раз" in faults(load, GOOD + (office if again == "key" else mailbox))


def test_the_password_comes_from_the_environment_or_a_file(
    load: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = load(GOOD).mailbox[0].password
    with pytest.raises(ConfigError) as caught:
        secret.read()
    assert "OPIKA_TEST_PASSWORD" in caught.value.clerk_message
    monkeypatch.setenv("OPIKA_TEST_PASSWORD", "from-environment")
    assert secret.read() == "from-environment"
    Path(tmp_path / "box.secret").write_text("from-file\n")
    in_file = GOOD.replace('{ env = "OPIKA_TEST_PASSWORD" }', '{ file = "box.secret" }')
    assert load(in_file).mailbox[0].password.read() == "from-file"


def test_lines_of_keys_survive_strings_arrays_and_comments() -> None:
    lines = key_lines('a = """\n[no]\nb = 1\n"""\n[[t]]\nlist = [\n  "c = 1",\n]\nk = { x = 1 }\n')
    assert lines == {
        ("a",): 1,
        ("t", 0): 5,
        ("t", 0, "list"): 6,
        ("t", 0, "k"): 9,
        ("t", 0, "k", "x"): 9,
    }


def test_alerts_go_from_a_mailbox_that_can_send(load: Load) -> None:
    alerts = '\n[alerts]\nduty = ["duty@example.org"]\n'
    assert "alerts.mailbox: обов’язковий ключ" in faults(load, GOOD + alerts)
    told = faults(load, GOOD + alerts + 'mailbox = "sysn@ukr.net"\n')
    assert "рядок 18, alerts.mailbox: немає скриньки" in told
    sending = GOOD.replace("user =", 'smtp = "smtps://smtp.ukr.net:465"\nuser =')
    config = load(sending + alerts + 'mailbox = "sysn@ukr.net"\n')
    assert config.alerts.repeat == timedelta(minutes=15)
    assert not config.receipt.send


def test_metrics_are_served_to_this_machine_only(load: Load) -> None:
    assert load(GOOD + '\n[service]\nmetrics = "127.0.0.1:9464"\n').service.metrics
    for outside in ("0.0.0.0:9464", "example.org:9464", "127.0.0.1"):
        assert "127.0.0.1:9464" in faults(load, GOOD + f'\n[service]\nmetrics = "{outside}"\n')
