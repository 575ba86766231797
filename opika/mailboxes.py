"""A configured mailbox as the intake and the outgoing mail connect to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from imapclient import IMAPClient  # type: ignore[import-untyped]

from dispatch import smtp
from intake.connection import Account, Address, hang_up
from intake.connection import connect as log_in
from intake.mailbox import Batch, Mailbox
from intake.part import MEBIBYTE
from opika import config as tables
from opika.errors import ConfigError


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


@contextmanager
def client_of(row: tables.Mailbox) -> Iterator[IMAPClient]:
    """A client that is logged in to a mailbox, with no folder open; hung up at the end.

    For what is not reading: the folder of sent mail (see :mod:`intake.folders`).

    Raises:
        ConfigError: the mailbox's password is not set.
        SourceUnavailableError: no connection, or the login was refused.
    """
    client = log_in(Account(Address.of(row.imap), row.user, row.password.read()))
    try:
        yield client
    finally:
        hang_up(client)


def outgoing(row: tables.Mailbox) -> smtp.Account:
    """How to log in to a mailbox's server for outgoing mail.

    Raises:
        ConfigError: its password is not set, or it has no such server.
    """
    if row.smtp is None:
        raise ConfigError("no smtp", clerk_message=f"У скриньки {row.address} немає ключа smtp.")
    return smtp.Account(row.smtp, row.user, row.password.read())


def own_addresses(config: tables.Config) -> set[str]:
    """The addresses of our offices and mailboxes, in lower case."""
    offices = [office.email for office in config.office if office.email]
    return {one.lower() for one in [*offices, *(box.address for box in config.mailbox)]}
