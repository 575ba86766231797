"""The index leaves out signs that cannot stand in a text, and never one that does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.danger import Catalogue, load_indicators
from rules.danger_index import SignIndex
from rules.danger_patterns import Phrases, parse_phrase, parse_sign
from rules.danger_text import Text

ROOT = Path(__file__).parents[2]
CATALOGUE = load_indicators(ROOT / "catalogues" / "indicators.toml")
PARTS = sorted((ROOT / "tests" / "rules" / "danger").glob("*.jsonl"))


def found_plainly(text: str, catalogue: Catalogue) -> list[tuple[str, str, tuple[int, ...]]]:
    """Every first match of every sign, tried one after the other."""
    read = Text(text, catalogue.language)
    tried = ((entry.id, sign) for entry in catalogue.entries for sign in entry.signs)
    return [
        (name, sign.source, places) for name, sign in tried for places in list(read.find(sign))[:1]
    ]


def found_by_index(text: str, catalogue: Catalogue) -> list[tuple[str, str, tuple[int, ...]]]:
    read = Text(text, catalogue.language)
    tried = ((entry.id, sign) for entry, sign in catalogue.signs.possible(read.words))
    return [
        (name, sign.source, places) for name, sign in tried for places in list(read.find(sign))[:1]
    ]


@pytest.mark.parametrize("path", PARTS, ids=lambda path: path.stem)
def test_index_finds_what_a_plain_search_finds(path: Path) -> None:
    texts = [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()][::4]
    for text in texts:
        assert found_by_index(text, CATALOGUE) == found_plainly(text, CATALOGUE)


WORDS = [
    *("вітчим", "б’є", "дитину", "ременем", "не", "ніч", "сама", "діти", "3", "5", "роки", "мати"),
    *("немовля", "погреб", ".", ",", "замкнув", "холодно", "побої", "їсть", "п’яна", "ніж", "гола"),
    *("погрожує", "тиждень", "хоче", "померти", "собака", "синці", "голод"),
]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=25))
def test_index_finds_what_a_plain_search_finds_in_any_words(words: list[str]) -> None:
    text = " ".join(words)
    assert found_by_index(text, CATALOGUE) == found_plainly(text, CATALOGUE)


def test_a_sign_is_possible_only_with_a_word_of_each_part() -> None:
    classes = {"дитина": Phrases([parse_phrase("син"), parse_phrase("#1-6 рік")])}
    sign = parse_sign("бити + @дитина + -кіт")
    index = SignIndex([("beating", sign)], classes)
    assert [name for name, _ in index.possible({"бити": 1, "син": 1}.keys())] == ["beating"]
    assert list(index.possible({"син": 1, "кіт": 1}.keys())) == []


def test_a_part_that_starts_with_a_number_is_always_possible() -> None:
    sign = parse_sign("#1-6 рік + бити")
    index = SignIndex([(None, sign)], {})
    assert list(index.possible({"бити": 1}.keys())) == [(None, sign)]
