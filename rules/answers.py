"""Letters that answer ours: which of our numbers they cite, and what they say has happened."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from rules.found_dates import find_dates
from rules.text import fold

_MOST_LETTERS = 100_000
_MOST_CITED = 20
_NEAR = 40
_REPLY = re.compile(r"^(?:re|aw|на|відп|відповідь|ответ)\s*(?:\[\d+\]|\(\d+\))?\s*:")
_NUMBER = r"(?:№|#)\s*(?P<number>\w[\w./-]*(?:\s?[/-]\s?\w[\w.-]*)*)"
# «на Ваш запит від 04.03.2026 № 01-12/7», «щодо повідомлення № 12», «зареєстровано за № 3»
_CITED = re.compile(
    r"\b(?:на|щодо|стосовно|відповід\w*|виконання|згідно|до|за|зареєстрован\w*|реєстраційн\w+)\b"
    r"(?:[\s(]+(?:на|до|з|за|ваш\w*|вих\w*\.?|вх\w*\.?|лист\w*|запит\w*|звернен\w*|повідомлен\w*|"
    r"клопотан\w*|запис\w*|журнал\w*|номер\w*|наш\w*)){0,6}"
    r"(?P<between>[\s(]+від\s[^№#]{4,24})?[\s(]*" + _NUMBER
)
_BARE = re.compile(_NUMBER)

# Law: Порядок, п. 18: the conclusion on the family's needs ends ЦСС's five days, and is sent.
_CONCLUSION = re.compile(
    r"\b(?:висновок|висновк\w+|акт)\b[^.!?]{0,60}\bоцін(?:ки|ку|ювання)\s+потреб"
)
_ANSWERED_BY: Mapping[str, tuple[re.Pattern[str], str]] = {
    "assessment_request": (_CONCLUSION, "conclusion_received"),
}
ASKING = frozenset(_ANSWERED_BY)
"""Kinds of our letters that ask for something: what answers them is no new notification."""
# A heading stands at the beginning; «висновок надішлемо пізніше» in a letter is none.
_HEADING = 1_500


class Citation(NamedTuple):
    """A number that a letter refers to, as it writes it, and the date beside it."""

    number: str
    dated: date | None


def cited(text: str, *, subject: bool = False) -> list[Citation]:
    """The numbers of other letters that a letter says it answers; its own number is none of them.

    Args:
        text: the letter, or its subject.
        subject: a subject line: behind «Re:» every number is one that is answered.
    """
    folded = fold(text[:_MOST_LETTERS])
    pattern = _BARE if subject and _REPLY.match(folded) else _CITED
    found = [_citation(match, folded) for match in pattern.finditer(folded)]
    return list(dict.fromkeys(found))[:_MOST_CITED]


def _citation(match: re.Match[str], text: str) -> Citation:
    number = re.sub(r"\s+", "", match["number"]).rstrip("./-")
    between = match.groupdict().get("between")
    after = text[match.end() : match.end() + _NEAR]
    beside = between or (after if after.lstrip(" (,").startswith("від") else "")
    dates = [found.value for found in find_dates(beside) if found.value]
    return Citation(number, dates[0] if dates else None)


def told_events(kind: str | None, papers: Iterable[str]) -> Collection[str]:
    """Kinds of events (:data:`rules.casework.KINDS`) that an answer is.

    Law: Порядок, п. 18: the conclusion is what ends the clock; a letter that only speaks of a
    conclusion does not.

    Args:
        kind: of the letter of ours that is answered; None: not known, every kind may be.
        papers: the texts of the papers that came with the answer, not the mail's own.
    """
    headings = [fold(paper[:_HEADING]) for paper in papers]
    return {
        event
        for asked, (paper, event) in _ANSWERED_BY.items()
        if kind in (None, asked) and any(paper.search(heading) for heading in headings)
    }
