"""One fault that a check of a template or of a finished document has found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong and where, in words for a clerk.

    Attributes:
        rule: the short English name of the rule that is broken; stable, for programs.
        place: the paragraph of the template or the requisite of the document; "" is the whole file.
        message: what is wrong and how to mend it, in Ukrainian.
    """

    rule: str
    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.message} ({self.place})" if self.place else self.message
