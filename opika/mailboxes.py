"""A configured mailbox as the intake connects to it."""

from __future__ import annotations

from intake.mailbox import Batch, Mailbox
from intake.part import MEBIBYTE
from opika import config as tables


def connect(config: tables.Config, row: tables.Mailbox) -> Mailbox:
    """The mailbox of a configuration's row, to be entered with ``with``.

    Raises:
        ConfigError: its password is not set.
    """
    return Mailbox(
        name=row.address,
        url=row.imap,
        user=row.user,
        password=row.password.read(),
        since=row.since,
        zone=config.zone,
        inbox=row.inbox,
        when_done=row.when_done,
        batch=Batch(max_bytes=config.limits.file_megabytes * MEBIBYTE),
    )
