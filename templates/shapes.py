# ruff: noqa: INP001 - a folder of documents, not a package
"""How the paragraphs of each style of an official document look.

Law: ДСТУ 4163:2020 (indents, spacing, place of the requisites).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle

from templates.word import spacing

_TEXT_WIDTH = Mm(170)


def shape(key: str, style: ParagraphStyle) -> None:
    """Give a style its look.

    Args:
        key: the style's id, as in :data:`generators.layout.STYLES`.
        style: new, as it comes from the document's defaults.
    """
    if key in _SHAPES:
        _SHAPES[key](style)


def _centred(size: int, *, bold: bool, before: int = 0) -> Callable[[ParagraphStyle], None]:
    def set_up(style: ParagraphStyle) -> None:
        style.paragraph_format.alignment = ALIGN.CENTER
        style.font.bold = bold
        style.font.size = Pt(size)
        spacing(style, before=before)

    return set_up


def _spaced(before: int, after: int = 0, size: int = 14) -> Callable[[ParagraphStyle], None]:
    def set_up(style: ParagraphStyle) -> None:
        style.font.size = Pt(size)
        spacing(style, before=before, after=after)

    return set_up


def _date_and_index(style: ParagraphStyle) -> None:
    spacing(style, before=12)
    _line_above(style)


def _date_place_index(style: ParagraphStyle) -> None:
    spacing(style, before=12, after=6)
    stops = style.paragraph_format.tab_stops
    stops.add_tab_stop(Mm(85), WD_TAB_ALIGNMENT.CENTER)
    stops.add_tab_stop(_TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)


def _addressee(style: ParagraphStyle) -> None:
    """Space above and below the group of its paragraphs, none between them."""
    style.paragraph_format.left_indent = Mm(90)
    spacing(style, 14, 14)
    style.element.get_or_add_pPr().append(OxmlElement("w:contextualSpacing"))


def _subject(style: ParagraphStyle) -> None:
    style.paragraph_format.right_indent = Mm(80)
    style.paragraph_format.keep_with_next = True
    style.font.bold = True
    spacing(style, before=6, after=12)


def _text(style: ParagraphStyle) -> None:
    style.paragraph_format.alignment = ALIGN.JUSTIFY
    style.paragraph_format.first_line_indent = Mm(10)
    style.paragraph_format.line_spacing = 1.5
    style.paragraph_format.widow_control = True


def _resolved(style: ParagraphStyle) -> None:
    style.paragraph_format.keep_with_next = True
    spacing(style, before=6, after=6)


def _signature(style: ParagraphStyle) -> None:
    style.paragraph_format.keep_with_next = True
    style.paragraph_format.tab_stops.add_tab_stop(_TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    spacing(style, before=24)


def _to_write_on(style: ParagraphStyle) -> None:
    style.paragraph_format.line_spacing = 1.5
    stops = style.paragraph_format.tab_stops
    stops.add_tab_stop(_TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)


def _line_above(style: ParagraphStyle) -> None:
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "8"), ("space", "6"), ("color", "auto")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    style.element.get_or_add_pPr().insert(0, borders)


_SHAPES: Mapping[str, Callable[[ParagraphStyle], None]] = {
    "Organisation": _centred(14, bold=True),
    "Unit": _centred(14, bold=True),
    "Contacts": _centred(12, bold=False),
    "KindName": _centred(14, bold=True, before=12),
    "DatePlaceIndex": _date_place_index,
    "DateIndex": _date_and_index,
    "Reference": _spaced(6),
    "Addressee": _addressee,
    "Subject": _subject,
    "Text": _text,
    "Signature": _signature,
    "Executor": _spaced(24, size=12),
    "Acquainted": _spaced(24, size=12),
    "Resolved": _resolved,
    "Cell": _spaced(0, size=12),
    "Blank": _to_write_on,
}
