"""Cuts the value that belongs to a label: what stands behind it, right of it, or below it."""

from __future__ import annotations

import re
from itertools import accumulate

from parsers.dodatok1.found import Found
from parsers.dodatok1.stream import NUMBER_SIGN, Segment, Stream
from parsers.reading import Cell
from rules.wording import MONTHS

Span = tuple[int, int]
_FILLER = re.compile(r"_{2,}|[.…]{4,}|…{2,}|(?<![^\W_])_|_(?![^\W_])")
_PICTURE = re.compile("[\ue000-\uf8ff]")
"""A picture of an unknown font; a box without its options is no word of anybody's."""
_DOTS = ".…"
_DOTS_AT_LINE_START = re.compile(r"^[^\S\n]*(?:[.…]+[^\S\n]*)(?=\S)", re.MULTILINE)
_DOTS_AT_LINE_END = re.compile(r"(?:\.{4,}|\.{3}(?=\n)|…+(?=\n))[^\S\n]*$", re.MULTILINE)
_HYPHEN_AT_LINE_END = re.compile(r"\n(?<=[^\W\d_]-\n)(?=[^\W\d_])|\n(?<=\d[-./]\n)(?=\d)")
_MAIL_AT_LINE_END = re.compile(
    r"(?<=@)([\w.-]*)\n(?=[a-z][a-z\d.-]*(?:[\s,;_]|\Z))|(?<=[\w][-._])\n(?=[\w.-]+@)", re.ASCII
)
_INNER_BLANK = re.compile(r"[^\W_][^\S\n]*_{3,}[^\S\n]*[^\W_]")
_INNER_LABEL = re.compile(r"\n\W*[А-ЯІЇЄҐ][^\n:;.]{2,60}:\s*(?:\n|\Z|_)")
_INNER_HEADING = re.compile(
    r"[^\S\n]*(?:(?:[Рр]озділ|РОЗДІЛ|[Чч]астина|ЧАСТИНА)\W+[IVXІХ\d]|[IVXІХ]{1,4}[.)])\s*"
    r"[А-ЯІЇЄҐ][^\n:]{3,60}(?=\n|\Z)"
)
_NUMBER_AT_END = re.compile(r"\n[^\S\n]*(\d{1,2})[.)]\s*\Z")
_NUMBER_OF_LINE = re.compile(r"(?:\A|\n)[^\S\n]*(\d{1,2})[.)]\s[^\n]*\Z")
_OWN_NUMBER_WITHIN = 160
"""Characters of a label and its number at the most."""
_DASHES = "–—-"
_DASH_AROUND = re.compile(f"^[{_DASHES}] | [{_DASHES}]$")
_BLANK = re.compile(r"_+")
_NOTHING = re.compile(r"[\W_]*")
_NUMBER_SIGN = re.compile(NUMBER_SIGN)
_NUMBER_ALONE = re.compile(r"[_\s]*(?=\S*\d)[\w/.–-]{1,20}[_\s]*")
_END_OF_NUMBER = re.compile(r"[\w/.–-]{1,12}[_\s]*")
_REST_OF_NUMBER = re.compile(r"\s*[-–/]\s?\d[\w/-]{0,12}[_\s]*")
_DATE_TO_COME = re.compile(r"\bвід\W*\Z", re.IGNORECASE)
_MONTH_TO_COME = re.compile(r"(?:\bвід\b|\A)[^\w№]*[«\"„“]?[\s_]*\d{1,2}[\s_]*[»\"“”]?[\s_]*\Z")
_MONTH = re.compile(rf"\s*(?:{'|'.join(MONTHS)})\s+\d{{4}}", re.IGNORECASE)
_DATE_OR_NUMBER = re.compile(rf"[\W_]*(?:р\.|року?\b|об?\b)?[\W_]*(?:{NUMBER_SIGN}|\d)")


def clean(text: str) -> str | None:
    """A value as a person would copy it: without blanks to write on, on one line."""
    if "\n" in text:
        text = _HYPHEN_AT_LINE_END.sub("", text)
        text = _MAIL_AT_LINE_END.sub(r"\1", text) if "@" in text else text
    if "\n" in text or text.lstrip()[:1] in _DOTS:
        text = _DOTS_AT_LINE_START.sub("", text)
    if "..." in text or "…" in text:
        text = _DOTS_AT_LINE_END.sub(_last_dot, text)
    if "_" in text or ".." in text or "…" in text:
        text = _FILLER.sub(" ", text)
    text = " ".join(text.split())
    if not text.isprintable():
        text = " ".join(_PICTURE.sub(" ", text).split())
    text = text.lstrip(" :;,.").rstrip(" :;,(")
    if text[:1] in _DASHES or text[-1:] in _DASHES:
        text = _DASH_AROUND.sub("", text)
    text = text.replace("« ", "«").replace(" »", "»")
    return None if _NOTHING.fullmatch(text) else text


def _last_dot(leader: re.Match[str]) -> str:
    """What a dotted leader at a line's end leaves: the full stop that it runs on from, if any."""
    initial = re.search(r"\b[А-ЯІЇЄҐ]\Z", leader.string[: leader.start()])
    sentence = re.match(r"\n\W*[А-ЯІЇЄҐ]", leader.string[leader.end() :])
    return "." if len(leader[0]) > 3 and (initial or sentence) else ""


def without_next_number(text: str, before: str) -> str:
    """A value without the number of the label below it, which stands on a line of its own.

    Args:
        text: the value as it was cut.
        before: what stands before it; it ends in its label, or in the number of its label.
    """
    last = _NUMBER_AT_END.search(text)
    own = _NUMBER_OF_LINE.search(before[-_OWN_NUMBER_WITHIN:]) if last else None
    if last and own and int(last[1]) == int(own[1]) + 1:
        return text[: last.start()] + "\n"
    return text


def may_hold_another_field(text: str) -> bool:
    """Whether a value looks as if the label of a further field, unknown to us, stood in it."""
    if "___" in text and _INNER_BLANK.search(text.strip(" _\n")):
        return True
    if "\n" in text and _INNER_LABEL.search(text.strip()):
        return True
    starts = accumulate((len(line) + 1 for line in text.split("\n")), initial=0)
    return any(_INNER_HEADING.match(text, start) for start in starts)


def joined(stream: Stream, spans: list[Span]) -> str:
    """The text of some stretches, one below the other."""
    return "\n".join(stream.text[start:end] for start, end in spans)


def without(spans: list[Span], holes: list[Span]) -> list[Span]:
    """Stretches less what other stretches cover."""
    for hole_start, hole_end in holes:
        rest: list[Span] = []
        for start, end in spans:
            if hole_end <= start or end <= hole_start:
                rest.append((start, end))
                continue
            rest += [(start, hole_start)] if start < hole_start else []
            rest += [(hole_end, end)] if hole_end < end else []
        spans = rest
    return spans


def behind(stream: Stream, label: Found, limit: int, labels: list[Found]) -> list[Span]:
    """Where the value of a label stands: in the cells of its row, else all that follows.

    Args:
        stream: the text.
        label: what opens the value.
        limit: the value ends here at the latest.
        labels: all the labels of the form: what is one, or explains one, is no value.
    """
    number = stream.segment_at(max(label.end - 1, label.start))
    cell = stream.segments[number].line.cell
    if cell is None or not _is_alone(stream, label, number, labels):
        return [(label.end, limit)] if label.end < limit else []
    neighbours = _of_row(stream, number, cell)
    if _opens_with_label(stream, neighbours, labels) or (cell.last and cell.column):
        below = _below(stream, number, cell)
        # The labels of the same row stand between a label and what is below it.
        return [] if _opens_with_label(stream, below, labels) else [(s.start, s.end) for s in below]
    if cell.last:
        return [(label.end, limit)] if label.end < limit else []
    return _spans(neighbours, limit)


def on_line(stream: Stream, label: Found, limit: int, labels: list[Found]) -> list[Span]:
    """Where the value of a label stands that is no longer than a line: a date, a number."""
    number = stream.segment_at(max(label.end - 1, label.start))
    cell = stream.segments[number].line.cell
    if cell is not None and _is_alone(stream, label, number, labels):
        end = _end_of_table(stream, number)
        return [
            (start, min(stop, end))
            for start, stop in behind(stream, label, limit, labels)
            if start < end
        ]
    end = label.end
    for segment in stream.segments[number:]:
        if segment.start >= limit:
            break
        text = stream.text[end : segment.end]
        same_line = segment.row == stream.segments[number].row
        if not same_line and _BLANK.fullmatch(stream.text, segment.start, segment.end):
            continue
        alone = (
            stream.text[label.start] in ("№", "#", "N", "Н")
            and not stream.text[label.end : end].strip()
        )
        if alone and _NUMBER_ALONE.fullmatch(stream.text[segment.start : segment.end]):
            end = segment.end
            continue
        if not same_line and not is_wanted(
            stream.text[label.end : end], stream.text[segment.start : segment.end]
        ):
            break
        end = segment.end if text else end
    return [(label.end, min(end, limit))] if label.end < limit else []


def _end_of_table(stream: Stream, number: int) -> int:
    """Where the table ends that a stretch stands in: below it is no date and no number of its."""
    cell = stream.segments[number].line.cell
    end = stream.segments[number].end
    for segment in stream.segments[number:]:
        if cell is None or segment.line.cell is None or segment.line.cell.table != cell.table:
            break
        end = segment.end
    return end


def is_wanted(so_far: str, line: str) -> bool:
    """Whether a line goes on where a date and a number broke off: the sign, or its number."""
    if _DATE_TO_COME.search(so_far):
        return re.match(r"[\W_]*\d", line) is not None
    if _MONTH_TO_COME.search(so_far) and _MONTH.match(line):
        return True
    sign = _NUMBER_SIGN.search(so_far)
    if sign is None:
        return _DATE_OR_NUMBER.match(line) is not None
    number = so_far[sign.end() :].strip(" \t\n_:.")
    if number and _REST_OF_NUMBER.fullmatch(line):
        return True
    if number.endswith(("-", "/")):
        return _END_OF_NUMBER.fullmatch(line) is not None
    return not number and _NUMBER_ALONE.fullmatch(line) is not None


def _is_alone(stream: Stream, label: Found, number: int, labels: list[Found]) -> bool:
    """Whether nothing but labels and hints stands in the cell of a label, nor a blank."""
    cell = stream.segments[number].line.cell
    end = label.end
    for segment in stream.segments[number:]:
        if segment.line.cell != cell:
            break
        end = max(segment.end, end)
    holes = [(f.start, f.end) for f in labels if f.label.hint]
    rest = joined(stream, without([(label.end, end)], holes))
    # A blank or a number sign is the place of a value, filled in or not.
    return clean(rest) is None and "_" not in rest and not _NUMBER_SIGN.search(rest)


def _of_row(stream: Stream, number: int, cell: Cell) -> list[Segment]:
    """What stands right of a cell, also in rows below it that leave its own column empty."""
    found: list[Segment] = []
    for segment in stream.segments[number + 1 :]:
        other = segment.line.cell
        if other == cell:
            continue
        if other is None or other.table != cell.table or other.column <= cell.column:
            break
        found.append(segment)
    return found


def _below(stream: Stream, number: int, cell: Cell) -> list[Segment]:
    """What stands in the cell below."""
    return [
        segment
        for segment in stream.segments[number + 1 :]
        if segment.line.cell is not None
        and segment.line.cell[:3] == (cell.table, cell.row + 1, cell.column)
    ]


def _opens_with_label(stream: Stream, segments: list[Segment], labels: list[Found]) -> bool:
    return bool(segments) and any(
        f.start == segments[0].start and _is_opener(stream, f) for f in labels
    )


def _is_opener(stream: Stream, found: Found) -> bool:
    """Whether a phrase opens a value: a label, or an organisation's explanation without brackets."""
    party = found.key in ("sender", "recipient") and stream.text[found.start] != "("
    return party or not found.label.hint


def _spans(segments: list[Segment], limit: int) -> list[Span]:
    return [(s.start, min(s.end, limit)) for s in segments if s.start < limit]
