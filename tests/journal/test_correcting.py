"""A person corrects what an entry says: nothing is lost, and what hangs on the field follows."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from journal.originals import Originals
from opika.errors import JournalError, NotFoundError
from rules.form_values import understand
from tests.journal.office_day import (
    KYIV,
    NOW,
    bring,
    clock_rules,
    digest,
    outgoing,
    register,
    registered,
    rules,
    stored,
    values,
)

LATER = NOW + timedelta(hours=2)
SIGN = {"id": "bruises", "group": "violence_threat", "quote": "синці"}


def _correct(entry: int, *, why: str = "помилка читання", **told: str) -> Any:
    return _settle(entry, told, why=why)


def _settle(
    entry: int,
    told: dict[str, str],
    *,
    confirmed: tuple[str, ...] = (),
    why: str = "",
    now: datetime = LATER,
    **danger: Any,
) -> Any:
    from journal.correcting import Correction, correct
    from journal.history import Act

    correction = Correction(understand(told, now.date()), confirmed, **danger)
    return correct(entry, correction, Act("клерк", now, why), rules())


def _entry(number: int = 1) -> Any:
    from journal.models import Entry

    return Entry.objects.get(number=number)


def _says(key: str, number: int = 1) -> Any:
    return _entry(number).revisions.order_by("-ordinal")[0].values.get(key)


def _review(number: int = 1) -> list[str]:
    return list(_entry(number).revisions.order_by("-ordinal")[0].review)


def _cards(entry: int) -> Any:
    from journal.revisions import revisions

    return revisions(entry)


def _fault(data: Path) -> str | None:
    from journal import verify

    stored(data)
    return verify.verify(Originals(data / "originals"), data).first_fault


def _letter(entry: int, data: Path) -> int:
    from journal import documents

    new = documents.NewDocument(entry, "ssd", "registration_reply", "reply", {"кому": "Гімназія"})
    letter = documents.new_document(new, series=outgoing(), now=NOW, actor="тест")
    (data / "documents").mkdir(exist_ok=True)
    for end, save in (("docx", documents.save_rendered), ("pdf", documents.save_pdf)):
        name = f"documents/{letter}.{end}"
        (data / name).write_text(name)
        save(letter, name, digest(name), now=NOW, actor="тест")
    return letter


@pytest.mark.both_databases
def test_a_correction_keeps_what_stood_there_with_who_when_and_why(data: Path) -> None:
    first = registered(values())
    done = _correct(first.entry_id, address="с. Інше, вул. Стара, буд. 9", why="дзвінок старости")
    assert done.changed == {
        "address": ("с. Вигадане, вул. Нова, буд. 5", "с. Інше, вул. Стара, буд. 9")
    }
    opened, corrected = _cards(first.entry_id)
    assert (opened.by_hand, opened.brought.source, opened.changes) == (False, "ssd@example.ua", {})
    assert (corrected.by_hand, corrected.actor, corrected.why) == (
        True,
        "клерк",
        "дзвінок старости",
    )
    assert (corrected.made_at, corrected.changes) == (LATER, done.changed)
    row = _entry().history.order_by("-pk")[0]
    assert (row.action, row.actor) == ("corrected", "клерк")
    assert _entry().number == 1
    assert _fault(data) is None


def test_persons_dates_and_contacts_follow_the_field_that_they_are_read_from(data: Path) -> None:
    from journal.searching import search

    first = registered(values())
    told = {
        "subject": "Перевигаданко Марія Іванівна, 04.05.2015",
        "content": "Виявлено 02.03.2026: дитина сама вдома.",
        "sender": "Ліцей с. Нове, lyceum@example.ua",
    }
    _settle(first.entry_id, told, why="звірено з оригіналом")
    (person,) = _entry().persons.all()
    assert (person.name, str(person.birth_date)) == ("Перевигаданко Марія Іванівна", "2015-05-04")
    assert (_says("detected_on"), _says("sender_email")) == ("2026-03-02", "lyceum@example.ua")
    found = [hit.number for hit in search("Перевигаданка").hits]
    assert [str(number) for number in found] == ["1"]
    assert _fault(data) is None


def test_what_says_already_what_it_should_is_left_alone(data: Path) -> None:
    from journal import listing

    first = registered(values())
    for _ in range(2):
        _correct(first.entry_id, basis="візит")
    assert _correct(first.entry_id, basis="візит").changed == {}
    assert _entry().revisions.count() == 2
    assert _entry().history.filter(action="corrected").count() == 1
    # A small letter makes no difference to a machine, but to the person whose name it is.
    _correct(first.entry_id, subject="ВИГАДАНЮК Іван Петрович, 11 років")
    assert list(_cards(first.entry_id)[-1].changes) == ["subject", "persons"]
    assert _entry().persons.get().name == "ВИГАДАНЮК Іван Петрович"
    told = listing.shown_json(listing.entry(1))["history"][-1]
    assert (told["what"], list(told["changes"])[:2]) == ("corrected", ["subject", "persons"])


def test_what_was_read_rightly_or_corrected_leaves_the_review(data: Path) -> None:
    from journal.models import Revision

    first = registered(values())
    Revision.objects.update(review=["address", "basis", "persons"])
    assert _settle(first.entry_id, {}, confirmed=("address", "content")).confirmed == ("address",)
    assert (_review(), _entry().revisions.count()) == (["basis", "persons"], 1)
    _correct(first.entry_id, basis="візит")
    assert _review() == ["persons"]
    assert _settle(first.entry_id, {"subject": "Вигаданюк Іван, l1 років"}, why="x").doubtful == (
        "persons",
    )
    assert _review() == ["persons"]
    assert [row.action for row in _entry().history.order_by("pk")][1:] == [
        "confirmed",
        "corrected",
        "corrected",
    ]


@pytest.mark.both_databases
def test_a_later_copy_of_the_old_form_does_not_undo_a_correction(data: Path) -> None:
    first = registered(values())
    _correct(first.entry_id, address="с. Інше", subject="Вигаданюк Іван Петрович, 12 років")
    copy = registered(values(basis="візит"), "css", received_at=NOW + timedelta(hours=3))
    assert (copy.outcome, copy.number) == ("revision", "1")
    assert (_says("address"), _says("basis")) == ("с. Інше", "візит")
    assert _entry().persons.get().age == 12
    assert _review() == ["basis"]
    assert _cards(first.entry_id)[-1].disputed == {}
    again = registered(values(), "css", received_at=NOW + timedelta(hours=4))
    assert (again.outcome, _says("address")) == ("duplicate", "с. Інше")
    assert _fault(data) is None


@pytest.mark.both_databases
def test_something_new_for_a_corrected_field_waits_for_a_person_with_both_shown(
    data: Path,
) -> None:
    from journal.revisions import open_disputes, revision_json

    first = registered(values())
    _correct(first.entry_id, address="с. Інше")
    news = registered(values(address="с. Третє", basis="візит"), "css")
    assert news.outcome == "revision"
    assert (_says("address"), _says("basis")) == ("с. Інше", "візит")
    assert set(_review()) == {"address", "basis"}
    last = _cards(first.entry_id)[-1]
    assert last.disputed == {"address": "с. Третє"}
    assert revision_json(last)["disputed"] == {"address": "с. Третє"}
    assert open_disputes(_cards(first.entry_id))["address"][0] == "с. Третє"
    # The same once more is no news, and the person's word ends the question.
    assert registered(values(address="с. Третє", basis="візит")).outcome == "duplicate"
    _settle(first.entry_id, {}, confirmed=("address", "basis"))
    assert (_review(), _says("address")) == ([], "с. Інше")
    assert open_disputes(_cards(first.entry_id)) == {}
    assert _fault(data) is None


def test_the_clerk_who_goes_on_writing_changes_also_what_was_corrected(data: Path) -> None:
    from journal.database import writing
    from journal.entering import Notice
    from journal.history import Act, hold
    from journal.joining import join
    from journal.models import Form

    first = registered(values())
    _correct(first.entry_id, address="с. Інше", basis="візит")
    form = Form.objects.get(pk=bring(values(address="с. Третє", basis="")))
    said = Notice(form.file.arrival, form.values, form=form, completes=True)
    with writing():
        hold(_entry().office_id)
        join(_entry(), said, Act("клерк", LATER), rules(), identical=False)
    assert (_says("address"), _says("basis")) == ("с. Третє", "візит")


def test_a_threat_in_the_corrected_content_is_heeded_and_none_is_ever_taken_back(
    data: Path,
) -> None:
    from journal.alerts import raise_dangers
    from journal.models import Alert

    first = registered(values())
    raise_dangers(NOW)
    assert not _entry().deadlines.filter(key="urgent_visit").exists()
    told = {"content": "У дитини синці."}
    done = _settle(first.entry_id, told, why="нечитко", urgent=True, indicators=[SIGN])
    assert done.raised
    assert (_entry().urgent, _entry().indicators) == (True, [SIGN])
    visit = _entry().deadlines.get(key="urgent_visit")
    assert visit.starts_at == NOW
    raise_dangers(LATER)
    assert Alert.objects.get().subject == f"entry:{first.entry_id}"
    told = {"content": "Дитина весела."}
    assert not _settle(first.entry_id, told, why="x", urgent=False).raised
    assert (_entry().urgent, _entry().indicators) == (True, [SIGN])
    assert _fault(data) is None


def test_a_new_threat_after_a_persons_calm_asks_for_the_visit_from_now_on(data: Path) -> None:
    from journal.casework import NewEvent, happened
    from journal.history import Act

    first = registered(values(), urgent=True, indicators=[SIGN])
    calm = NewEvent(first.entry_id, "calmed", NOW + timedelta(hours=1), {"why": "перевірено"})
    happened(calm, Act("клерк", NOW + timedelta(hours=1)), clock_rules())
    told = {"content": "Дитина просить про допомогу."}
    new = {**SIGN, "id": "asks_for_help", "quote": "просить про допомогу"}
    assert _settle(first.entry_id, told, why="x", urgent=True, indicators=[new]).raised
    visit = _entry().deadlines.get(key="urgent_visit")
    assert (visit.starts_at, visit.cancelled_at) == (LATER, None)
    seen = NewEvent(first.entry_id, "visited", LATER + timedelta(hours=1), {"with": "police"})
    happened(seen, Act("клерк", LATER + timedelta(hours=2)), clock_rules())
    assert _entry().deadlines.get(key="urgent_visit").done_at == LATER + timedelta(hours=1)
    assert _fault(data) is None


@pytest.mark.both_databases
def test_proposals_follow_what_is_corrected_on_both_sides(data: Path) -> None:
    from journal import listing
    from journal.models import Link

    def related(number: int) -> list[str]:
        return [one.number for one in listing.entry(number).related]

    def family(number: str, name: str, address: str) -> Any:
        form = values(
            outgoing_number=number,
            subject=f"{name}, 7 років",
            persons=[{"name": name, "birth_date": None, "age": 7}],
            address=address,
        )
        return registered(form)

    family("1", "Вигаданюк Іван Петрович", "с. Вигадане, вул. Нова, буд. 5")
    second = family("2", "Вигадамюк Інокентій Ілліч", "с. Далеке, вул. Стара, буд. 9")
    family("3", "Кошовенко Яна Львівна", "с. Третє, вул. Крута, буд. 2")
    fourth = family("4", "Кошовенко Лев Львович", "с. Третє, вул. Крута, буд. 2")
    assert [related(n) for n in (1, 2, 3, 4)] == [[], [], ["4"], ["3"]]
    told = {"subject": "Вигаданюк Інокентій Петрович, 7 років"}
    _settle(second.entry_id, {**told, "address": "с. Вигадане, вул. Нова, буд. 5"}, why="x")
    assert [related(n) for n in (1, 2)] == [["2"], ["1"]]
    # What a later entry shares with a corrected one is proposed to the later one, or taken back.
    _settle(_entry(3).pk, {"subject": "Береговчук Яна Львівна", "address": "с. Інше"}, why="x")
    assert [related(n) for n in (3, 4)] == [[], []]
    row = _entry(4).history.order_by("-pk")[0]
    assert (row.action, row.actor) == ("proposed anew", "клерк")
    _settle(_entry(3).pk, {"subject": "Кошовенко Яна Львівна"}, why="таки вона")
    assert related(4) == ["3"]
    # What a person has decided stays, whatever is corrected.
    Link.objects.filter(newer=fourth.entry_id).update(state="rejected")
    _settle(_entry(3).pk, {"address": "с. Третє, вул. Крута, буд. 2"}, why="x")
    assert related(4) == []


def test_a_letter_not_yet_out_is_overtaken_made_void_and_written_anew(data: Path) -> None:
    from journal import documents
    from journal.history import Act
    from journal.models import Document
    from journal.voiding import void_document

    first = registered(values())
    letter = _letter(first.entry_id, data)
    documents.approve(letter, series=outgoing(), now=NOW, actor="голова")
    _correct(first.entry_id, sender="Ліцей с. Нове")
    assert Document.objects.get(pk=letter).stale_at == LATER
    assert _entry().drafted_at is None
    void_document(letter, Act("голова", LATER, "дані виправлено"))
    anew = documents.rendering(_letter(first.entry_id, data))
    assert (anew.state, anew.index) == ("draft", "01-12/2")
    assert _fault(data) is None


def test_a_letter_that_waits_for_its_server_leaves_no_more_once_its_entry_is_corrected(
    data: Path,
) -> None:
    from journal import documents, outbox, sending
    from journal.models import Document

    first = registered(values())
    letter = _letter(first.entry_id, data)
    documents.approve(letter, series=outgoing(), now=NOW, actor="голова")
    raw = "лист"
    new = outbox.NewSending(
        letter, "sysn@ukr.net", "gym@example.ua", True, "<1@x>", digest(raw), len(raw.encode())
    )
    mail = outbox.begin(new, now=NOW, actor="голова")
    _correct(first.entry_id, sender="Ліцей с. Нове")
    assert not sending.start(mail, now=LATER, actor="служба")
    assert Document.objects.get(pk=letter).state == "failed"
    outbox.decide_again(letter, why="усе одно", now=LATER, actor="голова")
    with pytest.raises(JournalError, match="overtaken") as refused:
        outbox.begin(new, now=LATER, actor="голова")
    assert "opika draft registration_reply 1 --year 2026 --anew" in refused.value.clerk_message


def test_what_is_void_is_not_corrected_and_a_reason_is_asked_for(data: Path) -> None:
    from journal.history import Act
    from journal.voiding import void_entry

    first = registered(values())
    with pytest.raises(JournalError, match="no reason"):
        _correct(first.entry_id, basis="візит", why=" ")
    with pytest.raises(NotFoundError):
        _correct(77, basis="візит")
    void_entry(first.entry_id, Act("голова", NOW, "двічі"))
    with pytest.raises(JournalError, match="void") as refused:
        _correct(first.entry_id, basis="візит")
    assert "анульовано" in refused.value.clerk_message


def test_in_a_closed_year_an_entry_may_be_corrected_and_it_is_said(data: Path) -> None:
    from journal import placing
    from journal.history import Act
    from journal.models import Form
    from journal.registers import close

    form = bring(values())
    first = register(form)
    placing.place(Form.objects.get(pk=form).file.arrival_id, now=NOW, actor="тест", rules=rules())
    closed = datetime(2027, 1, 11, 9, tzinfo=KYIV)
    close("ssd", "notifications", 2026, Act("голова", closed))
    later = closed + timedelta(days=1)
    done = _settle(first.entry_id, {"basis": "візит"}, why="лист школи", now=later)
    assert (done.closed, _says("basis")) == (closed, "візит")
    assert _fault(data) is None
