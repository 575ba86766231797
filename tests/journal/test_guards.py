"""The database itself refuses to have the book rewritten, on SQLite and on PostgreSQL."""

# ruff: noqa: S608 - statements as somebody would type them, put together from our own names
from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from journal.guards import PROTECTED, Protected, guards, install, missing, remove
from tests.journal.make_schema import go_on, live, write
from tests.journal.office_day import NOW

pytestmark = pytest.mark.both_databases

# Tables that may be written to freely, and why.
FREE = {
    "alert": "work: told, acknowledged, over",
    "applied": "work",
    "case": "its facts are in the history; it moves with its entries",
    "clue": "made anew from what the entry says",
    "contact": "its facts are in the history",
    "cursor": "work",
    "deadline": "its facts are in the history; a clock moves",
    "file": "work, and the text that a law may order erased",
    "form": "what a machine read; read again it may differ",
    "ledger": "work",
    "link": "a proposal that a person decides",
    "nameform": "what a clerk has confirmed of the language, and may confirm anew",
    "office": "the configuration",
    "person": "made anew from what the entry says",
    "sending": "its facts are in the history; its state moves",
    "source": "work",
    "toindex": "work",
    "user": "the configuration",
}


@pytest.fixture
def book(data: Path) -> int:
    """A journal with a row in every guarded table; the id of its first entry."""
    from journal.models import Erasure, HeadExport, Restoration

    entry = live()
    write(data, entry)
    go_on(entry)
    erasure = Erasure.objects.create(entry_id=entry, order="1", asked_by="а", asked_at=NOW)
    erasure.confirmed_by, erasure.confirmed_at, erasure.seq, erasure.done_at = "б", NOW, 1, NOW
    erasure.save()
    Restoration.objects.create(backup_at=NOW, restored_at=NOW)
    HeadExport.objects.create(day=NOW.date(), heads={}, sha256="0" * 64)
    return entry


def _refusal(sql: str) -> str:
    """Which guard refuses the statement; "" where none does. Nothing of it stays."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
            assert cursor.rowcount != 0, f"no row: {sql}"
            transaction.set_rollback(True)
    except IntegrityError as error:
        return str(error).split("refuses this: ")[-1].split()[0]
    return ""


def _other(field: models.Field[Any, Any]) -> str:
    """SQL of another value than the one that stands in the column."""
    column = f'"{field.column}"'
    kind = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(kind, models.IntegerField):
        return f"coalesce({column}, 0) + 1"
    if isinstance(kind, models.DateTimeField):
        return "'2001-02-03 04:05:06+00:00'"
    if isinstance(kind, models.DateField):
        return "'2001-02-03'"
    if isinstance(kind, models.JSONField):
        return "'[\"x\"]'"
    return f"substr(coalesce({column}, ''), 2) || 'x'"  # no longer than the column takes


def _columns(rule: Protected) -> Iterator[tuple[str, str]]:
    """Each column that stays as it is, and the condition under which it does."""
    fields = apps.get_model("journal", rule.name)._meta.concrete_fields
    for field in fields:
        column = str(field.column)
        if rule.update == "1 = 1" or column in rule.fixed:
            yield f'"{column}" = {_other(field)}', "1 = 1"
        elif column in rule.once:
            yield f'"{column}" = {_other(field)}', f'"{column}" IS NOT NULL'
            yield f'"{column}" = NULL', f'"{column}" IS NOT NULL'
        elif any(column in columns for columns in rule.until_erased.values()):
            yield f'"{column}" = {_other(field)}', "1 = 1"


def _forbidden() -> Iterator[tuple[str, str]]:
    """Every statement that must be refused, and the guard that does it."""
    for rule in PROTECTED:
        table = rule.table
        yield f"DELETE FROM {table}", f"{table}_no_delete"
        for change, where in _columns(rule):
            yield f"UPDATE {table} SET {change} WHERE {where}", f"{table}_no_update"
        if connection.vendor == "postgresql":
            yield f"TRUNCATE {table} CASCADE", "_no_truncate"
        elif rule.keys:
            yield f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}", f"{table}_no_insert"
    series = "journal_series"
    yield f"UPDATE {series} SET last_number = last_number - 1", f"{series}_no_update"
    closed = f"UPDATE {series} SET last_number = 9 WHERE register = 'minutes'"
    yield closed, f"{series}_no_update"
    document = "journal_document"
    yield f"UPDATE {document} SET state = 'draft' WHERE state = 'void'", f"{document}_no_update"
    confirmed = "UPDATE journal_erasure SET confirmed_by = 'в'"
    yield confirmed, "journal_erasure_no_update"


def _once_confirmed(entry: int) -> str:
    names = 'entry_id, "order", asked_by, asked_at, confirmed_by, confirmed_at'
    values = f"{entry}, '2', 'а', '2026-03-04 08:00:00+00:00', 'а', '2026-03-04 08:00:00+00:00'"
    return f"INSERT INTO journal_erasure ({names}) VALUES ({values})"


def test_what_was_written_can_neither_be_changed_nor_taken_out(book: int, data: Path) -> None:
    from journal.models import Document

    Document.objects.create(
        issuer_id=1, entry_id=book, kind="x", draft_key="x", state="void", created_at=NOW
    )
    tried = [*_forbidden(), (_once_confirmed(book), "journal_erasure_no_insert")]
    passed = [sql for sql, guard in tried if guard not in _refusal(sql)]
    assert passed == []
    assert len(tried) > 130
    # By its number, a row is not replaced either: its id need not be known.
    if connection.vendor == "sqlite":
        by_number = (
            "INSERT OR REPLACE INTO journal_history "
            "(office_id, seq, at, actor, action, subject, commitments, previous_hash, hash) "
            "SELECT office_id, seq, at, 'інший', action, subject, commitments, previous_hash, hash "
            "FROM journal_history WHERE seq = 1"
        )
        assert _refusal(by_number) == "journal_history_no_insert"


def test_what_the_office_does_is_not_refused(book: int) -> None:
    allowed = [
        "UPDATE journal_entry SET case_id = case_id, urgent = NULL, drafted_at = NULL",
        "UPDATE journal_entry SET voided_at = '2026-03-05 08:00:00+00:00' WHERE voided_at IS NULL",
        "UPDATE journal_revision SET review = '[]'",
        "UPDATE journal_document SET draft_key = 'y', state = 'void', context = '{}'",
        "UPDATE journal_arrival SET sender_address = '', uid = uid + 100, outcome = 'filed'",
        "UPDATE journal_series SET last_number = last_number + 1 WHERE register = 'outgoing'",
        "UPDATE journal_original SET erased_at = '2026-03-05 08:00:00+00:00'",
    ]
    assert {sql: _refusal(sql) for sql in allowed} == dict.fromkeys(allowed, "")


def test_only_while_it_is_erased_by_law_can_what_an_entry_says_be_blanked(book: int) -> None:
    from journal.models import Erasure, History

    other = book + 1
    blanking = [
        """UPDATE journal_revision SET "values" = '{}', why = '' WHERE entry_id = """,
        "UPDATE journal_caseevent SET details = '{}' WHERE entry_id = ",
        "UPDATE journal_registerline SET about = '', counterpart = '' WHERE entry_id = ",
        "DELETE FROM journal_historyvalue WHERE history_id IN "
        "(SELECT id FROM journal_history WHERE entry_id = {}) AND history_id > 0 OR 0 = ",
    ]

    def refused(entry: int) -> set[bool]:
        statements = [sql.replace("{}", str(entry)) + str(entry) for sql in blanking]
        return {bool(_refusal(sql)) for sql in statements}

    assert refused(book) == {True}
    again = Erasure.objects.create(
        entry_id=book, order="2", asked_by="а", asked_at=NOW + timedelta(1)
    )
    assert refused(book) == {True}
    again.confirmed_by, again.confirmed_at = "б", NOW + timedelta(1)
    again.save()
    assert refused(book) == {False}
    assert _refusal(f"UPDATE journal_revision SET made_at = '2001-02-03' WHERE entry_id = {book}")
    assert _refusal(f"""UPDATE journal_revision SET "values" = '{{}}' WHERE entry_id = {other}""")
    foreign = History.objects.filter(entry_id=other).values_list("pk", flat=True)[0]
    assert _refusal(f"DELETE FROM journal_historyvalue WHERE history_id = {foreign}")
    again.done_at = NOW + timedelta(1)
    again.save()
    assert refused(book) == {True}


def _break(guard: str, table: str) -> list[str]:
    """Ways to be rid of a guard."""
    if connection.vendor == "sqlite":
        weaker = f"CREATE TRIGGER {guard} BEFORE UPDATE ON {table} WHEN 0 BEGIN SELECT 1; END"
        return [f"DROP TRIGGER {guard}", weaker]
    nothing = f"CREATE OR REPLACE FUNCTION {guard}() RETURNS trigger LANGUAGE plpgsql AS $$"
    return [
        f"{nothing}BEGIN RETURN NEW; END$$",
        f"ALTER TABLE {table} DISABLE TRIGGER {guard}",
        f"DROP TRIGGER {guard} ON {table}",
    ]


def test_a_guard_that_is_gone_or_weakened_is_found(data: Path) -> None:
    from journal import verify
    from journal.originals import Originals

    def fault() -> str | None:
        return verify.verify(Originals(data / "originals"), data).first_fault

    assert missing(connection) == []
    assert fault() is None
    guard = "journal_entry_no_update"
    for step in _break(guard, "journal_entry"):
        with connection.cursor() as cursor:
            cursor.execute(step)
        assert missing(connection) == [guard]
        assert fault() == f"у базі даних немає захисту від змін {guard} або його послаблено"
    with connection.schema_editor() as editor:
        remove(editor)
    assert missing(connection) == [guard.name for guard in guards(connection.vendor)]
    with connection.schema_editor() as editor:
        install(editor)
        install(editor)
    assert missing(connection) == []


def test_every_table_of_the_journal_is_guarded_or_free_for_a_reason(data: Path) -> None:
    tables = {model._meta.model_name for model in apps.get_app_config("journal").get_models()}
    assert tables == {rule.name for rule in PROTECTED} | set(FREE)
    assert not {rule.name for rule in PROTECTED} & set(FREE)
