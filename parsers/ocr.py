"""Recognises the printed words of a page with Tesseract, one engine for each thread."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from opika.errors import UnreadableFileError
from parsers.picture import Pixels
from parsers.picture_rules import Rect

LANGUAGES = (("script/Cyrillic", "eng"), ("Cyrillic", "eng"), ("ukr", "eng"))
"""The models, the best first: a system may keep the first under either name."""
UKRAINIAN, LATIN = "ukr", "eng"
"""The models for a second look at single words."""
_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/local/share/tessdata",
)
_DOUBT = 7.0
"""By this Tesseract multiplies its doubt of a letter for the doubt of the word."""
APOSTROPHES = "'\u2019`\u00b4\u02bc\u2018*\""


class Seen(NamedTuple):
    """A word as Tesseract read it.

    Attributes:
        text: as read.
        confidence: of its least sure letter, 0..1, as Tesseract says.
        place: its ink in pixels.
        base: where its line's letters stand, in pixels from the top.
        size: the height of its line's capital letters, in pixels.
    """

    text: str
    confidence: float
    place: Rect
    base: float
    size: float


def recognise(grey: Pixels, dpi: float) -> list[Seen]:
    """The words of an upright, level page, as the model for Cyrillic letters reads them.

    With a Latin model beside it Tesseract tries both on most lines, takes a third longer and turns
    Ukrainian words into Latin ones: what may be Latin is looked at again by ``look_again``.

    Raises:
        UnreadableFileError: Tesseract or its language data is missing.
    """
    import tesserocr  # type: ignore[import-untyped]

    folder, models = language_data()
    engine = _engine(folder, models.removesuffix(f"+{LATIN}"))
    engine.SetPageSegMode(tesserocr.PSM.SINGLE_COLUMN)
    with _shown(engine, grey, dpi):
        engine.Recognize()
        return _words(engine)


def look_again(grey: Pixels, dpi: float, places: list[Rect], model: str) -> list[list[Seen]]:
    """The words that another model, of one language alone, reads at some places of a page.

    It reads none at all if the model is not there.
    """
    import tesserocr

    folder, _ = language_data()
    if not places or not Path(folder, f"{model}.traineddata").is_file():
        return [[] for _ in places]
    engine = _engine(folder, model)
    engine.SetPageSegMode(
        tesserocr.PSM.SINGLE_LINE if model == LATIN else tesserocr.PSM.SINGLE_WORD
    )
    return [_read_at(engine, place, grey, dpi) for place in places]


def _read_at(engine: Any, place: Rect, grey: Pixels, dpi: float) -> list[Seen]:
    """The words of a cutting: Tesseract is a quarter faster with it than with a part of a page."""
    pad = max(place.height // 5, 3)
    left, top = max(place.left - pad, 0), max(place.top - pad, 0)
    right, bottom = min(place.right + pad, grey.shape[1]), min(place.bottom + pad, grey.shape[0])
    if right - left < 2 * pad or bottom - top < 2 * pad:
        return []
    with _shown(engine, np.ascontiguousarray(grey[top:bottom, left:right]), dpi):
        engine.Recognize()
        return [_moved(word, left, top) for word in _words(engine)]


def _moved(word: Seen, right: int, down: int) -> Seen:
    left, top, far, low = word.place
    place = Rect(left + right, top + down, far + right, low + down)
    return word._replace(place=place, base=word.base + down)


@contextmanager
def _shown(engine: Any, grey: Pixels, dpi: float) -> Iterator[None]:
    """The engine with a page before it, taken away again afterwards."""
    height, width = grey.shape
    engine.SetImageBytes(grey.tobytes(), width, height, 1, width)
    engine.SetSourceResolution(round(dpi))
    try:
        yield
    finally:
        engine.Clear()


_local = threading.local()


def _engine(folder: str, models: str) -> Any:
    """This thread's engine for some models: they are loaded once."""
    engines: dict[str, Any] = _local.__dict__.setdefault("engines", {})
    if models not in engines:
        # Two threads of Tesseract's own on one page are slower than one.
        os.environ["OMP_THREAD_LIMIT"] = "1"
        import tesserocr

        engines[models] = tesserocr.PyTessBaseAPI(path=f"{folder}/", lang=models)
    return engines[models]


@lru_cache(maxsize=1)
def language_data() -> tuple[str, str]:
    """The folder of the models and the best set of them that it holds.

    Raises:
        UnreadableFileError: there is none.
    """
    stated = os.environ.get("TESSDATA_PREFIX")
    for folder in (*([stated] if stated else []), *_FOLDERS):
        for models in LANGUAGES:
            if all(Path(folder, f"{model}.traineddata").is_file() for model in models):
                return folder, "+".join(models)
    raise UnreadableFileError(
        "no language data of Tesseract",
        clerk_message="Скан не прочитано: на комп’ютері немає програми розпізнавання тексту. "
        "Внесіть дані вручну й повідомте адміністратора.",
    )


def _words(engine: Any) -> list[Seen]:
    import tesserocr

    word, symbol = tesserocr.RIL.WORD, tesserocr.RIL.SYMBOL
    iterator = engine.GetIterator()
    words: list[Seen] = []
    letters: list[tuple[str, float]] = []
    while iterator is not None:
        if not iterator.Empty(symbol):
            letters.append((iterator.GetUTF8Text(symbol), iterator.Confidence(symbol) / 100))
            if iterator.IsAtFinalElement(word, symbol):
                seen = _seen(iterator, letters)
                words += [seen] if seen else []
                letters = []
        if not iterator.Next(symbol):
            break
    return words


def _seen(iterator: Any, letters: list[tuple[str, float]]) -> Seen | None:
    """The word that an iterator stands on the last letter of."""
    import tesserocr

    text = "".join(letter for letter, _ in letters).strip()
    box = iterator.BoundingBox(tesserocr.RIL.WORD)
    line = iterator.Baseline(tesserocr.RIL.TEXTLINE)
    if not text or box is None or line is None:
        return None
    (x, y), (end, level) = line
    base = y + (level - y) / max(end - x, 1) * ((box[0] + box[2]) / 2 - x)
    row = iterator.RowAttributes()
    size = row["row_height"] - abs(row["descenders"])
    # How an apostrophe looks says nothing of the word: every model doubts it.
    least = min((conf for letter, conf in letters if letter not in APOSTROPHES), default=0.0)
    return Seen(text, max(1 - _DOUBT * (1 - least), 0.0), Rect(*box), base, size)
