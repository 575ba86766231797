"""Whether two forms are the same notice, and what changed between them.

Likeness alone never makes two notices one: another child may be in the second. Where a form does
not say enough to be sure there is no key, and a person decides.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from rapidfuzz import fuzz

from rules.form_keys import FORM_KEYS
from rules.text import fold

_EMAIL = re.compile(r"[\w.+-]+@[\w.-]+")
_CONTACT_LABEL = re.compile(
    r"\b(?:e-?mail|ел(?:ектронна|\.)?\s*(?:пошта|адреса)|телефони?|тел|факс|т)\b\s*[.:]*(?=[\s+(\d]|$)"
)
_PHONE = re.compile(r"(?<!\d)(?:\+?38)?[\s(]*0[\d() -]{7,}\d")
_LONGEST_SENDER = 1000
_FIGURES = re.compile(r"\d")
_LONG_ENOUGH, _MOST_COMPARED = 8, 5000
# Of a hundred letters a good scan has one or two wrong, a bad one seven.
_NEARLY_ALL = 90
_NOT_ALNUM = re.compile(r"[\W_]+")
_NO_NUMBER = frozenset({"бн", "безномера", "безн"})


def notice_key(values: Mapping[str, Any], sender_address: str | None) -> str | None:
    """What two copies of one notice share, whichever way they came; None where that is unsure.

    With an outgoing number and its date the key holds these, the sender and the names, so that a
    corrected re-send keeps it. A number or a date alone is weaker: then it also holds the ages and
    birth dates; and where nobody is named, the address and the text.

    Args:
        values: a form's values by the keys of the parse contract.
        sender_address: the mail's sender; counts only where the form names no sender.

    Returns:
        64 hexadecimal digits, or None: no number and no date, no sender, or nobody it is about.
    """
    sender = _sender(values, sender_address)
    number, day = _number(values.get("outgoing_number")), _plain(values.get("outgoing_date"))
    about = _about(values, sure=bool(number and day))
    if not sender or not (number or day) or not about:
        return None
    return _digest(["notice", sender, number, day, about])


def reading_key(values: Mapping[str, Any]) -> str | None:
    """What a notice and its scan share where a machine misread a letter elsewhere.

    Outgoing number, date and the full names of all whom it is about, letter by letter: «Марія» and
    «Марина» of one family and one letter are two notices. The sender is compared beside it, by
    :func:`same_sender`.
    """
    number, day = _number(values.get("outgoing_number")), _plain(values.get("outgoing_date"))
    persons = sorted(_person(person, with_age=False)[0] for person in values.get("persons") or [])
    if not number or not day or not persons or not all(" " in name for name in persons):
        return None
    return _digest(["reading", number, day, persons])


def same_sender(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether two forms name one sender, but for letters that a machine misread."""
    return is_misreading(_sender(old, None), _sender(new, None))


def is_misreading(old: str, new: str) -> bool:
    """Whether two texts may be one that was read twice: nearly all letters and all figures agree."""
    first, second = _squeezed(fold(old)), _squeezed(fold(new))
    if min(len(first), len(second)) < _LONG_ENOUGH or _FIGURES.findall(first) != _FIGURES.findall(
        second
    ):
        return False
    return fuzz.ratio(first[:_MOST_COMPARED], second[:_MOST_COMPARED]) >= _NEARLY_ALL


def values_digest(values: Mapping[str, Any]) -> str:
    """One digest over all that stands on a form; white space, case and such do not count."""
    return _digest(["values", [_comparable(key, values.get(key)) for key in FORM_KEYS]])


def changed_fields(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """The fields in which two readings differ, each with its old and its new value."""
    return {
        key: (old.get(key), new.get(key))
        for key in FORM_KEYS
        if _comparable(key, old.get(key)) != _comparable(key, new.get(key))
    }


def _sender(values: Mapping[str, Any], sender_address: str | None) -> str:
    """The organisation without its phones and mail addresses, which change between letters."""
    text = fold(values.get("sender") or "")
    head, rest = text[:_LONGEST_SENDER], text[_LONGEST_SENDER:]
    head = _CONTACT_LABEL.sub(" ", _PHONE.sub(" ", _EMAIL.sub(" ", head)))
    return _squeezed(head + rest) or _mailbox(values.get("sender_email") or sender_address)


def _mailbox(address: str | None) -> str:
    found = _EMAIL.search(fold((address or "")[:_LONGEST_SENDER]))
    return found[0] if found else ""


def _number(value: str | None) -> str:
    """An outgoing number without spaces and «№»; empty for «б/н» and for a mere dash."""
    text = re.sub(r"[\s№]", "", fold(value or "")).strip(".,;:_-/\\")
    return "" if _squeezed(text) in _NO_NUMBER else text


def _about(values: Mapping[str, Any], *, sure: bool) -> list[Any]:
    """Whom a notice is about: its people, and more of it where they are not fully named."""
    subject = _squeezed(_plain(values.get("subject")))
    persons = [_person(person, with_age=not sure) for person in values.get("persons") or []]
    if named := sorted(person for person in persons if person[0]):
        # «Марія» alone may be another family's child in the same letter.
        return named if all(" " in person[0] for person in named) else [named, subject]
    if not subject:
        return []
    address = _squeezed(_plain(values.get("address")))
    content = "" if sure else _squeezed(_plain(values.get("content")))
    return [subject, address, content]


def _person(person: Mapping[str, Any], *, with_age: bool = True) -> list[str]:
    name = " ".join(_NOT_ALNUM.sub(" ", fold(person.get("name") or "")).split())
    rest = ("birth_date", "birth_year", "age") if with_age else ()
    return [name, *(_plain(person.get(key)) for key in rest)]


def _comparable(key: str, value: Any) -> Any:
    """A value as it is compared: nothing is as much as an empty text or an empty list."""
    if not value:
        return None
    if key == "persons":
        return sorted(_person(person) for person in value)
    if isinstance(value, list):
        return sorted(_plain(item) for item in value)
    return _plain(value)


def _plain(value: Any) -> str:
    return "" if value is None else fold(str(value))


def _squeezed(text: str) -> str:
    return _NOT_ALNUM.sub("", text)


def _digest(parts: Iterable[Any]) -> str:
    text = json.dumps(list(parts), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
