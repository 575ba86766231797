"""The date or the time that one field of the form means, and the date of detection in a text."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from rules.found_dates import FoundDate, find_dates
from rules.text import mend_look_alikes

__all__ = ["FoundDate", "ParsedDate", "detected_on", "find_dates", "parse_date", "parse_time"]

_BLANK_FIELD = re.compile(
    r"(?:дата|вих|вхід|від|року|рік|р|дд|мм|рррр|без дати|б/д|20\d?(?!\d)|№|[\W_])*", re.IGNORECASE
)
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_TIME = re.compile(
    r"(?<![\d.,:])(?P<hour>\d{1,2})(?:(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]{2})|[\s_]{0,12}+(?:"
    r"(?:[:.\-–—]|год\w*\.?,?|г\.)[\s_]{0,12}+(?P<minute>\d{2}(?!\d)|\d(?=\s*хв))|год\w*))"
)
_TWO_CELLS = re.compile(r"[\W_]*(?P<hour>\d{1,2})[\s_]+(?P<minute>\d\d)[\W_]*")
_AFTERNOON = re.compile(r"\b(?:вечора|дня|по обіді)\b", re.IGNORECASE)

_DETECTED = re.compile(r"(?<!\w)в[ин]яв(?!\w*(?:ся|сь)\b)\w{1,12}", re.IGNORECASE)
_NOT = re.compile(r"\bне\s+(?:було\s+|вдалося\s+)?\Z", re.IGNORECASE)
_NEAR = 70
_SUBJECT_OF_DETECTION = (
    r"\b(?:факт|ознак|дат[аиу]\b|день|дня|числ|було|нами|це\b|поді|порушен|випад|складн|життєв"
    r"|обставин|застереж|сжо\b|їх\b|про\b|дитин|сім.?[яїю]\b|є\b|від\b|у\b|в\b)\w{0,12}"
)
_BETWEEN_WORD_AND_DATE = re.compile(
    rf"(?:[^\w.]|\.(?=\W*\Z)|{_SUBJECT_OF_DETECTION})*+", re.IGNORECASE
)
_BETWEEN_DATE_AND_WORD = re.compile(
    r"(?:[\s,.)»\"“”–—-]|\((?:це\s)?(?:дата|день)\b|\b(?:р|рр|року|року|було|нами|мною|о|об|год|годині|хв)\b|\d{1,2}[:.]\d\d)*+"
)
_OTHER_EVENT = re.compile(r"відвід|візит|обстеж|огляд|рейд|народ|смерт|помер|загин", re.IGNORECASE)
_BIRTH = re.compile(r"\s{0,3}(?:р\.?|року)?\s{0,3}(?:н\.|нар|г\.\s?р)", re.IGNORECASE)
_BORN = re.compile(r"\b(?:народ\w{2,8}|нар\.)\s{0,3}$", re.IGNORECASE)
_DATE_OF = re.compile(r"\b(?:дат[аиу]|день|коли|час)\W{0,3}(?:їх\W{1,3})?\Z", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<![А-ЯІЇЄҐ])\.\s+[А-ЯІЇЄҐ]|[!?;\n]")
_ONE_MORE = re.compile(r"[\s,]*(?:р\.?|року)?[\s,]*(?:та|і|й|або|чи)\s+")
_PARTIAL_OR_RELATIVE = re.compile(
    r"\W{0,10}(?:\d{1,2}[./]\d|(?:поза)?вчора\b|сьогодні\b)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """The one date that a text names; ``reason`` says, for a clerk, why it is not sure."""

    value: date | None
    sure: bool
    reason: str = ""


def parse_date(text: str, *, today: date | None = None) -> ParsedDate:
    """The one date of a date field; a blank field is surely None.

    Args:
        text: what the field holds, its printed words included.
        today: a later date is not sure; None leaves that unchecked.
    """
    if _BLANK_FIELD.fullmatch(text):
        return ParsedDate(None, sure=True)
    found = find_dates(text)
    if not found:
        return ParsedDate(None, sure=False, reason="Дату не розпізнано.")
    return _judge(found, today)


def parse_time(text: str) -> str | None:
    """The one time of day in ``text`` as "HH:MM"; None where there is none or it is not plain.

    «1025» without a mark between hours and minutes stays None: it may be any number.
    """
    text = _without_dates(mend_look_alikes(text))
    cells = _TWO_CELLS.fullmatch(text)
    afternoon = bool(_AFTERNOON.search(text))
    matches = [cells] if cells else _TIME.finditer(text)
    times = {_clock(match, afternoon=afternoon) for match in matches}
    return times.pop() if len(times) == 1 else None


def _without_dates(text: str) -> str:
    kept, end = [], 0
    for found in find_dates(text):
        if len(found.text) > len("00.00.00"):
            kept.append(text[end : found.start])
            end = found.end
    return " ".join([*kept, text[end:]])


def detected_on(content: str, *, today: date | None = None) -> ParsedDate:
    """The date of detection that the content names; surely None where it names none.

    Dates of birth, visits and events are no dates of detection. A date that only stands near the
    word, or that is said to be of a visit, is given but not sure.
    """
    text = mend_look_alikes(content)
    words = list(_DETECTED.finditer(text))
    if not words:
        return ParsedDate(None, sure=True)
    dates = [one for one in find_dates(text) if not _is_birth(text, one)]
    named: list[FoundDate] = []
    near: list[FoundDate] = []
    vague = False
    for word in words:
        if _NOT.search(text[max(0, word.start() - 20) : word.start()]):
            continue
        bound = _bind_after(text, word, dates, (named, near)) or _bind_before(
            text, word, dates, (named, near)
        )
        vague = vague or (not bound and bool(_PARTIAL_OR_RELATIVE.match(text, word.end())))
    if named:
        return _judge(named, today)
    if near:
        return ParsedDate(near[0].value, sure=False, reason="Дату виявлення названо нечітко.")
    return ParsedDate(None, not vague, "Дату виявлення названо неповно." if vague else "")


def _judge(found: list[FoundDate], today: date | None) -> ParsedDate:
    value = found[0].value
    if value is None:
        return ParsedDate(None, sure=False, reason="Дата неповна або такого дня не існує.")
    return ParsedDate(value, sure=not (reason := _doubt(found, value, today)), reason=reason)


def _doubt(found: list[FoundDate], value: date, today: date | None) -> str:
    if any(other.value != value for other in found):
        return "Названо кілька різних дат."
    if not all(one.sure for one in found):
        return "Дату можна прочитати по-різному."
    if value.year < 2000:
        return "Дата надто давня."
    if today is not None and value > today:
        return "Дата ще не настала."
    return ""


def _clock(match: re.Match[str], *, afternoon: bool) -> str | None:
    groups = match.groupdict()
    minutes = groups["minute"] or (groups.get("raised") or "00").translate(_SUPERSCRIPT)
    hour = int(groups["hour"])
    if afternoon and hour < 12:
        hour += 12
    return f"{hour:02}:{int(minutes):02}" if hour < 24 and int(minutes) < 60 else None


def _is_birth(text: str, found: FoundDate) -> bool:
    before = text[max(0, found.start - 20) : found.start]
    return bool(_BIRTH.match(text, found.end) or _BORN.search(before))


Found = tuple[list[FoundDate], list[FoundDate]]


def _bind_after(text: str, word: re.Match[str], dates: list[FoundDate], into: Found) -> bool:
    """Puts the date behind the word of detection among the named ones or those near it."""
    named, near = into
    place = bisect_left(dates, word.end(), key=lambda one: one.start)
    if place == len(dates) or dates[place].start - word.end() > _NEAR:
        return False
    between = text[word.end() : dates[place].start]
    if _SENTENCE_END.search(between):
        return False
    date_of = _DATE_OF.search(text[max(0, word.start() - 20) : word.start()])
    if not date_of and not _BETWEEN_WORD_AND_DATE.fullmatch(between):
        near += [] if _OTHER_EVENT.search(between) else [dates[place]]
        return False
    named.append(dates[place])
    for last, one in pairwise(dates[place : place + 3]):
        if not _ONE_MORE.fullmatch(text[last.end : one.start]):
            break
        named.append(one)
    return True


def _bind_before(text: str, word: re.Match[str], dates: list[FoundDate], into: Found) -> bool:
    """The same for the date before the word; that of a visit is only near it."""
    named, near = into
    place = bisect_left(dates, word.end(), key=lambda one: one.start)
    if not place or not word[0].islower() or word.start() - dates[place - 1].end > _NEAR:
        return False
    last = dates[place - 1]
    between = text[last.end : word.start()]
    visit = _OTHER_EVENT.search(text[max(0, last.start - _NEAR) : last.start])
    if not visit and _BETWEEN_DATE_AND_WORD.fullmatch(between):
        named.append(last)
        return True
    near += [] if _SENTENCE_END.search(between) else [last]
    return False
