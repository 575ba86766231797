"""What lets two notices be suspected of one family: surnames in any form, addresses, children.

All of it only proposes: a false «maybe» costs a clerk a glance, so simple stems are enough. The
cost is bounded: long texts and long lists of people are cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from rules.text import fold

_LONGEST_TEXT = 2000
_MOST_PEOPLE = 40
_LONGEST_NAME = 120
_SHORTEST_STEM = 3

# Endings of Ukrainian surnames, nouns and adjectives, in all cases and both numbers.
_ENDINGS = (
    *("ами", "ями", "ові", "еві", "єві", "ими", "іми", "ого", "ому", "ої", "ою", "ею", "єю"),
    *("ій", "ий", "їй", "им", "ім", "их", "іх", "ом", "ем", "єм", "ам", "ям", "ах", "ях"),
    *("ів", "їв", "о", "а", "у", "и", "і", "ї", "е", "є", "й", "ь", "я", "ю", ""),
)
# A vowel that comes and goes: Хвилинець – Хвилинця, Заєць – Зайця, Качок – Качка.
_FLEETING = (("єць", "йц"), ("ець", "ц"), ("ок", "к"), ("ень", "н"))
_WORD = re.compile(r"[^\W\d_]+")
_PATRONYMIC = re.compile(
    r"(?:[оеєї]вич|ьович|йович|ліч|міч)(?:а|у|ем|еві|і)?$|[іїо]вн(?:а|и|і|у|ою|о)$"
)
_SURNAME_END = re.compile(
    r"(?:енк|[чщ]ук|[юу]к|[ая]к|[сц]ьк|ець|[оеє]в|[іи]в|ник|ишин|ко)(?:[аоуиіеюя]|ий|ого|ому|ою|ої|ом|ові|им)?$"
)
_FAMILY = re.compile(
    r"(?:сім(?:’я|’ї|’ю|’єю|я|ї|ю)|родин[аиіу]|родиною|подружж[яюі])\s+(?:гр\.?\s+)?"
    r"([^\W\d_]{3,}(?:-[^\W\d_]{3,})?)"
)
# Words that stand where a surname would, and are none.
_NO_SURNAME = re.compile(
    r"(?:невідом|невстановл|анонім|дит|діт|хлопч|дівч|матір|мати|матер|мам|бать|тат|баб|дід|"
    r"опікун|малолітн|неповнолітн|сім|родин|двом|трьом|чотирьом|багатод|яка|який|які|мешка|прожива)"
)


class Place(NamedTuple):
    """An address as compared: words of the street and the settlement, house and flat numbers."""

    street: frozenset[str]
    settlement: frozenset[str]
    numbers: tuple[str, ...]


class _Names(NamedTuple):
    surname: str
    given: str
    patronymic: str


def people(values: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The people of a form's values, at most as many as are worth comparing."""
    return list(values.get("persons") or [])[:_MOST_PEOPLE]


def surname_stems(values: Mapping[str, Any]) -> frozenset[str]:
    """The stems of every surname in the subject: equal for all cases, genders and numbers.

    Both halves of a double surname count, as relatives often share but one.
    """
    subject = fold(str(values.get("subject") or "")[:_LONGEST_TEXT])
    surnames = [names(person.get("name")).surname for person in people(values)]
    surnames += [match[1] for match in _FAMILY.finditer(subject)]
    halves = (half for surname in surnames for half in surname.split("-"))
    return frozenset(
        stem for half in halves if half and not _NO_SURNAME.match(half) for stem in stems(half)
    )


def stems(word: str) -> frozenset[str]:
    """The stems that a surname may have, one for each ending that it may end with."""
    word = word.replace("’", "")
    found = {word[: len(word) - len(end)] for end in _ENDINGS if word.endswith(end)}
    found |= {word.removesuffix(end) + stem for end, stem in _FLEETING if word.endswith(end)}
    return frozenset(stem for stem in found if len(stem) >= _SHORTEST_STEM)


def names(name: str | None) -> _Names:
    """A name in its parts; a single word that is no patronymic is a given name."""
    words = [w for w in fold((name or "")[:_LONGEST_NAME]).split() if _WORD.match(w)]
    words = [word.strip(',;()"«»') for word in words]
    fathers = next((n for n, word in enumerate(words) if n and _PATRONYMIC.search(word)), None)
    if fathers is not None:
        rest = words[: fathers - 1] + words[fathers + 1 :]
        return _Names(rest[0] if rest else "", words[fathers - 1], words[fathers])
    if len(words) < 2:
        return _Names("", words[0] if words else "", "")
    last_first = _SURNAME_END.search(words[1]) and not _SURNAME_END.search(words[0])
    surname, given = (words[1], words[0]) if last_first else (words[0], words[1])
    return _Names(surname, given, "")


def same_person(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether two mentions may be of one child: the given name, and the birth or name and age."""
    first, second = names(old.get("name")), names(new.get("name"))
    if not _agree(first.given, second.given):
        return False
    births = old.get("birth_date"), new.get("birth_date")
    if all(births):
        return bool(births[0] == births[1])
    return _agree(first.patronymic, second.patronymic) and _same_age(old, new)


def place(address: str | None) -> Place | None:
    """An address ready to be compared; None without a house number: a street alone is no home."""
    text = fold((address or "")[:_LONGEST_TEXT])
    text = _POSTCODE.sub(" ", _REGION.sub(" ", text))
    numbers = tuple(_HOUSE_SIGN.sub("", match[0]) for match in _HOUSE.finditer(text))
    settlement = frozenset(_short(match[1]) for match in _SETTLEMENT.finditer(text))
    words = (w for w in _WORD.findall(_SETTLEMENT.sub(" ", _HOUSE.sub(" ", text))))
    street = frozenset(_short(word) for word in words if not _ADDRESS_WORD.fullmatch(word))
    return Place(street, settlement, numbers) if numbers and (street or settlement) else None


def same_place(old: Place, new: Place) -> bool:
    """Whether two addresses are one: the same numbers and street, no other settlement."""
    if old.numbers != new.numbers or old.street != new.street:
        return False
    if old.settlement and new.settlement:
        return old.settlement == new.settlement
    return bool(old.street)


_POSTCODE = re.compile(r"\b\d{5}\b")
_REGION = re.compile(
    r"[\w’-]+\s+(?:обл(?:асть|асті)?|р-н|району?|тг|отг|громад[аи])\b\.?|\bукраїна\b"
)
_HOUSE = re.compile(r"\d+(?:[\s-]?[абвгдеєжзиі](?![\w.’]))?")
_HOUSE_SIGN = re.compile(r"[\s-]")
_SETTLEMENT = re.compile(
    r"\b(?:с-ще|смт|сел[оаі]|селищ[еаі]|міст[оаі]|м|с)\b\.?\s*([^\W\d_]{3,}(?:[-’][^\W\d_]+)*)"
)
_ADDRESS_WORD = re.compile(
    r"вул|вулиц[яіюею]+|пров|провул(?:ок|ку)|просп|проспект|пл|площа|бульв|бульвар|шосе|"
    r"буд|будин(?:ок|ку)|кв|квартир[аиі]|корп|корпус|під|кімн|кім|гурт|гуртожит(?:ок|ку)|"
    r"м|с|смт|у|в|на|по|за|адрес(?:а|ою)|прожива\w+|мешка\w+"
)


def _short(word: str) -> str:
    return min(stems(word), key=len, default=word)


def _agree(first: str, second: str) -> bool:
    return bool(first and second) and not stems(first).isdisjoint(stems(second))


def _same_age(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    years = old.get("birth_year"), new.get("birth_year")
    if all(years):
        return bool(years[0] == years[1])
    ages = old.get("age"), new.get("age")
    # A birthday may lie between the two notices.
    return ages[0] is not None and ages[1] is not None and abs(ages[0] - ages[1]) <= 1


def any_same_person(old: Iterable[Mapping[str, Any]], new: Iterable[Mapping[str, Any]]) -> bool:
    """Whether anybody of the one list may be somebody of the other."""
    others = list(new)
    return any(same_person(one, other) for one in old for other in others)
