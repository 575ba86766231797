"""The configured rules in the shapes that the rules' functions take."""

from __future__ import annotations

from pathlib import Path

from opika.config import Config
from rules.calendar import Calendar, load_calendar
from rules.deadlines import Terms


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
