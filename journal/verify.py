"""Proof that the book is whole: the chains, the numbers, the facts, the originals, the letters.

What a row says is compared with what the history says was written to it; so a byte that was changed
by hand, in a row of the book or in the history itself, is found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection
from django.db.models import Count, F, Max, Min, Value

from journal.comparing import entry_faults, register_faults
from journal.database import snapshot
from journal.history import verify_chain
from journal.models import Document, Entry, History, Office, Original, Series
from journal.numbers import NOTIFICATIONS
from journal.originals import Originals

_DAMAGED = (DatabaseError, ValueError, TypeError, AttributeError, KeyError)


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked; ``first_fault`` is in Ukrainian, without anybody's data.

    ``heads`` holds each office's number of history rows and the hash of its last one: kept
    elsewhere, they show later whether the end of the chain was cut off.
    """

    ok: bool
    entries: int
    history_rows: int
    first_fault: str | None
    originals_checked: int
    heads: Mapping[str, str]


def verify(originals: Originals, data: Path) -> Verification:
    """Check the whole book; the first fault ends it.

    Args:
        originals: the store of the bytes that arrived.
        data: the folder that the documents' paths are below.
    """
    try:
        with snapshot():
            return _verification(next(_faults(originals, data), None))
    except DatabaseError:
        return Verification(False, 0, 0, "файл бази даних пошкоджено", 0, {})


def verification_json(found: Verification) -> dict[str, Any]:
    """A verification as ``opika journal verify --json`` prints it; exit 1 unless ``ok``."""
    return {
        "ok": found.ok,
        "entries": found.entries,
        "history_rows": found.history_rows,
        "first_fault": found.first_fault,
        "originals_checked": found.originals_checked,
        "heads": dict(found.heads),
    }


def _verification(first_fault: str | None) -> Verification:
    return Verification(
        ok=first_fault is None,
        entries=Entry.objects.count(),
        history_rows=History.objects.count(),
        first_fault=first_fault,
        originals_checked=Original.objects.count(),
        heads=_heads(),
    )


def _faults(originals: Originals, data: Path) -> Iterator[str]:
    """Every fault; a row so damaged that it cannot even be read is one."""
    try:
        yield from _storage_faults()
        for office in Office.objects.order_by("pk"):
            fault = verify_chain(office)
            if fault:
                yield fault
        yield from _number_faults()
        yield from _count_faults()
        yield from entry_faults(data)
        yield from register_faults()
        yield from _original_faults(originals)
    except _DAMAGED as error:
        yield f"дані журналу пошкоджено так, що їх не можна прочитати ({type(error).__name__})"


def _storage_faults() -> Iterator[str]:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check(1)")
            if cursor.fetchone() != ("ok",):
                yield "файл бази даних пошкоджено"
    connection.check_constraints()


def _number_faults() -> Iterator[str]:
    """Numbers that are missing, or that the counter does not know of."""
    entries = Entry.objects.values("office", "year", register=Value(NOTIFICATIONS))
    documents = Document.objects.filter(number__isnull=False).values(
        "year", "register", office=F("issuer")
    )
    numbers = {"n": Count("pk"), "first": Min("number"), "last": Max("number")}
    given: list[Any] = [*entries.annotate(**numbers), *documents.annotate(**numbers)]
    counters = {(row.office_id, row.register, row.year): row for row in Series.objects.all()}
    for row in given:
        series = counters.pop((row["office"], row["register"], row["year"]), None)
        whole = row["n"] == row["last"] - row["first"] + 1
        if series is None or not whole or _bounds(series) != (row["first"], row["last"]):
            yield f"нумерація {row['register']} за {row['year']} рік має прогалину або зайвий номер"
    for series in counters.values():
        yield f"нумерація {series.register} за {series.year} рік: бракує всіх записів"


def _bounds(series: Series) -> tuple[int, int]:
    return series.first_number, series.last_number


def _count_faults() -> Iterator[str]:
    made = {"registered": Entry.objects.count(), "drafted": Document.objects.count()}
    for action, count in made.items():
        if History.objects.filter(action=action).count() != count:
            yield f"кількість записів не збігається з історією ({action})"


def _original_faults(originals: Originals) -> Iterator[str]:
    for row in Original.objects.order_by("pk").iterator():
        if not originals.verify(row.sha256):
            yield f"оригінал {row.sha256} втрачено або змінено"
        elif originals.path(row.sha256).stat().st_size != row.size:
            yield f"оригінал {row.sha256}: розмір не той, що записано"


def _heads() -> dict[str, str]:
    heads = {}
    for office in Office.objects.order_by("pk"):
        row = History.objects.filter(office=office).order_by("-seq").first()
        heads[office.key] = f"{row.seq}:{row.hash}" if row else "0"
    return heads
