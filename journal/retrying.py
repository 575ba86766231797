"""When a step that failed is tried again: after 1 minute, 5, 30, 2 hours, then every 12 hours."""

from __future__ import annotations

from datetime import datetime, timedelta

from journal.models import Retried

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720))


def pause(attempts: int) -> timedelta:
    """How long to wait after so many failures before this one."""
    return PAUSES[min(attempts, len(PAUSES) - 1)]


def later(row: Retried, fault: str, now: datetime) -> None:
    """Note on the row, which the caller saves, that its step failed and when it is due again."""
    row.next_try_at = now + pause(row.attempts)
    row.attempts += 1
    row.fault = fault[:80]
