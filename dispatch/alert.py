"""The words of an alert: numbers and links alone, so that they may stand in any mailbox.

Law: RFC 3834 (what marks a mail that no person has written, and that nobody may answer).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

AUTOMATIC: Mapping[str, str] = {
    "Auto-Submitted": "auto-generated",
    "X-Auto-Response-Suppress": "All",
    "Importance": "high",
}
_DANGER = """\
Можлива загроза життю чи здоров’ю дитини. Негайно відкрийте:

{lines}

Це повідомлення надходитиме знову кожні {minutes} хв, доки хтось не підтвердить, що взяв справу
в роботу:

    opika status --acknowledge {ids}

Одне й те саме сповіщення може надійти двічі.

{office}
"""
_FAULTS = """\
{lines}

Подробиці: opika status

Це повідомлення надходить раз на добу, доки несправність не усунуто.
"""


@dataclass(frozen=True, slots=True)
class Danger:
    """One danger as it is told.

    Attributes:
        id: of the alert, which is acknowledged by it.
        sure: whether a sign of danger was found; False: nobody could judge it.
        name: «запис № 12 (ssd, 2026)» or «надходження 9».
        link: where to read more; "" where there is no such page.
    """

    id: int
    sure: bool
    name: str
    link: str


def danger_subject(dangers: Sequence[Danger]) -> str:
    """The subject of a mail that tells of these."""
    word = "Терміново" if any(danger.sure for danger in dangers) else "Можливо терміново"
    what = dangers[0].name if len(dangers) == 1 else f"сповіщень – {len(dangers)}"
    return f"{word}: {what}"


def danger_text(dangers: Sequence[Danger], minutes: int, office: str) -> str:
    """The body of a mail that tells of these.

    Args:
        dangers: at least one.
        minutes: how often they are told.
        office: whose service writes.
    """
    ids = str(dangers[0].id) if len(dangers) == 1 else "all"
    lines = "\n".join(_line(danger) for danger in dangers)
    return _DANGER.format(lines=lines, minutes=minutes, ids=ids, office=office)


def _line(danger: Danger) -> str:
    word = "терміново" if danger.sure else "можливо терміново"
    return f"  [{danger.id}] {word}: {danger.name}  {danger.link}".rstrip()


def fault_subject(lasting: Sequence[str], over: Sequence[str]) -> str:
    """The subject of a mail to the administrator; what is wrong, or no longer."""
    if lasting:
        return f"Opika: несправність – {lasting[0]}" + (" та інші" if lasting[1:] else "")
    return f"Opika: усунуто – {over[0]}" + (" та інші" if over[1:] else "")


def fault_text(lasting: Sequence[str], over: Sequence[str]) -> str:
    """The body of a mail to the administrator."""
    lines = [f"Несправність: {words}." for words in lasting] + [
        f"Усунуто: {words}." for words in over
    ]
    return _FAULTS.format(lines="\n".join(lines))
