"""What lets two notices be suspected of one family: surnames in any form, addresses, children.

All of it only proposes: a false «maybe» costs a clerk a glance, so simple stems are enough. The
cost is bounded: long texts and long lists of people are cut.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from rules.text import APOSTROPHES, fold, mend_look_alikes, tidy

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
# What changes before an ending: Хвилинець – Хвилинця, Заєць – Зайця, Соловей, Шишка – Шишці.
_CHANGES = (
    *(("єць", "йц"), ("ець", "ц"), ("лець", "льц"), ("ок", "к"), ("ень", "н"), ("ей", "")),
    *(("ці", "к"), ("зі", "г"), ("сі", "х"), ("ього", ""), ("ьому", ""), ("ьою", "")),
)
_CLOSED_I = re.compile(r"і(?=[^аеєиіїоуюя]+$)")  # Сокіл – Сокола, Лебідь – Лебедя
_WORD = re.compile(r"[^\W\d_]+")
_PATRONYMIC = re.compile(
    r"(?:[оеєї]вич|ьович|йович|ліч|міч)(?:а|у|ем|еві|і)?$|[іїо]вн(?:а|и|і|у|ою|о)$"
)
_SURNAME_END = re.compile(
    r"(?:енк|[чщ]ук|[юу]к|[ая]к|[сц]ьк|ець|[оеє]в|[іи]в|ник|ишин|ко)(?:[аоуиіеюя]|ий|ого|ому|ою|ої|ом|ові|им)?$"
)
# «сім’я Погодюк»: only a capital tells the surname from «сім’я переселенців».
_FAMILY = re.compile(
    rf"(?i:сім\W?(?:я|ї|ю|єю)|родин(?:а|и|і|у|ою)|подружж(?:я|ю|і))\s+(?:гр\.?\s+)?"
    rf"([А-ЯІЇЄҐ][\w{APOSTROPHES}-]{{2,}})"
)
# Words that stand where a surname would, and are none.
_NO_SURNAME = re.compile(
    r"невідом\w*|невстановлен\w*|анонім\w*|дитин[аиіу]|дитиною|діт(?:и|ей|ям|ьми)|"
    r"хлопч(?:ик|ика|ики)|дівчин\w+|ма(?:ти|тері|тір)|бать(?:ко|ка|ки)|баб(?:а|уся|усі)|дідусь|"
    r"опікун\w*|малолітн\w+|неповнолітн\w+|сім’[яїю]|родин[аиіу]"
)
_POSTCODE = re.compile(r"\b\d{5}\b")
_REGION = re.compile(
    r"[\w’-]+\s+(?:обл(?:асть|асті)?|р-н|району?|тг|отг|громад[аи])\b\.?|\bукраїна\b"
)
_HOUSE = re.compile(r"\d+(?:-?[абвгдеєжзиі](?![\w.’])|\s[абвгдеєжзиі](?=\s*(?:[,;]|$)))?")
_HOUSE_SIGN = re.compile(r"[\s-]")
_SETTLEMENT = re.compile(
    r"\b(?:с-ще|смт|сел[оаі]|селищ[еаі]|міст[оаі]|м|с)\b\.?\s*([^\W\d_]{3,}(?:[-’][^\W\d_]+)*)"
)
_ADDRESS_WORD = re.compile(
    r"вул|вулиц[яіюею]+|пров|провул(?:ок|ку)|просп|проспект|пл|площа|бульв|бульвар|шосе|"
    r"буд|будин(?:ок|ку)|кв|квартир[аиі]|корп|корпус|під|кімн|кім|гурт|гуртожит(?:ок|ку)|"
    r"м|с|смт|у|в|на|по|за|адрес(?:а|ою)|прожива\w+|мешка\w+"
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


def surname_words(values: Mapping[str, Any]) -> frozenset[str]:
    """Every surname in the subject, folded; of a double one both halves.

    Relatives often share but one of them.
    """
    subject = mend_look_alikes(tidy((values.get("subject") or "")[:_LONGEST_TEXT]))
    surnames = [names(person.get("name")).surname for person in people(values)]
    surnames += [fold(match[1]) for match in _FAMILY.finditer(subject)]
    halves = (half for surname in surnames for half in surname.split("-"))
    return frozenset(half for half in halves if half and not _NO_SURNAME.fullmatch(half))


def surname_stems(values: Mapping[str, Any]) -> frozenset[str]:
    """The stems of every surname in the subject: equal for all cases, genders and numbers."""
    return frozenset(stem for half in surname_words(values) for stem in stems(half))


@lru_cache(maxsize=20_000)
def stems(word: str) -> frozenset[str]:
    """The stems that a surname may have, one for each ending that it may end with."""
    word = word.replace("’", "")
    found = {word[: len(word) - len(end)] for end in _ENDINGS if word.endswith(end)}
    found |= {word.removesuffix(end) + stem for end, stem in _CHANGES if word.endswith(end)}
    found |= {_CLOSED_I.sub(vowel, stem) for vowel in "ое" for stem in found}
    return frozenset(stem for stem in found if len(stem) >= _SHORTEST_STEM)


def names(name: str | None) -> _Names:
    """A name in its parts; a single word that is no patronymic is a given name."""
    found = (word.strip(',;.()"«»') for word in fold((name or "")[:_LONGEST_NAME]).split())
    words = [word for word in found if _WORD.match(word)]
    fathers = next((n for n, word in enumerate(words) if n and _PATRONYMIC.search(word)), None)
    if fathers is not None:
        return _Names(_beside(words, fathers), words[fathers - 1], words[fathers])
    if len(words) < 2:
        return _Names("", words[0] if words else "", "")
    last_first = _SURNAME_END.search(words[1]) and not _SURNAME_END.search(words[0])
    surname, given = (words[1], words[0]) if last_first else (words[0], words[1])
    return _Names(surname, given, "")


def _beside(words: list[str], fathers: int) -> str:
    """The surname before the given name, or after the patronymic."""
    if fathers >= 2:
        return words[fathers - 2]
    if len(words) > fathers + 1:
        return words[fathers + 1]
    # «Мацкевич» is a surname and looks like a patronymic.
    return "" if "вн" in words[fathers][-4:] else words[fathers]


def place(address: str | None) -> Place | None:
    """An address ready to be compared; None without a house number: a street alone is no home."""
    text = fold((address or "")[:_LONGEST_TEXT])
    text = _POSTCODE.sub(" ", _REGION.sub(" ", text))
    numbers = tuple(_HOUSE_SIGN.sub("", match[0]) for match in _HOUSE.finditer(text))
    settlement = frozenset(shortest_stem(match[1]) for match in _SETTLEMENT.finditer(text))
    words = (w for w in _WORD.findall(_SETTLEMENT.sub(" ", _HOUSE.sub(" ", text))))
    street = frozenset(shortest_stem(word) for word in words if not _ADDRESS_WORD.fullmatch(word))
    return Place(street, settlement, numbers) if numbers and (street or settlement) else None


def settlements(address: str | None) -> frozenset[str]:
    """The stems of the villages and towns that an address names."""
    text = fold((address or "")[:_LONGEST_TEXT])
    return frozenset(shortest_stem(match[1]) for match in _SETTLEMENT.finditer(text))


def same_place(old: Place, new: Place) -> bool:
    """Whether two addresses are one: the same numbers and street, no other settlement.

    A settlement without a sign («Долинка, Садова 11») is read as a word of the street.
    """
    if old.numbers != new.numbers:
        return False
    if bool(old.settlement) != bool(new.settlement):
        marked, bare = (old, new) if old.settlement else (new, old)
        written = (marked.street, marked.street | marked.settlement)
        return bool(bare.street) and bare.street in written
    if old.street != new.street:
        return False
    return old.settlement == new.settlement if old.settlement else bool(old.street)


def shortest_stem(word: str) -> str:
    """The shortest of its stems, the same one in every process; itself where it has none."""
    return min(stems(word), key=lambda stem: (len(stem), stem), default=word)
