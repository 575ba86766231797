"""The plan by which a family is looked after once the work with it has ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from generators import children, letters, people
from generators.kind import NOBODY, Addressed, Directory, Issuer, NumberedIn
from generators.letterhead import Form, Requisites
from generators.steps import lived
from journal.cards import EntryCard
from rules.counting import months_later
from rules.details import Detail, Details
from rules.wording import date_in_figures

KIND = "monitoring_plan"
WORDS = "план моніторингу ситуації в сім’ї"
LAW = "п. 22"
REGISTER: NumberedIn = ""
FORM: Form = "named"
ISSUER: Issuer = "keeper"
AUTOMATIC = False
DETAILS: Details = {
    **children.DETAILS,
    "початок": Detail("день рішення про завершення роботи, з якого йде моніторинг", is_day=True),
    "хто": Detail("хто відвідує сім’ю, кожен із посадою", example=people.EXAMPLE),
    "заходи": Detail("що роблять щомісяця", example="відвідування сім’ї, бесіда з дитиною"),
}
_BY_HAND = "індекс"
"""No register numbers plans: whoever files it may write a number of the file's own."""
VARIABLES: Mapping[str, str] = {
    **{name: said for name, said in letters.NAMED_VARIABLES.items() if name != _BY_HAND},
    "дитина": "прізвища, імена, по батькові дітей у називному відмінку через крапку з комою",
    "дата_народження": "дата народження, якщо дитина одна, РРРР-ММ-ДД",
    "дитини": "слово «дитини» або «дітей»",
    "кого": "діти в родовому відмінку з датами народження (сім’я кого)",
    "місце_проживання": "адреса сім’ї, як її названо в повідомленні",
    "початок": "з якого дня йде моніторинг, РРРР-ММ-ДД",
    "триває_з": "перший день моніторингу, ДД.ММ.РРРР",
    "триває_до": "останній день моніторингу, ДД.ММ.РРРР",
    "хто": "хто відвідує сім’ю, як указав працівник",
    "заходи": "що роблять щомісяця, як указав працівник",
    "місяці": "рядки таблиці; у кожного: номер, строк, захід, хто",
}
MONTHS = 6
"""Law: п. 22: monitoring takes not less than the six months that follow."""
_VISIT = "відвідування сім’ї за місцем проживання, бесіда з дитиною та батьками"
# Law: п. 22: the workers of both look after the family.
_WORKERS = "працівники служби у справах дітей та центру соціальних служб"


def needed(card: EntryCard) -> bool:
    """While the family is looked after once the work has ended; a clerk asks.

    Law: п. 22.
    """
    return card.status == "monitoring"


def addressees(card: EntryCard, directory: Directory) -> Sequence[Addressed]:
    """Nobody: a paper for the case file."""
    return NOBODY


def context(card: EntryCard, requisites: Requisites, told: Mapping[str, Any]) -> dict[str, Any]:
    """The plan's values: a row for each month from the decision to the end of the monitoring."""
    since = date.fromisoformat(told["початок"]) if told.get("початок") else _decided_on(card)
    since = since or requisites.dated
    until = _until(card, since)
    who = [people.in_words(one) for one in people.people(told.get("хто"))]
    shared = {
        "захід": letters.phrase(told.get("заходи")) or _VISIT,
        "хто": ",\n".join(who) or _WORKERS,
    }
    round_it = letters.named_context(card, requisites)
    return {
        **{name: value for name, value in round_it.items() if name != _BY_HAND},
        **children.values(card, told, requisites.names, {"кого": "gen"}),
        "місце_проживання": letters.phrase(card.values.get("address")),
        "початок": told.get("початок"),
        "триває_з": date_in_figures(since),
        "триває_до": date_in_figures(until),
        "хто": told.get("хто"),
        "заходи": told.get("заходи"),
        "місяці": [
            {"номер": str(number), "строк": term, **shared}
            for number, term in enumerate(_terms(since, until), 1)
        ],
    }


def _decided_on(card: EntryCard) -> date | None:
    ended = lived(card, "work_ended")
    return ended.at.date() if ended else None


def _until(card: EntryCard, since: date) -> date:
    """The end of the running clock of п. 22 where it began that day, else six months later."""
    ends = [
        end.date() if isinstance(end := clock.due, datetime) else end
        for clock in card.deadlines
        if clock.key == "monitoring" and clock.runs and clock.starts.date() == since
    ]
    return max([*ends, months_later(since, MONTHS)])


def _terms(since: date, until: date) -> list[str]:
    """«04.03.2026 – 03.04.2026» of each month; the last ends with the monitoring."""
    starts = [months_later(since, n) for n in range(120) if months_later(since, n) < until]
    # A term that was moved from a day off by a few days makes no month of its own.
    if len(starts) > MONTHS and (until - starts[-1]).days < 28:
        starts.pop()
    ends = [start - timedelta(days=1) for start in starts[1:]] + [until]
    return [
        f"{date_in_figures(start)} –\n{date_in_figures(end)}"
        for start, end in zip(starts, ends, strict=True)
    ]
