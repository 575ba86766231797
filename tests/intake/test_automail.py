"""What is set aside without a person, and what never is."""

from __future__ import annotations

import pytest

from intake.envelope import Limits, unpack

REPORT = 'multipart/report; report-type=delivery-status; boundary="x"'


def auto(*headers: str, text: str = "Лист отримано.", subject: str = "Re: лист") -> str | None:
    lines = ["From: shkola@test.example", f"Subject: {subject}", "MIME-Version: 1.0", *headers]
    head = "\r\n".join([*lines, "Content-Type: text/plain; charset=utf-8"])
    envelope = unpack(f"{head}\r\n\r\n{text}".encode(), "a.eml", Limits())
    assert envelope.message is not None
    return envelope.message.auto


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Auto-Submitted: auto-replied", "auto-reply"),
        ("Auto-Submitted: auto-generated; owner-email=x", "auto-reply"),
        ("Auto-Submitted: no", None),
        ("X-Autoreply: yes", "auto-reply"),
        ("X-Autorespond: x", "auto-reply"),
        ("Precedence: auto_reply", "auto-reply"),
        ("Precedence: bulk", "bulk"),
        ("Precedence: junk", "bulk"),
        ("Precedence: first-class", None),
        ("List-Id: <x.example>", "bulk"),
        ("List-Unsubscribe: <mailto:x@x.example>", "bulk"),
        ("X-Failed-Recipients: x@x.example", "bounce"),
        ("X-Auto-Response-Suppress: All", None),
        ("Return-Path: <>", None),
    ],
)
def test_headers_of_machines(header: str, kind: str | None) -> None:
    assert auto(header) == kind


@pytest.mark.parametrize("header", ["X-Auto-Response-Suppress: All", "Return-Path: <>"])
@pytest.mark.parametrize("subject", ["Автоматична відповідь: лист", "Out of Office: x"])
def test_weak_signs_count_together_with_the_subject(header: str, subject: str) -> None:
    assert auto(header, subject=subject) == "auto-reply"
    assert auto(header, subject=f"Re: {subject}") is None


@pytest.mark.parametrize("sender", ["MAILER-DAEMON@mx.example", "postmaster@mx.example"])
def test_a_letter_from_the_mail_system_is_a_bounce(sender: str) -> None:
    data = f"From: Mail <{sender}>\r\nSubject: failed\r\n\r\nUser unknown".encode()
    message = unpack(data, "a.eml", Limits()).message
    assert message is not None
    assert message.auto == "bounce"


@pytest.mark.parametrize(
    "text",
    [
        "Повідомляємо, що дитину залишили без нагляду.",
        "Доводимо до Вашого відома: у родині не мають де жити діти.",
        "Просимо вжити заходів щодо неповнолітнього.",
        "Стало відомо про побиття учня 5 класу.",
        "ДОДАТОК 1\nДата вих. 02.03.2026\nВід: директор",
        "місце проживання: с. Козин\nзмiст повiдомлення: бійка",
    ],
)
def test_what_reads_like_a_notification_is_never_set_aside(text: str) -> None:
    for header in ("Auto-Submitted: auto-generated", "Precedence: bulk", "List-Id: <x>"):
        assert auto(header, text=text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Дякуємо! Ваше повідомлення отримано, ми відповімо протягом дня.",
        "Я у відпустці до 5 березня.",
        "Знижки на шкільне приладдя для дітей!",
        "> Повідомляємо, що дитину зареєстровано.\nПрочитано.",
    ],
)
def test_ordinary_answers_and_advertisements_are(text: str) -> None:
    assert auto("Auto-Submitted: auto-replied", text=text) == "auto-reply"


@pytest.mark.parametrize(
    "name", ["форма.docx", "скан.jpg", "архів.zip", "лист.p7s", "невідоме.xyz"]
)
def test_no_attachment_is_ever_set_aside(name: str) -> None:
    data = (
        "From: mfu@shkola.example\r\nSubject: scan\r\nAuto-Submitted: auto-generated\r\n"
        'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n'
        f'Content-Disposition: attachment; filename="{name}"\r\n\r\nx\r\n--x--\r\n'
    )
    message = unpack(data.encode(), "a.eml", Limits()).message
    assert message is not None
    assert message.auto is None


def test_a_report_with_a_document_of_its_own_is_seen() -> None:
    data = (
        f"From: x@mx.example\r\nSubject: x\r\nContent-Type: {REPORT}\r\n\r\n--x\r\n"
        "Content-Type: application/pdf; name=a.pdf\r\n\r\n%PDF-1.4\r\n--x--\r\n"
    )
    message = unpack(data.encode(), "a.eml", Limits()).message
    assert message is not None
    assert message.auto is None
