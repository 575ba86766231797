"""What was written stays as it was written: the database refuses all else, see journal.guards."""

from __future__ import annotations

from importlib import import_module
from typing import Any, ClassVar

from django.db import migrations

from journal import guards

_FIRST = import_module("journal.migrations.0002_append_only")


def install(apps: Any, schema_editor: Any) -> None:
    _FIRST.remove(apps, schema_editor)
    guards.install(schema_editor)


def remove(apps: Any, schema_editor: Any) -> None:
    guards.remove(schema_editor)
    _FIRST.install(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("journal", "0007_keeping")]
    operations: ClassVar = [migrations.RunPython(install, remove)]
