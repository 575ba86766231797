"""How people write dates, times, ages, phones and registration numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

MONTHS = (
    "січня",
    "лютого",
    "березня",
    "квітня",
    "травня",
    "червня",
    "липня",
    "серпня",
    "вересня",
    "жовтня",
    "листопада",
    "грудня",
)
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
DATES = {
    "tune": (
        "{d:02}.{m:02}.{y}",
        "{d:02}.{m:02}.{y} р.",
        "{d:02}.{m:02}.{y}р.",
        "{d:02}.{m:02}.{yy:02}",
        "{d}.{m:02}.{y}",
        "{d} {month} {y} р.",
        "{d} {month} {y} року",
        "«{d:02}» {month} {y} р.",
        "{d:02}/{m:02}/{y}",
    ),
    "aside": (
        "{d:02}.{m:02}.{y} року",
        "{d:02}.{m:02}.{yy:02} р.",
        "{d:02}-{m:02}-{y}",
        "{y}-{m:02}-{d:02}",
        "{d} {month} {y}",
        "\u201c{d}\u201d {month} {y} року",
        "{d:02} . {m:02} . {y}",
        "{d:02}.{roman}.{y}",
        "{d:02}.{m:02}.{y}",
    ),
    "fresh": (
        "{d:02}.{m:02}.{y}",
        "{d:02}.{m:02}.{y}  р",
        "{d:02}.{m:02}.{yy:02}р.",
        "{d:02},{m:02},{y}",
        "{d}.{m}.{y}",
        "{d:02} {month} {y}р.",
        "«{d:02}» {m:02} {y} р.",
        "«_{d}_» {month} {y} року",
        "{d:02}. {m:02}. {y}р.",
        "{d}/{m:02}/{yy:02}",
        "{d:02} {caps} {y} року",
    ),
}
SLASHED = {
    "tune": ("{d:02}/{m:02}/{y}", "{d:02} / {m:02} / {y}", "_{d:02}_/_{m:02}_/__{y}__"),
    "aside": ("{d}/{m}/{y}", "{d:02}/ {m:02}/ {y}", "__{d:02}__/__{m:02}__/____{y}_____"),
    "fresh": ("{d:02}/{m:02}/{yy:02}", "{d:02}/_{m:02}_/{y}", "{d:02} /{m:02} /{y} р."),
}
TIMES = {
    "tune": (
        "{h:02}:{n:02}",
        "{h}:{n:02}",
        "{h:02}.{n:02}",
        "{h} год. {n:02} хв.",
        "{h:02}-{n:02}",
    ),
    "aside": ("о {h}:{n:02}", "{h} год {n:02} хв", "{h:02} : {n:02}", "{h} година {n} хвилин"),
    "fresh": (
        "{h:02}:{n:02} год.",
        "{h:02}.{n:02} год",
        "{h}-{n:02}",
        "{h} г. {n:02} хв.",
        "близько {h}:{n:02}",
    ),
}
PHONES = {
    "tune": (
        "050 000 {a:02} {b:02}",
        "050000{a:02}{b:02}",
        "(0332) 00-{a:02}-{b:02}",
        "+38050000{a:02}{b:02}",
    ),
    "aside": (
        "(050) 000-{a:02}-{b:02}",
        "+38 (050) 000 {a:02} {b:02}",
        "050-000-{a:02}-{b:02}",
        "(03368) 0-{a:02}-{b:02}",
    ),
    "fresh": (
        "0-50-000-{a:02}-{b:02}",
        "38050000{a:02}{b:02}",
        "+38 050 000-{a:02}-{b:02}",
        "(03368)0{a:02}{b:02}",
        "8(050)000{a:02}{b:02}",
    ),
}
NUMBERS = {
    "tune": ("{n}", "01-15/{n}", "{n}/01-17", "{n}/вих", "01-{k:02}/{n}", "{n}-п", "{n}/4"),
    "aside": (
        "{n}/02.1-{k:02}",
        "{k:02}.3-{n}",
        "{n}/{k:02}-26",
        "Л-{n}",
        "{n}-{k}/у",
        "вн-{n}/{k}",
    ),
    "fresh": (
        "{k:02}/{n}",
        "{n}/01-{k:02}/26",
        "{k}.1-{k:02}-{n}",
        "{n} - {k}",
        "СЗ-{k:02}/{n}",
        "{n}-о",
    ),
}


def write_date(rng: Random, part: str, day: date, *, slashed: bool = False) -> str:
    """One of the ways of writing a date; ``slashed`` keeps to the registration mark's дд/мм/рррр."""
    pattern = rng.choice((SLASHED if slashed else DATES)[part])
    return pattern.format(
        d=day.day,
        m=day.month,
        y=day.year,
        yy=day.year % 100,
        month=MONTHS[day.month - 1],
        roman=ROMAN[day.month - 1],
        caps=MONTHS[day.month - 1].upper(),
    )


@dataclass(frozen=True)
class Clock:
    """A time of day as written and as the truth names it."""

    written: str
    iso: str


def write_time(rng: Random, part: str) -> Clock:
    """An office hour, written in one of the usual ways."""
    hour, minute = rng.randint(8, 17), rng.choice((0, 5, 10, 15, 20, 25, 30, 40, 50, 55))
    written = rng.choice(TIMES[part]).format(h=hour, n=minute)
    return Clock(written, f"{hour:02}:{minute:02}")


def write_phone(rng: Random, part: str) -> str:
    """An invented phone: its subscriber's number begins with zeros."""
    return rng.choice(PHONES[part]).format(a=rng.randint(0, 99), b=rng.randint(0, 99))


INCOMING = {
    "tune": ("ВХ-{n}", "{n}-вх"),
    "aside": ("вхід-{n}", "Вх.{n}/{k}"),
    "fresh": ("{n}/вх-{k}", "СЕД-{n}"),
}


def write_number(rng: Random, part: str, *, incoming: bool = False) -> str:
    """An outgoing or incoming number of an office."""
    patterns = NUMBERS[part] + (INCOMING[part] if incoming else ())
    return rng.choice(patterns).format(n=rng.randint(1, 980), k=rng.randint(2, 30))


def years_word(count: int) -> str:
    """The word for years that goes with the number."""
    if count % 10 == 1 and count % 100 != 11:
        return "рік"
    if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14):
        return "роки"
    return "років"
