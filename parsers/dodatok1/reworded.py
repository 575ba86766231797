"""Labels in words that nobody foresaw: told by their words and by standing where labels stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import takewhile
from typing import NamedTuple

from parsers.dodatok1.found import Found
from parsers.dodatok1.labels import BODY, HEAD, HEADING, RECIPIENT, SENDER, Label
from parsers.dodatok1.options import RECEIVED_VIA, REPORTER_KINDS, opens_options
from parsers.dodatok1.stream import Segment, Stream
from parsers.dodatok1.wordings import (
    BRACKETS,
    HINT_OF,
    OPENING,
    TOLD_BY,
    is_label_wording,
    tells_of,
)
from parsers.reading import EMPTY_BOX, TICK, TICKED_BOX, Emphasis

REWORDED = 0.65
"""The likeness of a label in words that nobody foresaw: less than that of a misspelt one."""
_PARTY = 0.95
"""The words that tell an organisation's label are in no other one."""
PLACED = 0.7
"""The likeness of such a label where its place tells that it is one."""
_LABELS = {
    label.key: label
    for label in reversed((*HEAD, *BODY))
    if (label.key in TOLD_BY or label.key == "received_via") and not label.hint and not label.short
}
_KINDS = next(label for label in BODY if label.rank == 7 and len(label.phrases) > 1)
_OPTIONS = (("received_via", RECEIVED_VIA, 2), ("kinds", REPORTER_KINDS, 3))
"""Fields told by the options behind their label, and how many of them tell it."""
_MOST_LETTERS, _MOST_WORDS = 110, 12
"""What is longer is no label without a colon."""
_LEAST_WORDS = 4
"""Words of labels that nobody writes a whole line of by chance."""
_LEAST_OF_PARTY, _LEAST_RUN = 3, 5
"""Words of labels in a row that nobody begins a sentence with by chance; fewer in the head."""
_LEAST_KNOWN = 2
"""Known labels in a column of a table, from which on the column is one of labels."""
_LEAST_BOLD = 3
_BEHIND = 160
"""Characters behind a label within which its options stand."""
_WORDS = re.compile(r"[\W\d_]*(?P<words>[^\W\d_][^:\n\d_]{2,109}?)[\s.:]*")
_BEFORE_DASH = re.compile(r"[\W\d_]*(?P<words>[^\W\d_][^:\n\d_–—]{2,80}?)\s+[–—-](?=\s|\Z)")
_OWN_NUMBER = re.compile(r"\A\W*\d{1,2}(?:\.\d{1,2})?[.)]?\s*")
_WHITE = re.compile(r"\s*")
_LETTER = re.compile(r"[^\W\d_]")
_MARKS = frozenset((EMPTY_BOX, TICKED_BOX, TICK))
_BRACKET = re.compile(r"[^\S\n]*\([^()\n]{2,80}\)[^\S\n]*:?")


class _Opening(NamedTuple):
    """What may be a label.

    Attributes:
        words: its words.
        end: where it ends.
        placed: its place alone tells it.
        in_row: nothing but the words themselves parts it from its value.
    """

    words: str
    end: int
    placed: bool
    in_row: bool = False


class Places:
    """Where the labels of a document stand: its columns of labels, and whether they are bold."""

    def __init__(self, stream: Stream, found: Sequence[Found]) -> None:
        """Learns it, when it is asked, from the labels that are known."""
        self._stream = stream
        self._known = [f for f in found if f.leads and f.label.rank and not f.label.hint]

    @cached_property
    def _columns(self) -> set[tuple[int, int]]:
        cells = {self._stream.cell(f.start) for f in self._known}
        counts = Counter((cell.table, cell.column) for cell in cells if cell and not cell.last)
        return {column for column, count in counts.items() if count >= _LEAST_KNOWN}

    @cached_property
    def bold(self) -> bool:
        """Whether most of the known labels are bold."""
        bold = [f for f in self._known if _all_bold(self._stream, f.start, f.end)]
        return len(bold) >= _LEAST_BOLD and 4 * len(bold) >= 3 * len(self._known)

    def in_column(self, segment: Segment) -> bool:
        """Whether a stretch stands in a column of labels."""
        cell = segment.line.cell
        return cell is not None and (cell.table, cell.column) in self._columns

    def is_apart(self, number: int) -> bool:
        """Whether nothing of a value can stand in a stretch that holds a label."""
        return _is_beside_value(self._stream, number) or self.stands_out(number)

    def stands_out(self, number: int) -> bool:
        """Whether a whole line is bold and the one below it is not, or all labels are so."""
        segments = self._stream.segments
        if not is_bold(segments[number]):
            return False
        after = segments[number + 1] if number + 1 < len(segments) else None
        if after is not None and after.row == segments[number].row:
            return False
        return self.bold or (after is not None and not is_bold(after))

    def end_of_cell(self, number: int) -> int:
        """Where the cell ends that a label stands in alone, if it is short."""
        first = self._stream.segments[number]
        end = first.end
        for segment in self._stream.segments[number + 1 :]:
            if segment.line.cell != first.line.cell or segment.end - first.start > _MOST_LETTERS:
                break
            end = segment.end
        return end


def reworded(stream: Stream, found: Sequence[Found]) -> list[Found]:
    """Labels of fields that no known label was found for."""
    known = [f for f in found if f.leads]
    present = {"kinds" if f.label.rank == 7 else f.key for f in known if _opens(f)}
    missing = {key: label for key, label in _LABELS.items() if key not in present}
    if "kinds" not in present:
        missing["kinds"] = _KINDS
    parties = {label.key: label for label in (SENDER, RECIPIENT) if label.key not in present}
    if not (missing or parties):
        return []
    places = Places(stream, found)
    taken = [(f.start, f.end) for f in known if stream.text[f.start] != "("]
    body = min((f.start for f in known if f.label.rank), default=0)
    top = max((f.end for f in known if not f.label.rank and f.end <= body), default=0)
    hits: list[Found] = []
    for number, segment in enumerate(stream.segments):
        for opening in _openings(stream, number, places):
            if any(start < opening.end and segment.start < end for start, end in taken):
                continue
            party = _told_party(opening, parties) if segment.start < body else None
            short = opening.in_row and len(opening.words.split()) < _LEAST_RUN
            own = segment.start >= top and not short
            label = party or (_told(stream, opening, missing) if own else None)
            if label:
                sure = opening.placed or label is _KINDS or stream.text[opening.end - 1] in ":–—-"
                likeness = _PARTY if party else PLACED if sure else REWORDED
                hits.append(Found(label, segment.start, opening.end, likeness, leads=True))
                break
    return _first_of_each(_without_headings(stream, hits, [*found, *hits]))


def _first_of_each(hits: list[Found]) -> list[Found]:
    """The hits, of those of one field the first in a label's place, else the first."""
    result: list[Found] = []
    for hit in sorted(hits, key=lambda f: (-f.likeness, f.start)):
        twice = hit.label is not HEADING and any(hit.label is f.label for f in result)
        result += [] if twice else [hit]
    return result


def _opens(found: Found) -> bool:
    return not found.label.hint or found.key in ("sender", "recipient") or found.label.rank == 7


def _openings(stream: Stream, number: int, places: Places) -> Iterator[_Opening]:
    segment = stream.segments[number]
    if stream.text.startswith("(", segment.start):
        return  # an explanation
    placed = places.in_column(segment)
    colon = OPENING.match(stream.text, segment.start)
    if colon:
        yield _Opening(colon[1], colon.end(), placed)
        return
    if placed or places.is_apart(number):
        end = places.end_of_cell(number) if placed else segment.end
        words = _WORDS.fullmatch(BRACKETS.sub(" ", stream.text[segment.start : end]))
        if words and len(words["words"].split()) <= _MOST_WORDS:
            yield _Opening(words["words"].replace("\n", " "), end, placed)
    dash = _BEFORE_DASH.match(stream.text, segment.start, segment.end)
    if dash:
        yield _Opening(dash["words"], dash.end(), placed=False)
    look = _end_of_look(stream, segment, segment.start)
    words = _WORDS.fullmatch(stream.text, segment.start, look or segment.end)
    if words and (look or len(words["words"].split()) >= _LEAST_WORDS):
        yield _Opening(words["words"], look or segment.end, placed=False)
    run = _end_of_run(stream, segment)
    words = _WORDS.fullmatch(stream.text, segment.start, run) if run else None
    if words and run:
        yield _Opening(words["words"], run, placed=False, in_row=True)


def _told(stream: Stream, opening: _Opening, missing: dict[str, Label]) -> Label | None:
    """The missing label that an opening is, by its words; in a label's place one of them is enough."""
    words = _wording(opening)
    if words is None:
        return None
    for key, options, least in _OPTIONS:
        behind = opening.end, min(opening.end + _BEHIND, len(stream.text))
        if key in missing and opens_options(stream, *behind, options) >= least:
            return missing[key]
    key_told = tells_of(words)
    return missing.get(key_told) if key_told else None


def _told_party(opening: _Opening, missing: dict[str, Label]) -> Label | None:
    """The organisation whose label an opening is."""
    words = _wording(opening)
    label = next((lab for word, lab in HINT_OF if word.search(words)), None) if words else None
    return label if label and label.key in missing else None


def _wording(opening: _Opening) -> str | None:
    """The words of an opening in small letters, if a label may be made of them."""
    if not (opening.words[0].isupper() or opening.placed):
        return None
    words = opening.words[:1].lower() + opening.words[1:]
    words = words.lower() if words[1:].isupper() else words
    return words if opening.placed or is_label_wording(words) else None


def _is_beside_value(stream: Stream, number: int) -> bool:
    """Whether a wide gap or the edge of a cell parts a stretch from more in its row."""
    segment = stream.segments[number]
    after = stream.segments[number + 1] if number + 1 < len(stream.segments) else None
    if after is None or segment.right:
        return False
    if after.row == segment.row:
        return True
    cell, other = segment.line.cell, after.line.cell
    in_row = cell is not None and other is not None and cell[:2] == other[:2]
    return in_row and cell is not None and other is not None and cell.column == 0 < other.column


def is_bold(segment: Segment) -> bool:
    """Whether all words of a stretch are bold."""
    words = [word for word in segment.words if word.text.strip("_")]
    return bool(words) and all(Emphasis.BOLD in word.emphasis for word in words)


def _all_bold(stream: Stream, start: int, end: int) -> bool:
    words = stream.words(start, end)
    return bool(words) and all(Emphasis.BOLD in word.emphasis for word in words)


def _without_headings(stream: Stream, hits: list[Found], labels: Sequence[Found]) -> list[Found]:
    """The hits; one that another label stands right below, without a colon, heads a part."""
    starts = {stream.segment_at(f.start) for f in labels if f.leads and not f.label.hint}
    result = []
    for hit in hits:
        number = stream.segment_at(hit.end - 1)
        whole = hit.end == stream.segments[number].end and stream.text[hit.end - 1] != ":"
        cell = stream.cell(hit.start)
        beside = cell is not None and not cell.last
        heads = whole and not beside and not hit.label.hint and number + 1 in starts
        result.append(replace(hit, label=HEADING, likeness=1.0) if heads else hit)
    return result


def widened(stream: Stream, found: Sequence[Found]) -> list[Found]:
    """The phrases found, each label with the words of its own that stand round it."""
    places = Places(stream, found)
    edges = sorted((f.start, f.end) for f in found)
    return [_widened(stream, f, edges, places) if _may_widen(stream, f) else f for f in found]


def _may_widen(stream: Stream, found: Found) -> bool:
    bracket = stream.text[found.start] == "("
    party = found.key in ("sender", "recipient") and not bracket
    return party or bool(found.label.rank and not found.label.hint)


def _widened(
    stream: Stream, found: Found, edges: Sequence[tuple[int, int]], places: Places
) -> Found:
    start, end = found.start, found.end
    segment = stream.segments[stream.segment_at(start)]
    if start == segment.start and stream.text[end - 1] == ":":
        return found
    free = [edge for edge in edges if edge != (start, end)]
    if stream.text[end - 1] != ":":
        for stop in _ends(stream, stream.segment_at(end - 1), end, places):
            rest = stream.text[end:stop]
            if rest.strip() and not _touches(free, end, stop) and _is_rest(rest):
                end = stop
                break
    lead = stream.text[segment.start : start]
    closed = stream.text[end - 1] == ":" or end == segment.end
    if closed and not found.label.short and not _touches(free, segment.start, start):
        start = segment.start if _is_lead(lead) else start
    if (start, end) == (found.start, found.end):
        return found
    return replace(found, start=start, end=end, leads=found.leads or start < found.start)


def _is_lead(lead: str) -> bool:
    """Whether a line opens with words of a label."""
    lead = _OWN_NUMBER.sub("", lead)
    first = _LETTER.search(lead)
    return first is not None and first[0].isupper() and is_label_wording(lead.lower())


def _is_rest(rest: str) -> bool:
    return not _MARKS.intersection(rest) and is_label_wording(rest.replace(":", " ").lower())


def _touches(edges: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(left < end and start < right for left, right in edges)


def _ends(stream: Stream, number: int, end: int, places: Places) -> Iterator[int]:
    """Where a label may end that goes on behind its known words."""
    segment = stream.segments[number]
    if places.in_column(segment):
        yield places.end_of_cell(number)
    if places.is_apart(number):
        yield segment.end
    look = _end_of_look(stream, segment, end)
    if look:
        yield look
    bracket = _BRACKET.match(stream.text, end)
    if bracket:
        yield bracket.end()


def _end_of_run(stream: Stream, segment: Segment) -> int | None:
    """Where a line's words of labels end, if they are many and a name or a sentence follows."""
    at, count = segment.start, 0
    for number, word in enumerate(segment.words):
        bare = word.text.strip("(),.:;/–—-")
        name = number > 1 and len(bare) > 1 and bare.istitle()
        if name or not (is_label_wording(bare.lower()) or (not number and bare[:1].isdigit())):
            break
        white = _WHITE.match(stream.text, at)
        at = stream.end_of_word(white.end() if white else at)
        count += 1
    rest = segment.words[count:]
    return at if count >= _LEAST_OF_PARTY and rest and rest[0].text[:1].isupper() else None


def _end_of_look(stream: Stream, segment: Segment, end: int) -> int | None:
    """Where the words end that look alike and hold a label, if the line goes on in another look."""
    words = segment.words
    look = words[0].emphasis
    alike = sum(1 for _ in takewhile(lambda word: word.emphasis == look, words))
    if alike == len(words) or words[alike].text.strip("_") == "":
        return None
    at = segment.start
    for _ in range(alike):
        white = _WHITE.match(stream.text, at)
        at = stream.end_of_word(white.end() if white else at)
    return at if at > end else None
