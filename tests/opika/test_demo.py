"""The demonstration does on the shipped samples what their README says."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from opika.demo import SAMPLES

OPIKA = Path(sys.executable).with_name("opika")
EXPECTED = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))["samples"]


def opika(*words: str | Path) -> str:
    done = subprocess.run([OPIKA, *words], capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The demonstration's folder, and what it told."""
    folder = tmp_path_factory.mktemp("demo") / "office"
    return folder, opika("demo", folder)


def listed(folder: Path, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        opika("--config", folder / "pipeline.toml", *words, "--json")
    )
    return found


def test_every_sample_is_placed_as_its_truth_says(shown: tuple[Path, str]) -> None:
    folder, _ = shown
    entries = listed(folder, "journal", "list")
    truths = [form for sample in EXPECTED for form in sample["forms"] or []]
    registered = {form["subject"] for form in truths}
    found = {entry["subject"] for entry in entries}
    assert len(entries) == len(registered) == 12
    # The scan's subject is read by OCR; all the others are read to the letter.
    assert len(registered & found) >= 11
    assert sorted(len(entry["arrivals"]) for entry in entries) == [1] * 11 + [2]


def test_what_waits_and_what_is_set_aside_has_its_reason(shown: tuple[Path, str]) -> None:
    folder, _ = shown
    reasons = Counter(card["reason"] for card in listed(folder, "triage", "list", "--all"))
    assert reasons == Counter(sample["reason"] for sample in EXPECTED if sample["reason"])


def test_the_urgent_samples_are_urgent(shown: tuple[Path, str]) -> None:
    folder, _ = shown
    urgent = {entry["subject"] for entry in listed(folder, "journal", "list") if entry["urgent"]}
    expected = {
        form["subject"] for sample in EXPECTED if sample["urgent"] for form in sample["forms"] or []
    }
    assert expected <= urgent


def test_it_tells_numbers_deadlines_documents_and_what_waits(shown: tuple[Path, str]) -> None:
    _, told = shown
    for heading in ("ЩО НАДІЙШЛО", "ЗАРЕЄСТРОВАНО", "ДОКУМЕНТИ", "ОЧІКУЄ НА РІШЕННЯ", "ВІДКЛАДЕНО"):
        assert heading in told
