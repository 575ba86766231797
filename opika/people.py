"""Who works with Opika on this machine, and in which role."""

from __future__ import annotations

from dataclasses import dataclass

from opika.config import Config
from opika.config_tables import User
from opika.errors import NotAllowedError
from rules.roles import Eyes, Role, may


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works with the journal; ``login`` is the name in the history.

    Attributes:
        offices: keys of the offices whose entries and mail the person sees; None: of all.
    """

    login: str
    name: str
    role: Role
    offices: frozenset[str] | None = None

    @property
    def eyes(self) -> Eyes:
        """What the person is shown of the journal."""
        return Eyes(self.offices, may(self.role, "reporter"))


def who(config: Config, login: str) -> Person:
    """The person behind a login; where no ``[[user]]`` is set, everybody is administrator.

    Raises:
        NotAllowedError: there are users, and this is none of them.
    """
    if not config.user:
        return Person(login, login, "administrator")
    for user in config.user:
        if user.login == login:
            return Person(login, user.name or login, user.role, _offices(user))
    raise NotAllowedError(
        "not among the users",
        clerk_message=f"Користувача «{login}» немає серед [[user]] у налаштуваннях. "
        "Зверніться до адміністратора.",
    )


def _offices(user: User) -> frozenset[str] | None:
    return None if user.office is None else frozenset({user.office, *user.sees})
