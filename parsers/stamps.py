"""What programs print round a document: page numbers, marks of document systems, signatures.

It is no part of what a person wrote; its lines are set aside, where they can be looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from parsers.reading import Box, Line

_MARGIN = 0.08
"""The part of a page's height, at its top and at its bottom, where running lines stand."""
_SAME_HEIGHT = 3.0
"""Points by which a line may move from page to page and still be the same running line."""
_LONGEST = 140
"""Characters of a running line at the most."""
_SYSTEM = (
    r"\bСЕД\b|\bАСКОД\b|\bМЕГАПОЛІС\b|документообіг|роздруковано|надруковано|дата (?:формування|друку)"
    r"|для службового користування|\s[–—-]\s(?:google|microsoft|libreoffice|onlyoffice)\b|https?://|file://"
)
_PAGE = r"\b(?:стор(?:інка)?\.?|аркуш|page)\s*№?\s*\d{1,3}\b"
_SIGNATURE = (
    r"підписувач|сертифікат\s*№?\s*:?\s*[\dA-F]{8,}|серійний номер|власник\b|видавець|кнедп\b"
    r"|дійсний (?:з|від|до)\b|чинний (?:з|від|до)\b|(?:дата|час) (?:та час )?підпис|позначка часу"
    r"|(?:к?еп|ецп)\b|підпис(?:ано|ання)\W+(?:к?еп|ецп|кваліф|удоскон|електр)"
    r"|(?:кваліфікован|електронн|цифров)\w+\s+(?:електронн|цифров)?\w*\s*підпис|\bлист [\dA-F]{16,}"
)
_RUNNING = re.compile(
    rf"{_SYSTEM}|{_PAGE}|^\W*(?:{_SIGNATURE})|^[-–—\s]*\d{{1,3}}(?:\s*(?:/|з|із|of)\s*\d{{1,3}})?[-–—\s]*$",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"^\W*(?:(?:документ|оригінал|повідомлення)\s+)?підписано\W+"
    r"(?:(?:кваліфікован|удосконален|електронн|цифров)\w+\s+)*(?:к?еп\b|ецп\b|електронн|цифров|кваліф|підпис)"
    rf"|^\W*(?:{_SIGNATURE})|^\W*СЕД\b",
    re.IGNORECASE,
)
_STARTS = (
    *("документ", "оригінал", "повідомл", "підпис", "сед", "сертиф", "серійн", "власник", "видав"),
    *("кнедп", "дійсн", "чинн", "дата", "час", "познач", "еп", "кеп", "ецп", "кваліф", "електрон"),
    *("цифров", "лист"),
)
"""How the first word of such a line begins: most lines need no closer look."""
_OPENS = re.compile(r"підписано|^\W*СЕД\b|підписувач|сертифікат", re.IGNORECASE)
_PASSED = re.compile(
    r"(?:^|\s)вх(?:ід\w*)?\.?\s*№\s*\d[\w/.-]*(?:\s+від\s+\S+)?\W*$", re.IGNORECASE
)
_RECEIVED = re.compile(r"(?:^|\s)(?:дата\s+)?(?:вх|надх)\w*\.?\s", re.IGNORECASE)
_FORM = re.compile(r"додаток|дата|повідомлення", re.IGNORECASE)


def set_aside(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> None:
    """Marks what programs printed round the text of a document's pages.

    Args:
        pages: the lines of each page.
        heights: the height of each page in points.
    """
    before: dict[str, float] = {}
    for lines, height in zip(pages, heights, strict=True):
        margins = [(line, top) for line, top in _placed(lines) if _in_margin(line, height)]
        for line, _ in margins:
            text = line.text
            passed = _PASSED.search(text) is not None and _has_own_mark(lines, line)
            line.aside |= len(text) <= _LONGEST and (passed or _RUNNING.search(text) is not None)
        here = {_folded(line.text): top for line, top in margins}
        for line, top in margins:
            same = before.get(_folded(line.text))
            if same is not None and abs(same - top) < _SAME_HEIGHT and not _FORM.search(line.text):
                line.aside = True
        before = here
        _set_signatures_aside(lines)


def _set_signatures_aside(lines: Sequence[Line]) -> None:
    """Marks the frame that a signing program leaves: its title, and the lines that go on with it."""
    frame: object = None
    inside = False
    for line in lines:
        first = line.words[0].text.lower()
        may_say = first.startswith(_STARTS) or not first[0].isalpha()
        says = may_say and _SIGNED.search(line.text) is not None
        inside = says and (inside or _OPENS.search(line.text) is not None)
        if inside:
            frame = line.cell
        line.aside |= inside or (frame is not None and line.cell == frame)


def _has_own_mark(lines: Iterable[Line], mark: Line) -> bool:
    """Whether the form has a place of its own for the number that an office gave it."""
    return any(line is not mark and _RECEIVED.search(line.text) for line in lines)


def _placed(lines: Iterable[Line]) -> list[tuple[Line, float]]:
    return [(line, box.top) for line in lines if (box := _box(line))]


def _in_margin(line: Line, height: float) -> bool:
    box = _box(line)
    return box is not None and (box.bottom <= _MARGIN * height or box.top >= (1 - _MARGIN) * height)


def _box(line: Line) -> Box | None:
    return line.words[0].box


def _folded(text: str) -> str:
    """A running line without what changes from page to page."""
    return re.sub(r"\d+", "0", text)
