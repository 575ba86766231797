"""Reads plain text: the body of a mail, a .txt file."""

from __future__ import annotations

import re

from opika.errors import UnreadableFileError
from parsers.reading import Line, Reading, Word

_PIECE = re.compile(r"[ \t\u00a0\u2000-\u200a]*[^\s]+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_ENCODINGS = ("cp1251", "koi8_u", "cp866")
_FREQUENT = frozenset("оаинвітерсдлкупм ")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")


def read_text(data: bytes | str) -> Reading:
    """The reading of plain text; each of its lines is a paragraph.

    Raises:
        UnreadableFileError: bytes that are no text in any encoding that Ukrainian mail uses.
    """
    text = data if isinstance(data, str) else decode(data)
    lines = []
    for number, row in enumerate(_INVISIBLE.sub("", text).splitlines()):
        # Answers and forwards quote each line behind «>».
        words = _words(re.sub(r"^(?:\s*>)+ ?", "", row))
        if words:
            lines.append(Line(words, paragraph=number))
    return Reading(lines)


def decode(data: bytes) -> str:
    """Bytes as text: by their mark, as UTF-8, else in the likeliest Cyrillic encoding.

    Raises:
        UnreadableFileError: they hold control characters, as no text does.
    """
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        guesses = [data.decode(encoding, "replace") for encoding in _ENCODINGS]
        text = max(guesses, key=lambda guess: sum(char in _FREQUENT for char in guess))
    if _CONTROL.search(text):
        raise UnreadableFileError("bytes that are no text")
    return text


def _words(row: str) -> list[Word]:
    words = []
    for piece in _PIECE.findall(row):
        word = piece.lstrip()
        white = piece[: len(piece) - len(word)].replace("\t", " " * 8)
        words.append(Word(word, float(len(white))))
    return words
