"""Headings that divide the form into parts of somebody's own making: «ІІІ. ЗАЯВНИК»."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.dodatok1.found import Found
from parsers.dodatok1.labels import HEADING
from parsers.dodatok1.stream import Segment, Stream
from parsers.dodatok1.wordings import is_wording
from parsers.reading import Emphasis

PART_NUMBER = r"(?:(?:розділ|частина|блок)\W+[IVXІХ\d]{1,4}\W+|[IVXІХ]{1,4}[.)]\s*)"
"""How a part of a form is numbered; «1.» numbers the fields."""
_PART = re.compile(
    rf"[^\S\n]*(?P<number>{PART_NUMBER})?(?P<words>[^\W\d_][^:\n\d_]{{2,70}})", re.IGNORECASE
)
_MOST_WORDS = 9


def find_headings(stream: Stream, found: Sequence[Found]) -> list[Found]:
    """Lines right before a label that are made of the words of labels and look like headings."""
    taken = {stream.segment_at(f.start) for f in found}
    labels = {stream.segment_at(f.start) for f in found if f.leads and not f.label.hint}
    headings = []
    for number, segment in enumerate(stream.segments):
        if number not in taken and number + 1 in labels and _is_heading(stream, segment):
            headings.append(Found(HEADING, segment.start, segment.end, 1.0, leads=True))
    return headings


def _is_heading(stream: Stream, segment: Segment) -> bool:
    """Whether a line is numbered as a part is, or stands out in capitals; a value may be in one."""
    part = _PART.fullmatch(stream.text, segment.start, segment.end)
    if part is None or len(part["words"].split()) > _MOST_WORDS:
        return False
    loud = part["words"].isupper() and all(Emphasis.BOLD in w.emphasis for w in segment.words)
    return (part["number"] is not None or loud) and is_wording(part["words"].lower())
