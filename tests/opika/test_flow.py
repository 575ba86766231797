"""The main job, end to end: a real mailbox, a real journal, real documents."""

from __future__ import annotations

import errno
import os
import resource
from random import Random

import pytest

from journal.cards import EntryCard, TriageCard
from opika.errors import JournalError, MissingValueError
from opika.flow import run_once
from tests.forms.documents import make_docx
from tests.mailserver import Line
from tests.opika.office import Office, mail


def form(seed: int) -> bytes:
    """A filled form, another one for each seed."""
    return make_docx(Random(seed), "tune", "faithful").data


def entries() -> list[EntryCard]:
    from journal import listing

    return list(listing.entries())


def waiting(*, all: bool = False) -> list[TriageCard]:
    from journal.triage import triage

    return triage(all=all)


def test_a_form_in_a_mail_becomes_an_entry_with_two_drafts_as_docx_and_pdf(office: Office) -> None:
    office.mail("ssd", mail(("Повідомлення.docx", form(1))))
    report = office.once()
    assert report.ok
    (card,) = entries()
    assert (card.number, card.year, card.channel) == ("1", 2026, "email")
    assert [document.kind for document in card.documents] == [
        "registration_reply",
        "assessment_request",
    ]
    for document in card.documents:
        assert (office.config.data / str(document.docx)).read_bytes().startswith(b"PK")
        assert (office.config.data / str(document.pdf)).read_bytes().startswith(b"%PDF")
    assert {deadline.key for deadline in card.deadlines} >= {"register", "assessment_request"}


def test_a_second_pass_finds_its_work_done(office: Office) -> None:
    office.mail("ssd", mail(("a.docx", form(1))))
    office.once()
    before = entries()
    report = office.once()
    assert report.ok
    assert (report.forms, report.arrivals, report.drafts) == ([], [], 0)
    assert entries() == before


def test_the_mailbox_is_left_as_it_was(office: Office) -> None:
    office.mail("ssd", mail(("a.docx", form(1))))
    office.once()
    user = office.boxes["ssd"]
    assert b"\\Seen" not in office.server.flags(user, office.server.uids(user)[0])


def test_what_was_taken_moves_only_when_the_config_says_so(office: Office) -> None:
    office.write_config(when_done="move:Опрацьовано")
    office.mail("ssd", mail(("a.docx", form(1))))
    assert office.once().ok
    user = office.boxes["ssd"]
    assert office.server.uids(user) == []
    assert len(office.server.uids(user, "Опрацьовано")) == 1


def test_one_form_through_both_mailboxes_is_one_entry_with_two_arrivals(office: Office) -> None:
    office.mail("ssd", mail(("a.docx", form(1)), subject="Перша"))
    office.mail("css", mail(("a.docx", form(1)), subject="Друга"))
    report = office.once()
    (card,) = entries()
    assert len(card.arrivals) == 2
    assert {arrival.source for arrival in card.arrivals} == {"sysn@ukr.net", "rogcsssdm@ukr.net"}
    assert report.forms.count("duplicate") == 1
    assert "needs_assessment" in {deadline.key for deadline in card.deadlines}


def test_numbers_follow_the_order_of_arrival(office: Office) -> None:
    office.mail("ssd", *[mail((f"{n}.docx", form(n)), subject=f"Лист {n}") for n in range(6)])
    office.once()
    found = entries()
    assert [card.number for card in found] == ["1", "2", "3", "4", "5", "6"]
    ids = [card.arrivals[0].id for card in found]
    assert ids == sorted(ids)


def test_a_plain_letter_waits_and_is_registered_with_one_command(office: Office) -> None:
    letter = "Сусідська дитина третю добу сама в хаті, не їла нічого. Прошу приїхати."
    office.mail("ssd", mail(subject="Лист", body=letter))
    office.once()
    (card,) = waiting()
    assert (card.reason, card.urgent) == ("not a form", True)
    with office.open() as pipeline:
        from opika.by_hand import register_letter

        result = register_letter(pipeline, card.id, {"subject": "Дитина сусідів"})
        assert (result.number, result.urgent) == ("1", True)
        again = register_letter(pipeline, card.id, {})
        assert again.number == "1"
    assert waiting() == []
    (entry,) = entries()
    assert entry.values["content"] == letter
    assert "urgent_visit" in {deadline.key for deadline in entry.deadlines}
    assert "assessment_request" in {document.kind for document in entry.documents}


def test_a_letter_is_filed_or_dismissed_and_the_decision_cannot_be_made_twice(
    office: Office,
) -> None:
    office.mail("ssd", mail(("a.docx", form(1))))
    office.mail("ssd", mail(subject="Відповідь", body="Додаткові відомості надішлемо згодом."))
    office.mail("ssd", mail(subject="Реклама", body="Пропонуємо канцелярські товари."))
    office.once()
    answer, advert = waiting()
    with office.open() as pipeline:
        from journal.deciding import dismiss
        from opika.by_hand import file_letter

        file_letter(pipeline, answer.id, ("1", None, None), "відповідь школи")
        dismiss(advert.id, reason="реклама", now=office.clock(), actor="clerk")
        assert waiting() == []
        with pytest.raises(JournalError):
            dismiss(advert.id, reason="ще раз", now=office.clock(), actor="clerk")
    assert len(entries()[0].arrivals) == 2


def test_an_automatic_reply_is_set_aside_and_shown_on_demand(office: Office) -> None:
    office.mail("ssd", mail(body="Я у відпустці.", headers={"Auto-Submitted": "auto-replied"}))
    office.once()
    assert waiting() == []
    assert [card.reason for card in waiting(all=True)] == ["auto-reply"]


def test_our_own_letter_that_comes_back_is_known_by_what_it_carries(office: Office) -> None:
    office.mail("ssd", mail(("a.docx", form(1))))
    office.once()
    letter = (office.config.data / str(entries()[0].documents[1].pdf)).read_bytes()
    office.mail("css", mail(("zapyt.pdf", letter), sender="sysn@ukr.net", subject="Запит"))
    office.once()
    assert [card.reason for card in waiting(all=True)] == ["own"]
    assert len(entries()) == 1


def test_a_form_forwarded_from_our_own_address_is_registered_all_the_same(office: Office) -> None:
    office.mail("css", mail(("a.docx", form(1)), sender="sysn@ukr.net", subject="Fwd"))
    office.once()
    assert len(entries()) == 1


BROKEN = b"From: x\r\nContent-Type: multipart/mixed; boundary=\r\n\r\n--\r\n\xff\xfe\x00 garbage"


def test_bad_input_stops_nothing_and_each_says_why(office: Office) -> None:
    good, cut = form(1), form(2)
    office.mail("ssd", BROKEN)
    office.mail("ssd", mail(("cut.docx", cut[: len(cut) // 2]), subject="Обірваний"))
    office.mail("ssd", mail(("empty.docx", b""), subject="Порожній"))
    office.mail("ssd", mail(subject="Без міток", body="12345"))
    office.mail("ssd", mail(("good.docx", good), subject="Добрий"))
    office.scan("скан.bin", os.urandom(3000))
    assert office.once().ok
    assert len(entries()) == 1
    reasons = {card.reason for card in waiting()}
    assert reasons <= {"not a form", "unreadable"}
    assert len(waiting()) == 5
    assert all(card.sha256 for card in waiting())


def test_a_refused_login_is_told_and_the_other_box_is_polled(office: Office) -> None:
    office.mail("css", mail(("a.docx", form(1))))
    office.write_config(urls={"ssd": "imap://127.0.0.1:1"})
    report = office.once()
    assert not report.ok
    errors = {taken.name: taken.error for taken in report.sources}
    assert errors["sysn@ukr.net"]
    assert errors["rogcsssdm@ukr.net"] is None
    assert len(entries()) == 1


def test_a_line_cut_in_the_middle_of_a_fetch_loses_and_doubles_nothing(office: Office) -> None:
    office.mail("ssd", *[mail((f"{n}.docx", form(n)), subject=f"Лист {n}") for n in range(4)])
    line = Line(office.server.port, cut_after=9_000)
    try:
        office.write_config(urls={"ssd": line.url})
        assert not office.once().ok
    finally:
        line.close()
    office.write_config()
    assert office.once().ok
    assert [card.number for card in entries()] == ["1", "2", "3", "4"]


def test_a_step_that_fails_is_tried_again_at_a_stored_later_time(office: Office) -> None:
    template = office.templates / "assessment_request.docx"
    right = template.read_bytes()
    template.write_bytes(b"PK damaged")
    office.mail("ssd", mail(("a.docx", form(1))))
    assert office.once().failed == 1
    template.write_bytes(right)
    assert office.once().failed == 0
    assert entries()[0].documents[1].pdf is None
    office.clock.pass_by(minutes=2)
    assert office.once().failed == 0
    assert entries()[0].documents[1].pdf


def test_a_full_disk_keeps_the_mail_for_the_next_pass(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.mail("ssd", mail(("a.docx", form(1))))

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("journal.originals.os.fsync", full)
        report = office.once()
    assert not report.ok
    assert "диск" in next(taken.error for taken in report.sources if taken.error)
    assert list((office.config.data / "originals").rglob("*.tmp")) == []
    assert entries() == []
    assert office.once().ok
    assert len(entries()) == 1


def test_a_disk_that_fills_before_the_pdf_puts_it_off_and_ends_no_pass(office: Office) -> None:
    office.mail("ssd", mail(("a.docx", form(1))))
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill(step: str, _count: int) -> None:
        if step == "convert":
            resource.setrlimit(resource.RLIMIT_FSIZE, (10, usual[1]))

    with office.open() as pipeline:
        try:
            report = run_once(pipeline, pipeline.config.sources, fill)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert report.failed == 2
    office.clock.pass_by(minutes=2)
    assert office.once().ok
    assert all(document.pdf for document in entries()[0].documents)


def test_approval_needs_who_signs_and_changes_the_state(office: Office) -> None:
    office.know_the_sender()
    office.mail("ssd", mail(("a.docx", form(1))))
    office.once()
    document = entries()[0].documents[0]
    with office.open() as pipeline:
        from opika import letters

        letters.approve(pipeline, document.id)
    assert entries()[0].documents[0].state == "approved"
    config = office.folder / "pipeline.toml"
    lines = config.read_text().splitlines()
    config.write_text("\n".join(line for line in lines if not line.startswith("head")))
    with office.open() as pipeline, pytest.raises(MissingValueError) as caught:
        letters.approve(pipeline, entries()[0].documents[1].id)
    assert "підписує" in caught.value.clerk_message


def test_mail_older_than_since_is_left_alone(office: Office) -> None:
    from datetime import timedelta

    old = office.clock.now - timedelta(days=30)
    office.mail("ssd", mail(("a.docx", form(1))), received_at=old)
    report = office.once()
    assert report.ok
    assert sum(taken.arrivals for taken in report.sources) == 0


def test_a_scan_moves_to_done_only_after_it_is_in_the_journal(office: Office) -> None:
    path = office.scan("повідомлення.docx", form(1))
    office.once()
    assert not path.exists()
    (done,) = (office.folder / "scans" / "done").rglob("*.docx")
    assert done.parent.name == str(entries()[0].arrivals[0].id)
