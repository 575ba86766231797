"""Is there a fresh backup: an office that nobody looks after for years must hear when there is none."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from opika.backup import NAME, NAME_TIME
from opika.config import Config

# Made each night: one night may be missed (the machine was off), two may not.
_MAY_BE_OLD = timedelta(hours=50)


def overdue(config: Config, now: datetime) -> str:
    """Why the nightly backups are not as they should be, in words; "" where they are, or none are.

    Args:
        config: its ``[backup] folder`` names where they lie.
        now: aware, in the office's zone.
    """
    folder = config.backup.folder
    if folder is None or not config.backup.recipient:
        return ""
    try:
        last = _newest(folder, now)
    except OSError:
        return f"папка резервних копій недоступна: {folder}"
    if last is None:
        return f"у папці {folder} немає жодної резервної копії (opika backup)"
    if now - last > _MAY_BE_OLD:
        return f"остання резервна копія – від {last:%d.%m.%Y %H:%M} (opika backup)"
    return ""


def _newest(folder: Path, now: datetime) -> datetime | None:
    """When the newest whole backup was made, as its name says: a copied file has another age."""
    made = [found[1] for path in folder.iterdir() if (found := NAME.fullmatch(path.name))]
    if not made:
        return None
    return datetime.strptime(max(made), NAME_TIME).replace(tzinfo=now.tzinfo)
