# ruff: noqa: INP001 - a folder of documents, not a package
"""The mark of registration as a template: a small page, as large as it is printed."""

from __future__ import annotations

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, RGBColor

from generators.layout import MARK_STYLE
from templates import word

_SIZE_MM, _MARGIN_MM = (80, 30), 2
_INK = "1F3864"
_LINES = (
    "{{ підрозділ or установа }}",
    "ЗАРЕЄСТРОВАНО",
    "№ {{ номер_реєстрації }} від {{ дата_цифрами }}",
)


def build_mark() -> bytes:
    """The template of the mark."""
    document = word.blank(10, numbered=False)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(_SIZE_MM[0]), Mm(_SIZE_MM[1])
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Mm(_MARGIN_MM))
    section.header_distance = section.footer_distance = Mm(0)
    style = word.add_style(document, "Mark", MARK_STYLE)
    style.paragraph_format.alignment = ALIGN.CENTER
    style.font.color.rgb = RGBColor.from_string(_INK)
    style.font.bold = True
    word.spacing(style)
    frame = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "12"), ("space", "1"), ("color", _INK)):
            line.set(qn(f"w:{name}"), value)
        frame.append(line)
    style.element.get_or_add_pPr().insert(0, frame)
    for text in _LINES:
        document.add_paragraph(text).style = style
    return word.packed(document)
