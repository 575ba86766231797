"""A journal of any length: copies, row by row, of two entries that the real steps made.

The one is plain; the other, every tenth, was urgent, its alert was acknowledged, and its answer was
drafted, approved and sent. Each copy has its own family, number and day, its own clues and words in
the index of the search, and its rows of a true history, so that ``verify`` proves the whole. What
the copies share, and entries of a real journal do not: the bytes of originals and of letters.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import cached_property
from hashlib import sha256
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from bench.grown.families import form as form_of
from bench.grown.finding import Asked, Found, begin, constant_words, found_by
from bench.grown.patterns import SALT, Day, Pattern, Row, Value, patterns, stored, value

YEARS = 10
RUNNING = 200
"""So many of the newest entries have clocks that run, as in an office that does its work."""
_CHUNK, _URGENT_EACH, _UIDS_FROM, _CHECKED = 500, 10, 1_000_000_000, 40
_WORKERS, _AHEAD, _CHUNKS_A_COMMIT = 2, 4, 20
_NOTIFICATIONS, _OUTGOING = "notifications", "outgoing"

Ids = dict[str, dict[int, int]]
"""Table -> id in the pattern -> id of its copy."""


class Copy:
    """One entry: the pattern's rows with what is its own.

    Attributes:
        numbers: register -> number.
    """

    def __init__(
        self,
        n: int,
        of: tuple[Pattern, Day],
        values: Mapping[str, Any],
        numbers: Mapping[str, int],
    ) -> None:
        self.n, self.values, self.numbers = n, values, numbers
        self.pattern, self.day = of
        self.year = self.day.at.year
        self.person = values["persons"][0]

    def columns(self, table: str, ids: Ids) -> Mapping[str, Any]:
        """Column -> value that differs from the pattern's, ids aside."""
        number = self.numbers[_NOTIFICATIONS]
        if table == "journal_entry":
            return {"year": self.year, "number": number, "index": f"{number}/01-17"}
        if table == "journal_arrival":
            return {"uid": _UIDS_FROM + self.n, "message_id": self.message_id}
        if table == "journal_form":
            # Like no key that any real form has.
            keys = dict.fromkeys(("notice_key", "values_digest"), self.digest)
            return {"values": self.json, **keys}
        if table == "journal_revision":
            return {"values": self.json}
        if table == "journal_person":
            return {"name": self.person["name"], "age": self.person["age"]}
        if table == "journal_document":
            return {**self.letter, "dated": stored(self.day.at.date())}
        if table == "journal_sending":
            return {"message_id": f"<{self.n}@ukr.net>"}
        if table == "journal_alert":
            return {
                "subject": f"entry:{_only(ids, 'entry')}",
                "cause": min(ids["journal_history"].values()),
            }
        return {}

    def told(self, one: Value, ids: Ids) -> Value:
        """What its row of history says where the pattern's says this."""
        fact = one.new
        number = self.numbers[_NOTIFICATIONS]
        if one.field == "registration":
            fact = {**fact, "year": self.year, "number": number, "index": f"{number}/01-17"}
        elif one.field == "case":
            fact = {**fact, "id": _only(ids, "case")}
        elif one.field == "revision:1":
            fact = {**fact, "form": _only(ids, "form"), "values": self.values}
        elif one.field == "persons":
            fact = [{**fact[0], "name": self.person["name"], "age": self.person["age"]}]
        elif one.field.startswith("arrival:"):
            fact = {**fact, "message_id": self.message_id}
            return value(one.row, f"arrival:{_only(ids, 'arrival')}", one.old, fact)
        elif one.field == "document":
            fact = {**fact, "entry": _only(ids, "entry")}
        elif one.field == "number":
            fact = {**fact, **self.letter}
        elif one.field == "sending":
            letter = {"document": _only(ids, "document")}
            fact = {**fact, **letter, "message_id": f"<{self.n}@ukr.net>"}
        elif one.field == "acknowledged":
            fact = f"urgent entry:{_only(ids, 'entry')}"
        else:
            return one
        return value(one.row, one.field, one.old, fact)

    def asked(self) -> Asked:
        """What tells by which words and clues it is found."""
        letter = self.letter["index"] if _OUTGOING in self.numbers else ""
        number = self.numbers[_NOTIFICATIONS]
        return Asked(self.values, number, self.year, f"{self.day.at:%d.%m.%Y}", letter)

    @cached_property
    def json(self) -> str:
        """The form's values as the database holds them."""
        return json.dumps(self.values)

    @cached_property
    def digest(self) -> str:
        """Stands for what tells one notice from another."""
        return sha256(f"{self.n}".encode()).hexdigest()

    @property
    def message_id(self) -> str:
        """Of the mail that brought it."""
        return f"<{self.n}@example.ua>"

    @property
    def letter(self) -> dict[str, Any]:
        """Year and number of its answer."""
        number = self.numbers[_OUTGOING]
        return {"year": self.year, "number": number, "index": f"01-12/{number}"}


class Filling:
    """Copies written one after another, until the journal has its size.

    Attributes:
        entries: id, year and number of each, in the order of their registration.
    """

    def __init__(self, size: int, folder: Path) -> None:
        self.size, self._folder = size, folder
        self.plain, self.urgent = patterns(folder)
        self.entries: list[tuple[int, int, int]] = []
        self._numbers = Counter[tuple[str, int]]()
        self._constant = {one.entry_id: constant_words(one) for one in (self.plain, self.urgent)}
        self._begin()

    def write(self) -> None:
        """Fill the journal; by which words each entry is found is worked out on other cores."""
        from django.db import connection

        from journal.database import writing

        with _hurrying():
            prepared = self._prepared()
            while part := list(islice(prepared, _CHUNKS_A_COMMIT)):
                with writing():
                    for copies, found in part:
                        self._write(copies, found)
            with writing():
                self._end()
        if connection.vendor == "postgresql":  # as it does itself; SQLite does not, nor do we
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")

    def _prepared(self) -> Iterator[tuple[list[Copy], Future[list[Found]]]]:
        """The copies in their order; what they are found by is worked out some chunks ahead."""
        ahead: deque[tuple[list[Copy], Future[list[Found]]]] = deque()
        spawn = get_context("spawn")  # a fork would take the open database with it
        with ProcessPoolExecutor(_WORKERS, spawn, begin, (self._folder,)) as workers:
            # The patterns themselves are two of its entries.
            for first in range(0, self.size - 2, _CHUNK):
                last = min(self.size - 2, first + _CHUNK)
                copies = [self._copy_of(n) for n in range(first, last)]
                found = workers.submit(found_by, [copy.asked() for copy in copies])
                ahead.append((copies, found))
                if len(ahead) > _AHEAD:
                    yield ahead.popleft()
            yield from ahead

    def _begin(self) -> None:
        from journal.models import History, Series

        self._next = {
            table.name: _last_id(table.name) + 1
            for pattern in (self.plain, self.urgent)
            for table in pattern.tables
        }
        for series in Series.objects.all():
            self._numbers[series.register, series.year] = series.last_number
        (history,) = [one for one in self.plain.tables if one.name == "journal_history"]
        self._place = {name: place for place, name in enumerate(history.columns)}
        head = History.objects.latest("pk")
        self._seq, self._hash, self._office = head.seq, head.hash, head.office_id

    def _write(self, copies: Sequence[Copy], awaited: Future[list[Found]]) -> None:
        from journal import search_engine

        rows: dict[str, list[Row]] = defaultdict(list)
        words = []
        for copy, found in zip(copies, awaited.result(), strict=True):
            ids = self._new_ids(copy.pattern)
            for table in copy.pattern.tables:
                if table.rows:
                    rows[table.name] += self._rows(copy, table, ids)
            rows["journal_historyvalue"] += self._chain(copy, rows["journal_history"], ids)
            entry_id = _only(ids, "entry")
            rows["journal_clue"] += [[entry_id, key] for key in found.clues]
            words.append((entry_id, self._constant[copy.pattern.entry_id] | found.words))
            self.entries.append((entry_id, copy.year, copy.numbers[_NOTIFICATIONS]))
        for table in self.urgent.tables:
            _insert(table.name, table.columns, rows[table.name])
        fields = ("field", "old", "new", "salt", "history_id")
        _insert("journal_historyvalue", fields, rows["journal_historyvalue"])
        _insert("journal_clue", ("entry_id", "key"), rows["journal_clue"])
        search_engine.put(words)

    def _copy_of(self, n: int) -> Copy:
        pattern = self.plain if n % _URGENT_EACH else self.urgent
        left = self.size - 2 - n
        running = left <= RUNNING
        back = 0 if running else left * 52 * YEARS // self.size * 7
        day = pattern.on(back, running=running)
        registers = (_NOTIFICATIONS, _OUTGOING)[: 1 + (pattern is self.urgent)]
        for register in registers:
            self._numbers[register, day.at.year] += 1
        numbers = {register: self._numbers[register, day.at.year] for register in registers}
        return Copy(n, (pattern, day), form_of(pattern.values, n), numbers)

    def _new_ids(self, pattern: Pattern) -> Ids:
        ids: Ids = {}
        for table in pattern.tables:
            first = self._next[table.name]
            ids[table.name] = {row[0]: first + place for place, row in enumerate(table.rows)}
            self._next[table.name] += len(table.rows)
        return ids

    def _rows(self, copy: Copy, table: Any, ids: Ids) -> Iterator[Row]:
        own = {
            table.columns.index(name): one for name, one in copy.columns(table.name, ids).items()
        }
        for row in copy.day.rows[table.name]:
            copied = [*row]
            for place, one in own.items():
                copied[place] = one
            for place, name in table.keys.items():
                if row[place] is not None:
                    copied[place] = ids[name][row[place]]
            yield copied

    def _chain(self, copy: Copy, rows: list[Row], ids: Ids) -> Iterator[Row]:
        """Chain the copy's rows of history, the last ones of ``rows``; give their values' rows."""
        from journal.history import canonical, instant

        of_row = defaultdict[int, list[Value]](list)
        for one in copy.day.told:
            of_row[ids["journal_history"][one.row]].append(copy.told(one, ids))
        place = self._place
        for row in rows[-len(ids["journal_history"]) :]:
            self._seq += 1
            told = of_row[row[0]]
            kind, _, pk = row[place["subject"]].partition(":")
            row[place["subject"]] = f"{kind}:{ids[f'journal_{kind}'][int(pk)]}"
            row[place["seq"]], row[place["previous_hash"]] = self._seq, self._hash
            commitments = {one.field: one.commitment for one in told}
            row[place["commitments"]] = json.dumps(commitments)
            columns = [row[place[name]] for name in ("actor", "action", "subject", "entry_id")]
            hashed = [
                self._office,
                self._seq,
                instant(copy.day.at),
                *columns,
                commitments,
                self._hash,
            ]
            self._hash = sha256(canonical(hashed).encode()).hexdigest()
            row[place["hash"]] = self._hash
            for one in told:
                yield [one.field, _json(one.old), _json(one.new), SALT, row[0]]

    def _end(self) -> None:
        """Let the counters and the sequences stand behind what was written."""
        from django.apps import apps
        from django.core.management.color import no_style
        from django.db import connection

        from journal.models import Entry, Series

        office = Entry.objects.get(pk=self.plain.entry_id).office
        for (register, year), last in self._numbers.items():
            Series.objects.update_or_create(
                office=office,
                register=register,
                year=year,
                defaults={"first_number": 1, "last_number": last},
            )
        models = list(apps.get_app_config("journal").get_models())
        with connection.cursor() as cursor:
            for sql in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(sql)


def check_index(entries: Sequence[tuple[int, int, int]]) -> None:
    """See that the search's own step finds the very words in some entries that stand there.

    Raises:
        SystemExit: it does not.
    """
    from journal import searching

    some = [pk for pk, _, _ in entries[:: max(1, len(entries) // _CHECKED)]]
    before = _indexed(some)
    searching.wait_for_index(some)
    while searching.index_some():
        pass
    for old, new in zip(before, _indexed(some), strict=True):
        if old != new:
            differing = set(old.split()) ^ set(new.split())
            raise SystemExit(f"the index of the bench is not the search's own: {differing}")


def _indexed(entry_ids: Sequence[int]) -> list[str]:
    from django.db import connection

    key, words = (
        ("rowid", "words") if connection.vendor == "sqlite" else ("entry_id", "words::text")
    )
    ids = ", ".join(map(str, entry_ids))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {words} FROM journal_search WHERE {key} IN ({ids}) ORDER BY {key}")  # noqa: S608
        return [row[0] for row in cursor.fetchall()]


@contextmanager
def _hurrying() -> Iterator[None]:
    """Let SQLite sync nothing and keep much in memory, until the rows are written."""
    from django.db import connection

    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
        cursor.execute("PRAGMA cache_size=-500000")
    yield
    connection.close()  # the next one begins as the journal's own settings say


def _insert(table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    from django.db import connection

    names = ", ".join(map(connection.ops.quote_name, columns))
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608
            return
        with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def _last_id(table: str) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max(id) FROM {table}")  # noqa: S608 - a table of ours
        return int(cursor.fetchone()[0] or 0)


def _only(ids: Ids, kind: str) -> int:
    (copied,) = ids[f"journal_{kind}"].values()
    return copied


def _json(told: Any) -> str | None:
    return None if told is None else json.dumps(told)
