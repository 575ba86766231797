"""Events of a case: the table of kinds, what is told of them, how they follow each other."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opika.config import BOOKS
from opika.errors import BadValueError
from rules.case_story import (
    Happened,
    Running,
    in_order,
    moment_fault,
    play,
    refusals,
    stage,
    status,
)
from rules.casework import KINDS, STAGES, checked, detail_words, kind_of, usage
from rules.deadlines import KEYS, START_KINDS

KYIV = ZoneInfo("Europe/Kyiv")
NOW = datetime(2026, 3, 4, 10, 0, tzinfo=KYIV)


def at(hours: float) -> datetime:
    return NOW + timedelta(hours=hours)


def events(*told: tuple[str, float], entry: int = 1) -> list[Happened]:
    return [Happened(n, entry, kind, at(hours)) for n, (kind, hours) in enumerate(told, start=1)]


def opened(*keys: str, entry: int = 1, hours: float = 0) -> list[Running]:
    return [Running(entry, key, "", at(hours)) for key in keys]


def told(clocks: list[Running]) -> dict[tuple[int, str, str], str]:
    return {
        clock.name: "open" if clock.is_open else "done" if clock.done else "cancelled"
        for clock in clocks
    }


def test_every_clock_of_the_table_is_one_that_the_law_knows() -> None:
    for name, kind in KINDS.items():
        keys = {*kind.stops, *kind.cancels, *(key for key, _ in kind.starts)}
        assert keys <= set(KEYS), name
        assert {start for _, start in kind.starts if start} <= set(START_KINDS), name
        assert kind.stage is None or kind.stage in STAGES, name
        assert kind.point or name == "reopened"


def test_every_clock_that_an_event_starts_can_be_stopped_by_one() -> None:
    stopped = {key for kind in KINDS.values() for key in kind.stops}
    started = {key for kind in KINDS.values() for key, _ in kind.starts}
    assert started - stopped == set()


def test_an_unknown_kind_is_refused_with_those_there_are() -> None:
    with pytest.raises(BadValueError, match="visited"):
        kind_of("vizyt")


def test_what_is_told_is_kept_by_its_values() -> None:
    assert checked("visited", {"with": "css, police,css", "note": " так "}) == {
        "with": ["css", "police"],
        "note": "так",
    }
    assert checked("act_made", {"number": "7", "dated": "2026-03-05", "note": ""}) == {
        "number": "7",
        "dated": "2026-03-05",
    }


@pytest.mark.parametrize(
    ("kind", "details", "named"),
    [
        ("safety_act_made", {}, "threat=yes|no"),
        ("safety_act_made", {"threat": "maybe"}, "yes, no"),
        ("visited", {"with": "police,army"}, "army"),
        ("visited", {"who": "police"}, "who"),
        ("act_made", {"dated": "5 березня"}, "2026-03-04"),
        ("monitored", {"seen": "  "}, "seen"),
    ],
)
def test_what_is_told_wrongly_is_refused_with_what_is_allowed(
    kind: str, details: dict[str, str], named: str
) -> None:
    with pytest.raises(BadValueError) as refused:
        checked(kind, details)
    assert named in refused.value.clerk_message


def test_what_is_told_is_shown_in_words() -> None:
    shown = detail_words("visited", {"with": ["police", "css"], "note": "вдома", "was": True})
    assert shown == "разом із: поліція, ЦСС; примітка: вдома"
    assert detail_words("act_made", {"dated": "2026-03-05"}) == "дата документа: 05.03.2026"


def test_needed_details_are_told_first() -> None:
    assert usage("placed")[0] == "form=relatives|shelter (куди)"
    assert usage("act_made")[2] == "dated=ДАТА (дата документа)"


def test_an_event_stops_what_began_before_it_in_every_entry_of_the_case() -> None:
    before = opened("urgent_visit", entry=1) + opened("urgent_visit", entry=2, hours=1)
    clocks = told(
        play(
            [*before, *opened("urgent_visit", entry=3, hours=3)], events(("visited", 2)), {1, 2, 3}
        )
    )
    assert clocks == {
        (1, "urgent_visit", ""): "done",
        (2, "urgent_visit", ""): "done",
        (3, "urgent_visit", ""): "open",
        (1, "safety_act", ""): "open",
    }


def test_an_event_of_the_same_minute_stops_a_clock() -> None:
    clock = Running(1, "urgent_visit", "", NOW.replace(second=40))
    (done, _act) = play([clock], events(("visited", 0)), {1})
    assert done.done == NOW


def test_a_clock_that_runs_does_not_begin_anew_and_one_that_stopped_does() -> None:
    twice = events(("request_sent", 1), ("request_sent", 2))
    assert [clock.starts for clock in play([], twice, {1})] == [at(1)]
    again = events(("request_sent", 1), ("conclusion_received", 2), ("request_sent", 3))
    (clock,) = play([], again, {1})
    assert (clock.starts, clock.cause, clock.is_open) == (at(3), 3, True)


def test_what_is_written_down_late_stands_where_it_happened() -> None:
    late = [Happened(1, 1, "act_made", at(5)), Happened(2, 1, "crisis_service_given", at(2))]
    assert told(play([], late, {1})) == {
        (1, "needs_assessment", "crisis_service"): "done",
        (1, "act_registered_decision", ""): "open",
        (1, "conclusion_sent", ""): "open",
    }


def test_only_the_calmed_entry_s_own_visit_is_cancelled() -> None:
    before = [*opened("urgent_visit", entry=1), *opened("urgent_visit", entry=2)]
    assert told(play(before, events(("calmed", 1)), {1, 2})) == {
        (1, "urgent_visit", ""): "cancelled",
        (2, "urgent_visit", ""): "open",
    }


def test_a_void_entry_gets_no_clock_but_its_event_stops_those_of_others() -> None:
    clocks = play(opened("urgent_visit", entry=2), events(("visited", 1)), {2})
    assert told(clocks) == {(2, "urgent_visit", ""): "done"}


def test_an_hour_that_comes_twice_in_autumn_is_ordered_by_the_true_time() -> None:
    first = datetime(2026, 10, 25, 3, 50, tzinfo=KYIV)
    later = datetime(2026, 10, 25, 3, 10, tzinfo=KYIV, fold=1)
    assert [
        event.id
        for event in in_order([Happened(1, 1, "visited", later), Happened(2, 1, "visited", first)])
    ] == [2, 1]


MONITORED = date(2026, 9, 4)


@pytest.mark.parametrize(
    ("story", "refused"),
    [
        ([("work_ended", 1)], {}),
        ([("closed", 1)], {1: "work_ended"}),
        ([("work_ended", 1), ("closed", 24 * 183)], {2: "щонайменше до 04.09.2026 (п. 22)"}),
        ([("work_ended", 1), ("closed", 24 * 184)], {}),
        ([("work_ended", 1), ("work_ended", 2)], {2: "вже записано"}),
        ([("orphan", 0), ("work_ended", 1)], {2: "п. 23"}),
        ([("orphan", 0), ("adopted", 1), ("work_ended", 2)], {}),
        ([("orphan", 0), ("orphan", 1), ("adopted", 2), ("work_ended", 3)], {4: "п. 23"}),
        ([("reopened", 1)], {1: "в роботі"}),
        ([("work_ended", 1), ("reopened", 2), ("closed", 24 * 200)], {3: "work_ended"}),
        ([("work_ended", 1), ("closed", 24 * 184), ("closed", 24 * 185)], {3: "вже завершено"}),
        ([("work_ended", 1), ("closed", 24 * 184), ("request_sent", 24 * 185)], {3: "reopened"}),
        ([("work_ended", 1), ("closed", 24 * 184), ("team_met", 24 * 185)], {}),
    ],
)
def test_the_law_and_the_order_of_steps_refuse(
    story: list[tuple[str, float]], refused: dict[int, str]
) -> None:
    found = refusals(events(*story), lambda _: MONITORED)
    assert found.keys() == refused.keys()
    assert all(words in found[event] for event, words in refused.items())


def test_nothing_happens_before_the_notice_or_after_now() -> None:
    received = NOW.replace(second=30)
    assert moment_fault(NOW, received, at(1)) is None
    assert "04.03.2026 10:00" in (moment_fault(at(-0.1), received, at(1)) or "")
    assert "--at" in (moment_fault(at(2), received, at(1)) or "")


@pytest.mark.parametrize(
    ("story", "stands", "reached"),
    [
        ([], "open", "registered"),
        ([("request_sent", 1)], "open", "assessment"),
        ([("visited", 1), ("monitored", 2)], "open", "visited"),
        ([("services_decided", 1), ("work_ended", 2)], "monitoring", "monitoring"),
        ([("work_ended", 1), ("closed", 5000)], "closed", "closed"),
        ([("work_ended", 1), ("closed", 5000), ("reopened", 5001)], "open", "reopened"),
    ],
)
def test_status_and_stage_follow_from_what_happened(
    story: list[tuple[str, float]], stands: str, reached: str
) -> None:
    happened = events(*story)
    since = at(5000) if stands == "closed" else None
    assert (status(happened), stage(happened)) == ((stands, since), reached)


STORIES = st.lists(
    st.tuples(st.sampled_from(sorted(KINDS)), st.integers(0, 40)), min_size=1, max_size=12
)


@given(story=STORIES, order=st.randoms(use_true_random=False))
def test_the_order_in_which_events_are_written_down_changes_no_clock(
    story: list[tuple[str, int]], order: object
) -> None:
    """But for those of one minute, which are ordered by their writing."""
    happened = [Happened(n, 1, kind, at(n * 50 + hours)) for n, (kind, hours) in enumerate(story)]
    shuffled = list(happened)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    before = opened("urgent_visit", "assessment_request")
    assert set(play(before, happened, {1})) == set(play(before, shuffled, {1}))


@given(story=STORIES)
def test_no_clock_is_both_done_and_cancelled_or_ends_before_it_began(
    story: list[tuple[str, int]],
) -> None:
    for clock in play(opened("urgent_visit", hours=20), events(*story), {1}):
        assert clock.done is None or clock.cancelled is None
        end = clock.done or clock.cancelled
        assert end is None or end >= clock.starts
        assert (end is None) == (clock.stopped_by is None)


def test_a_paper_with_a_number_of_ours_stands_in_a_register_that_there_is() -> None:
    papers = {name: kind.paper for name, kind in KINDS.items() if kind.paper}
    assert {paper.register for paper in papers.values()} <= set(BOOKS)
    assert all("number" in KINDS[name].details for name in papers)
    assert [name for name, paper in papers.items() if paper.assessor] == ["act_made"]
