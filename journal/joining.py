"""A notice that came before comes again: it joins its entry, and changes it where it differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from journal import book
from journal.clocks import begin_anew
from journal.entering import Notice, RegistrationRules, start_clocks
from journal.history import Act, record
from journal.models import Document, DocumentState, Entry, Outcome, Revision
from journal.revising import NewRevision, revise
from rules.form_values import held_by_hand
from rules.sameness import changed_fields, is_misreading
from rules.text import fold

# What the receiving office writes on its copy: it differs between the two boxes of one notice.
_RECEIVER_KEYS = frozenset(
    {"recipient", "incoming_date", "incoming_number", "registered_date", "registered_number"}
)
# What is under way may still wait for its server, and what failed may be sent once more.
_NOT_YET_OUT = (
    DocumentState.DRAFT,
    DocumentState.APPROVED,
    DocumentState.SIGNED,
    DocumentState.SENDING,
    DocumentState.FAILED,
)


def join(
    entry: Entry, notice: Notice, act: Act, rules: RegistrationRules, *, identical: bool
) -> Outcome:
    """Let the notice join its entry; the caller's transaction holds the journal's office.

    Args:
        entry: the entry of the same notice.
        notice: what came again.
        act: who, when.
        rules: calendar and terms.
        identical: whether it is the very same attachment.

    Returns:
        ``revision`` where it says something new, else ``duplicate``.
    """
    current = entry.revisions.select_related("form__file__arrival").order_by("-ordinal")[0]
    disputed = [] if identical else _disputed(entry, current, notice)
    values = current.values if identical else _with_news(entry, current, notice, disputed)
    changed = sorted(changed_fields(current.values, values))
    old = book.entry_facts(entry)
    new = book.arrival_facts([notice.arrival])
    doubted = [] if identical else [*disputed, *_misread(current, notice)]
    if changed or doubted:
        old_said, new_said = _revise(entry, notice, current, values, (act, doubted))
        old, new = {**old, **old_said}, {**new, **new_said}
    same_words = "content" not in {*changed, *disputed}
    raised = raise_urgency(
        entry, urgent=notice.urgent, indicators=notice.indicators, same_words=same_words
    )
    if changed or raised:
        draft_again(entry, act)
    new |= {**book.entry_facts(entry), **missing_clocks(entry, notice, rules)}
    action = "revised" if changed or disputed else "came again"
    differing = book.changes(old, new)
    record(entry.office, action, f"entry:{entry.pk}", act, entry=entry, changes=differing)
    return Outcome.REVISION if changed or disputed else Outcome.DUPLICATE


def raise_urgency(
    entry: Entry,
    *,
    urgent: bool | None,
    indicators: Sequence[Mapping[str, Any]],
    same_words: bool = False,
) -> bool:
    """Make the entry urgent if what came shows a threat; only a person ever makes it less so.

    Where a person has seen that there is no threat, only a sign that nobody had seen then raises
    it again: a copy of the notification in the second box does not.

    Args:
        entry: the entry.
        urgent: whether what came shows a threat.
        indicators: the signs of it.
        same_words: what came has the content that the entry has: how a scan reads a sign's words
            makes no new sign of it.

    Returns:
        Whether it was not urgent before.
    """
    known = {indicator["id"] for indicator in entry.indicators}
    seen = {_sign(indicator, same_words) for indicator in entry.indicators}
    fresh = any(_sign(indicator, same_words) not in seen for indicator in indicators)
    entry.indicators = [
        *entry.indicators,
        *(indicator for indicator in indicators if indicator["id"] not in known),
    ]
    raised = urgent is True and entry.urgent is not True and (fresh or not is_calm(entry))
    entry.urgent = True if raised else entry.urgent
    entry.save(update_fields=["urgent", "indicators"])
    return raised


def is_calm(entry: Entry) -> bool:
    """Whether a person has seen that there is no threat, and nothing has raised it since."""
    calmed = entry.events.filter(kind="calmed", undone_at__isnull=True)
    return entry.urgent is False and calmed.exists()


def draft_again(entry: Entry, act: Act) -> None:
    """Have the entry's letters drafted anew; those already approved are marked as overtaken."""
    look_for_letters(entry)
    out = Document.objects.filter(entry=entry, state__in=_NOT_YET_OUT)
    out.update(stale_at=act.now)


def look_for_letters(entry: Entry) -> None:
    """Have the letters drafted that the entry calls for now; those that there are stay."""
    entry.drafted_at, entry.draft_next_try_at, entry.draft_attempts = None, None, 0
    entry.save(update_fields=["drafted_at", "draft_next_try_at", "draft_attempts"])


def missing_clocks(entry: Entry, notice: Notice, rules: RegistrationRules) -> book.Facts:
    """Start the clocks that this arrival adds (ЦСС's own box, an urgency now seen); their facts."""
    running = set(entry.deadlines.values_list("key", "start_kind"))
    begun = start_clocks(entry, notice.arrival, rules, running=running)
    # A visit that was called off, and then a new sign: it is asked for again, from now on.
    off = entry.deadlines.filter(
        key="urgent_visit", cancelled_at__isnull=False, stopped_by__isnull=False
    )
    again = list(off) if entry.urgent else []
    for row in again:
        begin_anew(row, notice.arrival.received_at, rules.clocks)
    return book.deadline_facts([*begun, *again])


def _sign(indicator: Mapping[str, Any], same_words: bool) -> tuple[str, str]:
    return indicator["id"], "" if same_words else fold(indicator.get("quote") or "")


def _with_news(
    entry: Entry, current: Revision, notice: Notice, disputed: Sequence[str]
) -> dict[str, Any]:
    # A poorer copy (a fax of the mail) takes nothing away: what it leaves empty stays as it was.
    if _is_late(entry, current, notice):
        return dict(current.values)
    # What a person has set by hand only that clerk's own words change.
    taken = set(disputed) if notice.completes else set()
    held = held_by_hand(current.corrected or ()) - taken
    news = {
        key: value
        for key, value in notice.values.items()
        if key not in _RECEIVER_KEYS
        and key not in held
        and book.filled(value) is not None
        and not _is_misread(current, notice, key)
    }
    return {**current.values, **news}


def _disputed(entry: Entry, current: Revision, notice: Notice) -> list[str]:
    """Fields set by hand for which something comes that the entry has never said: a person decides.

    An older value that comes back, as in a copy of the form from before, is no news.
    """
    held = held_by_hand(current.corrected or ()) - _RECEIVER_KEYS
    news = {key: notice.values.get(key) for key in held}
    differing = [
        key for key in changed_fields(current.values, notice.values) if book.filled(news.get(key))
    ]
    if not differing:
        return []
    known = [
        *entry.revisions.values_list("values", flat=True),
        *entry.forms.values_list("values", flat=True),
    ]
    return [
        key
        for key in differing
        if all(changed_fields({key: said.get(key)}, {key: news[key]}) for said in known)
    ]


def _misread(current: Revision, notice: Notice) -> list[str]:
    """Fields in which a machine read something else than what stands there, for a clerk's eye."""
    differing = changed_fields(current.values, notice.values)
    return [
        key
        for key in sorted(differing)
        if key not in {*current.review, *held_by_hand(current.corrected or ())}
        and _is_misread(current, notice, key)
    ]


def _is_misread(current: Revision, notice: Notice, key: str) -> bool:
    # A scan of the paper whose typed file we have: what it reads less surely changes nothing.
    old, new = current.values.get(key), notice.values.get(key)
    if notice.form is None or current.form is None or notice.completes:
        return False
    if not isinstance(old, str) or not isinstance(new, str) or old == new:
        return False
    sure, unsure = current.form.confidence.get(key, 1.0), notice.form.confidence.get(key, 1.0)
    return unsure < sure and is_misreading(old, new)


def _is_late(entry: Entry, current: Revision, notice: Notice) -> bool:
    # An earlier version that reaches us, by the other box, after the corrected one.
    if notice.form is None or current.form is None:
        return False
    seen = entry.forms.filter(values_digest=notice.form.values_digest).exists()
    return seen and notice.arrival.received_at <= current.form.file.arrival.received_at


def _to_review(current: Revision, notice: Notice, changed: Sequence[str]) -> list[str]:
    if notice.completes:
        return [*notice.review]
    return list(dict.fromkeys([*current.review, *changed]))


def _revise(
    entry: Entry,
    notice: Notice,
    current: Revision,
    values: dict[str, Any],
    how: tuple[Act, Sequence[str]],
) -> tuple[book.Facts, book.Facts]:
    act, doubted = how
    changed = sorted(changed_fields(current.values, values))
    review = _to_review(current, notice, [*changed, *doubted])
    new = NewRevision(values, review, notice.form, current.corrected)
    return revise(entry, current, new, act)
