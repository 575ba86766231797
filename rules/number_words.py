"""Ukrainian numbers in words, as they stand in dates and ages: «двадцять шостого», «дев’яти»."""

from __future__ import annotations

from rules.text import fold

_UNITS = {
    1: "один одна одне одного одної одному однієї",
    2: "два дві двоє двох",
    3: "три троє трьох",
    4: "чотири четверо чотирьох",
    5: "п’ять п’яти п’ятьох п’ятеро",
    6: "шість шести шістьох шестеро",
    7: "сім семи сімох семеро",
    8: "вісім восьми вісьмох восьмеро",
    9: "дев’ять дев’яти дев’ятьох дев’ятеро",
}
_TEENS = {
    10: "десять десяти десятьох десятеро",
    **{
        number: f"{stem}ть {stem}ти {stem}тьох"
        for number, stem in enumerate(
            (
                "одинадця",
                "дванадця",
                "тринадця",
                "чотирнадця",
                "п’ятнадця",
                "шістнадця",
                "сімнадця",
                "вісімнадця",
                "дев’ятнадця",
            ),
            11,
        )
    },
}
_TENS = {
    20: "двадцять двадцяти",
    30: "тридцять тридцяти",
    40: "сорок сорока",
    50: "п’ятдесят п’ятдесяти",
    60: "шістдесят шістдесяти",
    70: "сімдесят сімдесяти",
    80: "вісімдесят вісімдесяти",
    90: "дев’яносто дев’яноста",
}
_ORDINAL_STEMS = {
    1: "перш",
    2: "друг",
    3: "трет",
    4: "четверт",
    5: "п’ят",
    6: "шост",
    7: "сьом",
    8: "восьм",
    9: "дев’ят",
    10: "десят",
    11: "одинадцят",
    12: "дванадцят",
    13: "тринадцят",
    14: "чотирнадцят",
    15: "п’ятнадцят",
    16: "шістнадцят",
    17: "сімнадцят",
    18: "вісімнадцят",
    19: "дев’ятнадцят",
    20: "двадцят",
    30: "тридцят",
    40: "сороков",
    50: "п’ятдесят",
    60: "шістдесят",
    70: "сімдесят",
    80: "вісімдесят",
    90: "дев’яност",
}
_CARDINALS = {
    word: number
    for table in (_UNITS, _TEENS, _TENS)
    for number, words in table.items()
    for word in words.split()
}
_ORDINALS = {
    stem + ending: number
    for number, stem in _ORDINAL_STEMS.items()
    for ending in (("є", "ього", "ій") if number == 3 else ("е", "ого", "ий"))
}
_THOUSANDS = {"дві тисячі": 2000, "двох тисяч": 2000, "тисяча дев’ятсот": 1900}
_THOUSANDS["одна тисяча дев’ятсот"] = 1900


def cardinal(text: str) -> int | None:
    """The number 1–99 that ``text`` says in words, in any case («двадцять одного»), or None."""
    return _below_hundred(fold(text).split(), _CARDINALS)


def ordinal(text: str) -> int | None:
    """The number 1–99 that ``text`` says as an ordinal («тридцять першого»), or None."""
    return _below_hundred(fold(text).split(), _ORDINALS)


def year(text: str) -> int | None:
    """The year that ``text`` says («дві тисячі двадцять шостого»), or None."""
    words = fold(text)
    for prefix, thousands in _THOUSANDS.items():
        if words.startswith(prefix + " "):
            rest = ordinal(words[len(prefix) :])
            return None if rest is None else thousands + rest
    return 2000 if words in ("двохтисячного", "двотисячного") else None


def _below_hundred(words: list[str], last: dict[str, int]) -> int | None:
    if len(words) == 1:
        return last.get(words[0])
    if len(words) != 2:
        return None
    tens, units = _CARDINALS.get(words[0], 0), last.get(words[1], 0)
    return tens + units if tens in _TENS and 1 <= units <= 9 else None
