"""What comes before the Commission: the cases at work, their answers and letters, never who reported."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from rules.roles import EVERYTHING, Eyes
from tests.journal.office_day import (
    NOW,
    arrival,
    clock_rules,
    outgoing,
    read,
    registered,
    rules,
    unpack,
    values,
)

pytestmark = pytest.mark.both_databases


def act(why: str = "") -> Any:
    from journal.history import Act

    return Act("клерк", NOW + timedelta(days=500), why)


def happened(entry: int, kind: str, days: int, **details: str) -> None:
    from journal import casework

    new = casework.NewEvent(entry, kind, NOW + timedelta(days=days), details)
    casework.happened(new, act(), clock_rules())


def cases(eyes: Eyes = EVERYTHING) -> dict[str, tuple[str, ...]]:
    """Case's number -> the numbers of its notifications."""
    from journal import commission

    found = commission.cases("ssd", eyes)
    return {case.first.number: tuple(entry.number for entry in case.entries) for case in found}


def came(entry: int, *roles: str) -> None:
    """A mail of these parts is put to an entry by a clerk."""
    from journal import deciding

    one = arrival(received_at=NOW + timedelta(days=2))
    for file in unpack(one, [(role, f"{role} {one}") for role in roles]):
        read(file, text=f"текст {len(roles)}")
    deciding.file_to_entry(one, entry, why="в", now=NOW, actor="клерк", rules=rules())


def entry_of(number: int) -> int:
    about = {"outgoing_number": f"1-{number}", "subject": f"Вигаданюк {number}", "persons": []}
    return int(
        registered(values(**about, address=f"буд. {number}", reporter="Ткач Ганна")).entry_id
    )


def test_cases_at_work_come_whole_and_without_who_reported(data: Path) -> None:
    from journal import commission, families, voiding

    one, two, three, wrong = map(entry_of, range(1, 5))
    families.join(three, one, act("одна сім’я"), clock_rules())
    voiding.void_entry(wrong, act("помилка"))
    happened(two, "work_ended", 1)
    assert cases() == {"1": ("1", "3"), "2": ("2",)}
    assert cases(Eyes(frozenset({"css"}))) == {}
    assert not list(commission.cases("css", EVERYTHING))
    cards = [entry for case in commission.cases("ssd", EVERYTHING) for entry in case.entries]
    assert all("Ткач" not in str(card.values) for card in cards)
    # The packet of a past meeting needs cases that were closed since.
    happened(two, "conclusion_received", 2)
    happened(two, "closed", 400)
    assert set(cases()) == {"1", "2"}


def test_only_answers_and_approved_letters_lie_in_the_packet(data: Path) -> None:
    from journal import case_papers, documents

    one = entry_of(1)
    came(one, "body", "attachment", "signature")
    came(one, "body")
    texts = [(paper.event, paper.text) for paper in case_papers.received([one])]
    # A mail's own words count where nothing is attached; what the notification came with never.
    assert texts == [("", "текст 3"), ("", "текст 1")]
    for key in ("draft", "approved"):
        new = documents.NewDocument(one, "ssd", "assessment_request", key, {"а": "б"})
        letter = documents.new_document(new, series=outgoing(), now=NOW, actor="тест")
        documents.save_rendered(letter, f"{key}.docx", "0" * 64, now=NOW, actor="тест")
        documents.save_pdf(letter, f"{key}.pdf", "1" * 64, now=NOW, actor="тест")
    documents.approve(letter, series=outgoing(), now=NOW, actor="тест")
    (found,) = case_papers.issued([one])
    assert (found.kind, found.index, found.pdf) == ("assessment_request", "01-12/2", "approved.pdf")


def test_letter_that_was_registered_is_no_answer(data: Path) -> None:
    from journal import case_papers, deciding, placing

    letter = arrival()
    for file in unpack(letter, [("body", "лист"), ("attachment", "фото")]):
        read(file)
    placing.place(letter, now=NOW, actor="тест", rules=rules())
    plain = deciding.PlainNotice({"content": "Дитина сама.", "subject": "Вигаданюк Іван"})
    made = deciding.register_plain(letter, plain, now=NOW, actor="клерк", rules=rules())
    assert case_papers.received([made.entry_id]) == []
