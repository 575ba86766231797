"""When each step of a case is due: the terms of the Порядок, counted and explained in words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Literal, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from opika.errors import BadValueError
from rules.calendar import Calendar, day_label
from rules.counting import (
    Counted,
    Start,
    at_once,
    at_the_visit,
    calendar_days,
    hours,
    months,
    same_working_day,
    working_days,
)

START_KINDS: Mapping[str, str] = {
    "notification": "ЦСС отримав повідомлення",
    "request": "ЦСС отримав запит ССД",
    "crisis_service": "ЦСС надав послугу екстреного та кризового втручання",
}
"""From what the five days of п. 18 run. Law: Порядок, п. 18 («після отримання повідомлення або
надання послуги екстреного та кризового втручання»)."""

KYIV = ZoneInfo("Europe/Kyiv")
_FRIDAY = 4
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Terms:
    """The conventions by which terms are counted; each is a setting.

    Law: Порядок of the Rozhyshche council, 19.02.2025: п. 7 («протягом доби»), п. 8 (1 робочий
    день), п. 14 (no term: ours), п. 18 (5 робочих днів; 2 наступні робочі дні; наступного робочого
    дня), п. 19 («протягом одного дня»), п. 22 (не менше шести місяців), п. 12 (щорічно). Office
    hours and what follows from them are local practice.

    Attributes:
        zone: where the office is; every day and hour is its.
        closes: end of the working day, Monday to Thursday and on a working Saturday.
        closes_friday: end of the working day on Friday.
        after_hours_next_day: what arrives after hours is due on the next working day, for the
            terms of «the same working day».
        detected_to_head_hours: п. 7, elapsed hours.
        head_to_ssd: п. 8, working days.
        assessment_request: п. 14, working days; 0 is the same working day.
        needs_assessment: п. 18, working days.
        act_registered_decision: п. 18, working days.
        conclusion_sent: п. 18, working days.
        removal_petition_days: п. 19, calendar days.
        monitoring_months: п. 22, months.
        briefing_months: п. 12, months.
    """

    zone: ZoneInfo = KYIV
    closes: time = time(17, 15)
    closes_friday: time = time(16, 0)
    after_hours_next_day: bool = True
    detected_to_head_hours: int = 24
    head_to_ssd: int = 1
    assessment_request: int = 1
    needs_assessment: int = 5
    act_registered_decision: int = 2
    conclusion_sent: int = 1
    removal_petition_days: int = 1
    monitoring_months: int = 6
    briefing_months: int = 12

    def closing(self, day: date) -> time:
        """The end of the working day on ``day``."""
        return self.closes_friday if day.weekday() == _FRIDAY else self.closes


@dataclass(frozen=True, slots=True)
class Due:
    """When something is due, by which point of the Порядок, and how that was counted.

    Attributes:
        due: a day for terms counted in days and months; a moment for those counted in hours.
        rule: the point, as ``п. 18``.
        steps: the arithmetic in Ukrainian words.
    """

    key: str
    due: date | datetime
    rule: str
    steps: str


class Clock(NamedTuple):
    """A term that begins: what is due, since when, and (п. 18) from what."""

    key: str
    starts: datetime
    start_kind: str | None


Party = Literal["ssd", "css", "partner"]
"""Whose work a term is: the service's, the centre of social services' or an interacting body's."""


class _Rule(NamedTuple):
    point: str
    whose: Party
    event: str
    way: Callable[[Start, int], Counted]
    amount: Callable[[Terms], int] = lambda _: 0


# Law: the Порядок of the Rozhyshche council, 19.02.2025, the point that stands in each line.
_RULES: Mapping[str, _Rule] = {
    "detected_to_head": _Rule(
        "п. 7", "partner", "виявлено", hours, lambda t: t.detected_to_head_hours
    ),
    "head_to_ssd": _Rule(
        "п. 8",
        "partner",
        "керівник отримав доповідну записку",
        working_days,
        lambda t: t.head_to_ssd,
    ),
    "urgent_form": _Rule(
        "п. 9", "partner", "виникла підозра загрози (телефоном – негайно)", same_working_day
    ),
    "register": _Rule("п. 10", "ssd", "отримано", same_working_day),
    "assessment_request": _Rule(
        "п. 14", "ssd", "зареєстровано", working_days, lambda t: t.assessment_request
    ),
    "urgent_visit": _Rule("п. 15", "ssd", "отримано", at_once),
    "safety_act": _Rule("п. 16", "ssd", "візит", at_the_visit),
    "removal_petition": _Rule(
        "п. 19", "ssd", "загрозу підтверджено", calendar_days, lambda t: t.removal_petition_days
    ),
    "needs_assessment": _Rule(
        "п. 18", "css", "отримано", working_days, lambda t: t.needs_assessment
    ),
    "act_registered_decision": _Rule(
        "п. 18", "css", "акт складено", working_days, lambda t: t.act_registered_decision
    ),
    "conclusion_sent": _Rule(
        "п. 18", "css", "оцінку завершено", working_days, lambda t: t.conclusion_sent
    ),
    "monitoring": _Rule(
        "п. 22", "ssd", "рішення про завершення роботи", months, lambda t: t.monitoring_months
    ),
    "yearly_briefing": _Rule(
        "п. 12, 24", "partner", "останнє ознайомлення", months, lambda t: t.briefing_months
    ),
}
KEYS: tuple[str, ...] = tuple(_RULES)
WHOSE: Mapping[str, Party] = {key: rule.whose for key, rule in _RULES.items()}


def due(
    key: str,
    starts: datetime,
    calendar: Calendar,
    terms: Terms,
    start_kind: str | None = None,
) -> Due:
    """When the step ``key`` is due whose clock starts at ``starts``.

    Args:
        key: one of ``KEYS``.
        starts: an aware moment; its day and hour are taken in ``terms.zone``.
        calendar: the working days.
        terms: the conventions.
        start_kind: from what the days of п. 18 run; changes the words, never the day.

    Raises:
        BadValueError: an unknown key or start kind, a moment without a time zone.
    """
    rule = _RULES[_key(key)]
    if starts.utcoffset() is None:
        raise BadValueError("початок строку має бути з часовим поясом, напр. …T10:20:00+02:00")
    event = _event(rule, key, start_kind)
    moment = starts.astimezone(terms.zone)
    words = f"{event} {day_label(moment)} {moment:%H:%M}"
    closes = terms.closing(moment.date())
    start = Start(moment, words, calendar, closes, terms.after_hours_next_day)
    found, steps = rule.way(start, rule.amount(terms))
    return Due(key, found, rule.point, steps)


def opening_clocks(
    received_at: datetime,
    registered_at: datetime,
    urgent: bool | None,
    start_kinds: Collection[str],
) -> list[Clock]:
    """The clocks that start when a notification is registered.

    Args:
        received_at: when it arrived.
        registered_at: when it was entered in the journal.
        urgent: whether it shows a threat; None, possibly urgent, counts as urgent (п. 15).
        start_kinds: holds ``notification`` where it came through ЦСС's own box; the clock of
            п. 18 then runs from the arrival, else it starts when the request is sent.

    Raises:
        BadValueError: an unknown start kind.
    """
    for kind in start_kinds:
        _check_start_kind(kind)
    clocks = [
        Clock("register", received_at, None),
        Clock("assessment_request", registered_at, None),
    ]
    if urgent is not False:
        clocks.append(Clock("urgent_visit", received_at, None))
    if "notification" in start_kinds:
        clocks.append(Clock("needs_assessment", received_at, "notification"))
    return clocks


def explain_term(line: object, calendar: Calendar, terms: Terms) -> dict[str, str]:
    """One line of ``opika explain term``: ``due``, ``rule``, ``steps``, or ``error`` in Ukrainian.

    Args:
        line: ``key``, ``starts`` (ISO 8601 with offset); optional ``martial_law``, ``days_off``,
            ``working_days``, each in place of the calendar's own, and ``start_kind``.
        calendar: the configured calendar.
        terms: the conventions.
    """
    if not isinstance(line, dict):
        return {"error": "рядок має бути об’єктом JSON із ключами key і starts"}
    try:
        found = due(
            _key(_asked(line, "key", str, ", ".join(KEYS))),
            _moment(_asked(line, "starts", str, "дата й час зі зсувом")),
            calendar.with_overrides(
                martial_law=_asked(line, "martial_law", bool, "true або false"),
                days_off=_days(line, "days_off"),
                working_days=_days(line, "working_days"),
            ),
            terms,
            _asked(line, "start_kind", str, ", ".join(START_KINDS)),
        )
    except BadValueError as err:
        return {"error": err.clerk_message}
    except OverflowError:
        return {"error": "дата поза межами календаря"}
    return {"due": found.due.isoformat(), "rule": found.rule, "steps": found.steps}


def _key(key: str | None) -> str:
    if key is None or key not in _RULES:
        raise BadValueError(f"невідомий строк «{key or ''}»; дозволено: {', '.join(KEYS)}")
    return key


def _event(rule: _Rule, key: str, start_kind: str | None) -> str:
    if start_kind is None:
        return rule.event
    words = _check_start_kind(start_kind)
    return words if key == "needs_assessment" else rule.event


def _check_start_kind(kind: str) -> str:
    if kind not in START_KINDS:
        raise BadValueError(f"невідомий початок «{kind}»; дозволено: {', '.join(START_KINDS)}")
    return START_KINDS[kind]


def _asked(line: Mapping[str, Any], name: str, kind: type[_T], allowed: str) -> _T | None:
    value = line.get(name)
    if value is not None and not isinstance(value, kind):
        raise BadValueError(f"«{name}»: дозволено {allowed}")
    return value


def _moment(text: str | None) -> datetime:
    try:
        return datetime.fromisoformat(text or "")
    except ValueError as err:
        raise BadValueError(
            "«starts»: потрібні дата й час зі зсувом, напр. 2026-11-03T10:20:00+02:00"
        ) from err


def _days(line: Mapping[str, Any], name: str) -> list[date] | None:
    texts = _asked(line, name, list, 'перелік дат, напр. ["2026-11-05"]')
    if texts is None:
        return None
    try:
        return [date.fromisoformat(text) for text in texts]
    except (TypeError, ValueError) as err:
        raise BadValueError(f"«{name}»: дозволено дати виду 2026-11-05") from err
