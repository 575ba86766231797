"""The clerks' list of social services, ``catalogues/services.toml``: reading it, naming its faults."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from opika.errors import ConfigError

_ID = re.compile(r"[a-z][a-z0-9_-]*")
_SECTION = re.compile(r"\s*\[\[\s*service\s*\]\]")
_ALLOWED = 'дозволено лише таблиці [[service]] з id = "…" і text = "…"'


def load_services(path: Path) -> dict[str, str]:
    """The services of a file: id -> what a letter calls it, in the file's order.

    Raises:
        ConfigError: the file is missing or wrong; every fault with its line and what is allowed.
    """
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except OSError as err:
        raise _refused(path, [f"файл не читається: {err.strerror}"]) from err
    except UnicodeDecodeError as err:
        raise _refused(path, ["файл має бути в кодуванні UTF-8"]) from err
    except tomllib.TOMLDecodeError as err:
        raise _refused(path, [f"це не TOML: {_in_ukrainian(err)}"]) from err
    said = data.get("service")
    if set(data) != {"service"} or not isinstance(said, list):
        raise _refused(path, [f"рядок 1: {_ALLOWED}"])
    services = [one if isinstance(one, dict) else {} for one in said]
    if faults := list(_faults(text, services)):
        raise _refused(path, faults)
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


def _in_ukrainian(err: tomllib.TOMLDecodeError) -> str:
    line = re.search(r"at line (\d+)", str(err))
    return f"рядок {line[1]}" if line else "кінець файлу"


def _refused(path: Path, faults: list[str]) -> ConfigError:
    message = "\n".join(f"{path.name}: {fault}" for fault in faults)
    return ConfigError(message, clerk_message=f"Довідник послуг не прийнято.\n{message}")
