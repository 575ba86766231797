"""The layout of an official document: what the templates are made by and the checks go by.

Law: ДСТУ 4163:2020 (margins, type, order of the requisites, page numbers, signature).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby, pairwise
from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Length, Mm
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from generators.faults import Fault
from generators.form_layout import FORM_SIZES_PT, form_faults, is_form

STYLES: Mapping[str, str] = {
    "Organisation": "Лист – установа",
    "Unit": "Лист – підрозділ",
    "Contacts": "Лист – контакти",
    "KindName": "Документ – назва виду",
    "DatePlaceIndex": "Документ – дата, місце та індекс",
    "DateIndex": "Лист – дата та індекс",
    "Reference": "Лист – на номер",
    "Addressee": "Лист – адресат",
    "Subject": "Лист – заголовок",
    "Text": "Лист – текст",
    "Signature": "Лист – підпис",
    "Executor": "Лист – виконавець",
    "Acquainted": "Документ – ознайомлення",
}
"""The paragraph styles of the requisites (id in the file: name in Word), in their order.

A letter has no name of its kind and an addressee; an order, an act, minutes have a name and a place.
"""

OTHER_STYLES: Mapping[str, str] = {
    "Resolved": "Документ – розпорядче слово",
    "Cell": "Документ – таблиця",
    "Blank": "Документ – рядок для запису",
}
"""Styles of what is no requisite: «НАКАЗУЮ:», the text of a table, a line to write on by hand."""

MARK_STYLE = "Відмітка – рядок"
"""The style of the mark of registration, which is a stamp and no sheet of paper."""
_MARK_SIZES_PT = (8, 14)

_KINDS = {name: kind for kind, name in STYLES.items()}
_REQUIRED: Mapping[str, tuple[str, ...]] = {
    "letter": (
        "Organisation",
        "DateIndex",
        "Addressee",
        "Subject",
        "Text",
        "Signature",
        "Executor",
    ),
    "named": ("Organisation", "KindName", "DatePlaceIndex", "Text", "Signature"),
}

FONT = "Times New Roman"
# Liberation Serif has the same metrics.
_FONTS = {FONT, "Liberation Serif"}
_SIZES_PT = (12, 14)
MARGINS_MM: Mapping[str, int] = {"left": 30, "right": 10, "top": 20, "bottom": 20}
_SIDES = {"left": "ліве", "right": "праве", "top": "верхнє", "bottom": "нижнє"}
_PAGE_MM = (210, 297)
_TOLERANCE = Mm(0.5)


def layout_faults(document: Document) -> Iterator[Fault]:
    """What a document or a template has otherwise than the standard, or the form, asks."""
    if is_mark(document):
        yield from _font_faults(document, _MARK_SIZES_PT)
        yield from _trace_faults(document)
        return
    for section in document.sections:
        yield from _page_faults(section)
    if is_form(document):
        yield from _font_faults(document, FORM_SIZES_PT)
        yield from form_faults(document)
        yield from _picture_faults(document)
        yield from _trace_faults(document)
        return
    for section in document.sections:
        yield from _number_faults(section)
    yield from _font_faults(document, _SIZES_PT)
    yield from _order_faults(document)
    yield from _signature_faults(requisites(document))
    yield from _picture_faults(document)
    yield from _trace_faults(document)


def requisites(document: Document) -> list[tuple[str, Paragraph]]:
    """The paragraphs that are requisites, each with its kind, in the order of the text.

    They are known by the style's name: a word processor may give its own ids when it saves.
    """
    return [
        (_KINDS[paragraph.style.name], paragraph)
        for paragraph in document.paragraphs
        if paragraph.style is not None and paragraph.style.name in _KINDS
    ]


def is_named(document: Document) -> bool:
    """Whether it has a name of its kind (НАКАЗ, АКТ, ПРОТОКОЛ): it is no letter then."""
    return any(kind == "KindName" for kind, _ in requisites(document))


def is_mark(document: Document) -> bool:
    """Whether it is the mark of registration: known by its style."""
    return any(p.style is not None and p.style.name == MARK_STYLE for p in document.paragraphs)


def paragraphs(document: Document) -> Iterator[Paragraph]:
    """Every paragraph, those in tables too."""
    for element in document.element.body.iter(qn("w:p")):
        yield Paragraph(element, document._body)


def _page_faults(section: Section) -> Iterator[Fault]:
    if not all(map(_near, (section.page_width, section.page_height), _PAGE_MM)):
        yield Fault("page", "", "Розмір сторінки має бути А4 (210 × 297 мм).")
    for side, millimetres in MARGINS_MM.items():
        if not _near(getattr(section, f"{side}_margin"), millimetres):
            yield Fault("margins", "", f"Поле {_SIDES[side]} має бути {millimetres} мм.")


def _near(length: Length | None, millimetres: int) -> bool:
    return length is not None and abs(length - Mm(millimetres)) <= _TOLERANCE


def _number_faults(section: Section) -> Iterator[Fault]:
    """Figures at the top centre from the second page on."""
    numbered = [p for p in section.header.paragraphs if _has_page_number(p)]
    first = section.first_page_header.paragraphs
    if not section.different_first_page_header_footer or any(map(_has_page_number, first)):
        yield Fault("page-number", "", "На першій сторінці номера сторінки не ставлять.")
    if not numbered:
        yield Fault("page-number", "", "Немає номерів сторінок від другої сторінки.")
    elif any(p.alignment != WD_ALIGN_PARAGRAPH.CENTER for p in numbered):
        yield Fault("page-number", "", "Номер сторінки має стояти посередині верхнього поля.")


def _has_page_number(paragraph: Paragraph) -> bool:
    words = "".join(node.text or "" for node in paragraph._p.iter(qn("w:instrText")))
    simple = (node.get(qn("w:instr"), "") for node in paragraph._p.iter(qn("w:fldSimple")))
    return "PAGE" in "".join([words, *simple]).split()


def _font_faults(document: Document, sizes_pt: tuple[int, int]) -> Iterator[Fault]:
    """The font and size that each piece of text really has, styles and defaults counted in."""
    low, high = sizes_pt
    for paragraph in paragraphs(document):
        for run in filter(lambda run: run.text.strip(), paragraph.runs):
            fonts = _inherited(paragraph, run, "w:rFonts")
            name = next((f.get(qn("w:ascii")) for f in fonts if _sets_font(f)), None)
            if name not in _FONTS:
                told = f"«{name}»" if name else "теми"
                yield Fault("font", place(paragraph), f"Шрифт {told} замініть на {FONT}.")
            sizes = [
                int(size.get(qn("w:val"), "0")) / 2 for size in _inherited(paragraph, run, "w:sz")
            ]
            if not sizes or not low <= sizes[0] <= high:
                yield Fault(
                    "size", place(paragraph), f"Розмір шрифту має бути від {low} до {high}."
                )


def _inherited(paragraph: Paragraph, run: Run, tag: str) -> list[Any]:
    """The settings of this kind that the run has, nearest first."""
    styles = list(_chain(paragraph.style))
    defaults = styles[0].element.getparent().xpath("w:docDefaults/w:rPrDefault") if styles else []
    return [
        setting
        for element in (run._r, *(style.element for style in styles), *defaults)
        for setting in element.findall(f"{qn('w:rPr')}/{qn(tag)}")
    ]


def _sets_font(fonts: Any) -> bool:
    return fonts.get(qn("w:ascii")) is not None or fonts.get(qn("w:asciiTheme")) is not None


def _chain(style: Any) -> Iterator[Any]:
    while style is not None:
        yield style
        style = style.base_style


def _order_faults(document: Document) -> Iterator[Fault]:
    """Every requisite that a letter must have, each once, in the standard's order."""
    order = list(STYLES)
    kinds = [kind for kind, _ in groupby(kind for kind, _ in requisites(document))]
    for kind in _REQUIRED["named" if is_named(document) else "letter"]:
        if kind not in kinds:
            yield Fault("requisite-missing", "", f"Немає реквізиту «{STYLES[kind]}».")
    for before, after in pairwise(kinds):
        if order.index(before) > order.index(after):
            message = f"«{STYLES[after]}» має стояти перед «{STYLES[before]}»."
            yield Fault("requisite-order", "", message)


def _signature_faults(found: list[tuple[str, Paragraph]]) -> Iterator[Fault]:
    """The signature stays on one page with the last paragraph of the text, and that one whole."""
    kinds = [kind for kind, _ in found]
    if "Signature" not in kinds or "Text" not in kinds:
        return
    signature = kinds.index("Signature")
    texts = [at for at, kind in enumerate(kinds[:signature]) if kind == "Text"]
    if not texts:
        return
    last = texts[-1]
    # Several people sign an act or minutes: their lines stay together.
    end = signature
    while kinds[end + 1 : end + 2] == ["Signature"]:
        end += 1
    kept = [paragraph for _, paragraph in found[last : end + (kinds[-1] == "Executor")]]
    if not all(_holds(paragraph, "keep_with_next") for paragraph in kept):
        message = "Останній абзац тексту й підпис тримайте разом («не відривати від наступного»)."
        yield Fault("signature-alone", place(found[signature][1]), message)
    elif not _holds(found[last][1], "keep_together"):
        message = "Останній абзац тексту має бути нерозривним («не розривати абзац»)."
        yield Fault("signature-alone", place(found[last][1]), message)


def _holds(paragraph: Paragraph, setting: str) -> bool:
    formats = [paragraph.paragraph_format]
    formats += [style.paragraph_format for style in _chain(paragraph.style)]
    return bool(next((v for f in formats if (v := getattr(f, setting)) is not None), False))


def _picture_faults(document: Document) -> Iterator[Fault]:
    """A picture larger than what the margins leave is cut off, or pushes the text off its page."""
    width = _PAGE_MM[0] - MARGINS_MM["left"] - MARGINS_MM["right"]
    height = _PAGE_MM[1] - MARGINS_MM["top"] - MARGINS_MM["bottom"]
    for extent in document.element.body.iter(qn("wp:extent")):
        sides = Length(int(extent.get("cx"))).mm, Length(int(extent.get("cy"))).mm
        if sides[0] > width or sides[1] > height:
            paragraph = next(extent.iterancestors(qn("w:p")))
            told = f"Зображення {sides[0]:.0f} × {sides[1]:.0f} мм не вміщається між полями"
            message = f"{told}: зменште його до {width} × {height} мм."
            yield Fault("picture-size", place(Paragraph(paragraph, document._body)), message)


def _trace_faults(document: Document) -> Iterator[Fault]:
    """What tells who worked at the file: comments and tracked changes carry a person's name."""
    tracked = document.element.xpath("//w:ins | //w:del | //w:moveFrom | //w:moveTo")
    if tracked:
        yield Fault("tracked-changes", "", "Прийміть або відхиліть усі виправлення.")
    if document.element.xpath("//w:commentReference"):
        yield Fault("comments", "", "Видаліть примітки.")


def place(paragraph: Paragraph) -> str:
    """The beginning of a paragraph, as a fault's place; no more than its first words."""
    return paragraph.text.strip()[:40]
