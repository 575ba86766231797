"""The few WordprocessingML pieces that our forms are made of, as strings, and their package."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:v="urn:schemas-microsoft-com:vml" mc:Ignorable="w14"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STAMP = (2026, 1, 5, 9, 0, 0)


@dataclass(frozen=True)
class Look:
    """The looks of a run; ``size`` in half points."""

    size: int | None = None
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    highlight: str = ""
    colour: str = ""
    border: bool = False
    font: str = ""

    def xml(self) -> str:
        """The run's properties, in the order that the schema asks for."""
        parts = [
            f'<w:rFonts w:ascii="{self.font}" w:hAnsi="{self.font}"/>' * bool(self.font),
            "<w:b/>" * self.bold,
            "<w:i/>" * self.italic,
            "<w:strike/>" * self.strike,
            f'<w:color w:val="{self.colour}"/>' * bool(self.colour),
            f'<w:sz w:val="{self.size}"/>' * (self.size is not None),
            f'<w:highlight w:val="{self.highlight}"/>' * bool(self.highlight),
            '<w:u w:val="single"/>' * self.underline,
            '<w:bdr w:val="single" w:sz="6" w:space="0" w:color="auto"/>' * self.border,
        ]
        inner = "".join(parts)
        return f"<w:rPr>{inner}</w:rPr>" if inner else ""


PLAIN = Look()


def run(text: str, look: Look = PLAIN, tag: str = "w:t") -> str:
    """A run of text; ``\\t`` becomes a tab, ``\\n`` a line break."""
    out, rest = [], text
    while rest:
        cut = min((i for i in (rest.find("\t"), rest.find("\n")) if i >= 0), default=len(rest))
        if cut:
            out.append(f'<{tag} xml:space="preserve">{escape(rest[:cut])}</{tag}>')
        if cut < len(rest):
            out.append("<w:tab/>" if rest[cut] == "\t" else "<w:br/>")
        rest = rest[cut + 1 :]
    return f"<w:r>{look.xml()}{''.join(out)}</w:r>"


def symbol(font: str, code: str, look: Look = PLAIN) -> str:
    """A character of a symbol font, as Word inserts it."""
    return f'<w:r>{look.xml()}<w:sym w:font="{font}" w:char="{code}"/></w:r>'


def paragraph(
    *runs: str,
    align: str = "",
    indent: int = 0,
    tabs: tuple[int, ...] = (),
    extra: str = "",
    section: str = "",
) -> str:
    """A paragraph; ``indent`` and ``tabs`` in twentieths of a point."""
    stops = "".join(f'<w:tab w:val="left" w:pos="{pos}"/>' for pos in tabs)
    inner = f"<w:tabs>{stops}</w:tabs>" * bool(tabs) + '<w:spacing w:before="0" w:after="0"/>'
    inner += f'<w:ind w:left="{indent}"/>' * bool(indent) + f'<w:jc w:val="{align}"/>' * bool(align)
    return f"<w:p><w:pPr>{extra}{inner}{section}</w:pPr>{''.join(runs)}</w:p>"


def cell(*blocks: str, width: int, span: int = 1, merge: str = "", borders: bool = True) -> str:
    """A cell; ``merge`` is "restart" or "continue" of a vertical merge."""
    sides = ("top", "left", "bottom", "right")
    kind = "single" if borders else "nil"
    edges = "".join(
        f'<w:{side} w:val="{kind}" w:sz="4" w:space="0" w:color="auto"/>' for side in sides
    )
    props = f'<w:tcW w:w="{width}" w:type="dxa"/>' + f'<w:gridSpan w:val="{span}"/>' * (span > 1)
    props += f'<w:vMerge w:val="{merge}"/>' * bool(merge) + f"<w:tcBorders>{edges}</w:tcBorders>"
    body = "".join(blocks) or paragraph()
    if body.endswith("</w:tbl>"):
        body += paragraph()
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{body}</w:tc>"


def table(rows: list[list[str]], widths: tuple[int, ...]) -> str:
    """A table of rows of cells; ``widths`` in twentieths of a point."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    body = "".join(f"<w:tr>{''.join(cells)}</w:tr>" for cells in rows)
    props = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
    props += '<w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
    return f"<w:tbl><w:tblPr>{props}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def text_box(blocks: list[str], *, left: int, top: int, width: int, height: int, ident: int) -> str:
    """A run that anchors a text box, with Word's VML fallback; lengths in twentieths of a point."""
    body = "".join(blocks)
    emu = [635 * length for length in (left, top, width, height)]
    anchor = (
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" '
        f'relativeHeight="{ident}" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="column"><wp:posOffset>{emu[0]}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="paragraph"><wp:posOffset>{emu[1]}</wp:posOffset>'
        f'</wp:positionV><wp:extent cx="{emu[2]}" cy="{emu[3]}"/><wp:wrapNone/>'
        f'<wp:docPr id="{ident}" name="Text Box {ident}"/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/'
        'wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext cx="{emu[2]}" cy="{emu[3]}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></wps:spPr>'
        f'<wps:txbx><w:txbxContent>{body}</w:txbxContent></wps:txbx><wps:bodyPr lIns="0" '
        'tIns="0" rIns="0" bIns="0"/></wps:wsp></a:graphicData></a:graphic></wp:anchor>'
    )
    style = f"position:absolute;margin-left:{left / 20}pt;margin-top:{top / 20}pt;width:{width / 20}pt;height:{height / 20}pt"
    fallback = f'<w:pict><v:shape id="box{ident}" style="{style}"><v:textbox><w:txbxContent>{body}</w:txbxContent></v:textbox></v:shape></w:pict>'
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{anchor}</w:drawing>'
        f"</mc:Choice><mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def ellipse(*, width: int, ident: int) -> str:
    """A run that draws an ellipse round the text that follows it; ``width`` in twentieths of a point."""
    extent = f'cx="{width * 635}" cy="165100"'
    return (
        '<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" '
        f'relativeHeight="{ident}" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="character"><wp:posOffset>-25400'
        '</wp:posOffset></wp:positionH><wp:positionV relativeFrom="line"><wp:posOffset>0'
        f"</wp:posOffset></wp:positionV><wp:extent {extent}/><wp:wrapNone/>"
        f'<wp:docPr id="{ident}" name="Oval {ident}"/><wp:cNvGraphicFramePr/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f'<wps:wsp><wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="ellipse"><a:avLst/></a:prstGeom><a:noFill/><a:ln w="12700"><a:solidFill>'
        '<a:srgbClr val="1F3864"/></a:solidFill></a:ln></wps:spPr><wps:bodyPr/></wps:wsp>'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )


PAGE_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


@dataclass(frozen=True)
class Document:
    """A document's body and the parts round it."""

    body: str
    font: str = "Times New Roman"
    size: int = 22
    landscape: bool = False
    header: str = ""
    footer: str = ""
    comments: tuple[str, ...] = field(default=())
    lists: bool = False
    margins: tuple[int, int] = (737, 1134)

    def section(self) -> str:
        """The section's properties: page, margins, header and footer."""
        wide, high = (16838, 11906) if self.landscape else (11906, 16838)
        turn = ' w:orient="landscape"' if self.landscape else ""
        right, left = self.margins
        refs = '<w:headerReference w:type="default" r:id="rIdH"/>' * bool(self.header)
        refs += '<w:footerReference w:type="default" r:id="rIdF"/>' * bool(self.footer)
        return (
            f'<w:sectPr>{refs}<w:type w:val="continuous"/><w:pgSz w:w="{wide}" w:h="{high}"{turn}/><w:pgMar w:top="850" '
            f'w:right="{right}" w:bottom="850" w:left="{left}" w:header="400" w:footer="400" '
            f'w:gutter="0"/></w:sectPr>'
        )

    def parts(self) -> dict[str, str]:
        """Every part of the package by its name."""
        body = f"<w:document {NAMESPACES}><w:body>{self.body}{self.section()}</w:body></w:document>"
        parts = {"word/document.xml": body, "word/styles.xml": self._styles()}
        if self.header:
            parts["word/header1.xml"] = f"<w:hdr {NAMESPACES}>{self.header}</w:hdr>"
        if self.footer:
            parts["word/footer1.xml"] = f"<w:ftr {NAMESPACES}>{self.footer}</w:ftr>"
        if self.comments:
            notes = "".join(
                f'<w:comment w:id="{n}" w:author="Діловод" w:date="2026-01-05T09:00:00Z">'
                f"{paragraph(run(text))}</w:comment>"
                for n, text in enumerate(self.comments)
            )
            parts["word/comments.xml"] = f"<w:comments {NAMESPACES}>{notes}</w:comments>"
        if self.lists:
            parts["word/numbering.xml"] = _NUMBERING
        return parts

    def _styles(self) -> str:
        fonts = " ".join(f'w:{kind}="{self.font}"' for kind in ("ascii", "hAnsi", "cs", "eastAsia"))
        return (
            f"<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {fonts}/>"
            f'<w:sz w:val="{self.size}"/><w:lang w:val="uk-UA"/></w:rPr></w:rPrDefault>'
            "</w:docDefaults></w:styles>"
        )

    def save(self) -> bytes:
        """The .docx, the same bytes for the same document."""
        parts = self.parts()
        names = [name.removeprefix("word/") for name in parts if name != "word/document.xml"]
        kinds = {
            "header1.xml": "header",
            "footer1.xml": "footer",
            "comments.xml": "comments",
            "styles.xml": "styles",
            "numbering.xml": "numbering",
        }
        ids = {
            "header1.xml": "rIdH",
            "footer1.xml": "rIdF",
            "comments.xml": "rIdC",
            "styles.xml": "rIdS",
            "numbering.xml": "rIdN",
        }
        links = "".join(
            f'<Relationship Id="{ids[n]}" Type="{_RELATIONS}/{kinds[n]}" Target="{n}"/>'
            for n in names
        )
        types = "".join(
            f'<Override PartName="/word/{n}" ContentType="{_OFFICE}.{kinds[n]}+xml"/>'
            for n in names
        )
        files = {
            "[Content_Types].xml": _TYPES.format(types),
            "_rels/.rels": _ROOT,
            "word/_rels/document.xml.rels": _LINKS.format(links),
        } | parts
        return pack({name: (_HEAD + xml).encode() for name, xml in files.items()})


_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
    'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    f'ContentType="{_OFFICE}.document.main+xml"/>{{}}</Types>'
)
_LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}'
    "</Relationships>"
)
_ROOT = _LINKS.format(
    f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/>'
)
_NUMBERING = (
    f'<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start '
    'w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/><w:pPr>'
    '<w:ind w:left="567" w:hanging="340"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId="1">'
    '<w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


def pack(files: dict[str, bytes]) -> bytes:
    """A zip whose bytes depend on its members only."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, _STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return buffer.getvalue()
