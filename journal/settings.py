"""Django's settings, built from the values of the one Config.

Importing this module gives the settings that type checking and ``makemigrations`` need; a running
pipeline calls :func:`configure` with its own folder and database.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

AUTH_USER_MODEL = "journal.User"
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "journal"]
USE_TZ = True
TIME_ZONE = "Europe/Kyiv"
LANGUAGE_CODE = "uk"
# Nothing is signed before the desk exists; a key must merely be there.
SECRET_KEY = "unused: no session or token is signed without the desk"  # noqa: S105
DATABASES: dict[str, dict[str, Any]] = {
    "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
}

# A commit is on the disk before it is reported (promise 1); a writer takes its lock when its
# transaction starts, so that two writers queue and never fail half-way.
_SQLITE_START = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
_WAIT_SECONDS = 30


def configure(data: Path, database: str | None = None, timezone: str = TIME_ZONE) -> None:
    """Set Django up for the journal below ``data`` or at the URL ``database``.

    A process that has one journal open already closes it and turns to the new one.

    Args:
        data: the folder that holds everything the pipeline keeps; the SQLite file lies in it.
        database: ``postgresql://user:password@host:port/name``, or None for SQLite.
        timezone: the zone of the office's calendar.
    """
    import django
    from django.conf import settings

    default = _postgresql(database) if database else _sqlite(data)
    if settings.configured:
        _turn_to(default, timezone)
        return
    settings.configure(
        AUTH_USER_MODEL=AUTH_USER_MODEL,
        INSTALLED_APPS=INSTALLED_APPS,
        USE_TZ=USE_TZ,
        TIME_ZONE=timezone,
        LANGUAGE_CODE=LANGUAGE_CODE,
        SECRET_KEY=SECRET_KEY,
        DATABASES={"default": default},
    )
    django.setup()


def _turn_to(default: dict[str, Any], timezone: str) -> None:
    from django.conf import settings
    from django.db import connections
    from django.utils import timezone as zones

    known = connections.settings["default"]
    settings.TIME_ZONE = timezone
    zones.get_default_timezone.cache_clear()  # type: ignore[attr-defined]
    if any(known.get(key) != value for key, value in default.items()):
        connections.close_all()
        with suppress(AttributeError):  # nobody has asked for it since the last turn
            del connections["default"]
        connections.settings["default"] = default
        connections.settings = connections.configure_settings(connections.settings)


def _sqlite(data: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(data / "journal.sqlite3"),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": _WAIT_SECONDS,
            "init_command": _SQLITE_START,
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
    }
