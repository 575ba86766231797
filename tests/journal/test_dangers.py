"""Danger is found by asking the book: none is missed, none is raised twice."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from opika.errors import NotFoundError
from tests.journal.office_day import (
    NOW,
    arrival,
    bring,
    read,
    register,
    registered,
    rules,
    stored,
    unpack,
    values,
)

pytestmark = pytest.mark.both_databases

REPEAT = timedelta(minutes=15)
BEATEN = {"id": "beaten", "group": "violence", "text": "побиття", "quote": "побили"}
HUNGRY = {"id": "hungry", "group": "neglect", "text": "голод", "quote": "голодна"}


def later(**time: float) -> Any:
    return NOW + timedelta(**time)


def found(now: Any = NOW) -> list[tuple[str, str]]:
    """Kind and subject of what is unanswered, after a look."""
    from journal import alerts

    alerts.raise_dangers(now)
    return [(card.kind, card.subject) for card in alerts.unanswered()]


def place(arrival_id: int) -> str:
    from journal import placing

    return placing.place(arrival_id, now=NOW, actor="тест", rules=rules())


def acknowledge(alert_id: int | None = None) -> list[Any]:
    from journal import alerts

    return alerts.acknowledge(alert_id, now=NOW, actor="olena")


def letter(*, urgent: bool | None, placed: bool = True) -> int:
    """A mail without a form; give the arrival's id."""
    one = arrival()
    (body,) = unpack(one, [("body", f"лист {one}")])
    read(body, urgent=urgent)
    if placed:
        place(one)
    return one


@pytest.mark.parametrize(
    ("urgent", "kinds"), [(True, ["urgent"]), (None, ["possibly urgent"]), (False, [])]
)
def test_an_entry_that_is_or_may_be_urgent_raises_one_alert(
    data: Path, urgent: bool | None, kinds: list[str]
) -> None:
    entry = registered(values(), urgent=urgent).entry_id
    assert found() == [(kind, f"entry:{entry}") for kind in kinds]
    assert found() == found()


@pytest.mark.parametrize(
    ("urgent", "kinds"), [(True, ["urgent"]), (None, ["possibly urgent"]), (False, [])]
)
def test_a_letter_in_triage_raises_one_as_the_triage_shows_it(
    data: Path, urgent: bool | None, kinds: list[str]
) -> None:
    from journal.triage import triage_card

    one = letter(urgent=urgent)
    assert triage_card(one).urgent is urgent
    assert found() == [(kind, f"arrival:{one}") for kind in kinds]


def test_what_cannot_be_opened_at_all_may_be_urgent(data: Path) -> None:
    from journal import steps

    one = arrival()
    for _ in range(2):
        steps.failed("unpack", one, "OSError", now=NOW)
    assert found() == [("possibly urgent", f"arrival:{one}")]


def test_a_paper_that_is_read_tells_of_danger_though_another_keeps_its_letter_back(
    data: Path,
) -> None:
    one = arrival()
    body, _scan = unpack(one, [("body", f"лист {one}"), ("attachment", "скан")])
    read(body, urgent=True)
    assert found() == []
    assert found(later(minutes=1)) == [("urgent", f"arrival:{one}")]


def test_a_letters_alert_gives_way_to_that_of_its_entry(data: Path) -> None:
    form = bring(values(), urgent=True)
    from journal.models import Form

    one = Form.objects.get(pk=form).file.arrival_id
    assert found(later(minutes=2)) == [("urgent", f"arrival:{one}")]
    entry = register(form).entry_id
    place(one)
    assert found(later(minutes=2)) == [("urgent", f"entry:{entry}")]


def test_what_a_person_dismissed_is_answered_and_what_is_read_again_is_not(data: Path) -> None:
    from journal import deciding

    one = letter(urgent=True)
    assert found()
    deciding.dismiss(one, reason="реклама", now=NOW, actor="olena")
    assert found() == []
    deciding.retry(one, now=NOW, actor="olena")
    (body,) = unpack(one, [("body", f"лист {one}")])
    read(body, urgent=True)
    place(one)
    assert found() == [("urgent", f"arrival:{one}")]


def test_a_new_danger_on_an_entry_that_somebody_has_raises_a_new_alert(data: Path) -> None:
    entry = registered(values(), urgent=True, indicators=[BEATEN]).entry_id
    (first,) = found()
    acknowledge()
    assert found() == []
    again = values(content="Дитина голодна.")
    assert registered(again, urgent=True, indicators=[BEATEN, HUNGRY]).entry_id == entry
    assert found() == [first]


def test_the_same_notice_again_is_no_new_danger(data: Path) -> None:
    registered(values(), urgent=True, indicators=[BEATEN], attachment="той самий")
    found()
    acknowledge()
    registered(values(), urgent=True, indicators=[BEATEN], attachment="той самий")
    assert found() == []


def test_a_possible_danger_that_becomes_certain_is_told_anew(data: Path) -> None:
    from journal import alerts

    entry = registered(values(), urgent=None).entry_id
    found()
    registered(values(content="Дитину побили."), urgent=True, indicators=[BEATEN])
    assert found() == [("urgent", f"entry:{entry}")]
    assert [card.told for card in alerts.due(NOW, REPEAT)] == [0]


def test_a_new_danger_before_anybody_answered_is_told_at_once(data: Path) -> None:
    from journal import alerts

    registered(values(), urgent=True, indicators=[BEATEN])
    found()
    (card,) = alerts.unanswered()
    alerts.note_told([card.id], "", now=NOW, next_at=NOW + REPEAT)
    assert alerts.due(later(minutes=1), REPEAT) == []
    registered(values(content="Голодна."), urgent=True, indicators=[HUNGRY])
    found()
    assert [one.id for one in alerts.due(later(minutes=1), REPEAT)] == [card.id]


def test_an_alert_is_due_again_after_the_pause_and_after_the_clock_was_set_back(
    data: Path,
) -> None:
    from journal import alerts

    registered(values(), urgent=True)
    found()
    (card,) = alerts.unanswered()
    alerts.note_told([card.id], "", now=NOW, next_at=NOW + REPEAT)
    assert alerts.due(later(minutes=14), REPEAT) == []
    assert alerts.due(later(minutes=15), REPEAT)
    assert alerts.due(later(days=-1), REPEAT)


def test_who_has_it_and_since_when_is_in_the_history_which_stays_whole(data: Path) -> None:
    from journal.models import History
    from journal.verify import verify

    entry = registered(values(), urgent=True).entry_id
    one = letter(urgent=True)
    found()
    assert [card.subject for card in acknowledge()] == [f"entry:{entry}", f"arrival:{one}"]
    rows = History.objects.filter(action="acknowledged").order_by("seq")
    assert [(row.actor, row.at, row.entry_id) for row in rows] == [
        ("olena", NOW, entry),
        ("olena", NOW, None),
    ]
    assert verify(stored(data), data).ok


def test_a_look_at_what_is_known_reads_none_of_it_again_and_writes_nothing(data: Path) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from journal import alerts
    from journal.models import Cursor, History

    for urgent in (True, False, None):
        registered(values(outgoing_number=f"01-15/{urgent}"), urgent=urgent)
    found()
    acknowledge()
    assert alerts.raise_dangers(NOW) == 0
    with CaptureQueriesContext(connection) as asked:
        assert alerts.raise_dangers(NOW) == 0
    assert {query["sql"].split()[0] for query in asked} == {"SELECT"}
    # Three registrations are left behind; the two acknowledgements are read again.
    assert (Cursor.objects.get().seq, History.objects.count()) == (3, 5)


def test_what_a_killed_look_has_left_behind_is_looked_at_again(data: Path) -> None:
    from django.db import transaction

    from journal import alerts

    entry = registered(values(), urgent=True).entry_id
    with transaction.atomic():
        assert alerts.raise_dangers(NOW) == 1
        transaction.set_rollback(True)
    assert found() == [("urgent", f"entry:{entry}")]


def test_a_long_peace_is_left_behind_and_the_danger_after_it_is_found(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from journal import alerts
    from journal.models import Cursor

    monkeypatch.setattr(alerts, "_READ_AGAIN", 2)
    calm = registered(values(), urgent=False).entry_id
    registered(values(outgoing_number="01-15/8"), urgent=False)
    assert (found(), Cursor.objects.get().seq) == ([], 2)
    again = registered(values(content="Дитину побили."), urgent=True, indicators=[BEATEN])
    assert (again.entry_id, found()) == (calm, [("urgent", f"entry:{calm}")])


def test_what_is_acknowledged_is_not_acknowledged_again(data: Path) -> None:
    registered(values(), urgent=True)
    found()
    (card,) = acknowledge()
    with pytest.raises(NotFoundError):
        acknowledge(card.id)
    assert acknowledge() == []


def test_a_fault_is_told_once_then_daily_and_when_it_is_over(data: Path) -> None:
    from journal import alerts

    found = {"source:1": "source down"}
    alerts.raise_faults(found, NOW)
    alerts.raise_faults(found, NOW)
    (lasting,), over = alerts.faults_to_tell(found, NOW)
    assert (lasting.subject, over) == ("source:1", [])
    alerts.note_told([lasting.id], "", now=NOW, next_at=later(days=1))
    assert alerts.faults_to_tell(found, later(hours=23)) == ([], [])
    assert alerts.faults_to_tell(found, later(hours=25))[0]
    assert [card.told for card in alerts.faults_to_tell({}, later(hours=1))[1]] == [1]
    alerts.end_faults([lasting.id], later(hours=1))
    assert alerts.faults_to_tell({}, later(hours=1)) == ([], [])
    alerts.raise_faults(found, later(hours=2))
    assert alerts.faults_to_tell(found, later(hours=2))[0]
