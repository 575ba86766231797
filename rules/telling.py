"""Whether a text reads like a notification: such a text is never set aside without a person."""

from __future__ import annotations

import re

from rules.text import fold

# Two labels of the form, or a sentence that tells something about a child or a family.
_LABELS = (
    "додаток 1",
    "дата вих",
    "зміст повідомлення",
    "місце проживання",
    "складних життєвих обставинах",
    "вжиті заходи",
    "надійшло:",
    "зареєстровано в журналі",
)
_TELLING = re.compile(
    r"\b(повідомля|інформує|звертає|просимо|прошу|доводимо до|стало відомо|виявлен|виявив)\w*"
    r"[^.!?]{0,200}\b(дитин|діт(ей|ьми|ям|и)|неповнолітн|малолітн|підліт|учн|учениц|вихован|"
    r"сім.?[яїює]|родин|син|доньк|дочк|батьк)"
)


def own_words(text: str) -> str:
    """A letter's text without the lines that it quotes of another one."""
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith(">"))


def reads_like_notification(text: str) -> bool:
    """Whether the letter's own words tell something about a child or a family."""
    own = fold(own_words(text))
    return sum(label in own for label in _LABELS) >= 2 or bool(_TELLING.search(own))
