"""One field of a form as it was read."""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.dodatok1.cut import Span


@dataclass(slots=True)
class Field:
    """A value with what is known of it.

    Attributes:
        value: JSON-ready; None where the document leaves the field blank.
        sure: the document says it plainly.
        spans: where in the stream it was read.
        found: the form's label for it is there.
    """

    value: object
    sure: bool = True
    spans: list[Span] = field(default_factory=list)
    found: bool = True


Fields = dict[str, Field]
