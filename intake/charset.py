"""Bytes to text, where the sender said nothing about the encoding or said it wrongly.

Old programs of Ukrainian offices write windows-1251, KOI8-U or DOS code pages and call them what
they like. UTF-8 proves itself; between the others the letters decide: read wrongly, Ukrainian text
becomes rare letters, or capitals in the middle of words.
"""

from __future__ import annotations

import codecs
import re

_CYRILLIC = ("cp1251", "koi8_u", "cp866", "cp1125", "iso8859_5")
# Only what decodes text in linear time: «punycode», «idna», «zip» and the like are no charsets.
_ALLOWED = re.compile(
    r"ascii|utf[-_](7|8|8[-_]sig|(16|32)([-_][lb]e)?)|cp\d+|koi8[-_].|iso8859.*|mac.*"
)
# Where these were declared, the sender knew no better (or it is a subset of what was meant).
_CARELESS = frozenset({"ascii", "iso8859-1", "iso8859-15", "cp1252"})
# The Ukrainian letters in the order of their frequency.
_COMMON = "оаинвіретслкдумпзяьбгйчхцшжюїєщфґ"
_WEIGHTS = {letter: 33 - place for place, letter in enumerate(_COMMON)}
_USUAL = 25  # what decides about a word of a letter or two
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decoded(data: bytes, declared: str | None = None) -> str:
    """``data`` as text: by its own marks, as declared if that fits, else by its letters."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data.decode(name, "replace")
    codec = _codec(declared)
    if codec and codec.startswith(("utf-16", "utf-32", "utf-7")):
        return data.decode(codec, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _by_letters(data, codec)


def _codec(declared: str | None) -> str | None:
    """The codec that a label means, None for an unknown or careless one."""
    label = (declared or "").strip().strip("\"'").lower().replace("cp-", "cp")
    try:
        name = codecs.lookup(re.sub(r"^(windows|win)-?(?=\d)", "cp", label)).name
    except (LookupError, ValueError):
        return None
    if not _ALLOWED.fullmatch(name) or name in _CARELESS:
        return None
    return "koi8_u" if name == "koi8-r" else name  # the same, with і, ї, є, ґ


def _by_letters(data: bytes, codec: str | None) -> str:
    sample = data[:_SAMPLE]
    if codec == "utf-8":
        # Mostly right, then a few bytes are damaged: better holes than another alphabet.
        holes = data.decode("utf-8", "replace")
        if holes.count("\ufffd") * 20 < len(holes):
            return holes
        codec = None
    candidates = ([codec] if codec else []) + [name for name in _CYRILLIC if name != codec]
    likeness = {name: _likeness(sample.decode(name, "replace")) for name in candidates}
    likeness["cp1251"] += _USUAL
    best = max(candidates, key=likeness.__getitem__)
    if codec and codec not in _CYRILLIC and not _is_cyrillic(sample.decode(codec, "replace")):
        best = codec  # a language that we do not know: believe the sender
    return data.decode(best, "replace")


def _is_cyrillic(text: str) -> bool:
    return any("Ѐ" <= letter <= "ӿ" for letter in text)


def _likeness(text: str) -> float:
    """How much ``text`` looks like Ukrainian: common letters, capitals only where words begin."""
    score = 0.0
    for word in _WORD.findall(text):
        if word.isascii():
            continue
        worth = sum(_WEIGHTS.get(letter, -10) for letter in word.lower())
        orderly = word.islower() or word.istitle() or word.isupper()
        score += worth if orderly else worth - 30 * len(word)
        score += 2 * len(word) if word.islower() or word.istitle() else 0
    strange = sum(1 for letter in text if not letter.isascii() and not letter.isalpha())
    return score - 12 * strange + text.count("№") * 12 + text.count("’") * 12
