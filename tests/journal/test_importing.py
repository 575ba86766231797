"""The paper book is taken over with its numbers, whole or not at all, and only once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from journal.originals import Originals
from rules.paper_book import PaperEntry, Step
from tests.journal.office_day import (
    CONTENTS,
    KYIV,
    NOW,
    bring,
    digest,
    register,
    rules,
    stored,
    values,
)

pytestmark = pytest.mark.both_databases
CAME = datetime(2026, 2, 2, 9, 30, tzinfo=KYIV)
FILE = "the paper book"


def _paper(number: int, **changes: Any) -> PaperEntry:
    paper = PaperEntry(
        page="Журнал",
        row=number + 1,
        year=2026,
        number=number,
        index=f"{number}/01-15",
        registered_at=CAME,
        received_at=CAME,
        channel="phone",
        urgent=False,
        values=values(outgoing_number=None, outgoing_date=None, subject=f"Паперенко {number}"),
        review=(),
        steps=(),
        text=f"№: {number}",
    )
    return replace(paper, **changes)


def _step(kind: str, *parts: int, **details: str) -> Step:
    return Step(kind, datetime(*parts, tzinfo=KYIV), details)  # type: ignore[misc, arg-type]


def _import(
    papers: Sequence[PaperEntry], *, rehearse: bool = False, start: int = 40, kept: Any = None
) -> Any:
    from journal.history import Act
    from journal.importing import Row, Sheet, take_over

    CONTENTS.append(FILE)
    keep = kept.append if kept is not None else str
    sheet = Sheet("ssd", "book.xlsx", digest(FILE), len(FILE), lambda: keep("kept"))
    rows = [Row(paper, urgent=True) for paper in papers]
    return take_over(rows, sheet, Act("клерк", NOW), rules(start=start), rehearse=rehearse)


def _whole(data: Path) -> bool:
    from journal import verify

    return verify.verify(stored(data), data).first_fault is None


def test_the_books_entries_keep_numbers_and_dates_and_their_clocks_run(data: Path) -> None:
    from journal import listing, steps
    from journal.book_rows import book

    steps_done = (
        _step("request_sent", 2026, 2, 3, number="01-12/3", dated="2026-02-03"),
        _step("act_made", 2026, 2, 9),
        _step("work_ended", 2026, 2, 20),
    )
    kept: list[str] = []
    done = _import([_paper(12, steps=steps_done), _paper(30)], kept=kept)
    assert (done.numbers, done.faults, kept) == (((2026, 12), (2026, 30)), (), ["kept"])
    card = listing.entry(12)
    assert (card.index, card.registered_at, card.channel) == ("12/01-15", CAME, "phone")
    assert (card.status, card.stage) == ("monitoring", "monitoring")
    clocks = {clock.key: clock for clock in card.deadlines}
    assert str(clocks["needs_assessment"].due) == "2026-02-10"
    assert clocks["needs_assessment"].done == datetime(2026, 2, 9, tzinfo=KYIV)
    assert clocks["register"].done == CAME
    assert clocks["monitoring"].runs
    assert steps.entries_to_draft(NOW) == []
    assert register(bring(values()), start=40).number == "40"
    found = book("ssd", "notifications", 2026)
    assert [row.number for row in found.rows] == [12, 30, 40]
    assert (found.first, found.last, found.count) == (40, 40, 1)
    assert _whole(data)


def test_the_same_rows_again_do_nothing_and_new_ones_are_added(data: Path) -> None:
    from journal.models import Arrival, Entry, History

    _import([_paper(12)])
    rows = History.objects.count()
    again = _import([_paper(12)])
    assert (again.numbers, again.known, again.faults) == ((), 1, ())
    assert (History.objects.count(), Arrival.objects.count()) == (rows, 1)
    more = _import([_paper(12), _paper(13)])
    assert (more.numbers, more.known) == (((2026, 13),), 1)
    assert Entry.objects.count() == 2
    assert _whole(data)


def test_a_fault_in_one_row_leaves_nothing_written_and_all_faults_are_told(data: Path) -> None:
    from journal.models import Arrival, Entry, History

    register(bring(values()), start=40)
    _import([_paper(12)])
    before = History.objects.count(), Arrival.objects.count()
    kept: list[str] = []
    done = _import(
        [
            _paper(11),
            _paper(12, text="інше"),
            _paper(13, steps=(_step("closed", 2026, 2, 20),)),
            _paper(41),
            _paper(42),
        ],
        kept=kept,
    )
    assert [(fault.row, fault.message.split(" ", 2)[0]) for fault in done.faults] == [
        (13, "№"),
        (14, "Спершу"),
        (42, "№"),
    ]
    assert "і ще 1" in done.faults[-1].message
    assert "first_number = 43" in done.faults[-1].message
    assert (Entry.objects.count(), kept) == (2, [])
    assert (History.objects.count(), Arrival.objects.count()) == before
    assert _whole(data)


def test_a_rehearsal_tells_what_would_be_and_writes_nothing(data: Path) -> None:
    from journal.models import Arrival, Entry, Original

    kept: list[str] = []
    done = _import([_paper(12)], rehearse=True, kept=kept)
    assert (done.numbers, kept) == (((2026, 12),), [])
    assert not Entry.objects.exists()
    assert not Arrival.objects.exists()
    assert not Original.objects.exists()


def test_a_book_of_a_past_year_ends_where_it_ends_and_a_closed_one_takes_nothing(
    data: Path,
) -> None:
    from journal.history import Act
    from journal.registers import close, skip

    past = CAME.replace(year=2025)
    old = _paper(300, year=2025, registered_at=past, received_at=past)
    assert _import([old]).faults == ()
    series = replace(rules().series, start=1)
    (passed,) = skip("ssd", series, 301, Act("голова", NOW, "зіпсовано"), 2025)
    assert passed.number == 301
    too_high = replace(old, number=301, text="ще")
    assert "Opika веде 2025 рік із № 301" in _import([too_high]).faults[0].message
    close("ssd", "notifications", 2025, Act("голова", NOW))
    (fault,) = _import([replace(old, number=299, text="ще")]).faults
    assert "закрито" in fault.message
    assert _whole(data)


def test_a_first_number_set_too_low_gives_no_number_of_the_paper_book(data: Path) -> None:
    _import([_paper(30)])
    assert register(bring(values()), start=5).number == "31"
    assert _whole(data)


def test_a_danger_that_nobody_met_on_paper_is_told_and_no_other(data: Path) -> None:
    from journal import alerts, listing

    visit = (_step("visited", 2026, 2, 2, 10),)
    done = _import(
        [_paper(1, urgent=None), _paper(2, urgent=None, steps=visit), _paper(3, urgent=True)]
    )
    assert done.alarming == (1, 3)
    alerts.raise_dangers(NOW)
    assert [card.number for card in alerts.unanswered()] == ["1"]
    assert listing.entry(2).urgent


def test_a_number_of_the_paper_book_in_our_series_is_found_by_verify(data: Path) -> None:
    from journal import verify
    from tests.journal.by_hand import change_by_hand

    _import([_paper(30)])
    register(bring(values()), start=40)
    change_by_hand("UPDATE journal_entry SET number = 50 WHERE number = 30")
    fault = verify.verify(Originals(data / "originals"), data).first_fault
    assert fault and "номер 50 паперового журналу" in fault
