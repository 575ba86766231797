"""How fast scans are recognised and read, beside the bare ``tesseract`` command in the same run.

The command gets the very pages that our own way has already straightened, so that only recognition
is compared: it reads them with the Cyrillic and the Latin model, we with the Cyrillic one and then
looks at the doubtful words alone with two others. ``whole`` is our way from the picture to the
words with their places. Both use all cores, one page on each, with one thread a page, and take
turns; what counts is the work of the processors, not what else the machine does.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from PIL import Image

from parsers.ocr import Seen, language_data, recognise
from parsers.ocr_words import words_of
from parsers.picture import open_pictures
from parsers.scan import Sheet, mend, read_page
from tests.forms import make

FILES, ROUNDS, SEED = 8, 2, 43
CORES = os.cpu_count() or 1
GOALS = {"recognition": 0.95, "whole": 0.65}


def made(folder: Path) -> list[Path]:
    """Scans of filled forms, as the tests' generator makes them."""
    make.make(folder, SEED, make.wishes("tune", "scan", None, FILES))
    suffixes = {".jpg", ".png", ".tiff", ".tif"}
    return sorted(path for path in (folder / "docs").iterdir() if path.suffix in suffixes)


def compare(paths: Sequence[Path], folder: Path) -> None:
    """Print pages a second of recognition, of the whole, and of the bare command."""
    pictures = [picture for path in paths for picture in open_pictures(path.read_bytes())]
    sheets = [mend(picture) for picture in pictures]
    saved = [_saved(sheet, folder / f"page-{n}.png") for n, sheet in enumerate(sheets)]
    ways: dict[str, Callable[[ThreadPoolExecutor], object]] = {
        "tesseract command": lambda pool: list(pool.map(_command, saved)),
        "recognition": lambda pool: list(pool.map(_recognised, sheets)),
        "whole": lambda pool: list(pool.map(read_page, pictures)),
    }
    with ThreadPoolExecutor(CORES) as pool:
        list(pool.map(_recognised, sheets[:CORES]))
        taken = dict.fromkeys(ways, float("inf"))
        for _ in range(ROUNDS):
            for name, way in ways.items():
                seconds = work_seconds(partial(way, pool))
                taken[name] = min(taken[name], seconds)
    bare = taken["tesseract command"]
    for name, seconds in taken.items():
        goal = f", goal {GOALS[name]}" if name in GOALS else ""
        print(
            f"{name:18} {len(sheets) / seconds:6.2f} pages/s and core: {bare / seconds:.2f} x{goal}"
        )


def _recognised(sheet: Sheet) -> list[Seen]:
    return words_of(recognise(sheet.grey, sheet.dpi), sheet.grey, sheet.dpi)


def _saved(sheet: Sheet, path: Path) -> Path:
    Image.fromarray(sheet.grey).save(path, dpi=(sheet.dpi, sheet.dpi))
    return path


def _command(path: Path) -> None:
    folder, models = language_data()
    subprocess.run(  # noqa: S603 - our own arguments
        ["tesseract", str(path), "-", "-l", models, "--tessdata-dir", folder, "tsv"],  # noqa: S607
        env=os.environ | {"OMP_THREAD_LIMIT": "1"},
        check=True,
        capture_output=True,
    )


def work_seconds(work: Callable[[], object]) -> float:
    """Seconds that this process and the commands that it ran kept the processors busy."""
    begun = os.times()
    work()
    return sum(os.times()[:4]) - sum(begun[:4])
