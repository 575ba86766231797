"""What each column of a printed book says of a number."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from journal.cards import DeadlineCard, EntryCard, EventCard
from journal.cards_books import BookRow
from rules.book_columns import BY_HAND
from rules.casework import KINDS, kind_of
from rules.details import value_text
from rules.reporter import without_reporter
from rules.wording import date_in_figures, moment_in_figures

VOID = "анульовано"
ON_PAPER = "паперовий журнал"
_PASSED_OVER = "номер пропущено"
_HIDDEN = "заявника приховано (п. 13)"
_LONGEST = 500
_THREAT = {True: "так", None: "можлива", False: "ні"}
_REQUEST = "assessment_request"
# What has a column of its own, or says nothing of what was done.
_ELSEWHERE = frozenset({"request_sent", "visited", "safety_act_made", "enrolled", "calmed"})


@dataclass(frozen=True, slots=True)
class Words:
    """What the journal's keys are called, and who reads the book.

    Attributes:
        channels: how a notification came -> its words.
        kinds: kind of a letter -> its name.
        reporter_kinds: kind of a reporter -> its words.
        shows_reporter: whether the reader may know who reported (п. 13).
    """

    channels: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    reporter_kinds: Mapping[str, str] = field(default_factory=dict)
    shows_reporter: bool = False


def said(name: str, row: BookRow, words: Words) -> str:
    """The text of a column; "" where there is nothing to say.

    Args:
        name: a field of :data:`rules.book_columns.FIELDS`.
        row: the number.
        words: what keys are called, and for whom.

    Law: п. 13 of the Порядок: who reported stays hidden from those who need not know it.
    """
    if name in BY_HAND:
        return ""
    if name in _OF_ROW:
        text = _OF_ROW[name](row, words)
    else:
        text = _OF_ENTRY[name](row.card, words) if row.card else ""
    if row.card and not words.shows_reporter:
        text = without_reporter(text, row.card.values)
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + " …"


def _number(row: BookRow, _: Words) -> str:
    return f"{row.number}\n{VOID}" if row.voided else str(row.number)


def _note(row: BookRow, _: Words) -> str:
    passed = _PASSED_OVER if row.what == "skipped" else ""
    reason = ": ".join(part for part in (passed, row.why_void) if part)
    void = ": ".join(part for part in (VOID, reason) if part) if row.voided else ""
    return _joined(ON_PAPER if is_on_paper(row) else "", void)


def is_on_paper(row: BookRow) -> bool:
    """Whether the number was given in the paper book, before Opika."""
    return row.what == "entry" and row.card is not None and row.card.imported is not None


def _kind(row: BookRow, words: Words) -> str:
    return words.kinds.get(row.about, row.about) if row.what == "letter" else row.about


def _about_whom(row: BookRow, _: Words) -> str:
    subject = (row.card.values.get("subject") if row.card else None) or ""
    return row.counterpart or subject if row.what == "paper" else subject


def _content(row: BookRow, words: Words) -> str:
    if row.what == "entry" and row.card:
        return row.card.values.get("content") or ""
    return _kind(row, words)


def _entry(row: BookRow, _: Words) -> str:
    return f"{row.card.index} від {_day(row.card.registered_at)}" if row.card else ""


def _registered(card: EntryCard, _: Words) -> str:
    said = moment_in_figures(card.registered_at, of_paper_book=card.imported is not None)
    return said.replace(" ", "\n")


def _from_whom(card: EntryCard, words: Words) -> str:
    values = card.values
    kinds = [words.reporter_kinds.get(kind, kind) for kind in values.get("reporter_kinds") or ()]
    reporter = values.get("reporter") or ""
    if reporter and not words.shows_reporter:
        reporter = _HIDDEN
    return _joined(values.get("sender") or "", reporter, ", ".join(kinds))


def _outgoing(card: EntryCard, _: Words) -> str:
    number, dated = card.values.get("outgoing_number"), card.values.get("outgoing_date")
    return _paper(number, dated)


def _request(card: EntryCard, _: Words) -> str:
    letters = [
        _paper(letter.index, letter.dated)
        for letter in card.documents
        if letter.kind == _REQUEST and letter.index and letter.state != "void"
    ]
    return _joined(*(letters or map(_event_paper, _living(card, "request_sent"))))


def _visit(card: EntryCard, _: Words) -> str:
    visits = [f"візит {_day(event.at)}" for event in _living(card, "visited")]
    acts = [f"акт {_event_paper(event)}" for event in _living(card, "safety_act_made")]
    return _joined(*visits, *acts)


def _measures(card: EntryCard, _: Words) -> str:
    done = (event for event in _living(card) if event.kind not in _ELSEWHERE)
    steps = (f"{_day(event.at)} {KINDS[event.kind].words}" for event in done)
    # On a form these are the sender's own measures; in the paper book they were the office's.
    written = card.values.get("measures_taken") if card.imported else None
    return _joined(written or "", *steps)


def _enrolment(card: EntryCard, _: Words) -> str:
    return _joined(*map(_event_paper, _living(card, "enrolled")))


def _conclusion_sent(card: EntryCard, _: Words) -> str:
    return _joined(*map(_event_paper, _living(card, "conclusion_received")))


def _decision(card: EntryCard, _: Words) -> str:
    allowed = KINDS["services_decided"].details["decision"].allowed
    found = _living(card, "services_decided")
    return _joined(
        *(f"{allowed.get(e.details['decision'], '')} {_event_paper(e)}".strip() for e in found)
    )


def _terms(card: EntryCard, _: Words) -> str:
    return _joined(*(_term(clock) for clock in card.deadlines if clock.cancelled is None))


def _term(clock: DeadlineCard) -> str:
    if clock.done:
        return f"{clock.rule}: виконано {_day(clock.done)}"
    return f"{clock.rule}: до {_day(clock.due)}"


def _living(card: EntryCard, kind: str | None = None) -> Iterator[EventCard]:
    for event in card.events:
        if event.undone is None and kind in (None, event.kind):
            yield event


def _event_paper(event: EventCard) -> str:
    """Number and date of an event's paper; one that has its number from us has it in a register."""
    details = event.details
    return _paper(details.get("number") or event.index, details.get("dated") or event.at)


def _told(name: str) -> Callable[[BookRow, Words], str]:
    """A column that prints what is told of the event that a paper is of."""

    def told(row: BookRow, _: Words) -> str:
        return _detail(row.event, name) if row.event else ""

    return told


def _conclusion(row: BookRow, words: Words) -> str:
    """What the assessment came to, as the step or the line of the register tells it."""
    return _detail(row.event, "note") if row.event else _content(row, words)


def _visitors(card: EntryCard, _: Words) -> str:
    names = (_detail(event, "with") for event in _living(card, "visited"))
    return _joined(*dict.fromkeys(names))


def _detail(event: EventCard, name: str) -> str:
    return value_text(kind_of(event.kind).details, name, event.details)


def _paper(number: str | None, dated: str | date | None) -> str:
    """«№ 5 від 04.03.2026», or as much of it as is known."""
    parts = (number and f"№ {number}", dated and f"від {_day(dated)}")
    return " ".join(part for part in parts if part)


def _day(moment: str | date) -> str:
    """The date in figures; a datetime is one, in the zone of the card."""
    return date_in_figures(date.fromisoformat(moment) if isinstance(moment, str) else moment)


def _sent(row: BookRow, _: Words) -> str:
    moment: datetime | None = row.sent_at
    return f"{_day(moment)} {moment:%H:%M}" if moment else ""


def _joined(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


_OF_ROW: Mapping[str, Callable[[BookRow, Words], str]] = {
    "number": _number,
    "index": lambda row, _: row.index,
    "dated": lambda row, _: _day(row.dated),
    "note": _note,
    "kind": _kind,
    "addressee": lambda row, _: row.counterpart,
    "entry": _entry,
    "sent": _sent,
    "about_whom": _about_whom,
    "content": _content,
    "executor": lambda row, _: row.executor,
    "specialist": _told("specialist"),
    "conclusion": _conclusion,
    "threat_found": _told("threat"),
    "remark": _told("note"),
}
_OF_ENTRY: Mapping[str, Callable[[EntryCard, Words], str]] = {
    "registered": _registered,
    "channel": lambda card, words: words.channels.get(card.channel, card.channel),
    "from_whom": _from_whom,
    "outgoing": _outgoing,
    "address": lambda card, _: card.values.get("address") or "",
    "threat": lambda card, _: _THREAT[card.urgent],
    "assessment_request": _request,
    "visit": _visit,
    "measures": _measures,
    "enrolment": _enrolment,
    "terms": _terms,
    "conclusion_sent": _conclusion_sent,
    "decision": _decision,
    "visitors": _visitors,
}
