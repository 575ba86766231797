"""What the journal costs at a thousand entries and at a hundred times as many: what grows, and how.

The entries are copies, row by row, of one that the real steps registered: other names, contents,
numbers, days; each with its arrival, files, form, case, persons, clues, clocks and its rows of a true
history, so that ``verify`` proves the whole. They are written in bulk into SQLite; clocks run only for
the newest 200, as in an office that does its work. The index of the search is filled by the service's
own step. Printed: milliseconds (the median of several), and the growth for each ten-fold of entries.
Run: ``python -m bench.journal`` (10³ and 10⁵), ``--long`` (10⁶, too), or the sizes as numbers.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import count
from math import log10
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from journal.database import offices, open_journal  # noqa: E402

SIZES, LONG = (1_000, 100_000), (1_000, 100_000, 1_000_000)
GOAL = 1.3
"""Growth for a ten-fold that is allowed to what shows a page; the whole book may grow in proportion."""
_CHUNK, _RUNNING, _YEARS = 1_000, 200, 10
_WHOLE = frozenset({"verify", "list"})
_SURNAMES = (
    *("Ковальчук", "Мельник", "Бондаренко", "Левицька", "Гаврилишин"),
    *("Сорока", "Кравець", "Шевченко", "Ткачук", "Поліщук"),
)
_GIVEN = (
    "Іван",
    "Марія",
    "Тарас",
    "Олена",
    "Степан",
    "Соломія",
    "Андрій",
    "Дарина",
    "Богдан",
    "Ольга",
)
_CONTENTS = (
    "Дитина два тижні не відвідує заняття без поважних причин.",
    "Родина мешкає без опалення, батько зловживає алкоголем.",
    "Мати не забезпечує догляду, діти голодні й брудні.",
    "Сусіди чули крик і плач уночі, дитину били.",
    "Хлопчик прийшов до школи з синцями на руках.",
)
_LETTERS = dict(zip("0123456789", "абвгдезикл", strict=True))


def main() -> None:
    """Measure each size and print them beside each other."""
    named = [int(word) for word in sys.argv[1:] if word.isdigit()]
    sizes = named or (LONG if "--long" in sys.argv else SIZES)
    found = [(size, _measured(size)) for size in sizes]
    print(f"{'':26}" + "".join(f"{size:>12,}" for size in sizes) + "   growth per ten-fold")
    for name in found[0][1]:
        times = [times[name] for _, times in found]
        growth = (times[-1] / times[0]) ** (1 / max(1e-9, log10(sizes[-1] / sizes[0])))
        verdict = "" if name in _WHOLE or growth <= GOAL else "  above the goal"
        print(f"{name:26}" + "".join(f"{ms:>12.2f}" for ms in times) + f"   {growth:.2f}{verdict}")


def _measured(size: int) -> dict[str, float]:
    """What each thing takes in a journal of so many entries, in milliseconds."""
    folder = Path(tempfile.mkdtemp(prefix="opika-bench-"))
    try:
        open_journal(folder)
        offices([("ssd", "Служба у справах дітей"), ("css", "Центр соціальних служб")])
        _fill(size)
        return _times(folder, size)
    finally:
        shutil.rmtree(folder)


def _times(folder: Path, size: int) -> dict[str, float]:
    from journal import listing, searching, steps
    from journal.due import due
    from journal.models import ToIndex
    from journal.originals import Originals
    from journal.verify import verify
    from tests.journal.office_day import NOW, registered, values

    started = time.perf_counter()
    while searching.index_some():
        pass
    seconds = time.perf_counter() - started
    print(f"{size:,} entries indexed, {size / seconds:,.0f} a second", flush=True)
    year, number = _number(size // 2, size)

    def search(question: str, **narrowed: Any) -> Callable[[], object]:
        return lambda: searching.search(question, **narrowed)

    fresh = count()
    times = {
        "register": _median(lambda: registered(_form(values(), size + 1 + next(fresh)))),
        "show one": _median(lambda: listing.entry(number, "ssd", year)),
        "search: one of all": _median(search(_rare(size // 2))),
        "search: in instrumental": _median(search("Левицькою")),
        "search: word of all": _median(search("заняття")),
        "search: two words": _median(search("Сороці опаленням")),
        "search: number": _median(search(f"01-15/{size // 3}")),
        "search: an old year": _median(search("Мельник", year=NOW.year - _YEARS + 1)),
        "search: nothing": _median(search("небувальщина")),
        "due": _median(lambda: due(NOW)),
        "pass with nothing to do": _median(
            lambda: [
                steps.arrivals_to_unpack(NOW),
                steps.files_to_read(NOW),
                steps.forms_to_register(NOW),
                steps.arrivals_to_place(NOW),
                steps.documents_to_render(NOW),
                searching.index_some(),
            ]
        ),
        "list": _median(lambda: sum(1 for _ in listing.entries()), 1),
    }
    if ToIndex.objects.exists():
        raise SystemExit("entries are left that nobody indexed")
    _store(folder)
    proof: list[Any] = []
    times["verify"] = _median(
        lambda: proof.append(verify(Originals(folder / "originals"), folder)), 1
    )
    if not proof[0].ok or proof[0].entries < size:
        raise SystemExit(f"the journal of the bench is not whole: {proof[0].first_fault}")
    return times


def _median(act: Callable[[], object], rounds: int = 7) -> float:
    def once() -> float:
        started = time.perf_counter()
        act()
        return (time.perf_counter() - started) * 1000

    return median(once() for _ in range(rounds))


def _store(folder: Path) -> None:
    from tests.journal.office_day import stored

    stored(folder)


def _fill(size: int) -> None:
    """Register one form by the real steps, and copy its rows until there are ``size`` entries."""
    from journal import placing
    from journal.database import writing
    from journal.models import Arrival, Entry, Series
    from tests.journal.office_day import NOW, registered, rules, values

    model = Entry.objects.get(pk=registered(_form(values(), size)).entry_id)
    placing.place(Arrival.objects.get().pk, now=NOW, actor="тест", rules=rules())
    Entry.objects.update(drafted_at=NOW)
    for start in range(0, size - 1, _CHUNK):
        numbers = range(start, min(size - 1, start + _CHUNK))
        with writing():
            _write(Entry.objects.select_related("office").get(pk=model.pk), numbers, size)
    series = Series.objects.get()
    for year in range(NOW.year - _YEARS + 1, NOW.year):
        Series.objects.create(**_values(series, year=year, last_number=size // _YEARS))
    Series.objects.filter(pk=series.pk).update(last_number=size // _YEARS)


def _write(model: Any, numbers: range, size: int) -> None:
    """The copies of the model's rows with these numbers, and their part of the history."""
    from journal import book
    from journal.likeness import clues
    from journal.models import Case, Clue, Form, HistoryValue, ToIndex

    form = model.forms.select_related("file__arrival").get()
    arrival, files = form.file.arrival, list(form.file.arrival.files.order_by("pk"))
    revision, person = model.revisions.get(), model.persons.get()
    clocks = list(model.deadlines.order_by("pk"))
    rows: list[Any] = []
    facts: list[tuple[int, dict[str, Any]]] = []
    for n in numbers:
        values, step = _form(revision.values, n), n + 1
        year, number = _number(n, size)
        day = {"registered_at": model.registered_at.replace(year=year)}
        case = Case(**_values(model.case, id=model.case_id + step))
        mail = _copy(arrival, step, uid=10_000 + n, message_id=f"<{n}@example.ua>")
        entry = _copy(
            model, step, case=case, year=year, number=number, index=f"{number}/01-17", **day
        )
        papers = [_copy(file, step * len(files), arrival=mail, entry=entry) for file in files]
        own = next(paper for paper in papers if paper.pk == form.file_id + step * len(files))
        read = Form(
            **_values(form, id=form.pk + step, file_id=own.pk, entry_id=entry.pk, values=values)
        )
        said = _copy(revision, step, entry=entry, form_id=read.pk, values=values)
        name = {"name": values["persons"][0]["name"], "age": n % 17}
        who = _copy(person, step, entry=entry, case=case, **name)
        done = {} if n >= size - _RUNNING else {"done_at": model.registered_at}
        running = [_copy(one, step * len(clocks), entry=entry, case=case, **done) for one in clocks]
        keys = [Clue(entry_id=entry.pk, key=key) for key in sorted(clues(values))]
        rows += [case, mail, entry, *papers, read, said, who, *running, *keys, ToIndex(entry=entry)]
        told = {**book.entry_facts(entry), **book.revision_facts(said), "review": said.review}
        told |= {**book.person_facts([who]), **book.deadline_facts(running)}
        facts.append((entry.pk, told | book.arrival_facts([mail])))
    for kind in dict.fromkeys(type(row) for row in rows):
        kind.objects.bulk_create([row for row in rows if type(row) is kind])
    HistoryValue.objects.bulk_create(_chained(model, facts))


def _chained(model: Any, facts: list[tuple[int, dict[str, Any]]]) -> list[Any]:
    """Rows «registered» at the end of the office's chain, written; and their values, not yet."""
    from journal.book import changes
    from journal.history import commitment, row_hash
    from journal.models import History, HistoryValue

    last = History.objects.filter(office=model.office).latest("seq")
    rows, all_values = [], []
    first = History.objects.latest("pk").pk + 1
    for n, (entry_id, told) in enumerate(facts):
        values = [
            HistoryValue(history_id=first + n, field=field, old=old, new=new, salt=f"{n:032}")
            for field, (old, new) in changes({}, told).items()
        ]
        row = History(
            id=first + n,
            office=model.office,
            seq=last.seq + 1,
            at=model.registered_at,
            actor="тест",
            action="registered",
            subject=f"entry:{entry_id}",
            entry_id=entry_id,
            commitments={value.field: commitment(value) for value in values},
            previous_hash=last.hash,
        )
        row.hash = row_hash(row)
        last = row
        rows.append(row)
        all_values += values
    History.objects.bulk_create(rows)
    return all_values


def _copy(row: Any, step: int, **changes: Any) -> Any:
    """The row with another id, so many further on, and with these changes."""
    copied = type(row)(**_values(row, id=row.pk + step))
    for name, value in changes.items():
        setattr(copied, name, value)
    return copied


def _values(row: Any, **changes: Any) -> dict[str, Any]:
    kept = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return {**kept, **({} if "id" in changes else {"id": None}), **changes}


def _number(n: int, size: int) -> tuple[int, int]:
    """Year and number of the n-th copy; the model is number 1 of the last year."""
    from tests.journal.office_day import NOW

    each = size // _YEARS
    year = NOW.year - _YEARS + 1 + n // each
    return year, n % each + (2 if year == NOW.year else 1)


def _rare(n: int) -> str:
    """A surname that one entry alone has."""
    return "".join(_LETTERS[sign] for sign in f"{n * 7919 + 10**9}").capitalize()


def _form(values: dict[str, Any], n: int) -> dict[str, Any]:
    """The n-th form: a family of its own, surnames of the region, one of five contents."""
    name = f"{_SURNAMES[n % 10]} {_GIVEN[n // 10 % 10]}"
    return {
        **values,
        "outgoing_number": f"01-15/{n}",
        "subject": f"{name}, {n % 17} років; {_rare(n)} {_GIVEN[n // 7 % 10]}",
        "persons": [{"name": name, "birth_date": None, "age": n % 17}],
        "address": f"с. Вигадане, вул. {_rare(n)}, буд. {n % 90}",
        "content": _CONTENTS[n // 3 % 5],
    }


if __name__ == "__main__":
    main()
