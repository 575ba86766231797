"""Corrections: a person says what a field of an entry should be; what stood there stays on record."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils.timezone import localtime

from journal import book
from journal.clocks import begin_anew, new_clock, replay, taken_at
from journal.database import writing
from journal.documents import check_living
from journal.entering import RegistrationRules
from journal.history import Act, given, hold, record
from journal.joining import draft_again, is_calm, raise_urgency
from journal.models import Deadline, Entry, Office, Revision
from journal.numbers import NOTIFICATIONS, closed_at
from journal.revising import NewRevision, revise
from journal.texts import clean
from journal.work import is_written_down
from opika.errors import JournalError, NotFoundError
from rules.deadlines import Clock
from rules.form_keys import FORM_KEYS
from rules.form_values import Said

_TAKEN = ("accepted_date", "accepted_time")
_SPOKEN = ("oral", "phone")
_FROM_RECEIPT = ("register", "urgent_visit", "needs_assessment")
"""The clocks that run from the moment at which a spoken notification was taken."""
_VISIT = "urgent_visit"


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person corrects in an entry, and what they have seen to be read rightly.

    Attributes:
        said: the fields that should say something else.
        confirmed: keys of fields that say what the original says.
        urgent: whether the corrected content shows a threat.
        indicators: the signs of it.
    """

    said: Said
    confirmed: Collection[str] = ()
    urgent: bool | None = None
    indicators: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a correction did.

    Attributes:
        changed: key -> (old, new) of the fields that say something else now.
        confirmed: the fields that nobody need look at any more.
        doubtful: those that somebody should look at: they follow from what was corrected.
        raised: the corrected content shows a threat that nobody had seen.
        closed: since when the journal of the entry's year is closed; its number stays as it is.
    """

    changed: Mapping[str, tuple[Any, Any]]
    confirmed: tuple[str, ...]
    doubtful: tuple[str, ...]
    raised: bool = False
    closed: datetime | None = None


def correct(entry_id: int, correction: Correction, act: Act, rules: RegistrationRules) -> Corrected:
    """Correct fields of an entry in ONE transaction; what they said stays in its earlier revision.

    Persons, clues, proposals, search, clocks and unsent letters follow. A threat that shows in the
    corrected content makes the entry urgent; no correction ever makes it less so. What says already
    what it should is left alone, and asked again nothing is done.

    Args:
        entry_id: which one.
        correction: what is to be corrected and confirmed.
        act: who, when, and why: a reason must be given for what is corrected.
        rules: by what clocks are counted.

    Raises:
        JournalError: no reason, the entry is void or erased, or the moment at which a spoken
            notification was taken cannot be what is said.
        NotFoundError: there is no such entry.

    Law: Правила діловодства: what was written is not rubbed out; a correction stands beside it,
    explained and signed.
    """
    if correction.said.values:
        given(act.why)
    with writing():
        entry, office = _held(entry_id)
        current = entry.revisions.select_related("form__file").order_by("-ordinal")[0]
        values, unsure = _values(current, correction.said)
        changed = {
            key: (current.values.get(key), values.get(key))
            for key in FORM_KEYS
            if book.filled(current.values.get(key)) != book.filled(values.get(key))
        }
        settled = {*correction.confirmed, *correction.said.values, *changed} - unsure
        review = [key for key in current.review if key not in settled]
        review += [key for key in FORM_KEYS if key in unsure and key not in review]
        raised = False
        if changed:
            new = NewRevision(values, review, current.form, _by_hand(current, correction, changed))
            raised = _correct(entry, office, (current, new), correction, act, rules)
        elif review != current.review:
            _confirm(entry, office, current, review, act)
        return Corrected(
            changed=changed,
            confirmed=tuple(key for key in current.review if key not in review),
            doubtful=tuple(key for key in FORM_KEYS if key in unsure),
            raised=raised,
            closed=_closed(office, entry),
        )


def _held(entry_id: int) -> tuple[Entry, Office]:
    rows = Entry.objects.filter(pk=entry_id)
    office_id = rows.values_list("office", flat=True).first()
    if office_id is None:
        raise NotFoundError("no such entry")
    office = hold(office_id)
    check_living(entry_id)
    entry = rows.select_related("case", "office").get()
    if entry.erasures.filter(done_at__isnull=False).exists():
        raise JournalError(
            "the entry is erased",
            clerk_message=f"Дані запису № {entry.number} стерто за рішенням: виправляти нічого.",
        )
    return entry, office


def _values(current: Revision, said: Said) -> tuple[dict[str, Any], frozenset[str]]:
    """What the entry is to say, and which fields of it are not sure."""
    values, unsure = {**current.values, **clean(dict(said.values))}, set(said.doubtful)
    for key, value in clean(dict(said.following)).items():
        stands = current.values.get(key)
        if key not in (current.corrected or ()):
            values[key] = value
        elif book.filled(value) is None or value == stands:
            unsure.discard(key)
        else:
            # Set by hand before: a person decides between that and what is read now.
            unsure.add(key)
    return values, frozenset(unsure)


def _by_hand(current: Revision, correction: Correction, changed: Mapping[str, Any]) -> list[str]:
    return sorted({*(current.corrected or ()), *(correction.said.values.keys() & changed.keys())})


def _correct(
    entry: Entry,
    office: Office,
    revisions: tuple[Revision, NewRevision],
    correction: Correction,
    act: Act,
    rules: RegistrationRules,
) -> bool:
    current, new = revisions
    old = {**book.entry_facts(entry), **_clock_facts(entry)}
    old_said, new_said = revise(entry, current, new, act)
    raised = current.values.get("content") != new.values.get("content") and _heed(
        entry, correction, act, rules
    )
    moved = _move_start(entry, current, new.values, act, rules)
    draft_again(entry, act)
    facts = {**book.entry_facts(entry), **_clock_facts(entry), **new_said}
    changes = book.changes({**old, **old_said}, facts)
    record(office, "corrected", f"entry:{entry.pk}", act, entry=entry, changes=changes)
    for other in Entry.objects.filter(pk__in=moved.keys() - {entry.pk}).order_by("pk"):
        changes = book.changes(*moved[other.pk])
        record(office, "clocks moved", f"entry:{other.pk}", act, entry=other, changes=changes)
    return raised


def _confirm(
    entry: Entry, office: Office, current: Revision, review: Sequence[str], act: Act
) -> None:
    changes = book.changes({"review": current.review}, {"review": list(review)})
    Revision.objects.filter(pk=current.pk).update(review=list(review))
    record(office, "confirmed", f"entry:{entry.pk}", act, entry=entry, changes=changes)


def _heed(entry: Entry, correction: Correction, act: Act, rules: RegistrationRules) -> bool:
    """Let a threat in the corrected content make the entry urgent, and start its clock (п. 15)."""
    calm = is_calm(entry)
    raised = raise_urgency(entry, urgent=correction.urgent, indicators=correction.indicators)
    visit = entry.deadlines.filter(key=_VISIT).first()
    if raised and visit is None:
        # It stood in the notification from the first; a person's calm ended only now.
        since = act.now if calm else taken_at(entry)
        new_clock(entry, Clock(_VISIT, since, None), rules.clocks).save()
    elif raised and visit and visit.cancelled_at and visit.stopped_by_id:
        begin_anew(visit, act.now, rules.clocks)
    return raised


def _move_start(
    entry: Entry, current: Revision, values: Mapping[str, Any], act: Act, rules: RegistrationRules
) -> dict[int, tuple[book.Facts, book.Facts]]:
    """Let the clocks run from the corrected moment at which a spoken notification was taken.

    Law: Порядок, п. 10, 15, 18: they run from the getting of the notification.
    """
    told = [values.get(key) for key in _TAKEN]
    spoken = entry.channel in _SPOKEN and current.form and is_written_down(current.form.file)
    if not spoken or not all(told) or told == [current.values.get(key) for key in _TAKEN]:
        return {}
    day, hour = date.fromisoformat(str(told[0])), time.fromisoformat(str(told[1]))
    moment = datetime.combine(day, hour, rules.terms.zone)
    _check_moment(entry, moment)
    was = taken_at(entry)
    rows = entry.deadlines.filter(key__in=_FROM_RECEIPT, cause__isnull=True, starts_at=was)
    for row in rows:
        _count_from(row, moment, entry, rules)
    return replay(entry.case_id, rules.clocks, act.now)


def _check_moment(entry: Entry, moment: datetime) -> None:
    registered = localtime(entry.registered_at)
    happened = entry.events.filter(undone_at__isnull=True, happened_at__lt=moment)
    if moment > registered:
        raise JournalError(
            "taken after it was registered",
            clerk_message="Повідомлення не могли прийняти пізніше, ніж зареєстрували: "
            f"{registered:%d.%m.%Y %H:%M}.",
        )
    if happened.exists():
        raise JournalError(
            "taken after something had happened",
            clerk_message="Повідомлення не могли прийняти пізніше, ніж за ним щось зробили "
            "(opika case show).",
        )


def _count_from(row: Deadline, moment: datetime, entry: Entry, rules: RegistrationRules) -> None:
    counted = new_clock(entry, Clock(row.key, moment, row.start_kind or None), rules.clocks)
    for name in ("starts_at", "due_on", "due_at", "rule", "steps"):
        setattr(row, name, getattr(counted, name))
    row.save()


def _clock_facts(entry: Entry) -> book.Facts:
    return book.deadline_facts(entry.deadlines.order_by("pk"))


def _closed(office: Office, entry: Entry) -> datetime | None:
    return closed_at(office, NOTIFICATIONS, entry.year)
