"""Reads the form's head: who sends, who received, the numbers and dates of both."""

from __future__ import annotations

import itertools
import re
from datetime import date

from parsers.dodatok1.chain import Window
from parsers.dodatok1.cut import Span, behind, clean, joined, on_line, without
from parsers.dodatok1.field import Field, Fields
from parsers.dodatok1.found import Found
from parsers.dodatok1.labels import INCOMING_NUMBER, OUTGOING_NUMBER
from parsers.dodatok1.stream import NUMBER_SIGN, Stream
from parsers.dodatok1.values import Value, number_and_date
from parsers.dodatok1.wordings import holds_label, is_wording
from rules.contacts import email, phone

_SERVICE = re.compile(
    r"\b(?:служб[аиі]\b|ссд\b|(?:ку\W+)?цсс\b|(?:комунальн\w+ установ\w+|ку)?\W*центр\w*\s+соц)",
    re.IGNORECASE,
)
"""How the names of the offices begin that receive notices."""
_STAMP = re.compile(
    r"\A\W*(?:СЕД|АСКОД|МЕГАПОЛІС|[Вв]х\w*\.?\s*№)\b.{0,90}?\d{1,2}\.\d{2}\.\d{4},?\s+\d{1,2}:\d{2}\W*"
)
_COUNTRY = re.compile(r"\A\W*УКРАЇНА\b(?!\s*[»\"])\W*")
_IS_BODY = re.compile(
    r"заклад|установ|центр|школ|ліце|гімназ|садок|лікар|поліці|служб|відділ|рад[аи]\b|комітет|управлін"
    r"|департамент|старост|амбулатор|коледж|організац|фонд|сектор|пункт|кабінет|інтернат|училищ|громад"
    r"|\b(?:КЗ|КНП|ЗДО|ДНЗ|ЗЗСО|ЗОШ|НВК|КУ|ФАП|ФП|ГО|БФ|АЗПСМ|ЦПМСД|РВП|ВП|ЦСС|ССД|КЗО|ОЗ)\b",
    re.IGNORECASE,
)
"""What the names of organisations have."""
_TOLD_OF = {
    "sender": re.compile(r"направля|надсила|надісла|відправ", re.IGNORECASE),
    "recipient": re.compile(r"отрима|одержа|адресов", re.IGNORECASE),
}
"""The words that labels of the two organisations have."""
_LONGEST_SENDER = 400
"""Characters; more is a letter that stands before the form."""
_OPENING = 40
"""Characters of a name that it begins within."""
_MOST_LINES = 6
_PLAIN = 0.9
"""A hint less like the printed one may have swallowed words of the value."""
_TORN_HINT = re.compile(r"\(?найменування\b|яка (?:направляє|отримала)", re.IGNORECASE)
_LEFT_OF_HINT = re.compile(
    r"\W*(?:(?:направляє|отримала)\s+)?(?:повідомлення,?\s*)?(?:поштова\s+)?та\s+електронн\w+"
    r"\s+адрес\w*,?\s*телефон\W*",
    re.IGNORECASE,
)
_LEFT_OF_NUMBER = re.compile(
    r"\W*(?:\d|№|від\b|номер\b|р\b|дата\b|[А-ЯІЇЄҐа-яіїєґ]{4,10}\s+20\d\d\b)", re.IGNORECASE
)
"""What the line of the date and the number leaves in the organisation below it."""
# The sign of an unfilled number, when its line was too narrow for it.
_SIGN = re.compile(NUMBER_SIGN)
_NUMBER_SIGN = re.compile(rf"^{NUMBER_SIGN}\s+(?=\D)")


def read_head(stream: Stream, window: Window, today: date) -> Fields:
    """The fields of the head of one form."""
    head = _Head(stream, window, today)
    fields: Fields = {}
    fields |= head.numbered("outgoing")
    fields |= head.numbered("incoming")
    fields |= head.registered()
    fields["sender"] = head.body("sender", "outgoing")
    fields["recipient"] = head.body("recipient", "incoming")
    for key, told in _TOLD_OF.items():
        # A label in words that nobody knows may stand before a name.
        if fields[key].value is None and told.search(head.unexplained()):
            fields[key].sure = False
    _doubt_left_over(fields)
    sender = fields["sender"]
    _doubt_mixed_up(sender, fields["recipient"])
    text = str(sender.value or "")
    # Without its label, a number and a date stand in the organisation below or above.
    sender.sure &= fields["outgoing_date"].found and fields["incoming_date"].found
    fields["recipient"].sure &= fields["incoming_date"].found
    if sender.value is None and head.is_unhinted():
        # Both organisations may stand one below the other where one is found.
        recipient = fields["recipient"]
        recipient.sure &= _is_one_service(recipient) or not head.has_lines(recipient)
    if not head.is_unhinted() and head.is_scattered():
        sender.sure = fields["recipient"].sure = False
    # However the head divides into organisations, an address that is its only one is the sender's.
    other = head.without(sender.spans)
    fields["sender_email"] = Field(email(text), sender.sure or email(other) is None, sender.spans)
    fields["sender_phone"] = Field(phone(text), sender.sure or phone(other) is None, sender.spans)
    return fields


def _doubt_left_over(fields: Fields) -> None:
    """A piece of the date's line in an organisation makes both doubtful."""
    for body, line in (("sender", "outgoing"), ("recipient", "incoming")):
        if _LEFT_OF_NUMBER.match(str(fields[body].value or "")):
            for key in (body, f"{line}_date", f"{line}_number"):
                fields[key].sure = False


def _doubt_mixed_up(sender: Field, recipient: Field) -> None:
    """Contacts behind another name than the receiving office's may be the sender's."""
    theirs, own = str(recipient.value or ""), str(sender.value or "")
    if _SERVICE.search(theirs[:_OPENING]):
        return
    if (email(theirs) and not email(own)) or (phone(theirs) and not phone(own)):
        sender.sure = recipient.sure = False


def _is_one_service(recipient: Field) -> bool:
    """Whether a value opens with the name of a receiving office, and names no second one."""
    text = str(recipient.value or "")
    return _SERVICE.match(text) is not None and len(_SERVICE.findall(text)) == 1


class _Head:
    """The phrases of one form's head and what they leave between them."""

    def __init__(self, stream: Stream, window: Window, today: date) -> None:
        self._stream, self._window, self._today = stream, window, today
        self._labels = sorted([*window.head, *window.body], key=lambda f: f.start)
        self._taken: list[Span] = [(f.start, f.end) for f in self._labels]

    def numbered(self, key: str) -> Fields:
        """Date and number behind «Дата вих.» or «Дата вхід.», or in rows of their own."""
        labels = [f for f in self._window.head if f.key == key]
        spans: list[Span] = []
        dates, numbers = "", ""
        for label in labels:
            own = on_line(self._stream, label, self._next(label), self._labels)
            own = without(own, [*((f.start, f.end) for f in self._labels), *spans])
            spans += own
            printed = self._stream.text[label.start : label.end]
            if label.label in (OUTGOING_NUMBER, INCOMING_NUMBER) or _SIGN.search(printed):
                numbers += "№ " + joined(self._stream, own)
            else:
                dates += joined(self._stream, own) + "\n"
        self._taken += spans
        number, when = number_and_date(dates + numbers, self._today)
        # The receiving office's line is left out where a sender types the form anew.
        left_out = key == "incoming" and not any(f.key == "recipient" for f in self._window.head)
        found = bool(labels) or left_out
        seen = [word for span in spans for word in self._stream.words(*span)]
        if number.value is None and when.value and any(word.confidence < 1 for word in seen):
            number = Value(None, sure=False)  # where it stands nothing was recognised
        return {
            f"{key}_date": Field(when.value, when.sure, spans, found=found),
            f"{key}_number": Field(number.value, number.sure, spans, found=found),
        }

    def registered(self) -> Fields:
        """The mark of the journal."""
        label = next(
            (f for f in self._window.head if f.key == "registered" and not f.label.hint), None
        )
        spans: list[Span] = []
        if label:
            spans = behind(self._stream, label, self._next(label), self._labels)
            spans = _same_cell(self._stream, label, spans)
        self._taken += spans
        number, when = number_and_date(joined(self._stream, spans), self._today)
        found = label is not None or not self._has_mark_without_label()
        return {
            "registered_number": Field(number.value, number.sure, spans, found),
            "registered_date": Field(when.value, when.sure, spans, found),
        }

    def _has_mark_without_label(self) -> bool:
        """Whether a number or a date stands between the head and the lower part, unexplained."""
        start = max(
            (f.end for f in self._window.head if f.label.hint or f.key == "title"), default=0
        )
        end = self._window.body[0].start
        rest = joined(self._stream, without([(start, end)], self._taken)) if start < end else ""
        return re.search(r"№|\d", rest) is not None

    def body(self, key: str, above: str) -> Field:
        """An organisation: what stands over the printed hint, or behind it where it is a label."""
        hint = next((f for f in self._window.head if f.key == key), None)
        if hint is None:
            return self._unhinted(above)
        start = max((end for _, end in self._taken if end <= hint.start), default=0)
        over = [(self._start_in_cell(hint, max(start, self._window.start)), hint.start)]
        value = clean(joined(self._stream, over))
        if self._stands_before(hint, value):
            over = behind(self._stream, hint, self._next(hint), self._labels)
            value = clean(joined(self._stream, over))
        self._taken += over
        value, torn = _without_torn_hint(value)
        value, stamped = _without_stamp(value)
        torn = torn or stamped
        if value is not None and is_wording(value):
            return Field(None, sure=False, spans=over)
        torn = torn or hint.likeness < _PLAIN or holds_label(self._stream, over)
        torn = torn or re.search(r"[^\W\d_]{2}", value or "яя") is None
        return Field(value, not torn and len(value or "") < _LONGEST_SENDER, over)

    def _start_in_cell(self, hint: Found, start: int) -> int:
        """Where what stands over a hint begins: in the cell of the hint, if it has words before."""
        cell = self._stream.cell(hint.start)
        last = self._stream.segment_at(hint.start)
        inside = [
            s.start
            for s in self._stream.segments[self._stream.segment_at(start) : last]
            if s.line.cell == cell
        ]
        if not cell or not inside:
            return start
        if start == self._window.start:
            return inside[0]
        left_out = clean(self._stream.text[start : max(start, inside[0])]) or ""
        return start if _LEFT_OF_NUMBER.match(left_out) else max(start, inside[0])

    def _stands_before(self, hint: Found, over: str | None) -> bool:
        """Whether an explanation opens its value, as a label does, instead of closing it."""
        if self._stream.text[hint.start] != "(":
            if self._stream.text[hint.end - 1] in ":–—-":
                return True
            return over is None or self._in_cell(hint)
        after = next((f for f in self._labels if f.start >= hint.end), None)
        return over is None and after is not None and after.key != "recipient"

    def _unhinted(self, above: str) -> Field:
        """Without its hint an organisation stands between the date's line and the next label."""
        lines = [f for f in self._window.head if f.key == above]
        if not lines:
            return Field(None, sure=True, spans=[], found=False)
        ends = [end for start, end in self._taken if start >= lines[-1].start]
        start = min((e for e in ends if e >= lines[-1].end), default=lines[-1].end)
        spans = without([(start, self._next(lines[-1]))], self._taken)
        text = joined(self._stream, spans)
        value, torn = _without_torn_hint(clean(text))
        # A block of many lines may be both organisations, one below the other.
        sure = not torn and text.strip().count("\n") < _MOST_LINES
        if value is None and above == "outgoing" and "__" not in text and not self.is_unhinted():
            return self._letterhead(lines[0])
        return Field(value, sure, spans)

    def _letterhead(self, line: Found) -> Field:
        """Where the other organisation has a label, the sender may stand above the first line."""
        spans = without([(self._window.start, line.start)], self._taken)
        value = clean(joined(self._stream, spans))
        if value is None or not _IS_BODY.search(value):
            return Field(None, sure=value is None, spans=spans)
        return Field(_without_stamp(value)[0], sure=False, spans=spans)

    def unexplained(self) -> str:
        """What stands above the lower part and belongs to nothing, the blanks left out."""
        return self.without(self._taken)

    def is_unhinted(self) -> bool:
        """Whether neither organisation is explained by a hint."""
        return not any(f.key in ("sender", "recipient") for f in self._window.head)

    def is_scattered(self) -> bool:
        """Whether words of the head belong to nothing, or both explanations share one block."""
        hints = [f for f in self._labels if f.key in ("sender", "recipient")]
        for one, other in itertools.pairwise(hints):
            between = clean(self._stream.text[one.end : other.start])
            if (
                between is None
                and self._stream.text[one.start] == "(" != self._stream.text[one.end - 1]
            ):
                return True
        lines = [f for f in self._window.head if f.key in ("outgoing", "incoming")]
        if not lines:
            return False
        start = lines[0].start
        end = self._next_section(start)
        rest = joined(self._stream, without([(start, end)], self._taken)) if start < end else ""
        return re.search(r"[^\W\d_]{3}", rest) is not None

    def _next_section(self, start: int) -> int:
        """Where the head's two columns end: at the title, the journal's mark or the lower part."""
        sections = [
            f.start for f in self._labels if f.key in ("title", "registered") or f.label.rank
        ]
        return min((at for at in sections if at > start), default=self._window.end)

    def without(self, spans: list[Span]) -> str:
        """All that stands above the lower part, less some stretches."""
        end = self._window.body[0].start if self._window.body else self._window.end
        return joined(self._stream, without([(self._window.start, end)], spans))

    def has_lines(self, field: Field) -> bool:
        """Whether a value was written on more than one line."""
        return "\n" in joined(self._stream, field.spans).strip(" _\n")

    def _in_cell(self, label: Found) -> bool:
        return self._stream.segments[self._stream.segment_at(label.start)].line.cell is not None

    def _next(self, label: Found) -> int:
        """Where the next phrase of the form begins."""
        return min(
            (f.start for f in self._labels if f.start >= label.end), default=self._window.end
        )


def _without_torn_hint(value: str | None) -> tuple[str | None, bool]:
    """An organisation without what is left of its printed hint, and whether there was any."""
    value = _NUMBER_SIGN.sub("", value or "")
    left = _LEFT_OF_HINT.match(value)
    if left:
        return clean(value[left.end() :]), True
    torn = _TORN_HINT.search(value)
    return clean(value[: torn.start()] if torn else value), torn is not None


def _without_stamp(value: str | None) -> tuple[str | None, bool]:
    """An organisation without its country's name and what a document system printed before it."""
    rest = _STAMP.sub("", value or "")
    return clean(_COUNTRY.sub("", rest)), rest != (value or "")


def _same_cell(stream: Stream, label: Found, spans: list[Span]) -> list[Span]:
    """The mark stands in a box of its own: what follows that box belongs to others."""
    cell = stream.segments[stream.segment_at(label.start)].line.cell
    if cell is None or not spans or spans[0][0] != label.end:
        return spans
    end = label.end
    for segment in stream.segments[stream.segment_at(label.start) :]:
        if segment.line.cell is None or segment.line.cell[0] != cell.table:
            break
        end = segment.end
    return [(start, min(stop, end)) for start, stop in spans if start < end]
