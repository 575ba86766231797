"""Erasing by order of the law, and letting go what has had its term: the chain holds, the rest stays."""

from __future__ import annotations

import tests.django_ready  # noqa: F401 # isort: skip
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from django.db import connection

from journal.history import Act
from journal.originals import Originals
from opika.errors import JournalError, NotFoundError
from tests.journal.office_day import (
    KYIV,
    NOW,
    arrival,
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

NAMES = {
    "subject": "Стертенко Остап, 9 років",
    "persons": [{"name": "Стертенко Остап", "birth_date": None, "age": 9}],
    "address": "с. Стерте, вул. Мовчазна, буд. 1",
    "content": "Стертенко Остап не ходить до школи.",
    "reporter": "Стертенко Марта",
}
SIGN = {"id": "bruises", "group": "violence_threat", "quote": "Стертенко: синці"}


def act(who: str = "адміністратор", why: str = "рішення суду № 1") -> Act:
    return Act(who, NOW + timedelta(days=1), why)


@pytest.fixture
def entry(data: Path) -> int:
    """An entry with a letter that has left, a draft, an event, papers in registers, a filed answer."""
    from journal import deciding, placing
    from journal.casework import NewEvent, happened
    from journal.numbers import SeriesRule
    from journal.registers import Paper, add_line

    registered(values())
    one = registered(values(**NAMES, outgoing_number="5"), urgent=True, indicators=[SIGN])
    changed = {**NAMES, "content": "Стертенко Остап знову вдома.", "outgoing_number": "5"}
    registered(values(**changed), received_at=NOW + timedelta(hours=1))
    _place_all()
    _letter(data, one.entry_id)
    told = {"note": "Стертенко був удома", "with": "police"}
    happened(NewEvent(one.entry_id, "visited", NOW, told), act(), clock_rules())
    paper = Paper("Акт про Стертенка", "Стертенко", NOW.date(), one.entry_id)
    add_line("css", SeriesRule("acts", KYIV), paper, act())
    answer = arrival()
    (file,) = unpack(answer, [("body", "відповідь")], subject="Стертенко", sender_name="Стертенко")
    read(file, text="Стертенко у школі")
    placing.place(answer, now=NOW, actor="тест", rules=rules())
    deciding.file_to_entry(
        answer, one.entry_id, why="про Стертенка", now=NOW, actor="клерк", rules=rules()
    )
    return int(one.entry_id)


@pytest.fixture
def store(data: Path, entry: int) -> Originals:
    """The bytes of all that came, brought long ago."""
    store = stored(data)
    for path in store.root.rglob("*"):
        os.utime(path, (0, 0))
    return store


def _place_all() -> None:
    """The way of what is registered ends."""
    from journal import placing, steps

    for one in steps.arrivals_to_place(NOW):
        placing.place(one, now=NOW, actor="тест", rules=rules())


def _letter(data: Path, entry: int) -> None:
    from journal import documents

    context = {"адресат": ["Стертенко Марті"]}
    for key in ("reply", "again"):
        new = documents.NewDocument(entry, "ssd", "registration_reply", key, context)
        letter = documents.new_document(new, series=outgoing(), now=NOW, actor="тест")
        for ending, save in (("docx", documents.save_rendered), ("pdf", documents.save_pdf)):
            path = f"documents/2026/ssd/registration_reply-{letter}-0123abcd.{ending}"
            (data / path).parent.mkdir(parents=True, exist_ok=True)
            (data / path).write_text(path)
            save(letter, path, digest(path), now=NOW, actor="тест")


def erase(entry: int) -> None:
    from journal import erasing

    erasing.ask(entry, "рішення суду № 1", act("адміністратор"))
    erasing.confirm(entry, act("керівник"))


def fault(store: Originals, data: Path) -> str | None:
    from journal.verify import verify

    return verify(store, data).first_fault


def everything_said() -> list[str]:
    """The rows of any table that still tell of the person, as the database holds them."""
    tables = connection.introspection.table_names()
    said = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - tables of ours
            said += [" ".join(map(str, [table, *row])) for row in cursor.fetchall()]
    spellings = ("тертенк", json.dumps("тертенк").strip('"'))
    return [line for line in said if any(one in line for one in spellings)]


@pytest.mark.both_databases
def test_nothing_of_an_erased_entry_is_left_but_its_number_and_the_chain(
    store: Originals, data: Path, entry: int
) -> None:
    from journal import erasing, listing
    from journal.models import Document, Entry, Original, Revision
    from journal.searching import search

    others = Revision.objects.exclude(entry=entry).values_list("values", flat=True)
    before = list(others)
    assert search("Стертенко").hits
    assert everything_said()
    assert fault(store, data) is None
    erase(entry)
    assert fault(store, data) is None
    assert everything_said() == []
    assert not search("Стертенко").hits
    assert "2" in [hit.number for hit in search("2/01-17").hits]
    card = listing.entry_by_id(entry)
    assert (card.number, card.values, card.voided) == ("2", {}, None)
    assert listing.shown_json(card)["form"]["subject"] is None
    assert list(others) == before
    assert all(row.state == "void" for row in Document.objects.filter(entry=entry))
    assert Entry.objects.get(pk=entry).urgent
    assert (data / "documents" / "2026" / "ssd").exists()
    assert erasing.finish(store, data, NOW) == 1
    assert erasing.finish(store, data, NOW) == 0
    assert not list((data / "documents").rglob("*.pdf"))
    gone = set(Original.objects.filter(erased_at__isnull=False).values_list("pk", flat=True))
    kept = set(Original.objects.values_list("pk", flat=True)) - gone
    assert len(gone) == 3 + 2 + 2 + 1
    assert all(not store.path(one).exists() for one in gone)
    assert all(store.verify(one) for one in kept)
    assert fault(store, data) is None
    (order,) = erasing.erasures(entry)
    assert (order.asked_by, order.confirmed_by) == ("адміністратор", "керівник")
    assert order.done_at is not None
    with pytest.raises(JournalError):
        erasing.ask(entry, "рішення", act())
    with pytest.raises(JournalError):
        erasing.confirm(entry, act("хтось"))


def test_two_persons_erase_and_for_a_reason(data: Path, entry: int) -> None:
    from journal import erasing

    with pytest.raises(JournalError):
        erasing.confirm(entry, act())
    for order, why in (("", "так"), ("рішення", " ")):
        with pytest.raises(JournalError):
            erasing.ask(entry, order, act(why=why))
    first = erasing.ask(entry, "рішення", act())
    assert erasing.ask(entry, "рішення", act("інший")) == first
    with pytest.raises(JournalError):
        erasing.confirm(entry, act())
    with pytest.raises(NotFoundError):
        erasing.ask(999, "рішення", act())


def test_a_letter_under_way_is_waited_for(data: Path, entry: int) -> None:
    from journal import erasing
    from journal.models import Document

    Document.objects.filter(entry=entry).update(state="sending")
    erasing.ask(entry, "рішення", act())
    with pytest.raises(JournalError):
        erasing.confirm(entry, act("керівник"))


@contextmanager
def killed(what: str) -> Iterator[None]:
    """The process ends at this call."""
    with patch(what, side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        yield


@pytest.mark.both_databases
def test_whoever_is_killed_while_erasing_begins_or_goes_on(
    store: Originals, data: Path, entry: int
) -> None:
    from journal import erasing
    from journal.models import Revision

    erasing.ask(entry, "рішення", act())
    for step in ("erasing.blank", "erasing.record", "search_engine.drop", "erasing.note_removed"):
        with killed(f"journal.{step}"):
            erasing.confirm(entry, act("керівник"))
        assert Revision.objects.filter(entry=entry, values__subject=NAMES["subject"]).exists()
        assert fault(store, data) is None
    erasing.confirm(entry, act("керівник"))
    for step in ("remove_files_of", "remove_bytes"):
        with killed(f"journal.erasing.{step}"):
            erasing.finish(store, data, NOW)
        assert fault(store, data) is None
    unlink, removed = Path.unlink, []

    def die_at_the_third(path: Path, missing_ok: bool = False) -> None:
        removed.append(path)
        if len(removed) == 3:
            raise KeyboardInterrupt
        unlink(path, missing_ok=missing_ok)

    with patch.object(Path, "unlink", die_at_the_third), pytest.raises(KeyboardInterrupt):
        erasing.finish(store, data, NOW)
    assert fault(store, data) is None
    assert erasing.finish(store, data, NOW) == 1
    assert fault(store, data) is None


def test_what_came_together_with_another_entry_stays(data: Path) -> None:
    from journal.models import Arrival, File, Form, Original

    mail = arrival()
    (file,) = unpack(mail, [("attachment", "two forms")], subject="Двоє")
    other = values(subject="Залишенко Ірина", outgoing_number="8", persons=[])
    forms = read(file, values(**NAMES, outgoing_number="9"), other, text="Стертенко і Залишенко")
    first, second = (register(form).entry_id for form in forms)
    _place_all()
    erase(first)
    assert (Arrival.objects.get().subject, File.objects.get().text) == (
        "Двоє",
        "Стертенко і Залишенко",
    )
    assert Form.objects.get(pk=forms[0]).values == {}
    assert Form.objects.get(pk=forms[1]).values["subject"] == "Залишенко Ірина"
    assert not Original.objects.filter(erased_at__isnull=False).exists()
    erase(second)
    assert Original.objects.filter(erased_at__isnull=False).count() == 2
    assert File.objects.get().text == ""
    assert fault(stored(data), data) is None


def test_values_of_others_or_of_later_rows_may_not_be_missing(
    store: Originals, data: Path, entry: int
) -> None:
    from journal.history import verify_chain
    from journal.models import Entry, HistoryValue, Office

    erase(entry)
    later = HistoryValue.objects.filter(history__entry=entry, history__action="erased")
    others = HistoryValue.objects.filter(history__entry=Entry.objects.order_by("pk")[0])
    for rows in (later, others):
        value = rows[0]
        pk = value.pk
        with _without_guards():
            value.delete()
        assert "бракує значень" in str(verify_chain(Office.objects.get(key="ssd")))
        value.pk = pk
        value.save(force_insert=True)
    assert verify_chain(Office.objects.get(key="ssd")) is None


@contextmanager
def _without_guards() -> Iterator[None]:
    """As somebody acts who has the database's password."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            on = "type = 'trigger' AND tbl_name = 'journal_historyvalue'"
            cursor.execute(f"SELECT name FROM sqlite_master WHERE {on}")  # noqa: S608 - ours
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
        else:
            cursor.execute("ALTER TABLE journal_historyvalue DISABLE TRIGGER USER")
        yield


@pytest.mark.both_databases
def test_mail_that_was_no_notification_goes_after_its_term(data: Path) -> None:
    from journal import retention
    from journal.deciding import retry
    from journal.models import Arrival, File, Original

    month = timedelta(days=30)
    late = arrival(received_at=NOW - month + timedelta(hours=1))
    early, copied = (arrival(received_at=NOW - 2 * month) for _ in range(2))
    for one, text in ((late, "x"), (early, "y"), (copied, "kept by an entry")):
        unpack(one, [("body", text)], subject="Стертенко", auto="auto-reply")
    registered(values(), attachment="kept by an entry")
    waiting = arrival(received_at=NOW - 2 * month)
    unpack(waiting, [("body", "a letter that waits for a person")])
    store = stored(data)
    for path in store.root.rglob("*"):
        os.utime(path, (0, 0))
    now = Act("служба", NOW)
    assert retention.remove_ignored(store, 30, now) == 3
    assert fault(store, data) is None
    gone = set(Original.objects.filter(erased_at__isnull=False).values_list("pk", flat=True))
    mails = Arrival.objects.filter(pk__in=(early, copied)).values_list("original", flat=True)
    assert gone == {*mails, digest("y")}
    assert not any(store.path(one).exists() for one in gone)
    assert store.verify(digest("kept by an entry"))
    assert Arrival.objects.get(pk=late).subject == "Стертенко"
    assert File.objects.get(arrival=early).name == ""
    assert retention.remove_ignored(store, 30, now) == 0
    with pytest.raises(JournalError):
        retry(early, now=NOW, actor="клерк")
    # The same bytes come again: they are kept again, also while others remove them.
    store.put(b"y")
    again = arrival(raw="y")
    assert Arrival.objects.get(pk=again).original.erased_at is None
    assert retention.remove_ignored(store, 30, now) == 0
    assert fault(store, data) is None
    Original.objects.filter(pk=digest("x")).update(erased_at=NOW)
    assert "вилучення не збігається" in str(fault(store, data))


def test_whoever_is_killed_while_letting_mail_go_goes_on(data: Path) -> None:
    from journal import retention

    mail = arrival(received_at=NOW - timedelta(days=60))
    unpack(mail, [("body", "z")], auto="bulk")
    store = stored(data)
    for path in store.root.rglob("*"):
        os.utime(path, (0, 0))
    for step in ("blank_mail", "note_removed", "remove_bytes"):
        with killed(f"journal.retention.{step}"):
            retention.remove_ignored(store, 30, Act("служба", NOW))
        assert fault(store, data) is None
    assert store.verify(digest("z"))
    retention.remove_ignored(store, 30, Act("служба", NOW))
    assert not store.path(digest("z")).exists()
    assert fault(store, data) is None
