"""Registration: a form that was read becomes an entry, or joins the entry of the same notice.

Law: Порядок, п. 10 (every notification is registered), п. 24 (repeated notifications are told).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from journal.database import writing
from journal.entering import Notice, RegistrationRules, enter
from journal.history import Act, hold
from journal.joining import join
from journal.likeness import misread
from journal.models import Entry, Form, Outcome
from journal.steps import UNDECIDED
from journal.work import is_written_down
from opika.errors import JournalError, NotFoundError
from rules.sameness import same_sender

__all__ = ["Registration", "RegistrationRules", "register"]

_ENTRY = "entry__office"
_COMPLETES = "completes"


@dataclass(frozen=True, slots=True)
class Registration:
    """What became of a form: its outcome and its entry."""

    outcome: str
    entry_id: int
    office: str
    number: str
    year: int
    urgent: bool | None


def register(form_id: int, *, now: datetime, actor: str, rules: RegistrationRules) -> Registration:
    """Register a form in ONE transaction; called again, say what became of it.

    The same attachment, or the same notice unchanged, is a ``duplicate``; the same notice with
    changed fields a ``revision``; anything else, however alike, a new entry.

    Raises:
        NotFoundError: there is no such form.
        JournalError: a clerk has dismissed it.
    """
    with writing():
        form = _held_form(form_id)
        if form.outcome in UNDECIDED:
            _decide(form, Act(actor, now), rules)
        return registration(form.outcome, form.entry)


def registration(outcome: str, entry: Entry | None) -> Registration:
    """What became of a notice, for those who asked for it to be registered."""
    if entry is None:
        raise JournalError("this form was set aside without an entry")
    return Registration(
        str(outcome), entry.pk, entry.office.key, str(entry.number), entry.year, entry.urgent
    )


def _held_form(form_id: int) -> Form:
    journal = Form.objects.filter(pk=form_id).values_list("file__arrival__journal", flat=True)
    office_id = journal.first()
    if office_id is None:
        raise NotFoundError("no such form")
    hold(office_id)
    # Read only now: who held the office before us may have registered it.
    related = ("file__arrival__office", "file__arrival__journal", _ENTRY)
    return Form.objects.select_related(*related).get(pk=form_id)


def _decide(form: Form, act: Act, rules: RegistrationRules) -> None:
    notice = Notice(
        arrival=form.file.arrival,
        values={key: value for key, value in form.values.items() if key != _COMPLETES},
        review=form.review,
        urgent=form.urgent,
        indicators=form.indicators,
        form=form,
        completes=_completes(form) is not None,
    )
    known, identical = _known(form)
    if known is None:
        form.outcome, form.entry = Outcome.REGISTERED, enter(notice, act, rules)
    else:
        form.outcome = join(known, notice, act, rules, identical=identical)
        form.entry = known
    form.attempts, form.next_try_at, form.fault, form.reason = 0, None, "", ""
    form.save()


def _completes(form: Form) -> str | None:
    """Digest of the clerk's record that this one completes: said by who sits at this machine."""
    digest: str | None = form.values.get(_COMPLETES)
    return digest if is_written_down(form.file) else None


def _known(form: Form) -> tuple[Entry | None, bool]:
    """The entry of the same notice, and whether this is the very same attachment."""
    # What was made void was a mistake: the notice itself has no entry then.
    registered = Form.objects.filter(
        entry__office_id=form.file.arrival.journal_id, entry__voided_at__isnull=True
    )
    registered = registered.select_related(_ENTRY).order_by("-entry", "pk")
    attachment = registered.filter(
        file__original_id=form.file.original_id, ordinal=form.ordinal
    ).first()
    if attachment:
        return attachment.entry, True
    if completed := _completes(form):
        same = registered.filter(file__original_id=completed, file__arrival__source=None)
    elif form.notice_key:
        same = registered.filter(notice_key=form.notice_key)
    else:
        # Too little to know it again elsewhere; but a mail's DOCX and its PDF are one notice.
        same = registered.filter(
            file__arrival_id=form.file.arrival_id, values_digest=form.values_digest
        )
    noticed = same.first()
    return (noticed.entry, False) if noticed else (_misread(form), False)


def _misread(form: Form) -> Entry | None:
    """The entry of the same paper, read by a machine that took some letters for others."""
    for entry in misread(form.values, form.file.arrival.journal_id):
        current = entry.revisions.order_by("-ordinal")[0].values
        together = entry.forms.filter(file__arrival_id=form.file.arrival_id).exists()
        if together or same_sender(current, form.values):
            return entry
    return None
