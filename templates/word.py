# ruff: noqa: INP001 - a folder of documents, not a package
"""What the makers of all templates share: an empty Word document, its page, styles and parts."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import cast

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table as DocxTable
from lxml import etree

from generators import package
from generators.layout import FONT, MARGINS_MM

NEEDED = (
    "[Content_Types].xml",
    "docProps/core.xml",
    "docProps/app.xml",
    "word/document.xml",
    "word/styles.xml",
    "word/settings.xml",
    "word/header1.xml",
)
NEEDED_NAMES = {name.removeprefix("word/") for name in NEEDED}


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a document.

    Attributes:
        widths: of the columns, in millimetres; together no more than 170.
        head: the headings, repeated on each page; empty: none.
        rows: the texts of each row's cells; a row of one text beside wider ones is a line of a
            block (``{%tr for … %}``).
    """

    widths: tuple[int, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def add_table(document: DocxDocument, made: Table, style: str) -> None:
    """Put a table with ruled lines at the end of the document; its text has this style."""
    table = document.add_table(rows=0, cols=len(made.widths))
    table.autofit = False
    _ruled(table)
    for column, width in zip(table.columns, made.widths, strict=True):
        column.width = Mm(width)
    for number, texts in enumerate((made.head, *made.rows) if made.head else made.rows):
        row = table.add_row()
        for width, cell, text in zip(made.widths, row.cells, (*texts, *[""] * 20), strict=False):
            cell.width = Mm(width)
            cell.paragraphs[0].text = text
            cell.paragraphs[0].style = document.styles[style]
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if made.head and number == 0:
            properties.append(OxmlElement("w:tblHeader"))


def _ruled(table: DocxTable) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "auto")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)


def blank(size: int, *, numbered: bool = True) -> DocxDocument:
    """An empty document with the standard's page and one style, in this size (points).

    The office sees nothing in Word's list of styles but what the maker adds. ``numbered``: with
    the page's number at the top centre, not on the first.
    """
    document = Document()
    _page(document)
    if numbered:
        _number(document)
    everything = document.styles.element
    defaults = everything.xpath("w:docDefaults | w:latentStyles")
    for element in [*defaults, *everything.xpath("w:style[not(@w:default='1')]")]:
        everything.remove(element)
    normal = cast(ParagraphStyle, document.styles["Normal"])
    _font(normal, size)
    spacing(normal)
    return document


def add_style(document: DocxDocument, key: str, name: str) -> ParagraphStyle:
    """A paragraph style with an id for programs and a name for the clerks."""
    style = cast(ParagraphStyle, document.styles.add_style(key, WD_STYLE_TYPE.PARAGRAPH))
    # python-docx makes the id from the name: the name may then be the clerks' own.
    style.element.set(qn("w:styleId"), key)
    style.name = name
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    return style


def spacing(style: ParagraphStyle, before: int = 0, after: int = 0) -> None:
    """Single lines, with so many points above and below a paragraph."""
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)
    style.paragraph_format.line_spacing = 1.0


def packed(document: DocxDocument) -> bytes:
    """The file; the same document gives the same bytes."""
    target = io.BytesIO()
    document.save(target)
    return package.pack(_only_needed(package.unpack(target.getvalue())))


def _page(document: DocxDocument) -> None:
    """A4 with the standard's margins."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side, millimetres in MARGINS_MM.items():
        setattr(section, f"{side}_margin", Mm(millimetres))
    section.header_distance, section.footer_distance = Mm(10), Mm(10)
    # A line that a value breaks must not be stretched over the whole width.
    compat = OxmlElement("w:compat")
    compat.append(OxmlElement("w:doNotExpandShiftReturn"))
    settings = document.settings.element
    for old in settings.findall(qn("w:compat")):
        for child in old:
            compat.append(child)
        settings.replace(old, compat)


def _number(document: DocxDocument) -> None:
    section = document.sections[0]
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.style = document.styles["Normal"]
    number.alignment = ALIGN.CENTER
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = text or None
        number.add_run()._r.append(element)


def _font(style: ParagraphStyle, size: int) -> None:
    style.font.name, style.font.size = FONT, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "uk-UA")
    style.element.get_or_add_rPr().append(language)


def _only_needed(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The parts of python-docx's own blank that are used, and no relation to the others."""
    kept = {name: data for name, data in parts.items() if name in NEEDED or name.endswith(".rels")}
    kept.pop("customXml/_rels/item1.xml.rels")
    for name in [name for name in kept if name.endswith((".rels", "[Content_Types].xml"))]:
        tree = etree.fromstring(kept[name])
        for child in list(tree):
            part = child.get("PartName") or child.get("Target") or ""
            if part and part.lstrip("/").removeprefix("word/") not in NEEDED_NAMES:
                tree.remove(child)
        kept[name] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return kept
