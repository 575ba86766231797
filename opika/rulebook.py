"""The configured rules in the shapes that the rules' functions take."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from opika.config import Config
from opika.errors import ConfigError
from rules.calendar import Calendar, load_calendar
from rules.deadlines import Terms
from rules.services import load_services


def calendar_file(config: Config) -> Path:
    """The file of the office's working days."""
    return config.opika.catalogues / "calendar.toml"


def calendar_of(config: Config) -> Calendar:
    """The office's calendar.

    Raises:
        ConfigError: the calendar's file cannot be used.
    """
    return load_calendar(calendar_file(config))


def terms_of(config: Config) -> Terms:
    """The conventions by which terms are counted."""
    return Terms(zone=config.zone, **config.terms.model_dump())


def services_file(config: Config) -> Path:
    """The file of the social services that letters ask for."""
    return config.opika.catalogues / "services.toml"


def services_of(config: Config) -> Mapping[str, str]:
    """The office's social services, id -> words; none where its file cannot be used.

    No other document waits for that file: the letter that needs it says so, and ``opika check``
    names the fault.
    """
    path = services_file(config)
    try:
        return _services(path, path.stat().st_mtime_ns)
    except (ConfigError, OSError):
        return {}


@lru_cache(maxsize=8)
def _services(path: Path, _mtime: int) -> Mapping[str, str]:
    return load_services(path)
