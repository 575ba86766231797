"""Who may do what: one table of roles and actions; command line and desk ask here alone.

Law: Порядок, п. 13 (confidentiality): the register is open to those whose work it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from opika.errors import NotAllowedError

Role = Literal["administrator", "head", "clerk", "assessor", "secretary", "auditor"]
Action = Literal["read", "work", "record", "number", "approve", "send", "void", "close"]

ROLES: tuple[Role, ...] = get_args(Role)
ACTIONS: tuple[Action, ...] = get_args(Action)

_EVERYTHING = frozenset(ACTIONS)
_MAY: Mapping[Role, frozenset[Action]] = {
    "administrator": _EVERYTHING,
    "head": _EVERYTHING,
    "clerk": frozenset({"read", "work", "record", "number", "send"}),
    "assessor": frozenset({"read", "record", "number"}),
    "secretary": frozenset({"read", "record", "number"}),
    "auditor": frozenset({"read"}),
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
    "work": "реєструвати, вирішувати про надходження, готувати проєкти",
    "record": "записувати події справи",
    "number": "вносити рядки до реєстрів",
    "approve": "погоджувати документи",
    "send": "надсилати листи",
    "void": "анульовувати й пропускати номери",
    "close": "закривати рік",
}


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
