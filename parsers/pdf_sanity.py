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
_LOOK_ALIKES = {"6": "б", "3": "з", "0": "о"}
"""Figures that small letters are taken for, and the letters."""
_LEAST_FIGURES = 10
"""Figures of a page that tell whether its file tells figures rightly."""
_RIGHTLY = 0.7
_AROUND = "_.,;:()«»\"'"
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


def mend_figures(seen: list[Word], told: list[Word]) -> None:
    """Gives back letters that recognition took for figures, where the file says that they are none.

    A file whose letters are not to be trusted may still tell its figures rightly: then what it
    does not call a «6» is a «б».

    Args:
        seen: the words of a page as they were recognised.
        told: its words as the file has them.
    """
    pairs = [(word, other) for word in seen for other in told if _same_place(word, other)]
    figures = [
        (char, said)
        for word, other in pairs
        for char, said in zip(_core(word.text), _core(other.text), strict=True)
        if char.isdigit()
    ]
    right = sum(char == said for char, said in figures)
    if len(figures) < _LEAST_FIGURES or right < _RIGHTLY * len(figures):
        return
    for word, other in pairs:
        core = _core(word.text)
        mended = "".join(
            char if char == said else _LOOK_ALIKES.get(char, char)
            for char, said in zip(core, _core(other.text), strict=True)
        )
        word.text = word.text.replace(core, mended)


def _same_place(word: Word, other: Word) -> bool:
    """Whether two words of one page have a figure and stand in one place, letter by letter."""
    if not (word.box and other.box) or not any(map(str.isdigit, word.text)):
        return False
    middle = (word.box.left + word.box.right) / 2, (word.box.top + word.box.bottom) / 2
    inside = other.box.left <= middle[0] <= other.box.right
    inside = inside and other.box.top <= middle[1] <= other.box.bottom
    return inside and len(_core(word.text)) == len(_core(other.text)) > 0


def _core(text: str) -> str:
    return text.strip(_AROUND)
