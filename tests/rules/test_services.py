"""``catalogues/services.toml``: what ships is whole, and a clerk's slip is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from opika.config import PROJECT
from opika.errors import ConfigError
from rules.services import load_services

SHIPPED = PROJECT / "catalogues" / "services.toml"
ONE = '[[service]]\nid = "support"\ntext = "соціальний супровід"\n'


def test_the_shipped_catalogue_has_the_nine_services() -> None:
    services = load_services(SHIPPED)
    assert len(services) == 9
    assert services["crisis"] == "екстрене (кризове) втручання"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"{ONE}\n{ONE}", "рядок 5: позначка «support» уже є вище"),
        (f'{ONE}note = "x"\n', "рядок 1: дозволено лише таблиці"),
        (ONE.replace("support", "Супровід"), "рядок 1: id – позначка малими"),
        (ONE.replace('"support"', "5"), "рядок 1: id – позначка малими"),
        (f'{ONE}\n[[service]]\nid = "a"\ntext = " "\n', "рядок 5: потрібна назва послуги"),
        (f"{ONE}\n[[service]]\n", "рядок 5: id"),
        ('services = ["a"]\n', "рядок 1: дозволено лише таблиці"),
        ('service = ["a"]\n', "рядок 1: id"),
        (f"{ONE}\n[other]\n", "рядок 1: дозволено лише таблиці"),
        ("", "рядок 1: дозволено лише таблиці"),
        ("service = \n", "рядок 1"),
    ],
)
def test_a_slip_is_named_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "services.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        load_services(path)
    assert told in refused.value.clerk_message
    assert refused.value.clerk_message.startswith("Довідник послуг не прийнято.")


def test_a_file_that_is_not_there_or_no_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "services.toml"
    with pytest.raises(ConfigError, match="файл не читається"):
        load_services(path)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="UTF-8"):
        load_services(path)
