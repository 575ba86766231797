"""Comparing each entry, and what hangs on it, with what the history says was written."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, Prefetch, QuerySet

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


def entry_faults(data: Path) -> Iterator[str]:
    """Where an entry, its clocks, its case or its documents differ from their history.

    Args:
        data: the folder that the documents' paths are below.
    """
    erased = set(Erasure.objects.filter(seq__isnull=False).values_list("entry", flat=True))
    last = 0
    while chunk := list(_entries().filter(pk__gt=last).order_by("pk")[:_CHUNK]):
        written = _written([name for entry in chunk for name in _subjects(entry)])
        for entry in chunk:
            yield from _faults(entry, written)
            if entry.pk not in erased:
                yield from _file_faults(entry, data)
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
    entry = _entries().get(pk=entry_id)
    found = {(entry.office_id, f"entry:{entry.pk}"): _entry_facts(entry)}
    for sending in _sendings(entry):
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


def _entries() -> Any:
    files = File.objects.only("entry", "arrival")
    forms = Form.objects.only("entry", "file__arrival").select_related("file")
    return Entry.objects.select_related("office", "case").prefetch_related(
        Prefetch("revisions", Revision.objects.order_by("ordinal")),
        Prefetch("persons", Person.objects.order_by("pk")),
        Prefetch("deadlines", Deadline.objects.order_by("pk")),
        Prefetch("documents", Document.objects.order_by("pk")),
        Prefetch("events", CaseEvent.objects.order_by("pk")),
        Prefetch("forms", forms),
        Prefetch("files", files),
        "documents__sendings",
        "links",
        "forms__file__arrival__answers",
        "files__arrival__answers",
    )


def _subjects(entry: Entry) -> list[str]:
    documents = [f"document:{document.pk}" for document in entry.documents.all()]
    sendings = [f"sending:{sending.pk}" for sending in _sendings(entry)]
    return [f"entry:{entry.pk}", f"case:{entry.case_id}", *documents, *sendings]


def _sendings(entry: Entry) -> list[Sending]:
    return [row for document in entry.documents.all() for row in document.sendings.all()]


def _written(subjects: Sequence[str]) -> _Written:
    rows = HistoryValue.objects.filter(history__subject__in=subjects).exclude(field=WHY)
    written: dict[str, dict[str, str]] = defaultdict(dict)
    values = rows.order_by("history").values_list("history__subject", "field", "new")
    for subject, field, new in values:
        written[subject][field] = canonical(book.filled(new))
    return written


def _faults(entry: Entry, written: _Written) -> Iterator[str]:
    name = f"запис {entry.office.key} {entry.number}/{entry.year}"
    yield from _differing(name, _entry_facts(entry), written.get(f"entry:{entry.pk}", {}))
    case = written.get(f"case:{entry.case_id}", {})
    yield from _differing(f"{name}: справа", book.case_facts(entry.case), case)
    for document in entry.documents.all():
        facts = written.get(f"document:{document.pk}", {})
        yield from _differing(f"документ {document.pk}", book.document_facts(document), facts)
    for sending in _sendings(entry):
        facts = written.get(f"sending:{sending.pk}", {})
        yield from _differing(f"надсилання {sending.pk}", book.sending_facts(sending), facts)
    hung: Iterable[Person | Deadline] = [*entry.persons.all(), *entry.deadlines.all()]
    cases = {row.case_id for row in hung} | {entry.case_id}
    if len(cases) > 1 or entry.case.office_id != entry.office_id:
        yield f"{name}: справа, її строки чи особи належать не до цього запису"


def _entry_facts(entry: Entry) -> book.Facts:
    facts = book.entry_facts(entry)
    for revision in entry.revisions.all():
        facts |= {**book.revision_facts(revision), "review": revision.review}
    arrivals = {form.file.arrival_id: form.file.arrival for form in entry.forms.all()}
    arrivals |= {file.arrival_id: file.arrival for file in entry.files.all()}
    return {
        **facts,
        **book.person_facts(entry.persons.all()),
        **book.deadline_facts(entry.deadlines.all()),
        **book.event_facts(entry.events.all()),
        **book.link_facts(entry.links.all()),
        **book.arrival_facts(arrivals.values()),
        **book.answer_facts(one for one in arrivals.values() if _answers(one, entry)),
    }


def _answers(arrival: Arrival, entry: Entry) -> bool:
    return arrival.answers is not None and arrival.answers.entry_id == entry.pk


def _differing(name: str, facts: book.Facts, written: Mapping[str, str]) -> Iterator[str]:
    nothing = canonical(None)
    for fact in [*facts, *(fact for fact in written if fact not in facts)]:
        if canonical(book.filled(facts.get(fact))) != written.get(fact, nothing):
            yield f"{name}: {fact} не збігається з історією"


def _file_faults(entry: Entry, data: Path) -> Iterator[str]:
    for document in entry.documents.all():
        files = ((document.docx, document.docx_sha256), (document.pdf, document.pdf_sha256))
        for path, sha256 in files:
            if path and _digest(data / path) != sha256:
                yield f"документ {document.pk}: файл {path} втрачено або змінено"


def _digest(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None
