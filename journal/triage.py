"""Reading the triage: the arrivals that no rule could place, as cards and as the contract's JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.timezone import localtime

from journal.cards import ProposalCard, TriageCard, TriageFile
from journal.masking import check_arrival, seen_arrivals, triage_shown
from journal.models import Arrival, File, Outcome
from journal.steps import UNREAD_ROLES
from rules.roles import EVERYTHING, Eyes

_ASIDE = (Outcome.IGNORED, Outcome.OWN)


def triage(*, all: bool = False, eyes: Eyes = EVERYTHING) -> list[TriageCard]:
    """The arrivals that wait for a person, oldest first.

    Args:
        all: also those that were set aside without a person.
        eyes: what is shown to whoever reads them.
    """
    outcomes = (Outcome.TRIAGE, *_ASIDE) if all else (Outcome.TRIAGE,)
    rows = seen_arrivals(Arrival.objects.filter(outcome__in=outcomes), eyes)
    found = _with_files(rows).order_by("received_at", "pk")
    return [triage_shown(_card(row), eyes) for row in found]


def triage_card(arrival_id: int, eyes: Eyes = EVERYTHING) -> TriageCard:
    """One arrival, in triage or not, as its triage card.

    Raises:
        NotFoundError: there is no such arrival for these eyes.
    """
    check_arrival(arrival_id, eyes)
    row = _with_files(Arrival.objects.filter(pk=arrival_id)).get()
    return triage_shown(_card(row), eyes)


def triage_json(card: TriageCard) -> dict[str, Any]:
    """A triage card as ``opika triage list --json`` prints it; its files without their text."""
    return {
        "id": card.id,
        "source": card.source,
        "received_at": card.received_at.isoformat(),
        "message_id": card.message_id,
        "sha256": card.sha256,
        "outcome": card.outcome,
        "reason": card.reason,
        "urgent": card.urgent,
        "files": [_file_json(file) for file in card.files],
    }


def proposals_json(proposals: Iterable[ProposalCard]) -> list[dict[str, Any]]:
    """The proposals of an arrival as ``opika triage show --json`` prints them."""
    return [
        {"office": one.office, "number": one.number, "year": one.year, "why": one.why}
        for one in proposals
    ]


def _with_files(rows: QuerySet[Arrival]) -> QuerySet[Arrival]:
    files = Prefetch("files", File.objects.order_by("ordinal"))
    return rows.select_related("source").prefetch_related(files)


def _card(row: Arrival) -> TriageCard:
    files = list(row.files.all())
    return TriageCard(
        id=row.pk,
        source=row.source.name if row.source else row.channel,
        received_at=localtime(row.received_at),
        message_id=row.message_id or None,
        sha256=row.original_id,
        outcome=row.outcome,
        reason=row.reason,
        urgent=_urgent(row, files),
        files=tuple(_file(file) for file in files),
    )


def _urgent(row: Arrival, files: Iterable[File]) -> bool | None:
    """True if any file shows danger; None if there is none, or one could not be judged."""
    if row.outcome in _ASIDE:
        return False
    papers = (file for file in files if file.role not in UNREAD_ROLES)
    judged = [file.urgent for file in papers if file.outcome != Outcome.IGNORED]
    if True in judged:
        return True
    return None if None in judged or not judged else False


def _file(row: File) -> TriageFile:
    return TriageFile(
        id=row.pk,
        path=row.path,
        name=row.name,
        media_type=row.media_type,
        sha256=row.original_id,
        outcome=row.outcome,
        reason=row.reason,
        urgent=row.urgent,
        indicators=tuple(row.indicators),
        text=row.text,
    )


def _file_json(file: TriageFile) -> dict[str, Any]:
    return {
        "id": file.id,
        "path": file.path,
        "name": file.name,
        "media_type": file.media_type,
        "sha256": file.sha256,
        "outcome": file.outcome,
        "reason": file.reason,
        "urgent": file.urgent,
        "indicators": [dict(indicator) for indicator in file.indicators],
    }
