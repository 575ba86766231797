"""What a person says of a field of the form: which field is meant, and what the words mean."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from rapidfuzz import fuzz

from opika.errors import BadValueError
from rules import contacts
from rules.dates import detected_on, parse_time
from rules.form_keys import ALSO_CALLED, CHOICES, FORM_KEYS, LABELS, LIST_KEYS
from rules.moments import parse_day
from rules.persons import Person, persons
from rules.text import fold, tidy

FOLLOWS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "subject": ("persons",),
        "content": ("detected_on",),
        "sender": ("sender_email", "sender_phone"),
    }
)
"""What is read out of a field: it follows when the field is corrected."""

_VIA = ("oral", "written", "phone")
_REPORTERS = ("self", "relatives", "neighbours", "anonymous", "social_work_body", "other")
_DATES = ("outgoing_date", "incoming_date", "registered_date", "detected_on", "accepted_date")
# A registered notification always says something (п. 10).
_NEVER_EMPTY = frozenset({"content"})
# Of 100: how near a name must come to be offered, and how much farther than the nearest it may be.
_CLOSE, _MUCH_FARTHER = 60, 15
_MOST_OFFERED = 3


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of some fields.

    Attributes:
        values: by the keys of the form; an empty one is None or ``[]``.
        doubtful: the keys among them, and of what follows from them, that a rule is not sure of.
        following: what is read out of these fields and was not said itself.
    """

    values: Mapping[str, Any]
    doubtful: frozenset[str] = frozenset()
    following: Mapping[str, Any] = field(default_factory=dict)


def key_of(name: str) -> str:
    """The key of the field that a person calls ``name``: the key itself, its Ukrainian label or what a clerk also calls it.

    Raises:
        BadValueError: there is no such field; the message names the nearest ones.
    """
    wanted = fold(name)
    if wanted in ALSO_CALLED:
        return ALSO_CALLED[wanted]
    for key in FORM_KEYS:
        if wanted in (key, fold(LABELS[key])):
            return key
    raise BadValueError(f"Поля «{tidy(name)}» у формі немає. {_nearest(wanted)}")


def understand(told: Mapping[str, str], today: date) -> Said:
    """What the words told of each field mean, and what is read out of them.

    Args:
        told: words by the keys of the form; an empty text empties the field.
        today: no date may be later.

    Raises:
        BadValueError: a value is not of its field's kind; the message names the field.
    """
    values = {key: _value(key, tidy(text), today) for key, text in told.items()}
    doubtful = {"persons"} if "persons" in told and not _are_sure(told["persons"], today) else set()
    following: dict[str, Any] = {}
    for key in FOLLOWS.keys() & values.keys():
        read, unsure = _read_out(key, values[key] or "", today)
        news = {name: value for name, value in read.items() if name not in values}
        following |= news
        doubtful |= unsure & news.keys()
    return Said(values, frozenset(doubtful), following)


def held_by_hand(corrected: Collection[str]) -> frozenset[str]:
    """The fields that no machine changes any more where a person has corrected these."""
    following = (name for key in corrected for name in FOLLOWS.get(key, ()))
    return frozenset(corrected) | frozenset(following)


def _value(key: str, text: str, today: date) -> Any:
    if not text:
        if key in _NEVER_EMPTY:
            raise _refused(key, "воно не може бути порожнім")
        return [] if key in LIST_KEYS else None
    if key in _DATES:
        return _day(key, text, today)
    if key == "accepted_time":
        return _time(key, text)
    if key == "persons":
        return _persons(text, today)
    if key == "received_via":
        return _choice(key, text, _VIA)
    if key == "reporter_kinds":
        named = {_choice(key, one, _REPORTERS) for one in text.split(",")}
        return [kind for kind in _REPORTERS if kind in named]
    if key == "sender_email" and contacts.email(text) != text:
        raise _refused(key, "потрібна одна адреса, напр. shkola@example.ua")
    if key == "sender_phone" and contacts.phone(f"тел. {text}") is None:
        raise _refused(key, "потрібен номер телефону, напр. 067 123 45 67")
    return text


def _day(key: str, text: str, today: date) -> str:
    found = parse_day(text, today=today)
    if found is None:
        raise _refused(key, "дату не зрозуміло або вона ще не настала; напишіть, напр., 05.03.2026")
    return found.isoformat()


def _time(key: str, text: str) -> str:
    found = parse_time(text)
    if found is None:
        raise _refused(key, "потрібен час, напр. 14:30")
    return found


def _persons(text: str, today: date) -> list[dict[str, Any]]:
    found = _people(text, today)
    if not found:
        raise _refused(
            "persons",
            "не зрозуміло, хто це; напишіть, напр., «Вигаданюк Іван, 11 років; Вигаданюк Ганна, "
            "04.05.2019»",
        )
    return found


def _people(text: str, today: date) -> list[dict[str, Any]]:
    return [_person(one) for one in persons(text, today=today).people]


def _person(one: Person) -> dict[str, Any]:
    born = one.birth_date and one.birth_date.isoformat()
    year = {} if one.birth_year is None else {"birth_year": one.birth_year}
    return {"name": one.name, "birth_date": born, "age": one.age, **year}


def _are_sure(text: str, today: date) -> bool:
    return persons(tidy(text), today=today).sure


def _read_out(key: str, text: str, today: date) -> tuple[dict[str, Any], frozenset[str]]:
    """What is read out of a field, and what of it is not sure."""
    if key == "subject":
        sure = _are_sure(text, today)
        return {"persons": _people(text, today)}, frozenset() if sure else frozenset({"persons"})
    if key == "content":
        named = detected_on(text, today=today)
        unsure = frozenset() if named.sure else frozenset({"detected_on"})
        return {"detected_on": named.value and named.value.isoformat()}, unsure
    found = {"sender_email": contacts.email(text), "sender_phone": contacts.phone(text)}
    # A name without its contacts takes none of them away: they are fields of their own.
    return {name: value for name, value in found.items() if value}, frozenset()


def _choice(key: str, text: str, allowed: Sequence[str]) -> str:
    wanted = fold(text)
    for one in allowed:
        words = fold(CHOICES[one])
        # «сусідів» is as plain as «від сусідів/знайомих».
        if wanted in (one, words, *words.removeprefix("від ").split("/"), words.split()[-1]):
            return one
    raise _refused(key, f"дозволено: {', '.join(CHOICES[one] for one in allowed)}")


def _refused(key: str, why: str) -> BadValueError:
    return BadValueError(f"Поле «{LABELS[key]}»: {why}.")


def _nearest(wanted: str) -> str:
    names = {key: f"«{LABELS[key]}» ({key})" for key in FORM_KEYS}
    scores = {
        key: max(fuzz.ratio(wanted, key), fuzz.WRatio(wanted, fold(LABELS[key])))
        for key in FORM_KEYS
    }
    best = max(scores.values())
    if best < _CLOSE:
        return f"Поля форми: {', '.join(names.values())}."
    near = sorted(FORM_KEYS, key=scores.__getitem__, reverse=True)[:_MOST_OFFERED]
    offered = [names[key] for key in near if scores[key] >= max(_CLOSE, best - _MUCH_FARTHER)]
    return f"Можливо, ви мали на увазі {' чи '.join(offered)}?"
