"""Answers to letters of ours are filed and stop their clock; nothing new is swallowed with them."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.journal.by_hand import change_by_hand
from tests.journal.office_day import (
    CONTENTS,
    NOW,
    arrival,
    clock_rules,
    outgoing,
    read,
    register,
    registered,
    rules,
    unpack,
    values,
)

pytestmark = pytest.mark.both_databases

WHO: dict[str, Any] = {"now": NOW, "actor": "тест"}
CSS = "css@example.ua"
ASKED = "<asked@ssd.example>"
REPLIED = "<replied@ssd.example>"
SENT_OR_ENTERED = ("register", "assessment_request")
"""Clocks that stop before any answer comes."""
CONCLUSION = "ВИСНОВОК оцінки потреб сім’ї Вигаданюків. Сім’я потребує супроводу."


def send(entry_id: int, kind: str, message_id: str, to: str) -> int:
    """An approved letter of ours that has left."""
    from journal import documents, outbox, sending

    new = documents.NewDocument(entry_id, "ssd", kind, kind, {})
    document = documents.new_document(new, series=outgoing(), **WHO)
    for ending, save in (("docx", documents.save_rendered), ("pdf", documents.save_pdf)):
        save(document, f"{document}.{ending}", sha256(b"x").hexdigest(), **WHO)
    documents.approve(document, series=outgoing(), **WHO)
    CONTENTS.append(message_id)
    raw = message_id.encode()
    row = outbox.begin(
        outbox.NewSending(
            document, "ssd@example.ua", to, True, message_id, sha256(raw).hexdigest(), len(raw)
        ),
        **WHO,
    )
    assert sending.start(row, **WHO)
    sending.sent(row, rules=clock_rules(), **WHO)
    return document


@pytest.fixture
def entry(data: Path) -> int:
    """Entry № 1, come through ЦСС's box; both letters have left."""
    entry_id: int = registered(values(), "css").entry_id
    send(entry_id, "registration_reply", REPLIED, "gym@example.ua")
    send(entry_id, "assessment_request", ASKED, CSS)
    return entry_id


def place(arrival_id: int, **changes: Any) -> str:
    from dataclasses import replace

    from journal import placing

    return placing.place(arrival_id, rules=replace(rules(), **changes), **WHO)


def comes(
    body: str, *papers: str, sender: str = CSS, urgent: bool | None = False, **head: Any
) -> int:
    """A mail with a text and papers, all read; give its arrival."""
    one = arrival()
    roles = [("body", f"b {one}"), *(("attachment", f"p {one} {paper}") for paper in papers)]
    files = unpack(one, roles, sender_address=sender, **head)
    sign = {"id": "weapon", "group": "violence_threat", "quote": "ніж"}
    for file, text in zip(files, [body, *papers], strict=True):
        read(file, text=text, urgent=urgent, indicators=[sign] if urgent else [])
    return one


def row(arrival_id: int) -> Any:
    from journal.models import Arrival

    return Arrival.objects.get(pk=arrival_id)


def proposed(arrival_id: int) -> list[tuple[str, str]]:
    from journal.answering import proposals

    return [(one.number, one.why) for one in proposals(arrival_id)]


def done(entry_id: int) -> set[str]:
    from journal.models import Deadline

    stopped = Deadline.objects.filter(entry=entry_id, done_at=NOW).exclude(key__in=SENT_OR_ENTERED)
    return set(stopped.values_list("key", flat=True))


def whole(data: Path) -> list[str]:
    from journal.comparing import entry_faults

    for ending in ("docx", "pdf"):
        for document in range(1, 9):
            (data / f"{document}.{ending}").write_bytes(b"x")
    return list(entry_faults(data))


def test_the_conclusion_in_the_thread_is_filed_and_stops_the_clock(entry: int, data: Path) -> None:
    one = comes("Надсилаємо висновок.", CONCLUSION, in_reply_to=ASKED)
    assert place(one) == "filed"
    assert row(one).answers.kind == "assessment_request"
    assert set(row(one).files.values_list("entry", flat=True)) == {entry}
    assert done(entry) == {"needs_assessment"}
    assert whole(data) == []


def test_a_stopped_clock_and_its_answer_are_in_the_history(entry: int) -> None:
    from journal.models import CaseEvent, History

    one = comes("Надсилаємо висновок.", CONCLUSION, in_reply_to=ASKED)
    place(one)
    acts = History.objects.filter(subject=f"entry:{entry}").order_by("pk")
    assert [act.action for act in acts] == ["registered", "happened", "answered", "happened"]
    written = {value.field: value for act in list(acts)[2:] for value in act.values.all()}
    assert written[f"answers:{one}"].new == row(one).answers_id
    event = CaseEvent.objects.get(kind="conclusion_received")
    assert (event.arrival_id, event.happened_at) == (one, NOW)
    clock = written["deadline:needs_assessment:notification"]
    assert clock.old
    assert clock.new
    assert (clock.old["done_at"], bool(clock.new["done_at"])) == (None, True)


@pytest.mark.parametrize("head", [{"references": ["<a@b>", ASKED, "<c@d>"]}])
def test_references_lead_to_the_letter_where_in_reply_to_does_not(entry: int, head: Any) -> None:
    assert place(comes("Отримали.", in_reply_to="<c@d>", **head)) == "filed"


@pytest.mark.parametrize(
    ("body", "subject"),
    [
        ("На № 01-12/2 від 04.03.2026 надсилаємо висновок.", "Висновок"),
        ("Надсилаємо висновок.", "Re: Лист № 01-12/2 від 04.03.2026"),
    ],
)
def test_our_number_with_its_date_from_a_known_sender_is_enough(
    entry: int, body: str, subject: str
) -> None:
    one = comes(body, CONCLUSION, subject=subject)
    assert place(one) == "filed"
    assert row(one).answers.kind == "assessment_request"
    assert done(entry) == {"needs_assessment"}


@pytest.mark.parametrize(
    ("body", "sender"),
    [
        ("На № 01-12/2 від 04.03.2026 надсилаємо висновок.", "hto@example.org"),
        ("На № 01-12/2 від 05.02.2026 надсилаємо висновок.", CSS),
        ("Щодо повідомлення № 1 надсилаємо висновок.", CSS),
    ],
    ids=["stranger", "another date", "a figure alone"],
)
def test_a_number_that_is_not_sure_waits_with_its_proposal(
    entry: int, body: str, sender: str
) -> None:
    one = comes(body, sender=sender)
    assert place(one) == "triage"
    assert [number for number, _ in proposed(one)] == ["1"]
    assert row(one).answers is None


def test_a_partner_of_the_configuration_is_no_stranger(entry: int) -> None:
    one = comes("На № 01-12/2 від 04.03.2026 відвідано.", sender="police@example.ua")
    assert place(one, partners=frozenset({"police@example.ua"})) == "filed"


def test_a_number_of_nobody_proposes_nothing(entry: int) -> None:
    one = comes("На № 01-12/77 від 04.03.2026 відповідаємо.")
    assert place(one) == "triage"
    assert proposed(one) == []


def test_two_letters_that_are_answered_at_once_wait_for_a_person(entry: int) -> None:
    other = registered(values(subject="Інакшенко Петро", outgoing_number="8")).entry_id
    send(other, "assessment_request", "<other@ssd.example>", CSS)
    one = comes("На № 01-12/3 від 04.03.2026: виконано.", in_reply_to=ASKED)
    assert place(one) == "triage"
    assert [number for number, _ in proposed(one)] == ["1", "2"]


@pytest.mark.parametrize(
    "body",
    [
        "Повідомляємо, що учениця 3 класу Інакшенко Оля тиждень без нагляду дітей і батьків.",
        "Повідомляємо, що дитина Вигаданюк Іван знову не відвідує школу.",
    ],
    ids=["another child", "the same child again"],
)
def test_news_written_as_an_answer_to_our_reply_are_never_swallowed(entry: int, body: str) -> None:
    one = comes(body, sender="gym@example.ua", in_reply_to=REPLIED)
    assert place(one) == "triage"
    assert proposed(one)[0][0] == "1"


def test_an_answer_about_another_family_than_the_letters_waits(entry: int) -> None:
    body = "Повідомляємо, що сім’ю Інакшенків відвідано."
    assert place(comes(body, in_reply_to=ASKED)) == "triage"
    same = "Повідомляємо, що сім’ю Вигаданюків відвідано."
    assert place(comes(same, in_reply_to=ASKED)) == "filed"


def test_thanks_for_our_reply_are_filed_and_stop_nothing(entry: int) -> None:
    one = comes("Дякуємо, отримали.", sender="gym@example.ua", in_reply_to=REPLIED)
    assert place(one) == "filed"
    assert done(entry) == set()


def test_a_letter_that_only_promises_a_conclusion_stops_nothing(entry: int) -> None:
    body = "Висновок оцінки потреб надішлемо після 10 березня."
    assert place(comes(body, in_reply_to=ASKED)) == "filed"
    assert done(entry) == set()


def test_an_answer_whose_paper_nobody_could_read_waits(entry: int) -> None:
    assert place(comes("Надсилаємо.", "", in_reply_to=ASKED)) == "triage"


def test_a_dangerous_answer_makes_the_entry_urgent(entry: int, data: Path) -> None:
    from journal.models import Deadline, Entry

    one = comes("Батько з ножем чекає біля дому.", urgent=True, in_reply_to=ASKED)
    assert place(one) == "filed"
    assert Entry.objects.get(pk=entry).urgent is True
    assert Deadline.objects.filter(entry=entry, key="urgent_visit").exists()
    assert whole(data) == []


def test_a_form_of_another_child_in_an_answer_is_registered_all_the_same(
    entry: int, data: Path
) -> None:
    one = arrival()
    body, paper, form = unpack(
        one,
        [("body", "b"), ("attachment", "p"), ("attachment", "f")],
        sender_address=CSS,
        in_reply_to=ASKED,
    )
    read(body, text="Надсилаємо висновок і нове повідомлення.")
    read(paper, text=CONCLUSION)
    other = values(subject="Інакшенко Петро, 5 років", persons=[{"name": "Інакшенко Петро"}])
    new = register(read(form, other)[0])
    assert place(one) == "registered"
    assert (new.outcome, new.number) == ("registered", "2")
    assert list(row(one).files.order_by("ordinal").values_list("entry", flat=True)) == [
        entry,
        entry,
        new.entry_id,
    ]
    assert done(entry) == {"needs_assessment"}
    assert whole(data) == []


def test_a_form_sent_by_answering_our_last_letter_keeps_its_cover_letter(entry: int) -> None:
    one = arrival()
    body, form = unpack(
        one, [("body", "b"), ("attachment", "f")], in_reply_to=REPLIED, sender_address="gym@x.ua"
    )
    read(body, text="Надсилаємо ще одну форму.")
    new = register(read(form, values(subject="Інакшенко Петро", outgoing_number="9"))[0])
    assert place(one) == "registered"
    assert set(row(one).files.values_list("entry", flat=True)) == {new.entry_id}


def test_a_conclusion_filed_by_hand_stops_the_clock_too(entry: int, data: Path) -> None:
    from journal import deciding

    one = comes("Надсилаємо.", CONCLUSION, sender="hto@example.org")
    assert place(one) == "triage"
    assert proposed(one)[0] == ("1", "названо те саме прізвище")
    deciding.file_to_entry(one, entry, why="висновок", rules=rules(), **WHO)
    assert done(entry) == {"needs_assessment"}
    assert whole(data) == []


def test_a_person_named_in_full_is_proposed_before_a_namesake(entry: int) -> None:
    namesake = values(
        subject="Вигаданюк Марія Олегівна, 3 роки",
        persons=[{"name": "Вигаданюк Марія Олегівна", "age": 3}],
        outgoing_number="01-15/9",
    )
    registered(namesake)
    one = comes("Просимо довідку на Вигаданюка Івана.", sender="hto@example.org")
    assert place(one) == "triage"
    assert proposed(one) == [
        ("1", "названо ту саму особу"),
        ("2", "названо те саме прізвище"),
    ]


def test_another_offices_thread_is_not_ours(entry: int) -> None:
    from journal.models import Office

    one = comes("Отримали.", in_reply_to=ASKED)
    other = Office.objects.create(key="inshi", name="Інші")
    change_by_hand(f"UPDATE journal_arrival SET journal_id = {other.pk} WHERE id = {one}")  # noqa: S608
    assert place(one) == "triage"
    assert proposed(one) == []


def request_clock(entry_id: int) -> tuple[Any, ...]:
    from journal.models import Deadline

    row = Deadline.objects.get(entry=entry_id, key="needs_assessment", start_kind="request")
    return row.starts_at, row.done_at, row.cancelled_at, str(row.due_on)


def test_the_assessments_clock_runs_from_the_request_that_arrives(entry: int, data: Path) -> None:
    """The request leaves, comes back, leaves once more: ЦСС's days run from the last."""
    from journal import outbox, sending
    from journal.models import Deadline, Document

    letter = Document.objects.get(kind="assessment_request").pk
    assert request_clock(entry) == (NOW, None, None, "2026-03-11")
    back = NOW + timedelta(hours=1)
    who: dict[str, Any] = {"actor": "тест", "rules": clock_rules()}
    sending.bounced(letter, message_id=ASKED, now=back, **who)
    assert request_clock(entry)[1:3] == (None, back)
    asked = Deadline.objects.get(entry=entry, key="assessment_request")
    assert (asked.done_at, asked.stopped_by) == (None, None)
    monday = NOW + timedelta(days=5)
    outbox.decide_again(letter, why="Скриньку звільнено.", now=monday, actor="тест")
    mail = outbox.NewSending(
        letter, "ssd@example.ua", CSS, True, "<again@ssd>", sha256(b"y").hexdigest(), 1
    )
    row = outbox.begin(mail, now=monday, actor="тест")
    assert sending.start(row, now=monday, actor="тест")
    sending.sent(row, now=monday, **who)
    assert request_clock(entry) == (monday, None, None, "2026-03-16")
    asked.refresh_from_db()
    assert asked.done_at == monday
    assert whole(data) == []


def test_a_request_of_an_older_release_that_comes_back_lets_its_clock_run_on(
    entry: int, data: Path
) -> None:
    from journal import sending
    from journal.models import Deadline, Document

    Deadline.objects.filter(start_kind="request").delete()
    Deadline.objects.update(stopped_by=None)
    change_by_hand("DELETE FROM journal_caseevent")
    letter = Document.objects.get(kind="assessment_request").pk
    sending.bounced(letter, message_id=ASKED, rules=clock_rules(), **WHO)
    assert Deadline.objects.get(entry=entry, key="assessment_request").done_at is None
