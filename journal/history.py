"""The history: who changed what, when and why, each row chained by hash to the one before it.

Hashed are the columns of the row and the *commitments* to its values, each with a salt of its own:
a value that the law orders erased can be erased, and the chain still holds.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from journal.models import Entry, Erasure, History, HistoryValue, Office, ToIndex
from journal.texts import clean
from opika.errors import JournalError

_FIRST_PREVIOUS = "0" * 64
_CHUNK = 500
# Made once: `json.dumps` would make one for each of the dozens of values of an entry.
_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))
WHY = "why"
"""The field under which a row keeps the reason that was given."""
# What tells nothing of persons: an erasure leaves it, and verification may still ask for it.
_LASTING = frozenset(
    [
        "registration",
        "case",
        "urgent",
        "voided_at",
        "imported_at",
        "document",
        "number",
        "state",
        "docx",
        "pdf",
        "approved_at",
        "signed",
        "started_at",
        "sent_at",
        "copied_at",
        "bounced_at",
        "status",
        "closed_at",
        "joined_into",
    ]
)
_LASTING_KINDS = ("deadline:", "arrival:", "answers:")
# Of these only the reason may name anybody.
_LASTING_SUBJECTS = Q(history__subject__startswith="case:") & ~Q(field=WHY)
_ERASURES = "erasure:"


@dataclass(frozen=True, slots=True)
class Act:
    """Who acts, when, and why."""

    actor: str
    now: datetime
    why: str = ""


def hold(office_id: int) -> Office:
    """Lock the office until the transaction ends: its numbers and its history have one writer."""
    return Office.objects.select_for_update().get(pk=office_id)


def hold_all(office_ids: Iterable[int]) -> dict[int, Office]:
    """Lock several offices until the transaction ends; id -> office.

    Always in the order of their ids, so that two transactions never wait for each other.
    """
    rows = Office.objects.select_for_update().filter(pk__in=set(office_ids)).order_by("pk")
    return {office.pk: office for office in rows}


def record(
    office: Office,
    action: str,
    subject: str,
    act: Act,
    *,
    entry: Entry | None = None,
    changes: Mapping[str, tuple[Any, Any]] | None = None,
) -> History:
    """Append one row to the office's chain; the caller's transaction holds the office.

    Args:
        office: whose chain.
        action: what was done, one word of ours.
        subject: what it was done to, as ``kind:id``.
        act: who, when, why.
        entry: the entry that this concerns.
        changes: field -> (old, new), JSON-ready.
    """
    rows = History.objects.filter(office=office).order_by("-seq")
    seq, previous = rows.values_list("seq", "hash").first() or (0, _FIRST_PREVIOUS)
    values = [
        HistoryValue(field=field, old=clean(old), new=clean(new), salt=secrets.token_hex(16))
        for field, (old, new) in _with_reason(changes or {}, act).items()
    ]
    row = History(
        office=office,
        seq=seq + 1,
        at=act.now,
        actor=act.actor[:150],
        action=action,
        subject=subject,
        entry=entry,
        commitments={value.field: commitment(value) for value in values},
        previous_hash=previous,
    )
    row.hash = row_hash(row)
    row.save(force_insert=True)
    for value in values:
        value.history = row
    HistoryValue.objects.bulk_create(values)
    if entry is not None:
        ToIndex.objects.create(entry=entry)
    return row


def given(why: str) -> str:
    """The reason that must be given.

    Raises:
        JournalError: there is none.
    """
    if not why.strip():
        raise JournalError("no reason", clerk_message="Вкажіть підставу: --why «…».")
    return why.strip()


def verify_chain(office: Office) -> str | None:
    """The first fault of the office's chain and of the values behind it, or None."""
    previous = _FIRST_PREVIOUS
    erased = _erased_until()
    for seq, (row, values) in enumerate(_chain(office), start=1):
        fault = _row_fault(row, values, (seq, previous), erased)
        if fault:
            return f"історія {office.key}, рядок {row.seq}: {fault}"
        previous = row.hash
    return None


def is_erasable(field: str) -> bool:
    """Whether a fact may tell of persons, so that it goes when its entry is erased."""
    return field not in _LASTING and not field.startswith(_LASTING_KINDS)


def values_to_erase(entry: Entry, last: History) -> QuerySet[HistoryValue]:
    """The values behind an entry's rows, up to a row of the history, that may tell of persons."""
    values = HistoryValue.objects.filter(history__entry=entry, history__pk__lte=last.pk)
    lasting = Q(field__in=_LASTING) | _LASTING_SUBJECTS | Q(history__subject__startswith=_ERASURES)
    for kind in _LASTING_KINDS:
        lasting |= Q(field__startswith=kind)
    return values.exclude(lasting)


def commitment(value: HistoryValue) -> str:
    """The salted digest that stands for a value in the chain."""
    text = f"{value.salt}|{value.field}|{canonical(value.old)}|{canonical(value.new)}"
    return hashlib.sha256(text.encode()).hexdigest()


def row_hash(row: History) -> str:
    """The hash of a row: over all its columns and the hash of the row before it."""
    columns = [
        row.office_id,
        row.seq,
        instant(row.at),
        row.actor,
        row.action,
        row.subject,
        row.entry_id,
        row.commitments,
        row.previous_hash,
    ]
    return hashlib.sha256(canonical(columns).encode()).hexdigest()


def canonical(value: Any) -> str:
    """JSON with one spelling for one value."""
    return _ENCODER.encode(value)


def instant(moment: datetime | None) -> str | None:
    """A moment as JSON holds it: UTC, to the microsecond."""
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def day(value: date | None) -> str | None:
    """A day as JSON holds it."""
    return None if value is None else value.isoformat()


def _with_reason(changes: Mapping[str, tuple[Any, Any]], act: Act) -> Mapping[str, tuple[Any, Any]]:
    # A reason may name a person, so it must be as erasable as a value.
    return {**changes, WHY: (None, act.why)} if act.why else changes


def _erased_until() -> dict[int, int]:
    """Entry -> id of the last row of the history whose values may be missing by an order."""
    last = History.objects.filter(office=OuterRef("entry__office"), seq=OuterRef("seq"))
    orders = Erasure.objects.filter(seq__isnull=False).annotate(last=Subquery(last.values("pk")))
    return {entry: pk for entry, pk in orders.values_list("entry", "last") if pk is not None}


def _chain(office: Office) -> Iterator[tuple[History, list[HistoryValue]]]:
    """The office's rows in their order with their values, few at a time in memory."""
    last = -1
    rows = History.objects.filter(office=office).order_by("seq")
    while chunk := list(rows.filter(seq__gt=last)[:_CHUNK]):
        # By hand: a queryset of its own for each row would cost as much as checking it.
        values = defaultdict[int, list[HistoryValue]](list)
        for value in HistoryValue.objects.filter(history__in=chunk):
            values[value.history_id].append(value)
        for row in chunk:
            yield row, values[row.pk]
        last = chunk[-1].seq


def _row_fault(
    row: History,
    its_values: Iterable[HistoryValue],
    expected: tuple[int, str],
    erased: Mapping[int, int],
) -> str | None:
    """What is wrong with a row that should have this number and follow this hash."""
    values = {value.field: value for value in its_values}
    seq, previous = expected
    if row.seq != seq:
        return "бракує попереднього рядка"
    if row.previous_hash != previous or row.hash != row_hash(row):
        return "рядок змінено"
    missing = set(row.commitments) - set(values)
    if set(values) - set(row.commitments) or not _may_be_missing(missing, row, erased):
        return "бракує значень або є зайві"
    if any(commitment(value) != row.commitments[field] for field, value in values.items()):
        return "значення змінено"
    return None


def _may_be_missing(fields: set[str], row: History, erased: Mapping[int, int]) -> bool:
    until = erased.get(row.entry_id or 0, 0)
    return not fields or (row.pk <= until and all(map(is_erasable, fields)))
