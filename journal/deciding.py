"""What a clerk decides about an arrival that waits in triage; each decision is in the history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from journal import book
from journal.answering import Answer, heed_papers
from journal.database import writing
from journal.documents import check_living
from journal.entering import Notice, RegistrationRules, enter
from journal.history import Act, record
from journal.models import Arrival, Entry, File, Form, Outcome
from journal.placing import heed, held_arrival, settle
from journal.registration import Registration, registration
from journal.steps import UNDECIDED
from journal.texts import clean
from opika.errors import JournalError, NotFoundError

_AFRESH: Mapping[str, Any] = {"attempts": 0, "next_try_at": None, "fault": ""}


@dataclass(frozen=True, slots=True)
class PlainNotice:
    """A notification that is on no form: a letter, a call, what a visitor said.

    Attributes:
        values: keys of the parse contract, at least ``content``.
        urgent: whether its text shows danger.
        indicators: which signs of it.
    """

    values: Mapping[str, Any]
    urgent: bool | None = None
    indicators: Sequence[Mapping[str, Any]] = ()


def register_plain(
    arrival_id: int, plain: PlainNotice, *, now: datetime, actor: str, rules: RegistrationRules
) -> Registration:
    """Register an arrival without a form; asked again, give the entry that it has.

    Law: Порядок, п. 10: a notification is registered, on the form or not.

    Raises:
        JournalError: there is no content, or nothing of the arrival waits for a decision.
        NotFoundError: there is no such arrival.
    """
    if not (plain.values.get("content") or "").strip():
        raise JournalError("no content", clerk_message="Вкажіть зміст повідомлення.")
    with writing():
        arrival = held_arrival(arrival_id)
        known = arrival.files.filter(outcome=Outcome.REGISTERED, forms__isnull=True)
        file = known.select_related("entry__office").first()
        if file:
            return registration(Outcome.REGISTERED, file.entry)
        files, waiting = _waiting(arrival)
        notice = Notice(
            arrival=arrival,
            values=_from_sender(clean(dict(plain.values)), arrival),
            urgent=plain.urgent,
            indicators=clean(list(plain.indicators)),
        )
        entry = enter(notice, Act(actor, now), rules)
        _decide(arrival, files, waiting, (Outcome.REGISTERED, entry), now)
        return registration(Outcome.REGISTERED, entry)


def file_to_entry(
    arrival_id: int,
    entry_id: int,
    *,
    why: str,
    now: datetime,
    actor: str,
    rules: RegistrationRules,
) -> None:
    """File what waits of an arrival with an entry of the same journal; an answer stops its clock.

    Raises:
        JournalError: nothing of the arrival waits for a decision, or the entry is void.
        NotFoundError: there is no such arrival, or no such entry in its journal.
    """
    act = Act(actor, now, why)
    with writing():
        arrival = held_arrival(arrival_id)
        entry = Entry.objects.select_related("office").filter(pk=entry_id).first()
        if entry is None or entry.office_id != arrival.journal_id:
            raise NotFoundError("no such entry in the journal of this arrival")
        check_living(entry.pk)
        files, waiting = _waiting(arrival)
        _decide(arrival, files, waiting, (Outcome.FILED, entry), now)
        answers = arrival.answers is not None and arrival.answers.entry_id == entry.pk
        known = book.answer_facts([arrival]) if answers else {}
        facts = book.changes({}, {**book.arrival_facts([arrival]), **known})
        record(entry.office, "filed", f"entry:{entry.pk}", act, entry=entry, changes=facts)
        heed_papers(arrival, Answer(entry, None), waiting, act, rules.clocks)
        heed(arrival, entry, waiting, act, rules)


def dismiss(arrival_id: int, *, reason: str, now: datetime, actor: str) -> None:
    """Set aside what waits of an arrival; it is kept, and can be taken up again with ``retry``.

    Raises:
        JournalError: nothing of the arrival waits for a decision.
        NotFoundError: there is no such arrival.
    """
    with writing():
        arrival = held_arrival(arrival_id)
        files, waiting = _waiting(arrival)
        _decide(arrival, files, waiting, (Outcome.DISMISSED, None), now)
        act = Act(actor, now, reason)
        record(arrival.journal, "dismissed", f"arrival:{arrival.pk}", act)


def retry(arrival_id: int, *, now: datetime, actor: str) -> None:
    """Have an arrival unpacked and read again, except what of it is registered or filed.

    Raises:
        JournalError: its bytes are kept no longer.
        NotFoundError: there is no such arrival.
    """
    with writing():
        arrival = held_arrival(arrival_id)
        if arrival.original.erased_at is not None:
            raise JournalError(
                "its bytes are gone",
                clerk_message="Цього листа вже немає: строк його зберігання минув або його стерто.",
            )
        booked = Q(entry__isnull=False) | Q(forms__entry__isnull=False)
        kept = list(arrival.files.filter(booked).values_list("pk", flat=True))
        forms = Form.objects.filter(file__arrival=arrival, entry__isnull=True)
        forms.exclude(file__in=kept).delete()
        # A form beside a registered one is registered anew; reading again could count otherwise.
        forms.update(outcome="", reason="", **_AFRESH)
        again = arrival.files.exclude(pk__in=kept)
        if kept:
            again.update(read_at=None, outcome="", reason="", **_AFRESH)
            arrival.files.filter(pk__in=kept, outcome=Outcome.TRIAGE).update(outcome="", reason="")
        else:
            again.delete()
        Arrival.objects.filter(pk=arrival.pk).update(
            unpacked_at=arrival.unpacked_at if kept else None,
            placed_at=None,
            outcome="",
            reason="",
            **_AFRESH,
        )
        record(arrival.journal, "read again", f"arrival:{arrival.pk}", Act(actor, now))


def _waiting(arrival: Arrival) -> tuple[list[File], list[File]]:
    """The files of an arrival, and those of them that wait for a decision."""
    files = list(arrival.files.order_by("ordinal"))
    if not files:
        # An entry by hand, or what could not even be unpacked: its bytes are the one file.
        whole = File(arrival=arrival, ordinal=1, path="", role="attachment")
        whole.original_id = arrival.original_id
        whole.save()
        files = [whole]
    waiting = [file for file in files if file.outcome in (Outcome.TRIAGE, *UNDECIDED)]
    if not waiting:
        raise JournalError(
            "nothing waits for a decision",
            clerk_message="За цим надходженням уже є рішення. Щоб змінити його, прочитайте "
            "надходження знову.",
        )
    return files, waiting


def _decide(
    arrival: Arrival,
    files: Sequence[File],
    waiting: Sequence[File],
    decision: tuple[Outcome, Entry | None],
    now: datetime,
) -> None:
    for file in waiting:
        file.outcome, file.entry = decision
        file.read_at = file.read_at or now
    Form.objects.filter(file__in=waiting, entry__isnull=True).update(outcome=decision[0])
    arrival.unpacked_at = arrival.unpacked_at or now
    settle(arrival, files, now)


def _from_sender(values: dict[str, Any], arrival: Arrival) -> dict[str, Any]:
    """The values, with the mail's sender where the clerk named none."""
    if not values.get("sender") and arrival.sender_address:
        values["sender"] = arrival.sender_name or arrival.sender_address
        values.setdefault("sender_email", arrival.sender_address)
    return values
