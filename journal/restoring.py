"""A journal that was restored from a backup: nothing that may have left leaves again by itself.

What happened after the backup is not known here. So every mail under way goes into doubt, and a
letter of an entry that came before the restoration leaves only for a reason that a person gives.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils.timezone import localtime

from journal.database import named_errors, writing
from journal.history import Act
from journal.models import Document, Restoration, Sending, SendingState
from journal.sending import change, fail, held
from opika.errors import JournalError

RESTORED = "restored"
"""The fault of a mail that was under way in the backup."""


def knows_schema(migration: str) -> bool:
    """Whether this program knows the journal's tables as that migration made them."""
    return ("journal", migration) in MigrationLoader(
        None, ignore_no_migrations=True
    ).disk_migrations


def is_empty_database() -> bool:
    """Whether the PostgreSQL database that is opened holds no table and no function."""
    with named_errors(), connection.cursor() as cursor:
        cursor.execute(_FUNCTIONS)
        return not (cursor.fetchall() or connection.introspection.get_table_list(cursor))


def clear_database() -> None:
    """Remove everything from a PostgreSQL database that was empty before."""
    with named_errors(), transaction.atomic(), connection.cursor() as cursor:
        for table in connection.introspection.get_table_list(cursor):
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(table.name)} CASCADE")
        cursor.execute(_FUNCTIONS)
        for (signature,) in cursor.fetchall():
            cursor.execute(f"DROP FUNCTION {signature} CASCADE")


_FUNCTIONS = """
    SELECT p.oid::regprocedure::text FROM pg_proc p
    WHERE p.pronamespace = current_schema()::regnamespace AND NOT EXISTS
      (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"""


def note_restored(backup_at: datetime, *, now: datetime, actor: str) -> int:
    """Note that the journal was restored; what was under way in the backup goes into doubt.

    Args:
        backup_at: when the backup was made.
        now: when it was restored.
        actor: by whom.

    Returns:
        How many letters are in doubt now.
    """
    act = Act(actor, now, f"журнал відновлено з копії від {localtime(backup_at):%d.%m.%Y %H:%M}")
    letters = 0
    with writing():
        Restoration.objects.create(backup_at=backup_at, restored_at=now)
        under_way = Sending.objects.filter(state__in=[SendingState.WAITING, SendingState.SENDING])
        for pk in list(under_way.order_by("pk").values_list("pk", flat=True)):
            row, office = held(pk)
            if row.document_id is None:  # a receipt is not worth a person's time
                fail(row, office, RESTORED, act)
                continue
            row.fault, row.next_try_at = RESTORED, None
            change(row, office, "in doubt", act, state=SendingState.DOUBT)
            letters += 1
    return letters


def restored_at() -> datetime | None:
    """When the journal was last restored from a backup; None: never."""
    return Restoration.objects.order_by("-pk").values_list("restored_at", flat=True).first()


def check_not_sent_before(document: Document, why: str) -> None:
    """See that a letter which may have left after the backup leaves only for a reason.

    Raises:
        JournalError: the journal was restored since its entry came, and no reason is given.
    """
    last = Restoration.objects.order_by("-pk").first()
    if last is None or why.strip() or document.entry.received_at > last.restored_at:
        return
    if document.sendings.filter(created_at__gt=last.restored_at).exists():
        return  # a person has decided about it since
    raise JournalError(
        "may have been sent before the restoration",
        clerk_message="Журнал відновлено з копії від "
        f"{localtime(last.backup_at):%d.%m.%Y %H:%M}; цей лист, можливо, вже надіслано. Перевірте "
        f"папку надісланих. Якщо його там немає: opika send {document.pk} --why «підстава».",
    )
