"""What all tables of ``pipeline.toml`` are made of, and those that say who works with it."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from rules.roles import Role

Text = Annotated[str, Field(min_length=1)]
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]


class Table(BaseModel):
    """One table of the file: unknown keys are faults, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class User(Table):
    """Table ``[[user]]``: somebody who works with the journal.

    Attributes:
        login: the name in the operating system.
        name: how the person is called.
        role: what the person may do, see :mod:`rules.roles`.
    """

    login: Text
    name: str = ""
    role: Role
