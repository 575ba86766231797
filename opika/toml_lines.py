"""Where a key stands in a TOML file.

``tomllib`` gives values without their lines, and a fault in the configuration is only of use with
its line. This reads just enough of TOML to say on which line each key begins.
"""

from __future__ import annotations

import re

KeyPath = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*(\[\[?)\s*(.+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(
    r"""^\s*((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=(.*)$"""
)
_PART = re.compile(r""""([^"]*)"|'([^']*)'|([\w-]+)""")
_STRING = re.compile(r'"(?:\\.|[^"\\])*"|\'[^\']*\'')
_INLINE_KEY = re.compile(r"[{,]\s*([\w-]+)\s*=")


def key_lines(text: str) -> dict[KeyPath, int]:
    """The line (from 1) on which each table and key of a TOML text begins.

    A table of an array stands under its index: ``("mailbox", 0, "imap")``.
    """
    lines: dict[KeyPath, int] = {}
    table: KeyPath = ()
    count: dict[KeyPath, int] = {}
    skip_until: str | None = None
    depth = 0
    for number, line in enumerate(text.splitlines(), start=1):
        if skip_until is not None:
            skip_until = None if skip_until in line else skip_until
            continue
        if depth > 0:
            depth += _brackets(line)
            continue
        if header := _HEADER.match(line):
            table = _table(header, count)
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            path = (*table, *_parts(key[1]))
            lines.setdefault(path, number)
            for inline in _INLINE_KEY.finditer(_STRING.sub('""', key[2])):
                lines.setdefault((*path, inline[1]), number)
            skip_until = _open_string(key[2])
            depth = 0 if skip_until else _brackets(key[2])
    return lines


def line_of(lines: dict[KeyPath, int], path: KeyPath) -> int | None:
    """The line of a key, or of the nearest table round it; None for the whole file."""
    while path:
        if path in lines:
            return lines[path]
        path = path[:-1]
    return None


def _table(header: re.Match[str], count: dict[KeyPath, int]) -> KeyPath:
    path: KeyPath = ()
    parts = _parts(header[2])
    for place, part in enumerate(parts):
        path = (*path, part)
        if header[1] == "[[" and place == len(parts) - 1:
            count[path] = count.get(path, -1) + 1
        if path in count:
            path = (*path, count[path])
    return path


def _parts(key: str) -> tuple[str, ...]:
    return tuple(a or b or c for a, b, c in _PART.findall(key))


def _open_string(value: str) -> str | None:
    for quote in ('"""', "'''"):
        if value.strip().startswith(quote) and quote not in value.strip()[3:]:
            return quote
    return None


def _brackets(line: str) -> int:
    bare = _STRING.sub("", line).split("#")[0]
    return bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}")
