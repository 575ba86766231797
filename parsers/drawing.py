"""Draws the fields of a form on its pages, so that a clerk sees where each was read.

A PDF, a scan and a photo know where each field stands. Plain text is typed on a page and a Word
file is printed first: what is read there again says where each field stands, and a value that was
read otherwise is searched for among the words of the print.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from rapidfuzz import fuzz

from parsers.drawing_pages import Marks, draw_pdf, draw_pictures, draw_typed, typed
from parsers.drawing_paint import Mark
from parsers.reading import Box, Reading, Word

Form = Mapping[str, Any]
Drawn = dict[int, bytes]
"""The PNG of each page that holds fields, by the page's number from 1."""
_Place = tuple[int, Box]

LABELS = {
    "outgoing_date": "дата вихідна",
    "outgoing_number": "№ вихідний",
    "incoming_date": "дата вхідна",
    "incoming_number": "№ вхідний",
    "sender": "хто направляє",
    "sender_email": "e-mail відправника",
    "sender_phone": "телефон відправника",
    "recipient": "хто отримав",
    "registered_number": "№ у журналі",
    "registered_date": "дата реєстрації",
    "received_via": "надійшло",
    "subject": "про кого",
    "persons": "особи",
    "address": "місце проживання",
    "content": "зміст",
    "detected_on": "дата виявлення",
    "reporter": "від кого",
    "reporter_kinds": "хто повідомляє",
    "basis": "за результатами",
    "measures_taken": "вжиті заходи",
    "enclosures": "додано документи",
    "accepted_by": "хто прийняв",
    "accepted_date": "дата прийняття",
    "accepted_time": "час прийняття",
}
"""What a clerk calls each key of the parse contract."""
_LIKE = 85
"""How alike, of 100, a value and a stretch of the print must be."""
_SHORTEST = 4
"""A shorter value stands in too many places of a page to be searched for."""


def draw_forms(
    data: bytes, forms: Sequence[Form], today: date, printed: bytes | None
) -> list[Drawn]:
    """The pages of each form with its fields drawn on them.

    Args:
        data: the file that the forms were read from.
        forms: as :func:`parsers.file.read_file` gives them.
        today: dates after it are doubtful.
        printed: the file as a PDF, if it is of a kind that knows no pages and is no plain text.

    Raises:
        FileError: the pages cannot be drawn.
    """
    if printed is not None:
        from parsers.pdf import read_pdf

        found = _places_in(read_pdf(printed), forms, today)
        return [draw_pdf(printed, _marks(f, p)) for f, p in zip(forms, found, strict=True)]
    if any("box" in place for form in forms for place in form["places"].values()):
        draw = draw_pdf if b"%PDF-" in data[:1024] else draw_pictures
        return [draw(data, _marks(form, _own_places(form))) for form in forms]
    reading = typed(data)
    found = _places_in(reading, forms, today)
    return [draw_typed(reading, _marks(f, p)) for f, p in zip(forms, found, strict=True)]


def _own_places(form: Form) -> dict[str, _Place]:
    return {
        key: (place["page"], Box(*place["box"]))
        for key, place in form["places"].items()
        if "box" in place
    }


def _marks(form: Form, places: Mapping[str, _Place]) -> Marks:
    """The marks of each page; what has no place, but must be looked at, is named on the first."""
    pages: Marks = {}
    first = min((page for page, _ in places.values()), default=1)
    for key in LABELS:
        if key in places or key in form["places"] or key in form["review"]:
            page, box = places.get(key, (first, None))
            pages.setdefault(page, []).append(_mark(form, key, box))
    return pages


def _mark(form: Form, key: str, box: Box | None) -> Mark:
    value = form[key]
    return Mark(
        label=f"{LABELS[key]} ({key})",
        confidence=form["confidence"][key],
        review=key in form["review"],
        box=box,
        text=value if isinstance(value, str) else "",
        note="" if box else " – порожньо" if value in (None, []) else " – місця не знайдено",
    )


# --- places on a print ---------------------------------------------------------------------------


def _places_in(print_: Reading, forms: Sequence[Form], today: date) -> list[dict[str, _Place]]:
    """Where the fields of each form stand on the pages of a print."""
    from parsers.dodatok1.form import extract

    twins = extract(print_, today).forms
    words = _Words(print_)
    if len(twins) != len(forms):
        return [words.places(form, {}) for form in forms]
    return [words.places(form, twin) for form, twin in zip(forms, twins, strict=True)]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Where a word's letters start in the text of a print, and where the word stands."""

    start: int
    word: Word
    page: int


class _Words:
    """The words of a print in reading order, to be searched."""

    def __init__(self, print_: Reading) -> None:
        self._stretches: list[_Stretch] = []
        parts: list[str] = []
        length = 0
        for line in print_.lines:
            for word in line.words:
                self._stretches.append(_Stretch(length, word, line.page or 1))
                parts.append(word.text)
                length += len(word.text) + 1
        self._text = " ".join(parts)

    def places(self, form: Form, twin: Form) -> dict[str, _Place]:
        """Where a form's fields stand: where the print says the same, else where it is alike."""
        places: dict[str, _Place] = {}
        told = _own_places(twin) if twin else {}
        after = 0
        for key in sorted(form["places"], key=lambda key: _order(form["places"][key])):
            if key in told and twin[key] == form[key]:
                places[key] = told[key]
                continue
            found = self._find(form[key], after)
            if found:
                after = found[1]
                places[key] = self._frame(*found)
            elif key in told:
                places[key] = told[key]
        return places

    def _find(self, value: object, after: int) -> tuple[int, int] | None:
        """The likest stretch of the print, behind the last one if it stands there too."""
        if not isinstance(value, str) or len(value) < _SHORTEST:
            return None
        for start in dict.fromkeys((after, 0)):
            near = fuzz.partial_ratio_alignment(value, self._text[start:], score_cutoff=_LIKE)
            if near and near.dest_end > near.dest_start:
                return start + near.dest_start, start + near.dest_end
        return None

    def _frame(self, start: int, end: int) -> _Place:
        """The page of a stretch's first word and the box of all its words there."""
        ends = [*(later.start for _, later in pairwise(self._stretches)), len(self._text) + 1]
        inside = [
            one
            for one, its_end in zip(self._stretches, ends, strict=True)
            if one.start < end and its_end - 1 > start and one.word.box
        ]
        page = inside[0].page
        boxes = [one.word.box for one in inside if one.page == page and one.word.box]
        frame = boxes[0]
        for box in boxes:
            frame = frame.around(box)
        return page, frame


def _order(place: Mapping[str, Any]) -> tuple[int, list[int]]:
    return place.get("paragraph") or 0, place.get("cell") or []
