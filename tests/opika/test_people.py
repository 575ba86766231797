"""Roles on the command line: who is asked for, who is refused, who needs no leave."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from opika.cli import opika
from opika.config_file import load_config
from opika.errors import ConfigError, NotAllowedError
from opika.people import who
from opika.pipeline import actor

OFFICE = '[[office]]\nkey = "ssd"\nname = "Служба"\n'


def user(role: str, login: str = "") -> str:
    name = 'name = "Прикладенко Олена"'
    return f'\n[[user]]\nlogin = "{login or actor()}"\n{name}\nrole = "{role}"\n'


def config(tmp_path: Path, *tables: str) -> Path:
    path = tmp_path / "pipeline.toml"
    path.write_text("".join([OFFICE, *tables]), encoding="utf-8")
    return path


def run(path: Path, *words: str) -> Result:
    return CliRunner().invoke(opika, ["--config", str(path), *words])


def test_without_users_everybody_is_administrator(tmp_path: Path) -> None:
    assert who(load_config(config(tmp_path)), "anybody").role == "administrator"


def test_a_user_has_the_role_of_the_configuration(tmp_path: Path) -> None:
    person = who(load_config(config(tmp_path, user("clerk", "olena"))), "olena")
    assert (person.login, person.name, person.role) == ("olena", "Прикладенко Олена", "clerk")


def test_nobody_becomes_another_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    me = actor()
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "holova")
    assert actor() == me


def test_nobody_else_is_let_in_where_there_are_users(tmp_path: Path) -> None:
    with pytest.raises(NotAllowedError) as refused:
        who(load_config(config(tmp_path, user("clerk", "olena"))), "petro")
    assert "«petro»" in refused.value.clerk_message


@pytest.mark.parametrize(
    "table", [user("boss"), user("clerk", "olena") + user("head", "olena")], ids=["role", "login"]
)
def test_an_unknown_role_and_a_login_named_twice_are_faults(tmp_path: Path, table: str) -> None:
    with pytest.raises(ConfigError) as found:
        load_config(config(tmp_path, table))
    assert "user[" in found.value.clerk_message


def test_an_auditor_reads_and_does_nothing_else(tmp_path: Path) -> None:
    path = config(tmp_path, user("auditor"))
    assert run(path, "journal", "list").exit_code == 0
    for words in (["approve", "1"], ["draft", "registration_reply", "1"], ["triage", "retry", "1"]):
        assert isinstance(run(path, *words).exception, NotAllowedError), words


def test_the_service_needs_nobody_s_leave(tmp_path: Path) -> None:
    assert run(config(tmp_path, user("auditor", "olena")), "once").exit_code == 0


def test_the_roles_are_shown_with_one_s_own(tmp_path: Path) -> None:
    shown = run(config(tmp_path, user("secretary")), "roles")
    assert "Ви: Прикладенко Олена, секретар комісії" in shown.output
    assert "погоджувати документи" in shown.output
