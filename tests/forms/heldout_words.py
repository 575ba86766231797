"""What a held-out part is written with: its names, bodies, stories and ways of writing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from .facts import Day
from .stories import Story
from .writing import MONTHS, Clock, years_word

Pair = tuple[str, str]


@dataclass(frozen=True)
class Words:
    """The words of one part; a pair is a man's and a woman's form.

    Attributes:
        bodies: by the kind of reporter, the names of bodies that send notices.
        posts: by the kind of reporter, who they are; ``{}`` takes the name.
        stories: by the kind of reporter; ``extras`` threaten nobody.
        detected: ways of naming the day of detection; ``{}`` takes the date.
        other_dates: sentences with a date that is none of detection.
    """

    surnames: tuple[Pair, ...]
    boys: tuple[str, ...]
    girls: tuple[str, ...]
    fathers: tuple[Pair, ...]
    villages: tuple[str, ...]
    streets: tuple[str, ...]
    addresses: tuple[str, ...]
    bodies: Mapping[str, tuple[str, ...]]
    posts: Mapping[str, tuple[str, ...]]
    recipients: tuple[str, ...]
    receivers: tuple[str, ...]
    stories: Mapping[str, tuple[Story, ...]]
    extras: tuple[str, ...]
    detected: tuple[str, ...]
    other_dates: tuple[str, ...]
    measures: tuple[str, ...]
    bases: tuple[str, ...]
    enclosures: tuple[str, ...]
    dates: tuple[str, ...]
    marks_dates: tuple[str, ...]
    times: tuple[str, ...]
    phones: tuple[str, ...]
    phone_labels: tuple[str, ...]
    mail_labels: tuple[str, ...]
    mail_names: tuple[str, ...]
    mail_hosts: tuple[str, ...]
    numbers: tuple[str, ...]
    incoming_numbers: tuple[str, ...]
    ages: tuple[str, ...]
    births: tuple[str, ...]
    joins: tuple[str, ...]


def told(*pairs: tuple[str, bool | None]) -> tuple[Story, ...]:
    """Stories with their threat."""
    return tuple(Story(text, threat) for text, threat in pairs)


def date_words(pattern: str, day: date) -> str:
    """A date written by a pattern."""
    return pattern.format(
        d=day.day, m=day.month, y=day.year, yy=day.year % 100, month=MONTHS[day.month - 1]
    )


def some_day(rng: Random, patterns: tuple[str, ...], day: date, share: float) -> Day:
    """A date in one of the ways, or an empty field."""
    if rng.random() >= share:
        return Day()
    return Day(date_words(rng.choice(patterns), day), day.isoformat())


def some_clock(rng: Random, patterns: tuple[str, ...]) -> Clock:
    """An hour of the day in one of the ways."""
    hour, minute = rng.randint(8, 18), rng.randint(0, 11) * 5
    return Clock(rng.choice(patterns).format(h=hour, n=minute), f"{hour:02}:{minute:02}")


def age_words(pattern: str, years: int) -> str:
    """Whole years written by a pattern."""
    return pattern.format(n=years, years=years_word(years))
