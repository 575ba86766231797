"""The index of the search, and every entry there is waits to be indexed."""

from __future__ import annotations

from typing import Any, ClassVar

import django.db.models.deletion
from django.db import migrations, models

from journal import search_engine


def make(apps: Any, schema_editor: Any) -> None:
    search_engine.make_table(schema_editor)
    schema_editor.execute(
        "INSERT INTO journal_toindex (entry_id) SELECT id FROM journal_entry ORDER BY id"
    )


def remove(apps: Any, schema_editor: Any) -> None:
    search_engine.drop_table(schema_editor)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("journal", "0005_casework")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="ToIndex",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="to_index",
                        to="journal.entry",
                    ),
                ),
            ],
        ),
        migrations.RunPython(make, remove),
    ]
