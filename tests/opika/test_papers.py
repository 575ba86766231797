"""Papers that a clerk asks for, in a journal: each meeting's own letters, no order before its time."""

from __future__ import annotations

from typing import Any

import pytest

from opika.correcting import correct
from opika.errors import JournalError
from opika.letters import draft_one, due_letters
from opika.pipeline import Pipeline
from tests.opika.office import NOW, Office
from tests.opika.test_add import SCHOOL, add, record


def event(pipeline: Pipeline, entry: int, kind: str) -> None:
    from journal.casework import NewEvent, happened
    from journal.history import Act

    happened(
        NewEvent(entry, kind, pipeline.clock()),
        Act(pipeline.actor, pipeline.clock()),
        pipeline.clock_rules,
    )


def drafted(pipeline: Pipeline, entry: int, kind: str, told: dict[str, str]) -> list[Any]:
    from journal.documents import rendering
    from journal.listing import entry_by_id

    made = draft_one(pipeline, entry_by_id(entry), kind, told)
    return [rendering(one) for one in made]


def test_invitations_of_a_meeting_are_renewed_together_and_another_meeting_has_its_own(
    office: Office,
) -> None:
    from journal.listing import entry_by_id

    told = {
        "дата_засідання": "2026-03-20",
        "час": "10:00",
        "де": "кабінет 5",
        "запрошені": "css; Ткач Олені",
    }
    with office.open() as pipeline:
        entry = add(pipeline, record(**SCHOOL, subject="родина Озерчук"), papers=False).id
        first = drafted(pipeline, entry, "team_invitation", told)
        assert [one.context["адресат"] for one in first] == [
            ["Центру соціальних служб"],
            ["Ткач Олені"],
        ]
        later = told | {"дата_засідання": "2026-04-20", "запрошені": "css"}
        (second,) = drafted(pipeline, entry, "team_invitation", later)
        assert second.id not in [one.id for one in first]
        correct(pipeline, entry, {"address": "с. Зразкове, вул. Вишнева, 3"}, [], "звірено")
        renewed = [
            (one.draft_key, one.context["відбудеться"])
            for one in due_letters(pipeline, entry_by_id(entry))
            if one.kind == "team_invitation"
        ]
    assert renewed == [
        ("team_invitation:2026-03-20:css", "20 березня 2026 року"),
        ("team_invitation:2026-03-20:2", "20 березня 2026 року"),
        ("team_invitation:2026-04-20:css", "20 квітня 2026 року"),
    ]


def test_no_order_ends_the_work_before_the_law_allows_it(office: Office) -> None:
    with office.open() as pipeline:
        entry = add(pipeline, record(**SCHOOL, subject="родина Озерчук"), papers=False).id

        def refused() -> str:
            with pytest.raises(JournalError) as told:
                drafted(pipeline, entry, "closing_order", {"дитина": "Озерчук Назар"})
            return told.value.clerk_message

        assert "Спершу запишіть рішення про завершення роботи" in refused()
        event(pipeline, entry, "work_ended")
        assert "Моніторинг триває щонайменше до 04.09.2026" in refused()
        office.clock.now = NOW.replace(month=9, day=4)
        (order,) = drafted(pipeline, entry, "closing_order", {"дитина": "Озерчук Назар"})
        assert order.context["моніторинг_з"] == "2026-03-04"
        event(pipeline, entry, "closed")
        (again,) = drafted(pipeline, entry, "closing_order", {"дитина": "Озерчук Назар"})
        assert again.id == order.id
