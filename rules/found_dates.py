"""Dates in running text, as people write them in Ukrainian papers, and how sure each is.

Day comes before month («05/03/2026» is 5 March). Two figures of a year mean 1950–2049.
What can be read in two ways, or does not exist, is never a sure value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import repeat

from rules import number_words
from rules.text import APOSTROPHES, fold
from rules.wording import MONTHS

_MONTH_FORMS = (
    "січень",
    "січні",
    "лютий",
    "лютому",
    "березень",
    "березні",
    "квітень",
    "квітні",
    "травень",
    "травні",
    "червень",
    "червні",
    "липень",
    "липні",
    "серпень",
    "серпні",
    "вересень",
    "вересні",
    "жовтень",
    "жовтні",
    "листопад",
    "листопаді",
    "грудень",
    "грудні",
)
_RUSSIAN_MONTHS = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)
_ROMAN = {"І": 1, "ІІ": 2, "ІІІ": 3, "ІV": 4, "V": 5, "VІ": 6, "VІІ": 7, "VІІІ": 8}
_ROMAN |= {"ІХ": 9, "Х": 10, "ХІ": 11, "ХІІ": 12}
_LONGEST_GAP = 40

# Recognition of print confuses these with figures; they count only beside real figures.
_LOOK_ALIKE_FIGURES = str.maketrans("ОоOoЗзlIІі|", "00003311111")
_FIGURE = r"\d"
_BLURRED_FIGURE = "[0-9ОоOoЗзlIІі|]"

_QUOTES = "\"'«»“”„‟\u2018’`\u00b4*<>"
_FILL = rf"[\s_{_QUOTES}]"
_YEAR_WORD = r"[\s_]*(?:р\b|року\b|рік\b|році\b|г\b)"


def _numeric(figure: str) -> re.Pattern[str]:
    gap = rf"(?>{_FILL}{{0,{_LONGEST_GAP}}}+[./,\\\-–—]{{0,2}}+{_FILL}{{0,{_LONGEST_GAP}}}+)"
    return re.compile(
        rf"{_day_figures(figure)}(?P<gap1>{gap})"
        rf"(?P<month>{figure}{{1,2}}|[IІVXХ]{{1,4}})(?!{figure})(?P<gap2>{gap})"
        rf"(?P<year>{_year(figure)})(?!{figure})(?!\d)(?![./]\d)"
    )


def _worded(figure: str) -> re.Pattern[str]:
    gap = rf"(?>{_FILL}{{0,{_LONGEST_GAP}}}+[.,\-–—]?+{_FILL}{{0,{_LONGEST_GAP}}}+)"
    return re.compile(
        rf"{_day_figures(figure)}(?:-?го\b)?{gap}"
        rf"(?P<month>[^\W_]{{3,10}})(?![^\W_])"
        rf"(?:{gap}(?P<year>{_year(figure)})(?!{figure})(?!\d))?"
    )


def _day_figures(figure: str) -> str:
    """One figure or two; what may not stand before them comes behind the first, to be quicker."""
    alone = rf"(?<![^\W_а-яіїє]{figure})(?<!\d[./\-]{figure})"
    return rf"(?P<day>{figure}{alone}{figure}?)(?!{figure})"


def _year(figure: str) -> str:
    """Four figures, four with a gap as on a blank («20 26 р.»), or two."""
    return (
        rf"{figure}{{4}}|(?:19|20){_FILL}{{1,12}}+{figure}{{2}}(?={_YEAR_WORD})"
        rf"|(?!20[\s_]{{0,12}}_|(?:19|20)[\s_]{{1,12}}\d){figure}{{2}}(?![^\W_рг])"
    )


_NUMERIC, _NUMERIC_BLURRED = _numeric(_FIGURE), _numeric(_BLURRED_FIGURE)
_WORDED, _WORDED_BLURRED = _worded(_FIGURE), _worded(_BLURRED_FIGURE)
_YEAR_FIRST = re.compile(
    r"(?<![\w./\-])(?P<year>(?:19|20)\d\d)(?P<gap1>\s?[./\-]\s?)(?P<month>\d{1,2})(?P=gap1)"
    r"(?P<day>\d{1,2})(?![./\-]?\d)"
)
_MONTH_NAME = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b", re.IGNORECASE)
_FIGURE_OR_MONTH = re.compile(rf"\d|{'|'.join(MONTHS)}", re.IGNORECASE)
"""What is in every date."""
_A_FIGURE = re.compile(r"\d")
_YEAR_IN_WORDS = re.compile(
    r"\s{1,9}(?P<year>(?:(?:дві тисячі|двох тисяч|(?:одна )?тисяча дев.ятсот)"
    r"(?:\s[^\W\d_]+(?:’[^\W\d_]+)?){1,2}|дво?хтисячного|двотисячного|\d{4}))(?=\s+рок|\s+р\b|\W|\Z)",
    re.IGNORECASE,
)
# Before a day of one figure: another figure, torn off or misread («1 5.06.2026», «і5.06.2026»).
_TORN_OFF = re.compile(r"(?:[\dIІl|!][\s_]{1,3}|[іІlI|!зЗ])\Z")
_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")
_FOLLOWED_BY_YEAR_WORD = re.compile(_YEAR_WORD)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text.

    Attributes:
        value: the day, or None where it does not exist or is not whole («31 червня», «5 травня»).
        start: offset of its first character in the text.
        end: offset after its last character.
        text: as written.
        sure: whether it can be read in one way only.
    """

    value: date | None
    start: int
    end: int
    text: str
    sure: bool


def find_dates(text: str) -> list[FoundDate]:
    """Every date in ``text``, in the order of the text; they never overlap."""
    if not _FIGURE_OR_MONTH.search(text):
        return []
    found: list[FoundDate] = []
    taken: set[int] = set()  # the offsets of what was found: the earlier way of finding wins
    for one in _all_in_words(text):
        if taken.isdisjoint(range(one.start, one.end)):
            found.append(one)
            taken.update(range(one.start, one.end))
    for match, blurred in _in_figures(text) if _A_FIGURE.search(text) else ():
        # Nearly every date has the look of a blurred one too: what is found is not read again.
        free = taken.isdisjoint(range(*match.span()))
        there = _read(match, blurred=blurred) if free else None
        if there:
            found.append(there)
            taken.update(range(there.start, there.end))
    return sorted(found, key=lambda one: one.start)


def _in_figures(text: str) -> Iterator[tuple[re.Match[str], bool]]:
    """What may be a date, the plainest first; and whether letters are taken for figures in it."""
    for plain in (_YEAR_FIRST.finditer(text), _NUMERIC.finditer(text), _overlapping(_WORDED, text)):
        yield from zip(plain, repeat(False))
    for blurred in (_NUMERIC_BLURRED, _WORDED_BLURRED):
        yield from zip(blurred.finditer(text), repeat(True))


def _overlapping(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches of a pattern, also those inside another: «№ 11. Виявлено «31» серпня»."""
    match = pattern.search(text)
    while match:
        yield match
        match = pattern.search(text, match.end("day"))


def _read(match: re.Match[str], *, blurred: bool) -> FoundDate | None:
    """The date of a match of one of the patterns, or None where it is not meant as a date."""
    groups = match.groupdict()
    if blurred and not _blur_is_plain(match):
        return None
    gaps = (groups.get("gap1"), groups.get("gap2"))
    if gaps[0] is not None and gaps[1] is not None and not _gaps_fit(match, gaps[0], gaps[1]):
        return None
    month, month_sure = (_month if "gap1" in groups else _month_by_name)(groups["month"])
    if month is None:
        return None
    year, year_sure = _full_year(match)
    if year is None and not month_sure:
        return None
    value = _day(year, month, int(groups["day"].translate(_LOOK_ALIKE_FIGURES)))
    if value is None and "-" in (gaps[1] or "") and len(groups["year"]) == 2:
        return None  # a telephone number such as 00-47-08
    torn = len(groups["day"]) == 1 and _TORN_OFF.search(
        match.string, max(0, match.start() - 4), match.start()
    )
    # Commas all through are a keyboard's habit; a comma and a point are a misread figure or mark.
    mixed = "," in (gaps[0] or "") + (gaps[1] or "") and gaps != (",", ",")
    plain = not (blurred or torn or mixed)
    sure = value is not None and month_sure and year_sure and plain
    return FoundDate(value, match.start(), match.end(), match[0], sure)


def _blur_is_plain(match: re.Match[str]) -> bool:
    """Whether enough of a blurred date is figures; «І.І., 2010» is somebody's initials."""
    parts = [match[name] or "" for name in ("day", "year")]
    if "gap1" in match.groupdict():
        parts.append(match["month"])
        if match["gap1"].strip() != match["gap2"].strip():
            return False
        if any(len(part) == 1 and not part.isdigit() for part in parts):
            return False
    return sum(sign.isdigit() for sign in "".join(parts)) >= 3


def _gaps_fit(match: re.Match[str], first: str, second: str) -> bool:
    """Whether numbers so separated are a date and not a list, a phone or a number of a paper."""
    if not first or not second:
        return False
    long_year = len(match["year"]) >= 4
    if "," in first + second:
        if first.strip() + second.strip() == ",,":  # «24,03,2026», but not «2, 3, 2026»
            return long_year and first + second == ",," and len(match["month"]) == 2
        return long_year
    marks = [gap.strip(" \t\r\n\u00a0_" + _QUOTES) for gap in (first, second)]
    if marks == ["", ""]:
        in_a_row = match.string[max(0, match.start() - 2) : match.start()]
        lengths = (len(match["day"]), len(match["month"]))
        return long_year and lengths == (2, 2) and not in_a_row[:1].isdigit()
    if not all(marks):  # «"03" 03.2026», but not «1 1.2021», where a figure was torn off
        return long_year and any(quote in (first, second)[marks.index("")] for quote in _QUOTES)
    return True


def _month(word: str) -> tuple[int | None, bool]:
    """The month of a number, a Roman number, a name or its beginning; and whether it is sure."""
    figures = word.translate(_LOOK_ALIKE_FIGURES)
    roman = word.translate(str.maketrans("IX", "ІХ"))
    if word.isdigit():
        return int(word), True
    if roman in _ROMAN:
        return _ROMAN[roman], roman != "ІІ"
    if len(figures) <= 2 and figures.isdigit():
        return int(figures), False
    return _month_by_name(word)


def _month_by_name(written: str) -> tuple[int | None, bool]:
    """The month whose name, in any case or short, is written; with one wrong letter: not sure."""
    word = fold(written)
    if word in _RUSSIAN_MONTHS:
        return _RUSSIAN_MONTHS.index(word) + 1, True
    if word in _MONTH_FORMS:
        return _MONTH_FORMS.index(word) // 2 + 1, True
    begun = [number for number, name in enumerate(MONTHS, 1) if name.startswith(word)]
    if len(begun) == 1:
        return begun[0], True
    near = [number for number, name in enumerate(MONTHS, 1) if _one_letter_off(word, name)]
    return (near[0], False) if len(near) == 1 else (None, False)


def _one_letter_off(word: str, name: str) -> bool:
    return len(word) == len(name) > 5 and sum(map(str.__ne__, word, name)) == 1


def _full_year(match: re.Match[str]) -> tuple[int | None, bool]:
    """The year of a match and whether it is sure; None where it has none."""
    written = match["year"]
    if written is None:
        return None, False
    figures = re.sub(r"\D", "", written.translate(_LOOK_ALIKE_FIGURES))
    if len(figures) == 4:
        return int(figures), True
    rest = match.string[match.end() : match.end() + _LONGEST_GAP]
    year_word = _FOLLOWED_BY_YEAR_WORD.match(rest)
    short = int(figures)
    year = 2000 + short if short < 50 else 1900 + short
    if "gap1" not in match.groupdict():
        # «3 березня 26 дітей»: two figures after a name of a month need the word.
        return (year, short != 20) if year_word else (None, False)
    printed_century = short == 20 and year_word is not None and year_word[0][0] in " _"
    return year, "-" not in match["gap2"] and not printed_century


def _day(year: int | None, month: int, day: int) -> date | None:
    if year is None or not 1900 <= year <= 2100:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _all_in_words(text: str) -> Iterator[FoundDate]:
    """Dates such as «третього березня дві тисячі двадцять шостого року»."""
    plain = _APOSTROPHE.sub("’", text)
    for name in _MONTH_NAME.finditer(plain):
        begin = max(0, name.start() - _LONGEST_GAP)
        day = _last_ordinal(plain[begin : name.start()])
        if day is None:
            continue
        number, day_text = day
        start = name.start() - len(day_text)
        year = _YEAR_IN_WORDS.match(plain, name.end(), name.end() + 80)
        said, end = _said_year(year, name.end())
        value = _day(said, MONTHS.index(name[0].lower()) + 1, number)
        yield FoundDate(value, start, end, text[start:end], sure=value is not None)


def _last_ordinal(before: str) -> tuple[int, str] | None:
    for words in (2, 1):
        match = re.search(rf"(?:(?<=\W)|\A)(?:[^\W\d_]+(?:’[^\W\d_]+)?\s+){{{words}}}\Z", before)
        number = number_words.ordinal(match[0]) if match else None
        if match and number is not None and number <= 31:
            return number, match[0]
    return None


def _said_year(match: re.Match[str] | None, otherwise: int) -> tuple[int | None, int]:
    """The year in words or figures after a month, and where it ends."""
    if match is None:
        return None, otherwise
    words = match["year"]
    while words:
        value = int(words) if words.isdigit() else number_words.year(words)
        if value is not None:
            return value, match.start("year") + len(words)
        words = words.rpartition(" ")[0]
    return None, otherwise
