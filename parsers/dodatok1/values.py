"""What the text of a field means: a date and a number, a time; and how sure that is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from parsers.dodatok1.cut import clean
from parsers.dodatok1.stream import NUMBER_SIGN
from rules.dates import parse_date
from rules.found_dates import FoundDate, find_dates
from rules.text import mend_look_alikes

_DIGIT = re.compile(r"\d")
_FILLER = re.compile(r"_+|\.{2,}|…+")
_GAP_IN_DATE = re.compile(r"(?<=\d)\s*([./])\s*(?=\d)")
_END_OF_LEADER = re.compile(r"(?<!\w)\.(?=\d)")
_BROKEN_NUMBER = re.compile(r"(?<=\w[-/–]) (?=\w)")
"""Where a number was broken at the end of a line."""
_NUMBER_SIGN = re.compile(rf"{NUMBER_SIGN}[.:]?", re.IGNORECASE)
_FROM = re.compile(r"\bвід\b", re.IGNORECASE)
_AROUND_NUMBER = " \n\t_.,;:–—-/"
_YEAR_WORD = re.compile(
    r"^\W*(?:р\.?|року?|дата|вих\.?|вхід\.?|номер)(?!\.?[\w/–-])[\s.,:]*", re.IGNORECASE
)
_AT_STROKE = re.compile(r"\s(?=[/–-])|(?<=[/–-])\s")
_PLAIN_NUMBER = re.compile(r"(?=.*\d|б/н)[\w№/.\-–() ]{1,30}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Value:
    """A value and whether the document says it plainly."""

    value: object
    sure: bool = True


def number_and_date(text: str, today: date) -> tuple[Value, Value]:
    """The number and the date of a «№ … від …» or «… № …», in either order."""
    text = mend_look_alikes(_FILLER.sub(" ", text))
    text = _GAP_IN_DATE.sub(r"\1", text)
    text = _END_OF_LEADER.sub(" ", text)
    before, after = _parts(text)
    if _DIGIT.search(before):
        return _number(after), _date(before, today)
    left, word, right = _split_from(after)
    if word:
        return _number(left), _date(right, today)
    found = _whole_dates(after)
    rest = after[: found[0].start] + " " + after[found[0].end :] if len(found) == 1 else ""
    if clean(rest) is None:  # «№ 01-05/26»: a number that looks like a date
        return _number(after), Value(None)
    return _number(rest), _date(found[0].text, today)


def _parts(text: str) -> tuple[str, str]:
    """What stands before the number sign and behind it; without a sign the date is cut out."""
    signs = list(_NUMBER_SIGN.finditer(text))
    if signs:
        return text[: signs[0].start()], _NUMBER_SIGN.sub(" ", text[signs[0].end() :])
    found = _whole_dates(text)
    if len(found) == 1:
        rest = text[: found[0].start] + " " + text[found[0].end :]
        return found[0].text, rest
    return text, ""


def _whole_dates(text: str) -> list[FoundDate]:
    """The dates of a text that are no beginning of a number: «11.1-11-870»."""
    return [found for found in find_dates(text) if not re.match(r"[-–/]\d", text[found.end :])]


def _split_from(text: str) -> tuple[str, bool, str]:
    word = _FROM.search(text)
    return (text[: word.start()], True, text[word.end() :]) if word else (text, False, "")


def _date(text: str, today: date) -> Value:
    parsed = parse_date(text, today=today)
    return Value(parsed.value.isoformat() if parsed.value else None, parsed.sure)


def _number(text: str) -> Value:
    text = _FROM.sub(" ", text)
    broken = re.search(r"[/–-]\s*$", text) is not None
    text = " ".join(text.split()).strip(_AROUND_NUMBER)
    text = _BROKEN_NUMBER.sub("", text)
    text = _YEAR_WORD.sub("", text).strip(_AROUND_NUMBER)
    if not re.search(r"\w", text):
        return Value(None)
    if not re.search(r"\d|б/н", text, re.IGNORECASE):
        return Value(None, sure=False)
    # A gap at a stroke is a habit; between other signs it may part a number from a stray word.
    plain = _PLAIN_NUMBER.fullmatch(text) is not None and " " not in _AT_STROKE.sub("", text)
    return Value(text, sure=plain and not broken)
