"""The fillable blank: a printed table whose cells are a PDF's fields, filled in on the screen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pypdfium2  # type: ignore[import-untyped]

from .acroform import Rect, TextField, TickField, filled
from .documents import Made, write_docx
from .facts import BLANK, Facts, invent
from .habits import Habits
from .labels import KINDS, OFFICIAL, VIA
from .marks import Marking
from .scanning import chosen_spots, printed_boxes
from .tabular import LABEL, VALUE

# The page's left margin and the value column, in points.
_LEFT = 1134 / 20 + LABEL / 20
_RIGHT = 1134 / 20 + (LABEL + VALUE) / 20
_LINE = 13.0


def make_fillable(rng: Random, part: str) -> Made:
    """The blank as DOCX, with the facts that will be typed into its fields."""
    boxes = Marking("glyph", "□", "□")
    habits = Habits(part, "fillable", fill="bare", layout="table", labels=OFFICIAL, marking=boxes)
    habits = replace(habits, empty="none", size=20)
    return Made(write_docx(rng, habits, (BLANK,)), (invent(rng, part),), habits)


def _values(facts: Facts) -> list[tuple[str, str | None]]:
    """How each row's label begins, in the form's order, and what is typed beside it."""
    number, date = facts.registered_number, facts.registered.written
    mark = " ".join(filter(None, (number and f"№ {number}", date and f"від {date}")))
    time = facts.accepted_time.written if facts.accepted_time else None
    return [
        ("Дата вих.", facts.outgoing.written),
        ("№ вих.", facts.outgoing_number),
        ("Дата вхід.", facts.incoming.written),
        ("№ вхід.", facts.incoming_number),
        ("Найменування", "\r".join(facts.sender_lines)),
        ("Найменування", facts.recipient),
        ("Зареєстровано", mark),
        ("Надійшло:", None),
        ("Про дитину", facts.subject.text),
        ("місце проживання", facts.address),
        ("Зміст", facts.content),
        ("Від:", facts.reporter),
        ("За результатами", facts.basis),
        ("Вжиті", facts.measures_taken),
        ("До повідомлення", facts.enclosures),
        ("Усне або", facts.accepted_by),
        ("Дата", facts.accepted.written),
        ("Час", time),
    ]


def _tops(document: pypdfium2.PdfDocument, labels: list[str]) -> list[tuple[int, float]]:
    """The page and the upper edge of each row, by its label's place."""
    found, page, index = [], 0, 0
    for label in labels:
        text_page = document[page].get_textpage()
        hit = text_page.search(label, index=index, match_case=True).get_next()
        while hit is None and page + 1 < len(document):
            page, index = page + 1, 0
            text_page = document[page].get_textpage()
            hit = text_page.search(label, index=index, match_case=True).get_next()
        if hit is None:
            raise ValueError("a label of the blank was not printed")
        index = hit[0] + hit[1]
        found.append((page, text_page.get_charbox(hit[0], loose=True)[3]))
    return found


def _text_fields(document: pypdfium2.PdfDocument, facts: Facts) -> list[TextField]:
    values = _values(facts)
    tops = _tops(document, [label for label, _ in values])
    ends = [*tops[1:], (-1, 0.0)]
    fields = []
    for n, ((label, value), (page, top), (next_page, end)) in enumerate(
        zip(values, tops, ends, strict=True)
    ):
        one_line = label == "Від:" or next_page != page
        bottom = top - _LINE if one_line else end + 1
        if label != "Надійшло:":
            rect: Rect = (_LEFT + 3, bottom, _RIGHT - 3, top)
            fields.append(TextField(f"Text{n}", page, rect, value or ""))
    return fields


def _tick_fields(path: Path, document: pypdfium2.PdfDocument, facts: Facts) -> list[TickField]:
    spots = printed_boxes(path)
    chosen = chosen_spots(spots, facts)
    fields = []
    for spot, key in zip(spots, (*VIA, *KINDS), strict=True):
        height = document[spot.page].get_height()
        left, top, right, bottom = spot.box
        rect = (left, height - bottom, right, height - top)
        fields.append(TickField(f"Check_{key}", spot.page, rect, spot in chosen))
    return fields


def fill_in(path: Path, facts: Facts) -> None:
    """Types the facts into the printed blank's fields."""
    document = pypdfium2.PdfDocument(path)
    fields: list[TextField | TickField] = list(_text_fields(document, facts))
    fields += _tick_fields(path, document, facts)
    document.close()
    path.write_bytes(filled(path.read_bytes(), fields))
