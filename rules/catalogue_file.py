"""The lists that a clerk may edit: reading their TOML, and saying what is wrong in them and where."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from opika.errors import ConfigError


def read_toml(path: Path, what: str) -> tuple[str, dict[str, Any]]:
    """A list's text, in which a fault can name its line, and what TOML makes of it.

    Args:
        path: the file.
        what: the list, as :func:`refused` begins with it: «Календар».

    Raises:
        ConfigError: there is no such file, it is not UTF-8 or not TOML; names the line.
    """
    data = b""
    try:
        data = path.read_bytes()
        text = data.decode("utf-8")
        return text, tomllib.loads(text)
    except OSError as err:
        raise refused(path, what, [f"файл не читається: {err.strerror}"]) from err
    except UnicodeDecodeError as err:
        line = data.count(b"\n", 0, err.start) + 1
        fault = f"рядок {line}: файл має бути в кодуванні UTF-8; збережіть його як UTF-8"
        raise refused(path, what, [fault]) from err
    except tomllib.TOMLDecodeError as err:
        at = re.search(r"at line (\d+)", str(err))
        where = f"рядок {at[1]}" if at else "кінець файлу"
        allowed = 'дозволено ключ = "значення" або [розділ]'
        raise refused(path, what, [f"{where}: запис не за правилами TOML; {allowed}"]) from err


def refused(path: Path, what: str, faults: Iterable[str]) -> ConfigError:
    """The error of a list that cannot be used, each fault on a line of its own."""
    message = "\n".join(f"{path.name}: {fault}" for fault in faults)
    return ConfigError(message, clerk_message=f"{what} не прийнято.\n{message}")
