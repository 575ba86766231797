"""The end of an arrival's way: every file of it gets its outcome, and so does the arrival."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from journal import book
from journal.answering import Answer, answer_of, take
from journal.database import writing
from journal.entering import Notice, RegistrationRules
from journal.history import Act, hold, record
from journal.joining import draft_again, missing_clocks, raise_urgency
from journal.models import Arrival, Entry, File, Form, Outcome
from journal.searching import wait_for_index
from journal.steps import UNDECIDED, UNREAD_ROLES
from opika.errors import NotFoundError

NOT_A_FORM = "not a form"
# Of several outcomes the first of these counts: what waits for a person is never hidden.
_WEIGHT = (
    Outcome.TRIAGE,
    Outcome.FAILED,
    Outcome.REGISTERED,
    Outcome.REVISION,
    Outcome.DUPLICATE,
    Outcome.FILED,
    Outcome.DISMISSED,
    Outcome.OWN,
    Outcome.IGNORED,
)


def place(arrival_id: int, *, now: datetime, actor: str, rules: RegistrationRules) -> str:
    """Give an outcome to what of the arrival is no form, once all of it is read and registered.

    Beside a registered form the rest is filed with its entry, and a sign of danger in it makes the
    entry urgent. What certainly answers a letter of ours is filed with that letter's entry, beside a
    form of another child, too. Otherwise a person has to look, as at all that could not be read.
    Gives the arrival's outcome, empty while it cannot be placed yet.

    Returns:
        The arrival's outcome; empty while some of it is not yet read or registered.
    """
    with writing():
        arrival = held_arrival(arrival_id)
        files = list(arrival.files.order_by("ordinal"))
        forms = list(Form.objects.filter(file__arrival=arrival).order_by("file", "ordinal"))
        if arrival.placed_at or not arrival.unpacked_at or _unfinished(files, forms):
            return arrival.outcome
        entry = next((form.entry for form in forms if form.entry), None)
        answer = answer_of(arrival, files, rules.partners, brings=entry)
        home = answer.entry if answer else entry
        for file in files:
            _place_file(file, [form for form in forms if form.file_id == file.pk], home, files)
        act = Act(actor, now)
        if answer:
            _answer(arrival, answer, files, act, rules)
        for alarmed in dict.fromkeys(one for one in (home, entry) if one):
            heed(arrival, alarmed, files, act, rules)
        settle(arrival, files, now)
        return arrival.outcome


def held_arrival(arrival_id: int) -> Arrival:
    """The arrival, its journal's office locked until the transaction ends.

    Raises:
        NotFoundError: there is none.
    """
    rows = Arrival.objects.filter(pk=arrival_id)
    office_id = rows.values_list("journal", flat=True).first()
    if office_id is None:
        raise NotFoundError("no such arrival")
    hold(office_id)
    return rows.select_related("office", "journal").get()


def heed(
    arrival: Arrival, entry: Entry, files: Sequence[File], act: Act, rules: RegistrationRules
) -> None:
    """Let danger that shows in filed papers make their entry urgent and start its clock (п. 15)."""
    alarming = [file for file in files if file.outcome == Outcome.FILED and file.urgent]
    if not alarming:
        return
    old = book.entry_facts(entry)
    indicators = [indicator for file in alarming for indicator in file.indicators]
    if raise_urgency(entry, urgent=True, indicators=indicators):
        draft_again(entry, act)
    clocks = missing_clocks(entry, Notice(arrival, {}), rules)
    changes = book.changes(old, {**book.entry_facts(entry), **clocks})
    if changes:
        subject = f"entry:{entry.pk}"
        record(entry.office, "urgency raised", subject, act, entry=entry, changes=changes)


def settle(arrival: Arrival, files: Sequence[File], now: datetime) -> None:
    """Store the files' outcomes, and the arrival's, which is the weightiest of theirs."""
    for file in files:
        file.save(update_fields=["entry", "outcome", "reason", "read_at"])
    # Papers filed beside a registered form get their entry without a row of the history.
    wait_for_index(file.entry_id for file in files if file.entry_id is not None)
    arrival.outcome = _weightiest([file.outcome for file in files] or [Outcome.TRIAGE])
    arrival.reason = _reason(files) if arrival.outcome == Outcome.TRIAGE else ""
    arrival.placed_at = now
    arrival.attempts, arrival.next_try_at, arrival.fault = 0, None, ""
    arrival.save()


def _answer(
    arrival: Arrival, answer: Answer, files: Sequence[File], act: Act, rules: RegistrationRules
) -> None:
    filed = [file for file in files if file.outcome == Outcome.FILED]
    if not filed:
        return
    brought = any(form.entry_id == answer.entry.pk for file in files for form in file.forms.all())
    take(arrival, answer, filed, act, brought=brought, rules=rules)


def _unfinished(files: Sequence[File], forms: Sequence[Form]) -> bool:
    unread = any(file.read_at is None and file.outcome in UNDECIDED for file in files)
    return unread or any(form.outcome in UNDECIDED for form in forms)


def _place_file(
    file: File, forms: Sequence[Form], entry: Entry | None, files: Sequence[File]
) -> None:
    if file.outcome not in UNDECIDED:
        return
    if forms:
        file.entry = next((form.entry for form in forms if form.entry), None)
        file.outcome = _weightiest([form.outcome for form in forms])
        file.reason = next((form.reason for form in forms if form.reason), "")
    elif entry:
        file.entry, file.outcome, file.reason = entry, Outcome.FILED, ""
    elif file.role in UNREAD_ROLES or _says_nothing(file, files):
        file.outcome = Outcome.IGNORED
    else:
        file.outcome, file.reason = Outcome.TRIAGE, NOT_A_FORM


def _says_nothing(file: File, files: Sequence[File]) -> bool:
    # The empty body round an attachment; a mail that is nothing but empty is looked at.
    others = any(other.role not in UNREAD_ROLES and other is not file for other in files)
    return file.role == "body" and not file.text.strip() and others


def _weightiest(outcomes: Iterable[str]) -> str:
    return str(min(outcomes, key=lambda outcome: _WEIGHT.index(Outcome(outcome))))


def _reason(files: Sequence[File]) -> str:
    waiting = [file.reason for file in files if file.outcome == Outcome.TRIAGE]
    telling = [reason for reason in waiting if reason and reason != NOT_A_FORM]
    return telling[0] if telling else NOT_A_FORM
