"""The units are what systemd takes, what the documents promise, and well shut in."""

from __future__ import annotations

import re
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest

from opika.config import PROJECT

ANALYZE = shutil.which("systemd-analyze") or "systemd-analyze"
UNITS = sorted((PROJECT / "deploy").iterdir())
SERVICES = [unit.name for unit in UNITS if unit.suffix == ".service"]


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units with the program at the place where it lies on this machine."""
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace("/opt/opika", str(PROJECT))
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    return tmp_path


def analyze(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own words only
        [ANALYZE, *map(str, words)], capture_output=True, text=True, check=False
    )


def read(unit: str) -> ConfigParser:
    parser = ConfigParser(strict=False, interpolation=None, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(PROJECT / "deploy" / unit, encoding="utf-8")
    return parser


@pytest.mark.parametrize("unit", [unit.name for unit in UNITS])
def test_systemd_has_nothing_to_say_about_a_unit(units: Path, unit: str) -> None:
    told = analyze("verify", "--man=no", "--recursive-errors=no", units / unit)
    # What is said of other units of this machine is none of ours.
    ours = [line for line in told.stderr.splitlines() if "opika" in line]
    assert ours == []


def test_systemd_finds_a_fault_where_there_is_one(units: Path) -> None:
    unit = units / "opika.service"
    unit.write_text(unit.read_text().replace("Restart=always", "Restart=perhaps"))
    told = analyze("verify", "--man=no", "--recursive-errors=no", unit)
    assert "opika.service" in told.stderr


@pytest.mark.parametrize("unit", SERVICES)
def test_a_service_is_shut_in_well(units: Path, unit: str) -> None:
    told = analyze("security", "--offline=true", "--threshold=25", "--no-pager", units / unit)
    assert told.returncode == 0, told.stdout[-400:] + told.stderr


@pytest.mark.parametrize("unit", SERVICES)
def test_a_unit_calls_a_command_that_there_is(unit: str) -> None:
    from click.testing import CliRunner

    from opika.cli import opika

    words = read(unit)["Service"]["ExecStart"].split()[1:]
    assert CliRunner().invoke(opika, [*words, "--help"]).exit_code == 0


def test_systemd_waits_longer_than_opika_takes_to_end() -> None:
    from opika import ending

    assert int(read("opika.service")["Service"]["TimeoutStopSec"]) > ending._PATIENCE + 3


@pytest.mark.parametrize("page", ["README.md", "README.uk.md"])
def test_the_documents_name_every_unit_and_place(page: str) -> None:
    text = (PROJECT / page).read_text(encoding="utf-8")
    assert [unit.name for unit in UNITS if unit.stem not in text] == []
    units = " ".join(unit.read_text(encoding="utf-8") for unit in UNITS)
    for place in set(re.findall(r"(?:/opt|/etc|/var/lib|/srv)/opika(?:/[a-z]+\b(?!\.))?", units)):
        assert place in text, place
