"""What every reader gives: lines of words, each with its place, its emphasis and its confidence.

A reader knows one kind of file and nothing of the form; the extractor knows the form and nothing of
the kind of file. A check box is a word of its own: ``☐`` empty, ``☒`` ticked, ``✓`` a tick without
a box. A blank that somebody may write on is a word of underscores, however it was drawn.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Flag
from typing import NamedTuple

EMPTY_BOX, TICKED_BOX, TICK = "☐", "☒", "✓"
FILLER = "____"
UNREAD_PAGE = "[Сторінку не прочитано: забракло часу. Перегляньте оригінал.]"
"""The only line of a page that nobody has read."""


class Emphasis(Flag):
    """How a word stands out from the others."""

    NONE = 0
    UNDERLINE = 1
    BOLD = 2
    STRIKE = 4
    HIGHLIGHT = 8
    """A colour behind or of the letters, a frame, a ring."""
    ITALIC = 16


class Box(NamedTuple):
    """A rectangle on a page in points, measured from the page's top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def around(self, other: Box) -> Box:
        """The smallest rectangle that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


class Cell(NamedTuple):
    """One cell of a table.

    Attributes:
        table: the table's number in the document.
        row: counted from 0.
        column: counted from 0; a wide cell counts as many as it covers.
        last: nothing of its row stands right of it.
    """

    table: int
    row: int
    column: int
    last: bool


@dataclass(slots=True)
class Word:
    """Characters without white space between them.

    Attributes:
        text: as written.
        gap: the white space before it in widths of a space; 0 means that it is joined to the word
            before. A tab counts as eight.
        emphasis: how it stands out.
        confidence: 0..1; 1 where the file holds the text itself.
        box: where it stands on the page, if the file knows pages.
    """

    text: str
    gap: float = 1.0
    emphasis: Emphasis = Emphasis.NONE
    confidence: float = 1.0
    box: Box | None = None


@dataclass(slots=True)
class Line:
    """Words on one line, in reading order.

    Attributes:
        words: never empty.
        page: counted from 1; None where the file knows no pages.
        paragraph: counted from 0 within the document; None where the file knows no paragraphs.
        cell: the cell that the line stands in.
        aside: a footer or a note: text of the document, but no part of its flow.
    """

    words: list[Word]
    page: int | None = None
    paragraph: int | None = None
    cell: Cell | None = None
    aside: bool = False

    @property
    def text(self) -> str:
        """The words with the spaces that stood between them, each run of them as one."""
        parts = [(" " if word.gap else "") + word.text for word in self.words]
        return "".join(parts).strip()

    @property
    def is_unread_page(self) -> bool:
        """Whether it says that nobody has read its page."""
        begins = bool(self.words) and self.words[0].text[:1] == UNREAD_PAGE[0]
        return begins and self.text == UNREAD_PAGE


@dataclass(slots=True)
class Reading:
    """A whole document as one reader saw it.

    Attributes:
        lines: in reading order.
        blank_pages: pages without any text, counted from 1: scans that OCR may take.
    """

    lines: list[Line] = field(default_factory=list)
    blank_pages: tuple[int, ...] = ()

    @property
    def unread_pages(self) -> tuple[int, ...]:
        """Pages that no time was left for, counted from 1: anything may stand there."""
        return tuple(line.page or 0 for line in self.lines if line.is_unread_page)

    @property
    def text(self) -> str:
        """The plain text, a line of it for each line; pages that nobody has read are named."""
        return "\n".join(
            line.text.replace("Сторінку", f"Сторінку {line.page}", 1)
            if line.is_unread_page
            else line.text
            for line in self.lines
        )
