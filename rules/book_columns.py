"""The clerks' table of printed books, ``catalogues/books.toml``: reading it and naming its faults."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rules.catalogue_file import read_toml, refused

PAGE_WIDTH = 257
"""Millimetres between the margins of an A4 page that lies on its side: 297 less 30 and 10."""
NARROWEST = 8
NUMBER = "number"
BY_HAND = ("by_hand_1", "by_hand_2")
"""Columns that are printed empty."""
_WHAT = "Графи книг"
_ALWAYS = (NUMBER, "index", "dated", "note", *BY_HAND)
_ENTRY = ("about_whom", "address", "content")
FIELDS: Mapping[str, tuple[str, ...]] = {
    "notifications": (
        *_ALWAYS,
        *_ENTRY,
        "registered",
        "channel",
        "from_whom",
        "outgoing",
        "threat",
        "executor",
        "assessment_request",
        "visit",
        "measures",
        "enrolment",
        "terms",
    ),
    "outgoing": (*_ALWAYS, "kind", "addressee", "entry", "sent"),
    "acts": (
        *_ALWAYS,
        *_ENTRY,
        "entry",
        "specialist",
        "conclusion",
        "conclusion_sent",
        "decision",
    ),
    "safety_acts": (*_ALWAYS, *_ENTRY, "entry", "visitors", "threat_found", "remark"),
    "orders": (*_ALWAYS, *_ENTRY, "entry", "remark"),
    "minutes": (*_ALWAYS, *_ENTRY, "entry", "remark"),
}
"""What each book can print, by its register."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a book: what it prints, the words above it, its width in millimetres."""

    field: str
    title: str
    width: float


@dataclass(frozen=True, slots=True)
class BookColumns:
    """A book as it is printed."""

    title: str
    columns: tuple[Column, ...]


def load_books(path: Path) -> dict[str, BookColumns]:
    """The books of a file, by register.

    Raises:
        ConfigError: the file is missing or wrong; every fault with its line and what is allowed.
    """
    text, data = read_toml(path, _WHAT)
    reader = _Reader(text)
    books = reader.read(data)
    if reader.faults:
        raise refused(path, _WHAT, reader.faults)
    return books


class _Reader:
    """The file's text, so that each fault can name its line."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()
        self.faults: list[str] = []

    def read(self, data: Mapping[str, Any]) -> dict[str, BookColumns]:
        for name in sorted(set(data) - set(FIELDS)):
            self.fault(name, "", f"невідома книга; дозволено {', '.join(FIELDS)}")
        for name in sorted(set(FIELDS) - set(data)):
            self.faults.append(f"немає обов’язкового розділу [{name}]")
        return {name: self.book(name, data[name]) for name in FIELDS if name in data}

    def book(self, name: str, said: Any) -> BookColumns:
        table = said if isinstance(said, dict) else {}
        title = table.get("title")
        if not isinstance(title, str) or not title.strip():
            self.fault(name, "title", 'потрібна назва книги: title = "…"')
        for key in sorted(set(table) - {"title", "columns"}):
            self.fault(name, key, "невідомий ключ; дозволено title і розділ columns")
        section, columns = f"{name}.columns", table.get("columns")
        if not isinstance(columns, dict) or NUMBER not in columns:
            self.fault(section, "", "потрібна графа number: номер не може зникнути з книги")
        found = columns if isinstance(columns, dict) else {}
        read = tuple(self.column(name, section, field, said) for field, said in found.items())
        width = sum(column.width for column in read)
        if width > PAGE_WIDTH:
            allowed = f"графи разом мають {width:g} мм, на аркуші є {PAGE_WIDTH} мм"
            self.fault(section, "", allowed)
        return BookColumns(str(title), read)

    def column(self, name: str, section: str, field: str, said: Any) -> Column:
        if field not in FIELDS[name]:
            self.fault(section, field, f"невідома графа; дозволено {', '.join(FIELDS[name])}")
        said = said if isinstance(said, dict) else {}
        title, width = said.get("title"), said.get("width")
        is_width = isinstance(width, int | float) and not isinstance(width, bool)
        if not isinstance(title, str) or not title.strip() or set(said) != {"title", "width"}:
            self.fault(section, field, 'дозволено { title = "назва графи", width = ширина }')
        elif not is_width or not NARROWEST <= width <= PAGE_WIDTH:
            self.fault(section, field, f"width – від {NARROWEST} до {PAGE_WIDTH} мм")
        return Column(field, str(title), width if is_width else NARROWEST)

    def fault(self, section: str, key: str, allowed: str) -> None:
        where = f"[{section}]" + (f" {key}" if key else "")
        self.faults.append(f"рядок {self._line(section, key)}: {where}: {allowed}")

    def _line(self, section: str, key: str) -> int:
        """The line of a key, else of its section, else of the section round it."""
        here, nearest = "", 1
        for number, line in enumerate(self.lines, 1):
            header = re.match(r"\s*\[+\s*([^]\s]+)", line)
            here = header[1] if header else here
            if header and (here == section or section.startswith(f"{here}.")):
                nearest = number
            if here == section and key and line.split("=")[0].strip().strip("\"'") == key:
                return number
        return nearest
