"""Mixed arrivals for the runs under faults: what offices get, and what is easily lost or doubled.

Everybody in them is invented; the same number and seed give the same bytes, apart from the PDFs,
which LibreOffice lays out.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import cycle
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from opika.config import PROJECT
from tests.forms.convert import office
from tests.forms.documents import write_docx
from tests.forms.facts import Facts, invent
from tests.forms.habits import Habits
from tests.forms.labels import OFFICIAL
from tests.forms.mailing import Mail, Part, attached, body, old_zip, signed
from tests.forms.marks import Marking
from tests.forms.people import Person, Subject
from tests.forms.plain import Typing, as_text

KYIV = ZoneInfo("Europe/Kyiv")
FIRST = datetime(2026, 12, 29, 9, 0, tzinfo=KYIV)
NEW_YEAR = datetime(2027, 1, 1, 0, 0, tzinfo=KYIV)
PACE = timedelta(minutes=7)
BOXES = {"ssd": "sysn@ukr.net", "css": "rogcsssdm@ukr.net"}
_OTHER = {"ssd": "css", "css": "ssd"}
_SCAN = PROJECT / "samples" / "scans" / "15-scan.jpg"
_GREETING = "Добрий день! Надсилаємо повідомлення про сім’ю."
_MACHINE = (("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All"))
_BULK = (("List-Unsubscribe", "<https://shop.example.org/off>"), ("Precedence", "bulk"))


@dataclass(frozen=True)
class Delivery:
    """Something that comes in.

    Attributes:
        to: ``ssd`` or ``css`` for their mailboxes, ``scans`` for the folder.
        data: its bytes.
        received_at: when.
        name: of a file in the folder.
        answered: a person approves and sends the letters that it calls for.
    """

    to: str
    data: bytes
    received_at: datetime
    name: str = ""
    answered: bool = False


@dataclass(frozen=True)
class _Notice:
    facts: Facts
    docx: bytes
    box: str


class _Writer:
    """Writes one arrival after the other; later ones may repeat or correct earlier ones."""

    def __init__(self, seed: int, pdfs: Iterator[bytes]) -> None:
        self._seed, self._pdfs = seed, pdfs
        self._made = 0
        self._notices: list[_Notice] = []
        self._files: list[Delivery] = []

    def write(self, kind: str, number: int, received_at: datetime) -> Delivery:
        self._number, self._at = number, received_at
        self._rng = Random(f"{self._seed}-{number}")
        self._box = self._rng.choice(("ssd", "css"))
        make: Callable[[], Delivery] = getattr(self, f"_{kind}")
        return make()

    def _mail(self, *parts: Part, box: str = "", subject: str = "", **more: object) -> Delivery:
        box = box or self._box
        ident = f"n{self._number}.{self._seed}@zaklad.example.org"
        mail = Mail("kanc@zaklad.example.org", BOXES[box], subject, self._at, ident, parts)
        mail = replace(mail, subject=subject or f"Повідомлення {self._number}")
        return Delivery(box, replace(mail, **more).save(), self._at)  # type: ignore[arg-type]

    def _form(self, data: bytes, name: str = "Повідомлення.docx", box: str = "") -> Delivery:
        return self._mail(body(_GREETING), attached(data, name), box=box)

    def _new(self) -> _Notice:
        notice = full_notice(Random(f"{self._seed}-{self._number}-{self._made}"))
        self._made += 1
        return _Notice(notice, written(notice), self._box)

    def _docx(self) -> Delivery:
        notice = self._new()
        self._notices.append(notice)
        return self._form(notice.docx)

    def _letter(self) -> Delivery:
        return replace(self._form(self._new().docx), answered=True)

    def _twin(self) -> Delivery:
        """The same school, day and words, another child."""
        last = self._notices[-1]
        child = Person(f"Двійничук Тимофій {'Іванович' if self._number % 2 else 'Петрович'}")
        child = replace(child, birth_date=f"{2008 + self._number % 12}-03-04")
        text = f"{child.name}, 04.03.{(child.birth_date or '')[:4]} р.н."
        return self._form(written(replace(last.facts, subject=Subject(text, [child]))))

    def _copy(self) -> Delivery:
        """The notice of before, to the other mailbox."""
        last = self._notices[-1]
        return self._form(last.docx, box=_OTHER[last.box])

    def _repeat(self) -> Delivery:
        """The notice of before, to the same mailbox."""
        last = self._notices[-1]
        return self._form(last.docx, box=last.box)

    def _correction(self) -> Delivery:
        last = self._notices[-1]
        content = f"{last.facts.content} Уточнення: родину відвідано {self._at:%d.%m.%Y}."
        return self._form(written(replace(last.facts, content=content)), box=last.box)

    def _zip(self) -> Delivery:
        files = {f"Повідомлення {n}.docx": self._new().docx for n in (1, 2)}
        return self._form(old_zip(files), "Повідомлення.zip")

    def _body(self) -> Delivery:
        facts = self._new().facts
        typing = Typing(OFFICIAL, Marking("bracket", "x", " ", gap="  "), wrap=76)
        return self._mail(body(as_text(self._rng, "tune", typing, facts, greeted=True)))

    def _pdf(self) -> Delivery:
        return self._form(next(self._pdfs), "Повідомлення.pdf")

    def _signed(self) -> Delivery:
        return replace(self._form(signed(self._new().docx), "Форма.docx.p7s"), answered=True)

    def _broken(self) -> Delivery:
        whole = self._new().docx
        return self._form(whole[: len(whole) * 2 // 3])

    def _note(self) -> Delivery:
        text = f"Прошу приїхати на вул. Ставкову, {self._number}: хлопчик третю добу сам, голодний."
        return self._mail(body(text), sender="susidka@example.org", subject="Допоможіть дитині")

    def _auto_reply(self) -> Delivery:
        text = f"Дякуємо за лист! Відповімо в робочі години. {self._number}"
        subject = "Автоматична відповідь: Re"
        return self._mail(body(text), subject=subject, headers=_MACHINE)

    def _newsletter(self) -> Delivery:
        text = f"<h1>Знижки тижня {self._number}</h1><p>Папір А4, теки – дешевше.</p>"
        return self._mail(body(text, subtype="html"), subject="Знижки", headers=_BULK)

    def _file(self) -> Delivery:
        file = Delivery("scans", self._new().docx, self._at, f"{self._number:04}.docx")
        self._files.append(file)
        return file

    def _file_again(self) -> Delivery:
        return replace(self._files[-1], received_at=self._at, name=f"{self._number:04}-again.docx")

    def _scan(self) -> Delivery:
        return Delivery("scans", _SCAN.read_bytes(), self._at, f"{self._number:04}.jpg")


_ROUND = (
    "docx", "copy", "letter", "auto_reply", "docx", "correction", "zip", "note", "docx", "twin",
    "broken", "file", "docx", "repeat", "body", "pdf", "newsletter", "signed", "file_again", "copy",
)  # fmt: skip


def deliveries(count: int, seed: int, scans: int = 0) -> list[Delivery]:
    """So many arrivals in their order; the second half comes after New Year's midnight."""
    kinds = [kind for kind, _ in zip(cycle(_ROUND), range(count), strict=False)]
    for number in range(scans):
        kinds[(number + 1) * count // (scans + 1)] = "scan"
    writer = _Writer(seed, iter(pdfs(kinds.count("pdf"), seed)))
    half = count // 2
    starts = [FIRST + n * PACE for n in range(half)]
    starts += [NEW_YEAR + (n + 1) * PACE for n in range(count - half)]
    return [
        writer.write(kind, number, at)
        for number, (kind, at) in enumerate(zip(kinds, starts, strict=True))
    ]


def full_notice(rng: Random) -> Facts:
    """A notice by a school with everything by which a repetition is known."""
    while True:
        facts = invent(rng, "tune", kind="school", today=date(2026, 12, 21))
        sure = facts.outgoing.iso and facts.outgoing_number and facts.address
        if sure and facts.subject.persons and len(facts.sender_lines) > 1:
            return facts


def written(facts: Facts) -> bytes:
    """The notice as a DOCX; the same facts give the same bytes."""
    habits = Habits("tune", "disturbed", labels=OFFICIAL, marking=Marking("glyph", "☒", "☐"))
    return write_docx(Random(facts.outgoing_number), habits, (facts,))


def pdfs(count: int, seed: int) -> Sequence[bytes]:
    """So many forms as PDFs with text."""
    with tempfile.TemporaryDirectory() as name:
        sources = [Path(name) / f"{n:03}.docx" for n in range(count)]
        for n, source in enumerate(sources):
            source.write_bytes(written(full_notice(Random(f"pdf-{seed}-{n}"))))
        return [path.read_bytes() for path in office(sources, "pdf", Path(name))] if count else []
