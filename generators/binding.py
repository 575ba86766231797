"""Papers bound into one PDF: continuous page numbers, a line above each page, an outline.

What came from others is laid on sheets of A4 first, a little smaller, so that our line covers nothing.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

import pikepdf

from generators.book_docx import plain_docx

_POINTS_OF_A_MM = 72 / 25.4
_A4 = (210 * _POINTS_OF_A_MM, 297 * _POINTS_OF_A_MM)
_EDGE = 12 * _POINTS_OF_A_MM
"""What stays free above and below what came from others."""
_WHOLE = pikepdf.Rectangle(0, 0, *_A4)
_TWIPS_OF_A_MM = 1440 / 25.4


@dataclass(frozen=True, slots=True)
class Section:
    """A paper of the bound PDF.

    Attributes:
        title: in the outline and the contents.
        pdf: the paper.
        group: title of the case that it belongs to; "": of none.
    """

    title: str
    pdf: bytes
    group: str = ""


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def on_sheets(pdf: bytes) -> bytes:
    """The pages of a PDF, each on a sheet of A4 with free edges, turned as a reader sees them."""
    with pikepdf.open(io.BytesIO(pdf)) as source, pikepdf.new() as made:
        frame = pikepdf.Rectangle(_EDGE, _EDGE, _A4[0] - _EDGE, _A4[1] - _EDGE)
        for page in source.pages:
            sheet = made.add_blank_page(page_size=_A4)
            _lay(sheet, made.copy_foreign(page.as_form_xobject()), frame, "Sheet")
        return _saved(made)


def running_heads(lines: Sequence[str], marks: Sequence[str]) -> bytes:
    """A DOCX with one page for each line above a page of the packet, and one for each copy's mark.

    Args:
        lines: whose case a page belongs to; "" for none. The page's number stands at the right.
        marks: what stands in the middle of every page of a copy.
    """
    total = len(lines)
    texts = [f"{line}\t\tПакет, с. {n} із {total}" for n, line in enumerate(lines, start=1)]
    texts += [f"\t{mark}" for mark in marks]
    return plain_docx("".join(map(_head, texts)) + _SHEET)


def bound(sections: Sequence[Section], heads: bytes, mark: int | None = None) -> bytes:
    """The sections as one PDF, with its outline; the same sections give the same bytes.

    Args:
        sections: in their order; those of one group stand together.
        heads: the PDF of :func:`running_heads`.
        mark: which copy it is, from 0; None: none of the numbered ones.
    """
    with pikepdf.new() as made, pikepdf.open(io.BytesIO(heads)) as lines:
        starts = []
        for section in sections:
            starts.append(len(made.pages))
            with pikepdf.open(io.BytesIO(section.pdf)) as source:
                made.pages.extend(source.pages)
        total = len(made.pages)
        forms = [made.copy_foreign(line.as_form_xobject()) for line in lines.pages]
        for number, page in enumerate(made.pages):
            _lay(page, forms[number], _WHOLE, "PacketHead")
            if mark is not None:
                _lay(page, forms[total + mark], _WHOLE, "PacketCopy")
        _outline(made, sections, starts)
        return _saved(made)


def _lay(page: pikepdf.Page, form: pikepdf.Object, place: pikepdf.Rectangle, name: str) -> None:
    """Draw a form on a page; pikepdf's own way gives it a name by chance, and other bytes each time."""
    used = page.add_resource(form, pikepdf.Name.XObject, pikepdf.Name(f"/Opika{name}"))
    # What the page does to its own coordinates must not reach what is laid on it.
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(b"Q\n")
    drawn = page.calc_form_xobject_placement(
        form, used, place, invert_transformations=True, allow_shrink=True, allow_expand=True
    )
    page.contents_add(drawn)
    page.contents_coalesce()


def _outline(made: pikepdf.Pdf, sections: Sequence[Section], starts: Sequence[int]) -> None:
    with made.open_outline() as outline:
        case: pikepdf.OutlineItem | None = None
        for section, start in zip(sections, starts, strict=True):
            item = pikepdf.OutlineItem(section.title, start)
            if not section.group:
                outline.root.append(item)
                continue
            if case is None or case.title != section.group:
                case = pikepdf.OutlineItem(section.group, start)
                outline.root.append(case)
            case.children.append(item)


def _saved(made: pikepdf.Pdf) -> bytes:
    made.remove_unreferenced_resources()
    target = io.BytesIO()
    made.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()


def _head(text: str) -> str:
    runs = "<w:tab/>".join(
        f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.split("\t")
    )
    stops = "".join(f'<w:tab w:val="{kind}" w:pos="{_twips(at)}"/>' for kind, at in _STOPS)
    return (
        f"<w:p><w:pPr><w:pageBreakBefore/><w:tabs>{stops}</w:tabs></w:pPr>"
        f'<w:r><w:rPr><w:sz w:val="16"/></w:rPr>{runs}</w:r></w:p>'
    )


def _twips(millimetres: float) -> int:
    return round(millimetres * _TWIPS_OF_A_MM)


_STOPS = (("center", 95.0), ("right", 180.0))
_SIDES = {"top": 4, "right": 10, "bottom": 4, "left": 20, "header": 0, "footer": 0, "gutter": 0}


def _sheet() -> Iterator[str]:
    yield f'<w:sectPr><w:pgSz w:w="{_twips(210)}" w:h="{_twips(297)}"/><w:pgMar'
    yield from (f' w:{side}="{_twips(size)}"' for side, size in _SIDES.items())
    yield "/></w:sectPr>"


_SHEET = "".join(_sheet())
