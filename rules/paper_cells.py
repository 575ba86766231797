"""What a clerk typed into a cell of the paper journal's table: dates, numbers, «б/н», «так»."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from string import Formatter

from rules.dates import find_dates, parse_date, parse_time
from rules.sheets import Cell
from rules.text import fold, tidy

EARLIEST = date(2000, 1, 1)
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - the day zero of spreadsheets, in no zone
_SERIALS = (36_526, 73_050)
"""Days since then that can be meant as a date: the years 2000 to 2099."""
_NOTHING = re.compile(
    r"[\s\-–—/\\._*]*|(?:б\W{0,2}[нд]|без\s+(?:номер\w*|дат\w+)|нема\w*|ні|відсутн\w+|не\b.{0,60})\.?",
    re.IGNORECASE,
)
_DASHES = re.compile(r"[\s\-–—/\\._*]*")
_BEFORE_NUMBER = re.compile(
    r"^(?:акт|наказ|лист|запит|вих|вх)?\W*(?:№|n\b|номер)?\W*", re.IGNORECASE
)
_AFTER_NUMBER = re.compile(r"[\s,;]*(?:\bвід\b)?[\s,;]*(?:р\.|року|рік)?[\s.,;]*$", re.IGNORECASE)
_LONGEST_NUMBER = 60
_DAY_ADVICE = "впишіть дату так: 04.03.2026"


class CellError(ValueError):
    """A cell cannot be read; the text says why and what to write, in Ukrainian."""


@dataclass(frozen=True, slots=True)
class When:
    """A day, and the time of it where one is written."""

    day: date
    time: time | None = None


@dataclass(frozen=True, slots=True)
class PaperNumber:
    """Number and date of a paper; either may be missing."""

    number: str | None = None
    when: When | None = None


def text_of(cell: Cell) -> str:
    """A cell as text, as it would be read aloud; lines stay lines."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "так" if cell else "ні"
    if isinstance(cell, datetime):
        return f"{cell:%d.%m.%Y}" if cell.time() == time() else f"{cell:%d.%m.%Y %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "\n".join(line for line in map(tidy, str(cell).splitlines()) if line)


def words_of(cell: Cell) -> str | None:
    """The text of a cell; None where it is empty or holds a dash only."""
    text = text_of(cell)
    return None if _DASHES.fullmatch(text) else text


def number_text(cell: Cell) -> str | None:
    """The number of a paper as it is written; None for «б/н» and the like.

    Raises:
        CellError: it is too long for a number.
    """
    text = tidy(text_of(cell))
    if _NOTHING.fullmatch(text):
        return None
    text = text.removeprefix("№").strip()
    if len(text) > _LONGEST_NUMBER:
        raise CellError(f"«{text[:20]}…» – задовгий номер; впишіть лише номер")
    return text


def when(cell: Cell, *, today: date) -> When | None:
    """The day that a cell names; None where it is empty, «б/д» or the like.

    A number is taken for the days that a spreadsheet counts dates by.

    Raises:
        CellError: it is no date, not surely one, too old or not yet come.
    """
    found = _when(cell)
    if found is None:
        return None
    shown = f"{found.day:%d.%m.%Y}"
    if found.day > today:
        raise CellError(f"дата {shown} ще не настала; перевірте рік")
    if found.day < EARLIEST:
        raise CellError(f"дата {shown} надто давня; перевірте рік")
    return found


def clock_time(cell: Cell) -> time | None:
    """The time of day of a cell; None where it is empty.

    Raises:
        CellError: it is none.
    """
    if isinstance(cell, datetime | time):
        return cell.time() if isinstance(cell, datetime) else cell
    text = text_of(cell)
    if _NOTHING.fullmatch(text):
        return None
    found = parse_time(text)
    if found is None:
        raise CellError(f"«{text}» – не час; впишіть так: 10:20")
    return time.fromisoformat(found)


def paper(cell: Cell, *, today: date) -> PaperNumber | None:
    """Number and date that stand together in a cell, «№ 12 від 04.03.2026»; None where neither.

    Raises:
        CellError: there are several dates, or the date cannot be read.
    """
    if not isinstance(cell, str):
        found = when(cell, today=today)
        return PaperNumber(when=found) if found else None
    text = tidy(cell)
    if _NOTHING.fullmatch(text):
        return None
    dates = find_dates(text)
    if len(dates) > 1:
        raise CellError(f"«{text[:60]}» – кілька дат; залиште номер і одну дату")
    if not dates:
        return PaperNumber(_number_in(text))
    day = when(dates[0].text, today=today)
    rest = text[: dates[0].start] + " " + text[dates[0].end :]
    return PaperNumber(_number_in(rest), day)


def choice(cell: Cell, choices: Mapping[str, str]) -> str | None:
    """What a cell chooses; None where it is empty.

    Args:
        cell: the cell.
        choices: the folded beginning of the words -> what they choose.

    Raises:
        CellError: it chooses nothing of them; the message names no choices.
    """
    text = fold(text_of(cell)).strip(" .")
    if _DASHES.fullmatch(text):
        return None
    for begins, chosen in choices.items():
        if text.startswith(begins):
            return chosen
    raise CellError(f"«{text[:40]}» не зрозуміло")


def entry_number(cell: Cell, mask: str, year: int) -> tuple[int, str]:
    """The running number of an entry and the number as it is written.

    «12», «№ 12» and «12/01-15» are number 12; «01-17/124» is 124. Where that is not plain, the mask
    of the series decides.

    Raises:
        CellError: no running number can be told from it.
    """
    index = tidy(text_of(cell)).removeprefix("№").strip()
    found = _by_mask(index, mask, year)
    if found is None:
        parts = index.split("/")
        plain = [part for part in parts if part.isascii() and part.isdigit()]
        found = int(plain[0]) if len(plain) == 1 else None
    if found is None or not 0 < found < 10**9 or len(index) > _LONGEST_NUMBER:
        raise CellError(
            f"з «{index[:30]}» не видно порядкового номера; впишіть сюди лише його (12), а повний "
            "номер – у графу «Індекс»"
        )
    return found, index


def _by_mask(index: str, mask: str, year: int) -> int | None:
    known = {"number": r"(?P<number>\d{1,9})", "year": str(year), "yy": f"{year % 100:02}"}
    pattern = "".join(
        re.escape(literal) + (known.get(field, r"\d\d") if field else "")
        for literal, field, _, _ in Formatter().parse(mask)
    )
    # A mask may have its number twice; a group of a pattern may not.
    first, _, rest = pattern.partition(known["number"])
    found = re.fullmatch(first + known["number"] + rest.replace("?P<number>", "?:"), index)
    return int(found["number"]) if found else None


def _when(cell: Cell) -> When | None:
    if isinstance(cell, datetime):
        return When(cell.date(), None if cell.time() == time() else cell.time())
    if isinstance(cell, date):
        return When(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if not _SERIALS[0] <= cell <= _SERIALS[1]:
            raise CellError(f"«{text_of(cell)}» – не дата; {_DAY_ADVICE}")
        moment = _EPOCH + timedelta(minutes=round(cell * 24 * 60))
        return _when(moment)
    text = text_of(cell)
    if _NOTHING.fullmatch(text):
        return None
    parsed = parse_date(text)
    if parsed.value is None or (not parsed.sure and parsed.value >= EARLIEST):
        reason = parsed.reason.rstrip(".") or "дати не видно"
        raise CellError(f"«{text[:40]}»: {reason[0].lower()}{reason[1:]}; {_DAY_ADVICE}")
    for found in reversed(find_dates(text)):  # «04.03.26» would be read as four o’clock, too
        text = text[: found.start] + " " + text[found.end :]
    said = parse_time(text)
    return When(parsed.value, time.fromisoformat(said) if said else None)


def _number_in(text: str) -> str | None:
    number = _AFTER_NUMBER.sub("", _BEFORE_NUMBER.sub("", text.strip(), count=1))
    return number_text(number)
