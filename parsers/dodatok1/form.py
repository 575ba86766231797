"""From a reading to filled forms: which of its parts are a form, what they say, how surely."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from parsers.dodatok1.body import read_body
from parsers.dodatok1.chain import Window, windows
from parsers.dodatok1.field import Field, Fields
from parsers.dodatok1.head import read_head
from parsers.dodatok1.layout import arrange
from parsers.dodatok1.reworded import PLACED
from parsers.dodatok1.search import find_labels
from parsers.dodatok1.stream import Stream
from parsers.dodatok1.sureness import LONG, legibility, sureness
from parsers.dodatok1.wordings import is_wording
from parsers.reading import Reading
from rules.form_keys import FORM_KEYS

REVIEW_BELOW = 0.75
"""A field less sure than this is shown to a clerk before anything relies on it."""
_SURE, _UNSURE, _LABEL_LOST = 0.98, 0.5, 0.6
_LEAST_LABELS = 5
_GUESSED = PLACED
"""A label no likelier than this was told by its place and by single words."""
_LEAST_KNOWN, _LEAST_OF_ALL, _LEAST_OF_HEAD = 2, 7, 2
"""Labels that are enough where there are fewer of the form's own."""
_TELLING = frozenset(("content", "subject"))
"""No form is without one of them."""
_OF_HEAD = frozenset(("outgoing", "incoming", "sender", "recipient", "title", "registered"))
_MATTER = (
    "subject",
    "address",
    "content",
    "reporter",
    "basis",
    "measures_taken",
    "enclosures",
    "accepted_by",
)


@dataclass(frozen=True, slots=True)
class Extraction:
    """The filled forms of a document; ``reason`` says why there is none."""

    forms: tuple[dict[str, object], ...]
    reason: str | None


def extract(reading: Reading, today: date) -> Extraction:
    """The filled forms of a reading, each with the keys of the parse contract.

    Args:
        reading: what a reader saw.
        today: a date after it is doubtful.
    """
    unread = bool(reading.unread_pages)
    stream = Stream(arrange([line for line in reading.lines if not line.is_unread_page]))
    forms, seen_empty = [], False
    for window in windows(stream, find_labels(stream)):
        if not _is_form(window):
            continue
        fields = read_head(stream, window, today) | read_body(stream, window, today)
        if any(_says(fields[key]) for key in _MATTER):
            if unread:
                _doubt_what_may_go_on(fields)
            forms.append(_as_contract(stream, fields))
        else:
            seen_empty = True
    if forms:
        return Extraction(tuple(forms), None)
    return Extraction((), "empty form" if seen_empty else "not a form")


def _is_form(window: Window) -> bool:
    """Whether enough of the form's labels stand where labels stand, in its order.

    Labels in words of somebody's own count where some are the form's, and its head is there too.
    """
    labels = [f for f in window.body if not f.label.hint and f.leads]
    every = {f.key for f in labels}
    known = {f.key for f in labels if f.likeness > _GUESSED}
    head = {f.key for f in window.head} & _OF_HEAD
    if len(known) >= _LEAST_LABELS:
        return bool(_TELLING & (every if head else known))
    least = len(known) >= _LEAST_KNOWN and len(every) >= _LEAST_OF_ALL
    return least and len(head) >= _LEAST_OF_HEAD and bool(_TELLING & every)


def _says(field: Field) -> bool:
    """Whether somebody wrote a value: words of which labels are made are a label's remains."""
    return bool(field.value) and not is_wording(str(field.value))


def _doubt_what_may_go_on(fields: Fields) -> None:
    """On a page that nobody has read an empty field may be filled and a long one may go on."""
    for key, field in fields.items():
        if key in LONG or field.value in (None, []):
            field.sure = False


def _as_contract(stream: Stream, fields: Fields) -> dict[str, object]:
    legible = legibility(stream.words(0, len(stream.text)))
    confidence = {key: _confidence(stream, key, fields[key], legible) for key in FORM_KEYS}
    return {
        "form": "dodatok-1",
        **{key: fields[key].value for key in FORM_KEYS},
        "confidence": confidence,
        "review": [key for key in FORM_KEYS if confidence[key] < REVIEW_BELOW],
        "places": {
            key: stream.place(fields[key].spans[0][0], fields[key].spans[-1][1])
            for key in FORM_KEYS
            if fields[key].spans
            and (fields[key].value not in (None, []) or confidence[key] < REVIEW_BELOW)
        },
    }


def _confidence(stream: Stream, key: str, field: Field, legible: float) -> float:
    """How sure a field is: as its words were recognised, less where the document is not plain."""
    seen = 1.0 if legible >= 1 else _seen(stream, key, field, legible)
    said = _SURE if field.sure else _UNSURE
    return round(seen * (said if field.found else min(said, _LABEL_LOST)), 2)


def _seen(stream: Stream, key: str, field: Field, legible: float) -> float:
    """How surely the words of a field were recognised; 1 where the file holds the text itself."""
    words = [w for start, end in field.spans for w in stream.words(start, end)]
    typed = all(word.confidence >= 1 for word in words) and bool(words)
    return 1.0 if typed else sureness(key, field.value, words, legible)
