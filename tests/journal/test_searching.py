from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from opika.errors import BadValueError
from tests.journal.office_day import (
    NOW,
    arrival,
    clock_rules,
    outgoing,
    read,
    registered,
    rules,
    stored,
    unpack,
    values,
)

pytestmark = [pytest.mark.usefixtures("data")]


def numbers(question: str, **narrowed: Any) -> list[str]:
    from journal import searching

    return [hit.number for hit in searching.search(question, **narrowed).hits]


def where(question: str) -> tuple[str, ...]:
    from journal import searching

    (hit,) = searching.search(question).hits
    return hit.fields


def other(**changes: Any) -> dict[str, Any]:
    """A form about people, a place and a number that ``values()`` does not have."""
    return values(
        **{
            "sender": "Ліцей с. Далеке",
            "outgoing_number": "77",
            "outgoing_date": "2026-02-11",
            "subject": "Безрідна Марія Остапівна",
            "persons": [{"name": "Безрідна Марія Остапівна", "birth_date": "2019-05-01"}],
            "address": "с. Далеке, вул. Садова, буд. 9",
            "content": "Родина мешкає без опалення.",
            **changes,
        }
    )


@pytest.mark.both_databases
def test_every_field_of_the_form_is_found_and_named() -> None:
    registered(values())
    registered(other())
    for question, field in {
        "Вигаданюкові": "subject",
        "Марією": "subject",
        "гімназією": "sender",
        "01-15/7": "outgoing_number",
        "3 березня 2026": "outgoing_date",
        "Садовій": "address",
        "опаленням": "content",
        "1.05.2019": "persons",
        "1/01-17": "number",
    }.items():
        assert field in where(question), question


@pytest.mark.both_databases
def test_all_that_is_asked_must_be_found() -> None:
    registered(values())
    registered(other())
    assert numbers("дитина Вигаданюк") == ["1"]
    assert numbers("Вигаданюк опалення") == []
    assert numbers("буд") == ["2", "1"]


@pytest.mark.both_databases
def test_a_word_may_be_asked_of_one_field() -> None:
    registered(values(content="Сусідка Безрідна повідомила про галас."))
    registered(other())
    assert numbers("Безрідна") == ["2", "1"]
    assert numbers("особа:Безрідної") == ["2"]
    assert numbers("адреса:Садова установа:ліцей") == ["2"]
    assert numbers("адреса:Безрідна") == []


@pytest.mark.both_databases
def test_a_beginning_is_found_by_its_star() -> None:
    registered(values())
    assert numbers("Вигад*") == ["1"]
    assert numbers("Вигад") == []


@pytest.mark.both_databases
def test_an_indicator_is_found_by_its_words() -> None:
    sign = {"id": "bruises", "group": "violence_threat", "quote": "синці на руках"}
    registered(values(), urgent=True, indicators=[sign])
    assert where("ознака:синцями") == ("indicator",)


@pytest.mark.both_databases
def test_corrected_entry_is_found_by_new_and_by_former_words() -> None:
    registered(values())
    assert numbers("Вигадане") == ["1"]
    registered(values(content="Хлопчик тепер у бабусі."))
    assert where("бабусею") == ("content",)
    assert where("заняття") == ("former",)


@pytest.mark.both_databases
def test_letters_events_and_lines_are_found() -> None:
    from journal import documents
    from journal.casework import NewEvent, happened
    from journal.history import Act
    from journal.numbers import SeriesRule
    from journal.registers import Paper, add_line
    from tests.journal.office_day import KYIV

    entry = registered(values()).entry_id
    numbers("Вигаданюк")
    new = documents.NewDocument(entry, "ssd", "registration_reply", "reply", {})
    documents.new_document(new, series=outgoing(), now=NOW, actor="тест")
    act = Act("клерк", NOW)
    happened(NewEvent(entry, "visited", NOW, {"with": "police"}), act, clock_rules())
    paper = Paper("Протокол огляду помешкання", "поліція", NOW.date(), entry)
    add_line("css", SeriesRule("acts", KYIV), paper, act)
    assert where("01-12/1") == ("document",)
    assert where("візиту") == ("event",)
    assert where("помешканню") == ("register",)


@pytest.mark.both_databases
def test_filed_papers_are_found() -> None:
    from journal import deciding, placing

    entry = registered(values()).entry_id
    numbers("Вигаданюк")
    one = arrival()
    (file,) = unpack(one, [("attachment", "довідка")], subject="Щодо довідки лікаря")
    read(file, text="Педіатр оглянув хлопчика.")
    placing.place(one, now=NOW, actor="тест", rules=rules())
    deciding.file_to_entry(one, entry, why="так", now=NOW, actor="клерк", rules=rules())
    assert where("педіатром") == ("file",)
    assert where("лікарі") == ("arrival",)


@pytest.mark.both_databases
def test_papers_filed_beside_a_form_are_found() -> None:
    """They get their entry without a row of the history."""
    from journal import placing
    from tests.journal.office_day import register

    one = arrival()
    letter, form = unpack(one, [("body", "лист"), ("attachment", "форма")])
    read(letter, text="Прошу звернути увагу: хлопчик мерзне.")
    (form_id,) = read(form, values())
    register(form_id)
    numbers("Вигаданюк")
    placing.place(one, now=NOW, actor="тест", rules=rules())
    assert where("мерзнути") == ("file",)


@pytest.mark.both_databases
def test_file_of_two_families_leads_to_neither_by_its_text() -> None:
    from journal import placing
    from tests.journal.office_day import register

    one = arrival()
    (file,) = unpack(one, [("attachment", "дві форми")])
    for form in read(file, values(), other(), text="Вигаданюк. Безрідна. Разом двоє."):
        register(form)
    placing.place(one, now=NOW, actor="тест", rules=rules())
    assert numbers("Вигаданюк") == ["1"]
    assert numbers("Безрідна") == ["2"]


@pytest.mark.both_databases
def test_void_entry_is_found_as_void() -> None:
    from journal import searching
    from journal.history import Act
    from journal.voiding import void_entry

    entry = registered(values()).entry_id
    void_entry(entry, Act("клерк", NOW, "помилка"))
    (hit,) = searching.search("Вигаданюк").hits
    assert hit.voided is not None


@pytest.mark.both_databases
def test_newest_come_first_and_more_is_said() -> None:
    from journal import searching

    for n in range(4):
        registered(values(outgoing_number=f"{n}", subject=f"Дитина, {n}", persons=[]))
    found = searching.search("дитини", limit=3)
    assert [hit.number for hit in found.hits] == ["4", "3", "2"]
    assert found.more
    assert not searching.search("дитини", limit=4).more


@pytest.mark.both_databases
def test_office_and_year_narrow_the_search() -> None:
    registered(values())
    assert numbers("Вигаданюк", office="ssd", year=2026) == ["1"]
    assert numbers("Вигаданюк", office="css") == []
    assert numbers("Вигаданюк", office="nobody") == []
    assert numbers("Вигаданюк", year=2025) == []


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "question",
    [
        "'",
        '"',
        '" OR "',
        "a' | 'b",
        "NEAR(а б)",
        "%s",
        "\\",
        "*",
        "qf1:*",
        "日本 ☃",
        "0" * 5000,
        "а" * 5000,
    ],
)
def test_signs_of_the_database_mean_nothing_in_a_question(question: str) -> None:
    registered(values())
    try:
        assert numbers(question) == []
    except BadValueError:
        assert not any(sign.isalnum() for sign in question)


def test_nothing_to_look_for_is_said() -> None:
    with pytest.raises(BadValueError):
        numbers("  «» — ")


@pytest.mark.both_databases
def test_crash_between_commit_and_index_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    from journal import search_engine, searching
    from journal.models import ToIndex

    registered(values())

    class KilledError(BaseException):
        pass

    def killed(rows: Any) -> None:
        raise KilledError

    with monkeypatch.context() as patch, pytest.raises(KilledError):
        patch.setattr(search_engine, "put", killed)
        searching.index_some()
    connections.close_all()
    assert ToIndex.objects.exists()
    assert numbers("Вигаданюк") == ["1"]
    assert not ToIndex.objects.exists()


@pytest.mark.both_databases
def test_change_while_words_are_looked_up_is_indexed_again() -> None:
    from journal import searching
    from journal.models import ToIndex

    registered(values())
    words = searching._words

    def slow(entry: Any) -> frozenset[str]:
        found = words(entry)
        registered(values(content="Хлопчик тепер у бабусі."))
        searching._words = words
        return found

    searching._words = slow
    try:
        searching.index_some()
    finally:
        searching._words = words
    assert ToIndex.objects.exists()
    assert numbers("бабуся") == ["1"]


@pytest.mark.both_databases
def test_slower_of_two_indexers_does_not_undo_the_other() -> None:
    from journal import searching

    registered(values())
    words = searching._words

    def overtaken(entry: Any) -> frozenset[str]:
        old = words(entry)
        searching._words = words
        registered(values(content="Хлопчик тепер у бабусі."))
        searching.index_some()
        return old

    searching._words = overtaken
    try:
        searching.index_some()
    finally:
        searching._words = words
    assert numbers("бабуся") == ["1"]


@pytest.mark.both_databases
def test_search_changes_nothing_of_the_book(data: Path) -> None:
    from journal.models import History
    from journal.verify import verify

    registered(values())
    before = list(History.objects.values_list("hash", flat=True))
    numbers("Вигаданюк")
    assert list(History.objects.values_list("hash", flat=True)) == before
    assert verify(stored(data), data).ok


def test_entry_that_cannot_be_indexed_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    from journal import searching

    first = registered(values()).entry_id
    words = searching._words

    def fails_for_one(entry: Any) -> frozenset[str]:
        if entry.pk == first:
            raise ValueError
        return words(entry)

    with monkeypatch.context() as patch:
        patch.setattr(searching, "_words", fails_for_one)
        patch.setattr(searching, "_AT_ONCE", 1)
        registered(other())
        assert numbers("Безрідна") == ["2"]
    assert numbers("Вигаданюк") == ["1"]
