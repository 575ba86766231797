"""Golden pairs: each mail in messages/ shows one oddity, its .json what must come out of it."""

from __future__ import annotations

import json
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

import pytest

from intake.envelope import Limits, unpack

MESSAGES = Path(__file__).parent / "messages"
NAMES = sorted(path.stem for path in MESSAGES.glob("*.eml"))


@pytest.mark.parametrize("name", NAMES)
def test_each_oddity_comes_out_as_written_beside_it(name: str) -> None:
    expected = json.loads((MESSAGES / f"{name}.json").read_text())
    envelope = unpack((MESSAGES / f"{name}.eml").read_bytes(), f"{name}.eml", Limits())
    assert envelope.message is not None
    message = asdict(envelope.message)
    message["date"] = message["date"] and message["date"].isoformat()
    assert json.loads(json.dumps(message)) == expected["message"]
    found = [asdict(part) for part in envelope.parts]
    for part, wanted in zip(found, expected["parts"], strict=False):
        digest = sha256(part.pop("data")).hexdigest()
        part["sha256"] = digest if wanted["sha256"] else None
    assert found == expected["parts"]


@pytest.mark.parametrize("name", NAMES)
def test_a_mail_is_recognised_without_its_name(name: str) -> None:
    data = (MESSAGES / f"{name}.eml").read_bytes()
    assert unpack(data, "", Limits()) == unpack(data, "a.eml", Limits())
