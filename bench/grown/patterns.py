"""The two entries that a long journal is made of: registered by the real steps, kept as rows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from bench.grown.families import form

Row = list[Any]
SALT = f"{7:032x}"
"""Of every value: the bench hides nothing."""
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d\.\d{6}\+00:00)?")
_TO = "shkola@example.org"


@dataclass(frozen=True, slots=True)
class Table:
    """What of an entry lies in one table.

    Attributes:
        keys: place of a column -> the table whose id stands in it.
        json: the places of columns that hold JSON.
    """

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Row]
    keys: Mapping[int, str]
    json: frozenset[int]


@dataclass(frozen=True, slots=True)
class Value:
    """A value of the history, and the digest that stands for it.

    Attributes:
        row: the id of its row of history in the pattern.
    """

    row: int
    field: str
    old: Any
    new: Any
    commitment: str


@dataclass(frozen=True, slots=True)
class Day:
    """A pattern on one day: its rows by table, and what its rows of history tell."""

    at: datetime
    rows: Mapping[str, Sequence[Row]]
    told: Sequence[Value]


@dataclass(frozen=True)
class Pattern:
    """One entry with all that hangs on it.

    Attributes:
        told: row of history, field, old and new value.
        values: of its form.
    """

    entry_id: int
    at: datetime
    tables: Sequence[Table]
    told: Sequence[tuple[int, str, Any, Any]]
    values: Mapping[str, Any]
    _days: dict[tuple[int, bool], Day] = field(default_factory=dict)

    def on(self, back: int, *, running: bool) -> Day:
        """The pattern so many days earlier, with clocks that run or are done."""
        if (back, running) not in self._days:
            self._days.clear()
            self._days[back, running] = self._moved(timedelta(days=back), running=running)
        return self._days[back, running]

    def _moved(self, back: timedelta, *, running: bool) -> Day:
        done = None if running else self.at - back
        rows = {table.name: _moved_rows(table, back, done) for table in self.tables}
        told = []
        for row, name, old, new in self.told:
            moved = _earlier(new, back)
            if name.startswith("deadline:") and done and not moved["done_at"]:
                moved["done_at"] = done.astimezone(UTC).isoformat(timespec="microseconds")
            told.append(value(row, name, _earlier(old, back), moved))
        return Day(self.at - back, rows, told)


def value(row: int, name: str, old: Any, new: Any) -> Value:
    """A value with its digest."""
    from journal.history import canonical

    # As `journal.history.commitment`, whose rows of the database would cost more than the digest.
    text = f"{SALT}|{name}|{canonical(old)}|{canonical(new)}"
    return Value(row, name, old, new, sha256(text.encode()).hexdigest())


def patterns(folder: Path) -> tuple[Pattern, Pattern]:
    """A plain entry and an urgent one, its letter sent; the journal below ``folder`` is open."""
    from journal import alerts, documents, outbox, placing, sending
    from journal.models import Arrival
    from journal.originals import Originals
    from tests.journal.office_day import NOW, clock_rules, outgoing, registered, rules, values

    who: dict[str, Any] = {"now": NOW, "actor": "тест"}
    plain = registered(form(values(), 1), urgent=False).entry_id
    beaten = [{"id": "beaten", "group": "violence", "text": "побиття", "quote": "побили"}]
    urgent = registered(form(values(), 2), urgent=True, indicators=beaten).entry_id
    for one in Arrival.objects.order_by("pk"):
        placing.place(one.pk, rules=rules(), **who)
    Arrival.objects.update(acknowledged_at=NOW)
    alerts.raise_dangers(NOW)
    alerts.acknowledge(None, **who)
    new = documents.NewDocument(urgent, "ssd", "registration_reply", "reply", {})
    letter = documents.new_document(new, series=outgoing(), **who)
    for kind, save in (("docx", documents.save_rendered), ("pdf", documents.save_pdf)):
        (folder / f"letter.{kind}").write_bytes(kind.encode())
        save(letter, f"letter.{kind}", sha256(kind.encode()).hexdigest(), **who)
    documents.approve(letter, series=outgoing(), **who)
    mail = b"mail"
    kept = Originals(folder / "originals").put(mail)
    out = outbox.NewSending(
        document_id=letter,
        mailbox="sysn@ukr.net",
        recipient=_TO,
        by_configuration=True,
        message_id="<pattern@ukr.net>",
        sha256=kept,
        size=len(mail),
    )
    row = outbox.begin(out, **who)
    sending.start(row, **who)
    sending.sent(row, rules=clock_rules(), **who)
    sending.copied(row, **who)
    for entry_id in (plain, urgent):
        documents.drafted(entry_id, now=NOW)
    at = NOW.astimezone(UTC)
    return _pattern(plain, at), _pattern(urgent, at)


def stored(value: Any) -> Any:
    """A value as the database's driver takes it."""
    from django.db import connection

    if isinstance(value, datetime):
        aware = value if value.tzinfo else value.replace(tzinfo=UTC)
        return connection.ops.adapt_datetimefield_value(aware)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value


def _pattern(entry_id: int, at: datetime) -> Pattern:
    from journal.models import Entry, History, HistoryValue

    entry = Entry.objects.get(pk=entry_id)
    rows = History.objects.filter(entry=entry).order_by("pk")
    told = HistoryValue.objects.filter(history__in=rows).order_by("pk")
    return Pattern(
        entry_id=entry_id,
        at=at,
        tables=list(_tables(entry)),
        told=list(told.values_list("history", "field", "old", "new")),
        values=entry.revisions.get().values,
    )


def _tables(entry: Any) -> Iterator[Table]:
    """What lies in each table, a row before those that point to it."""
    from journal.models import Alert, Arrival, History, Sending

    arrival = entry.forms.get().file.arrival
    found = [
        type(entry.case).objects.filter(pk=entry.case_id),
        Arrival.objects.filter(pk=arrival.pk),
        type(entry).objects.filter(pk=entry.pk),
        arrival.files.all(),
        entry.forms.all(),
        entry.revisions.all(),
        entry.persons.all(),
        entry.deadlines.all(),
        entry.documents.all(),
        Sending.objects.filter(document__entry=entry),
        Alert.objects.filter(subject=f"entry:{entry.pk}"),
        History.objects.filter(entry=entry),
    ]
    names = {rows.model._meta.db_table for rows in found}
    for rows in found:
        yield _table(rows.order_by("pk"), names)


def _table(rows: Any, copied: set[str]) -> Table:
    from django.db import connection
    from django.db.models import JSONField

    fields = rows.model._meta.concrete_fields
    keys, is_json = {0: rows.model._meta.db_table}, set()
    for place, one in enumerate(fields):
        if one.is_relation and one.related_model._meta.db_table in copied:
            keys[place] = one.related_model._meta.db_table
        if isinstance(one, JSONField):
            is_json.add(place)
    columns = tuple(one.column for one in fields)
    quoted = ", ".join(map(connection.ops.quote_name, columns))
    ids = ", ".join(str(pk) for pk in rows.values_list("pk", flat=True)) or "NULL"
    name = rows.model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {quoted} FROM {name} WHERE id IN ({ids}) ORDER BY id")  # noqa: S608
        found = [list(row) for row in cursor.fetchall()]
    return Table(name, columns, found, keys, frozenset(is_json))


def _moved_rows(table: Table, back: timedelta, done: datetime | None) -> list[Row]:
    rows = []
    for row in table.rows:
        moved = [
            _earlier(json.loads(one), back)
            if place in table.json and one is not None
            else (one - back if isinstance(one, date) else one)
            for place, one in enumerate(row)
        ]
        if table.name == "journal_deadline" and done:
            place = table.columns.index("done_at")
            moved[place] = moved[place] or done.astimezone(UTC).replace(tzinfo=None)
        rows.append(
            [
                json.dumps(one) if place in table.json and one is not None else stored(one)
                for place, one in enumerate(moved)
            ]
        )
    return rows


def _earlier(told: Any, back: timedelta) -> Any:
    """JSON data with each of its moments and days so much earlier."""
    if isinstance(told, str):
        return _ISO.sub(partial(_earlier_moment, back=back), told) if _ISO.fullmatch(told) else told
    if isinstance(told, dict):
        return {key: _earlier(one, back) for key, one in told.items()}
    if isinstance(told, list):
        return [_earlier(one, back) for one in told]
    return told


def _earlier_moment(match: re.Match[str], back: timedelta) -> str:
    if "T" not in match[0]:
        return (date.fromisoformat(match[0]) - back).isoformat()
    return (datetime.fromisoformat(match[0]) - back).isoformat(timespec="microseconds")
