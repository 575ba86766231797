"""PDFs written by hand, one page each; the reader mends the missing table of offsets."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.pdf import read_pdf


def pdf(
    content: str,
    *,
    annotations: str = "",
    catalogue: str = "",
    trailer: str = "",
    page: str = "/MediaBox[0 0 300 300]",
    resources: str = "",
    objects: Sequence[str] = (),
) -> bytes:
    """A page with this content; ``objects`` are numbered from 6."""
    more = "".join(
        f"{number} 0 obj {body} endobj\n" for number, body in enumerate(objects, start=6)
    )
    return (
        "%PDF-1.7\n"
        f"1 0 obj <</Type/Catalog/Pages 2 0 R {catalogue}>> endobj\n"
        "2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n"
        f"3 0 obj <</Type/Page/Parent 2 0 R{page}/Contents 4 0 R"
        f"/Annots[{annotations}]/Resources<</Font<</F 5 0 R>>{resources}>>>> endobj\n"
        f"4 0 obj {stream(content)} endobj\n"
        "5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj\n"
        f"{more}trailer <</Root 1 0 R {trailer}>>\n%%EOF\n"
    ).encode("latin-1")


def stream(content: str, entries: str = "") -> str:
    """The body of a stream object."""
    return f"<<{entries}/Length {len(content)}>> stream\n{content}\nendstream"


def shown(text: str, x: float, y: float, size: float = 10) -> str:
    """The operators that show a text at a place."""
    return f"BT /F {size} Tf {x} {y} Td ({text}) Tj ET "


def words(data: bytes) -> list[str]:
    """All words of a PDF in reading order."""
    return [word.text for line in read_pdf(data).lines for word in line.words]
