"""A fillable PDF that somebody filled in: text fields and check boxes over a printed blank.

The fields are appended to LibreOffice's PDF as Acrobat saves them: an incremental update, the
values in UTF-16, the boxes with their own little appearances. The page's text stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

Rect = tuple[float, float, float, float]
MULTILINE = 4096
TALL = 16.0  # points: a higher field takes several lines
_OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\s(.*?)\sendobj", re.DOTALL)


@dataclass(frozen=True)
class TextField:
    """A text field; ``rect`` in points from the page's lower left: left, bottom, right, top."""

    name: str
    page: int
    rect: Rect
    value: str


@dataclass(frozen=True)
class TickField:
    """A check box, ticked or not."""

    name: str
    page: int
    rect: Rect
    on: bool


def _hex(text: str) -> bytes:
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode() + b">"


def _rect(rect: Rect) -> bytes:
    return " ".join(f"{value:.2f}" for value in rect).encode()


class _Update:
    """An incremental update: new and changed objects behind the old file."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.objects = {int(number): body for number, body in _OBJECT.findall(data)}
        found = re.findall(rb"trailer\s*<</Size (\d+)/Root (\d+) 0 R", data)
        if not found:
            raise ValueError("no classical trailer")
        self.size, self.root = (int(value) for value in found[-1])
        self.changed: dict[int, bytes] = {}

    def add(self, body: bytes) -> int:
        """A new object; returns its number."""
        number, self.size = self.size, self.size + 1
        self.changed[number] = body
        return number

    def extend(self, number: int, entry: bytes) -> None:
        """Puts an entry into an existing dictionary."""
        body = self.objects[number].rstrip()
        if not body.endswith(b">>"):
            raise ValueError("no dictionary")
        self.changed[number] = body[:-2] + entry + b">>"

    def pages(self) -> list[int]:
        """The numbers of the pages' objects, in the order of the page tree."""
        trees = [body for body in self.objects.values() if b"/Type/Pages" in body]
        kids = [re.search(rb"/Kids\s*\[([^\]]*)\]", body) for body in trees]
        return [int(n) for kid in kids if kid for n in re.findall(rb"(\d+) 0 R", kid[1])]

    def save(self) -> bytes:
        """The old bytes and the update."""
        out, offsets = bytearray(self.data.rstrip() + b"\n"), {}
        for number, body in sorted(self.changed.items()):
            offsets[number] = len(out)
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        start = len(out)
        out += b"xref\n"
        for number, offset in offsets.items():
            out += b"%d 1\n%010d 00000 n \n" % (number, offset)
        previous = int(re.findall(rb"startxref\s+(\d+)", self.data)[-1])
        out += b"trailer\n<</Size %d/Root %d 0 R/Prev %d>>\n" % (self.size, self.root, previous)
        return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def _appearance(update: _Update, rect: Rect, lines: bytes) -> int:
    width, height = rect[2] - rect[0], rect[3] - rect[1]
    box = b"/BBox [0 0 %.2f %.2f]" % (width, height)
    head = b"<</Type/XObject/Subtype/Form%s/Length %d>>" % (box, len(lines))
    return update.add(head + b"\nstream\n" + lines + b"\nendstream")


def _tick(update: _Update, field: TickField, page: int) -> int:
    width, height = field.rect[2] - field.rect[0], field.rect[3] - field.rect[1]
    cross = b"1.2 w 1 1 m %.2f %.2f l S 1 %.2f m %.2f 1 l S" % (
        width - 1,
        height - 1,
        height - 1,
        width - 1,
    )
    yes, off = _appearance(update, field.rect, cross), _appearance(update, field.rect, b"")
    state = b"/Yes" if field.on else b"/Off"
    return update.add(
        b"<</Type/Annot/Subtype/Widget/FT/Btn/F 4/DA (/ZaDb 0 Tf 0 g)/T %s/P %d 0 R/Rect [%s]/V %s/AS %s"
        b"/AP <</N <</Yes %d 0 R/Off %d 0 R>>>>>>"
        % (_hex(field.name), page, _rect(field.rect), state, state, yes, off)
    )


def _text(update: _Update, field: TextField, page: int) -> int:
    tall = field.rect[3] - field.rect[1] > TALL
    lines = MULTILINE if tall else 0
    return update.add(
        b"<</Type/Annot/Subtype/Widget/FT/Tx/F 4/Ff %d/T %s/P %d 0 R/Rect [%s]/V %s"
        b"/DA (/Helv 9 Tf 0 g)>>"
        % (lines, _hex(field.name), page, _rect(field.rect), _hex(field.value))
    )


def filled(data: bytes, fields: Sequence[TextField | TickField]) -> bytes:
    """The PDF with these fields, filled in.

    Raises:
        ValueError: the PDF is not built as LibreOffice builds it.
    """
    update = _Update(data)
    pages = update.pages()
    numbers: dict[int, list[int]] = {}
    for field in fields:
        page = pages[field.page]
        if isinstance(field, TickField):
            number = _tick(update, field, page)
        else:
            number = _text(update, field, page)
        numbers.setdefault(field.page, []).append(number)
    for page, many in numbers.items():
        refs = b" ".join(b"%d 0 R" % number for number in many)
        update.extend(pages[page], b"/Annots [" + refs + b"]")
    every = b" ".join(b"%d 0 R" % number for many in numbers.values() for number in many)
    font = update.add(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    form = b"/AcroForm <</Fields [%s]/DR <</Font <</Helv %d 0 R>>>>>>"
    update.extend(update.root, form % (every, font))
    return update.save()
