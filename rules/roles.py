"""Who may do what: one table of roles and actions; command line and desk ask here alone.

Law: Порядок, п. 13 (confidentiality): the register is open to those whose work it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from opika.errors import NotAllowedError

Role = Literal["administrator", "head", "clerk", "assessor", "secretary", "auditor"]
Action = Literal[
    "read",
    "reporter",
    "work",
    "record",
    "number",
    "approve",
    "send",
    "void",
    "close",
    "views",
    "confirm_erasure",
    "erase",
    "backup",
]

ROLES: tuple[Role, ...] = get_args(Role)
ACTIONS: tuple[Action, ...] = get_args(Action)

_EVERYTHING = frozenset(ACTIONS)
_MAY: Mapping[Role, frozenset[Action]] = {
    "administrator": _EVERYTHING,
    "head": _EVERYTHING - {"erase"},
    "clerk": frozenset({"read", "reporter", "work", "record", "number", "send"}),
    "assessor": frozenset({"read", "record", "number"}),
    "secretary": frozenset({"read", "record", "number"}),
    "auditor": frozenset({"read", "views"}),
}

ROLE_WORDS: Mapping[Role, str] = {
    "administrator": "адміністратор",
    "head": "керівник",
    "clerk": "працівник",
    "assessor": "працівник ЦСС",
    "secretary": "секретар комісії",
    "auditor": "ревізор",
}
ACTION_WORDS: Mapping[Action, str] = {
    "read": "переглядати журнал і документи",
    "reporter": "бачити, хто повідомив",
    "work": "реєструвати, вирішувати про надходження, готувати проєкти",
    "record": "записувати події справи",
    "number": "вносити рядки до реєстрів",
    "approve": "погоджувати документи",
    "send": "додавати підписані примірники, надсилати листи",
    "void": "анульовувати й пропускати номери",
    "close": "закривати рік",
    "views": "бачити, хто переглядав картки",
    "confirm_erasure": "підтверджувати стирання запису",
    "erase": "стирати запис за рішенням",
    "backup": "копіювати все під іншим ключем, відновлювати з копії",
}


@dataclass(frozen=True, slots=True)
class Eyes:
    """What somebody is shown of the journal.

    Attributes:
        offices: keys of the offices whose entries and mail these are; None: of all.
        reporter: whether also who reported, and how to reach them.

    Law: Порядок, п. 13 (confidentiality, also of the person who reported).
    """

    offices: frozenset[str] | None = None
    reporter: bool = True


EVERYTHING = Eyes()
"""What the service itself works with, and whoever runs Opika without any ``[[user]]``."""


def may(role: Role, action: Action) -> bool:
    """Whether the role allows the action."""
    return action in _MAY[role]


def check(role: Role, action: Action) -> None:
    """See that the role allows the action.

    Raises:
        NotAllowedError: it does not; the message names the roles that do.
    """
    if may(role, action):
        return
    allowed = ", ".join(ROLE_WORDS[one] for one in ROLES if may(one, action))
    raise NotAllowedError(
        f"{role} may not {action}",
        clerk_message=f"Ваша роль – {ROLE_WORDS[role]}: вона не дозволяє "
        f"{ACTION_WORDS[action]}. Це можуть: {allowed}.",
    )
