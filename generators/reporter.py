"""A letter to a third party never names who reported: not even inside the quoted text.

Law: п. 13 of the Порядок (confidentiality of those who have found the child).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from rules.text import fold

HIDDEN = "[ім’я заявника вилучено]"
_WORD = re.compile(r"[А-ЯІЇЄҐ][А-ЯІЇЄҐа-яіїєґ’']{2,}")
_VOWEL = re.compile("[АЕЄИІЇОУЮЯ]")
# What a reporter is, written with a capital letter: no name, and needed in the story.
_POST_WORDS = (
    "директор директорка вчитель вчителька учитель учителька вихователь вихователька психолог "
    "психологиня лікар лікарка медсестра медична сестра фельдшер фельдшерка поліцейський "
    "поліцейська дільничний староста спеціаліст спеціалістка фахівець фахівчиня головний головна "
    "провідний провідна соціальний соціальна педагог сусід сусідка мати мама батько бабуся дідусь "
    "тітка дядько родичка родич заявник заявниця громадянин громадянка завідувач завідувачка "
    "асистент асистентка начальник начальниця інспектор інспекторка класний класна керівник "
    "керівниця заступник заступниця центр гімназія ліцей школа лікарня амбулаторія служба"
)
_POSTS = frozenset(_POST_WORDS.split())


def without_reporter(text: str, values: Mapping[str, Any]) -> str:
    """The text with the reporter's name, in whatever case it stands, replaced by HIDDEN.

    Names that the notification also gives to the family stay: they are the child's own, or the
    reporter is the family and cannot be left out of a letter about it.

    Args:
        text: a text of the notification.
        values: the notification's values: ``reporter``, ``accepted_by``, ``subject``.
    """
    family = {fold(word) for word in _WORD.findall(values.get("subject") or "")}
    people = " ".join(values.get(key) or "" for key in ("reporter", "accepted_by"))
    named = [word.capitalize() for word in _WORD.findall(people) if _is_name(word)]
    own = {_stem(word) for word in named if fold(word) not in family}
    if not own:
        return text
    name, anywhere = _pattern({_stem(word) for word in named}), re.compile(_pattern(own))
    initial = r"[А-ЯІЇЄҐ]\."
    return re.sub(
        rf"(?:\b{initial}\s?)*{name}(?:[\s-]+{name})*(?:\s?{initial})*",
        lambda found: HIDDEN if anywhere.search(found[0]) else found[0],
        text,
    )


def _is_name(word: str) -> bool:
    """Whether a capitalised word can be a name: no post, and no abbreviation (ЗДО, ЦПМСД)."""
    abbreviation = word.isupper() and (len(word) < 5 or not _VOWEL.search(word))
    return not abbreviation and fold(word) not in _POSTS


def _pattern(stems: Collection[str]) -> str:
    """Any of the names in any case, written as usual or in capitals."""
    names = "|".join(f"{re.escape(stem[0])}(?i:{re.escape(stem[1:])})" for stem in sorted(stems))
    return rf"\b(?:{names})(?i:[а-яіїєґ’']{{0,4}})\b"


def _stem(word: str) -> str:
    """What is left of a name in all its cases («Вишняковець», «Вишняковця» → «Вишняков»)."""
    return word[: max(3, len(word) - (3 if len(word) > 5 else 1))]
