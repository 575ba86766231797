"""Blanking all that an entry and what hangs on it say; the rows, numbers and moments stay."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from journal.models import (
    Arrival,
    Clue,
    Document,
    Entry,
    Erasure,
    File,
    Form,
    HistoryValue,
    Original,
    Outcome,
    Person,
    Sending,
)
from journal.name_forms import forget_names_in
from rules.casework import KINDS

ERASED = "стерто"
_NOTHING_READ: dict[str, Any] = {
    "values": {},
    "confidence": {},
    "review": [],
    "places": {},
    "indicators": [],
    "notice_key": "",
    "values_digest": "",
}
_NOTHING_SENT: dict[str, Any] = {
    "file_name": "",
    "sender_address": "",
    "sender_name": "",
    "subject": "",
    "in_reply_to": "",
    "references": "",
}
_LASTING_DETAILS = frozenset({"number", "dated"})


def blank(entry: Entry, now: datetime) -> list[str]:
    """Blank an entry within the caller's transaction, which holds every office.

    What came together with an entry that is not erased stays as far as it is that one's, too.

    Returns:
        Digests of the originals that nothing keeps any more; their rows say so already.
    """
    arrivals = _arrivals_of(entry)
    own = [one.pk for one in arrivals if not _is_shared(one, entry)]
    files = _files_to_blank(entry, own)
    removed = _originals_of(entry, own, files)
    forget_names_in(_said_of(entry))
    _blank_entry(entry, now)
    _blank_letters(entry)
    _blank_casework(entry)
    entry.forms.update(**_NOTHING_READ)
    Form.objects.filter(file__in=files).update(**_NOTHING_READ)
    for file in File.objects.filter(pk__in=files):
        file.name = file.text = file.signer = ""
        file.path, file.indicators = str(file.ordinal), []
        file.save(update_fields=["name", "text", "signer", "path", "indicators"])
    Arrival.objects.filter(pk__in=own).update(**_NOTHING_SENT)
    Original.objects.filter(pk__in=removed).update(erased_at=now)
    return removed


def blank_mail(arrival_ids: list[int], now: datetime) -> list[str]:
    """Blank mail that belongs to no entry, as :func:`blank` does; give the digests to remove."""
    files = list(File.objects.filter(arrival__in=arrival_ids).values_list("pk", flat=True))
    removed = _unkept(arrival_ids, files, [], [])
    Form.objects.filter(file__in=files).update(**_NOTHING_READ)
    File.objects.filter(pk__in=files).update(name="", text="", signer="", indicators=[])
    Arrival.objects.filter(pk__in=arrival_ids).update(**_NOTHING_SENT)
    Original.objects.filter(pk__in=removed).update(erased_at=now)
    return removed


def erased() -> QuerySet[Erasure]:
    """The erasures that are carried out, of the entry ``OuterRef("entry")``."""
    return Erasure.objects.filter(entry=OuterRef("entry"), seq__isnull=False)


def _arrivals_of(entry: Entry) -> list[Arrival]:
    through = Q(files__entry=entry) | Q(files__forms__entry=entry)
    return list(Arrival.objects.filter(through).distinct().order_by("pk"))


def _is_shared(arrival: Arrival, entry: Entry) -> bool:
    """Whether an entry that is not erased came with it, it answers one's letter, or part of it waits."""
    waiting = ("", Outcome.FAILED, Outcome.TRIAGE)
    parts = (File.objects.filter(arrival=arrival), Form.objects.filter(file__arrival=arrival))
    if any(rows.filter(outcome__in=waiting).exists() for rows in parts):
        return True
    others: list[QuerySet[Any]] = [
        File.objects.filter(arrival=arrival, entry__isnull=False),
        Form.objects.filter(file__arrival=arrival, entry__isnull=False),
        Document.objects.filter(answered_by=arrival),
    ]
    return any(rows.exclude(entry=entry).exclude(Exists(erased())).exists() for rows in others)


def _files_to_blank(entry: Entry, own: list[int]) -> list[int]:
    """The files of arrivals that are the entry's alone, and of the others those that are its own."""
    files = set(File.objects.filter(arrival__in=own).values_list("pk", flat=True))
    mine = File.objects.filter(Q(entry=entry) | Q(forms__entry=entry)).distinct()
    for file in mine:
        others = file.forms.filter(entry__isnull=False).exclude(entry=entry)
        waits = file.forms.filter(entry__isnull=True)
        if not others.exclude(Exists(erased())).exists() and not waits.exists():
            files.add(file.pk)
    return sorted(files)


def _originals_of(entry: Entry, own: list[int], files: list[int]) -> list[str]:
    mails = list(Sending.objects.filter(document__entry=entry).values_list("pk", flat=True))
    letters = list(entry.documents.values_list("pk", flat=True))
    return _unkept(own, files, mails, letters)


def _unkept(
    arrivals: list[int], files: list[int], mails: list[int], letters: list[int]
) -> list[str]:
    """The digests of these rows' bytes that no other row has, and that are not removed yet."""
    owners: list[tuple[QuerySet[Any], str, list[int]]] = [
        (Arrival.objects.all(), "original", arrivals),
        (File.objects.filter(original__isnull=False), "original", files),
        (Sending.objects.all(), "original", mails),
        (Document.objects.filter(signed__isnull=False), "signed", letters),
    ]
    digests = _once_signed(letters)
    for rows, column, ids in owners:
        digests |= set(rows.filter(pk__in=ids).values_list(column, flat=True))
    for rows, column, ids in owners:
        others = rows.filter(**{f"{column}__in": digests}).exclude(pk__in=ids)
        digests -= set(others.values_list(column, flat=True))
    still = Original.objects.filter(pk__in=digests, erased_at__isnull=True)
    return sorted(still.values_list("pk", flat=True))


def _once_signed(letters: list[int]) -> set[str]:
    """The digests of the signed copies that these letters have or had; of the latter only history tells."""
    subjects = [f"document:{letter}" for letter in letters]
    rows = HistoryValue.objects.filter(history__subject__in=subjects, field="signed")
    return {copy["sha256"] for copy in rows.values_list("new", flat=True) if copy}


def _said_of(entry: Entry) -> list[Any]:
    """Everything in which the names of the entry's persons stand."""
    return [
        *entry.revisions.values_list("values", "corrected"),
        *entry.forms.values_list("values", flat=True),
        *entry.documents.values_list("context", flat=True),
        *entry.events.values_list("details", flat=True),
        *entry.lines.values_list("about", "counterpart"),
    ]


def _blank_entry(entry: Entry, now: datetime) -> None:
    entry.indicators = []
    # Nothing of it is drafted any more.
    entry.drafted_at = entry.drafted_at or now
    entry.save(update_fields=["indicators", "drafted_at"])
    entry.revisions.update(values={}, review=[], why="", corrected=None)
    entry.links.update(why=ERASED)
    Person.objects.filter(entry=entry).delete()
    Clue.objects.filter(entry=entry).delete()


def _blank_letters(entry: Entry) -> None:
    entry.documents.update(context={})
    for sending in Sending.objects.filter(document__entry=entry):
        sending.recipient = f"{ERASED}:{sending.pk}"
        sending.save(update_fields=["recipient"])


def _blank_casework(entry: Entry) -> None:
    for event in entry.events.all():
        known = KINDS[event.kind].details
        event.details = {
            key: value
            for key, value in event.details.items()
            if key in _LASTING_DETAILS
            or not isinstance(value, str)
            or (key in known and known[key].allowed)
        }
        event.save(update_fields=["details"])
    # An empty line would be a number that was passed over.
    entry.lines.exclude(about="").update(about=ERASED)
    entry.lines.update(counterpart="")
