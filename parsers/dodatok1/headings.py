"""Headings that divide the form into parts of somebody's own making: «ІІІ. ЗАЯВНИК»."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from parsers.dodatok1.found import Found
from parsers.dodatok1.labels import HEADING, TITLE
from parsers.dodatok1.stream import Segment, Stream
from parsers.dodatok1.wordings import is_label_wording
from parsers.reading import Emphasis

PART_NUMBER = r"(?:(?:розділ|частина|блок)\W+[IVXІХ\d]{1,4}\W+|[IVXІХ]{1,4}[.)]\s*)"
"""How a part of a form is numbered; «1.» numbers the fields."""
PART = re.compile(rf"[^\S\n]*{PART_NUMBER}", re.IGNORECASE)
_PART = re.compile(
    rf"[^\S\n]*(?P<number>{PART_NUMBER})?(?P<words>[^\W\d_][^:\n\d_]{{2,70}})", re.IGNORECASE
)
_SECTION = re.compile(r"[^\S\n]*(?P<number>\d{1,2})[.)]?\s+(?P<words>[^\W\d_][^:\n\d_]{2,70}):?")
_TITLE = re.compile(r"\W*ПОВІДОМЛЕННЯ\W*")
"""The form's title cut short; in small letters it is any word."""
_MOST_WORDS = 9


def find_headings(stream: Stream, found: Sequence[Found]) -> list[Found]:
    """Lines right before a label that are made of the words of labels and look like headings."""
    taken = {stream.segment_at(f.start) for f in found if f.leads and not f.label.hint}
    headings = []
    titled = any(f.label is TITLE for f in found)
    for number, segment in enumerate(stream.segments):
        if not titled and _TITLE.fullmatch(stream.text, segment.start, segment.end):
            headings.append(Found(TITLE, segment.start, segment.end, 1.0, leads=True))
            titled = True
        if number in taken or not _is_heading(stream, segment):
            continue
        numbered = PART.match(stream.text, segment.start) is not None and _is_bold(segment)
        if number + 1 in taken or numbered:
            headings.append(Found(HEADING, segment.start, segment.end, 1.0, leads=True))
    return headings + _of_sections(stream, taken)


def _of_sections(stream: Stream, taken: Collection[int]) -> list[Found]:
    """Lines numbered «3.» above a label numbered «3.1»."""
    headings = []
    for number, segment in enumerate(stream.segments[:-1]):
        own = _SECTION.fullmatch(stream.text, segment.start, segment.end)
        after = stream.segments[number + 1]
        if not own or number + 1 not in taken or not is_label_wording(own["words"].lower()):
            continue
        if re.compile(rf"\s*{own['number']}\.1\b").match(stream.text, after.start):
            headings.append(Found(HEADING, segment.start, segment.end, 1.0, leads=True))
    return headings


def without_parts(found: Sequence[Found], headings: Sequence[Found]) -> list[Found]:
    """The phrases found, less those that are words of a heading."""
    return [f for f in found if not any(h.start <= f.start < h.end for h in headings)]


def _is_heading(stream: Stream, segment: Segment) -> bool:
    """Whether a line is numbered as a part is, or stands out; a value may be in capitals."""
    part = _PART.fullmatch(stream.text, segment.start, segment.end)
    if part is None or len(part["words"].split()) > _MOST_WORDS:
        return False
    told = part["number"] is not None or (_is_bold(segment) and part["words"][0].isupper())
    return told and is_label_wording(part["words"].lower())


def _is_bold(segment: Segment) -> bool:
    return all(Emphasis.BOLD in word.emphasis for word in segment.words)
