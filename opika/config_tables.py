"""What all tables of ``pipeline.toml`` are made of, and those that say who works with it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from rules.roles import Role

Text = Annotated[str, Field(min_length=1)]
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
AgeKey = Annotated[str, Field(pattern=r"^age1[02-9ac-hj-np-z]{58}$")]
"""The public half of a key of age."""


def _several(value: object) -> object:
    return (value,) if isinstance(value, str) else value


class Table(BaseModel):
    """One table of the file: unknown keys are faults, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class User(Table):
    """Table ``[[user]]``: somebody who works with the journal.

    Attributes:
        login: the name in the operating system.
        name: how the person is called.
        role: what the person may do, see :mod:`rules.roles`.
        office: the person's own; only its entries and mail are shown. None: those of all.
        sees: other offices whose entries and mail are shown as well.
    """

    login: Text
    name: str = ""
    role: Role
    office: Key | None = None
    sees: tuple[Key, ...] = ()


class CommissionMember(Table):
    """Table ``[[commission]]``: a member of the Commission on the protection of children's rights.

    Attributes:
        name: «Власне ім’я ПРІЗВИЩЕ», or surname, given name and patronymic.
        position: the person's own post.
        role: who leads the meeting, who keeps its minutes.
        email: where the person's papers go.
        office: whose cases the Commission hears; None: those of all.
    """

    name: Text
    position: Text
    role: Literal["head", "secretary", "member"] = "member"
    email: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")] | None = None
    office: Key | None = None


class Retention(Table):
    """Table ``[retention]``: how long what is no notification is kept.

    Attributes:
        ignored_mail_days: after so many days the bytes and texts of mail that was set aside without
            a person (automatic replies, bulk mail, our own) are removed; None: never.
    """

    ignored_mail_days: Annotated[int, Field(ge=1, le=3650)] | None = None


class Backup(Table):
    """Table ``[backup]``: to whose key backups are encrypted, and where the nightly ones go.

    Attributes:
        recipient: public keys of age; whoever has the other half of one of them can restore.
        folder: where ``opika backup`` without a file puts a backup.
        keep: how many of those stay there; older ones are removed when a newer one is whole.
    """

    recipient: Annotated[tuple[AgeKey, ...], BeforeValidator(_several)] = ()
    folder: Path | None = None
    keep: Annotated[int, Field(ge=1, le=10000)] = 30


class Journal(Table):
    """Table ``[journal]``: how a rewritten journal is found out.

    Attributes:
        heads: a folder on another disk where the head of each day is put as well.
        stamp: a program that certifies such a file; the file's path is its last argument.
    """

    heads: Path | None = None
    stamp: tuple[Text, ...] = ()
