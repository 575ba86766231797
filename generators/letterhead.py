"""Who writes a letter, to whom, and under which number: the requisites that no card holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from generators.naming import Names
from rules.procedure import PROCEDURE

Form = Literal["letter", "named"]
"""``letter``: has an addressee and no name of its kind; ``named``: order, act, minutes, plan."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The office that issues a letter; an empty value leaves its requisite out of the letter.

    Attributes:
        name: the organisation's full name, nominative.
        unit: its structural unit, nominative.
        address: the full postal address.
        phone, email: as they are to be printed.
        head_name: who signs: «Власне ім’я ПРІЗВИЩЕ», or surname, given name and patronymic.
        head_position: the signatory's position as printed («В. о. начальника …» for an acting one).
        place: the town in which orders, acts and minutes are made.
    """

    name: str
    unit: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    head_name: str = ""
    head_position: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Addressee:
    """To whom a letter goes.

    Attributes:
        lines: the addressee, one requisite line each, as the configuration says it in the dative;
            a sender as its notification writes it, which the letter puts into the dative.
        address: the postal address.
        email: the address to which the letter may be sent; printed where there is no postal one.
    """

    lines: tuple[str, ...]
    address: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Executor:
    """The person who has written the letter and answers the telephone about it."""

    name: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Requisites:
    """Everything that stands round the text of one letter.

    Attributes:
        dated: the letter's date.
        index: its registration index; None until the series gives it.
        procedure: the local act in the genitive, see :mod:`rules.procedure`.
        names: how names are put into cases.
        services: id -> words of the social services that the office's catalogue knows.
    """

    issuer: Letterhead
    addressee: Addressee
    dated: date
    index: str | None = None
    executor: Executor | None = None
    procedure: str = PROCEDURE
    names: Names = field(default_factory=Names)
    services: Mapping[str, str] = field(default_factory=dict)
