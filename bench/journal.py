"""What the journal costs at a thousand entries and at a hundred and a thousand times as many.

Journals of each size are filled first (:mod:`bench.grown.filling` says with what), then measured in
turns, one thing after another in each of them, so that whatever else the machine does falls on all
alike; printed are medians in milliseconds. Registering one entry and finding one may grow by 1.3
from the smallest journal to the largest; of the rest the growth for each ten-fold is printed. The
floor of registering are bare durable commits of the same rows into tables without an index.
``list`` and ``verify`` read the whole book once, in a process of their own: seconds and megabytes.
Run: ``python -m bench.journal`` (10³, 10⁴, 10⁵), ``--long`` (10³, 10⁵, 10⁶), or sizes as numbers;
``--postgresql`` on Debian's server, which then syncs nothing.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from math import log10
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.grown.families import COMMON, form, rare  # noqa: E402
from bench.grown.filling import Filling, check_index  # noqa: E402
from journal.database import offices, open_journal  # noqa: E402

SIZES, LONG = (1_000, 10_000, 100_000), (1_000, 100_000, 1_000_000)
GOAL = 1.3
"""What registering and finding one entry may grow by, from the smallest journal to the largest."""
_ROUNDS, _REGISTRATIONS = 9, 60
_CONFIG = ROOT / "pipeline.toml"
_OFFICES = [("ssd", "Служба у справах дітей"), ("css", "Центр соціальних служб")]

Act = Callable[[], object]
Prepared = Callable[[], Act]


@dataclass(frozen=True)
class Grown:
    """A journal of the bench.

    Attributes:
        database: its address; None: SQLite in its folder.
        entries: id, year and number of each.
        fresh: numbers of forms that no entry has yet.
    """

    size: int
    folder: Path
    database: str | None
    entries: Sequence[tuple[int, int, int]]
    fresh: Iterator[int]

    def open(self) -> None:
        """Turn this process to it."""
        open_journal(self.folder, self.database)


def main() -> None:
    """Fill, measure, print."""
    if "--whole" in sys.argv:
        _read_whole(*sys.argv[2:])
        return
    named = [int(word) for word in sys.argv[1:] if word.isdigit()]
    sizes = named or (LONG if "--long" in sys.argv else SIZES)
    with ExitStack() as stack:
        journals = [_filled(size, stack) for size in sizes]
        one, all_ = _measured(journals)
        _print(sizes, one, "ms, median", GOAL)
        _print(sizes, all_, "ms, median")
        for journal in journals:
            _print_registrations(journal)
        _print(sizes, _wholes(journals), "once")


def _filled(size: int, stack: ExitStack) -> Grown:
    folder = Path(tempfile.mkdtemp(prefix="opika-bench-"))
    stack.callback(shutil.rmtree, folder)
    database = stack.enter_context(_postgresql()) if "--postgresql" in sys.argv else None
    started = time.perf_counter()
    open_journal(folder, database)
    offices(_OFFICES)
    filling = Filling(size, folder)
    filling.write()
    check_index(filling.entries)
    seconds = time.perf_counter() - started
    print(f"{size:>9,} entries written in {seconds:,.0f} s", flush=True)
    return Grown(size, folder, database, filling.entries, count(size))


@contextmanager
def _postgresql() -> Iterator[str]:
    from django.db import connections

    from tests.postgres import running_postgres

    with running_postgres() as server:
        yield server.create("bench")
        connections.close_all()


def _measured(
    journals: Sequence[Grown],
) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """Name -> the median for each journal: of what concerns one entry, and of the rest."""
    times: dict[tuple[str, int], list[float]] = defaultdict(list)
    groups: dict[str, int] = {}
    for turn in range(_ROUNDS + 1):
        for place, journal in enumerate(journals):
            journal.open()
            with _pipeline(journal) as pipeline:
                for group, acts in enumerate((_of_one(journal), _of_many(journal, pipeline))):
                    for name, prepared in acts.items():
                        groups[name] = group
                        spent = _spent(prepared)
                        if turn:  # the first of each pays for what the process learns
                            times[name, place].append(spent)
    found: tuple[dict[str, list[float]], dict[str, list[float]]] = ({}, {})
    for name, group in groups.items():
        found[group][name] = [median(times[name, place]) for place in range(len(journals))]
    return found


def _spent(prepared: Prepared) -> float:
    prepared()()  # whose pages another journal has pushed out
    act = prepared()
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


def _of_one(journal: Grown) -> dict[str, Prepared]:
    """Registering one entry, and finding one."""
    from journal import listing
    from tests.journal.office_day import bring, register, values

    _, year, number = journal.entries[journal.size // 2]

    def registering(n: int, **changes: Any) -> Prepared:
        def prepared() -> Act:
            fresh = next(journal.fresh)
            new = {**form(values(), n + fresh), "outgoing_number": f"02-20/{fresh}", **changes}
            form_id = bring(new, urgent=False)
            return lambda: register(form_id)

        return prepared

    common = {"subject": f"{COMMON} Іван, 7 років"}
    common["persons"] = [{"name": f"{COMMON} Іван", "birth_date": None, "age": 7}]  # type: ignore[assignment]
    return {
        "register": registering(1_000_000),
        "register a commonest name": registering(3_000_000, **common),
        "show": lambda: lambda: listing.entry(number, "ssd", year),
        "search a number": _search(f"01-15/{journal.size // 3}"),
        "search a rare name": _search(rare(500)),
        "search its instrumental": _search(f"{rare(500)[:-1]}ою"),
        "search nothing": _search("небувальщина"),
    }


def _of_many(journal: Grown, pipeline: Any) -> dict[str, Prepared]:
    """What shows a page, and what is done again and again with nothing to do."""
    from journal.due import due
    from opika.alerts import warn
    from opika.delivery import follow
    from opika.flow import run_once
    from opika.status import status_of

    old = journal.entries[0][1] + 1
    return {
        "search 10 of a name": _search(f"{COMMON}м", limit=10),
        "search 10 of two words": _search(f"{COMMON} опаленням", limit=10),
        "search 10 of a common word": _search("заняття", limit=10),
        "search 10 of an old year": _search("заняття", year=old, limit=10),
        "due": lambda: lambda: due(pipeline.clock()),
        "pass without news": lambda: lambda: run_once(pipeline, ()),
        "alerts without news": lambda: lambda: warn(pipeline),
        "mail without news": lambda: lambda: follow(pipeline),
        "status": lambda: lambda: status_of(pipeline),
    }


def _search(question: str, **narrowed: Any) -> Prepared:
    from journal import searching

    return lambda: lambda: searching.search(question, **narrowed)


@contextmanager
def _pipeline(journal: Grown) -> Iterator[Any]:
    """The service's own pipeline, at the newest entries' day."""
    from dataclasses import replace

    from opika.config_file import load_config
    from opika.pipeline import open_pipeline
    from tests.journal.office_day import NOW

    config = load_config(_CONFIG, journal.folder)
    config = config.model_copy(
        update={"opika": config.opika.model_copy(update={"database": journal.database})}
    )
    with open_pipeline(config, lambda: NOW) as pipeline:
        yield replace(pipeline)


def _print_registrations(journal: Grown) -> None:
    """Registrations in a row beside bare commits of the rows of one."""
    from tests.journal.office_day import bring, register, values

    journal.open()
    forms = [
        bring({**form(values(), 5_000_000 + n), "outgoing_number": f"03-30/{n}"}, urgent=False)
        for n in range(_REGISTRATIONS)
    ]
    with _written() as statements:
        register(forms.pop())
    started = time.perf_counter()
    for form_id in forms:
        register(form_id)
    rate = len(forms) / (time.perf_counter() - started)
    said = f"{journal.size:>9,} entries: {rate:,.0f} registrations a second"
    if journal.database is None:
        bare = _bare_commits(journal.folder, statements)
        said += f"; bare durable commits of the same rows {bare:,.0f}, ratio {bare / rate:.1f}"
    print(said, flush=True)


@contextmanager
def _written() -> Iterator[list[tuple[str, Any]]]:
    """The statements that write, with their values."""
    from django.db import connection

    found: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE")):
            found.append((sql.replace("%s", "?").split(" RETURNING ")[0], params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


def _bare_commits(folder: Path, statements: Sequence[tuple[str, Any]]) -> float:
    """How many durable commits of these rows a second, in tables without index and constraint."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        bare = sqlite3.connect(Path(place) / "bare.sqlite3", isolation_level=None)
        bare.execute("PRAGMA journal_mode=WAL")
        bare.execute("PRAGMA synchronous=FULL")
        bare.execute("ATTACH ? AS book", [str(folder / "journal.sqlite3")])
        tables = bare.execute("SELECT name FROM book.sqlite_master WHERE type = 'table'").fetchall()
        for (name,) in tables:
            if name.startswith("journal_") and "search" not in name:
                bare.execute(f"CREATE TABLE {name} AS SELECT * FROM book.{name} WHERE 0")  # noqa: S608
        bare.execute("DETACH book")
        started = time.perf_counter()
        for _ in range(_REGISTRATIONS):
            bare.execute("BEGIN IMMEDIATE")
            for sql, params in statements:
                bare.execute(sql, params)
            bare.execute("COMMIT")
        seconds = time.perf_counter() - started
        bare.close()
    return _REGISTRATIONS / seconds


def _wholes(journals: Sequence[Grown]) -> dict[str, list[float]]:
    """What reads the book from end to end, each in a process of its own."""
    found: dict[str, list[float]] = defaultdict(list)
    for journal in journals:
        from tests.journal.office_day import stored

        stored(journal.folder)
        year = str(journal.entries[journal.size // 2][1])
        for name, words in (("list of a year", ("list", year)), ("verify", ("verify",))):
            command = [sys.executable, "-m", "bench.journal", "--whole", str(journal.folder)]
            database = journal.database or "-"
            done = subprocess.run(  # noqa: S603 - ourselves
                [*command, database, *words], cwd=ROOT, capture_output=True, check=True, text=True
            )
            seconds, megabytes = json.loads(done.stdout)
            found[f"{name}, s"].append(seconds)
            found[f"{name}, MB"].append(megabytes)
    return found


def _read_whole(folder: str, database: str, what: str, year: str = "") -> None:
    """Read a journal from end to end; print seconds and the most megabytes held."""
    from journal.originals import Originals

    open_journal(Path(folder), None if database == "-" else database)
    from journal import listing
    from journal.verify import verify

    started = time.perf_counter()
    if what == "list":
        for card in listing.entries(year=int(year)):
            json.dumps(listing.entry_json(card), default=str)
    else:
        proof = verify(Originals(Path(folder) / "originals"), Path(folder))
        if not proof.ok:
            raise SystemExit(f"the journal of the bench is not whole: {proof.first_fault}")
    seconds = time.perf_counter() - started
    print(json.dumps([seconds, _most_megabytes()]))


def _most_megabytes() -> float:
    """The most memory that this process has held; its parent's is left out, as `resource` does not."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def _print(
    sizes: Sequence[int], found: dict[str, list[float]], how: str, goal: float | None = None
) -> None:
    """A table: a line for each thing, a column for each size, and how it grew."""
    head = "".join(f"{size:>11,}" for size in sizes)
    print(f"\n{how:28}{head}   a ten-fold   in all")
    for name, values in found.items():
        whole = values[-1] / max(values[0], 1e-9)
        each = whole ** (1 / max(1e-9, log10(sizes[-1] / sizes[0])))
        verdict = "" if goal is None else f"   {'PASS' if whole < goal else 'FAIL'} (< {goal})"
        row = "".join(f"{value:>11.2f}" for value in values)
        print(f"{name:28}{row}{each:>13.2f}{whole:>9.2f}{verdict}", flush=True)


if __name__ == "__main__":
    main()
