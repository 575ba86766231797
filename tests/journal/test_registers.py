"""Registers: papers made elsewhere, numbers passed over, closed years."""

from __future__ import annotations

import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal.originals import Originals
from opika.errors import ClosedYearError, JournalError, NotFoundError
from tests.journal.office_day import (
    KYIV,
    NOW,
    bring,
    outgoing,
    register,
    registered,
    rules,
    stored,
    values,
)
from tests.lent_databases import LentDatabases
from tests.postgres import PostgresServer

NEXT_YEAR = datetime(2027, 1, 11, 9, 0, tzinfo=KYIV)


def _act(why: str = "так треба", now: datetime = NOW) -> Any:
    from journal.history import Act

    return Act("клерк", now, why)


def _rule(name: str = "acts", **changes: Any) -> Any:
    from journal.numbers import SeriesRule

    return SeriesRule(name, KYIV, **{"mask": "{number}/{yy}", **changes})


def _paper(about: str = "Акт оцінки потреб", **more: Any) -> Any:
    from journal.registers import Paper

    return Paper(about, **more)


def _add(name: str = "acts", *, office: str = "css", now: datetime = NOW, **more: Any) -> str:
    from journal.registers import add_line

    return str(add_line(office, _rule(name), _paper(**more), _act("", now))[1].index)


def _skip(to: int, name: str = "acts", *, office: str = "css", **more: Any) -> list[int]:
    from journal.registers import skip

    given_out = skip(office, _rule(name, start=more.pop("start", 1)), to, _act(), **more)
    return [number.number for number in given_out]


def _close(year: int = 2026, name: str = "acts", *, office: str = "css") -> Any:
    from journal.registers import close

    return close(office, name, year, _act("", NEXT_YEAR))


def _rows(name: str = "acts", office: str = "css", year: int = 2026) -> list[tuple[Any, ...]]:
    from journal.register_rows import rows

    return [(row.number, row.what, row.voided) for row in rows(office, name, year)]


def _fault(data: Path) -> str | None:
    from journal import verify

    return verify.verify(Originals(data / "originals"), data).first_fault


def test_a_paper_made_elsewhere_gets_the_next_number_of_its_register(data: Path) -> None:
    entry = registered(values()).entry_id
    stored(data)
    assert _add(dated=date(2026, 3, 2), counterpart="Вигаданюк І. П.", entry_id=entry) == "1/26"
    assert _add("orders") == "1/26"
    assert _add() == "2/26"
    from journal.register_rows import rows

    first = next(rows("css", "acts", 2026))
    assert (first.dated, first.counterpart, first.entry) == (date(2026, 3, 2), "Вигаданюк І. П.", 1)
    assert _fault(data) is None


@pytest.mark.both_databases
def test_letters_and_papers_share_the_numbers_of_a_register(data: Path) -> None:
    from journal import documents
    from journal.registers import add_line

    entry = registered(values()).entry_id
    stored(data)
    new = documents.NewDocument(entry, "ssd", "registration_reply", "reply", {})
    documents.new_document(new, series=outgoing(), now=NOW, actor="тест")
    _, number = add_line("ssd", outgoing(), _paper("Лист, написаний від руки"), _act(""))
    assert number.index == "01-12/2"
    assert _rows("outgoing", "ssd") == [(1, "letter", False), (2, "paper", False)]
    assert _fault(data) is None


def test_a_paper_that_says_nothing_or_is_a_notification_gets_no_number(data: Path) -> None:
    for name, about in (("acts", " "), ("notifications", "Повідомлення")):
        with pytest.raises(JournalError):
            _add(name, about=about)
    with pytest.raises(NotFoundError):
        _add(entry_id=7)
    with pytest.raises(NotFoundError):
        _add(office="nobody")
    assert _rows() == []


@pytest.mark.both_databases
def test_numbers_passed_over_stay_and_are_void(data: Path) -> None:
    _add()
    assert _skip(4) == [2, 3, 4]
    assert _add() == "5/26"
    assert _rows()[:2] == [(1, "paper", False), (2, "skipped", True)]
    assert _fault(data) is None


def test_the_numbers_of_the_paper_book_can_be_passed_over_from_its_first_on(data: Path) -> None:
    assert _skip(413, "notifications", office="ssd", start=412) == [412, 413]
    assert registered(values()).number == "414"
    stored(data)
    assert _fault(data) is None


@pytest.mark.both_databases
def test_numbers_of_last_year_can_be_passed_over(data: Path) -> None:
    _add(now=datetime(2025, 12, 30, 9, tzinfo=KYIV))
    assert _skip(3, year=2025) == [2, 3]
    assert _rows(year=2025)[-1] == (3, "skipped", True)
    assert _fault(data) is None


@pytest.mark.parametrize("to", [0, 1, 202])
def test_a_number_given_out_or_far_too_high_is_not_passed_over(data: Path, to: int) -> None:
    _add()
    with pytest.raises(JournalError):
        _skip(to)
    assert _rows() == [(1, "paper", False)]


def test_passing_over_asks_for_a_reason(data: Path) -> None:
    from journal.registers import skip

    with pytest.raises(JournalError, match="no reason"):
        skip("css", _rule(), 3, _act(" "))


@pytest.mark.both_databases
def test_a_closed_year_is_counted_and_gives_no_number(data: Path) -> None:
    from journal.voiding import void_line

    _add()
    _skip(2)
    _add()
    closed = _close()
    assert (closed.first, closed.last, closed.count, closed.voided) == (1, 3, 3, 1)
    assert _close() == closed
    with pytest.raises(ClosedYearError) as refused:
        _add()
    assert refused.value.clerk_message == (
        "Журнал за 2026 рік закрито 11.01.2027. Перевірте дату комп’ютера."
    )
    with pytest.raises(ClosedYearError):
        void_line(1, _act())
    assert _add(now=NEXT_YEAR) == "1/27"
    assert _fault(data) is None


def test_the_running_year_is_not_closed(data: Path) -> None:
    _add()
    with pytest.raises(JournalError, match="still runs"):
        _close(2027)


@pytest.mark.both_databases
def test_a_journal_is_not_closed_while_a_letter_of_its_year_waits(data: Path) -> None:
    form = bring(values())
    with pytest.raises(JournalError, match="something waits"):
        _close(name="notifications", office="ssd")
    from journal import placing
    from journal.models import Form
    from tests.journal.office_day import rules

    register(form)
    arrival = Form.objects.get(pk=form).file.arrival_id
    placing.place(arrival, now=NOW, actor="тест", rules=rules())
    assert _close(name="notifications", office="ssd").count == 1


def test_letters_are_not_closed_while_one_is_a_draft(data: Path) -> None:
    from journal import documents
    from journal.voiding import void_document

    entry = registered(values()).entry_id
    stored(data)
    new = documents.NewDocument(entry, "ssd", "registration_reply", "reply", {})
    letter = documents.new_document(new, series=outgoing(), now=NOW, actor="тест")
    with pytest.raises(JournalError) as refused:
        _close(name="outgoing", office="ssd")
    assert "01-12/1" in refused.value.clerk_message
    void_document(letter, _act("помилковий"))
    assert _close(name="outgoing", office="ssd").voided == 1
    assert _fault(data) is None


@pytest.mark.both_databases
def test_every_register_is_listed_with_its_count(data: Path) -> None:
    from journal.register_rows import registers

    _add()
    _skip(3)
    _add("orders", office="ssd")
    _close()
    found = registers()
    listed = [
        (one.office, one.register, one.last, one.voided, bool(one.closed_at)) for one in found
    ]
    assert listed == [("ssd", "orders", 1, 0, False), ("css", "acts", 3, 2, True)]
    assert [one.register for one in registers("ssd", 2026)] == ["orders"]
    assert registers(year=2025) == []


WORK = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.booleans()),
        st.tuples(st.just("skip"), st.integers(1, 3)),
        st.tuples(st.just("void"), st.integers(1, 12)),
        st.tuples(st.just("notice"), st.booleans()),
        st.tuples(st.just("void notice"), st.integers(1, 6)),
        st.tuples(st.just("close"), st.sampled_from(["minutes", "notifications"])),
    ),
    max_size=12,
)
_REGISTER = {"notice": "notifications", "void notice": "notifications"}


class _Lost(Exception):  # noqa: N818 - no error: the test's own way out of a transaction
    pass


def _do(step: str, how: Any) -> None:
    """One step of an office's work; ``how`` True: its transaction is lost half-way."""
    from journal.database import writing
    from journal.models import Entry, RegisterLine, Series
    from journal.voiding import void_entry, void_line

    if step in {"add", "notice"}:
        with writing():
            _add("minutes", office="ssd") if step == "add" else registered(values(content=str(how)))
            if how is True:
                raise _Lost
    elif step == "skip":
        known = Series.objects.filter(register="minutes").values_list("last_number", flat=True)
        _skip((known.first() or 0) + how, "minutes", office="ssd")
    elif step == "void" and RegisterLine.objects.filter(number=how).exists():
        void_line(RegisterLine.objects.get(number=how).pk, _act())
    elif step == "void notice" and Entry.objects.filter(number=how).exists():
        void_entry(Entry.objects.get(number=how).pk, _act())
    elif step == "close":
        _place_all()
        _close(2026, how, office="ssd")


def _place_all() -> None:
    """Let nothing wait: else the journal of notifications is not closed."""
    from journal import placing
    from journal.models import Arrival

    for arrival in Arrival.objects.filter(placed_at__isnull=True):
        placing.place(arrival.pk, now=NOW, actor="тест", rules=rules())


@contextmanager
def _journal_of_its_own(engine: str, request: pytest.FixtureRequest) -> Iterator[Path]:
    """The folder of an open, empty journal on the database that the test runs on."""
    from journal.database import open_journal

    data: Path = request.getfixturevalue("tmp_path") / secrets.token_hex(4)
    data.mkdir()
    if engine == "sqlite":
        shutil.copy(request.getfixturevalue("blank") / "journal.sqlite3", data)
        open_journal(data)
        yield data
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    lent: LentDatabases = request.getfixturevalue("databases")
    name = lent.take()
    open_journal(data, server.url(name))
    try:
        yield data
    finally:
        connections.close_all()
        lent.give_back(name)


@pytest.mark.both_databases
@given(work=WORK)
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_done_a_register_has_no_gap_and_what_is_void_or_closed_stays(
    engine: str, request: pytest.FixtureRequest, work: list[tuple[str, Any]]
) -> None:
    with _journal_of_its_own(engine, request) as data:
        void: dict[str, set[int]] = {"minutes": set(), "notifications": set()}
        closed: dict[str, list[tuple[Any, ...]]] = {}
        for step, how in work:
            try:
                _do(step, how)
            except _Lost:
                continue
            except JournalError:
                assert _REGISTER.get(step, "minutes") in closed
            for name, before in void.items():
                rows = _rows(name, "ssd")
                assert [number for number, _, _ in rows] == list(range(1, len(rows) + 1))
                assert closed.get(name, rows) == rows
                void[name] = {number for number, _, voided in rows if voided}
                assert before <= void[name]
            if step == "close":
                closed.setdefault(how, _rows(how, "ssd"))
        stored(data)
        assert _fault(data) is None


def _clerk(data: Path, lines: int, database: str | None) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.journal.register_clerk", str(data), str(lines)]
    command += [database] if database else []
    root = Path(__file__).parents[2]
    return subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE)  # noqa: S603 - our own


@pytest.mark.both_databases
def test_processes_that_fill_one_register_at_once_leave_no_gap_though_one_is_killed(
    data: Path, database: str | None
) -> None:
    clerks = [_clerk(data, lines, database) for lines in (30, 30, 10_000)]
    killed = clerks[2]
    assert killed.stdout
    for _ in range(7):
        assert killed.stdout.readline()
    killed.kill()
    said = [clerk.communicate(timeout=120)[0].split() for clerk in clerks]
    numbers = [number for number, _, _ in _rows()]
    assert numbers == list(range(1, len(numbers) + 1))
    told = {int(number) for lines in said for number in lines}
    assert told <= set(numbers)
    assert len(numbers) >= 60 + 7
    assert _fault(data) is None
