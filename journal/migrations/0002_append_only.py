"""The history is append-only in the database itself, whoever writes to it.

SQLite forgets the triggers of a table that a later migration alters (Django makes such a table
anew): that migration must put them back, and a test sees whether it did.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations

REFUSED = [
    ("journal_history", "UPDATE"),
    ("journal_history", "DELETE"),
    ("journal_historyvalue", "UPDATE"),
]


def _name(table: str, verb: str) -> str:
    return f"{table}_no_{verb.lower()}"


def install(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for table, verb in REFUSED:
            schema_editor.execute(
                f"CREATE TRIGGER {_name(table, verb)} BEFORE {verb} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END"
            )
        return
    schema_editor.execute(
        "CREATE FUNCTION journal_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'history is append-only' USING ERRCODE = '23514'; END $$"
    )
    for table, verb in [*REFUSED, ("journal_history", "TRUNCATE")]:
        schema_editor.execute(
            f"CREATE TRIGGER {_name(table, verb)} BEFORE {verb} ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION journal_append_only()"
        )


def remove(apps: Any, schema_editor: Any) -> None:
    postgresql = schema_editor.connection.vendor != "sqlite"
    for table, verb in [*REFUSED, *([("journal_history", "TRUNCATE")] if postgresql else [])]:
        on = f" ON {table}" if postgresql else ""
        schema_editor.execute(f"DROP TRIGGER {_name(table, verb)}{on}")
    if postgresql:
        schema_editor.execute("DROP FUNCTION journal_append_only()")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("journal", "0001_first")]
    operations: ClassVar = [migrations.RunPython(install, remove)]
