"""Alerts: danger that a person must be told of until somebody has it, and faults of the service.

Danger is found by asking the book, never by being told of it: an entry or an arrival that shows
danger and has no alert gets one, whenever that is looked for. So none is missed, whatever was
killed in between. Of the entries those are asked that changed since the last alert, by the history:
a look costs what is new, however long the journal is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils.timezone import localtime

from journal.database import writing
from journal.history import Act, hold, record
from journal.models import Alert, Arrival, Cursor, Entry, File, Form, History, Office, Outcome
from journal.steps import UNDECIDED, UNREAD_ROLES
from opika.errors import NotFoundError

URGENT, POSSIBLY = "urgent", "possibly urgent"
_DANGER = (URGENT, POSSIBLY)
_ENTRY, _ARRIVAL = "entry:", "arrival:"
# What of an entry tells that danger was found, or that nobody could judge it.
_DANGEROUS_FACTS = ("registration", "urgent", "indicators")
# A form that was just read has its number in a moment; then the number is told, not the arrival.
_GRACE = timedelta(minutes=1)
# What failed once may be read in a minute; what failed again may be a danger that nobody reads.
_FAILED_AGAIN = 2
_CURSOR = "dangers"
# So many rows of history are rather read again at each look than that each look writes.
_READ_AGAIN = 500


@dataclass(frozen=True, slots=True)
class AlertCard:
    """An alert as it is told and shown.

    Attributes:
        kind: ``urgent`` or ``possibly urgent``; else which fault of the service.
        subject: ``entry:5``, ``arrival:9``, ``source:2``.
        office: key of the office whose journal it is; "" for a fault of the service.
        number: of the entry, as people write it; of the arrival in triage; "" for a fault.
        year: of the entry; None for an arrival.
        told: how many times it has been told.
        fault: why somebody who should have been told was not; "" where all were.
    """

    id: int
    kind: str
    subject: str
    office: str
    number: str
    year: int | None
    raised_at: datetime
    told: int
    last_told_at: datetime | None
    fault: str


@dataclass(frozen=True, slots=True)
class _Danger:
    kind: str
    subject: str
    office_id: int
    cause: int = 0


@dataclass(frozen=True, slots=True)
class _Unread:
    """The rows of an office's chain that no look has left behind: those after ``seq``, to ``last``."""

    office_id: int
    seq: int
    last: int


def raise_dangers(now: datetime) -> int:
    """Raise an alert for every danger that has none; end those whose danger is gone.

    Args:
        now: the present moment.

    Returns:
        How many were raised.
    """
    unread = _unread(Cursor.objects.all())
    behind = any(part.last - part.seq >= _READ_AGAIN for part in unread)
    if not behind and not _new_dangers(unread, now) and not _ended(now):
        return 0  # nearly always: no write, no lock
    with writing():
        # Raised before anything ends: an arrival's alert ends when its entry has one.
        unread = _unread(Cursor.objects.select_for_update())
        new = _new_dangers(unread, now)
        for danger in new:
            _raise(danger, now)
        Alert.objects.filter(pk__in=_ended(now)).update(over_at=now)
        _leave_behind(unread)
        return len(new)


def due(now: datetime, repeat: timedelta) -> list[AlertCard]:
    """The dangers that somebody is to be told of now, oldest first.

    Args:
        now: the present moment.
        repeat: how long a told alert rests; one that would rest longer (the clock was set back)
            is due.
    """
    at_once = Q(next_try_at__isnull=True) | Q(next_try_at__lte=now)
    rows = _open().filter(at_once | Q(next_try_at__gt=now + repeat), kind__in=_DANGER)
    return _cards(rows)


def unanswered() -> list[AlertCard]:
    """The dangers that nobody has acknowledged, oldest first."""
    return _cards(_open().filter(kind__in=_DANGER))


def note_told(ids: Iterable[int], fault: str, *, now: datetime, next_at: datetime) -> None:
    """Somebody has been told of these alerts.

    Args:
        ids: of alerts.
        fault: why somebody else was not; "" where all were.
        now: when.
        next_at: when they are due again.
    """
    with writing():
        for row in _open().filter(pk__in=list(ids)):
            row.told += 1
            row.last_told_at, row.next_try_at = now, next_at
            row.attempts, row.fault = 0, fault[:80]
            row.save()


def note_untold(ids: Iterable[int], fault: str, *, next_at: datetime) -> None:
    """Somebody could not be told of these alerts; it is tried again at ``next_at``.

    Args:
        ids: of alerts.
        fault: the kind of the error; "" once those who were left have been told, too.
        next_at: when they are due again.
    """
    with writing():
        for row in _open().filter(pk__in=list(ids)):
            row.attempts = row.attempts + 1 if fault else 0
            row.next_try_at, row.fault = next_at, fault[:80]
            row.save()


def acknowledge(alert_id: int | None, *, now: datetime, actor: str) -> list[AlertCard]:
    """A person has seen an alert and sees to it: it is not told again.

    Args:
        alert_id: which one; None: all dangers.
        now: when.
        actor: who.

    Returns:
        What has been acknowledged by this.

    Raises:
        NotFoundError: there is no such alert, or somebody has acknowledged it before.
    """
    rows = _open()
    rows = rows.filter(kind__in=_DANGER) if alert_id is None else rows.filter(pk=alert_id)
    with writing():
        cards = _cards(rows)
        if not cards and alert_id is not None:
            raise NotFoundError(
                "no such alert",
                clerk_message="Такого непідтвердженого сповіщення немає (див. opika status).",
            )
        for row in list(rows):
            row.acknowledged_at, row.acknowledged_by = now, actor[:150]
            row.save(update_fields=["acknowledged_at", "acknowledged_by"])
            _enter_in_history(row, Act(actor, now))
        return cards


def raise_faults(found: Mapping[str, str], now: datetime) -> None:
    """Raise an alert for every fault of the service that has none.

    One that a person acknowledged stays so until it is over.

    Args:
        found: subject -> kind of the faults that there are now.
        now: the present moment.
    """
    known = set(_faults().values_list("kind", "subject"))
    new = [(kind, subject) for subject, kind in found.items() if (kind, subject) not in known]
    if new:
        with writing():
            for kind, subject in new:
                Alert.objects.create(kind=kind, subject=subject, raised_at=now)


def faults_to_tell(
    found: Collection[str], now: datetime
) -> tuple[list[AlertCard], list[AlertCard]]:
    """The faults to be told of now, and those to be told to be over.

    Args:
        found: the subjects of the faults that there are now.
        now: the present moment.
    """
    at_once = Q(next_try_at__isnull=True) | Q(next_try_at__lte=now)
    rows = _faults().filter(acknowledged_at__isnull=True)
    lasting = rows.filter(at_once, subject__in=found)
    return _cards(lasting), _cards(_faults().exclude(subject__in=found))


def end_faults(ids: Sequence[int], now: datetime) -> None:
    """These faults are over, and whoever had been told of them knows that."""
    if ids:
        with writing():
            Alert.objects.filter(pk__in=ids).update(over_at=now)


def _open() -> QuerySet[Alert]:
    return Alert.objects.filter(acknowledged_at__isnull=True, over_at__isnull=True).order_by("pk")


def _faults() -> QuerySet[Alert]:
    """Those of the service, which belong to no office, as long as they last."""
    return Alert.objects.filter(over_at__isnull=True, office__isnull=True).order_by("pk")


def _new_dangers(unread: Iterable[_Unread], now: datetime) -> list[_Danger]:
    arrivals = _dangerous_arrivals(now)
    alerted = dict[str, set[str]]()
    lasting = Alert.objects.filter(
        over_at__isnull=True, subject__in=[danger.subject for danger in arrivals]
    )
    for subject, kind in lasting.values_list("subject", "kind"):
        alerted.setdefault(subject, set()).add(kind)
    of_arrivals = [
        danger
        for danger in arrivals
        if not alerted.get(danger.subject, set()) & {URGENT, danger.kind}
    ]
    entries = [danger for part in unread for danger in _new_dangerous_entries(part)]
    return [*entries, *of_arrivals]


def _unread(cursors: QuerySet[Cursor]) -> list[_Unread]:
    read = dict(cursors.filter(name=_CURSOR).values_list("office", "seq"))
    found = []
    for office_id in Office.objects.order_by("pk").values_list("pk", flat=True):
        chain = History.objects.filter(office=office_id).order_by("-seq")
        last, seq = chain.values_list("seq", flat=True).first() or 0, read.get(office_id, 0)
        if last > seq:
            found.append(_Unread(office_id, seq, last))
    return found


def _leave_behind(unread: Iterable[_Unread]) -> None:
    for part in unread:
        Cursor.objects.update_or_create(
            name=_CURSOR, office_id=part.office_id, defaults={"seq": part.last}
        )


def _new_dangerous_entries(unread: _Unread) -> list[_Danger]:
    """Entries of which these rows of history tell that danger was found, and no alert knows."""
    rows = (
        History.objects.filter(
            Q(entry__urgent=True) | Q(entry__urgent__isnull=True),
            office=unread.office_id,
            seq__gt=unread.seq,
            seq__lte=unread.last,
            # Joined: as a list of ids it would first be made of all dangerous entries there are.
            entry__isnull=False,
            entry__voided_at__isnull=True,
            values__field__in=_DANGEROUS_FACTS,
        )
        .values_list("entry", "entry__urgent", "entry__office")
        .annotate(cause=Max("pk"))
        .order_by("entry")
    )
    found = [
        _Danger(URGENT if urgent else POSSIBLY, f"{_ENTRY}{pk}", office, cause)
        for pk, urgent, office, cause in rows
    ]
    alerted = _newest_causes([danger.subject for danger in found])
    return [danger for danger in found if alerted.get(danger.subject, -1) < danger.cause]


def _newest_causes(subjects: Sequence[str]) -> dict[str, int]:
    """The newest row of history that each was alerted for."""
    found: dict[str, int] = {}
    for start in range(0, len(subjects), _READ_AGAIN):
        rows = Alert.objects.filter(subject__in=subjects[start : start + _READ_AGAIN])
        newest = rows.values_list("subject").annotate(newest=Max("cause")).order_by()
        found |= dict(newest.values_list("subject", "newest"))
    return found


def _dangerous_entries() -> QuerySet[Entry]:
    possibly = Q(urgent=True) | Q(urgent__isnull=True)
    return Entry.objects.filter(possibly, voided_at__isnull=True)


def _dangerous_arrivals(now: datetime) -> list[_Danger]:
    """What waits in triage, and what is held up on its way to the book."""
    papers = File.objects.filter(arrival=OuterRef("pk"))
    forms = Form.objects.filter(file__arrival=OuterRef("pk"), outcome__in=UNDECIDED)
    undecided = papers.filter(outcome__in=UNDECIDED)
    held_up = (
        Exists(undecided.filter(urgent=True, read_at__lte=now - _GRACE))
        | Exists(undecided.filter(attempts__gte=_FAILED_AGAIN))
        | Exists(forms.filter(attempts__gte=_FAILED_AGAIN))
        | Q(attempts__gte=_FAILED_AGAIN)
    )
    waiting = Q(outcome=Outcome.TRIAGE) | (Q(outcome__in=UNDECIDED) & held_up)
    rows = dict(Arrival.objects.filter(waiting).order_by("pk").values_list("pk", "journal_id"))
    judged = _judgements(list(rows))
    found = []
    for pk, office in rows.items():
        urgent = judged.get(pk, [])
        if True in urgent or None in urgent or not urgent:
            kind = URGENT if True in urgent else POSSIBLY
            found.append(_Danger(kind, f"{_ARRIVAL}{pk}", office))
    return found


def _judgements(arrivals: Sequence[int]) -> dict[int, list[bool | None]]:
    """What was said of the danger of each arrival's papers; as the triage shows it."""
    files = File.objects.filter(arrival__in=arrivals).exclude(role__in=UNREAD_ROLES)
    files = files.exclude(outcome=Outcome.IGNORED)
    found: dict[int, list[bool | None]] = {}
    for arrival, urgent in files.values_list("arrival_id", "urgent"):
        found.setdefault(arrival, []).append(urgent)
    return found


def _raise(danger: _Danger, now: datetime) -> None:
    same = _open().filter(subject=danger.subject)
    row = same.filter(kind=danger.kind).first()
    if row is None:
        same.update(over_at=now)  # «possibly» has become certain
        Alert.objects.create(
            office_id=danger.office_id,
            kind=danger.kind,
            subject=danger.subject,
            cause=danger.cause,
            raised_at=now,
        )
        return
    # Nobody has it yet, and there is more of it: told anew at once.
    row.cause, row.next_try_at, row.last_told_at = danger.cause, None, None
    row.save(update_fields=["cause", "next_try_at", "last_told_at"])


def _ended(now: datetime) -> list[int]:
    """Ids of the alerts whose danger is none any more, or has another alert."""
    entries = {f"{_ENTRY}{pk}" for pk in _ids_in_danger()}
    arrivals = {danger.subject for danger in _dangerous_arrivals(now)}
    rows = _open().filter(kind__in=_DANGER).values_list("pk", "subject")
    return [pk for pk, subject in rows if subject not in entries | arrivals]


def _ids_in_danger() -> list[int]:
    open_ones = _open().filter(subject__startswith=_ENTRY).values_list("subject", flat=True)
    ids = [int(subject.removeprefix(_ENTRY)) for subject in open_ones]
    return list(_dangerous_entries().filter(pk__in=ids).values_list("pk", flat=True))


def _enter_in_history(row: Alert, act: Act) -> None:
    if row.office_id is None:
        return
    entry = None
    if row.subject.startswith(_ENTRY):
        entry = Entry.objects.get(pk=int(row.subject.removeprefix(_ENTRY)))
    office = hold(row.office_id)
    # Which danger, for whoever reads the history: the alert's own row is not part of the book.
    changes = {"acknowledged": (None, f"{row.kind} {row.subject}")}
    record(office, "acknowledged", f"alert:{row.pk}", act, entry=entry, changes=changes)


def _cards(rows: QuerySet[Alert]) -> list[AlertCard]:
    found = list(rows.select_related("office"))
    ids = [int(row.subject[len(_ENTRY) :]) for row in found if row.subject.startswith(_ENTRY)]
    entries = Entry.objects.in_bulk(ids)
    return [_card(row, entries) for row in found]


def _card(row: Alert, entries: Mapping[int, Entry]) -> AlertCard:
    kind, _, key = row.subject.partition(":")
    entry = entries.get(int(key)) if kind == "entry" else None
    return AlertCard(
        id=row.pk,
        kind=row.kind,
        subject=row.subject,
        office=row.office.key if row.office else "",
        number=str(entry.number) if entry else key if kind == "arrival" else "",
        year=entry.year if entry else None,
        raised_at=localtime(row.raised_at),
        told=row.told,
        last_told_at=row.last_told_at and localtime(row.last_told_at),
        fault=row.fault,
    )
