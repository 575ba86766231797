"""What click itself says reaches a clerk in Ukrainian."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from opika.cli import opika
from opika.ukrainian import TEXTS

ENGLISH = re.compile(r"\b(Usage|Options|Commands|Error|Show|Missing|Invalid|such|Try|required)\b")


def _texts_of_click() -> Iterator[str]:
    for path in Path(click.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def _names(text: str) -> set[str]:
    found = {name for _, name, _, _ in string.Formatter().parse(text) if name}
    return found | set(re.findall(r"%\(\w+\)s", text))


def test_every_text_of_the_list_is_one_that_click_says() -> None:
    assert TEXTS.keys() - set(_texts_of_click()) == set()
    assert all(_names(ours) <= _names(theirs) for theirs, ours in TEXTS.items())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--help"], "Показати цю довідку."),
        (["case", "undo", "--help"], "[обов’язково]"),
        (["case", "undo"], "Не вказано 'ID'."),
        (["case", "undo", "x", "--why", "ні"], "'x' – не число."),
        (["case", "undoo"], "Можливо, 'undo'?"),
        (["case", "undo", "1", "--whi", "ні"], "Можливо, '--why'?"),
        (["register", "list", "book"], "нічого з дозволеного"),
        (["parse", "немає.docx"], "не існує"),
        (["roles", "зайве"], "Зайве слово: зайве"),
    ],
)
def test_a_clerk_reads_no_english(words: list[str], said: str) -> None:
    result = CliRunner().invoke(opika, words)
    assert result.exit_code == (0 if "--help" in words else 2)
    assert said in result.output
    assert ENGLISH.search(result.output) is None
