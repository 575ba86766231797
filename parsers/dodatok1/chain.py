"""Which of the phrases found are the labels of a form: the best row of them in the form's order."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from operator import itemgetter

from parsers.dodatok1.found import Found, has_sign
from parsers.dodatok1.labels import ANNEX
from parsers.dodatok1.stream import Stream

_TOP = ("annex", "outgoing", "incoming", "sender", "title", "registered", "received_via")
_NEAR = 250
"""Characters within which the hint and the boxes of a label follow it."""
_TAIL = ("measures_taken", "enclosures", "accepted_by", "accepted_date", "accepted_time")


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch of a stream that holds one form, and the phrases in it.

    Attributes:
        start: offset of its first character.
        end: offset behind its last character.
        head: the phrases of the form's head, in order.
        hints: the printed explanations, chosen or not: no part of any value.
        body: the labels and hints of the lower part that were chosen, in order.
    """

    start: int
    end: int
    head: list[Found]
    body: list[Found]
    hints: list[Found]

    def label(self, key: str) -> Found | None:
        """The chosen label of a field of the lower part."""
        return next((f for f in self.body if f.label.key == key and not f.label.hint), None)


def windows(stream: Stream, found: list[Found]) -> list[Window]:
    """One window for each form of the document; one for the whole where there is no form."""
    cuts = [0, *_cuts(found), len(stream.text)]
    result = []
    for start, end in itertools.pairwise(cuts):
        inside = [f for f in found if start <= f.start < end]
        body = _best_row([f for f in inside if f.label.rank and not _is_weak(stream, f, inside)])
        first = body[0].start if body else end
        inside = [f for f in inside if f.start < first or not _is_stray(stream, f)]
        head = _of_the_form([f for f in inside if not f.label.rank])
        hints = [f for f in inside if f.label.hint or _is_repeated(stream, f, body)]
        # The title repeats the words of a label: unchosen, it still ends what stands before it.
        head += [f for f in inside if f.label.rank == 2 and f not in body and f.start < first]
        result.append(Window(start, end, sorted(head, key=lambda f: f.start), body, hints))
    return result


def _of_the_form(head: list[Found]) -> list[Found]:
    """The head's phrases, without those of a letter or a mail that stand before the form's mark.

    A phrase before «Додаток 1» is the form's own where none of its field stands behind it.
    """
    mark = next((f.start for f in head if f.label is ANNEX and f.leads), 0)
    behind = {f.key for f in head if f.start > mark}
    return [f for f in head if f.start >= mark or f.key not in behind]


def _is_repeated(stream: Stream, found: Found, body: list[Found]) -> bool:
    """Whether a label stands, with a blank behind it, right before the same label once more."""
    again = next((f for f in body if f.label is found.label and f.start >= found.end), None)
    return again is not None and not re.search(
        r"\w", stream.text[found.end : again.start].replace("_", " ")
    )


def _is_stray(stream: Stream, found: Found) -> bool:
    """Whether a word of the head, in the lower part, is only a word of what was written there."""
    if found.key in ("sender", "recipient"):
        return stream.text[found.start] != "("
    if found.key in ("outgoing", "incoming"):
        return found.likeness < 1 and not found.leads
    said = stream.letters[stream.letter(found.start) : stream.letter(found.end)]
    return found.key == "registered" and not found.label.hint and "журнал" not in said


def _is_weak(stream: Stream, found: Found, inside: list[Found]) -> bool:
    """Whether a common word only looks like a label: neither a sign nor what belongs to it follows."""
    if not found.label.short or has_sign(stream, found):
        return False
    near = stream.letters[stream.letter(found.end) : stream.letter(found.end + _NEAR)]
    return found.key != "reporter" or not (
        any(f.label.rank == 7 and found.end <= f.start < found.end + _NEAR for f in inside)
        or "самозверн" in near
    )


def _cuts(found: list[Found]) -> list[int]:
    """Where a further form begins: at its first label behind the last label of the form before."""
    marks = [f for f in found if f.label.key == "content" and f.leads]
    cuts = []
    for one, other in itertools.pairwise(marks):
        between = [f for f in found if one.end <= f.start < other.start]
        if not any(f.label.rank and f.key != "content" for f in between):
            continue  # a label in pieces, or said twice: no form has only this one
        tail = max((f.start for f in between if f.label.key in _TAIL), default=one.end)
        strong = max((f.start for f in between if f.label.key in _TAIL[:3]), default=one.end)
        tops = [f.start for f in between if f.label.key in _TOP and not f.label.hint]
        after = [at for at in tops if at > tail] or [at for at in tops if at > strong]
        cuts.append(min(after, default=other.start))
    return cuts


def _weight(found: Found) -> float:
    length = min(found.end - found.start, 30)
    weight = found.likeness * (1 + length / 15) + (0.5 if found.leads else 0.0)
    return weight * (0.5 if found.label.hint else 1.0)


def _best_row(candidates: list[Found]) -> list[Found]:
    """The heaviest row of phrases whose ranks rise and whose texts do not overlap."""
    best: list[tuple[float, list[Found]]] = []
    for found in candidates:
        rank, start = found.label.rank, found.start
        before = [r for r in best if r[1][-1].end <= start and r[1][-1].label.rank < rank]
        weight, row = max(before, key=itemgetter(0), default=(0.0, []))
        # Of two equal rows the later one: the title stands above the label of the same words.
        best.append((weight + _weight(found) + found.start * 1e-9, [*row, found]))
    return max(best, key=itemgetter(0), default=(0.0, []))[1]
