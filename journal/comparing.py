"""Comparing each entry, and what hangs on it, with what the history says was written."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, QuerySet

from journal import book
from journal.history import WHY, canonical, is_erasable
from journal.models import (
    Arrival,
    Case,
    CaseEvent,
    Deadline,
    Document,
    Entry,
    Erasure,
    File,
    Form,
    HistoryValue,
    Link,
    Person,
    RegisterLine,
    Revision,
    Sending,
    YearClosing,
)

_CHUNK = 500
_Row = TypeVar("_Row", bound=Model)
# What the history says of each subject (``entry:5``): fact -> canonical JSON.
_Written = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class _Whole:
    """An entry with all that hangs on it."""

    entry: Entry
    revisions: Sequence[Revision]
    persons: Sequence[Person]
    deadlines: Sequence[Deadline]
    documents: Sequence[Document]
    sendings: Sequence[Sending]
    events: Sequence[CaseEvent]
    links: Sequence[Link]
    arrivals: Sequence[Arrival]


def entry_faults(data: Path) -> Iterator[str]:
    """Where an entry, its clocks, its case or its documents differ from their history.

    Args:
        data: the folder that the documents' paths are below.
    """
    erased = set(Erasure.objects.filter(seq__isnull=False).values_list("entry", flat=True))
    entries = Entry.objects.select_related("office", "case").order_by("pk")
    last = 0
    while chunk := list(entries.filter(pk__gt=last)[:_CHUNK]):
        wholes = _wholes(chunk)
        written = _written([name for whole in wholes for name in _subjects(whole)])
        for whole in wholes:
            yield from _faults(whole, written)
            if whole.entry.pk not in erased:
                yield from _file_faults(whole, data)
        last = chunk[-1].pk
    yield from _case_faults()


def _case_faults() -> Iterator[str]:
    """Where a case without entries is none that was joined into another, or differs from its history."""
    empty = Case.objects.filter(~Exists(Entry.objects.filter(case=OuterRef("pk"))))
    yield from _row_faults(empty, ("case", "справа без записів"), book.case_facts)
    for case in empty.select_related("joined_into").iterator(chunk_size=_CHUNK):
        into = case.joined_into
        if into is None or into.office_id != case.office_id:
            yield f"справа {case.pk}: у ній немає записів"
    kept = Case.objects.filter(joined_into__isnull=False).exclude(pk__in=empty.values("pk"))
    for pk in kept.values_list("pk", flat=True):
        yield f"справа {pk}: її об’єднано з іншою, а записи в ній є"


def register_faults() -> Iterator[str]:
    """Where a line of a register, or the closing of a year, differs from its history."""
    lines, closings = RegisterLine.objects.all(), YearClosing.objects.all()
    yield from _row_faults(lines, ("line", "рядок реєстру"), book.line_facts)
    yield from _row_faults(closings, ("closing", "закриття року"), book.closing_facts)


def erasure_faults() -> Iterator[str]:
    """Where an order to erase differs from its history."""
    yield from _row_faults(Erasure.objects.all(), ("erasure", "стирання"), book.erasure_facts)


def facts_of(entry_id: int) -> dict[tuple[int, str], book.Facts]:
    """(Office, subject) -> what an entry, its letters and papers say that an erasure may touch."""
    entry = Entry.objects.select_related("office", "case").get(pk=entry_id)
    (whole,) = _wholes([entry])
    found = {(entry.office_id, f"entry:{entry.pk}"): _entry_facts(whole)}
    for sending in whole.sendings:
        found[sending.office_id, f"sending:{sending.pk}"] = book.sending_facts(sending)
    for line in entry.lines.order_by("pk"):
        found[line.office_id, f"line:{line.pk}"] = book.line_facts(line)
    return {
        where: {name: fact for name, fact in facts.items() if is_erasable(name)}
        for where, facts in found.items()
    }


def _row_faults(
    rows: QuerySet[_Row], names: tuple[str, str], facts: Callable[[_Row], book.Facts]
) -> Iterator[str]:
    kind, words = names
    last = 0
    while chunk := list(rows.filter(pk__gt=last).order_by("pk")[:_CHUNK]):
        written = _written([f"{kind}:{row.pk}" for row in chunk])
        for row in chunk:
            known = written.get(f"{kind}:{row.pk}", {})
            yield from _differing(f"{words} {row.pk}", facts(row), known)
        last = chunk[-1].pk


def _wholes(entries: Sequence[Entry]) -> list[_Whole]:
    """The entries with what hangs on them, in a fixed number of queries.

    Put together by hand: Django makes a queryset for each entry and table, which costs more than
    all that is done with the rows.
    """
    documents = _of_each(Document.objects.filter(entry__in=entries))
    letters = [letter for of_one in documents.values() for letter in of_one]
    sendings = _of_each(Sending.objects.filter(document__in=letters), "document_id")
    revisions = _of_each(Revision.objects.filter(entry__in=entries).order_by("ordinal"))
    persons = _of_each(Person.objects.filter(entry__in=entries))
    deadlines = _of_each(Deadline.objects.filter(entry__in=entries))
    events = _of_each(CaseEvent.objects.filter(entry__in=entries))
    links = _of_each(Link.objects.filter(newer__in=entries), "newer_id")
    arrivals = _arrivals(entries)
    return [
        _Whole(
            entry=entry,
            revisions=revisions[entry.pk],
            persons=persons[entry.pk],
            deadlines=deadlines[entry.pk],
            documents=documents[entry.pk],
            sendings=[row for letter in documents[entry.pk] for row in sendings[letter.pk]],
            events=events[entry.pk],
            links=links[entry.pk],
            arrivals=arrivals[entry.pk],
        )
        for entry in entries
    ]


def _of_each(rows: QuerySet[_Row], key: str = "entry_id") -> defaultdict[int, list[_Row]]:
    """Key -> its rows, in their order or in that of their ids."""
    found = defaultdict[int, list[_Row]](list)
    for row in rows if rows.ordered else rows.order_by("pk"):
        found[getattr(row, key)].append(row)
    return found


def _arrivals(entries: Sequence[Entry]) -> Mapping[int, list[Arrival]]:
    """Id of an entry -> what brought its forms and files, each once."""
    forms = Form.objects.filter(entry__in=entries).order_by("pk")
    files = File.objects.filter(entry__in=entries).order_by("pk")
    pairs = dict.fromkeys(forms.values_list("entry_id", "file__arrival_id"))
    pairs |= dict.fromkeys(files.values_list("entry_id", "arrival_id"))
    rows = Arrival.objects.select_related("answers").only(
        "original", "received_at", "message_id", "answers__entry"
    )
    known = rows.in_bulk({arrival for _, arrival in pairs})
    found = defaultdict[int, list[Arrival]](list)
    for entry, arrival in pairs:
        found[entry or 0].append(known[arrival])
    return found


def _subjects(whole: _Whole) -> list[str]:
    documents = [f"document:{document.pk}" for document in whole.documents]
    sendings = [f"sending:{sending.pk}" for sending in whole.sendings]
    entry = whole.entry
    return [f"entry:{entry.pk}", f"case:{entry.case_id}", *documents, *sendings]


def _written(subjects: Sequence[str]) -> _Written:
    rows = HistoryValue.objects.filter(history__subject__in=subjects).exclude(field=WHY)
    written: dict[str, dict[str, str]] = defaultdict(dict)
    values = rows.order_by("history").values_list("history__subject", "field", "new")
    for subject, field, new in values:
        written[subject][field] = canonical(book.filled(new))
    return written


def _faults(whole: _Whole, written: _Written) -> Iterator[str]:
    entry = whole.entry
    name = f"запис {entry.office.key} {entry.number}/{entry.year}"
    yield from _differing(name, _entry_facts(whole), written.get(f"entry:{entry.pk}", {}))
    case = written.get(f"case:{entry.case_id}", {})
    yield from _differing(f"{name}: справа", book.case_facts(entry.case), case)
    for document in whole.documents:
        facts = written.get(f"document:{document.pk}", {})
        yield from _differing(f"документ {document.pk}", book.document_facts(document), facts)
    for sending in whole.sendings:
        facts = written.get(f"sending:{sending.pk}", {})
        yield from _differing(f"надсилання {sending.pk}", book.sending_facts(sending), facts)
    hung: Iterable[Person | Deadline] = [*whole.persons, *whole.deadlines]
    cases = {row.case_id for row in hung} | {entry.case_id}
    if len(cases) > 1 or entry.case.office_id != entry.office_id:
        yield f"{name}: справа, її строки чи особи належать не до цього запису"


def _entry_facts(whole: _Whole) -> book.Facts:
    facts = book.entry_facts(whole.entry)
    for revision in whole.revisions:
        facts |= {**book.revision_facts(revision), "review": revision.review}
    return {
        **facts,
        **book.person_facts(whole.persons),
        **book.deadline_facts(whole.deadlines),
        **book.event_facts(whole.events),
        **book.link_facts(whole.links),
        **book.arrival_facts(whole.arrivals),
        **book.answer_facts(one for one in whole.arrivals if _answers(one, whole.entry)),
    }


def _answers(arrival: Arrival, entry: Entry) -> bool:
    return arrival.answers is not None and arrival.answers.entry_id == entry.pk


def _differing(name: str, facts: book.Facts, written: Mapping[str, str]) -> Iterator[str]:
    nothing = canonical(None)
    for fact in [*facts, *(fact for fact in written if fact not in facts)]:
        if canonical(book.filled(facts.get(fact))) != written.get(fact, nothing):
            yield f"{name}: {fact} не збігається з історією"


def _file_faults(whole: _Whole, data: Path) -> Iterator[str]:
    for document in whole.documents:
        files = ((document.docx, document.docx_sha256), (document.pdf, document.pdf_sha256))
        for path, sha256 in files:
            if path and _digest(data / path) != sha256:
                yield f"документ {document.pk}: файл {path} втрачено або змінено"


def _digest(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None
