"""``python -m samples.make``: writes the mails and files of the demonstration anew.

Everybody in them is invented. The bytes depend on nothing but this file and tests/forms, except
for the PDF and the scan, which LibreOffice lays out.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from itertools import count
from pathlib import Path

from samples.notices import MEASURES, NOTICES
from tests.forms.convert import office
from tests.forms.documents import write_docx
from tests.forms.facts import Facts, invent
from tests.forms.habits import Habits
from tests.forms.labels import OFFICIAL
from tests.forms.mailing import Mail, Part, attached, body, forwarded, old_zip, signed
from tests.forms.make import seeded
from tests.forms.marks import Marking
from tests.forms.people import Person, Subject
from tests.forms.pictures import Machine
from tests.forms.plain import Typing, as_text
from tests.forms.scanning import scanned

HERE = Path(__file__).parent
SYSN, CSS = "sysn@ukr.net", "rogcsssdm@ukr.net"
FOLDERS = {SYSN: "mails/sysn", CSS: "mails/rogcsssdm"}
WINTER = timezone(timedelta(hours=2))
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
GREETING = "Добрий день! Надсилаємо повідомлення про сім’ю.\r\n--\r\nЗ повагою, секретар"


@dataclass(frozen=True)
class Sample:
    """A file of the demonstration and what shall become of it."""

    path: str
    data: bytes
    shows: str
    outcome: str
    reason: str | None = None
    urgent: bool | None = None
    forms: Sequence[Facts] = field(default=())
    of: str | None = None

    def expected(self) -> dict[str, object]:
        """The sample's entry in expected.json."""
        stem = Path(self.path).stem
        return {
            "file": self.path,
            "shows": self.shows,
            "outcome": self.outcome,
            "reason": self.reason,
            "duplicate_of": self.of,
            "urgent": self.urgent,
            "forms": [facts.truth(f"{stem}-{n}") for n, facts in enumerate(self.forms, 1)],
        }


def notice(name: str, kind: str, day: date) -> Facts:
    """The named notice with all that an office fills in round it, always the same."""
    tries = (invent(seeded("samples", name, n), "tune", kind=kind, today=day) for n in count())
    facts = next(facts for facts in tries if _is_full(facts))
    threat, persons, content = NOTICES[name]
    text = ", ".join(f"{p.name}, {_birthday(p)} р.н." if p.birth_date else p.name for p in persons)
    return replace(
        facts,
        subject=Subject(text, list(persons)),
        content=f"{content} Дата виявлення: {day:%d.%m.%Y}.",
        detected_on=day.isoformat(),
        measures_taken=MEASURES[threat],
        threat=threat,
    )


def _birthday(person: Person) -> str:
    return f"{date.fromisoformat(person.birth_date or ''):%d.%m.%Y}"


def _is_full(facts: Facts) -> bool:
    wanted = (facts.outgoing.iso, facts.outgoing_number, facts.recipient, facts.sender_email)
    official = all(wanted) and len(facts.sender_lines) > 1 and facts.received_via == "written"
    ours = facts.kind == "relatives" and facts.received_via == "oral"
    filled = (facts.address, facts.reporter, facts.reporter_kinds, facts.measures_taken)
    fresh = not (facts.incoming.iso or facts.incoming_number or facts.registered.iso)
    return (official or ours) and all(filled) and fresh and not facts.registered_number


def docx(name: str, *forms: Facts, **habits: object) -> bytes:
    """The forms as a DOCX filled in with these habits."""
    chosen = Habits("tune", name, labels=OFFICIAL, marking=Marking("glyph", "☒", "☐"))
    return write_docx(seeded("samples", name), replace(chosen, **habits), forms)  # type: ignore[arg-type]


def at(month: int, day: int, hour: int, minute: int) -> datetime:
    """A moment of the winter of 2026 in Kyiv."""
    return datetime(2026, month, day, hour, minute, tzinfo=WINTER)


def mail(ident: str, sent: datetime, subject: str, *parts: Part, **more: object) -> Mail:
    """A mail to the first mailbox from an invented school."""
    base = Mail("kanc@lyceum.example.ua", SYSN, subject, sent, f"{ident}@lyceum.example.ua", parts)
    return replace(base, **more)  # type: ignore[arg-type]


def posted(name: str, message: Mail, shows: str, outcome: str, **more: object) -> Sample:
    """The mail as a sample in its mailbox."""
    path = f"{FOLDERS[message.to]}/{name}.eml"
    return replace(Sample(path, message.save(), shows, outcome), **more)  # type: ignore[arg-type]


def registered(name: str, message: Mail, shows: str, *forms: Facts) -> Sample:
    """A mail whose forms are registered."""
    urgent = any(facts.threat for facts in forms)
    message = replace(message, sender=forms[0].sender_email or message.sender)
    return posted(name, message, shows, "registered", urgent=urgent, forms=forms)


def plain_docx() -> Iterator[Sample]:
    """A form typed over its underscores."""
    facts = notice("plain", "school", date(2026, 2, 16))
    parts = body(GREETING), attached(docx("plain", facts), "Повідомлення.docx", DOCX)
    message = mail("01", at(2, 16, 10, 5), "Повідомлення про сім’ю", *parts)
    yield registered("01-docx", message, "UTF-8 mail with a DOCX", facts)


def old_charsets() -> Iterator[Sample]:
    """Mails in windows-1251 and koi8-u."""
    facts = notice("cp1251", "med", date(2026, 2, 17))
    data = docx("cp1251", facts, fill="underlined", columns="table", empty="tab")
    parts = body(GREETING, "windows-1251"), attached(data, "Форма.docx", DOCX)
    subject = "Додаток 1 заповнений"
    message = mail(
        "02", at(2, 17, 9, 12), subject, *parts, charset="windows-1251", name="Амбулаторія"
    )
    yield registered("02-windows-1251", message, "windows-1251 mail", facts)
    facts = notice("koi8", "kinder", date(2026, 2, 18))
    data = docx("koi8", facts, layout="table", fill="bare", empty="none")
    parts = body(GREETING.replace("’", "'"), "koi8-u"), attached(data, "Додаток 1.docx", DOCX)
    message = mail("03", at(2, 18, 14, 40), "Повідомлення від садка", *parts, charset="koi8-u")
    yield registered("03-koi8-u", message, "koi8-u subject, the form re-made as a table", facts)


def zipped() -> Iterator[Sample]:
    """Two forms in one archive."""
    forms = [
        notice("zip-1", "starosta", date(2026, 2, 19)),
        notice("zip-2", "css", date(2026, 2, 19)),
    ]
    names = ("Повідомлення 1.docx", "Повідомлення 2.docx")
    files = {n: docx(n, f, columns="stacked") for n, f in zip(names, forms, strict=True)}
    parts = body(GREETING), attached(old_zip(files), "Повідомлення.zip", "application/zip")
    message = mail("04", at(2, 19, 11, 30), "Два повідомлення", *parts)
    yield registered("04-zip", message, "a zip with two forms, names in cp866", *forms)


def forward() -> Iterator[Sample]:
    """A mail forwarded whole."""
    facts = notice("forward", "police", date(2026, 2, 20))
    parts = (
        body(GREETING),
        attached(docx("forward", facts, before="letterhead"), "Форма.docx", DOCX),
    )
    sender = facts.sender_email or ""
    inner = mail("05a", at(2, 20, 8, 50), "Повідомлення", *parts, sender=sender)
    inner = replace(inner, to="kanc@rada.example.ua")
    outer = body("Пересилаю за належністю."), forwarded(inner.save())
    message = mail(
        "05", at(2, 20, 9, 45), "Fwd: Повідомлення", *outer, sender="kanc@rada.example.ua"
    )
    shows = "forwarded as message/rfc822"
    yield posted("05-forwarded", message, shows, "registered", urgent=False, forms=[facts])


def to_both() -> Iterator[Sample]:
    """One form sent to both mailboxes."""
    facts = notice("both", "school", date(2026, 2, 23))
    parts = body(GREETING), attached(docx("both", facts, fill="among"), "Додаток 1.docx", DOCX)
    first = mail("06", at(2, 23, 10, 0), "Повідомлення (Додаток 1)", *parts)
    again = replace(
        first,
        sender=facts.sender_email or first.sender,
        to=CSS,
        sent=at(2, 23, 10, 2),
        message_id="06b@lyceum.example.ua",
    )
    sample = registered("06-both-boxes", first, "one form to both mailboxes, first mail", facts)
    yield sample
    shows = "the same form to the other mailbox, another Message-ID"
    yield posted("06-both-boxes", again, shows, "duplicate", forms=[facts], of=sample.path)


def auto_reply() -> Iterator[Sample]:
    """A machine's answer."""
    text = "Дякуємо за лист! Його отримано, відповімо в робочі години."
    headers = (("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All"))
    message = mail("07", at(2, 23, 10, 3), "Автоматична відповідь: Re", body(text), headers=headers)
    yield posted("07-auto-reply", message, "an auto-reply", "ignored", reason="auto-reply")


def in_the_body() -> Iterator[Sample]:
    """The form typed into the mail."""
    facts = notice("body", "relatives", date(2026, 2, 24))
    typing = Typing(OFFICIAL, Marking("bracket", "x", " ", gap="  "), wrap=76)
    text = as_text(seeded("samples", "body"), "tune", typing, facts, greeted=True)
    message = mail(
        "08", at(2, 24, 17, 50), "Повідомлення", body(text), sender="rodychi@example.org"
    )
    yield registered("08-body", message, "the form is the mail's body, after office hours", facts)


def in_pdf() -> Iterator[Sample]:
    """The form as a PDF with text."""
    facts = notice("pdf", "school", date(2026, 2, 25))
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "form.docx"
        source.write_bytes(docx("pdf", facts, columns="table", registration_in="box"))
        data = office([source], "pdf", Path(folder))[0].read_bytes()
    parts = body(GREETING), attached(data, "Повідомлення.pdf", "application/pdf")
    yield registered(
        "09-pdf", mail("09", at(2, 25, 12, 15), "Повідомлення", *parts), "a text PDF", facts
    )


def letter() -> Iterator[Sample]:
    """A letter about a child that is no form, and is urgent."""
    text = (
        "Добрий вечір. Пишу вам як сусідка. У будинку навпроти, с. Тихоброди, вул. Ставкова, 7,\r\n"
        "чоловік щодня б’є дружину і маленьку дитину, хлопчикові років п’ять, у нього все обличчя\r\n"
        "в синцях. Сьогодні він погрожував їм сокирою. Дуже прошу, приїдьте, бо буде біда.\r\n"
    )
    message = mail(
        "10", at(2, 28, 20, 35), "Допоможіть дитині", body(text), sender="susidka@example.org"
    )
    shows = "a plain letter about a child in danger, on a Saturday evening"
    yield posted("10-letter", message, shows, "triage", reason="not a form", urgent=True)


def newsletter() -> Iterator[Sample]:
    """A newsletter."""
    text = (
        "<html><body><h1>Знижки тижня</h1><p>Папір А4, теки, картриджі – до 30 % дешевше.</p>"
        '<p><a href="https://shop.example.org/off">Відписатися від розсилки</a></p></body></html>'
    )
    headers = (
        ("List-Unsubscribe", "<https://shop.example.org/off>"),
        ("List-Id", "<news.shop.example.org>"),
        ("Precedence", "bulk"),
    )
    message = mail(
        "11", at(3, 2, 6, 0), "Знижки на канцелярію", body(text, subtype="html"), to=CSS,
        sender="news@shop.example.org", headers=headers,
    )  # fmt: skip
    yield posted("11-newsletter", message, "a newsletter", "ignored", reason="bulk")


def urgent() -> Iterator[Sample]:
    """A form that tells of violence."""
    facts = notice("urgent", "school", date(2026, 3, 3))
    data = docx("urgent", facts, columns="tabs", fill="tabs", empty="tab", before="cover_page")
    parts = body("Терміново!\r\n" + GREETING), attached(data, "Терміново.docx", DOCX)
    message = mail("12", at(3, 3, 13, 20), "ТЕРМІНОВО. Повідомлення", *parts)
    yield registered(
        "12-urgent", message, "violence against a child; a covering letter first", facts
    )


def damaged() -> Iterator[Sample]:
    """A DOCX that was cut off on its way."""
    whole = docx("damaged", notice("damaged", "med", date(2026, 3, 4)))
    parts = body(GREETING), attached(whole[: len(whole) * 2 // 3], "Повідомлення.docx", DOCX)
    message = mail("13", at(3, 4, 15, 5), "Повідомлення", *parts)
    yield posted("13-damaged", message, "a DOCX cut off on its way", "triage", reason="unreadable")


def in_container() -> Iterator[Sample]:
    """A DOCX in a КЕП container."""
    facts = notice("signed", "css", date(2026, 3, 5))
    container = signed(docx("signed", facts, fill="control", empty="placeholder", columns="table"))
    parts = (
        body(GREETING),
        attached(container, "Повідомлення.docx.p7s", "application/pkcs7-signature"),
    )
    message = mail("14", at(3, 5, 10, 10), "Повідомлення з КЕП", *parts, to=CSS)
    yield registered("14-signed", message, "a CAdES container round a DOCX", facts)


def scan() -> Iterator[Sample]:
    """A scanned page in the folder."""
    facts = notice("scan", "starosta", date(2026, 3, 6))
    machine = Machine(dpi=200, tilt=0.6, noise=3, grey=True, stamp=True, quality=60)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "form.docx"
        source.write_bytes(docx("scan", facts, columns="table", content_in="box"))
        page = office([source], "pdf", Path(folder))[0]
        _, data = scanned(seeded("samples", "scan"), page, machine, "jpg", None)
    shows = "a stamped page from the scanner"
    yield Sample("scans/15-scan.jpg", data, shows, "registered", urgent=False, forms=[facts])


ALL: tuple[Callable[[], Iterator[Sample]], ...] = (
    plain_docx, old_charsets, zipped, forward, to_both, auto_reply, in_the_body, in_pdf, letter,
    newsletter, urgent, damaged, in_container, scan,
)  # fmt: skip


def main() -> None:
    """Writes every sample and expected.json beside this file."""
    for name in ("mails", "scans"):
        shutil.rmtree(HERE / name, ignore_errors=True)
    samples = [sample for make in ALL for sample in make()]
    for sample in samples:
        path = HERE / sample.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(sample.data)
    expected = {"samples": [sample.expected() for sample in samples]}
    text = json.dumps(expected, ensure_ascii=False, indent=1)
    (HERE / "expected.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
