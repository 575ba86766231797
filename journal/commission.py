"""The cases that may come before the Commission, each with all that its journal says."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.db.models import Q

from journal import masking
from journal.card_making import card_of, with_all
from journal.cards import EntryCard
from journal.cards_commission import CaseCard
from journal.models import CaseStatus, Entry
from rules.roles import Eyes

_CHUNK = 100


def cases(office: str, eyes: Eyes) -> Iterator[CaseCard]:
    """The cases of an office at work, and those that a conclusion was ever received in.

    Who reported is left out for everybody: it is not the Commission's business. A case is read
    with a fixed number of queries for each hundred.

    Law: Порядок, п. 13 (confidentiality), п. 18.

    Args:
        office: key of the office whose journal it is.
        eyes: what is shown to whoever asks.
    """
    own = masking.seen(Entry.objects.filter(office__key=office, voided_at=None), eyes)
    assessed = Q(events__kind="conclusion_received", events__undone_at=None)
    found = own.filter(~Q(case__status=CaseStatus.CLOSED) | assessed)
    ids = list(found.order_by("case").values_list("case", flat=True).distinct())
    unnamed = Eyes(eyes.offices, reporter=False)
    for start in range(0, len(ids), _CHUNK):
        some = ids[start : start + _CHUNK]
        rows = masking.seen(Entry.objects.filter(case__in=some, voided_at=None), eyes)
        ordered = with_all(rows).order_by("case", "registered_at", "pk")
        for case, entries in groupby(ordered, key=lambda row: row.case_id):
            cards = (masking.shown(card_of(row), unnamed) for row in entries)
            if living := tuple(card for card in cards if not _is_erased(card)):
                yield CaseCard(case, living)


def _is_erased(card: EntryCard) -> bool:
    return card.erased is not None
