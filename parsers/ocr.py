"""Recognises the printed words of a page with Tesseract, one engine for each thread."""

from __future__ import annotations

import os
import threading
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image

from opika.errors import UnreadableFileError
from parsers.picture import Pixels
from parsers.picture_rules import Rect

LANGUAGES = (("script/Cyrillic", "eng"), ("Cyrillic", "eng"), ("ukr", "eng"))
"""The models, the best first: a system may keep the first under either name."""
_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/local/share/tessdata",
)


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


def recognise(grey: Pixels, dpi: float, layout: str = "SINGLE_COLUMN") -> list[Seen]:
    """The words of an upright, level page.

    Raises:
        UnreadableFileError: Tesseract or its language data is missing.
    """
    import tesserocr  # type: ignore[import-untyped]

    engine = _engine()
    engine.SetPageSegMode(getattr(tesserocr.PSM, layout))
    engine.SetImage(Image.fromarray(grey))
    engine.SetSourceResolution(round(dpi))
    try:
        engine.Recognize()
        return _words(engine)
    finally:
        engine.Clear()


_local = threading.local()


def _engine() -> Any:
    """This thread's engine: its models are loaded once."""
    engine = getattr(_local, "engine", None)
    if engine is None:
        # Two threads of Tesseract's own on one page are slower than one.
        os.environ["OMP_THREAD_LIMIT"] = "1"
        import tesserocr

        folder, languages = language_data()
        engine = tesserocr.PyTessBaseAPI(path=f"{folder}/", lang=languages)
        _local.engine = engine
    return engine


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

    level, row = tesserocr.RIL.WORD, tesserocr.RIL.TEXTLINE
    iterator = engine.GetIterator()
    words: list[Seen] = []
    if iterator is None:
        return words
    for item in tesserocr.iterate_level(iterator, level):
        if item.Empty(level):
            continue
        text = item.GetUTF8Text(level).strip()
        box, line = item.BoundingBox(level), item.Baseline(row)
        if not text or box is None or line is None:
            continue
        attributes = item.RowAttributes()
        (x, y), (end, level_y) = line
        slope = (level_y - y) / max(end - x, 1)
        base = y + slope * ((box[0] + box[2]) / 2 - x)
        size = attributes["row_height"] - abs(attributes["descenders"]) - 0.0
        words.append(Seen(text, item.Confidence(level) / 100, Rect(*box), base, size))
    return words
