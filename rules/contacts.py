"""The e-mail address and the telephone number that stand in a sender's block, as written."""

from __future__ import annotations

import re

from rules.found_dates import find_dates
from rules.text import tidy

# A Cyrillic letter hidden in an address looks right and can never be delivered to.
_LATIN_TWINS = str.maketrans("аеіорсхуАВЕІКМНОРСТХ", "aeiopcxyABEIKMHOPCTX")
_LOCAL = r"[A-Za-z0-9аеіорсхуАВЕІКМНОРСТХ_%+\-]{1,64}(?:\.[A-Za-z0-9аеіорсхуАВЕІКМНОРСТХ_%+\-]{1,64}){0,8}"
_EMAIL = re.compile(
    rf"(?<![\w.%+\-])(?P<local>{_LOCAL})\s?@\s?"
    r"(?P<domain>(?:[A-Za-z0-9аеіорсху][A-Za-z0-9аеіорсху\-]{0,62}\.){1,8}[A-Za-zаеіорсху]{2,24})(?![\w@])"
)

_GAP = r"(?:[\s\-–—()]{0,3}+|\.)"
_NATIONAL = re.compile(
    rf"(?<![\w+])(?<!\d[./\-–])(?:\+\s?38{_GAP}|38(?=0)|38\s?(?=\()|8-|8\s?(?=\(0)|8(?=0\d))?"
    rf"\(?0(?:{_GAP}\d){{9}}(?![\d]|[./]\d)"
)
_LABELLED_LOCAL = re.compile(
    r"(?<!\w)(?:тел\w{0,8}|моб\w{0,8}|т|факс)\.?\s?(?:/\s?факс)?[.:]{0,2}\s{0,3}(?:№\s?)?"
    r"(?P<phone>\d{1,3}[\s\-–]\d{2}[\s\-–]\d{2}|\d{5,7})(?![\w]|[./\-]\d)",
    re.IGNORECASE,
)
_NO_PHONE_BEFORE = re.compile(
    r"(?:№|едрпоу|єдрпоу|рнокпп|іпн|код\w*|рахун\w*|індекс|паспорт\w*|вих|вхід)[\s.:№]{0,4}\Z",
    re.IGNORECASE,
)


def email(text: str) -> str | None:
    """The first e-mail address in ``text``, or None.

    Spaces that a broken line leaves at the «@» go, Cyrillic letters that look like Latin ones
    become Latin; nothing else is changed.
    """
    for match in _EMAIL.finditer(text) if "@" in text else ():
        address = f"{match['local']}@{match['domain']}".translate(_LATIN_TWINS)
        if address.isascii():
            return address
    return None


def phone(text: str) -> str | None:
    """The first telephone number in ``text`` as written, or None.

    Ten digits with the area's or operator's code, with or without +38; five to seven digits only
    after «тел.». Postcodes, house numbers, codes, years and numbers of papers are no phones.
    """
    text = _without_dates(text)
    found = [match for match in _NATIONAL.finditer(text) if _may_be_phone(text, match.start())]
    local = _LABELLED_LOCAL.search(text)
    if local and not (found and found[0].start() <= local.start("phone")):
        return tidy(local["phone"])
    return tidy(found[0][0]) if found else None


def _may_be_phone(text: str, start: int) -> bool:
    return not _NO_PHONE_BEFORE.search(text[max(0, start - 20) : start])


def _without_dates(text: str) -> str:
    """The text with every dotted or worded date blanked out; offsets stay."""
    parts, end = [], 0
    for found in find_dates(text):
        if "." in found.text or any(map(str.isalpha, found.text)):
            parts += [text[end : found.start], "#" * (found.end - found.start)]
            end = found.end
    return "".join([*parts, text[end:]])
