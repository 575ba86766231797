"""Entries of one family: their cases are joined into one, or an entry is given a case of its own.

Numbers stay, and what hangs on an entry goes with it: its persons, clocks, events and letters. Clocks
and status of the cases then follow from what happened in them (:mod:`rules.case_story`), so joining
and taking apart leave no trace but the history and the decision itself.

Law: Порядок, п. 24 (repeated notifications are told).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db.models import Min, Q, QuerySet

from journal import book
from journal.clocks import ClockRules, replay, settle_status
from journal.database import writing
from journal.documents import check_living
from journal.history import Act, given, hold, record
from journal.joining import draft_again
from journal.models import Case, CaseStatus, Deadline, Entry, Link, Office, Person
from journal.repeats import ordinals
from opika.errors import JournalError, NotFoundError

PROPOSED, CONFIRMED, REJECTED = "proposed", "confirmed", "rejected"
BY_PERSON = "рішення працівника"
"""Why two entries are linked that no rule had proposed."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision about a family changed.

    Attributes:
        moved: ids of the entries that came into another case.
        known: it had been decided so before; nothing was changed.
    """

    moved: tuple[int, ...] = ()
    known: bool = False


def join(entry_id: int, with_id: int, act: Act, rules: ClockRules) -> Decided:
    """Two entries are about one family: the older case takes over all that is in the other.

    Proposals between the entries of both are confirmed. Joined already, nothing is changed.

    Args:
        entry_id: an entry of the one case.
        with_id: an entry of the other.
        act: who, when, and why: a reason must be given.
        rules: by what clocks are counted.

    Raises:
        JournalError: no reason, one is void, or they are in two journals.
        NotFoundError: there is no such entry.
    """
    given(act.why)
    with writing():
        one, other, office = _both(entry_id, with_id)
        if one.case_id == other.case_id:
            return Decided(known=True)
        kept, emptied = sorted((one.case, other.case), key=lambda case: case.pk)
        moved = list(emptied.entries.order_by("pk"))
        with _settling((kept, emptied), "joined", office, act, rules):
            _decide(_between(moved, kept), CONFIRMED, act)
            _move(moved, kept)
            _empty(emptied, kept, moved[0], office, act)
        return Decided(tuple(entry.pk for entry in moved))


def part(entry_id: int, act: Act, rules: ClockRules) -> Decided:
    """An entry is about another family than its case: it gets a case of its own.

    It is never proposed again to the entries that it leaves.

    Args:
        entry_id: which one.
        act: who, when, and why: a reason must be given.
        rules: by what clocks are counted.

    Raises:
        JournalError: no reason, it is void, or no other living entry is in its case.
        NotFoundError: there is no such entry.
    """
    given(act.why)
    with writing():
        entry, office = _held(entry_id)
        left = entry.case
        others = left.entries.exclude(pk=entry.pk).filter(voided_at__isnull=True)
        if not others.exists():
            raise JournalError(
                "alone in its case",
                clerk_message=f"Запис № {entry.number} і так у власній справі. Щоб відхилити "
                "припущення, назвіть і другий запис.",
            )
        own = Case.objects.create(office=office, opened_at=entry.registered_at)
        with _settling((left, own), "parted", office, act, rules):
            _decide(_between([entry], left), REJECTED, act)
            for other in others:
                _reject(entry, other, act)
            _move([entry], own)
        return Decided((entry.pk,))


def apart(entry_id: int, with_id: int, act: Act, rules: ClockRules) -> Decided:
    """Two entries are about two families: in one case, the first one leaves it.

    Otherwise whatever was proposed between the entries of their cases is rejected.

    Args:
        entry_id: the one entry; it is this one that leaves.
        with_id: the other.
        act: who, when, and why: a reason must be given.
        rules: by what clocks are counted.

    Raises:
        JournalError: no reason, one is void, or they are in two journals.
        NotFoundError: there is no such entry.
    """
    given(act.why)
    with writing():
        one, other, office = _both(entry_id, with_id)
        if one.case_id == other.case_id:
            return part(entry_id, act, rules)
        undecided = _between(list(one.case.entries.all()), other.case).exclude(state=REJECTED)
        if _are_apart(one, other) and not undecided.exists():
            return Decided(known=True)
        with _settling((one.case, other.case), "held apart", office, act, rules):
            _decide(undecided, REJECTED, act)
            _reject(one, other, act)
        return Decided()


def _both(entry_id: int, with_id: int) -> tuple[Entry, Entry, Office]:
    """Both entries, living and of one journal, whose office is then held."""
    if entry_id == with_id:
        raise JournalError("the same entry", clerk_message="Це один і той самий запис.")
    one, office = _held(entry_id)
    other = Entry.objects.select_related("case").filter(pk=with_id).first()
    if other is None:
        raise NotFoundError("no such entry")
    check_living(with_id)
    if other.office_id != office.pk:
        raise JournalError(
            "two journals",
            clerk_message="Записи – у журналах різних установ: справи об’єднують лише в одному.",
        )
    return one, other, office


def _held(entry_id: int) -> tuple[Entry, Office]:
    rows = Entry.objects.filter(pk=entry_id)
    office_id = rows.values_list("office", flat=True).first()
    if office_id is None:
        raise NotFoundError("no such entry")
    office = hold(office_id)
    check_living(entry_id)
    return rows.select_related("case").get(), office


def _move(entries: Iterable[Entry], case: Case) -> None:
    ids = [entry.pk for entry in entries]
    for model, key in ((Entry, "pk__in"), (Person, "entry__in"), (Deadline, "entry__in")):
        model.objects.filter(**{key: ids}).update(case=case)


def _empty(case: Case, into: Case, entry: Entry, office: Office, act: Act) -> None:
    """A case without entries asks for nothing: it is closed, and says where its entries went."""
    old = book.case_facts(case)
    case.status, case.closed_at, case.joined_into = CaseStatus.CLOSED, act.now, into
    case.save(update_fields=["status", "closed_at", "joined_into"])
    changes = book.changes(old, book.case_facts(case))
    record(office, "joined", f"case:{case.pk}", act, entry=entry, changes=changes)


def _between(entries: Iterable[Entry], case: Case) -> QuerySet[Link]:
    """The links between these entries and a case's other entries."""
    ids = [entry.pk for entry in entries]
    down = Q(newer__in=ids, older__case=case) & ~Q(older__in=ids)
    up = Q(older__in=ids, newer__case=case) & ~Q(newer__in=ids)
    return Link.objects.filter(down | up)


def _decide(links: QuerySet[Link], state: str, act: Act) -> None:
    links.exclude(state=state).update(state=state, decided_at=act.now)


def _are_apart(one: Entry, other: Entry) -> bool:
    newer, older = _by_age(one, other)
    return Link.objects.filter(newer=newer, older=older, state=REJECTED).exists()


def _reject(one: Entry, other: Entry, act: Act) -> None:
    """Keep that both are of two families, so that no rule proposes them again."""
    newer, older = _by_age(one, other)
    rejected = {"why": BY_PERSON, "state": REJECTED, "decided_at": act.now}
    Link.objects.get_or_create(newer=newer, older=older, defaults=rejected)


def _by_age(one: Entry, other: Entry) -> tuple[Entry, Entry]:
    return (one, other) if one.pk > other.pk else (other, one)


@contextmanager
def _settling(
    cases: Sequence[Case], action: str, office: Office, act: Act, rules: ClockRules
) -> Iterator[None]:
    """Bring what follows from the entries of both cases in line with them, and write it all down."""
    entries = list(Entry.objects.filter(case__in=cases).order_by("pk").values_list("pk", flat=True))
    old, ranks = _facts(entries), ordinals(cases)
    yield
    for case in cases:
        _open_with_its_first(case)
        replay(case.pk, rules, act.now)
    new, ranks_now = _facts(entries), ordinals(cases)
    for entry in Entry.objects.filter(pk__in=entries).select_related("case").order_by("pk"):
        if ranks.get(entry.pk) != ranks_now.get(entry.pk):
            draft_again(entry, act)
        changes = book.changes(old[entry.pk], new[entry.pk])
        if changes:
            record(office, action, f"entry:{entry.pk}", act, entry=entry, changes=changes)
    for case in cases:
        first = case.entries.select_related("case").order_by("pk").first()
        if first is not None:
            settle_status(first, office, act)


def _open_with_its_first(case: Case) -> None:
    """A case is open since the first of its entries was registered."""
    first = case.entries.aggregate(at=Min("registered_at"))["at"]
    if first is not None:
        Case.objects.filter(pk=case.pk).update(opened_at=first)


def _facts(ids: Iterable[int]) -> dict[int, book.Facts]:
    rows = Entry.objects.filter(pk__in=ids).select_related("case")
    return {
        row.pk: {
            **book.entry_facts(row),
            **book.deadline_facts(row.deadlines.all()),
            **book.link_facts(row.links.all()),
        }
        for row in rows.prefetch_related("deadlines", "links")
    }
