"""Draws every kind of document, filled in for an invented child, into docs/pictures.

Run: ``python -m tests.generators.make_pictures [KIND …]``, or ``script/pictures``. Look at what it drew.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image

from generators.docx import render
from generators.kind import Body, Directory
from generators.kinds import KINDS
from generators.letterhead import Addressee
from generators.pdf import Converter
from tests.generators.sample_cards import CENTRE, card, requisites
from tests.generators.test_kinds import TEMPLATES, told

PICTURES = TEMPLATES.parent / "docs" / "pictures"
SCALE = 64 / 72
"""Pixels for each point: 64 to an inch can be read, and stays small."""
COLOURS = 32

_BODIES = (
    Body("css", "css", CENTRE),
    Body("vpd", "police", Addressee(("Вигаданському відділу поліції",), "вул. Вигадана, 5")),
    Body("cpmsd", "cpmsd", Addressee(("КНП «Вигаданський ЦПМСД»",), "вул. Вигадана, 7")),
    Body("mayor", "mayor", Addressee(("Вигаданському міському голові",), "вул. Вигадана, 1")),
    Body("shelter", "shelter", Addressee(("Вигаданському притулку",), "вул. Вигадана, 9")),
    Body("services", "services", CENTRE),
)
_TAKEN = "рішення виконавчого комітету Вигаданської міської ради від 03.03.2026 № 41"
_SAID: Mapping[str, Mapping[str, str]] = {
    "enrolment_order": {"підстава": "висновок оцінки потреб від 03.03.2026 № 14"},
    "placement_order": {
        "до_кого": "Озерчук Ганна Петрівна",
        "ким_доводиться": "бабуся",
        "адреса": "м. Вигадане, вул. Садова, 8",
        "підстава": _TAKEN,
    },
    "removal_petition": {
        "обставини": "дитину залишено без нагляду дорослих на три доби",
        "батьки": "Озерчук Марія Іванівна",
    },
    "shelter_referral": {
        "підстава": _TAKEN,
        "супроводжує": "головний спеціаліст Марія Прикладенко",
        "здоров_я": "алергія на горіхи; ліків не приймає",
    },
}
"""What no example of a detail tells."""

_UPON_PRINTS = frozenset({"registration_mark"})
"""Laid upon another paper: a page of its own shows nothing."""


def document(kind: str) -> bytes:
    """The DOCX of a kind for the invented child, to the first whom it goes to."""
    said, entry = {**told(kind), **_SAID.get(kind, {})}, card(True)
    first = KINDS[kind].addressees(entry, Directory(_BODIES, said))[0]
    values = KINDS[kind].context(entry, requisites(addressee=first.addressee), said)
    return render(TEMPLATES / f"{kind}.docx", values)


def picture(pdf: bytes) -> Image.Image:
    """All pages of a PDF, side by side."""
    with pypdfium2.PdfDocument(pdf) as opened:
        pages = [page.render(scale=SCALE).to_pil().convert("L") for page in opened]
    width, height = sum(page.width for page in pages), max(page.height for page in pages)
    whole, left = Image.new("L", (width + 6 * (len(pages) - 1), height), 128), 0
    for page in pages:
        whole.paste(page, (left, 0))
        left += page.width + 6
    return whole.quantize(COLOURS)


def main(kinds: list[str], folder: Path = PICTURES) -> None:
    """Draw these kinds, or all that are pages of their own.

    Args:
        kinds: their names.
        folder: takes the pictures.
    """
    unknown = sorted(set(kinds) - set(KINDS))
    if unknown:
        sys.exit(f"No such kind: {', '.join(unknown)}. Kinds: {', '.join(KINDS)}")
    chosen = kinds or [kind for kind in KINDS if kind not in _UPON_PRINTS]
    with tempfile.TemporaryDirectory() as work:
        pdfs = Converter(Path(work)).convert([document(kind) for kind in chosen])
    for kind, pdf in zip(chosen, pdfs, strict=True):
        path = folder / f"{kind}.png"
        picture(pdf).save(path, optimize=True)
        sys.stdout.write(f"{path}  {path.stat().st_size // 1024} kB\n")


if __name__ == "__main__":
    main(sys.argv[1:])
