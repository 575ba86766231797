"""Whose name an explanation asks for that says only «(найменування установи)»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from parsers.dodatok1.found import Found
from parsers.dodatok1.labels import ANY_HINT, RECIPIENT, SENDER, Label
from parsers.dodatok1.stream import Stream

_NAME_OF_BODY = re.compile(
    r"\((?:повн\w+\s+|скорочен\w+\s+)?(?:найменування|назва)\s+(?:організаці|заклад|установ|орган|суб)",
    re.IGNORECASE,
)
_CONTACTS = re.compile(r"адрес|телефон|пошт", re.IGNORECASE)
"""Only the sender is asked for them."""
_NEAR = 700
"""Characters within which both explanations of one head stand."""


def named(stream: Stream, found: Sequence[Found]) -> list[Found]:
    """The phrases found, those of them that ask for an organisation's name with whose it is."""
    asked = [f for f in found if f.label is ANY_HINT and _NAME_OF_BODY.match(stream.text, f.start)]
    if not asked:
        return list(found)
    whose = {f: _whose(stream, f, [*asked, *_parties(found)], found) for f in asked}
    return [replace(f, label=whose.get(f) or f.label) for f in found]


def _parties(found: Sequence[Found]) -> list[Found]:
    return [f for f in found if f.label in (SENDER, RECIPIENT)]


def _whose(
    stream: Stream, hint: Found, parties: Sequence[Found], found: Sequence[Found]
) -> Label | None:
    """The sender where contacts are asked for, else the other one, else whose line stands above."""
    if _asks_contacts(stream, hint):
        return SENDER
    others = [f for f in parties if f is not hint and abs(f.start - hint.start) < _NEAR]
    if any(f.label is SENDER or _asks_contacts(stream, f) for f in others):
        return RECIPIENT
    if any(f.label is RECIPIENT for f in others):
        return SENDER
    lines = [f for f in found if f.key in ("outgoing", "incoming") and f.leads]
    above = [f for f in lines if hint.start - _NEAR < f.start < hint.start]
    if not above:
        return None
    return SENDER if max(above, key=lambda f: f.start).key == "outgoing" else RECIPIENT


def _asks_contacts(stream: Stream, hint: Found) -> bool:
    return _CONTACTS.search(stream.text, hint.start, hint.end) is not None
