"""What a clerk tells beside a command: named details, each checked by its kind.

Events of a case and documents ask for them in the same way: ``КЛЮЧ=ЗНАЧЕННЯ``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from opika.errors import BadValueError

_MOST_LETTERS = 2_000


@dataclass(frozen=True, slots=True)
class Detail:
    """Something that is told.

    Attributes:
        words: what it is, for a clerk.
        needed: whether nothing can be done without it.
        allowed: value -> its words; empty: any text.
        several: several of the allowed values may be named, with commas between.
        is_day: it is a date, ``2026-03-04``.
        example: how it is written, where its words alone would not tell.
    """

    words: str
    needed: bool = False
    allowed: Mapping[str, str] = field(default_factory=dict)
    several: bool = False
    is_day: bool = False
    example: str = ""


Details = Mapping[str, Detail]
"""Key -> what it is."""


def checked(details: Details, given: Mapping[str, str], what: str) -> dict[str, Any]:
    """What is told, JSON-ready; empty values are left out.

    Args:
        details: what may be told.
        given: detail -> text, as a clerk typed it.
        what: of what it is told, for the message: «подія visited».

    Raises:
        BadValueError: something needed is missing, or a detail or value is unknown.
    """
    told = {key: text.strip() for key, text in given.items() if text.strip()}
    if unknown := [key for key in told if key not in details]:
        allowed = f"дозволено: {', '.join(details)}" if details else "подробиць тут немає"
        raise BadValueError(f"{what} не має поля «{unknown[0]}»; {allowed}")
    for key, detail in details.items():
        if detail.needed and key not in told:
            raise BadValueError(f"вкажіть {_usage(key, detail)}")
    return {key: _value(key, details[key], text) for key, text in told.items()}


def shown(details: Details, told: Mapping[str, Any]) -> str:
    """What is told, for a clerk: «разом із: поліція, ЦСС; примітка: …»."""
    return "; ".join(
        f"{details[key].words}: {_shown(details[key], value)}"
        for key, value in told.items()
        if key in details
    )


def value_text(details: Details, key: str, told: Mapping[str, Any]) -> str:
    """One of the details, for a clerk; "" where it is not told."""
    value = told.get(key)
    return _shown(details[key], value) if key in details and value else ""


def usage(details: Details) -> list[str]:
    """The details as they are typed, needed ones first."""
    ordered = sorted(details.items(), key=lambda item: not item[1].needed)
    return [_usage(key, detail) for key, detail in ordered]


def _usage(key: str, detail: Detail) -> str:
    values = "ДАТА" if detail.is_day else "ТЕКСТ"
    shown = f'"{detail.example}"' if detail.example else "|".join(detail.allowed) or values
    return f"{key}={shown} ({detail.words})"


def _value(key: str, detail: Detail, text: str) -> str | list[str]:
    if detail.several:
        chosen = [_allowed(key, detail, one.strip()) for one in text.split(",") if one.strip()]
        return list(dict.fromkeys(chosen))
    if detail.allowed:
        return _allowed(key, detail, text)
    if detail.is_day:
        return _day(key, text)
    return text[:_MOST_LETTERS]


def _allowed(key: str, detail: Detail, value: str) -> str:
    if value not in detail.allowed:
        raise BadValueError(f"«{key}»: дозволено {', '.join(detail.allowed)}, а не «{value}»")
    return value


def _day(key: str, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as err:
        raise BadValueError(f"«{key}»: потрібна дата виду 2026-03-04, а не «{text}»") from err


def _shown(detail: Detail, value: str | Sequence[str]) -> str:
    values = [value] if isinstance(value, str) else value
    if detail.is_day:
        return ", ".join(f"{date.fromisoformat(one):%d.%m.%Y}" for one in values)
    return ", ".join(detail.allowed.get(one, one) for one in values)
