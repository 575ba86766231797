"""Proof that the book is whole: chains, numbers, facts, originals, letters, what guards them.

What a row says is compared with what the history says was written to it; so a byte that was changed
by hand, in a row of the book or in the history itself, is found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection
from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, Value

from journal.comparing import entry_faults, erasure_faults, register_faults
from journal.database import snapshot
from journal.guards import missing
from journal.heads import FOLDER, head_faults
from journal.history import verify_chain
from journal.models import (
    Document,
    Entry,
    Erasure,
    History,
    Office,
    Original,
    RegisterLine,
    Series,
    YearClosing,
)
from journal.numbers import NOTIFICATIONS
from journal.originals import Originals
from journal.register_rows import counted
from journal.retention import removal_faults

_DAMAGED = (DatabaseError, ValueError, TypeError, AttributeError, KeyError)


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked; ``first_fault`` is in Ukrainian, without anybody's data.

    ``heads`` holds each office's number of history rows and the hash of its last one.
    """

    ok: bool
    entries: int
    history_rows: int
    first_fault: str | None
    originals_checked: int
    heads: Mapping[str, str]


def verify(originals: Originals, data: Path, heads: Path | None = None) -> Verification:
    """Check the whole book; the first fault ends it.

    Args:
        originals: the store of the bytes that arrived.
        data: the folder that the documents' paths are below.
        heads: another folder that heads were given out to; left out where it is not there.
    """
    given_out = [data / FOLDER, *([heads] if heads else [])]
    try:
        with snapshot():
            return _verification(next(_faults(originals, data, given_out), None))
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
        originals_checked=Original.objects.filter(erased_at__isnull=True).count(),
        heads=_heads(),
    )


def _faults(originals: Originals, data: Path, given_out: Sequence[Path]) -> Iterator[str]:
    """Every fault; a row so damaged that it cannot even be read is one."""
    try:
        yield from _storage_faults()
        for office in Office.objects.order_by("pk"):
            fault = verify_chain(office)
            if fault:
                yield fault
        yield from _number_faults()
        yield from _closing_faults()
        yield from _count_faults()
        yield from entry_faults(data)
        yield from register_faults()
        yield from erasure_faults()
        yield from removal_faults()
        yield from _original_faults(originals)
        yield from head_faults(given_out)
        yield from _guard_faults()
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
    """Numbers that are missing or given twice, or that the counter does not know of."""
    counters = {(row.office_id, row.register, row.year): row for row in Series.objects.all()}
    for (office, register, year), (count, first, final) in _given().items():
        series = counters.pop((office, register, year), None)
        whole = count == final - first + 1
        if series is None or not whole or _bounds(series) != (first, final):
            yield f"нумерація {register} за {year} рік має прогалину або зайвий номер"
    for series in counters.values():
        yield f"нумерація {series.register} за {series.year} рік: бракує всіх записів"
    yield from _double_faults()
    yield from _paper_faults()


def _paper_faults() -> Iterator[str]:
    """Entries of the paper book whose numbers our own series has given."""
    series = Series.objects.filter(
        office=OuterRef("office"), register=NOTIFICATIONS, year=OuterRef("year")
    )
    given = Exists(series.filter(first_number__lte=OuterRef("number")))
    for entry in Entry.objects.filter(given, imported_at__isnull=False).order_by("pk"):
        yield (
            f"нумерація {NOTIFICATIONS} за {entry.year} рік: номер {entry.number} паперового "
            "журналу не нижчий за перший номер Opika"
        )


def _given() -> dict[tuple[int, str, int], tuple[int, int, int]]:
    """Office, register and year -> how many numbers stand on something, the first and the last."""
    ours = Entry.objects.filter(imported_at__isnull=True)
    entries = ours.values("office", "year", register=Value(NOTIFICATIONS))
    documents = Document.objects.filter(number__isnull=False).values(
        "year", "register", office=F("issuer")
    )
    lines = RegisterLine.objects.values("office", "year", "register")
    numbers = {"n": Count("pk"), "first": Min("number"), "last": Max("number")}
    tables: list[Any] = [entries, documents, lines]
    found: dict[tuple[int, str, int], tuple[int, int, int]] = {}
    for rows in tables:
        for row in rows.annotate(**numbers).order_by():
            key = (row["office"], row["register"], row["year"])
            n, first, final = found.get(key, (0, row["first"], row["last"]))
            found[key] = (n + row["n"], min(first, row["first"]), max(final, row["last"]))
    return found


def _double_faults() -> Iterator[str]:
    """Numbers that stand on rows of two tables; within one the database itself refuses that."""
    same = {"year": OuterRef("year"), "number": OuterRef("number")}
    entry = Entry.objects.filter(office=OuterRef("office"), **same)
    letter = Document.objects.filter(
        issuer=OuterRef("office"), register=OuterRef("register"), **same
    )
    lines = RegisterLine.objects.filter(Exists(letter) | Q(Exists(entry), register=NOTIFICATIONS))
    for line in lines:
        yield f"нумерація {line.register} за {line.year} рік: номер {line.number} видано двічі"


def _closing_faults() -> Iterator[str]:
    """Registers that are not what they were when their year was closed."""
    for row in YearClosing.objects.select_related("office"):
        was = {"first": row.first, "last": row.last, "count": row.count, "voided": row.voided}
        if was != counted(row.office, row.register, row.year):
            yield f"журнал {row.register} за {row.year} рік змінено після його закриття"


def _bounds(series: Series) -> tuple[int, int]:
    return series.first_number, series.last_number


def _count_faults() -> Iterator[str]:
    made = [
        (("registered",), Entry.objects.count()),
        (("drafted",), Document.objects.count()),
        (("line added", "number passed over"), RegisterLine.objects.count()),
        (("year closed",), YearClosing.objects.count()),
        (("erasure asked",), Erasure.objects.count()),
    ]
    for actions, count in made:
        if History.objects.filter(action__in=actions).count() != count:
            yield f"кількість записів не збігається з історією ({', '.join(actions)})"


def _original_faults(originals: Originals) -> Iterator[str]:
    for row in Original.objects.filter(erased_at__isnull=True).order_by("pk").iterator():
        if not originals.verify(row.sha256):
            yield f"оригінал {row.sha256} втрачено або змінено"
        elif originals.path(row.sha256).stat().st_size != row.size:
            yield f"оригінал {row.sha256}: розмір не той, що записано"


def _guard_faults() -> Iterator[str]:
    """What the database would no longer refuse."""
    gone = missing(connection)
    if gone:
        more = f" (і ще {len(gone) - 1})" if len(gone) > 1 else ""
        yield f"у базі даних немає захисту від змін {gone[0]}{more} або його послаблено"


def _heads() -> dict[str, str]:
    heads = {}
    for office in Office.objects.order_by("pk"):
        row = History.objects.filter(office=office).order_by("-seq").first()
        heads[office.key] = f"{row.seq}:{row.hash}" if row else "0"
    return heads
