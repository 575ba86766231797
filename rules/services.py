"""The clerks' list of social services, ``catalogues/services.toml``: reading it, naming its faults."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rules.catalogue_file import read_toml, refused

_WHAT = "Довідник послуг"
_ID = re.compile(r"[a-z][a-z0-9_-]*")
_SECTION = re.compile(r"\s*\[\[\s*service\s*\]\]")
_ALLOWED = 'дозволено лише таблиці [[service]] з id = "…" і text = "…"'


def load_services(path: Path) -> dict[str, str]:
    """The services of a file: id -> what a letter calls it, in the file's order.

    Raises:
        ConfigError: the file is missing or wrong; every fault with its line and what is allowed.
    """
    text, data = read_toml(path, _WHAT)
    said = data.get("service")
    if set(data) != {"service"} or not isinstance(said, list):
        raise refused(path, _WHAT, [f"рядок 1: {_ALLOWED}"])
    services = [one if isinstance(one, dict) else {} for one in said]
    if faults := list(_faults(text, services)):
        raise refused(path, _WHAT, faults)
    return {one["id"]: one["text"].strip() for one in services}


def _faults(text: str, services: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    lines = [n for n, line in enumerate(text.splitlines(), 1) if _SECTION.match(line)]
    lines += [1] * (len(services) - len(lines))  # a table written inline has no line of its own
    known: set[str] = set()
    for line, one in zip(lines, services, strict=True):
        name = one.get("id")
        if set(one) - {"id", "text"}:
            yield f"рядок {line}: {_ALLOWED}"
        if not isinstance(name, str) or not _ID.fullmatch(name):
            yield f"рядок {line}: id – позначка малими латинськими літерами, напр. support"
        elif name in known:
            yield f"рядок {line}: позначка «{name}» уже є вище"
        else:
            known.add(name)
        if not isinstance(one.get("text"), str) or not one["text"].strip():
            yield f'рядок {line}: потрібна назва послуги: text = "…"'
