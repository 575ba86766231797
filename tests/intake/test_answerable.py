"""A machine answers people, and nobody else."""

from __future__ import annotations

import pytest

from intake.answerable import sender_to_answer

OURS = {"sysn@ukr.net", "rogcsssdm@ukr.net"}
HEAD = {
    "Return-Path": "<shkola@example.org>",
    "From": "Школа <Shkola@example.org>",
    "To": "sysn@ukr.net",
    "Subject": "Повідомлення",
}


def answered(**changes: str | None) -> str | None:
    head = {**HEAD, **{name.replace("_", "-"): value for name, value in changes.items()}}
    lines = [f"{name}: {value}" for name, value in head.items() if value is not None]
    return sender_to_answer("\r\n".join([*lines, "", "текст"]).encode(), OURS)


def test_a_person_who_writes_to_us_is_answered() -> None:
    assert answered() == "shkola@example.org"
    assert answered(To="інший@example.org", Cc="Служба <SYSN@ukr.net>") == "shkola@example.org"
    assert answered(Auto_Submitted="no") == "shkola@example.org"


@pytest.mark.parametrize(
    "changes",
    [
        {"Return-Path": "<>"},
        {"Return-Path": None},
        {"Return-Path": "<other@example.org>"},
        {"From": "a@example.org, shkola@example.org"},
        {"From": "sysn@ukr.net", "Return-Path": "<sysn@ukr.net>"},
        {"From": "noreply@example.org", "Return-Path": "<noreply@example.org>"},
        {"From": "no-reply+7@example.org", "Return-Path": "<no-reply+7@example.org>"},
        {"From": "MAILER-DAEMON@example.org", "Return-Path": "<MAILER-DAEMON@example.org>"},
        {"From": "news-owner@example.org", "Return-Path": "<news-owner@example.org>"},
        {"To": "somebody@example.org"},
        {"Auto-Submitted": "auto-replied"},
        {"Auto-Submitted": "auto-generated; owner-email=a@b"},
        {"Precedence": "bulk"},
        {"Precedence": "list"},
        {"List-Id": "<teachers.example.org>"},
        {"List-Unsubscribe": "<https://example.org>"},
        {"X-Auto-Response-Suppress": "All"},
        {"X-Loop": "yes"},
        {"Feedback-ID": "1:2:3"},
        {"Content-Type": "multipart/report; report-type=delivery-status"},
    ],
    ids=lambda changes: " ".join(f"{name}={value}" for name, value in changes.items()),
)
def test_machines_lists_forgeries_and_we_ourselves_are_not(changes: dict[str, str | None]) -> None:
    assert answered(**changes) is None


def test_hostile_bytes_are_not_answered() -> None:
    assert sender_to_answer(b"\xff\x00" * 1000, OURS) is None
    assert sender_to_answer(b"", OURS) is None
