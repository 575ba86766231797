"""A printed book as DOCX: A4 on its side, the heading on every page, pages numbered from the second.

The XML is written directly: a book has thousands of rows, and no template is laid out anew for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

from generators import package
from generators.books import Sheet

# LibreOffice takes time by the square of a table's length: a long book is several tables.
_ROWS_OF_A_TABLE = 200
_TWIPS_OF_A_MM = 1440 / 25.4
_LEFT, _RIGHT, _TOP, _BOTTOM, _HEADER = 30, 10, 20, 20, 10
"""Margins in millimetres. Law: ДСТУ 4163:2020."""
_WIDTH, _HEIGHT = 297, 210
_SMALL, _LARGE = 16, 24
"""Sizes of type in half points: of the table, of the head."""

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMES = f'xmlns:w="{_WORD}" xmlns:r="{_OFFICE}"'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CENTRED = '<w:jc w:val="center"/>'


def book_docx(sheet: Sheet) -> bytes:
    """The book as a document; the same sheet gives the same bytes."""
    body = "".join([*_head(sheet), *_tables(sheet), *_foot(sheet), _section()])
    return plain_docx(body)


def plain_docx(body: str) -> bytes:
    """A document of this body (XML) in our type, with nothing else of its own."""
    document = f"{_XML}<w:document {_NAMES}><w:body>{body}</w:body></w:document>"
    return package.pack(
        {name: part.encode() for name, part in (_PARTS | {"word/document.xml": document}).items()}
    )


def _head(sheet: Sheet) -> Iterator[str]:
    for line in sheet.head:
        yield _paragraph(line, size=_LARGE, bold=True, layout=_CENTRED)
    yield _paragraph("", size=_SMALL)


def _tables(sheet: Sheet) -> Iterator[str]:
    starts = range(0, max(len(sheet.rows), 1), _ROWS_OF_A_TABLE)
    for start in starts:
        if start:
            # Two tables without anything between would be one; the next begins a page of its own.
            yield _paragraph("", size=2, layout="<w:pageBreakBefore/>")
        yield _table(sheet, sheet.rows[start : start + _ROWS_OF_A_TABLE])


def _table(sheet: Sheet, rows: Iterable[Sequence[str]]) -> str:
    widths = [_twips(width) for width in sheet.widths]
    numbers = [str(column) for column in range(1, len(widths) + 1)]
    lines = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in _SIDES)
    cells = "".join(f'<w:{side} w:w="40" w:type="dxa"/>' for side in ("left", "right"))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{cells}</w:tblCellMar></w:tblPr><w:tblGrid>"
        + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        + "</w:tblGrid>"
        + _row(sheet.titles, widths, heads=True, bold=True)
        + _row(numbers, widths, heads=True)
        + "".join(_row(row, widths) for row in rows)
        + "</w:tbl>"
    )


_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def _row(
    texts: Sequence[str], widths: Sequence[int], *, heads: bool = False, bold: bool = False
) -> str:
    repeated = "<w:tblHeader/>" if heads else ""
    layout = _CENTRED if heads else ""
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f"{_paragraph(text, size=_SMALL, bold=bold, layout=layout)}</w:tc>"
        for text, width in zip(texts, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>"


def _foot(sheet: Sheet) -> Iterator[str]:
    yield _paragraph("", size=_SMALL)
    for line in sheet.foot:
        yield _paragraph(line, size=_SMALL + 4, layout="<w:keepLines/>")


def _paragraph(text: str, *, size: int, bold: bool = False, layout: str = "") -> str:
    style = f'<w:rPr>{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/></w:rPr>'
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n")
    )
    run = f"<w:r>{style}{lines}</w:r>" if text else ""
    return f"<w:p><w:pPr>{layout}{style}</w:pPr>{run}</w:p>"


def _section() -> str:
    margins = {
        "top": _TOP,
        "right": _RIGHT,
        "bottom": _BOTTOM,
        "left": _LEFT,
        "header": _HEADER,
        "footer": _HEADER,
        "gutter": 0,
    }
    sides = " ".join(f'w:{side}="{_twips(size)}"' for side, size in margins.items())
    size = f'w:w="{_twips(_WIDTH)}" w:h="{_twips(_HEIGHT)}" w:orient="landscape"'
    # The first page's own head is empty: pages are numbered from the second.
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId2"/>'
        '<w:headerReference w:type="first" r:id="rId3"/>'
        f"<w:pgSz {size}/><w:pgMar {sides}/><w:titlePg/></w:sectPr>"
    )


def _twips(millimetres: float) -> int:
    return round(millimetres * _TWIPS_OF_A_MM)


def _header(content: str) -> str:
    paragraph = f"<w:p><w:pPr>{_CENTRED}</w:pPr>{content}</w:p>"
    return f"{_XML}<w:hdr {_NAMES}>{paragraph}</w:hdr>"


def _relations(targets: Iterable[tuple[str, str]]) -> str:
    found = "".join(
        f'<Relationship Id="rId{place}" Type="{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(targets, 1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{found}</Relationships>'


_CONTENT_TYPES = (
    f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    f'<Default Extension="rels" ContentType="{_TYPE.split("/")[0]}/vnd.openxmlformats-package.'
    'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    + "".join(
        f'<Override PartName="/word/header{number}.xml" ContentType="{_TYPE}.header+xml"/>'
        for number in (1, 2)
    )
    + "</Types>"
)
_FONT = '<w:rFonts w:ascii="{0}" w:hAnsi="{0}" w:cs="{0}"/>'.format("Times New Roman")
_STYLES = (
    f"{_XML}<w:styles {_NAMES}><w:docDefaults><w:rPrDefault><w:rPr>{_FONT}"
    f'<w:sz w:val="{_LARGE}"/><w:lang w:val="uk-UA"/></w:rPr></w:rPrDefault>'
    "<w:pPrDefault/></w:docDefaults></w:styles>"
)
_PARTS = {
    "[Content_Types].xml": _CONTENT_TYPES,
    "_rels/.rels": _relations([(f"{_OFFICE}/officeDocument", "word/document.xml")]),
    "word/_rels/document.xml.rels": _relations(
        [
            (f"{_OFFICE}/styles", "styles.xml"),
            (f"{_OFFICE}/header", "header1.xml"),
            (f"{_OFFICE}/header", "header2.xml"),
        ]
    ),
    "word/styles.xml": _STYLES,
    "word/header1.xml": _header(
        '<w:fldSimple w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>'
    ),
    "word/header2.xml": _header(""),
}
