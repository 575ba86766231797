"""A book is read out of the journal whole, in the order of its numbers."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from opika.errors import NotFoundError
from tests.journal.office_day import KYIV, NOW, outgoing, registered, rules, values

pytestmark = pytest.mark.both_databases
LATER = datetime(2027, 1, 11, 10, tzinfo=KYIV)


def _letter(entry: int, data: Path) -> int:
    from journal import documents

    context = {"адресат": ["Гімназія", "Директорці"], "виконавець": "Марія Прикладенко"}
    new = documents.NewDocument(entry, "ssd", "registration_reply", "reply", context)
    return documents.new_document(new, series=outgoing(), now=NOW, actor="тест")


def test_a_book_holds_entries_and_numbers_passed_over_with_their_reasons(data: Path) -> None:
    from journal.book_rows import book
    from journal.history import Act
    from journal.registers import skip
    from journal.voiding import void_entry

    first = registered(values())
    registered(values(outgoing_number="01-15/8", subject="Іншенко Олег, 7 років", persons=[]))
    void_entry(first.entry_id, Act("голова", NOW, "двічі"))
    skip("ssd", rules().series, 3, Act("голова", NOW, "зіпсовано"))
    found = book("ssd", "notifications", 2026)
    assert [(row.number, row.what, row.voided, row.why_void) for row in found.rows] == [
        (1, "entry", True, "двічі"),
        (2, "entry", False, ""),
        (3, "skipped", True, "зіпсовано"),
    ]
    assert (found.first, found.last, found.count, found.voided) == (1, 3, 3, 2)
    assert found.rows[0].card is not None
    assert found.rows[0].card.values["sender"] == "Гімназія с. Вигадане"
    assert found.head.partition(":")[0].isdigit()
    assert book("ssd", "notifications", 2026) == found
    assert book("ssd", "notifications", 2025).rows == ()


def test_a_letter_names_addressee_and_executor(data: Path) -> None:
    from journal.book_rows import book

    entry = registered(values())
    _letter(entry.entry_id, data)
    (letter,) = book("ssd", "outgoing", 2026).rows
    assert (letter.counterpart, letter.sent_at) == ("Гімназія, Директорці", None)
    (notification,) = book("ssd", "notifications", 2026).rows
    assert notification.executor == "Марія Прикладенко"


def test_a_closed_year_keeps_the_head_of_its_closing(data: Path) -> None:
    from journal.book_rows import book
    from journal.history import Act
    from journal.numbers import SeriesRule
    from journal.registers import Paper, add_line, close

    acts = SeriesRule("acts", KYIV)
    add_line("css", acts, Paper("Акт", "сім’я"), Act("клерк", NOW))
    before = book("css", "acts", 2026)
    close("css", "acts", 2026, Act("голова", LATER))
    closed = book("css", "acts", 2026)
    assert closed.head == before.head
    assert closed.closed_at == LATER
    add_line("css", acts, Paper("Акт", "сім’я"), Act("клерк", LATER))
    assert book("css", "acts", 2026) == closed


def test_an_office_that_is_not_there_is_named(data: Path) -> None:
    from journal.book_rows import book

    with pytest.raises(NotFoundError):
        book("nobody", "acts", 2026)
