from __future__ import annotations

import json
from pathlib import Path

import pytest

from rules.danger import Catalogue, explain_text, judge, load_indicators

ROOT = Path(__file__).parents[2]
LABELLED = ROOT / "tests" / "rules" / "danger"


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_indicators(ROOT / "catalogues" / "indicators.toml")


def rows(part: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (LABELLED / f"{part}.jsonl").open(encoding="utf-8")]


@pytest.mark.parametrize(
    "text", [None, "", "  \n", "—", "???", "@@ ### ||| 123", "ъъй цщщ фыщ жшл"]
)
def test_what_cannot_be_read_is_possibly_urgent(text: str | None, catalogue: Catalogue) -> None:
    assert judge(text, catalogue).urgent is None


def test_explain_answers_a_bad_line_with_an_error(catalogue: Catalogue) -> None:
    assert "error" in explain_text({"txt": "…"}, catalogue)
    assert "error" in explain_text({"text": 5}, catalogue)


def test_explain_shows_the_words_of_the_text(catalogue: Catalogue) -> None:
    answer = explain_text({"text": "Вітчим лупцює Олега шлангом щовечора."}, catalogue)
    assert answer["urgent"] is True
    seen = answer["indicators"]
    assert isinstance(seen, list)
    assert {"id", "group", "quote"} <= seen[0].keys()
    assert any("лупцює" in indicator["quote"] for indicator in seen)
