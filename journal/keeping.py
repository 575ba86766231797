"""What the journal keeps of itself: by which lists it was last brought in line."""

from __future__ import annotations

from datetime import datetime

from journal.database import writing
from journal.models import Applied


def applied(name: str) -> str | None:
    """The digest of the list that the journal was last brought in line with; None: never."""
    return Applied.objects.filter(pk=name).values_list("digest", flat=True).first()


def apply(name: str, digest: str, now: datetime) -> None:
    """Note that the journal is in line with the list of this digest."""
    with writing():
        Applied.objects.update_or_create(pk=name, defaults={"digest": digest, "at": now})
