"""What is void keeps its number, asks for nothing and swallows nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from journal.originals import Originals
from opika.errors import ClosedYearError, JournalError, NotFoundError
from tests.journal.by_hand import change_by_hand
from tests.journal.office_day import (
    KYIV,
    NOW,
    arrival,
    bring,
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

pytestmark = pytest.mark.both_databases


def _act(why: str = "зареєстровано двічі", now: datetime = NOW) -> Any:
    from journal.history import Act

    return Act("голова", now, why)


def _void(entry: int, why: str = "зареєстровано двічі", now: datetime = NOW) -> None:
    from journal.voiding import void_entry

    void_entry(entry, _act(why, now))


def _letter(entry: int, data: Path, *, approved: bool = True) -> int:
    from journal import documents

    new = documents.NewDocument(entry, "ssd", "registration_reply", "reply", {})
    letter = documents.new_document(new, series=outgoing(), now=NOW, actor="тест")
    (data / "documents").mkdir(exist_ok=True)
    for end, save in (("docx", documents.save_rendered), ("pdf", documents.save_pdf)):
        name = f"documents/{letter}.{end}"
        (data / name).write_text(name)
        save(letter, name, digest(name), now=NOW, actor="тест")
    if approved:
        documents.approve(letter, series=outgoing(), now=NOW, actor="голова")
    return letter


def _under_way(letter: int) -> None:
    from journal import outbox

    raw = "лист"
    new = outbox.NewSending(
        letter, "sysn@ukr.net", "gym@example.ua", True, "<1@x>", digest(raw), len(raw.encode())
    )
    outbox.begin(new, now=NOW, actor="голова")


def _state(letter: int) -> str:
    from journal.models import Document

    return str(Document.objects.get(pk=letter).state)


def _fault(data: Path) -> str | None:
    from journal import verify

    stored(data)
    return verify.verify(Originals(data / "originals"), data).first_fault


def test_a_void_entry_keeps_its_number_and_says_who_when_and_why(data: Path) -> None:
    from journal import listing

    first = registered(values(), urgent=True)
    _void(first.entry_id)
    second = registered(values(outgoing_number="2", content="Інше."))
    card = listing.entry(1)
    assert (card.number, card.voided, second.number) == ("1", NOW, "2")
    voided, closed = listing.shown_json(card)["history"][-2:]
    assert (voided["what"], closed["what"]) == ("voided", "status changed")
    for row in (voided, closed):
        assert (row["who"], row["why"]) == ("голова", "зареєстровано двічі")
    assert listing.entry_json(card)["voided"] == NOW.isoformat()
    assert _fault(data) is None


def test_the_clocks_of_a_void_entry_are_cancelled_and_no_alert_is_told(data: Path) -> None:
    from journal import alerts
    from journal.models import Deadline

    first = registered(values(), urgent=True)
    alerts.raise_dangers(NOW)
    _void(first.entry_id)
    open_ones = Deadline.objects.filter(done_at__isnull=True, cancelled_at__isnull=True)
    assert Deadline.objects.filter(cancelled_at=NOW).exists()
    assert not open_ones.exists()
    alerts.raise_dangers(NOW)
    assert alerts.unanswered() == []
    assert _fault(data) is None


def test_letters_that_have_not_left_are_void_with_their_entry(data: Path) -> None:
    from journal import outbox, steps

    first = registered(values())
    letter = _letter(first.entry_id, data)
    _void(first.entry_id)
    assert _state(letter) == "void"
    with pytest.raises(JournalError):
        outbox.check_may_leave(letter)
    assert outbox.sendable(["registration_reply"]) == []
    assert steps.entries_to_draft(NOW) == []
    assert _fault(data) is None


def test_nothing_is_made_void_while_a_letter_of_it_is_under_way(data: Path) -> None:
    from journal import listing
    from journal.voiding import void_document

    first = registered(values())
    letter = _letter(first.entry_id, data)
    _under_way(letter)
    with pytest.raises(JournalError, match="under way"):
        _void(first.entry_id)
    with pytest.raises(JournalError, match="under way"):
        void_document(letter, _act())
    assert (listing.entry(1).voided, _state(letter)) == (None, "sending")


def test_a_letter_that_has_left_stays_what_it_is(data: Path) -> None:
    from journal.models import Document, DocumentState
    from journal.voiding import void_document

    first = registered(values())
    letter = _letter(first.entry_id, data)
    Document.objects.filter(pk=letter).update(state=DocumentState.SENT)
    with pytest.raises(JournalError, match="has left"):
        void_document(letter, _act())
    _void(first.entry_id)
    assert _state(letter) == "sent"


def test_no_letter_is_drafted_to_a_void_entry(data: Path) -> None:
    first = registered(values())
    _void(first.entry_id)
    with pytest.raises(JournalError, match="void"):
        _letter(first.entry_id, data)


def test_a_spoilt_letter_is_written_anew_under_the_next_number(data: Path) -> None:
    from journal.documents import rendering
    from journal.voiding import void_document

    first = registered(values())
    spoilt = _letter(first.entry_id, data, approved=False)
    void_document(spoilt, _act("не той адресат"))
    void_document(spoilt, _act("ще раз"))
    anew = _letter(first.entry_id, data)
    assert [rendering(one).index for one in (spoilt, anew)] == ["01-12/1", "01-12/2"]
    assert (_state(spoilt), _state(anew)) == ("void", "approved")
    assert _fault(data) is None


def test_a_form_for_the_file_has_no_number_to_make_void(data: Path) -> None:
    from journal import documents
    from journal.voiding import void_document

    first = registered(values())
    new = documents.NewDocument(first.entry_id, "ssd", "notification_form", "form", {})
    paper = documents.new_document(new, series=None, now=NOW, actor="тест")
    with pytest.raises(JournalError, match="no letter"):
        void_document(paper, _act())
    _void(first.entry_id)
    assert _state(paper) == "draft"


def test_a_notice_that_comes_again_is_not_swallowed_by_its_void_entry(data: Path) -> None:
    first = registered(values())
    _void(first.entry_id)
    again = registered(values())
    assert (again.outcome, again.number) == ("registered", "2")


def test_an_answer_to_a_void_entry_waits_for_a_person(data: Path) -> None:
    from journal import deciding, placing

    first = registered(values())
    letter = _letter(first.entry_id, data)
    _under_way(letter)
    from journal.models import Document, DocumentState

    Document.objects.filter(pk=letter).update(state=DocumentState.SENT)
    _void(first.entry_id)
    one = arrival(received_at=NOW + timedelta(days=1))
    (file,) = unpack(one, [("body", "Дякуємо.")], in_reply_to="<1@x>")
    read(file, text="Дякуємо.")
    assert placing.place(one, now=NOW, actor="тест", rules=rules()) == "triage"
    with pytest.raises(JournalError, match="void"):
        deciding.file_to_entry(one, first.entry_id, why="", now=NOW, actor="клерк", rules=rules())


def test_a_void_entry_is_no_more_proposed_as_the_same_family(data: Path) -> None:
    from journal import listing

    first = registered(values())
    registered(values(outgoing_number="2", content="Повторно про ту саму дитину."))
    assert [one.number for one in listing.entry(2).related] == ["1"]
    _void(first.entry_id)
    assert listing.entry(2).related == ()


def test_making_void_asks_for_a_reason_and_for_an_entry(data: Path) -> None:
    first = registered(values())
    with pytest.raises(JournalError, match="no reason"):
        _void(first.entry_id, " ")
    with pytest.raises(NotFoundError):
        _void(77)


def test_a_case_of_which_nothing_lives_is_closed(data: Path) -> None:
    from journal import listing
    from journal.models import Case, Deadline, Entry, Person

    first = registered(values())
    second = registered(values(outgoing_number="2", content="Інше."))
    case = Case.objects.order_by("pk")[0]
    for model in (Deadline, Person):
        model.objects.filter(entry=second.entry_id).update(case=case)
    Entry.objects.filter(pk=second.entry_id).update(case=case)
    _void(first.entry_id)
    assert listing.entry(2).status == "open"
    void_at = NOW + timedelta(hours=1)
    _void(second.entry_id, now=void_at)
    case.refresh_from_db()
    assert (case.status, case.closed_at) == ("closed", void_at)
    assert [listing.entry(number).status for number in (1, 2)] == ["closed", "closed"]


def test_made_void_twice_it_is_void_once(data: Path) -> None:
    from journal.models import History

    first = registered(values())
    _void(first.entry_id)
    _void(first.entry_id, "ще раз")
    assert History.objects.filter(action="voided").count() == 1


def test_nothing_of_a_closed_year_becomes_void(data: Path) -> None:
    from journal import placing
    from journal.models import Form
    from journal.registers import close

    form = bring(values())
    first = register(form)
    one = Form.objects.get(pk=form).file.arrival_id
    placing.place(one, now=NOW, actor="тест", rules=rules())
    later = datetime(2027, 1, 11, 9, tzinfo=KYIV)
    close("ssd", "notifications", 2026, _act(now=later))
    with pytest.raises(ClosedYearError) as refused:
        _void(first.entry_id)
    assert "закрито 11.01.2027" in refused.value.clerk_message
    assert _fault(data) is None


def test_a_closing_whose_numbers_were_changed_afterwards_is_found(data: Path) -> None:
    from journal.models import RegisterLine
    from journal.numbers import SeriesRule
    from journal.registers import Paper, add_line, close

    add_line("css", SeriesRule("acts", KYIV), Paper("Акт"), _act())
    close("css", "acts", 2026, _act(now=datetime(2027, 1, 11, 9, tzinfo=KYIV)))
    RegisterLine.objects.update(voided_at=NOW)
    assert _fault(data) == "журнал acts за 2026 рік змінено після його закриття"


def test_a_number_on_two_rows_is_found(data: Path) -> None:
    from journal.models import Entry
    from journal.registers import skip

    registered(values())
    skip("ssd", rules().series, 2, _act())
    registered(values(outgoing_number="2", content="Інше."))
    change_by_hand("UPDATE journal_registerline SET number = 3")
    assert Entry.objects.count() == 2
    assert _fault(data) == "нумерація notifications за 2026 рік: номер 3 видано двічі"
