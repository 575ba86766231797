"""Promise 6, and «nothing twice»: letters leave once, for known addresses, with nobody's data."""

from __future__ import annotations

import re
import subprocess
import threading
import time
from typing import Any

import pytest

from opika import sending
from opika.delivery import follow, keep_following
from opika.errors import JournalBusyError
from opika.sending import Attempt
from tests.opika.office import NOW
from tests.opika.post_office import (
    ASKED,
    CSS,
    REPLY,
    REQUEST,
    SCHOOL,
    PostOffice,
)
from tests.opika.test_cli import OPIKA


def send(post: PostOffice, *ids: int, to: str = "") -> list[Attempt]:
    with post.office.open() as pipeline:
        return sending.send(pipeline, ids or None, to)


def states(post: PostOffice) -> list[str]:
    from journal.models import Document

    with post.office.open():
        return list(Document.objects.order_by("pk").values_list("state", flat=True))


def test_every_approved_letter_with_a_known_address_leaves_once(post: PostOffice) -> None:
    attempts = send(post)
    assert [(one.state, one.recipient, one.reason) for one in attempts] == [
        ("sent", SCHOOL, ""),
        ("sent", CSS, ""),
    ]
    assert [mail.recipients for mail in post.smtp.mails] == [[SCHOOL], [CSS]]
    assert {mail.sender for mail in post.smtp.mails} == {"sysn@ukr.net"}
    assert (send(post), len(post.smtp.mails)) == ([], 2)
    assert states(post) == ["sent", "sent"]


def test_a_mail_carries_the_approved_pdf_and_no_childs_data(post: PostOffice) -> None:
    from journal import documents, listing

    send(post)
    reply, request = post.smtp.mails
    with post.office.open() as pipeline:
        card = listing.entry(1)
        pdf = (pipeline.data / documents.rendering(REPLY).pdf).read_bytes()
    (attached,) = reply.message.iter_attachments()
    assert attached.get_content() == pdf
    assert re.fullmatch(r"list-[0-9-]+\.pdf", str(attached.get_filename()))
    subject = str(reply.message["Subject"])
    assert re.fullmatch(r"Лист № \S+ від 04\.03\.2026", subject)
    words = set(re.findall(r"[А-ЯІЇЄҐа-яіїєґ]{4,}", str(card.values["subject"])))
    for mail in (reply, request):
        body = mail.message.get_body()
        assert body is not None
        outside = f"{mail.message.as_string().split('Content-Type')[0]} {body.get_content()}"
        assert not {word for word in words if word in outside}
        assert mail.message["Auto-Submitted"] is None


def test_a_reply_stands_in_the_thread_of_the_notification(post: PostOffice) -> None:
    send(post)
    reply, request = post.smtp.mails
    assert reply.message["In-Reply-To"] == ASKED
    assert reply.message["References"].split()[-1] == ASKED
    assert request.message["In-Reply-To"] is None


def test_a_letter_waits_for_a_confirmed_address_and_says_what_to_do(post: PostOffice) -> None:
    from journal import contacts

    with post.office.open():
        (card,) = contacts.contacts()
        contacts.withdraw(card.id, why="Тест.", now=NOW, actor="olena")
    waiting, gone = send(post)
    assert (waiting.state, waiting.recipient, gone.state) == ("approved", SCHOOL, "sent")
    assert "opika contact add" in waiting.reason
    assert [mail.recipients for mail in post.smtp.mails] == [[CSS]]
    post.know_the_school()
    assert [one.state for one in send(post, REPLY)] == ["sent"]


def test_another_address_must_be_known_too(post: PostOffice) -> None:
    (refused,) = send(post, REPLY, to="other@example.org")
    assert (refused.state, len(post.smtp.mails)) == ("approved", 0)
    (gone,) = send(post, REPLY, to=CSS.upper())
    assert (gone.state, gone.recipient) == ("sent", CSS)


def test_a_reply_never_goes_to_a_colleague_who_passed_the_form_on(post: PostOffice) -> None:
    from tests.journal.by_hand import change_by_hand

    with post.office.open():
        ours = f"json_set(\"values\", '$.sender_email', '{CSS}')"
        change_by_hand(f'UPDATE journal_revision SET "values" = {ours}')  # noqa: S608
    (kept,) = send(post, REPLY)
    assert "з адреси нашої установи" in kept.reason


def test_a_pdf_that_was_changed_after_approval_does_not_leave(post: PostOffice) -> None:
    from journal import documents

    with post.office.open() as pipeline:
        path = pipeline.data / documents.rendering(REPLY).pdf
        path.chmod(0o600)
        path.write_bytes(path.read_bytes() + b" ")
    (kept, _) = send(post)
    assert (kept.state, "змінено" in kept.reason) == ("approved", True)


def test_a_pdf_that_is_lost_keeps_no_other_letter(post: PostOffice) -> None:
    from journal import documents

    with post.office.open() as pipeline:
        (pipeline.data / documents.rendering(REPLY).pdf).unlink()
    assert [one.state for one in send(post)] == ["approved", "sent"]


def test_a_fault_that_nobody_foresaw_keeps_no_other_letter(
    post: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing_once(account: Any, sender: str, recipient: str, mail: bytes) -> None:
        monkeypatch.undo()
        raise RuntimeError

    monkeypatch.setattr("opika.delivery.deliver", failing_once)
    first, second = send(post)
    assert (first.state, second.state) == ("sending", "sent")
    send(post)
    assert len(post.smtp.mails) == 1
    with post.office.open() as pipeline:
        assert "невідомо" in sending.overview(pipeline)[0].reason


def test_two_do_not_send_at_one_time(post: PostOffice) -> None:
    from journal.outbox import sole_sender

    with post.office.open() as pipeline, sole_sender(pipeline.data):
        with pytest.raises(JournalBusyError, match="another"):
            sending.send(pipeline)
        assert follow(pipeline) == 0
    assert post.smtp.mails == []


def test_a_mailbox_without_a_folder_of_sent_mail_holds_nothing_up(post: PostOffice) -> None:
    with post.office.server.client(post.box) as client:
        client.delete_folder("Sent")
    assert [one.state for one in send(post)] == ["sent", "sent"]
    with post.office.server.client(post.box) as client:
        client.create_folder("Sent")
    post.office.clock.pass_by(minutes=2)
    with post.office.open() as pipeline:
        follow(pipeline)
    assert len(post.copies()) == 2


def test_a_wrong_password_is_told_as_such(post: PostOffice) -> None:
    (post.folder / "box.secret").write_text("wrong")
    (kept,) = send(post, REQUEST)
    assert (kept.state, "пароль" in kept.reason) == ("sending", True)


def test_a_process_killed_while_the_server_thinks_leaves_a_doubt(post: PostOffice) -> None:
    post.smtp.plan(("DOT", "hang"))
    config = post.folder / "pipeline.toml"
    command = [str(OPIKA), "--config", str(config), "send", str(REQUEST)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)  # noqa: S603
    limit = time.monotonic() + 60
    while not post.smtp.mails and time.monotonic() < limit:
        time.sleep(0.05)
    process.kill()
    process.wait()
    post.smtp.plan()
    send(post, REQUEST)
    with post.office.open() as pipeline:
        shown = {one.document_id: one.reason for one in sending.overview(pipeline)}
    assert "невідомо" in shown[REQUEST]
    assert len(post.smtp.mails) == 1


def test_a_draft_does_not_leave(post: PostOffice) -> None:
    from journal.models import Document

    with post.office.open():
        Document.objects.filter(pk=REPLY).update(state="draft")
    (kept,) = send(post, REPLY)
    assert "проєкт" in kept.reason
    assert [one.document_id for one in send(post)] == [REQUEST]


def test_a_copy_lies_among_sent_mail_once_byte_for_byte(post: PostOffice) -> None:
    send(post, REPLY)
    (mail,), (copy,) = post.smtp.mails, post.copies()
    assert copy == mail.data
    with post.office.open() as pipeline:
        follow(pipeline)
    assert len(post.copies()) == 1


def test_a_server_that_keeps_its_own_copy_is_not_given_another(
    post: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("opika.sending.copy_sent", lambda pipeline: None)
    send(post, REPLY)
    monkeypatch.undo()
    post.office.server.append(post.box, post.smtp.mails[0].data, folder="Sent")
    with post.office.open() as pipeline:
        follow(pipeline)
        from journal import sending as rows

        assert rows.to_copy(pipeline.clock()) == []
    assert len(post.copies()) == 1


def test_a_letter_that_the_server_refuses_waits_for_a_person(post: PostOffice) -> None:
    post.smtp.plan(("RCPT", "550 5.1.1 unknown"))
    (refused,) = send(post, REPLY)
    assert (refused.state, "адреси немає" in refused.reason) == ("failed", True)
    post.smtp.plan()
    assert [one.document_id for one in send(post)] == [REQUEST]
    with post.office.open() as pipeline:
        again = sending.decide_again(pipeline, REPLY, "Скриньку відновлено.")
    assert (again.state, len(post.smtp.mails)) == ("sent", 2)


def test_a_busy_server_is_asked_again_when_it_is_time(post: PostOffice) -> None:
    post.smtp.plan(("MAIL", "451 4.3.2 later"))
    (put_off,) = send(post, REPLY)
    assert (put_off.state, put_off.reason.startswith("буде повторено")) == ("sending", True)
    post.smtp.plan()
    with post.office.open() as pipeline:
        assert (follow(pipeline), post.smtp.mails) == (0, [])
    post.office.clock.pass_by(minutes=2)
    with post.office.open() as pipeline:
        follow(pipeline)
    assert (states(post)[0], len(post.smtp.mails)) == ("sent", 1)


def test_a_pass_follows_up_what_a_person_has_sent(post: PostOffice) -> None:
    post.smtp.plan(("MAIL", "451 4.3.2 later"))
    send(post, REPLY)
    post.smtp.plan()
    post.office.clock.pass_by(minutes=2)
    assert post.office.once().ok
    assert (states(post), len(post.smtp.mails)) == (["sent", "approved"], 1)


def test_the_service_follows_up_in_a_thread_of_its_own(post: PostOffice) -> None:
    post.smtp.plan(("MAIL", "451 4.3.2 later"))
    send(post, REPLY)
    post.smtp.plan()
    post.office.clock.pass_by(minutes=2)
    stop = threading.Event()
    with post.office.open() as pipeline:
        thread = threading.Thread(target=keep_following, args=(pipeline, stop))
        thread.start()
        limit = time.monotonic() + 20
        while states(post)[0] != "sent" and time.monotonic() < limit:
            time.sleep(0.1)
        stop.set()
        thread.join(10)
    assert (thread.is_alive(), len(post.smtp.mails)) == (False, 1)


def test_a_lost_answer_is_a_doubt_that_a_person_decides(post: PostOffice) -> None:
    post.smtp.plan(("DOT", "drop"))
    (doubt,) = send(post, REPLY)
    assert (doubt.state, "невідомо" in doubt.reason) == ("sending", True)
    post.smtp.plan()
    post.office.clock.pass_by(days=3)
    send(post, REPLY)
    with post.office.open() as pipeline:
        follow(pipeline)
        shown = {one.document_id: one.reason for one in sending.overview(pipeline)}
        assert "невідомо" in shown[REPLY]
        assert len(post.smtp.mails) == 1
        again = sending.decide_again(pipeline, REPLY, "Одержувач листа не має.")
    assert again.state == "sent"
    first, second = post.sent_ids()
    assert first == second


def test_a_person_may_say_that_a_letter_in_doubt_has_left(post: PostOffice) -> None:
    post.smtp.plan(("DOT", "drop"))
    send(post, REPLY)
    with post.office.open() as pipeline:
        said = sending.decide_sent(pipeline, REPLY, "Одержувач підтвердив телефоном.")
    assert (said.state, said.reason, len(post.copies())) == ("sent", "", 1)


def test_a_doubt_is_settled_by_the_servers_own_copy_even_later(post: PostOffice) -> None:
    post.smtp.plan(("DOT", "drop"))
    send(post, REPLY)
    post.office.server.append(post.box, post.smtp.mails[0].data, folder="Sent")
    post.office.clock.pass_by(minutes=2)
    with post.office.open() as pipeline:
        follow(pipeline)
    assert (states(post)[0], len(post.smtp.mails), len(post.copies())) == ("sent", 1, 1)


def test_a_mailbox_without_its_password_keeps_the_letter(post: PostOffice) -> None:
    (post.folder / "box.secret").write_text("")
    (kept,) = send(post, REQUEST)
    assert "пароля" in kept.reason
    (post.folder / "box.secret").write_text("gesund-9")
    assert kept.state == "approved"
    assert [one.state for one in send(post)] == ["sent", "sent"]


def test_nothing_is_sent_by_a_pass_that_no_person_has_asked_to_send(post: PostOffice) -> None:
    post.office.boxes = {}
    post.write_config()
    post.office.once()
    assert (post.smtp.mails, states(post)) == ([], ["approved", "approved"])


def test_no_log_names_an_address(post: PostOffice, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    post.smtp.plan(("RCPT", "550 5.1.1 shkola@example.org unknown", 1), ("DOT", "drop", 1))
    send(post)
    assert "sending=1" in caplog.text
    ours = [one.getMessage() for one in caplog.records if one.name.split(".")[0] != "imapclient"]
    assert not [line for line in ours if "@" in line]


def test_a_returned_letter_is_shown_as_such(post: PostOffice) -> None:
    from journal import sending as rows

    send(post)
    with post.office.open() as pipeline:
        document = rows.document_by_message_id(post.sent_ids()[0])
        assert document == REPLY
        rules = pipeline.clock_rules
        rows.bounced(REPLY, now=pipeline.clock(), actor="тест", why="5.2.2", rules=rules)
        (astray,) = sending.overview(pipeline)
    assert (astray.state, "переповнена" in astray.reason) == ("failed", True)


def test_a_letter_that_the_mailbox_brings_back_is_shown_as_such(post: PostOffice) -> None:
    send(post, REPLY)
    head = post.smtp.mails[0].data.partition(b"\r\n\r\n")[0]
    report = (
        b"Return-Path: <>\r\nFrom: MAILER-DAEMON@ukr.net\r\nTo: sysn@ukr.net\r\n"
        b"Subject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/plain\r\n\r\nYour mail could not be delivered.\r\n"
        b"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; ukr.net\r\n\r\n"
        b"Final-Recipient: rfc822; shkola@example.org\r\nAction: failed\r\nStatus: 5.2.2\r\n\r\n"
        b"--b\r\nContent-Type: text/rfc822-headers\r\n\r\n" + head + b"\r\n\r\n--b--\r\n"
    )
    post.office.mail("ssd", report)
    assert post.office.once().ok
    with post.office.open() as pipeline:
        (astray, _) = sending.overview(pipeline)
    assert (astray.document_id, astray.state, "переповнена" in astray.reason) == (
        REPLY,
        "failed",
        True,
    )


def test_our_letter_to_the_other_office_is_known_as_ours_when_its_box_is_read(
    post: PostOffice,
) -> None:
    from journal.triage import triage

    send(post, REQUEST)
    post.office.mail("css", post.smtp.mails[0].data)
    assert post.office.once().ok
    with post.office.open():
        assert [card.reason for card in triage(all=True)] == ["own"]


def clock(post: PostOffice) -> Any:
    from journal import listing

    with post.office.open():
        card = listing.entry(1)
    return next(one.done for one in card.deadlines if one.key == "assessment_request")


def test_the_request_fulfils_its_term_when_it_has_left_and_not_if_it_comes_back(
    post: PostOffice,
) -> None:
    from journal import sending as rows
    from journal.verify import verify

    post.smtp.plan(("DOT", "drop"))
    send(post, REQUEST)
    assert clock(post) is None
    post.office.clock.pass_by(hours=3)
    with post.office.open() as pipeline:
        sending.decide_sent(pipeline, REQUEST, "Отримали.")
        assert (clock(post) == NOW, clock(post).tzinfo is None) == (True, False)
        rows.bounced(REQUEST, now=pipeline.clock(), actor="тест", rules=pipeline.clock_rules)
        assert clock(post) is None
        assert verify(pipeline.originals, pipeline.data).ok


def test_the_book_is_whole_after_all_this(post: PostOffice) -> None:
    from journal.verify import verify

    post.smtp.plan(("DOT", "drop", 1), ("RCPT", "450 later", 1))
    send(post)
    post.office.clock.pass_by(hours=1)
    send(post)
    with post.office.open() as pipeline:
        found = verify(pipeline.originals, pipeline.data)
    assert found.first_fault is None
