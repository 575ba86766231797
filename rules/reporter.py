"""Who reported stays hidden from those who need not know it: not even inside a quoted text.

Law: п. 13 of the Порядок (confidentiality of those who have found the child).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rules.text import fold

HIDDEN = "[ім’я заявника вилучено]"
"""What stands in a letter to a third party in place of the name."""
NOT_SHOWN = "[заявника приховано]"
"""What stands in place of name, telephone and address for whoever may not see them."""

_WORD = re.compile(r"[А-ЯІЇЄҐ][А-ЯІЇЄҐа-яіїєґ’']{2,}")
_ANY_WORD = re.compile(r"[А-ЯІЇЄҐа-яіїєґ’']{3,}")
_VOWEL = re.compile("[АЕЄИІЇОУЮЯ]")
_MAIL_ADDRESS = re.compile(r"[^\s<>,;()«»\"]{1,64}@[^\s<>,;()«»\"@]{1,255}\.\w{2,63}")
_TELEPHONE = re.compile(r"\+?\d(?:[\s()-]{0,2}\d){6,}")
# A telephone or address right after the name is the reporter's, wherever else it is written.
_BESIDE = re.compile(
    rf"{re.escape(NOT_SHOWN)}"
    r"([\s(,;:–-]{0,9}(?:(?:моб|тел|т|номер|пошта|e-mail)[\w.]{0,12}[\s.:№]{0,3}){0,2})"
    rf"(?:{_TELEPHONE.pattern}|{_MAIL_ADDRESS.pattern})"
)
# With or without the country's and the area's code it is one telephone.
_TELLING_FIGURES = 7
_PRIVATE_KINDS = frozenset({"self", "relatives", "neighbours", "anonymous"})
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


@dataclass(frozen=True, slots=True)
class Reporter:
    """What would tell who reported.

    Attributes:
        names: patterns for runs of names, each with the names without which a run tells nothing.
        contacts: addresses of mail in lower case, and the last figures of telephones.
        private: no organisation wrote: the sender is the reporter.
    """

    names: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    contacts: frozenset[str]
    private: bool

    def out_of(self, text: str) -> str:
        """The text with name, telephone and mail address replaced by NOT_SHOWN."""
        for run, telling in self.names:
            text = _without(text, run, telling, NOT_SHOWN)
        text = _BESIDE.sub(rf"{NOT_SHOWN}\1{NOT_SHOWN}", text)
        text = _MAIL_ADDRESS.sub(lambda found: self._contact(found[0], found[0].lower()), text)
        return _TELEPHONE.sub(lambda found: self._contact(found[0], _figures(found[0])), text)

    def _contact(self, text: str, contact: str) -> str:
        return NOT_SHOWN if contact in self.contacts else text


def reporter_of(notices: Iterable[Mapping[str, Any]]) -> Reporter:
    """What would tell who reported, by all that an entry says and has said.

    Args:
        notices: values by the keys of the parse contract.
    """
    known, names, contacts, private = set(), [], set[str](), False
    for values in notices:
        alone = is_private(values)
        private = private or alone
        keys = ("reporter", "sender") if alone else ("reporter",)
        people = " ".join(values.get(key) or "" for key in keys)
        contacts |= _contacts(people)
        if alone:
            contacts |= _contacts(f"{values.get('sender_email')} {values.get('sender_phone')}")
        subject = values.get("subject") or ""
        if (people, subject) not in known:
            known.add((people, subject))
            names += _names(people, subject)
    return Reporter(tuple(names), frozenset(contacts), private)


def is_private(values: Mapping[str, Any]) -> bool:
    """Whether a private person reported, not an organisation: then the sender is the reporter."""
    return not values.get("sender") or bool(
        _PRIVATE_KINDS & set(values.get("reporter_kinds") or ())
    )


def without_reporter(text: str, values: Mapping[str, Any]) -> str:
    """The text with the reporter's name, in whatever case it stands, replaced by HIDDEN.

    Names that the notification also gives to the family stay: they are the child's own, or the
    reporter is the family and cannot be left out of a letter about it.

    Args:
        text: a text of the notification.
        values: the notification's values: ``reporter``, ``accepted_by``, ``subject``.
    """
    people = " ".join(values.get(key) or "" for key in ("reporter", "accepted_by"))
    for run, telling in _names(people, values.get("subject") or ""):
        text = _without(text, run, telling, HIDDEN)
    return text


def _names(people: str, subject: str) -> list[tuple[re.Pattern[str], re.Pattern[str]]]:
    """How people's names are found; empty if they are nobody's but the family's."""
    family = {fold(word) for word in _ANY_WORD.findall(subject)}
    # Who types in haste writes no capitals.
    words = _WORD.findall(people) or [word.capitalize() for word in _ANY_WORD.findall(people)]
    hasty = not _WORD.search(people)
    named = [word.capitalize() for word in words if _is_name(word)]
    own = {_stem(word) for word in named if fold(word) not in family}
    if not own:
        return []
    name, telling = _pattern({_stem(word) for word in named}), _pattern(own)
    initial = r"[А-ЯІЇЄҐ]\."
    run = rf"(?:\b{initial}\s?)*{name}(?:[\s-]+{name})*(?:\s?{initial})*"
    flags = re.IGNORECASE if hasty else re.NOFLAG
    return [(re.compile(run, flags), re.compile(telling, flags))]


def _without(text: str, run: re.Pattern[str], telling: re.Pattern[str], mark: str) -> str:
    return run.sub(lambda found: mark if telling.search(found[0]) else found[0], text)


def _contacts(text: str) -> set[str]:
    addresses = {found.lower() for found in _MAIL_ADDRESS.findall(text)}
    return addresses | {_figures(found) for found in _TELEPHONE.findall(text)}


def _figures(telephone: str) -> str:
    return re.sub(r"\D", "", telephone)[-_TELLING_FIGURES:]


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
