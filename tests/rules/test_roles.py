"""Who may do what."""

from __future__ import annotations

import pytest

from opika.errors import NotAllowedError
from rules.roles import ACTION_WORDS, ACTIONS, ROLE_WORDS, ROLES, Role, check, may


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        ("administrator", set(ACTIONS)),
        ("head", set(ACTIONS) - {"erase"}),
        ("clerk", {"read", "reporter", "work", "record", "number", "send"}),
        ("assessor", {"read", "record", "number"}),
        ("secretary", {"read", "record", "number"}),
        ("auditor", {"read", "views"}),
    ],
)
def test_a_role_allows_this_and_nothing_else(role: Role, allowed: set[str]) -> None:
    assert {action for action in ACTIONS if may(role, action)} == allowed


def test_every_role_and_action_has_its_words() -> None:
    assert (set(ROLE_WORDS), set(ACTION_WORDS)) == (set(ROLES), set(ACTIONS))


def test_a_refusal_names_those_who_may() -> None:
    check("clerk", "send")
    with pytest.raises(NotAllowedError) as refused:
        check("clerk", "close")
    assert refused.value.clerk_message == (
        "Ваша роль – працівник: вона не дозволяє закривати рік. Це можуть: адміністратор, керівник."
    )
