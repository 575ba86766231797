"""What of an entry and of a document is the book: the facts that history holds and verify compares.

A fact has a name and a JSON-ready value. Whoever writes a row records its facts; the two can then
be compared at any time, so a row changed behind the journal's back is found. An empty value is no
fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from journal.history import day, instant
from journal.models import (
    Arrival,
    Case,
    CaseEvent,
    CaseStatus,
    Deadline,
    Document,
    Entry,
    Erasure,
    Link,
    Person,
    RegisterLine,
    Revision,
    Sending,
    YearClosing,
)

Facts = dict[str, Any]
_EMPTY: tuple[Any, ...] = (None, "", [], {})


def entry_facts(entry: Entry) -> Facts:
    """The facts of the entry's own row."""
    return {
        "registration": {
            "office": entry.office_id,
            "year": entry.year,
            "number": entry.number,
            "index": entry.index,
            "registered_at": instant(entry.registered_at),
            "received_at": instant(entry.received_at),
            "channel": entry.channel,
        },
        "case": {"id": entry.case_id, "opened_at": instant(entry.case.opened_at)},
        "urgent": entry.urgent,
        "indicators": entry.indicators,
        "voided_at": instant(entry.voided_at),
        "imported_at": instant(entry.imported_at),
    }


def revision_facts(revision: Revision) -> Facts:
    """What one revision says."""
    fact = {
        "form": revision.form_id,
        "values": revision.values,
        "made_at": instant(revision.made_at),
        "why": revision.why,
        **_set(corrected=revision.corrected),
    }
    return {f"revision:{revision.ordinal}": fact}


def person_facts(persons: Iterable[Person]) -> Facts:
    """The persons whom the entry names, in their order."""
    facts = [
        {
            "name": person.name,
            "birth_date": day(person.birth_date),
            "birth_year": person.birth_year,
            "age": person.age,
            "age_on": day(person.age_on),
        }
        for person in persons
    ]
    return {"persons": facts}


def deadline_facts(deadlines: Iterable[Deadline]) -> Facts:
    """The clocks, each a fact of its own."""
    return {
        f"deadline:{deadline.key}:{deadline.start_kind}".rstrip(":"): {
            "starts_at": instant(deadline.starts_at),
            "due_on": day(deadline.due_on),
            "due_at": instant(deadline.due_at),
            "rule": deadline.rule,
            "steps": deadline.steps,
            "done_at": instant(deadline.done_at),
            **_set(
                cause=deadline.cause_id,
                stopped_by=deadline.stopped_by_id,
                cancelled_at=instant(deadline.cancelled_at),
            ),
        }
        for deadline in deadlines
    }


def event_facts(events: Iterable[CaseEvent]) -> Facts:
    """What happened to the entry, each event a fact of its own."""
    return {
        f"event:{event.pk}": {
            "kind": event.kind,
            "happened_at": instant(event.happened_at),
            "recorded_at": instant(event.recorded_at),
            "details": event.details,
            **_set(
                document=event.document_id,
                arrival=event.arrival_id,
                line=event.line_id,
                undone_at=instant(event.undone_at),
            ),
        }
        for event in events
    }


def link_facts(links: Iterable[Link]) -> Facts:
    """The entry's links to older entries."""
    return {
        f"link:{link.older_id}": {
            "why": link.why,
            "state": link.state,
            **_set(score=link.score, decided_at=instant(link.decided_at)),
        }
        for link in links
    }


def arrival_facts(arrivals: Iterable[Arrival]) -> Facts:
    """The arrivals that brought the notice."""
    return {
        f"arrival:{arrival.pk}": {
            "sha256": arrival.original_id,
            "received_at": instant(arrival.received_at),
            "message_id": arrival.message_id,
        }
        for arrival in arrivals
    }


def answer_facts(arrivals: Iterable[Arrival]) -> Facts:
    """The documents of ours that arrivals answer."""
    return {f"answers:{arrival.pk}": arrival.answers_id for arrival in arrivals}


def case_facts(case: Case) -> Facts:
    """Where the case stands; an open one is what every case begins as."""
    status = None if case.status == CaseStatus.OPEN else case.status
    return {
        "status": status,
        "closed_at": instant(case.closed_at),
        "joined_into": case.joined_into_id,
    }


def document_facts(document: Document) -> Facts:
    """The facts of a document."""
    number = {
        "year": document.year,
        "number": document.number,
        "index": document.index,
        "dated": day(document.dated),
    }
    return {
        "document": {
            "issuer": document.issuer_id,
            "entry": document.entry_id,
            "kind": document.kind,
            "draft_key": document.draft_key,
            "register": document.register,
            "created_at": instant(document.created_at),
        },
        "number": None if all(value is None for value in number.values()) else number,
        "state": document.state,
        "context": document.context,
        "docx": _rendered(document.docx, document.docx_sha256),
        "pdf": _rendered(document.pdf, document.pdf_sha256),
        "approved_at": instant(document.approved_at),
        "signed": _signed(document),
    }


def sending_facts(sending: Sending) -> Facts:
    """The facts of a mail of ours; how often it was tried is none."""
    return {
        "sending": {
            "office": sending.office_id,
            "document": sending.document_id,
            "arrival": sending.arrival_id,
            "mailbox": sending.mailbox,
            "recipient": sending.recipient,
            "message_id": sending.message_id,
            "sha256": sending.original_id,
            "created_at": instant(sending.created_at),
        },
        "state": sending.state,
        "started_at": instant(sending.started_at),
        "sent_at": instant(sending.sent_at),
        "copied_at": instant(sending.copied_at),
        "bounced_at": instant(sending.bounced_at),
    }


def line_facts(line: RegisterLine) -> Facts:
    """The facts of a number that stands on no entry and no letter."""
    return {
        "line": {
            "office": line.office_id,
            "register": line.register,
            "year": line.year,
            "number": line.number,
            "index": line.index,
            "dated": day(line.dated),
            "about": line.about,
            "counterpart": line.counterpart,
            "entry": line.entry_id,
            "made_at": instant(line.made_at),
        },
        "voided_at": instant(line.voided_at),
    }


def closing_facts(closing: YearClosing) -> Facts:
    """The facts of a closed year."""
    return {
        "closing": {
            "office": closing.office_id,
            "register": closing.register,
            "year": closing.year,
            "first": closing.first,
            "last": closing.last,
            "count": closing.count,
            "voided": closing.voided,
            "head": closing.head,
            "closed_at": instant(closing.closed_at),
            "closed_by": closing.closed_by,
        }
    }


def erasure_facts(erasure: Erasure) -> Facts:
    """The facts of an order to erase; whether its files are gone yet is none."""
    return {
        "erasure": {
            "entry": erasure.entry_id,
            "order": erasure.order,
            "asked_by": erasure.asked_by,
            "asked_at": instant(erasure.asked_at),
        },
        "confirmed": {
            "confirmed_by": erasure.confirmed_by,
            "confirmed_at": instant(erasure.confirmed_at),
            "seq": erasure.seq,
        },
    }


def changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Fact -> (old, new) of every fact that differs."""
    found = {}
    for name in [*old, *(name for name in new if name not in old)]:
        before, after = filled(old.get(name)), filled(new.get(name))
        if before != after:
            found[name] = (before, after)
    return found


def filled(value: Any) -> Any:
    """The value, or None for an empty one."""
    return None if value in _EMPTY else value


def _set(**values: Any) -> Facts:
    # What is not set has no key: a fact that an older release wrote lacks it, and must stay equal.
    return {name: value for name, value in values.items() if value is not None}


def _rendered(path: str, sha256: str) -> list[str] | None:
    return [path, sha256] if path or sha256 else None


def _signed(document: Document) -> Facts | None:
    at = instant(document.signed_at)
    return _set(sha256=document.signed_id, name=document.signed_name, at=at) or None
