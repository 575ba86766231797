"""Reads the form's lower part: about whom, what happened, who says so, what was done."""

from __future__ import annotations

import re
from datetime import date

from parsers.dodatok1.chain import Window
from parsers.dodatok1.cut import (
    Span,
    behind,
    clean,
    joined,
    may_hold_another_field,
    on_line,
    without,
    without_next_number,
)
from parsers.dodatok1.field import Field, Fields
from parsers.dodatok1.found import Found, end_of_cell
from parsers.dodatok1.options import (
    RECEIVED_VIA,
    REPORTER_KINDS,
    Choice,
    Options,
    choose,
    find_options,
)
from parsers.dodatok1.reworded import REWORDED, Places
from parsers.dodatok1.strangers import judge
from parsers.dodatok1.stream import Stream
from parsers.dodatok1.wordings import (
    holds_hint,
    holds_label,
    holds_piece_of_hint,
    is_hint,
    is_label_wording,
    opens_as_label,
)
from rules.dates import detected_on, parse_date, parse_time
from rules.persons import Person, persons

_FREE = ("subject", "address", "content", "basis", "measures_taken", "enclosures", "accepted_by")
_ORDER = (
    "received_via",
    "subject",
    "address",
    "content",
    "reporter",
    "basis",
    "measures_taken",
    "enclosures",
    "accepted_by",
    "accepted_date",
    "accepted_time",
)
_READ_OUT_OF = {"subject": ("persons",), "content": ("detected_on",)}
_PLAIN = 0.9
"""A hint less like the printed one may have swallowed words of the value."""
_LEAST_CELLS = 4
_MOST_OF_OPTIONS = 4
_LETTERS = re.compile(r"[^\W\d_]+")
_COMMON = 11
"""Letters: a shorter label in words of its own is a common word too."""
_ENDS_A_VALUE = ("annex", "title", "outgoing", "registered", "heading")


def read_body(stream: Stream, window: Window, today: date) -> Fields:
    """The fields of the lower part of one form."""
    body = _Body(stream, window)
    fields: Fields = {"received_via": body.received_via()}
    fields |= body.reporter()
    for key in _FREE:
        fields[key] = body.text(key)
    fields |= _read_out_of_text(fields, today)
    fields["accepted_date"] = body.accepted_date(today)
    fields["accepted_time"] = body.accepted_time()
    _doubt_before_lost_labels(fields)
    return fields


def _doubt_before_lost_labels(fields: Fields) -> None:
    """The value of a field whose label was not found may stand in the field before it."""
    before: list[str] = []
    for key in _ORDER:
        if not fields[key].found:
            for other in before:
                fields[other].sure = False
        elif key != "received_via":
            before = [key, *_READ_OUT_OF.get(key, ())]


def _read_out_of_text(fields: Fields, today: date) -> Fields:
    """What the free text says besides: the persons and the date of detection."""
    subject, content = fields["subject"], fields["content"]
    people = persons(str(subject.value or ""), today=today)
    detected = detected_on(str(content.value or ""), today=today)
    when = detected.value.isoformat() if detected.value else None
    named = [_person(person) for person in people.people]
    return {
        "persons": Field(named, people.sure and subject.sure, subject.spans, subject.found),
        "detected_on": Field(when, detected.sure and content.sure, content.spans, content.found),
    }


class _Body:
    """The labels chosen for one form and what they leave between them."""

    def __init__(self, stream: Stream, window: Window) -> None:
        self._stream, self._window = stream, window
        self._labels = sorted([*window.head, *window.body], key=lambda f: f.start)
        self._places = Places(stream, window.body)
        self._celled = self._stands_in_cells()
        self._printed = [(f.start, f.end) for f in window.hints]

    def text(self, key: str) -> Field:
        """A field of free text."""
        label = self._window.label(key)
        if label is None:
            return self._above_hint(key)
        return self._doubted(label, self._written(key, label, self._spans(label)))

    def _doubted(self, label: Found, field: Field) -> Field:
        field.sure = field.sure and not self._is_doubtful(label)
        return field

    def _is_doubtful(self, label: Found) -> bool:
        """Whether a label is guessed, or one common word without a sign, in no cell, stands for it."""
        if label.likeness <= REWORDED:
            return True
        letters = "".join(filter(str.isalpha, self._stream.text[label.start : label.end]))
        common = len(letters) < _COMMON and letters.lower() not in label.label.phrases[:1]
        free = self._stream.cell(label.start) is None
        return common and free and self._stream.text[label.end - 1] != ":"

    def _above_hint(self, key: str) -> Field:
        """Without its label a field may still be told by its hint: the line above it."""
        hint = next((f for f in self._window.body if f.key == key), None)
        above = self._stream.segment_at(hint.start) - 1 if hint else -1
        if above < 0:
            return Field(None, found=False)
        segment = self._stream.segments[above]
        spans = without([(segment.start, segment.end)], [(f.start, f.end) for f in self._labels])
        return Field(clean(joined(self._stream, spans)), sure=False, spans=spans, found=False)

    def received_via(self) -> Field:
        """The way it came: one of three."""
        label = self._window.label("received_via")
        if label is None:
            choice = self._unlabelled(RECEIVED_VIA)
        else:
            choice = choose(self._stream, label.end, self._limit(label), RECEIVED_VIA)
        value = choice.keys[0] if len(choice.keys) == 1 else None
        sure = choice.sure and len(choice.keys) < 2
        return Field(value, sure, _span_of(choice), found=label is not None)

    def _unlabelled(self, options: Options) -> Choice:
        """What is chosen among options whose label was lost."""
        where = find_options(self._stream, self._window.start, self._window.end, options)
        return choose(self._stream, *where, options) if where else Choice((), sure=False)

    def reporter(self) -> Fields:
        """Who reports, and the boxes below."""
        label = self._window.label("reporter")
        if label is None:
            choice = self._unlabelled(REPORTER_KINDS)
            kinds = Field(list(choice.keys), choice.sure, _span_of(choice), found=False)
            return {"reporter": Field(None, found=False), "reporter_kinds": kinds}
        hint = next((f for f in self._window.body if f.label.rank == 7), None)
        options_from = hint.end if hint else label.end
        choice = choose(self._stream, options_from, self._limit(label), REPORTER_KINDS)
        spans = self._spans(label)
        if choice.start is not None and choice.end is not None:
            first = self._start_of_options(label, choice.start)
            spans = without(spans, [(first, self._limit(label))])
        return {
            "reporter": self._doubted(label, self._written("reporter", label, spans)),
            "reporter_kinds": Field(list(choice.keys), choice.sure, _span_of(choice)),
        }

    def _start_of_options(self, label: Found, first: int) -> int:
        """Where the words begin that stand before the options as their label: «Звернення»."""
        number = self._stream.segment_at(first)
        for at in (number, number - 1):
            start = self._stream.segments[max(at, 0)].start
            before = self._stream.text[start:first]
            words = _LETTERS.findall(before)
            if start < label.end or len(words) > _MOST_OF_OPTIONS:
                break
            if words and words[0][0].isupper() and is_label_wording(" ".join(words).lower()):
                return start
        return first

    def accepted_date(self, today: date) -> Field:
        """The day on which an oral message was taken."""
        label = self._window.label("accepted_date")
        if label is None:
            return Field(None, found=False)
        spans = on_line(self._stream, label, self._limit(label), self._labels)
        parsed = parse_date(clean(joined(self._stream, spans)) or "", today=today)
        value = parsed.value.isoformat() if parsed.value else None
        return Field(value, parsed.sure, spans)

    def accepted_time(self) -> Field:
        """The hour at which an oral message was taken."""
        label = self._window.label("accepted_time") or self._window.label("accepted_date")
        if label is None:
            return Field(None, found=False)
        alone = label.key == "accepted_date"  # «Дата і час: …»
        spans = on_line(self._stream, label, self._limit(label), self._labels)
        text = clean(joined(self._stream, spans)) or ""
        value = parse_time(text)
        plain = value is not None or not text
        return Field(value, plain, spans, found=value is not None or not alone)

    def _written(self, key: str, label: Found, spans: list[Span]) -> Field:
        """What was written behind a label, up to a field that the form does not have."""
        following = next((f for f in self._window.body if f.start >= label.end), None)
        verdict = judge(self._stream, label, following, spans, self._places)
        if verdict.end is not None:
            spans = without(spans, [(verdict.end, self._window.end)])
        field = self._free_text(key, spans)
        field.sure = field.sure and not verdict.doubtful
        return field

    def _stands_in_cells(self) -> bool:
        """Whether each field has a cell of its own over the whole width, label and value in it."""
        cells = [self._stream.cell(f.start) for f in self._window.body if not f.label.hint]
        own = {cell for cell in cells if cell and cell.last and not cell.column}
        return len(own) >= _LEAST_CELLS

    def _end_of_own_cell(self, label: Found) -> int:
        """Where the value ends that stands in the cell of its label."""
        end = end_of_cell(self._stream, label.end)
        cell = self._stream.cell(label.start)
        if not self._celled or cell is None or not cell.last or cell.column:
            return self._window.end
        if clean(joined(self._stream, without([(label.end, end)], self._printed))) is None:
            return self._window.end
        goes_on = self._stream.text[end : end + 2].strip().islower()
        return self._window.end if goes_on else end

    def _free_text(self, key: str, spans: list[Span]) -> Field:
        before = self._stream.text[: spans[0][0]] if spans else ""
        text = without_next_number(joined(self._stream, spans), before)
        value = clean(text)
        hints = {f.key for f in self._window.hints}
        if value is not None and is_hint(key, value):
            return Field(None, sure=False, spans=spans)
        torn = value is not None and (
            (key == "content" and opens_as_label(value))
            or holds_piece_of_hint(key, value)
            or (key not in hints and holds_hint(key, value))
        )
        near = [f.likeness for f in self._window.hints if f.key == key]
        plain = min(near, default=1.0) >= _PLAIN and not holds_label(self._stream, spans)
        return Field(value, plain and not torn and not may_hold_another_field(text), spans)

    def _spans(self, label: Found) -> list[Span]:
        limit = min(self._limit(label), self._end_of_own_cell(label))
        spans = behind(self._stream, label, limit, self._labels)
        return without(spans, self._printed)

    def _limit(self, label: Found) -> int:
        """Where the next label of the form, or another form, begins."""
        chosen = [f.start for f in self._window.body if not f.label.hint]
        ends = [f.start for f in self._window.head if f.label.key in _ENDS_A_VALUE]
        after = [at for at in (*chosen, *ends) if at >= label.end]
        return min(after, default=self._window.end)


def _span_of(choice: Choice) -> list[Span]:
    if choice.start is None or choice.end is None:
        return []
    return [(choice.start, choice.end)]


def _person(person: Person) -> dict[str, object]:
    entry: dict[str, object] = {
        "name": person.name,
        "birth_date": person.birth_date.isoformat() if person.birth_date else None,
        "age": person.age,
    }
    if person.birth_year is not None:
        entry["birth_year"] = person.birth_year
    return entry
