"""A phrase found in a stream: where it stands, and whether it stands there as a label does."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from parsers.dodatok1.labels import ANNEX, DAY_MONTH_YEAR, Label
from parsers.dodatok1.stream import NUMBER_SIGN, Stream
from parsers.dodatok1.wordings import is_wording

_LONG = 11
"""A phrase of so many letters may stand in the middle of a line, if a colon follows it."""
_DIGIT = re.compile(r"\d")
_LEAD = re.compile(r"(?:[^\w☐☒✓]|[\d_])*\Z")
_OWN_NUMBER = re.compile(r"\W*(?:\d{1,2}(?:\.\d{1,2})?)?\W*")
_AFTER = re.compile(r"(?:[ \n]*[)\]»])?(?:\s*\([^()]{2,80}\)(?=\s*:))?(?: *[.:])?")
_INSTRUCTION = re.compile(
    r"\s*\((?=[^()]*[^\W\d_]{6})(?:(?:потрібн|необхідн|зазначит|зазначте|вказат|вкажіть|позначит|позначте|позначк|відміт|підкреслит"
    r"|підкресліть|обрат|оберіть|вибрат|виберіть|поставт|поставит|закреслит|знак|галочк|одне|один|із|з|та"
    r"|або|чи|варіант|відповідн|[✓✔☑☒xхv+])\w*[\s,«»\"]*)+\)[.:]*",
    re.IGNORECASE,
)
"""What a person is told to do at a label, in brackets: «(потрібне підкреслити)»."""
_NUMBER_OF_ANNEX = re.compile(r"(?: *№? *\d{1,2}\b)?")
_REST_OF_LABEL = re.compile(
    r"((?:[^:\n\d_–—]|\n(?=[^\S\n]*[a-zа-яіїєґ])){1,100}?)(?::|\s(?P<dash>[–—-])(?=\s|\Z))"
)
_DASH = re.compile(r"\s?[–—-]\s")
_CAME_ON = re.compile(r"[^\W\d_]\Z|\w[-–/]\Z")
_GOES_ON = re.compile(r"[^\W\d_]|[-–/]\w")
_MAY_BREAK = re.compile("[-–—_.…]")
_BROKEN = re.compile(r"_{2}|\s[–—-]\s|[.…]{3}|…")
_NEW_SENTENCE = re.compile(r"\n[^\S\n]*[А-ЯІЇЄҐ][а-яіїєґ]")
_IN_NUMBER = re.compile(r"\.?\d|[-–]\s?\d")
_TITLE = re.compile(r"\W*ПОВІДОМЛЕННЯ\W*|\W*Повідомлення\W*")
_TITLE_END = "інформація"
_SIGN = re.compile(
    rf"\s*(?:[.:…_]|{NUMBER_SIGN}|[–—-](?:[^\S\n]*\n|\s(?!\s*[а-яіїєґ])|\Z)|об?\s+\d|\n|\Z|☐|☒|\W*\d)"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase in a stream: the offsets of its text, its signs included, and its likeness, 0..1."""

    label: Label
    start: int
    end: int
    likeness: float
    leads: bool
    """It opens a line or a cell."""

    @property
    def key(self) -> str:
        """The field that it opens or explains."""
        return self.label.key


def has_sign(stream: Stream, found: Found) -> bool:
    """Whether a colon, a blank, a number or the end of its line follows a phrase.

    A dash before a small letter is one only behind a phrase that nobody writes by chance.
    """
    if stream.text[found.end - 1] in ".:–—" or _SIGN.match(stream.text, found.end):
        return True
    long = found.end - found.start >= _LONG and stream.text[found.start].isupper()
    return found.leads and long and _DASH.match(stream.text, found.end) is not None


def place(stream: Stream, label: Label, first: int, last: int, likeness: float) -> Found | None:
    """Where a hit stands, or None where it is a part of another word or of a sentence.

    Args:
        stream: the text.
        label: whose phrase it is.
        first: number of its first letter.
        last: number of the letter behind it.
        likeness: 1 where it reads as printed.
    """
    start, end = stream.offset(first), stream.end_of(last)
    text = stream.text
    if label.short and not text[start].isupper() and text[end : end + 1] not in (":", "_"):
        return None
    segment = stream.segments[stream.segment_at(start)]
    lead = text[segment.start : start]
    leads = not lead or _LEAD.fullmatch(lead) is not None
    bracket = lead.rstrip().endswith("(")
    long = last - first >= _LONG and (label.hint or text[end : end + 1] == ":")
    if not (leads or bracket or label.anywhere or long):
        return None
    if not (leads or label.hint) and "\n" in text[start:end]:
        return None
    if _is_part(stream, label, first, last) or (
        likeness < 1 and _NEW_SENTENCE.search(text, start, end)
    ):
        return None
    after = (_NUMBER_OF_ANNEX if label is ANNEX else _AFTER).match(text, end)
    end = after.end() if after else end
    told = _INSTRUCTION.match(text, end) if label.rank and leads else None
    end = told.end() if told else end
    if label.rank and not label.hint and leads:
        sure = last - first >= _LONG and text[start].isupper()
        end = _with_rest(stream, label, end, dash=sure)
    if bracket:
        start = text.rindex("(", 0, start)
    elif leads:
        start = _without_number(stream, segment.start, start)
    return Found(label, start, end, likeness, leads)


def end_of_cell(stream: Stream, at: int) -> int:
    """Where the cell ends that an offset stands in; a label never goes on in the next one."""
    number = stream.segment_at(max(at - 1, 0))
    cell = stream.segments[number].line.cell
    while number + 1 < len(stream.segments) and stream.segments[number + 1].line.cell == cell:
        number += 1
        if cell is None:
            return len(stream.text)
    return stream.segments[number].end


def _with_rest(stream: Stream, label: Label, end: int, *, dash: bool) -> int:
    """Where a label ends that goes on in words of its own up to a colon, or up to a dash."""
    text = stream.text
    if text[end - 1] == ":":
        return end
    rest = _REST_OF_LABEL.match(text, end, end_of_cell(stream, end))
    if rest is None or (rest["dash"] and not dash) or not is_wording(rest[1]):
        return end
    if label.key == "subject" and "\n" in rest[1] and len(rest[1].split()) == 1:
        return end  # «… сім’ю» ends its line; «діти:» below it opens the value
    return rest.end()


def _is_part(stream: Stream, label: Label, first: int, last: int) -> bool:
    """Whether what reads like a phrase is a part of a word, of a number or of the title."""
    start, end = stream.offset(first), stream.end_of(last)
    text = stream.text
    if _CAME_ON.search(text, max(start - 2, 0), start) or _GOES_ON.match(text, end):
        return True
    short = last - first < _LONG and label is not DAY_MONTH_YEAR
    broken = _MAY_BREAK.search(text, start, end) and _BROKEN.search(text, start, end)
    if broken or (short and "\n" in text[start:end]):
        return True
    if label.key in ("outgoing", "incoming") and _is_prefix(stream, first, end):
        return True
    numbered = label is not ANNEX and _DIGIT.search(text, start, end) is not None
    return numbered or (label.key == "subject" and _is_title(stream, first))


def _is_prefix(stream: Stream, first: int, end: int) -> bool:
    """Whether «Вх.» is a part of the number that it opens: «№ Вх.421/19»."""
    signed = stream.letters[first] == "№" or "№" in stream.letters[max(first - 6, 0) : first]
    return signed and _IN_NUMBER.match(stream.text, end, end + 3) is not None


def _is_title(stream: Stream, first: int) -> bool:
    """Whether the words «про дитину …» continue the form's title."""
    before = stream.letters[max(first - len(_TITLE_END), 0) : first]
    number = stream.segment_at(stream.offset(first))
    if number and _TITLE.fullmatch(
        stream.text, stream.segments[number - 1].start, stream.segments[number - 1].end
    ):
        return True
    return Levenshtein.normalized_similarity(_TITLE_END, before) >= 0.8


def _without_number(stream: Stream, line_start: int, start: int) -> int:
    """A label's own number («4. Від:») belongs to the label, a value before it does not."""
    return line_start if _OWN_NUMBER.fullmatch(stream.text, line_start, start) else start
