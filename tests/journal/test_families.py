"""Families: proposed with a score, joined and taken apart by a person, counted when they come again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opika.errors import JournalError, NotFoundError
from rules.form_values import understand
from tests.journal.by_hand import change_by_hand
from tests.journal.office_day import NOW, clock_rules, registered, rules, values

WHY = "встановлено за актом обстеження"


def act(why: str = WHY) -> Any:
    from journal.history import Act

    return Act("клерк", NOW + timedelta(days=400), why)


def came(n: int, days: int = 0, **changes: Any) -> int:
    """The n-th notification, so many days later, about nobody whom another names; its entry's id."""
    name = "".join("абвгдежзик"[int(figure)] for figure in f"{n * 7919:06}").capitalize()
    about = {
        "outgoing_number": f"01-15/{n}",
        "subject": f"{name} Іван, 9 років",
        "persons": [{"name": f"{name} Іван", "birth_date": None, "age": 9}],
        "address": f"с. {name}е, буд. {n}",
    }
    moment = NOW + timedelta(days=days)
    found = registered(values(**{**about, **changes}), received_at=moment, urgent=n % 2 == 0)
    return int(found.entry_id)


def join(one: int, other: int) -> Any:
    from journal import families

    return families.join(one, other, act(), clock_rules())


def part(one: int) -> Any:
    from journal import families

    return families.part(one, act(), clock_rules())


def apart(one: int, other: int) -> Any:
    from journal import families

    return families.apart(one, other, act(), clock_rules())


def happened(entry: int, kind: str, days: int, **details: str) -> None:
    from journal import casework

    new = casework.NewEvent(entry, kind, NOW + timedelta(days=days), details)
    casework.happened(new, act(""), clock_rules())


def case_of(entry: int) -> Any:
    from journal.models import Entry

    return Entry.objects.select_related("case").get(pk=entry).case


def links() -> set[tuple[int, int, str]]:
    from journal.models import Link

    return set(Link.objects.values_list("newer", "older", "state"))


def faults(data: Path) -> list[str]:
    from journal.comparing import entry_faults
    from journal.history import verify_chain
    from journal.models import Office

    chains = [fault for office in Office.objects.all() if (fault := verify_chain(office))]
    return [*chains, *entry_faults(data)]


def book_of() -> list[Any]:
    """What stands in the book, but for the ids of cases and for who decided about families."""
    from journal import book
    from journal.models import Entry

    return [
        {
            **book.entry_facts(row),
            "case": [sorted(row.case.entries.values_list("pk", flat=True)), row.case.opened_at],
            "stands": (row.case.status, row.case.closed_at),
            **book.person_facts(row.persons.order_by("pk")),
            **book.deadline_facts(row.deadlines.order_by("pk")),
            **book.event_facts(row.events.order_by("pk")),
        }
        for row in Entry.objects.select_related("case").order_by("pk")
    ]


@pytest.mark.both_databases
def test_a_family_is_joined_counted_and_taken_apart(data: Path) -> None:
    from journal import listing, repeats, voiding
    from journal.models import Case, History

    sister = {"address": "с. Вигадане, вул. Нова, буд. 5", "subject": "Вигаданюк Марія"}
    first, second = registered(values()).entry_id, came(2, 9, **sister)
    third, stranger = came(3, 20, **sister), came(4, 30)
    assert links() == {
        (second, first, "proposed"),
        (third, first, "proposed"),
        (third, second, "proposed"),
    }
    alone = book_of()

    assert join(second, first).moved == (second,)
    assert join(first, second).known
    happened(second, "visited", 10, **{"with": "police"})
    assert join(third, second).moved == (third,)
    assert {state for *_, state in links()} == {"confirmed"}
    assert case_of(third) == case_of(first) == case_of(second)
    emptied = Case.objects.filter(joined_into=case_of(first))
    assert {(case.status, case.entries.count()) for case in emptied} == {("closed", 0)}
    assert faults(data) == []

    cards = [listing.entry_by_id(pk) for pk in (first, second, third, stranger)]
    assert [card.ordinal for card in cards] == [1, 2, 3, 1]
    assert [card.number for card in cards] == ["1", "2", "3", "4"]
    assert listing.entry_json(cards[2])["ordinal"] == 3
    day = NOW.date()
    counted = repeats.repeats(day, day)
    assert counted == repeats.Repeats(4, 2, 2, 1, 1)
    assert repeats.repeats(day + timedelta(days=1), day + timedelta(days=2)).entries == 0
    assert repeats.repeats(day, day, "css").entries == 0

    voiding.void_entry(second, act())
    assert [listing.entry_by_id(pk).ordinal for pk in (first, second, third)] == [1, None, 2]
    assert repeats.repeats(day, day) == repeats.Repeats(3, 2, 1, 0, 1)

    assert part(third).moved == (third,)
    assert (third, first, "rejected") in links()
    assert case_of(third) != case_of(first)
    assert faults(data) == []
    now = book_of()
    assert [now[0], now[2], now[3]] == [
        {**alone[0], "case": [[first, second], alone[0]["case"][1]]},
        alone[2],
        alone[3],
    ]
    rows = History.objects.filter(action__in=["joined", "parted"], subject__startswith="entry:")
    told = [(row.action, row.entry_id, row.values.get(field="why").new) for row in rows]
    assert ("joined", second, WHY) in told
    assert ("parted", third, WHY) in told


def test_the_clocks_of_a_joined_case_follow_from_all_that_happened_in_it(data: Path) -> None:
    from journal.models import Deadline

    earlier, later = came(2), came(4, 5)
    happened(earlier, "visited", 1, **{"with": "police"})
    happened(later, "visited", 6, **{"with": "css"})
    before = book_of()
    join(later, earlier)
    visits = Deadline.objects.filter(key="urgent_visit").order_by("entry")
    assert [row.done_at and row.done_at.date() for row in visits] == [
        (NOW + timedelta(days=days)).date() for days in (1, 6)
    ]
    assert {row.case for row in visits} == {case_of(earlier)}
    part(earlier)
    assert book_of() == before
    assert faults(data) == []


def test_a_notification_after_the_end_of_the_work_opens_the_case_again(data: Path) -> None:
    old, new = came(1), came(3, 300)
    happened(old, "work_ended", 10)
    happened(old, "closed", 250)
    assert (case_of(old).status, case_of(new).status) == ("closed", "open")
    join(old, new)
    assert (case_of(new).status, case_of(new).closed_at) == ("open", None)
    with pytest.raises(JournalError) as refused:
        happened(new, "closed", 310)
    assert "work_ended" in refused.value.clerk_message
    happened(new, "work_ended", 310)
    assert case_of(old).status == "monitoring"
    part(new)
    assert (case_of(old).status, case_of(new).status) == ("closed", "monitoring")
    assert faults(data) == []


def test_what_is_held_apart_is_never_proposed_again(data: Path) -> None:
    from journal import correcting
    from journal.models import Link

    same: dict[str, Any] = {"address": "с. Вигадане, вул. Нова, буд. 5"}
    one, other, third = came(1, **same), came(3, **same), came(5)
    assert links() == {(other, one, "proposed")}
    apart(one, other)
    apart(third, one)
    assert apart(other, one).known
    assert links() == {(other, one, "rejected"), (third, one, "rejected")}
    decided = Link.objects.get(newer=third)
    assert (decided.why, decided.score, decided.decided_at) == (
        "рішення працівника",
        None,
        act().now,
    )
    said = understand({"address": same["address"]}, NOW.date())
    correcting.correct(third, correcting.Correction(said), act(), rules())
    assert links() == {
        (other, one, "rejected"),
        (third, one, "rejected"),
        (third, other, "proposed"),
    }
    join(one, other)
    assert (other, one, "confirmed") in links()
    assert faults(data) == []


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE journal_case SET joined_into_id = NULL WHERE joined_into_id IS NOT NULL",
        "UPDATE journal_case SET status = 'open' WHERE joined_into_id IS NOT NULL",
        "UPDATE journal_case SET joined_into_id = id + 1 WHERE joined_into_id IS NULL AND id = "
        "(SELECT min(id) FROM journal_case)",
        "UPDATE journal_link SET state = 'rejected'",
        "UPDATE journal_link SET decided_at = NULL",
    ],
)
def test_a_decision_about_a_family_that_is_changed_by_hand_is_found(
    data: Path, tampering: str
) -> None:
    same: dict[str, Any] = {"address": "с. Вигадане, вул. Нова, буд. 5"}
    join(came(1, **same), came(3, **same))
    assert faults(data) == []
    change_by_hand(tampering)
    assert faults(data)


def test_what_may_not_be_is_refused_with_its_reason(data: Path) -> None:
    from journal import voiding
    from tests.journal.by_hand import bring_to
    from tests.journal.office_day import bring, register

    one, void = came(1), came(3)
    voiding.void_entry(void, act())
    form = bring(values(outgoing_number="other office"))
    bring_to("css", form)
    elsewhere = register(form).entry_id
    said = {}
    for name, pair in {
        "same": (one, one),
        "void": (one, void),
        "elsewhere": (one, elsewhere),
    }.items():
        for decide in (join, apart):
            with pytest.raises(JournalError) as refused:
                decide(*pair)
            said[name] = refused.value.clerk_message
    assert said == {
        "same": "Це один і той самий запис.",
        "void": "Запис № 2 анульовано (див. opika journal show).",
        "elsewhere": "Записи – у журналах різних установ: справи об’єднують лише в одному.",
    }
    with pytest.raises(JournalError) as alone:
        part(one)
    assert "у власній справі" in alone.value.clerk_message
    with pytest.raises(NotFoundError):
        join(one, 10_000)
    from journal import families

    with pytest.raises(JournalError):
        families.join(one, elsewhere, act(" "), clock_rules())
    assert len({case_of(pk).pk for pk in (one, void, elsewhere)}) == 3
    assert faults(data) == []


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["join", "part", "apart", "visit", "threat"]), *[st.integers(0, 4)] * 2
    ),
    min_size=1,
    max_size=12,
)


@given(steps=STEPS)
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_joined_and_taken_apart_the_book_is_as_if_it_had_never_been(
    data: Path, steps: Sequence[tuple[str, int, int]]
) -> None:
    """The same events without any joining give the same book once every entry is alone again."""
    from django.db import transaction

    with transaction.atomic():
        joined = _played(steps, families=True)
        assert faults(data) == []
        numbers = [(entry["registration"]["number"]) for entry in joined]
        assert numbers == list(range(numbers[0], numbers[0] + 5))
        transaction.set_rollback(True)
    with transaction.atomic():
        alone = _played(steps, families=False)
        transaction.set_rollback(True)
    assert [_but_numbers(entry) for entry in joined] == [_but_numbers(entry) for entry in alone]


def _played(steps: Sequence[tuple[str, int, int]], *, families: bool) -> list[Any]:
    from journal.models import Entry

    entries = [came(n, n) for n in range(5)]
    for day, (what, one, other) in enumerate(steps, start=20):
        try:
            if what == "visit":
                happened(entries[one], "visited", day, **{"with": "css"})
            elif what == "threat":
                happened(entries[one], "threat_confirmed", day)
            elif families:
                pair = (entries[one], entries[other])
                part(pair[0]) if what == "part" else {"join": join, "apart": apart}[what](*pair)
        except JournalError:
            pass
    for entry in entries:
        if Entry.objects.filter(case=case_of(entry)).count() > 1:
            part(entry)
    return book_of()


def _but_numbers(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if not key.startswith(("event:", "case"))}
