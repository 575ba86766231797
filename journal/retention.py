"""Bytes that are kept no longer: mail that was no notification, after its term, and what is erased.

The row of an original stays and says since when its bytes are gone; the history says so too. First
that is committed, then the bytes go: a crash between the two leaves bytes that the next time removes.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from journal.blanking import blank_mail
from journal.database import writing
from journal.history import Act, hold, instant, record
from journal.models import (
    Arrival,
    CaseEvent,
    Entry,
    File,
    Form,
    HistoryValue,
    Office,
    Original,
    Outcome,
)
from journal.originals import Originals

_REMOVED = "removed"
_SUBJECT = "originals"
_AT_ONCE = 100
# Longer than anybody needs from putting bytes into the store to entering them in the journal.
_JUST_BROUGHT_SECONDS = 3600


def remove_ignored(originals: Originals, days: int, act: Act) -> int:
    """Let go what mail said that ended as no notification and that belongs to no entry.

    Args:
        originals: the store of the bytes.
        days: how long such mail is kept, in days since it was received.
        act: who and when.

    Returns:
        How many originals were let go; their bytes are gone, or go the next time.
    """
    count, last = 0, 0
    before = act.now - timedelta(days=days)
    while ids := list(_ignored(before).filter(pk__gt=last).values_list("pk", flat=True)[:_AT_ONCE]):
        count += _let_go(ids, act)
        last = ids[-1]
    remove_bytes(originals, Original.objects.all())
    return count


def note_removed(
    sha256s: Sequence[str], office: Office, act: Act, *, entry: Entry | None = None
) -> None:
    """State in the history whose bytes are let go; the caller's transaction holds the office."""
    if sha256s:
        removed = dict.fromkeys(sha256s, instant(act.now))
        changes = {_REMOVED: (None, removed)}
        record(office, "originals removed", _SUBJECT, act, entry=entry, changes=changes)


def remove_bytes(originals: Originals, rows: QuerySet[Original]) -> bool:
    """Remove the bytes of those of the originals that were let go; whether all of them are gone.

    What was put into the store within the hour stays for now: somebody may just be bringing the same
    bytes again, and then needs them.
    """
    left = False
    for sha256 in rows.filter(erased_at__isnull=False).values_list("pk", flat=True):
        path = originals.path(sha256)
        if not path.exists():
            continue
        with writing():
            held = Original.objects.select_for_update().filter(pk=sha256, erased_at__isnull=False)
            young = time.time() - path.stat().st_mtime < _JUST_BROUGHT_SECONDS
            left = left or young
            if held.first() is not None and not young:
                path.unlink(missing_ok=True)
    return not left


def removal_faults() -> Iterator[str]:
    """Originals that are said to be gone though the history does not say so."""
    stated: dict[str, str] = {}
    rows = HistoryValue.objects.filter(history__subject=_SUBJECT, field=_REMOVED)
    for removed in rows.order_by("history").values_list("new", flat=True):
        stated |= removed or {}
    gone = Original.objects.filter(erased_at__isnull=False).order_by("pk")
    for sha256, erased_at in gone.values_list("pk", "erased_at"):
        if stated.get(sha256) != instant(erased_at):
            yield f"оригінал {sha256}: вилучення не збігається з історією"


def _ignored(before: datetime) -> QuerySet[Arrival]:
    """Mail that was set aside without a person, and that is older than its term."""
    files = File.objects.filter(arrival=OuterRef("pk"), entry__isnull=False)
    forms = Form.objects.filter(file__arrival=OuterRef("pk"), entry__isnull=False)
    events = CaseEvent.objects.filter(arrival=OuterRef("pk"))
    aside = Arrival.objects.filter(
        outcome__in=(Outcome.IGNORED, Outcome.OWN),
        unpacked_at__isnull=False,
        answers__isnull=True,
        received_at__lte=before,
        original__erased_at__isnull=True,
    )
    return aside.exclude(Exists(files) | Exists(forms) | Exists(events)).order_by("pk")


def _let_go(ids: Sequence[int], act: Act) -> int:
    """Blank these mails, those of each journal in one transaction; give how many bytes go."""
    count = 0
    rows = Arrival.objects.filter(pk__in=ids).order_by("journal").values_list("journal", flat=True)
    for office_id in rows.distinct():
        with writing():
            office = hold(office_id)
            # A person may have taken one up again meanwhile.
            still = _ignored(act.now).filter(pk__in=ids, journal=office_id)
            removed = blank_mail(list(still.values_list("pk", flat=True)), act.now)
            note_removed(removed, office, act)
            count += len(removed)
    return count
