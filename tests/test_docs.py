"""What the documents say is what there is: commands, keys, libraries, rooms, spelling."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import click
import pytest
from pydantic import BaseModel

from opika import config
from opika.cli import opika
from opika.config import PROJECT
from opika.config_tables import Backup, CommissionMember, Journal, Retention, User

CODE_ROOMS = ("opika", "intake", "parsers", "rules", "journal", "generators", "dispatch")
ROOMS = {*CODE_ROOMS, "samples", "templates", "tests"}


@cache
def ours() -> tuple[Path, ...]:
    """The files of the repository."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=True)  # noqa: S607
    names = listed.stdout.decode().split("\0")
    return tuple(Path(name) for name in names if name and (PROJECT / name).is_file())


def read(name: str | Path) -> str:
    return (PROJECT / name).read_text(encoding="utf-8")


def commands() -> Iterator[str]:
    """``journal list`` and the like: every command and subcommand of the program."""
    context = click.Context(opika)
    for name in opika.list_commands(context):
        command = opika.get_command(context, name)
        if isinstance(command, click.Group):
            yield from (f"{name} {below}" for below in command.commands)
        else:
            yield name


@pytest.mark.parametrize("page", ["README.md", "README.uk.md"])
@pytest.mark.parametrize("command", list(commands()))
def test_every_command_is_named(command: str, page: str) -> None:
    name, _, below = command.partition(" ")
    lines = [line for line in read(page).splitlines() if f"opika {name}" in line]
    assert any(re.search(rf"\b{below or name}\b", line) for line in lines)


TABLES: dict[str, type[BaseModel]] = {
    "[opika]": config.Main,
    "[[office]]": config.Office,
    "[[mailbox]]": config.Mailbox,
    "[[folder]]": config.Folder,
    "[[series]]": config.SeriesTable,
    "[[partner]]": config.Partner,
    "[terms]": config.Terms,
    "[limits]": config.Limits,
    "[alerts]": config.Alerts,
    "[receipt]": config.Receipt,
    "[service]": config.Service,
    "[[user]]": User,
    "[[commission]]": CommissionMember,
    "[retention]": Retention,
    "[backup]": Backup,
    "[journal]": Journal,
}
INNER: dict[str, type[BaseModel]] = {"[[office]]": config.Head, "[[office]] ": config.Executor}


def test_every_table_of_the_configuration_is_tested() -> None:
    tables = {name for name in config.Config.model_fields if name != "path"}
    assert {table.strip("[]") for table in TABLES} == tables


def section(table: str) -> str:
    """The part of the shipped file that holds a table and the words above it."""
    parts = re.split(r"(?m)^# ──.*$", read("pipeline.toml"))
    return next(part for part in parts if re.search(rf"(?m)^(# )?{re.escape(table)}$", part))


def is_explained(key: str, text: str) -> bool:
    """Whether words stand beside the key where it is set, or beside its name in a comment."""
    beside = rf"(?m)^(# )?{key} *=[^#\n]*# *\w"
    named = rf"(?m)^#.*(?<!\w){key}(?!\w)(?! *=)"
    return bool(re.search(beside, text) or re.search(named, text))


@pytest.mark.parametrize(
    ("table", "key"),
    [
        (table.strip(), field.alias or name)
        for tables in (TABLES, INNER)
        for table, model in tables.items()
        for name, field in model.model_fields.items()
    ],
)
def test_every_key_is_explained_in_the_shipped_configuration(table: str, key: str) -> None:
    assert is_explained(key, section(table))


def imported(path: Path) -> set[str]:
    """The top modules that a source file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(read(path))):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def third_party() -> list[str]:
    """The distributions that our rooms import."""
    sources = [path for path in ours() if path.suffix == ".py" and path.parts[0] in CODE_ROOMS]
    modules = set[str]().union(*map(imported, sources)) - set(sys.stdlib_module_names) - ROOMS
    known = packages_distributions()
    return sorted({known.get(module, [module])[0].lower().replace("_", "-") for module in modules})


@pytest.mark.parametrize("distribution", third_party())
def test_every_library_has_its_reason(distribution: str) -> None:
    assert re.search(rf"(?<![\w-]){distribution}(?![\w-])", read("docs/dependencies.md").lower())


@pytest.mark.parametrize(
    "room", sorted({path.parts[0] for path in ours() if len(path.parts) > 1} - {".ci"})
)
def test_every_room_has_its_place_in_the_architecture(room: str) -> None:
    assert f"`{room}`" in read("docs/architecture.md")


LINKS = re.compile(r"\]\((?!https?:|#)([^)#]+)")


@pytest.mark.parametrize("page", [path for path in ours() if path.suffix == ".md"], ids=str)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    missing = [link for link in LINKS.findall(read(page)) if not (page.parent / link).exists()]
    assert missing == []


# A set of letters, an escape sequence, the ends of a range: no word goes through these.
NO_WORD = re.compile(
    r"""\[[^\]\s"']*\]|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\.|[^\W\d_]-[^\W\d_]"""
)
MIXED = re.compile(r"\w*(?:[A-Za-z][\u0400-\u052f]|[\u0400-\u052f][A-Za-z])\w*")
# Letters of both alphabets that must stand side by side: what looks alike is one to a reader.
MEANT = {
    "parsers/dodatok1/options.py": {"уvхx"},
    "parsers/dodatok1/stray.py": {"0ОоOoQDСC"},
    "parsers/dodatok1/layout.py": {"ДдDd", "ДдDdВвBb", "ДдDdВвBbЗз"},
    "parsers/ocr_words.py": {"ЛМNо"},
    "parsers/scan_marks.py": {"OoОо0QСC"},
    "rules/found_dates.py": {"ІV", "VІ", "VІІ", "VІІІ", "ОоOoЗзlIІі"},
}
# This one turns letters of one alphabet into those of the other.
MAPS = "rules/text.py"


def mixed_words(path: Path) -> list[str]:
    return MIXED.findall(NO_WORD.sub(" ", read(path)))


@pytest.mark.parametrize(
    "path",
    [
        path
        for path in ours()
        if path.suffix in {".py", ".md", ".toml"} and path.parts[0] != "tests"
    ],
    ids=str,
)
def test_no_word_mixes_the_alphabets(path: Path) -> None:
    if path.as_posix() != MAPS:
        assert set(mixed_words(path)) <= MEANT.get(path.as_posix(), set())


def test_a_latin_letter_inside_a_word_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("К\u0069ровоградська, PDF-файл, \\nЗміст, [a-zа-я]", encoding="utf-8")
    assert mixed_words(page) == ["К\u0069ровоградська"]
