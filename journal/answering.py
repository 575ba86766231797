"""Answers to letters of ours: found by their thread, by a number of ours, or by the family.

Nothing is filed by itself that could be a new notification: a school writes about another child,
or about the same one again, by answering our last letter. Such a letter waits for a person, who is
shown what it may belong to.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Q
from django.utils.timezone import localdate

from journal import book
from journal.cards import ProposalCard
from journal.casework import conclusion_came
from journal.clocks import ClockRules
from journal.entering import RegistrationRules
from journal.history import Act, record
from journal.likeness import with_clues
from journal.models import (
    Arrival,
    Document,
    DocumentState,
    Entry,
    File,
    Revision,
    Sending,
)
from journal.steps import UNREAD_ROLES
from rules.answers import ASKING, Citation, cited, told_events
from rules.likeness import surname_stems
from rules.mentions import capital_stems, mentions_family, mentions_person
from rules.telling import own_words, reads_like_notification

_MESSAGE_ID = re.compile(r"<[^<>\s]+>")
_MOST_IDS = 50
_MOST_PROPOSED = 5
_CANDIDATES = 30
_LIKELY = 300
_OF_EACH_NAME = 100
_NOT_OUT = (DocumentState.DRAFT, DocumentState.VOID)
_Row = TypeVar("_Row", Document, Entry)

_BY_THREAD = "відповідь на наш лист"
_BY_RECEIPT = "відповідь на наше підтвердження"
_BY_INDEX = "названо номер нашого листа"
_BY_NUMBER = "названо реєстраційний номер"
_BY_PERSON = "названо ту саму особу"
_BY_FAMILY = "названо те саме прізвище"


@dataclass(frozen=True, slots=True)
class Trace:
    """What in a mail leads to an entry.

    Attributes:
        entry_id: the entry.
        document_id: the letter of ours that is answered; None: not known.
        why: for a clerk, without anybody's data.
        dated: the date that stands beside the number is that of the letter or entry; None: no date.
        plain: it is a mere figure («№ 12»), which many papers have.
    """

    entry_id: int
    document_id: int | None
    why: str
    dated: bool | None = None
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """A mail that certainly answers us."""

    entry: Entry
    document: Document | None


def answer_of(
    arrival: Arrival, files: Sequence[File], partners: Collection[str], brings: Entry | None = None
) -> Answer | None:
    """What a mail answers, if that is certain enough to file it without a person.

    Args:
        arrival: the mail, every file of it read.
        files: its files.
        partners: addresses of bodies that the configuration names.
        brings: the entry of a form in the mail.
    """
    texts = _texts(arrival, files)
    threads, numbers = _threads(arrival), _numbered(arrival, texts)
    traces = threads[:1] or numbers
    if not traces or len({trace.entry_id for trace in [*threads, *numbers]}) != 1:
        return None
    answer = _answer(traces)
    known = _is_known(arrival, answer.entry, partners)
    if not threads and not (known and any(map(_is_good_number, numbers))):
        return None
    if answer.entry.voided_at or _may_be_news(answer, files, texts, brings):
        return None
    return answer


def take(
    arrival: Arrival,
    answer: Answer,
    files: Iterable[File],
    act: Act,
    *,
    brought: bool,
    rules: RegistrationRules,
) -> None:
    """Note that an arrival answers us, and what it says has happened.

    Args:
        arrival: the mail.
        answer: what it answers.
        files: those of its files that are filed with the entry.
        act: who, when.
        brought: the entry has this arrival already, as it brought a form of it.
        rules: whose answers are known, and by what clocks are counted.
    """
    arrival.answers = answer.document
    facts = {} if brought else book.arrival_facts([arrival])
    changes = book.changes({}, {**facts, **book.answer_facts([arrival])})
    subject = f"entry:{answer.entry.pk}"
    record(answer.entry.office, "answered", subject, act, entry=answer.entry, changes=changes)
    if _is_known(arrival, answer.entry, rules.partners):
        heed_papers(arrival, answer, files, act, rules.clocks)


def heed_papers(
    arrival: Arrival, answer: Answer, files: Iterable[File], act: Act, rules: ClockRules
) -> None:
    """Write down what the papers of an answer say has happened; it stops its clocks.

    Law: Порядок, п. 18: done on the day on which the conclusion came.
    """
    papers = [file.text for file in files if file.role not in {*UNREAD_ROLES, "body"}]
    kind = answer.document.kind if answer.document else None
    for event in sorted(told_events(kind, papers)):
        conclusion_came(answer.entry, arrival, event, act, rules)


def proposals(arrival_id: int) -> tuple[ProposalCard, ...]:
    """The entries that an arrival in triage most likely belongs to, the likeliest first."""
    arrival = Arrival.objects.select_related("journal").get(pk=arrival_id)
    files = list(arrival.files.order_by("ordinal"))
    texts = _texts(arrival, files)
    whys: dict[int, list[str]] = {}
    for trace in [*_threads(arrival), *_numbered(arrival, texts), *_families(arrival, texts)]:
        reasons = whys.setdefault(trace.entry_id, [])
        if trace.why not in reasons:
            reasons.append(trace.why)
    best = dict(list(whys.items())[:_MOST_PROPOSED])
    entries = Entry.objects.select_related("office").in_bulk(best)
    return tuple(
        ProposalCard(
            entries[pk].office.key, str(entries[pk].number), entries[pk].year, "; ".join(why)
        )
        for pk, why in best.items()
    )


def _texts(arrival: Arrival, files: Iterable[File]) -> list[str]:
    """The mail's own words: its texts without what they quote; a form has numbers of its own."""
    papers = (file for file in files if file.role not in UNREAD_ROLES and not file.forms.exists())
    return [own_words(file.text) for file in papers]


def _answer(traces: Sequence[Trace]) -> Answer:
    trace = next((one for one in traces if one.document_id), traces[0])
    entry = Entry.objects.select_related("office", "case").get(pk=trace.entry_id)
    letter = trace.document_id and Document.objects.get(pk=trace.document_id)
    return Answer(entry, letter or None)


def _is_good_number(trace: Trace) -> bool:
    """A figure alone is on many papers: it needs its date; no number may have another's date."""
    return trace.dated is True or (trace.dated is None and not trace.plain)


def _may_be_news(
    answer: Answer, files: Iterable[File], texts: Sequence[str], brings: Entry | None
) -> bool:
    """Whether the letter may tell something that is to be registered (п. 10)."""
    kind = answer.document.kind if answer.document else None
    if brings and brings != answer.entry and kind not in ASKING:
        return True  # a form of another child, sent by answering our last letter
    papers = [file for file in files if file.role == "attachment" and not file.forms.exists()]
    if any(not file.text.strip() for file in papers):
        return True  # a photo that nobody could read
    if not any(map(reads_like_notification, texts)):
        return False
    if kind not in ASKING and not told_events(kind, [file.text for file in papers]):
        return True
    values = answer.entry.revisions.order_by("-ordinal")[0].values
    named = surname_stems(values)
    return bool(named) and not mentions_family(values, capital_stems("\n".join(texts)))


def _is_known(arrival: Arrival, entry: Entry, partners: Collection[str]) -> bool:
    """Whether the sender is one who may answer: we wrote to the address, or it wrote to us."""
    sender = arrival.sender_address.lower()
    if not sender:
        return False
    if sender in partners:
        return True
    sent = Sending.objects.filter(document__entry=entry, recipient__iexact=sender)
    brought = Q(files__entry=entry) | Q(files__forms__entry=entry)
    came = Arrival.objects.filter(brought, sender_address__iexact=sender).exclude(pk=arrival.pk)
    return sent.exists() or came.exists()


def _threads(arrival: Arrival) -> list[Trace]:
    """By In-Reply-To, else by References from the newest on."""
    direct = _MESSAGE_ID.findall(arrival.in_reply_to)[:_MOST_IDS]
    older = _MESSAGE_ID.findall(arrival.references)[-_MOST_IDS:]
    ids = list(dict.fromkeys([*direct, *reversed(older)]))
    rows = Sending.objects.filter(
        Q(document__entry__office=arrival.journal_id) | Q(arrival__journal=arrival.journal_id),
        message_id__in=ids,
    ).select_related("document", "arrival")
    known = {row.message_id: row for row in rows}
    found = [trace for one in ids if one in known for trace in _of_sending(known[one])]
    return found[:1] if found and direct and direct[0] in known else found


def _of_sending(row: Sending) -> list[Trace]:
    if row.document:
        return [Trace(row.document.entry_id, row.document_id, _BY_THREAD)]
    brought = Q(files__arrival=row.arrival_id) | Q(forms__file__arrival=row.arrival_id)
    entries = Entry.objects.filter(brought).distinct().values_list("pk", flat=True)
    return [Trace(entry, None, _BY_RECEIPT) for entry in entries]


def _numbered(arrival: Arrival, texts: Iterable[str]) -> list[Trace]:
    found = cited(arrival.subject, subject=True)
    found += [citation for text in texts for citation in cited(text)]
    return [trace for one in dict.fromkeys(found) for trace in _of_number(arrival, one)]


def _of_number(arrival: Arrival, citation: Citation) -> list[Trace]:
    """The letter of ours with this index, and the entry with this number, the newest of each."""
    written = Q(index__iexact=citation.number) | Q(index__iexact=f"№{citation.number}")
    plain = citation.number.isdecimal()
    letters = Document.objects.filter(written, entry__office=arrival.journal_id)
    letters = letters.exclude(state__in=_NOT_OUT).order_by("-dated", "-pk")
    found = [
        Trace(row.entry_id, row.pk, _BY_INDEX, _same_day(citation, row.dated), plain)
        for row in _best([(row, row.dated) for row in letters[:_MOST_IDS]], citation)
    ]
    if plain and len(citation.number) < 9:
        written |= Q(number=int(citation.number))
    entries = Entry.objects.filter(written, office=arrival.journal_id).order_by("-year", "-pk")
    days = [(row, localdate(row.registered_at)) for row in entries[:_MOST_IDS]]
    found += [
        Trace(row.pk, None, _BY_NUMBER, _same_day(citation, localdate(row.registered_at)), plain)
        for row in _best(days, citation)
    ]
    return found


def _best(rows: Sequence[tuple[_Row, date | None]], citation: Citation) -> list[_Row]:
    """Numbers begin anew each year: the one of the cited date, else the newest."""
    dated = [row for row, day in rows if day and day == citation.dated]
    return (dated or [row for row, _ in rows])[:1]


def _same_day(citation: Citation, day: date | None) -> bool | None:
    return None if citation.dated is None else citation.dated == day


def _families(arrival: Arrival, texts: Sequence[str]) -> list[Trace]:
    """Entries whose people the letter names; those named in full come first."""
    found = capital_stems("\n".join([arrival.subject, *texts]))
    keys = [f"s:{stem}" for stem in found]
    hits = with_clues(keys, _OF_EACH_NAME)
    likely = sorted(hits, key=lambda pk: (hits[pk], pk), reverse=True)[:_LIKELY]
    rows = Entry.objects.filter(pk__in=likely, office=arrival.journal_id, voided_at__isnull=True)
    living = set(rows.values_list("pk", flat=True))
    best = [pk for pk in likely if pk in living][:_CANDIDATES]
    newest = Revision.objects.filter(entry__in=best).order_by("ordinal")
    values = {row.entry_id: row.values for row in newest}
    full = [pk for pk in best if mentions_person(values[pk], found)]
    rest = [pk for pk in best if pk not in full and mentions_family(values[pk], found)]
    return [
        *(Trace(pk, None, _BY_PERSON) for pk in full),
        *(Trace(pk, None, _BY_FAMILY) for pk in rest),
    ]
