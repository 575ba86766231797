import io
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.shared import Mm, Pt

from generators import registration_reply
from generators.docx import render
from generators.layout import STYLES
from generators.lint import lint_docx
from tests.generators.sample_cards import card, requisites

TEMPLATE = Path(__file__).parents[2] / "templates" / "registration_reply.docx"


@cache
def _letter() -> bytes:
    return render(TEMPLATE, registration_reply.context(card(), requisites(), {}))


def _rules_after(change: Callable[[Any], object]) -> set[str]:
    """The rules that a good letter breaks once it has been changed so."""
    document = Document(io.BytesIO(_letter()))
    change(document)
    target = io.BytesIO()
    document.save(target)
    return {fault.rule for fault in lint_docx(target.getvalue())}


def _requisite(document: Any, kind: str) -> Any:
    return next(p for p in document.paragraphs if p.style.name == STYLES[kind])


def _say(kind: str, text: str) -> Callable[[Any], object]:
    return lambda document: setattr(_requisite(document, kind), "text", text)


def _remove(kind: str) -> Callable[[Any], object]:
    def change(document: Any) -> None:
        element = _requisite(document, kind)._p
        element.getparent().remove(element)

    return change


def _font(document: Any) -> None:
    _requisite(document, "Text").runs[0].font.name = "Calibri"


def _size(document: Any) -> None:
    _requisite(document, "Addressee").runs[0].font.size = Pt(10)


def _default_font(document: Any) -> None:
    document.styles["Normal"].font.name = "Arial"


def _margin(document: Any) -> None:
    document.sections[0].right_margin = Mm(15)


def _first_page_number(document: Any) -> None:
    document.sections[0].different_first_page_header_footer = False


def _no_page_numbers(document: Any) -> None:
    document.sections[0].header.paragraphs[0].clear()


def _page_number_left(document: Any) -> None:
    document.sections[0].header.paragraphs[0].alignment = 0


def _signature_first(document: Any) -> None:
    _requisite(document, "Subject")._p.addprevious(_requisite(document, "Signature")._p)


def _signature_may_part(document: Any) -> None:
    texts = [p for p in document.paragraphs if p.style.name == STYLES["Text"]]
    texts[-1].paragraph_format.keep_with_next = False


def _last_text_may_break(document: Any) -> None:
    texts = [p for p in document.paragraphs if p.style.name == STYLES["Text"]]
    texts[-1].paragraph_format.keep_together = False


def _author(document: Any) -> None:
    document.core_properties.author = "Хтось"


def _comment(document: Any) -> None:
    document.add_comment(_requisite(document, "Text").runs, text="примітка", author="Хтось")


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (_margin, "margins"),
        (_font, "font"),
        (_default_font, "font"),
        (_size, "size"),
        (_first_page_number, "page-number"),
        (_no_page_numbers, "page-number"),
        (_page_number_left, "page-number"),
        (_signature_first, "requisite-order"),
        (_signature_may_part, "signature-alone"),
        (_last_text_may_break, "signature-alone"),
        (_author, "properties"),
        (_comment, "comments"),
        (_remove("Subject"), "requisite-missing"),
        (_say("Addressee", " "), "requisite-empty"),
        (_say("DateIndex", "04.03.2026 № "), "requisite-form"),
        (_say("DateIndex", "04.03.2026 № "), "empty-number"),
        (_say("DateIndex", "4 березня 2026 року № 7"), "requisite-form"),
        (_say("Reference", "На № 12"), "requisite-form"),
        (_say("Reference", "На № від 03.03.2026"), "empty-number"),
        (_say("Subject", "Реєстрація повідомлення"), "requisite-form"),
        (_say("Subject", "Про реєстрацію."), "requisite-form"),
        (_say("Signature", "Начальник служби\tТестовець О. І."), "requisite-form"),
        (_say("Text", "Зареєстровано за № ."), "empty-number"),
        (_say("Text", "Повідомляємо {{ номер }}"), "markup"),
    ],
)
def test_each_fault_is_found(change: Callable[[Any], object], rule: str) -> None:
    assert rule in _rules_after(change)


def test_good_letter_has_no_fault() -> None:
    assert lint_docx(_letter(), final=True) == []
    assert _rules_after(lambda _: None) == set()


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04"])
def test_what_is_no_docx_is_told_so(data: bytes) -> None:
    assert [fault.rule for fault in lint_docx(data)] == ["unreadable"]
