"""What comes back on our letters: answers, returned mails, our own mails. Through real mailboxes."""

from __future__ import annotations

from typing import Any

from tests.opika.office import mail
from tests.opika.post_office import CSS, REPLY, REQUEST, SCHOOL, PostOffice
from tests.opika.test_flow import form
from tests.opika.test_send_command import run
from tests.opika.test_sending import send, states
from tests.smtpserver import Delivered

CONCLUSION = "ВИСНОВОК\nоцінки потреб сім’ї\nСім’я потребує супроводу."


def sent(post: PostOffice) -> tuple[Delivered, Delivered]:
    send(post)
    reply, request = post.smtp.mails
    return reply, request


def arrivals(post: PostOffice, *mails: bytes, box: str = "ssd") -> list[Any]:
    """Arrivals of these mails, after a pass."""
    from journal.models import Arrival

    with post.office.open():
        last = max(Arrival.objects.values_list("pk", flat=True), default=0)
    post.office.mail(box, *mails)
    post.office.once()
    with post.office.open():
        rows = Arrival.objects.filter(pk__gt=last).select_related("answers").order_by("pk")
        return list(rows)


def answering(letter: Delivered, **more: str) -> dict[str, str]:
    return {"In-Reply-To": letter.message_id, "References": letter.message_id, **more}


def bounce(letter: Delivered, action: str = "failed") -> bytes:
    """A delivery report as mail systems send it, the returned mail in it."""
    report = (
        b"From: MAILER-DAEMON@mx.example\r\nTo: sysn@ukr.net\r\nSubject: Undelivered\r\n"
        b"Message-ID: <report@mx.example>\r\nMIME-Version: 1.0\r\nContent-Type: "
        b'multipart/report; report-type=delivery-status; boundary="=_x"\r\n\r\n'
        b"--=_x\r\nContent-Type: text/plain\r\n\r\nUser unknown\r\n"
        b"--=_x\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\n"
        b"Final-Recipient: rfc822; x@y.example\r\nAction: " + action.encode() + b"\r\n"
        b"Status: 5.1.1\r\n\r\n--=_x\r\nContent-Type: message/rfc822\r\n\r\n"
    )
    return report + letter.data + b"\r\n--=_x--\r\n"


def test_an_answer_is_filed_with_the_letter_that_it_answers(post: PostOffice) -> None:
    from journal import listing

    _reply, request = sent(post)
    (one,) = arrivals(
        post,
        mail(
            ("висновок.txt", CONCLUSION.encode()),
            sender=CSS,
            subject=f"Re: {request.message['Subject']}",
            body="Надсилаємо висновок.",
            headers=answering(request),
        ),
    )
    assert (one.outcome, one.answers_id) == ("filed", REQUEST)
    with post.office.open():
        card = listing.entry(1)
    assert one.pk in {arrival.id for arrival in card.arrivals}
    assert run(post, "journal", "verify", "--json").code == 0


def test_news_in_an_answer_wait_with_a_proposal_and_a_ready_command(post: PostOffice) -> None:
    reply, _request = sent(post)
    (one,) = arrivals(
        post,
        mail(
            sender=SCHOOL,
            subject=f"Re: {reply.message['Subject']}",
            body="Повідомляємо, що учень 3 класу Новаченко тиждень не відвідує школу, діти самі.",
            headers=answering(reply),
        ),
    )
    assert (one.outcome, one.reason) == ("triage", "not a form")
    shown = run(post, "triage", "show", str(one.pk)).out
    assert "Можливо, до запису № 1 (ssd, 2026): відповідь на наш лист" in shown
    assert f"opika triage file {one.pk} 1 --office ssd --year 2026" in shown
    listed = run(post, "triage", "show", str(one.pk), "--json").json
    assert listed["proposals"][0]["number"] == "1"


def test_a_form_in_an_answer_is_registered(post: PostOffice) -> None:
    reply, _request = sent(post)
    (one,) = arrivals(post, mail(("b.docx", form(2)), sender=SCHOOL, headers=answering(reply)))
    assert one.outcome == "registered"


def test_a_returned_letter_has_failed_and_its_report_is_set_aside(post: PostOffice) -> None:
    from journal.models import History

    reply, _request = sent(post)
    (one,) = arrivals(post, bounce(reply))
    assert (one.outcome, one.reason, one.answers_id) == ("ignored", "bounce", REPLY)
    assert states(post) == ["failed", "sent"]
    with post.office.open():
        (act,) = History.objects.filter(subject=f"document:{REPLY}", action="came back")
        assert act.values.get(field="why").new == "5.1.1"
    listed = run(post, "triage", "list", "--all", "--json").json
    assert (one.pk, "bounce") in [(row["id"], row["reason"]) for row in listed]
    assert run(post, "journal", "verify", "--json").code == 0


def test_a_late_letter_and_a_strangers_report_change_nothing(post: PostOffice) -> None:
    reply, _request = sent(post)
    stranger = bounce(reply).replace(reply.message_id.encode(), b"<other@example.org>")
    found = arrivals(post, bounce(reply, "delayed"), stranger)
    assert [(one.outcome, one.reason, one.answers_id) for one in found] == [
        ("ignored", "bounce", None)
    ] * 2
    assert states(post) == ["sent", "sent"]


def test_a_report_that_is_read_twice_fails_the_letter_once(post: PostOffice) -> None:
    from journal.models import History

    reply, _request = sent(post)
    again = bounce(reply).replace(b"<report@", b"<report2@")
    found = arrivals(post, bounce(reply), again)
    assert [one.answers_id for one in found] == [REPLY, REPLY]
    with post.office.open():
        assert History.objects.filter(subject=f"document:{REPLY}", action="came back").count() == 1


def test_our_own_letter_that_comes_back_is_our_own_in_either_box(post: PostOffice) -> None:
    _reply, request = sent(post)
    (here,) = arrivals(post, request.data)
    (there,) = arrivals(post, request.data, box="css")
    assert [here.outcome, there.outcome] == ["own", "own"]


def test_a_receipt_that_comes_back_is_ours_and_is_never_answered(post: PostOffice) -> None:
    from opika.delivery import follow

    post.write_config(more="\n[receipt]\nsend = true\n")
    writer = {"Return-Path": "<hromada@example.org>"}
    arrivals(post, mail(sender="hromada@example.org", body="Прошу записати.", headers=writer))
    with post.office.open() as pipeline:
        follow(pipeline)
    (receipt,) = post.smtp.mails
    looped = arrivals(post, b"Return-Path: <hromada@example.org>\r\n" + receipt.data, box="css")
    with post.office.open() as pipeline:
        follow(pipeline)
    assert [one.outcome for one in looped] in (["own"], ["ignored"])
    assert len(post.smtp.mails) == 1


def test_the_empty_text_round_a_form_asks_nobody_for_anything(post: PostOffice) -> None:
    (one,) = arrivals(post, mail(("c.docx", form(3)), body=""))
    assert one.outcome == "registered"
