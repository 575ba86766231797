from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from opika.errors import NotFoundError
from tests.journal.office_day import NOW, arrival, bring, digest, read, register, unpack, values

pytestmark = pytest.mark.both_databases


def _row(kind: str, row_id: int) -> Any:
    from journal import models

    tables = {"unpack": models.Arrival, "read": models.File, "register": models.Form}
    return tables[kind]._default_manager.get(pk=row_id)


def _due(kind: str, now: Any = NOW) -> list[int]:
    from journal import steps

    lists = {
        "unpack": steps.arrivals_to_unpack,
        "read": steps.files_to_read,
        "register": steps.forms_to_register,
        "place": steps.arrivals_to_place,
        "draft": steps.entries_to_draft,
    }
    return lists[kind](now)


def test_what_is_due_moves_from_step_to_step(data: Path) -> None:
    one = arrival()
    assert _due("unpack") == [one]
    body, file = unpack(one, [("body", "b"), ("attachment", "f")])
    assert (_due("unpack"), _due("read"), _due("place")) == ([], [body, file], [])
    read(body)
    (form,) = read(file, values())
    assert (_due("read"), _due("register"), _due("place")) == ([], [form], [])
    entry = register(form).entry_id
    assert (_due("register"), _due("place"), _due("draft")) == ([], [one], [entry])


def test_a_step_run_again_finds_its_work_done(data: Path) -> None:
    from journal.models import File, Form

    one = arrival()
    first = unpack(one, [("attachment", "f")])
    assert unpack(one, [("attachment", "f"), ("attachment", "g")]) == first
    forms = read(first[0], values(), values(subject="інша"))
    assert read(first[0], values(content="не те")) == forms
    assert (File.objects.count(), Form.objects.count()) == (1, 2)


@pytest.mark.parametrize(("auto", "outcome"), [("bulk", "ignored"), ("own", "own")])
def test_automatic_mail_is_set_aside_and_not_read(data: Path, auto: str, outcome: str) -> None:
    one = arrival()
    (file,) = unpack(one, [("body", "b")], auto=auto)
    assert (_due("read"), _due("place")) == ([], [])
    for row in (_row("unpack", one), _row("read", file)):
        assert (row.outcome, row.reason) == (outcome, auto)


def test_signatures_and_logos_are_kept_and_not_read(data: Path) -> None:
    _, _, letter = unpack(arrival(), [("signature", "s"), ("inline", "i"), ("attachment", "f")])
    assert _due("read") == [letter]


def test_a_part_with_a_fault_waits_for_a_person_at_once(data: Path) -> None:
    from journal import steps

    new = steps.NewFile("1", "архів.zip", "application/zip", "attachment", None, fault="encrypted")
    one = arrival()
    steps.save_unpacked(one, {}, [new], now=NOW)
    assert _due("read") == []
    assert _due("place") == [one]
    file = _row("unpack", one).files.get()
    assert (file.outcome, file.reason) == ("triage", "encrypted")


def test_a_file_that_no_reader_takes_is_not_read_again(data: Path) -> None:
    from journal import steps

    (file,) = unpack(arrival(), [("attachment", "f")])
    steps.refused(file, "unreadable", now=NOW)
    assert _due("read") == []
    read(file, values())
    assert _due("register") == []


@pytest.mark.parametrize("kind", ["unpack", "read", "register"])
def test_a_failing_step_is_tried_ever_later_and_then_given_to_a_person(
    data: Path, kind: str
) -> None:
    from journal import steps

    one = arrival()
    row_id = one
    if kind != "unpack":
        (row_id,) = unpack(one, [("attachment", "f")])
    if kind == "register":
        (row_id,) = read(row_id, values())
    now, minutes = NOW, []
    while _due(kind, now) == [row_id]:
        steps.failed(kind, row_id, "OSError", now=now)
        row = _row(kind, row_id)
        assert _due(kind, now) == []
        minutes.append((row.next_try_at - now).total_seconds() / 60)
        now = row.next_try_at
    assert minutes == [1, 5, 30, 120, 720]
    assert (row.outcome, row.reason, row.fault) == ("triage", "failed", "OSError")


def test_a_failure_that_passes_leaves_no_trace(data: Path) -> None:
    from journal import steps

    (file,) = unpack(arrival(), [("attachment", "f")])
    steps.failed("read", file, "OSError", now=NOW)
    assert _row("read", file).outcome == "failed"
    (form,) = read(file, values())
    steps.failed("register", form, "JournalBusyError", now=NOW)
    register(form)
    for row in (_row("read", file), _row("register", form)):
        assert (row.attempts, row.next_try_at, row.fault) == (0, None, "")


def test_a_failure_reported_after_the_work_was_done_changes_nothing(data: Path) -> None:
    from journal import steps

    form = bring(values())
    register(form)
    steps.failed("register", form, "OSError", now=NOW)
    assert _row("register", form).outcome == "registered"


def test_drafting_is_tried_on_for_ever(data: Path) -> None:
    from journal import steps

    entry, now = register(bring(values())).entry_id, NOW
    for _ in range(12):
        assert _due("draft", now) == [entry]
        steps.failed("draft", entry, "TemplateError", now=now)
        assert _due("draft", now) == []
        now += timedelta(hours=12)
    assert _due("draft", now) == [entry]


def test_texts_that_no_database_stores_are_made_storable(data: Path) -> None:
    from journal.models import Arrival, File, Form

    one = arrival()
    (file,) = unpack(one, [("attachment", "f")], subject="\udcff\0тема", message_id="<" * 3000)
    read(file, values(content="a\0b\ud800"), text="\udc80")
    assert Arrival.objects.get(pk=one).subject == "?тема"
    assert len(Arrival.objects.get(pk=one).message_id) == 1000
    assert File.objects.get(pk=file).text == "?"
    assert Form.objects.get(file=file).values["content"] == "ab?"


def test_what_reading_needs_is_handed_out(data: Path) -> None:
    from journal import work

    one = arrival("css", raw="mail")
    (file,) = unpack(one, [("attachment", "f")])
    assert work.file_work(file) == work.FileWork(digest("f"), "attachment-1.docx")
    wanted = work.arrival_work(one)
    assert (wanted.sha256, wanted.office, wanted.journal) == (digest("mail"), "css", "ssd")
    assert work.journal_of_form(read(file, values())[0]) == "ssd"
    for ask in (work.arrival_work, work.file_work):
        with pytest.raises(NotFoundError):
            ask(999)


def test_placing_that_fails_is_tried_ever_later_and_then_given_to_a_person(data: Path) -> None:
    from journal import steps

    one = arrival()
    (file,) = unpack(one, [("attachment", "f")])
    read(file)
    now = NOW
    for _ in range(5):
        assert _due("place", now) == [one]
        steps.failed("place", one, "ValueError", now=now)
        now = _row("unpack", one).next_try_at
    assert _due("place", now) == []
    assert (_row("unpack", one).outcome, _row("unpack", one).reason) == ("triage", "failed")
