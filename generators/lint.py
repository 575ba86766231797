"""Is a finished letter laid out and filled in as ДСТУ 4163:2020 asks, and does it name nobody."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from generators import package
from generators.faults import Fault
from generators.form_layout import is_form
from generators.layout import OTHER_STYLES, STYLES, layout_faults, paragraphs, place, requisites
from generators.letters import NUMBER_TO_COME
from generators.to_fill import places_to_fill

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_DATE = r"\d{2}\.\d{2}\.\d{4}"
_FORMS = {
    "DateIndex": (re.compile(rf"{_DATE} № \S.*"), "Має бути «ДД.ММ.РРРР № індекс»."),
    "DatePlaceIndex": (
        re.compile(rf"{_DATE}\t\S.*\t№ \S.*|_{{3,}}\t\S.*\t№ _{{3,}}"),
        "Має бути «ДД.ММ.РРРР, місце, № індекс».",
    ),
    "KindName": (
        re.compile(r"[А-ЯІЇЄҐ][А-ЯІЇЄҐ’\s-]+"),
        "Назву виду документа пишуть великими літерами.",
    ),
    "Reference": (re.compile(rf"На № \S.* від {_DATE}"), "Має бути «На № … від ДД.ММ.РРРР»."),
    "Subject": (
        re.compile(r"Про(?:\s+\S+)+[^.\s]"),
        "Заголовок має починатися з «Про» без крапки.",
    ),
    "Signature": (
        re.compile(r"\S.*\t(?:(?:[А-ЯІЇЄҐ][\w’'-]+ )+[А-ЯІЇЄҐ’'-]{2,}|_{3,})", re.DOTALL),
        "Підпис: посада, далі власне ім’я та ПРІЗВИЩЕ.",
    ),
}
_EMPTY_NUMBER = re.compile(r"№\s*(?:$|від\b|[_.,;:)«])")
_MARKUP = re.compile(r"\{\{|\}\}|\{%|%\}")
_NAMES_IN_PROPERTIES = re.compile(
    rb"<(?:\w+:)?(creator|lastModifiedBy|title|subject|description|keywords|Manager|Company)\b"
    rb"[^>]*(?<!/)>[^<]"
)


def lint_docx(data: bytes, *, final: bool = False) -> list[Fault]:
    """What is wrong with a letter; an empty list if nothing is.

    Args:
        data: the DOCX.
        final: whether the letter has been approved and must hold its index.
    """
    from docx import Document

    try:
        parts = package.unpack(data)
        document = Document(io.BytesIO(data))
    except (ValueError, KeyError, SyntaxError):
        return [Fault("unreadable", "", "Файл пошкоджено або це не документ Word (.docx).")]
    return [
        *layout_faults(document),
        *_property_faults(parts),
        *_text_faults(document, final),
    ]


def _property_faults(parts: dict[str, bytes]) -> Iterator[Fault]:
    for name in ("docProps/core.xml", "docProps/app.xml"):
        if _NAMES_IN_PROPERTIES.search(parts.get(name, b"")):
            yield Fault("properties", "", "Властивості файлу називають особу чи установу.")


def _text_faults(document: Document, final: bool) -> Iterator[Fault]:
    for kind, paragraph in requisites(document):
        if not paragraph.text.strip():
            yield Fault("requisite-empty", STYLES[kind], "Порожній реквізит.")
        elif kind in _FORMS and not _FORMS[kind][0].fullmatch(paragraph.text):
            yield Fault("requisite-form", place(paragraph), _FORMS[kind][1])
    # On the form an empty «№» is a line to write on.
    blanks = is_form(document)
    for paragraph in paragraphs(document):
        to_write = blanks or _is_blank_line(paragraph)
        yield from _paragraph_faults(paragraph, final=final, blanks=to_write)


def _is_blank_line(paragraph: Paragraph) -> bool:
    """A line of a blank, to be filled in by hand, may have an empty «№»."""
    name = paragraph.style.name if paragraph.style is not None else ""
    return name in (OTHER_STYLES["Blank"], STYLES["DatePlaceIndex"])


def _paragraph_faults(paragraph: Paragraph, *, final: bool, blanks: bool) -> Iterator[Fault]:
    text = paragraph.text
    if not blanks and _EMPTY_NUMBER.search(text):
        yield Fault("empty-number", place(paragraph), "Порожній «№».")
    if _MARKUP.search(text):
        yield Fault("markup", place(paragraph), "У документі лишилася розмітка шаблону.")
    if final and any(places_to_fill(text)):
        yield Fault("to-fill", place(paragraph), "Заповніть або перевірте те, що в дужках [? ?].")
    if final and NUMBER_TO_COME in text:
        yield Fault("no-index", place(paragraph), "Документ не має реєстраційного індексу.")
