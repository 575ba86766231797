"""What came in: sources and their health, how far a mailbox has been read, the arrivals.

Identity of an arrival: (source, folder, UIDVALIDITY, UID) for a mail, (source, digest, name) for a
file that has not yet been taken out of its folder. A Message-ID identifies nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from journal.database import writing
from journal.history import Act, hold, record
from journal.models import Arrival, Ledger, Office, Original, Source
from journal.texts import fit

_FIRST_PAUSE = timedelta(minutes=1)
# A server is not to be pressed; a folder costs nothing to look at.
_LONGEST_PAUSE = timedelta(hours=1)
_LONGEST_FOLDER_PAUSE = timedelta(minutes=5)
# A source that goes on working need not cost a write at every look.
_FRESH = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class NewArrival:
    """One thing that a source gave us; its bytes are already in the store of originals.

    Attributes:
        source: the source, or None for an entry by hand.
        office: key of the office whose box it is.
        journal: key of the office whose journal takes it.
        channel: ``email``, ``folder``, ``oral``, ``phone``, ``paper``.
        sha256: digest of the bytes.
        size: their number.
        received_at: INTERNALDATE, or when the file was found.
        folder: the mailbox's folder.
        uid_validity: of that folder.
        uid: of the mail.
        file_name: of a file from a folder, relative to it.
        to_be_told: whether the source is told that we have it; a mailbox that is left as it is
            needs no word, and one commit less.
    """

    source: Source | None
    office: str
    journal: str
    channel: str
    sha256: str
    size: int
    received_at: datetime
    folder: str = ""
    uid_validity: int | None = None
    uid: int | None = None
    file_name: str = ""
    to_be_told: bool = True


@dataclass(frozen=True, slots=True)
class Unacknowledged:
    """An arrival that its source has not yet been told of."""

    id: int
    folder: str
    uid_validity: int | None
    uid: int | None
    file_name: str
    sha256: str


def source(kind: str, name: str, office: str) -> Source:
    """The source of this kind (``mailbox``, ``folder``) and name, made known if it is new."""
    with writing():
        owner = Office.objects.get(key=office)
        found, made = Source.objects.get_or_create(kind=kind, name=name, defaults={"office": owner})
        if not made and found.office_id != owner.pk:
            found.office = owner
            found.save(update_fields=["office"])
    return found


def source_worked(source: Source, now: datetime, fault: str = "") -> None:
    """The source answered: whatever was wrong with it is over, and it need not rest.

    Args:
        source: which one.
        fault: the name of the error's class where the source gave everything but this; it is
            looked at again at its usual pace.
        now: when; noted to within half a minute.
    """
    fault = fault[:80]
    stale = Q(last_success_at__isnull=True) | Q(last_success_at__lte=now - _FRESH)
    changed = stale | Q(attempts__gt=0) | Q(next_try_at__isnull=False) | ~Q(fault=fault)
    failed = {"last_failure_at": now} if fault else {}
    if not Source.objects.filter(changed, pk=source.pk).exists():
        return
    with writing():
        Source.objects.filter(pk=source.pk).update(
            last_success_at=now, attempts=0, next_try_at=None, fault=fault, **failed
        )


def source_failed(source: Source, fault: str, now: datetime) -> None:
    """The source did not answer: it is left alone for 1, 2, 4 … 60 minutes, a folder at most 5.

    Args:
        source: which one.
        fault: the name of the error's class.
        now: when it failed.
    """
    with writing():
        row = _hold(source)
        # Bounded first: two to the power of a thousand failures is no timedelta.
        longest = _LONGEST_FOLDER_PAUSE if row.kind == "folder" else _LONGEST_PAUSE
        pause = min(_FIRST_PAUSE * 2 ** min(row.attempts, 10), longest)
        row.attempts += 1
        row.next_try_at = now + pause
        row.last_failure_at = now
        row.fault = fault[:80]
        row.save()


def rests_until(source: Source) -> datetime | None:
    """When a source that failed is to be asked again; None: it works."""
    return Source.objects.filter(pk=source.pk).values_list("next_try_at", flat=True).get()


def position(source: Source, folder: str) -> tuple[int, int] | None:
    """(UIDVALIDITY, last UID dealt with) of the folder; None before its first reading."""
    ledger = Ledger.objects.filter(source=source, folder=folder)
    return ledger.values_list("uid_validity", "last_uid").first()


def start_folder(source: Source, folder: str, uid_validity: int) -> None:
    """Begin to count the folder's UIDs, from zero if its UIDVALIDITY is a new one."""
    with writing():
        _hold(source)
        _advance(source, folder, uid_validity, 0)


def skip(source: Source, folder: str, uid_validity: int, uid: int) -> None:
    """Count every UID up to this one as dealt with: they are older than the mailbox's ``since``."""
    with writing():
        _hold(source)
        _advance(source, folder, uid_validity, uid)


def known_uids(source: Source, folder: str, uid_validity: int) -> set[int]:
    """The UIDs of a folder whose mails have arrived."""
    rows = Arrival.objects.filter(source=source, folder=folder, uid_validity=uid_validity)
    return {uid for uid in rows.values_list("uid", flat=True) if uid is not None}


def counted_at(source: Source, folder: str) -> datetime | None:
    """When box and ledger were last compared mail by mail."""
    ledger = Ledger.objects.filter(source=source, folder=folder)
    return ledger.values_list("counted_at", flat=True).first()


def counted(source: Source, folder: str, in_box: int, recovered: int, now: datetime) -> None:
    """Box and ledger were compared.

    Args:
        source: whose box.
        folder: of the box.
        in_box: mails since the mailbox's ``since`` that it held.
        recovered: how many of them no arrival knew; they have been taken.
        now: when.
    """
    with writing():
        Ledger.objects.filter(source=source, folder=folder).update(
            counted_at=now, in_box=in_box, recovered=recovered
        )


def record_arrival(new: NewArrival, *, now: datetime, actor: str) -> int:
    """Enter an arrival and move its folder's mark, in one transaction; give the arrival's id.

    Told of the same arrival again it gives the same id. After a change of UIDVALIDITY a mail that
    this source has brought before is bound to its known arrival.
    """
    with writing():
        if new.source:
            _hold(new.source)
        known = _known(new)
        if known is None and new.uid is not None:
            known = _rebound(new, Act(actor, now))
        arrival = known or _enter(new, now)
        if new.source and new.uid is not None and new.uid_validity is not None:
            _advance(new.source, new.folder, new.uid_validity, new.uid)
        return arrival.pk


def unacknowledged(source: Source) -> list[Unacknowledged]:
    """The arrivals that this source has not yet been told of, oldest first."""
    rows = Arrival.objects.filter(source=source, acknowledged_at__isnull=True).order_by("pk")
    return [
        Unacknowledged(*row)
        for row in rows.values_list(
            "pk", "folder", "uid_validity", "uid", "file_name", "original_id"
        )
    ]


def acknowledge(arrival_id: int, now: datetime) -> None:
    """The source was told that we have this arrival."""
    with writing():
        waiting = Arrival.objects.filter(pk=arrival_id, acknowledged_at__isnull=True)
        waiting.update(acknowledged_at=now)


def _hold(source: Source) -> Source:
    """Lock the source until the transaction ends: two pollers of it take turns."""
    return Source.objects.select_for_update().get(pk=source.pk)


def _known(new: NewArrival) -> Arrival | None:
    if new.source is None:
        return None
    if new.uid is not None:
        same = Arrival.objects.filter(
            source=new.source, folder=new.folder, uid_validity=new.uid_validity, uid=new.uid
        )
    else:
        same = _brought_before(new).filter(file_name=new.file_name, acknowledged_at__isnull=True)
    return same.first()


def _brought_before(new: NewArrival) -> QuerySet[Arrival]:
    return Arrival.objects.filter(source=new.source, original_id=new.sha256).order_by("pk")


def _rebound(new: NewArrival, act: Act) -> Arrival | None:
    # Two equal mails in one box stay two: each known arrival is bound to one new UID only.
    others = _brought_before(new).filter(uid__isnull=False)
    arrival = others.exclude(folder=new.folder, uid_validity=new.uid_validity).first()
    if arrival is None:
        return None
    old = [arrival.folder, arrival.uid_validity, arrival.uid]
    arrival.folder, arrival.uid_validity, arrival.uid = new.folder, new.uid_validity, new.uid
    arrival.save(update_fields=["folder", "uid_validity", "uid"])
    changes = {"uid": (old, [new.folder, new.uid_validity, new.uid])}
    office = hold(arrival.journal_id)
    record(office, "rebound", f"arrival:{arrival.pk}", act, changes=changes)
    return arrival


def _enter(new: NewArrival, now: datetime) -> Arrival:
    keep_original(new.sha256, new.size, now)
    offices = Office.objects.in_bulk([new.office, new.journal], field_name="key")
    return Arrival.objects.create(
        office=offices[new.office],
        journal=offices[new.journal],
        source=new.source,
        channel=new.channel,
        folder=new.folder,
        uid_validity=new.uid_validity,
        uid=new.uid,
        original_id=new.sha256,
        file_name=fit(new.file_name, 500),
        received_at=new.received_at,
        recorded_at=now,
        # An entry by hand has no source that waits for our word.
        acknowledged_at=None if new.source and new.to_be_told else now,
    )


def keep_original(sha256: str, size: int, now: datetime) -> None:
    """Enter bytes that lie in the store of originals; the caller's transaction is open.

    The same bytes may have been there before, and been removed after their term.
    """
    row = Original(sha256=sha256, size=size, stored_at=now)
    Original.objects.bulk_create([row], ignore_conflicts=True)
    Original.objects.filter(pk=sha256, erased_at__isnull=False).update(erased_at=None)


def _advance(source: Source, folder: str, uid_validity: int, uid: int) -> None:
    ledgers = Ledger.objects.filter(source=source, folder=folder)
    same = ledgers.filter(uid_validity=uid_validity)
    if same.filter(last_uid__lt=uid).update(last_uid=uid) or same.exists():
        return
    if not ledgers.update(uid_validity=uid_validity, last_uid=uid):
        Ledger.objects.create(source=source, folder=folder, uid_validity=uid_validity, last_uid=uid)
