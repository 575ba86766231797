"""How fast documents are made, each figure beside what it is compared with, in one run.

DOCX: our renderer against docxtpl as it comes (open, render, save each time), same template, same
text. PDF: many letters a call, and calls of one letter each to a LibreOffice that stays, against a
LibreOffice of its own for each letter; copying pages into one PDF is the floor under any packet.
Run: ``python -m bench.documents``; goals: DOCX at least 30 times as quick, PDF at least 5 times. Fails
if one is missed.
"""

from __future__ import annotations

import io
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import pypdfium2  # type: ignore[import-untyped]  # noqa: E402
from docx import Document  # noqa: E402
from docxtpl import DocxTemplate  # type: ignore[import-untyped]  # noqa: E402

from generators import registration_reply  # noqa: E402
from generators.docx import render  # noqa: E402
from generators.letterhead import Addressee, Executor, Letterhead, Requisites  # noqa: E402
from generators.pdf import Converter  # noqa: E402
from generators.resident import Resident  # noqa: E402
from journal.cards import EntryCard  # noqa: E402

TEMPLATE = ROOT / "templates" / "registration_reply.docx"
OFFICE = Letterhead(
    name="Служба у справах дітей Вигаданської міської ради",
    address="вул. Вигадана, 1, м. Вигадане, 45999",
    head_name="Олена ТЕСТОВЕЦЬ",
    head_position="Начальник служби",
)
DOCUMENTS, BY_DOCXTPL, ROUNDS = 100, 10, 5
PDF_DOCUMENTS, COLD_CALLS, PAGES = 20, 4, 200
DOCX_GOAL, PDF_GOAL = 30, 5


def main() -> None:
    """Measure, print the figures, and fail if a goal is missed."""
    contexts = [_context(number) for number in range(DOCUMENTS)]
    reached = [_docx(contexts)]
    docs = [render(TEMPLATE, context) for context in contexts[:PDF_DOCUMENTS]]
    with tempfile.TemporaryDirectory() as folder:
        reached += _pdf(docs, Path(folder))
    sys.exit(0 if all(reached) else 1)


def _docx(contexts: list[dict[str, object]]) -> bool:
    """Both ways in turn, so that whatever else the machine does meets both."""
    if any(_words(render(TEMPLATE, one)) != _words(_by_docxtpl(one)) for one in contexts[:3]):
        sys.exit("the two ways do not give the same text")
    ours, plain, few = [], [], contexts[:BY_DOCXTPL]
    for _ in range(ROUNDS):
        ours.append(_seconds(lambda: [render(TEMPLATE, one) for one in contexts]) / DOCUMENTS)
        plain.append(_seconds(lambda: [_by_docxtpl(one) for one in few]) / BY_DOCXTPL)
    quick, slow = median(ours), median(plain)
    print(f"DOCX   ours {quick * 1e3:.2f} ms a document, {1 / quick:.0f} documents a second")
    print(f"       docxtpl {slow * 1e3:.1f} ms, {1 / slow:.0f} documents a second")
    return _verdict(slow / quick, DOCX_GOAL)


def _pdf(docs: list[bytes], work: Path) -> list[bool]:
    converter = Converter(work)
    converter.convert(docs[:1])
    cold = _seconds(lambda: [converter.convert([doc]) for doc in docs[:COLD_CALLS]]) / COLD_CALLS
    print(f"PDF    a LibreOffice of its own for each letter: {cold:.2f} s a document")
    together = _seconds(lambda: converter.convert(docs)) / len(docs)
    print(f"       {len(docs)} letters in one call: {together:.3f} s a document")
    reached = [_verdict(cold / together, PDF_GOAL)]
    with closing(Resident()) as resident:
        staying = replace(converter, resident=resident)
        staying.convert(docs[:1])
        begun = _seconds(lambda: staying.convert(docs[:1]))
        warm = _seconds(lambda: [staying.convert([doc]) for doc in docs]) / len(docs)
        pdfs = staying.convert(docs)
    print(f"       one letter a call, LibreOffice stays: {warm:.3f} s (begun in {begun:.1f} s)")
    reached.append(_verdict(cold / warm, PDF_GOAL))
    copied = _seconds(lambda: _copied(pdfs))
    print(f"floor  {PAGES} pages copied into one PDF, nothing else: {copied * 1e3:.0f} ms")
    return reached


def _verdict(times: float, goal: int) -> bool:
    reached = times >= goal
    print(f"       {times:.1f} times as quick: {'PASS' if reached else 'FAIL'} (>= {goal})")
    return reached


def _copied(pdfs: list[bytes]) -> bytes:
    """One PDF of PAGES pages, each read from a file of its own."""
    target = io.BytesIO()
    with pypdfium2.PdfDocument.new() as made:
        for number in range(PAGES):
            with pypdfium2.PdfDocument(pdfs[number % len(pdfs)]) as source:
                made.import_pages(source, [0])
        made.save(target)
    return target.getvalue()


def _words(docx: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(io.BytesIO(docx)).paragraphs]


def _by_docxtpl(context: dict[str, object]) -> bytes:
    document, target = DocxTemplate(TEMPLATE), io.BytesIO()
    document.render(context, autoescape=True)
    document.save(target)
    return target.getvalue()


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _context(number: int) -> dict[str, object]:
    moment = datetime.fromisoformat("2026-03-04T09:30:00+02:00")
    card = EntryCard(
        id=number,
        office="ssd",
        number=str(number),
        year=2026,
        registered_at=moment,
        received_at=moment,
        channel="email",
        urgent=False,
        status="open",
        values={"outgoing_number": "01-15/123", "outgoing_date": "2026-03-03"},
        review=(),
        indicators=(),
        related=(),
        arrivals=(),
        deadlines=(),
        documents=(),
    )
    addressee = Addressee(("Вигаданська гімназія № 1",), "м. Вигадане, вул. Зразкова, 39-Б")
    executor = Executor("Марія Прикладенко", "050 000 00 00")
    requisites = Requisites(OFFICE, addressee, date(2026, 3, 4), f"01-12/{number}", executor)
    return registration_reply.context(card, requisites, {})


if __name__ == "__main__":
    main()
