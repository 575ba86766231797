"""A mail of ours in the journal: stored first, at most once, followed to its end."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from opika.errors import ClosedYearError, JournalBusyError, JournalError, NotFoundError
from tests.journal.office_day import (
    CONTENTS,
    KYIV,
    NOW,
    clock_rules,
    outgoing,
    registered,
    stored,
    values,
)

pytestmark = pytest.mark.both_databases

WHO: dict[str, Any] = {"now": NOW, "actor": "olena"}
TO = "shkola@example.org"


@pytest.fixture
def letter(data: Path) -> int:
    """An approved letter, rendered."""
    from journal import documents

    entry_id = registered(values()).entry_id
    new = documents.NewDocument(entry_id, "ssd", "registration_reply", "reply", {})
    document = documents.new_document(new, series=outgoing(), **WHO)
    for kind, save in (("docx", documents.save_rendered), ("pdf", documents.save_pdf)):
        content = f"{kind} {document}".encode()
        path = data / f"{document}.{kind}"
        path.write_bytes(content)
        save(document, path.name, sha256(content).hexdigest(), **WHO)
    documents.approve(document, series=outgoing(), **WHO)
    return document


def begin(letter: int, *, number: int = 1, trusted: bool = True) -> int:
    from journal import outbox

    mail = f"mail {number} of {letter}"
    CONTENTS.append(mail)
    raw = mail.encode()
    new = outbox.NewSending(
        document_id=letter,
        mailbox="sysn@ukr.net",
        recipient=TO,
        by_configuration=trusted,
        message_id=f"<{number}@ukr.net>",
        sha256=sha256(raw).hexdigest(),
        size=len(raw),
    )
    return outbox.begin(new, **WHO)


def started(letter: int) -> int:
    from journal import sending

    row = begin(letter)
    assert sending.start(row, **WHO)
    return row


def state(letter: int) -> tuple[str, list[str]]:
    from journal.models import Document, Sending

    rows = Sending.objects.filter(document=letter).order_by("pk")
    document = Document.objects.get(pk=letter)
    return document.state, list(rows.values_list("state", flat=True))


def actions(letter: int) -> list[str]:
    from journal.models import History

    rows = History.objects.filter(subject=f"document:{letter}").order_by("pk")
    return list(rows.values_list("action", flat=True))[4:]


def whole(data: Path) -> str | None:
    from journal.verify import verify

    fault: str | None = verify(stored(data), data).first_fault
    return fault


def test_a_letter_goes_its_way_and_the_book_stays_whole(letter: int, data: Path) -> None:
    from journal import sending

    row = begin(letter)
    assert (state(letter), sending.to_send(NOW)) == (("sending", ["waiting"]), [row])
    assert sending.start(row, **WHO)
    assert (state(letter), sending.to_ask_about(NOW)) == (("sending", ["sending"]), [row])
    sending.sent(row, rules=clock_rules(), **WHO)
    assert (state(letter), sending.to_copy(NOW)) == (("sent", ["sent"]), [row])
    sending.copied(row, **WHO)
    assert (sending.to_copy(NOW), sending.to_send(NOW), sending.to_ask_about(NOW)) == ([], [], [])
    assert actions(letter) == ["sending", "sent"]
    assert whole(data) is None


def test_a_row_changed_by_hand_is_found(letter: int, data: Path) -> None:
    from journal.models import Sending

    row = begin(letter)
    Sending.objects.filter(pk=row).update(state="sent")
    assert whole(data) == f"надсилання {row}: state не збігається з історією"


def test_a_mail_is_taken_in_hand_once(letter: int) -> None:
    from journal import sending

    row = started(letter)
    assert not sending.start(row, **WHO)
    with pytest.raises(JournalError, match="not approved"):
        begin(letter, number=2)


def test_nothing_leaves_for_an_address_that_is_not_confirmed(letter: int) -> None:
    from journal import contacts

    contact = contacts.propose("ssd", "Гімназія", TO, **WHO)
    with pytest.raises(JournalError, match="not confirmed"):
        begin(letter, trusted=False)
    contacts.confirm(contact, now=NOW, actor="iryna")
    begin(letter, trusted=False)


@pytest.mark.parametrize("row", ["draft", "void"])
def test_only_an_approved_letter_leaves(letter: int, row: str) -> None:
    from journal.models import Document

    Document.objects.filter(pk=letter).update(state=row)
    with pytest.raises(JournalError, match="not approved"):
        begin(letter)
    assert state(letter) == (row, [])


def test_a_letter_overtaken_by_a_change_does_not_leave(letter: int) -> None:
    from journal import sending
    from journal.models import Document

    row = begin(letter)
    Document.objects.filter(pk=letter).update(stale_at=NOW)
    assert not sending.start(row, **WHO)
    assert state(letter) == ("failed", ["failed"])
    Document.objects.filter(pk=letter).update(state="approved")
    with pytest.raises(JournalError, match="overtaken"):
        begin(letter, number=2)


def test_a_letter_without_its_pdf_does_not_leave(letter: int) -> None:
    from journal.models import Document

    Document.objects.filter(pk=letter).update(pdf="", pdf_sha256="")
    with pytest.raises(JournalError, match="not rendered"):
        begin(letter)


def test_a_mail_that_is_put_off_is_tried_again_later_and_given_up_at_last(letter: int) -> None:
    from journal import sending

    row, now = begin(letter), NOW
    for tries in range(8):
        assert sending.start(row, now=now, actor="olena"), tries
        sending.put_off(row, "451 4.7.1", now=now, actor="olena")
        assert sending.to_send(now) == []
        assert not sending.start(row, now=now, actor="olena")
        now += timedelta(hours=12)
    assert state(letter) == ("failed", ["failed"])


def test_a_refused_mail_waits_for_a_person_who_may_send_the_letter_anew(
    letter: int, data: Path
) -> None:
    from journal import outbox, sending
    from journal.health import SendingCount, not_sent

    sending.refused(started(letter), "550 5.1.1", **WHO)
    assert (state(letter), sending.to_send(NOW)) == (("failed", ["failed"]), [])
    assert not_sent() == SendingCount(waiting=0, failed=1, doubt=0)
    with pytest.raises(JournalError, match="no reason"):
        outbox.decide_again(letter, why=" ", **WHO)
    outbox.decide_again(letter, why="Адресу виправлено.", **WHO)
    begin(letter, number=2)
    assert state(letter) == ("sending", ["failed", "waiting"])
    assert not_sent() == SendingCount(waiting=1, failed=0, doubt=0)
    assert whole(data) is None


def test_a_doubt_is_asked_about_again_and_never_sent_by_itself(letter: int) -> None:
    from journal import sending

    row = started(letter)
    sending.doubted(row, "MailDoubtError", **WHO)
    assert state(letter) == ("sending", ["doubt"])
    assert (sending.to_send(NOW), sending.to_ask_about(NOW)) == ([], [])
    later = NOW + timedelta(days=30)
    assert (sending.to_send(later), sending.to_ask_about(later)) == ([], [row])
    assert not sending.start(row, now=later, actor="olena")


def test_a_person_says_that_a_letter_in_doubt_has_left(letter: int, data: Path) -> None:
    from journal import outbox, sending

    with pytest.raises(JournalError, match="not in doubt"):
        outbox.decide_sent(letter, why="Так.", rules=clock_rules(), **WHO)
    sending.doubted(started(letter), "MailDoubtError", **WHO)
    outbox.decide_sent(letter, why="Одержувач підтвердив телефоном.", rules=clock_rules(), **WHO)
    assert state(letter) == ("sent", ["sent"])
    assert whole(data) is None


def test_a_person_says_that_a_letter_in_doubt_has_not_left(letter: int) -> None:
    from journal import outbox, sending

    row = started(letter)
    sending.doubted(row, "MailDoubtError", **WHO)
    outbox.decide_again(letter, why="Одержувач листа не має.", **WHO)
    assert (state(letter), sending.to_send(NOW)) == (("sending", ["waiting"]), [row])
    assert sending.work(row).message_id == "<1@ukr.net>"


def test_a_letter_that_comes_back_has_failed(letter: int, data: Path) -> None:
    from journal import outbox, sending

    row = started(letter)
    sending.sent(row, rules=clock_rules(), **WHO)
    for _ in range(2):
        sending.bounced(letter, message_id=" <1@ukr.net> ", rules=clock_rules(), **WHO)
    assert state(letter) == ("failed", ["failed"])
    assert actions(letter) == ["sending", "sent", "came back"]
    outbox.decide_again(letter, why="Скриньку звільнено.", **WHO)
    begin(letter, number=2)
    sending.bounced(letter, message_id="<1@ukr.net>", rules=clock_rules(), **WHO)
    sending.bounced(letter, rules=clock_rules(), **WHO)
    assert state(letter) == ("sending", ["failed", "waiting"])
    assert whole(data) is None


def test_a_letter_that_comes_back_after_its_year_was_closed_keeps_its_number(
    letter: int, data: Path
) -> None:
    from journal import outbox, sending
    from journal.documents import rendering
    from journal.history import Act
    from journal.registers import close
    from journal.voiding import void_document

    sending.sent(started(letter), rules=clock_rules(), **WHO)
    late: dict[str, Any] = {"now": datetime(2027, 1, 12, 9, tzinfo=KYIV), "actor": "olena"}
    close("ssd", "outgoing", 2026, Act("голова", late["now"]))
    sending.bounced(letter, message_id="<1@ukr.net>", rules=clock_rules(), **late)
    assert state(letter) == ("failed", ["failed"])
    with pytest.raises(ClosedYearError):
        void_document(letter, Act("голова", late["now"], "адреса недійсна"))
    outbox.decide_again(letter, why="Адресу виправлено.", **late)
    begin(letter, number=2)
    assert (state(letter)[0], rendering(letter).index) == ("sending", "01-12/1")
    assert whole(data) is None


def test_a_bounce_settles_a_doubt(letter: int) -> None:
    from journal import sending

    sending.doubted(started(letter), "MailDoubtError", **WHO)
    sending.bounced(letter, rules=clock_rules(), **WHO)
    assert state(letter) == ("failed", ["failed"])


def test_a_letter_is_known_by_its_message_id(letter: int) -> None:
    from journal import sending

    begin(letter)
    assert sending.document_by_message_id(" <1@ukr.net>") == letter
    assert sending.document_by_message_id("<2@ukr.net>") is None
    assert sending.is_ours("<1@ukr.net>")


def test_only_one_process_sends(data: Path) -> None:
    from journal import outbox

    with outbox.sole_sender(data), pytest.raises(JournalBusyError), outbox.sole_sender(data):
        pass
    with outbox.sole_sender(data):
        pass


def test_what_is_not_there_is_not_found(data: Path) -> None:
    from journal import sending

    asked: list[Any] = [
        lambda: sending.work(9),
        lambda: sending.start(9, **WHO),
        lambda: sending.bounced(9, rules=clock_rules(), **WHO),
    ]
    for ask in asked:
        with pytest.raises(NotFoundError):
            ask()
