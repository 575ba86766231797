"""Places of a draft that a person must see to before it may be approved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

_TO_FILL = re.compile(r"\[\? .*? \?\]")


def to_fill(what: str) -> str:
    """A place that a person must see to before the document may be approved.

    Args:
        what: what is missing or doubtful there, in words for a clerk.
    """
    return f"[? {what} ?]"


def places_to_fill(value: Any) -> Iterator[str]:
    """What is still missing or doubtful in a document's values, in the order of the text."""
    if isinstance(value, str):
        yield from (place[3:-3] for place in _TO_FILL.findall(value))
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from places_to_fill(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from places_to_fill(one)
