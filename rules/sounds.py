"""How a name sounds, roughly: the same for the spellings that people, scans and passports give it.

«Ґаночук» and «Ганочук», «Дем'янюк» and «Демянюк», «Ільницька» and «Ильницкая», «Ковальчук» and
«Kovalchuk» sound alike here. It only finds what may be one name; it proves nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rules.lemmas import loose, skeleton
from rules.likeness import shortest_stem

# Law: постанова КМУ від 27.01.2010 № 55 (how passports spell Ukrainian names), read backwards.
_LATIN_GROUPS = {
    **{"shch": "щ", "zgh": "зг", "sch": "щ", "zh": "ж", "kh": "х", "ts": "ц", "ch": "ч"},
    **{"sh": "ш", "ya": "я", "ia": "я", "yu": "ю", "iu": "ю", "ye": "є", "ie": "є", "yi": "ї"},
}
_LATIN_GROUP = re.compile("|".join(_LATIN_GROUPS))
_LATIN = str.maketrans("abcdefghijklmnopqrstuvwxyz", "абкдефггийклмнопкрстуввхиз")
_VOWEL = re.compile("[аеиіїоуюяєыэё]")
_LAST_VOWELS = re.compile(f"(?<=.){_VOWEL.pattern}+$")
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """A folded name, or one half of a double one, as its spellings and grammatical forms share it."""
    ukrainian = _LATIN_GROUP.sub(lambda group: _LATIN_GROUPS[group[0]], word).translate(_LATIN)
    return _LAST_VOWELS.sub("", skeleton(loose(shortest_stem(ukrainian))))


@lru_cache(maxsize=20_000)
def code(word: str) -> str:
    """The first sound and the consonants behind it: what a wrong vowel leaves as it is, too."""
    heard = sound(word)
    return _TWICE.sub(r"\1", heard[:1] + _VOWEL.sub("", heard[1:]))
