"""How Ukrainian text is compared: one way of folding what people and machines write differently."""

from __future__ import annotations

import re

# ' ` acute, quotes, modifier letters, prime, full width, reversed: all are typed as an apostrophe.
APOSTROPHES = "'`\u00b4\u2018\u2019\u201b\u02bc\u02b9\u2032\uff07"
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_APOSTROPHE = re.compile(f"(?<=[^\\W\\d_])[{APOSTROPHES}](?=[^\\W\\d_])")
_DASH = re.compile(f"[{DASHES}]")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[^\W\d_]+")
_PLAIN_WORD = re.compile("[А-Яа-яІЇЄҐіїєґ]*")
_CYRILLIC = re.compile("[Ѐ-ӿ]")
_LATIN_TWINS = "iIcCeEoOaApPxXyTBHKM\u00ef\u00cf"
_LOOK_ALIKES = str.maketrans(_LATIN_TWINS, "іІсСеЕоОаАрРхХуТВНКМїЇ")
_LOOK_ALIKE = re.compile(f"[{_LATIN_TWINS}]")


def tidy(text: str) -> str:
    """The text without invisible characters, with single spaces and without spaces at its ends."""
    return _SPACE.sub(" ", _INVISIBLE.sub("", text)).strip()


def mend_look_alikes(text: str) -> str:
    """Latin letters inside words that also hold Cyrillic ones become the Cyrillic they look like."""
    if _LOOK_ALIKE.search(text) is None:
        return text
    return _WORD.sub(
        lambda word: word[0].translate(_LOOK_ALIKES) if _CYRILLIC.search(word[0]) else word[0],
        text,
    )


def fold(text: str) -> str:
    """The form in which two texts are compared: never shown, never stored as a value.

    Invisible characters go, apostrophes become ``’``, dashes ``-``, Latin look-alikes inside
    Cyrillic words become Cyrillic, case and runs of white space are levelled.
    """
    if _PLAIN_WORD.fullmatch(text):
        return text.casefold()
    text = mend_look_alikes(tidy(text))
    text = _DASH.sub("-", _APOSTROPHE.sub("’", text))
    return text.casefold()
