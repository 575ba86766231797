"""How fast documents are made, each figure beside what it is compared with, in one run.

DOCX: our renderer against docxtpl as it comes (open, render, save), same template, same text.
PDF: twenty letters in one call of LibreOffice against one call each.
Run: ``python bench/documents.py``; goals: DOCX at least 30 times, PDF at least 5 times.
"""

from __future__ import annotations

import io
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from docxtpl import DocxTemplate  # type: ignore[import-untyped]  # noqa: E402

from generators import registration_reply  # noqa: E402
from generators.docx import render  # noqa: E402
from generators.letterhead import Addressee, Executor, Letterhead, Requisites  # noqa: E402
from generators.pdf import Converter  # noqa: E402
from journal.cards import EntryCard  # noqa: E402

TEMPLATE = ROOT / "templates" / "registration_reply.docx"
OFFICE = Letterhead(
    name="Служба у справах дітей Вигаданської міської ради",
    address="вул. Вигадана, 1, м. Вигадане, 45999",
    head_name="Олена ТЕСТОВЕЦЬ",
    head_position="Начальник служби",
)
DOCUMENTS, ROUNDS, PDF_DOCUMENTS, COLD_CALLS = 100, 5, 20, 4


def main() -> None:
    """Measure and print the ratios."""
    contexts = [_context(number) for number in range(DOCUMENTS)]
    render(TEMPLATE, contexts[0])
    ours = _seconds(lambda: [render(TEMPLATE, context) for context in contexts]) / DOCUMENTS
    plain = _seconds(lambda: [_by_docxtpl(context) for context in contexts[:10]]) / 10
    print(f"DOCX   ours {ours * 1e3:.2f} ms, docxtpl {plain * 1e3:.1f} ms: {plain / ours:.0f} x")
    print(f"       {1 / ours:.0f} documents a second")
    _pdf([render(TEMPLATE, context) for context in contexts[:PDF_DOCUMENTS]])


def _pdf(docs: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        converter = Converter(Path(folder))
        converter.convert(docs[:1])
        begun = time.perf_counter()
        converter.convert(docs)
        together = (time.perf_counter() - begun) / len(docs)
        begun = time.perf_counter()
        for doc in docs[:COLD_CALLS]:
            converter.convert([doc])
        alone = (time.perf_counter() - begun) / COLD_CALLS
    print(
        f"PDF    {len(docs)} in one call {together:.3f} s, one call each {alone:.2f} s a document:"
    )
    print(f"       {alone / together:.1f} x")


def _by_docxtpl(context: dict[str, object]) -> bytes:
    document, target = DocxTemplate(TEMPLATE), io.BytesIO()
    document.render(context, autoescape=True)
    document.save(target)
    return target.getvalue()


def _seconds(work: Callable[[], object]) -> float:
    """The median time of some rounds of the work."""
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return median(times)


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
