"""The demonstration's files: all there, all told of, small, and about nobody real."""

from __future__ import annotations

import email
import email.policy
import json
import re
from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "samples"
MOST_BYTES = 1_500_000
REAL_MAILBOXES = {"sysn@ukr.net", "rogcsssdm@ukr.net"}


def expected() -> list[dict[str, object]]:
    text = (SAMPLES / "expected.json").read_text(encoding="utf-8")
    samples: list[dict[str, object]] = json.loads(text)["samples"]
    return samples


def files() -> list[Path]:
    return [path for name in ("mails", "scans") for path in (SAMPLES / name).rglob("*.*")]


def test_every_file_is_expected_and_stands_in_the_readme() -> None:
    named = {str(sample["file"]) for sample in expected()}
    assert {path.relative_to(SAMPLES).as_posix() for path in files()} == named
    readme = (SAMPLES / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([^`]+)`", readme, re.MULTILINE)) == named


def test_the_samples_are_small() -> None:
    assert sum(path.stat().st_size for path in files()) < MOST_BYTES


def test_only_the_recipients_are_real_mailboxes() -> None:
    for path in files():
        if path.suffix != ".eml":
            continue
        mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for address in re.findall(r"[\w.-]+@[\w.-]+", f"{mail['From']} {mail['To']}"):
            reserved = re.search(r"(^|[.@])example(\.\w+)*$", address)
            assert address in REAL_MAILBOXES or reserved


def test_every_outcome_that_needs_a_reason_has_one() -> None:
    for sample in expected():
        assert bool(sample["reason"]) == (sample["outcome"] in {"triage", "ignored"})
        assert bool(sample["duplicate_of"]) == (sample["outcome"] == "duplicate")
        assert bool(sample["forms"]) == (sample["outcome"] in {"registered", "duplicate"})
