"""Days and moments as a person says them to a clerk: «вчора», «сьогодні о 14:30», «5 березня»."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from rules.dates import parse_date, parse_time
from rules.found_dates import find_dates

_RELATIVE = {"позавчора": 2, "вчора": 1, "учора": 1, "сьогодні": 0}
_WORD = re.compile(r"\b(?:позавчора|вчора|учора|сьогодні|щойно|зараз)\b", re.IGNORECASE)
# Days that are said without a date: which one is meant is not plain, and none of them is today.
_ANOTHER_DAY = re.compile(
    r"\b(?:(?:після)?завтра|понеділ\w+|вівтор\w+|серед[ауи]|четвер\w*|п\W?ятниц\w+|субот\w+|"
    r"неділ\w+|тижд?е?н\w+|тому)\b",
    re.IGNORECASE,
)
_DAY_AND_MONTH = re.compile(r"\s*(\d{1,2})\s*[./]\s*(\d{1,2})\.?\s*")
_NOW = frozenset({"щойно", "зараз"})


def parse_day(text: str, *, today: date) -> date | None:
    """The one day that ``text`` names, no later than ``today``; None where that is not plain.

    A day without its year is the last one before or on ``today``.
    """
    word = _WORD.search(text)
    if word:
        return today - timedelta(days=_RELATIVE.get(word[0].lower(), 0))
    short = _DAY_AND_MONTH.fullmatch(text)
    if short:
        return _last_of(int(short[1]), int(short[2]), today)
    if len(find_dates(text)) != 1:
        return None
    parsed = parse_date(text, today=today)
    if parsed.value is None and not re.search(r"\d{4}", text):
        parsed = parse_date(f"{text.strip()} {today.year}", today=today)
        if parsed.value is not None and parsed.value > today:
            parsed = parse_date(f"{text.strip()} {today.year - 1}", today=today)
    return parsed.value if parsed.value is not None and parsed.value <= today else None


def parse_moment(text: str, *, now: datetime) -> datetime | None:
    """The moment that ``text`` names, in the zone of ``now`` and no later; None where not plain.

    A day alone is no moment; a time alone is today's. «щойно» is ``now``.
    """
    word = _WORD.search(text)
    if word and word[0].lower() in _NOW:
        return now
    said = parse_time(text)
    if said is None:
        return None
    day = now.date()
    if word or find_dates(text):
        found = parse_day(text, today=day)
        if found is None:
            return None
        day = found
    elif _ANOTHER_DAY.search(text):
        return None
    moment = datetime.combine(day, time.fromisoformat(said), now.tzinfo)
    return moment if moment <= now else None


def _last_of(day: int, month: int, today: date) -> date | None:
    for year in (today.year, today.year - 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= today:
            return found
    return None
