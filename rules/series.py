"""Numbers of registers: how one is written by the mask of its series, and to which year it counts.

The numbers themselves come from the journal's counters; nothing here makes one up.
"""

from __future__ import annotations

from datetime import date, datetime
from string import Formatter
from typing import Literal
from zoneinfo import ZoneInfo

from opika.errors import BadValueError

Register = Literal["notifications", "outgoing", "acts", "safety_acts", "orders", "minutes"]
"""The books with numbers of their own."""

FIELDS: tuple[str, ...] = ("number", "year", "yy", "month")
_ALLOWED = "дозволено {number}, {year}, {yy}, {month}; напр. «{number}/01-17»"


def check_mask(mask: str) -> str:
    """The mask itself, found fit to render any number.

    Law: Правила діловодства leave the index to the office's nomenclature of files; all of
    ``123/01-17``, ``01-17/124``, ``№425/01-17`` are seen, so the mask is a setting.

    Raises:
        BadValueError: an unknown field, a stray brace, no ``{number}``; names it.
    """
    try:
        parts = list(Formatter().parse(mask))
    except ValueError as err:
        raise BadValueError(f"маска «{mask}»: зайва дужка; {_ALLOWED}") from err
    for _, name, spec, conversion in parts:
        if name is not None and (name not in FIELDS or spec or conversion):
            raise BadValueError(f"маска «{mask}»: невідоме поле «{{{name}}}»; {_ALLOWED}")
    if all(name != "number" for _, name, _, _ in parts):
        raise BadValueError(f"маска «{mask}»: немає поля «{{number}}»; {_ALLOWED}")
    return mask


def render_index(mask: str, number: int, year: int, on: date) -> str:
    """A document's index: ``№{number}/01-17`` and 425 give ``№425/01-17``.

    Args:
        mask: text with the fields of ``FIELDS``; ``{number}`` must be among them.
        number: the running number, from 1.
        year: the year of the series.
        on: the day of registration; gives ``{month}``, two digits.

    Raises:
        BadValueError: a bad mask, or a number below 1.
    """
    if number < 1:
        raise BadValueError(f"номер має бути від 1, а не {number}")
    return check_mask(mask).format(
        number=number, year=year, yy=f"{year % 100:02}", month=f"{on.month:02}"
    )


def kyiv_year(moment: datetime, zone: ZoneInfo) -> int:
    """The year in which a moment is registered: the office's, never that of UTC.

    Raises:
        BadValueError: the moment has no time zone.
    """
    if moment.utcoffset() is None:
        raise BadValueError("момент реєстрації має бути з часовим поясом")
    return moment.astimezone(zone).year
