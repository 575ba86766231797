from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal.originals import Originals
from tests.journal.by_hand import change_file
from tests.journal.office_day import (
    KYIV,
    NOW,
    arrival,
    bring,
    clock_rules,
    digest,
    outgoing,
    read,
    register,
    registered,
    rules,
    stored,
    unpack,
    values,
)

# What is no part of the book: how far the work on a row has come.
WORK = {
    "journal_entry": {"drafted_at", "draft_attempts", "draft_next_try_at", "draft_fault"},
    "journal_document": {"stale_at", "attempts", "next_try_at", "fault"},
    "journal_original": {"stored_at"},
    # Whether the files are gone yet.
    "journal_erasure": {"done_at"},
}
BOOK = [
    "journal_entry",
    "journal_case",
    "journal_revision",
    "journal_person",
    "journal_deadline",
    "journal_link",
    "journal_document",
    "journal_caseevent",
    "journal_registerline",
    "journal_yearclosing",
    "journal_erasure",
    "journal_series",
    "journal_history",
    "journal_historyvalue",
    "journal_original",
]
ARRIVAL = ["original_id", "received_at", "message_id"]


def _letter(data: Path, entry: int) -> None:
    from journal import documents

    new = documents.NewDocument(entry, "ssd", "registration_reply", "reply", {"кому": "Гімназія"})
    letter = documents.new_document(new, series=outgoing(), now=NOW, actor="тест")
    for name, save in (("1.docx", documents.save_rendered), ("1.pdf", documents.save_pdf)):
        (data / "documents").mkdir(exist_ok=True)
        (data / "documents" / name).write_text(name)
        save(letter, f"documents/{name}", digest(name), now=NOW, actor="тест")
    documents.approve(letter, series=outgoing(), now=NOW, actor="голова")


def _event(entry: int) -> None:
    """Something happens: it stops a clock and starts another."""
    from journal.casework import NewEvent, happened
    from journal.history import Act

    seen = NewEvent(entry, "visited", NOW, {"with": "police"})
    happened(seen, Act("клерк", NOW), clock_rules())


def _lines(entry: int) -> None:
    """A paper of ЦСС in its register, a number passed over in another, whose year is closed."""
    from journal.history import Act
    from journal.numbers import SeriesRule
    from journal.registers import Paper, add_line, close, skip

    paper = Paper("Акт", "Вигаданюк", NOW.date(), entry)
    add_line("css", SeriesRule("acts", KYIV), paper, Act("клерк", NOW))
    skip("css", SeriesRule("minutes", KYIV), 1, Act("клерк", NOW, "зіпсовано"))
    close("css", "minutes", 2026, Act("голова", NOW.replace(year=2027)))


def _order(entry: int) -> None:
    """Somebody asks that the entry be erased; nobody has confirmed yet."""
    from journal.erasing import ask
    from journal.history import Act

    ask(entry, "рішення суду № 1", Act("адміністратор", NOW, "так вирішено"))


def _filed(entry: int) -> None:
    from journal import deciding, placing

    one = arrival()
    (file,) = unpack(one, [("body", "відповідь")])
    read(file)
    placing.place(one, now=NOW, actor="тест", rules=rules())
    deciding.file_to_entry(one, entry, why="відповідь", now=NOW, actor="клерк", rules=rules())


@pytest.fixture
def book(data: Path) -> Iterator[Path]:
    """A journal with something of everything, closed."""
    sign = {"id": "bruises", "group": "violence_threat", "quote": "синці"}
    first = registered(values(), urgent=True, indicators=[sign])
    registered(values(), "css")
    registered(values(content="Виправлено."), received_at=NOW + timedelta(hours=1))
    registered(values(outgoing_number="2", content="Нове."))
    _letter(data, first.entry_id)
    _filed(first.entry_id)
    _event(first.entry_id)
    _lines(first.entry_id)
    _order(first.entry_id)
    stored(data)
    connections.close_all()
    yield data


def _fault(data: Path) -> str | None:
    from journal import verify

    found = verify.verify(Originals(data / "originals"), data)
    assert verify.verification_json(found)["ok"] is (found.first_fault is None)
    connections.close_all()
    return found.first_fault


def _by_hand(data: Path, *statements: tuple[str, tuple[Any, ...]]) -> None:
    """Change the database as somebody would who has its file and its password."""
    change_file(data / "journal.sqlite3", *statements)


def _rows(data: Path, sql: str) -> list[tuple[Any, ...]]:
    raw = sqlite3.connect(data / "journal.sqlite3")
    rows = raw.execute(sql).fetchall()
    raw.close()
    return rows


def _columns(data: Path) -> list[tuple[str, str]]:
    columns = []
    for table in BOOK:
        for _, column, *_rest, key in _rows(data, f"PRAGMA table_info({table})"):
            if not key and column not in WORK.get(table, ()):
                columns.append((table, column))
    return columns + [("journal_arrival", column) for column in ARRIVAL]


def _one_byte_off(value: Any, at: int = 0) -> Any:
    """A value that differs in one place; None becomes something."""
    if value is None:
        return ("2026-03-04", '["2026-03-04"]')[at % 2]
    if isinstance(value, int):
        return value + 1
    places = [n for n, character in enumerate(value) if character.isalnum()]
    if not places:
        return value + "1"
    place = places[at % len(places)]
    other = "2" if value[place] != "2" else "3"
    return value[:place] + other + value[place + 1 :]


def test_a_book_that_nobody_touched_is_whole(book: Path) -> None:
    from journal import verify

    found = verify.verify(Originals(book / "originals"), book)
    assert (found.first_fault, found.ok, found.entries) == (None, True, 2)
    assert found.history_rows == 14
    assert found.originals_checked == 4 * 3 + 2
    assert found.heads["ssd"].startswith("11:")
    assert found.heads["css"].startswith("3:")


def _change(data: Path, table: str, column: str) -> tuple[int, Any]:
    """Change one byte of a column; give its row and what stood there."""
    order = f'"{column}" IS NULL, "{column}" = \'[]\', rowid DESC'
    ((row, value),) = _rows(
        data,
        f'SELECT rowid, "{column}" FROM {table} ORDER BY {order} LIMIT 1',  # noqa: S608
    )
    for at in range(12):
        # The database itself refuses what is no JSON.
        _set(data, table, column, row, _one_byte_off(value, at))
        if _rows(data, f'SELECT "{column}" FROM {table} WHERE rowid = {row}') != [(value,)]:  # noqa: S608
            return row, value
    raise AssertionError(f"{table}.{column} cannot be changed")


def _set(data: Path, table: str, column: str, row: int, value: Any) -> None:
    update = f'UPDATE OR IGNORE {table} SET "{column}" = ? WHERE rowid = ?'  # noqa: S608
    _by_hand(data, (update, (value, row)))


def test_every_column_of_the_book_is_guarded(book: Path) -> None:
    """One column after the other is changed by one byte, found, and put back."""
    unguarded = []
    for table, column in _columns(book):
        row, value = _change(book, table, column)
        if _fault(book) is None:
            unguarded.append(f"{table}.{column}: {value}")
        _set(book, table, column, row, value)
    assert unguarded == []
    assert _fault(book) is None


@given(choice=st.data())
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_byte_changed_anywhere_in_a_text_of_the_book_is_found(
    book: Path, choice: st.DataObject
) -> None:
    table, column = choice.draw(st.sampled_from(_columns(book)))
    rows = _rows(book, f'SELECT rowid, "{column}" FROM {table}')  # noqa: S608
    row, value = choice.draw(st.sampled_from(rows))
    at = 0 if value is None else choice.draw(st.integers(0, 2000))
    changed = _one_byte_off(value, at)
    _set(book, table, column, row, changed)
    differs = (row, value) not in _rows(book, f'SELECT rowid, "{column}" FROM {table}')  # noqa: S608
    fault = _fault(book)
    _set(book, table, column, row, value)
    assert (fault is not None) is differs


@pytest.mark.parametrize("table", BOOK)
def test_a_row_taken_out_is_found(book: Path, table: str) -> None:
    _by_hand(
        book,
        (f"DELETE FROM {table} WHERE rowid = (SELECT max(rowid) FROM {table})", ()),  # noqa: S608
    )
    assert _fault(book)


def test_an_entry_taken_out_with_all_that_hangs_on_it_is_found(book: Path) -> None:
    hung = ("revision", "person", "deadline", "clue")
    _by_hand(
        book,
        *((f"DELETE FROM journal_{table} WHERE entry_id = 2", ()) for table in hung),  # noqa: S608
        ("UPDATE journal_form SET entry_id = NULL WHERE entry_id = 2", ()),
        ("UPDATE journal_history SET entry_id = NULL WHERE entry_id = 2", ()),
        ("DELETE FROM journal_link", ()),
        ("DELETE FROM journal_entry WHERE id = 2", ()),
    )
    assert _fault(book)


@pytest.mark.parametrize("how", ["changed", "lost"])
def test_an_original_or_a_letter_that_is_changed_or_lost_is_found(book: Path, how: str) -> None:
    store = Originals(book / "originals")
    (sha256,) = _rows(book, "SELECT sha256 FROM journal_original LIMIT 1")[0]
    for path in (store.path(sha256), book / "documents" / "1.pdf"):
        before = path.read_bytes()
        path.unlink()
        if how == "changed":
            path.write_bytes(before.swapcase() + b"!")
        assert _fault(book)
        path.unlink(missing_ok=True)
        path.write_bytes(before)
    assert _fault(book) is None


def test_a_damaged_database_file_is_a_fault_and_no_crash(book: Path) -> None:
    file = book / "journal.sqlite3"
    pages = bytearray(file.read_bytes())
    for at in range(4096 * 20, len(pages), 4096 * 9):
        pages[at : at + 64] = b"\xff" * 64
    file.write_bytes(bytes(pages))
    assert _fault(book)


def test_a_fault_names_no_person(book: Path) -> None:
    _by_hand(
        book,
        (
            """UPDATE journal_revision SET "values" = replace("values", '"age": 11', '"age": 9')""",
            (),
        ),
    )
    fault = _fault(book)
    assert fault == "запис ssd 1/2026: revision:1 не збігається з історією"


def test_verifying_does_not_hold_up_the_office(book: Path) -> None:
    from journal import verify
    from journal.database import snapshot

    with snapshot():
        pass
    assert verify.verify(Originals(book / "originals"), book).ok
    assert register(bring(values(outgoing_number="3"))).number == "3"
