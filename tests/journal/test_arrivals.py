from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.journal.by_hand import change_by_hand
from tests.journal.office_day import NOW, digest, mailbox

pytestmark = pytest.mark.both_databases


def _mail(uid: int | None, raw: str, validity: int = 1, **changes: Any) -> int:
    from journal import arrivals

    new = arrivals.NewArrival(
        **{
            "source": mailbox(),
            "office": "ssd",
            "journal": "ssd",
            "channel": "email",
            "sha256": digest(raw),
            "size": len(raw),
            "received_at": NOW,
            "folder": "INBOX",
            "uid_validity": validity,
            "uid": uid,
            **changes,
        }
    )
    return arrivals.record_arrival(new, now=NOW, actor="тест")


def _scan(name: str, raw: str) -> int:
    from journal import arrivals

    folder = arrivals.source("folder", "scans", "ssd")
    return _mail(None, raw, 1, source=folder, folder="", uid_validity=None, file_name=name)


def test_the_same_message_told_twice_is_one_arrival(data: Path) -> None:
    from journal.models import Arrival

    assert _mail(5, "a") == _mail(5, "a")
    assert Arrival.objects.count() == 1


def test_equal_mails_in_one_box_are_two_arrivals(data: Path) -> None:
    assert _mail(5, "a") != _mail(6, "a")


def test_the_mark_moves_with_the_arrival_and_never_back(data: Path) -> None:
    from journal import arrivals

    assert arrivals.position(mailbox(), "INBOX") is None
    _mail(5, "a")
    _mail(9, "b")
    arrivals.skip(mailbox(), "INBOX", 1, 7)
    arrivals.start_folder(mailbox(), "INBOX", 1)
    assert arrivals.position(mailbox(), "INBOX") == (1, 9)


def test_a_new_uidvalidity_begins_to_count_from_zero(data: Path) -> None:
    from journal import arrivals

    _mail(9, "b")
    arrivals.start_folder(mailbox(), "INBOX", 2)
    assert arrivals.position(mailbox(), "INBOX") == (2, 0)


def test_after_a_new_uidvalidity_known_mails_are_bound_and_new_ones_enter(data: Path) -> None:
    from journal.models import Arrival, History

    first, twin, other = _mail(1, "a"), _mail(2, "a"), _mail(3, "b")
    bound = [_mail(uid, raw, 2) for uid, raw in ((1, "b"), (2, "a"), (3, "a"), (4, "c"))]
    assert bound[:3] == [other, first, twin]
    assert bound[3] not in (first, twin, other)
    assert Arrival.objects.count() == 4
    assert History.objects.filter(action="rebound").count() == 3


@given(uids=st.lists(st.integers(1, 2**32 - 1), max_size=6))
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_mark_is_the_highest_uid_dealt_with(data: Path, uids: list[int]) -> None:
    from journal import arrivals

    change_by_hand("DELETE FROM journal_arrival", "DELETE FROM journal_ledger")
    for uid in uids:
        _mail(uid, str(uid))
    assert arrivals.position(mailbox(), "INBOX") == ((1, max(uids)) if uids else None)


def test_a_file_is_the_same_until_it_is_out_of_its_folder(data: Path) -> None:
    from journal import arrivals

    first = _scan("лист.jpg", "x")
    assert _scan("лист.jpg", "x") == first
    assert _scan("інший.jpg", "x") != first
    arrivals.acknowledge(first, NOW)
    assert _scan("лист.jpg", "x") != first


def test_what_the_source_was_not_told_of_is_listed_until_it_is(data: Path) -> None:
    from journal import arrivals

    first, second = _mail(1, "a"), _mail(2, "b")
    arrivals.acknowledge(first, NOW)
    left = arrivals.unacknowledged(mailbox())
    assert [(one.id, one.uid, one.sha256) for one in left] == [(second, 2, digest("b"))]
    arrivals.acknowledge(second, NOW)
    assert arrivals.unacknowledged(mailbox()) == []


def _pauses(failures: int) -> list[timedelta]:
    from journal import arrivals

    pauses, now = [], NOW
    for _ in range(failures):
        arrivals.source_failed(mailbox(), "SourceUnavailableError", now)
        after = mailbox().next_try_at
        pauses.append(after - now)
        now = after
    return pauses


def test_a_failing_source_is_left_alone_ever_longer_up_to_an_hour(data: Path) -> None:
    minutes = [pause.total_seconds() / 60 for pause in _pauses(15)]
    assert minutes == [1, 2, 4, 8, 16, 32] + [60] * 9


def test_a_failing_source_does_not_hold_up_the_others(data: Path) -> None:
    from journal import arrivals

    first, second = mailbox(), mailbox("css")
    arrivals.source_failed(first, "LoginRefusedError", NOW)
    assert arrivals.rests_until(first) == NOW + timedelta(minutes=1)
    assert arrivals.rests_until(second) is None
    arrivals.source_worked(second, NOW)
    arrivals.source_worked(first, NOW)
    assert mailbox().fault == ""
    assert arrivals.rests_until(first) is None


def test_a_folder_is_looked_for_again_within_minutes(data: Path) -> None:
    from journal import arrivals

    now = NOW
    for _ in range(8):
        arrivals.source_failed(arrivals.source("folder", "scans", "ssd"), "x", now)
        until = arrivals.rests_until(arrivals.source("folder", "scans", "ssd"))
        assert until is not None
        pause, now = until - now, until
    assert pause == timedelta(minutes=5)


def test_a_source_that_withholds_a_part_shows_its_fault_and_need_not_rest(data: Path) -> None:
    from journal import arrivals

    arrivals.source_failed(mailbox(), "SourceUnavailableError", NOW)
    arrivals.source_worked(mailbox(), NOW, "PartlyUnavailableError")
    found = mailbox()
    assert (found.fault, found.next_try_at) == ("PartlyUnavailableError", None)
    assert (found.last_success_at, found.last_failure_at) == (NOW, NOW)
    arrivals.source_worked(mailbox(), NOW)
    assert mailbox().fault == ""


def test_success_is_noted_to_within_half_a_minute(data: Path) -> None:
    from journal import arrivals

    for seconds in (0, 20, 40):
        arrivals.source_worked(mailbox(), NOW + timedelta(seconds=seconds))
    assert mailbox().last_success_at == NOW + timedelta(seconds=40)


def test_a_count_is_kept_with_its_folder(data: Path) -> None:
    from journal import arrivals

    assert arrivals.counted_at(mailbox(), "INBOX") is None
    _mail(4, "a")
    _mail(7, "b", 2)
    arrivals.counted(mailbox(), "INBOX", 12, 1, NOW)
    assert arrivals.counted_at(mailbox(), "INBOX") == NOW
    assert arrivals.known_uids(mailbox(), "INBOX", 2) == {7}


def test_an_entry_by_hand_waits_for_no_source(data: Path) -> None:
    from journal.models import Arrival

    spoken = {"source": None, "channel": "oral", "folder": "", "uid_validity": None}
    first, second = _mail(None, "a", 1, **spoken), _mail(None, "a", 1, **spoken)
    assert first != second
    assert all(isinstance(row.acknowledged_at, datetime) for row in Arrival.objects.all())
