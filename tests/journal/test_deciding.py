from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from opika.errors import JournalError, NotFoundError
from tests.journal.by_hand import change_by_hand
from tests.journal.office_day import (
    NOW,
    arrival,
    read,
    register,
    registered,
    rules,
    unpack,
    values,
)

pytestmark = pytest.mark.both_databases

PLAIN = {"content": "Сусідська дитина цілими днями сама.", "subject": "Вигаданюк Іван"}


def _letter() -> int:
    """A plain letter without a form, in triage."""
    one = arrival()
    body, photo = unpack(one, [("body", "b"), ("attachment", "p")], sender_name="Гімназія")
    read(body)
    read(photo)
    _place(one)
    return one


def _place(arrival_id: int) -> str:
    from journal import placing

    return placing.place(arrival_id, now=NOW, actor="тест", rules=rules())


def _register(arrival_id: int, plain: dict[str, Any] = PLAIN, **danger: Any) -> Any:
    from journal import deciding

    notice = deciding.PlainNotice(plain, **danger)
    return deciding.register_plain(arrival_id, notice, now=NOW, actor="клерк", rules=rules())


def _outcomes(arrival_id: int) -> set[str]:
    from journal.models import Arrival

    row = Arrival.objects.get(pk=arrival_id)
    return {row.outcome, *row.files.values_list("outcome", flat=True)}


def _actions(subject: str) -> list[str]:
    from journal.models import History

    rows = History.objects.filter(subject=subject).order_by("pk")
    return list(rows.values_list("action", flat=True))


def test_a_plain_letter_is_registered_with_its_sender(data: Path) -> None:
    from journal.models import Revision

    one = _letter()
    done = _register(one, urgent=True)
    assert (done.outcome, done.number, done.urgent) == ("registered", "1", True)
    assert _outcomes(one) == {"registered"}
    said = Revision.objects.get(entry=done.entry_id).values
    assert (said["sender"], said["sender_email"]) == ("Гімназія", "gym@example.ua")
    assert _register(one) == done


def test_a_call_is_registered_without_any_file(data: Path) -> None:
    from journal.models import Entry

    one = arrival(None)
    done = _register(one, {**PLAIN, "sender": "анонімно"})
    assert Entry.objects.get(pk=done.entry_id).channel == "phone"
    assert _outcomes(one) == {"registered"}
    assert _place(one) == "registered"


def test_a_notice_without_content_is_refused(data: Path) -> None:
    with pytest.raises(JournalError):
        _register(_letter(), {"content": "  "})


def test_what_is_registered_already_is_not_decided_again(data: Path) -> None:
    from journal import deciding

    one = _letter()
    deciding.dismiss(one, reason="реклама", now=NOW, actor="клерк")
    with pytest.raises(JournalError):
        _register(one)


def test_a_paper_is_filed_with_the_entry_that_it_belongs_to(data: Path) -> None:
    from journal import deciding, listing

    entry = registered(values()).entry_id
    one = _letter()
    deciding.file_to_entry(one, entry, why="відповідь", now=NOW, actor="клерк", rules=rules())
    assert _outcomes(one) == {"filed"}
    assert _actions(f"entry:{entry}") == ["registered", "filed"]
    card = listing.entry_by_id(entry)
    assert one in [came.id for came in card.arrivals]
    assert [row["why"] for row in listing.shown_json(card)["history"]] == ["", "відповідь"]


def test_a_paper_is_not_filed_in_another_journal(data: Path) -> None:
    from journal import deciding
    from journal.models import Office

    entry = registered(values()).entry_id
    css = Office.objects.get(key="css").pk
    change_by_hand(f"UPDATE journal_entry SET office_id = {css}")  # noqa: S608
    with pytest.raises(NotFoundError):
        deciding.file_to_entry(_letter(), entry, why="", now=NOW, actor="к", rules=rules())


def test_what_is_dismissed_is_kept_with_its_reason_and_can_be_taken_up_again(data: Path) -> None:
    from journal import deciding, steps
    from journal.models import HistoryValue

    one = _letter()
    deciding.dismiss(one, reason="реклама", now=NOW, actor="клерк")
    assert _outcomes(one) == {"dismissed"}
    assert HistoryValue.objects.get(field="why").new == "реклама"
    deciding.retry(one, now=NOW, actor="клерк")
    assert steps.arrivals_to_unpack(NOW) == [one]
    assert _actions(f"arrival:{one}") == ["dismissed", "read again"]


def test_reading_again_unpacks_again_where_nothing_is_registered(data: Path) -> None:
    from journal import deciding

    one = _letter()
    deciding.retry(one, now=NOW, actor="клерк")
    (better,) = unpack(one, [("attachment", "f")])
    assert register(read(better, values())[0]).outcome == "registered"
    assert _place(one) == "registered"


def test_reading_again_leaves_what_is_registered_as_it_is(data: Path) -> None:
    from journal import deciding, steps

    one = arrival()
    form, broken = unpack(one, [("attachment", "f"), ("attachment", "x")])
    first = register(read(form, values())[0])
    steps.refused(broken, "encrypted", now=NOW)
    _place(one)
    deciding.retry(one, now=NOW, actor="клерк")
    assert steps.arrivals_to_unpack(NOW) == []
    assert steps.files_to_read(NOW) == [broken]
    second = register(read(broken, values(outgoing_number="8", content="Інше."))[0])
    assert second.number == "2"
    assert _place(one) == "registered"
    assert first.number == "1"


def test_a_form_that_failed_beside_a_registered_one_is_registered_again(data: Path) -> None:
    from journal import deciding, steps

    one = arrival()
    (file,) = unpack(one, [("attachment", "f")])
    good, bad = read(file, values(), values(outgoing_number="9", subject="Інша", persons=[]))
    register(good)
    for _ in range(5):
        steps.failed("register", bad, "ValueError", now=NOW)
    _place(one)
    deciding.retry(one, now=NOW, actor="клерк")
    assert steps.forms_to_register(NOW) == [bad]
    register(bad)
    assert _place(one) == "registered"
    assert _outcomes(one) == {"registered"}


def test_an_arrival_that_never_opened_can_be_registered_by_hand(data: Path) -> None:
    from journal import steps

    one = arrival()
    for _ in range(5):
        steps.failed("unpack", one, "MemoryError", now=NOW)
    assert _register(one).number == "1"
    assert _outcomes(one) == {"registered"}
    assert steps.arrivals_to_unpack(NOW) == []
