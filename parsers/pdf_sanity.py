"""Whether a text layer says what the page shows: fonts may carry a wrong key to their letters."""

from __future__ import annotations

import re

from parsers.reading import Word

_LEAST_WORDS = 25
"""Words that are looked at before a page is called garbled; fewer prove nothing."""
_RARE = 40
"""In any text at least one word of so many is a common one."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_SMALL_WORDS = """
    але без бо від він вона вул дата для до за зі її їх на не номер над по про та так тел це час що як
    яка який дитини дитину дітей повідомлення місце служба справах був для же из как на не но об от
    по при то что это an and as at by for from in is it of on or that the this to was with do jest
    na nie się że
"""
# Of the languages that may stand in such a file, and of the form itself; single letters prove nothing.
_COMMON = frozenset(_SMALL_WORDS.split())
_ACCENTED = re.compile("[À-ÿ]")
_PLAIN = re.compile("[A-Za-z]")
_CYRILLIC = re.compile("[А-яЁёІіЇїЄєҐґ]")
_LEAST_ACCENTED = 20
"""Letters with accents, from which on they may be Cyrillic ones; no language has so many of them."""


def _windows_letters() -> dict[int, str]:
    """The Cyrillic letters of Windows-1251, by the Latin ones that hold their places elsewhere."""
    places = bytes(range(0x80, 0x100))
    cyrillic = places.decode("cp1251", "replace")
    return {
        ord(latin): letter
        for charset in ("latin-1", "cp1252")
        for latin, letter in zip(places.decode(charset, "replace"), cyrillic, strict=True)
        if "\ufffd" not in (latin, letter)
    }


_WINDOWS = _windows_letters()


def mend_charset(words: list[Word]) -> None:
    """Gives words their Cyrillic letters back where an old font passed them for Latin ones."""
    text = " ".join(word.text for word in words)
    accented = len(_ACCENTED.findall(text))
    if accented < _LEAST_ACCENTED:
        return
    if accented < max(len(_PLAIN.findall(text)), len(_CYRILLIC.findall(text))):
        return
    for word in words:
        if not _CYRILLIC.search(word.text):
            word.text = word.text.translate(_WINDOWS)


def is_garbled(words: list[Word]) -> bool:
    """Whether the words of a page are no words of any language that may stand there."""
    seen = known = 0
    for word in words:
        for letters in _WORD.findall(word.text):
            seen += 1
            known += letters.lower() in _COMMON
        if known * _RARE >= _LEAST_WORDS + seen:
            return False
    return seen >= _LEAST_WORDS and known * _RARE < seen
