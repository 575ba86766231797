"""What the database itself refuses, whoever writes to it: triggers on SQLite and PostgreSQL.

The book grows: what was written is not rewritten and nothing of it is taken out. Beside that stands
only what the law orders erased: while a confirmed :class:`~journal.models.Erasure` is being done,
what its entry says may be blanked, never its number.

SQLite forgets the triggers of a table that a migration makes anew, and makes none anew whose name
stands in a trigger: a migration that does so begins with :func:`remove` and ends with
:func:`install`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

_ALWAYS = "1 = 1"
_PREFIX = "journal_"
# pg_trigger.tgtype: 1 for each row, 2 before, then the verb.
_KINDS = {"INSERT": 7, "DELETE": 11, "UPDATE": 19, "TRUNCATE": 34}


@dataclass(frozen=True, slots=True)
class Protected:
    """What of one table is refused.

    Attributes:
        name: of the table, without the prefix that all have.
        fixed: columns that never change; empty with ``update``: no column ever does.
        once: columns that stay as they are once they are set.
        until_erased: column of the entry -> columns that change only while it is being erased.
        update, delete, insert: further conditions on OLD and NEW under which that is refused; "":
            none.
        keys: sets of columns that no two rows share: on SQLite ``INSERT OR REPLACE`` would
            otherwise take out a row past every other guard.
    """

    name: str
    fixed: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    until_erased: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    update: str = ""
    delete: str = _ALWAYS
    insert: str = ""
    keys: tuple[tuple[str, ...], ...] = (("id",),)

    @property
    def table(self) -> str:
        """The table's full name."""
        return _PREFIX + self.name


@dataclass(frozen=True, slots=True)
class Guard:
    """One trigger: a verb on a table is refused under a condition."""

    table: str
    name: str
    verb: str
    refused: str


def _erasing(entry: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM journal_erasure e WHERE e.entry_id = {entry} "  # noqa: S608 - ours
        "AND e.confirmed_at IS NOT NULL AND e.done_at IS NULL)"
    )


_OF_A_LIVE_ERASURE = (
    "EXISTS (SELECT 1 FROM journal_history h JOIN journal_erasure e ON e.entry_id = h.entry_id "
    "WHERE h.id = OLD.history_id AND e.confirmed_at IS NOT NULL AND e.done_at IS NULL)"
)
_YEAR_IS_CLOSED = (
    "EXISTS (SELECT 1 FROM journal_yearclosing c WHERE c.office_id = OLD.office_id "
    "AND c.register = OLD.register AND c.year = OLD.year)"
)

PROTECTED = (
    Protected("history", update=_ALWAYS, keys=(("id",), ("office_id", "seq"))),
    Protected(
        "historyvalue",
        update=_ALWAYS,
        delete=f"NOT {_OF_A_LIVE_ERASURE}",
        keys=(("id",), ("history_id", "field")),
    ),
    Protected("look", update=_ALWAYS),
    Protected(
        "entry",
        fixed=(
            *("id", "office_id", "year", "number", "index"),
            *("registered_at", "received_at", "channel", "imported_at"),
        ),
        once=("voided_at",),
        keys=(("id",), ("office_id", "year", "number")),
    ),
    Protected(
        "revision",
        fixed=("id", "entry_id", "ordinal", "form_id", "made_at"),
        until_erased={"entry_id": ("values", "why", "corrected")},
        keys=(("id",), ("entry_id", "ordinal")),
    ),
    Protected(
        "document",
        fixed=("id", "issuer_id", "entry_id", "kind", "register", "created_at"),
        once=("year", "number", "index", "dated"),
        update="OLD.state = 'void' AND NEW.state <> 'void'",
    ),
    Protected(
        "registerline",
        fixed=(
            *("id", "office_id", "register", "year", "number", "index"),
            *("dated", "entry_id", "made_at"),
        ),
        once=("voided_at",),
        until_erased={"entry_id": ("about", "counterpart")},
        keys=(("id",), ("office_id", "register", "year", "number")),
    ),
    Protected(
        "caseevent",
        fixed=(
            *("id", "entry_id", "kind", "happened_at", "recorded_at"),
            *("document_id", "arrival_id", "line_id"),
        ),
        once=("undone_at",),
        until_erased={"entry_id": ("details",)},
    ),
    Protected("yearclosing", update=_ALWAYS, keys=(("id",), ("office_id", "register", "year"))),
    Protected(
        "arrival",
        fixed=(
            *("id", "office_id", "journal_id", "source_id", "channel"),
            *("original_id", "received_at", "recorded_at"),
        ),
    ),
    # Equal bytes that arrive again are entered again, and nothing comes of it; hence no key.
    Protected("original", fixed=("sha256", "size"), keys=()),
    Protected(
        "series",
        fixed=("id", "office_id", "register", "year", "first_number"),
        update=f"NEW.last_number < OLD.last_number OR {_YEAR_IS_CLOSED}",
        keys=(("id",), ("office_id", "register", "year")),
    ),
    Protected(
        "erasure",
        fixed=("id", "entry_id", "order", "asked_by", "asked_at"),
        once=("confirmed_at", "seq", "done_at"),
        update="OLD.confirmed_at IS NOT NULL AND OLD.confirmed_by <> NEW.confirmed_by",
        insert="NEW.confirmed_at IS NOT NULL OR NEW.done_at IS NOT NULL",
    ),
    Protected("restoration", update=_ALWAYS),
    Protected("headexport", update=_ALWAYS, keys=(("id",), ("day",))),
)
"""The rules, in the order of the tables' weight."""


def guards(vendor: str) -> list[Guard]:
    """Every trigger that a database of this kind must have.

    Args:
        vendor: ``sqlite`` or ``postgresql``.
    """
    return [guard for rule in PROTECTED for guard in _guards_of(rule, vendor)]


def install(editor: Any) -> None:
    """Put every guard in its place, also where an older one stands.

    Args:
        editor: Django's schema editor, as a migration has it.
    """
    connection = editor.connection
    # Migrations of earlier schemas call this, too: a table may be one of a later migration.
    known = set(connection.introspection.table_names())
    for guard in guards(connection.vendor):
        if guard.table in known:
            for statement in [*_dropping(guard, connection.vendor), *_making(guard, connection)]:
                editor.execute(statement)


def remove(editor: Any) -> None:
    """Take every guard away, as a migration that makes a guarded table anew must, at its start."""
    connection = editor.connection
    known = set(connection.introspection.table_names())
    for guard in guards(connection.vendor):
        if guard.table in known:
            for statement in _dropping(guard, connection.vendor):
                editor.execute(statement)


def missing(connection: Any) -> list[str]:
    """The names of guards that are not there, are switched off, or are not what they were made."""
    found = _found(connection)
    return [
        guard.name
        for guard in guards(connection.vendor)
        if found.get(guard.name) != _expected(guard, connection.vendor)
    ]


def _guards_of(rule: Protected, vendor: str) -> Iterator[Guard]:
    refused = {"UPDATE": _update(rule, vendor), "DELETE": rule.delete, "INSERT": rule.insert}
    if vendor == "sqlite":
        refused["INSERT"] = " OR ".join(filter(None, [rule.insert, _replacing(rule)]))
    else:
        refused["TRUNCATE"] = _ALWAYS
    for verb, condition in refused.items():
        if condition:
            yield Guard(rule.table, f"{rule.table}_no_{verb.lower()}", verb, condition)


def _update(rule: Protected, vendor: str) -> str:
    differs = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"

    def changed(column: str) -> str:
        return f'OLD."{column}" {differs} NEW."{column}"'

    conditions = [changed(column) for column in rule.fixed]
    conditions += [f'(OLD."{column}" IS NOT NULL AND {changed(column)})' for column in rule.once]
    for entry, columns in rule.until_erased.items():
        words = " OR ".join(map(changed, columns))
        conditions.append(f"(({words}) AND NOT {_erasing(f'OLD.{entry}')})")
    return " OR ".join([*conditions, *([f"({rule.update})"] if rule.update else [])])


def _replacing(rule: Protected) -> str:
    same = [" AND ".join(f'x."{one}" = NEW."{one}"' for one in key) for key in rule.keys]
    return " OR ".join(f"EXISTS (SELECT 1 FROM {rule.table} x WHERE {one})" for one in same)  # noqa: S608 - ours


def _dropping(guard: Guard, vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {guard.name}"]
    return [
        f"DROP TRIGGER IF EXISTS {guard.name} ON {guard.table}",
        f"DROP FUNCTION IF EXISTS {guard.name}()",
    ]


def _making(guard: Guard, connection: Any) -> list[str]:
    if connection.vendor == "sqlite":
        return [_trigger(guard)]
    each = "STATEMENT" if guard.verb == "TRUNCATE" else "ROW"
    return [
        f"CREATE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $${_body(guard)}$$",
        f"CREATE TRIGGER {guard.name} BEFORE {guard.verb} ON {guard.table} "
        f"FOR EACH {each} EXECUTE FUNCTION {guard.name}()",
    ]


def _trigger(guard: Guard) -> str:
    return (
        f"CREATE TRIGGER {guard.name} BEFORE {guard.verb} ON {guard.table} WHEN {guard.refused} "
        f"BEGIN SELECT RAISE(ABORT, 'the journal refuses this: {guard.name}'); END"
    )


def _body(guard: Guard) -> str:
    """What PostgreSQL runs; a condition of a trigger itself could not ask another table."""
    row = {"DELETE": "OLD", "TRUNCATE": "NULL"}.get(guard.verb, "NEW")
    return (
        f"BEGIN IF {guard.refused} THEN "
        f"RAISE EXCEPTION 'the journal refuses this: {guard.name}' USING ERRCODE = '23514'; "
        f"END IF; RETURN {row}; END"
    )


def _expected(guard: Guard, vendor: str) -> tuple[object, ...]:
    if vendor == "sqlite":
        return (guard.table, _trigger(guard))
    return (guard.table, _body(guard), _KINDS[guard.verb], True)


def _found(connection: Any) -> dict[str, tuple[object, ...]]:
    """Name -> what stands there, as :func:`_expected` says it."""
    sqlite = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
    postgresql = (
        "SELECT t.tgname, c.relname, p.prosrc, t.tgtype, t.tgenabled IN ('O', 'A') "
        "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
        "WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace"
    )
    with connection.cursor() as cursor:
        cursor.execute(sqlite if connection.vendor == "sqlite" else postgresql)
        return {name: tuple(rest) for name, *rest in cursor.fetchall()}
