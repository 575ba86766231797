"""Repeated notifications: the how-manieth an entry is of its family, and how many of them came.

Law: Порядок, п. 24 (repeated notifications are told in the report to the commission).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from journal.masking import seen
from journal.models import Case, Entry
from rules.roles import EVERYTHING, Eyes


@dataclass(frozen=True, slots=True)
class Repeats:
    """What came about known families in a period; void entries count nowhere.

    Attributes:
        entries: how many were registered.
        families: about how many families.
        repeated: how many of the entries are a family's second or later one.
        third_and_more: how many are its third or later one.
        families_again: how many families were notified of again.
    """

    entries: int
    families: int
    repeated: int
    third_and_more: int
    families_again: int


def repeats(first: date, last: date, office: str | None = None, eyes: Eyes = EVERYTHING) -> Repeats:
    """Count the entries registered from the first to the last day, both included.

    An entry is repeated where its family has an earlier one, however long ago.

    Args:
        first: the first day, by the office's calendar.
        last: the last day.
        office: key of the office whose journal it is; None: of all.
        eyes: what is counted for whoever asks.
    """
    rows = seen(Entry.objects.all(), eyes).filter(
        voided_at=None, registered_at__date__gte=first, registered_at__date__lte=last
    )
    if office is not None:
        rows = rows.filter(office__key=office)
    again = Q(earlier__gte=1)
    counted = _with_earlier(rows).aggregate(
        entries=Count("pk"),
        families=Count("case", distinct=True),
        repeated=Count("pk", filter=again),
        third_and_more=Count("pk", filter=Q(earlier__gte=2)),
        families_again=Count("case", filter=again, distinct=True),
    )
    return Repeats(**counted)


def ordinals(cases: Iterable[Case]) -> dict[int, int]:
    """Id of each living entry of the cases -> the how-manieth of its family it is, from 1."""
    rows = _with_earlier(Entry.objects.filter(case__in=cases, voided_at=None))
    return {pk: earlier + 1 for pk, earlier in rows.values_list("pk", "earlier")}


def _with_earlier(rows: QuerySet[Entry]) -> QuerySet[Any]:
    """The entries with ``earlier``: how many living ones of their case were registered before."""
    before = Q(registered_at__lt=OuterRef("registered_at")) | Q(
        registered_at=OuterRef("registered_at"), pk__lt=OuterRef("pk")
    )
    living = Entry.objects.filter(before, case=OuterRef("case"), voided_at=None).order_by()
    number = living.values("case").annotate(n=Count("pk")).values("n")
    return rows.annotate(earlier=Coalesce(Subquery(number), 0))
