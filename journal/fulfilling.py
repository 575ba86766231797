"""The clocks that stop when a letter of ours has left, and run on when it comes back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from journal import book
from journal.history import Act, hold, record
from journal.models import Deadline, Document

_CLOCK_OF_KIND: Mapping[str, str] = {"assessment_request": "assessment_request"}
"""Kind of a letter -> the clock that it fulfils.

Law: Порядок, п. 14: the request to assess the family's needs is made when it has gone to ЦСС.
"""


def set_clock(document: Document, done_at: datetime | None, act: Act) -> None:
    """Note that the clock which the letter fulfils is done, or runs on; with a row of history.

    Args:
        document: the letter; many fulfil no clock.
        done_at: when it left; None: it has come back.
        act: who, when, why.
    """
    key = _CLOCK_OF_KIND.get(document.kind)
    clocks = list(Deadline.objects.filter(entry=document.entry_id, key=key).order_by("pk"))
    old = book.deadline_facts(clocks)
    for clock in clocks:
        if (clock.done_at is None) == (done_at is not None):
            clock.done_at = done_at
            clock.save(update_fields=["done_at"])
    changes = book.changes(old, book.deadline_facts(clocks))
    if changes:
        action = "clock stopped" if done_at else "clock runs on"
        office, subject = hold(document.entry.office_id), f"entry:{document.entry_id}"
        record(office, action, subject, act, entry=document.entry, changes=changes)
