"""What a reader of RTF knows at a place of the file: the look of a group, a font, a field."""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.reading import Emphasis

_DEFAULT_CHOICE = 25
"""What a form field says when nobody has touched it."""


@dataclass(slots=True)
class State:
    """What a group inherits.

    Attributes:
        part: what its text is for; only "text" is shown.
        outer: the part round the one that is skipped.
        emphasis: how its text stands out.
        inked: its letters have a colour.
        font: the number of its font.
        hidden: the page does not show it.
        deleted: it was deleted while changes were tracked.
        fallback: how many letters stand for each one that is given by its number.
        in_table: its paragraphs stand in a table.
        depth: how deep in tables they stand, where that is said.
    """

    part: str = "text"
    outer: str = "text"
    emphasis: Emphasis = Emphasis.NONE
    inked: bool = False
    font: int = 0
    hidden: bool = False
    deleted: bool = False
    fallback: int = 1
    in_table: bool = False
    depth: int = 0


@dataclass(slots=True)
class Font:
    """A font's name and the number of its character set."""

    name: str = ""
    charset: int = 0


@dataclass(slots=True)
class FormField:
    """A form field: 1 is a box, 2 a choice; its state and what it was before anybody touched it."""

    kind: int = 0
    result: int | None = None
    default: int = 0
    choices: list[str] = field(default_factory=list)

    @property
    def chosen(self) -> int:
        """The state of a box, or the number of a choice."""
        return self.default if self.result in (None, _DEFAULT_CHOICE) else self.result or 0
