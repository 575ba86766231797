"""How often a field is right that was given a confidence, and what the threshold of review costs.

Forms of the tests' generator are read; each field is compared with its truth. Printed are, for each
band of confidence, how many fields were given it and how many of them are right; then what slips
through the threshold (wrong and not shown to a clerk) and what a clerk sees in vain (right and
shown), for the threshold in use and for its neighbours. Of the fields given 0.9 or more nine in ten
must be right; goals for files that hold text: 0.5 % slip through, 3 % in vain.

Run: ``python -m bench.calibration [PART …]``; without a part: tune, aside and open. Scans are left
out: their figures are those of recognition. ``--count N`` files a part, ``--seed N``.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from intake.part import Limits
from opika.reading import bytes_to_read, unpack_bytes
from parsers.dodatok1.form import REVIEW_BELOW
from parsers.file import read_file
from rules.form_keys import FORM_KEYS
from rules.text import fold
from tests.forms import make

TODAY = date(2026, 11, 22)
COUNT, SEED = 60, 71
PARTS = ("tune", "aside", "open")
BANDS = (0.0, 0.25, 0.5, 0.6, 0.75, 0.9, 0.97, 1.01)
THRESHOLDS = (0.55, REVIEW_BELOW, 0.9, 0.97)


class Judged(NamedTuple):
    """One field of one form."""

    key: str
    confidence: float
    right: bool


def main() -> None:
    """Make the files, read them and print both tables for each part."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("part", nargs="*", default=list(PARTS))
    arguments.add_argument("--count", type=int, default=COUNT)
    arguments.add_argument("--seed", type=int, default=SEED)
    wanted, _ = arguments.parse_known_args()
    for part in wanted.part:
        judged = list(_judged(part, wanted.count, wanted.seed))
        print(f"{part}: {len(judged)} fields, {_share(judged):.4f} right")
        _tell_bands(judged)
        _tell_thresholds(judged)


def _judged(part: str, count: int, seed: int) -> Iterator[Judged]:
    """Each field of each form of a part."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for entry in make.make(folder, seed, make.wishes(part, None, None, count)):
            truths: Any = entry["forms"]
            found = _forms(folder / str(entry["file"]))
            for truth, form in zip(truths, found, strict=False):
                for key in FORM_KEYS:
                    right = _is_same(truth.get(key), form[key])
                    yield Judged(key, form["confidence"][key], right)


def _forms(path: Path) -> list[dict[str, Any]]:
    """The forms of a file or of what is in it."""
    envelope = unpack_bytes(path.read_bytes(), path.name, Limits())
    parts = [part for part in envelope.parts if part.role in {"body", "attachment"}]
    return [form for part in parts for form in read_file(*bytes_to_read(part), today=TODAY).forms]


def _is_same(truth: object, value: object) -> bool:
    """Whether a value says what the truth says; how it is spaced and quoted does not matter."""
    if isinstance(truth, list) and isinstance(value, list):
        return _as_set(truth) == _as_set(value)
    return _plain(truth) == _plain(value)


def _as_set(entries: Sequence[object]) -> set[tuple[str, ...]]:
    """Persons by name, date of birth and age; kinds of reporters by name."""
    keys = ("name", "birth_date", "age")
    return {
        tuple(_plain(entry.get(key)) for key in keys)
        if isinstance(entry, Mapping)
        else (_plain(entry),)
        for entry in entries
    }


def _plain(value: object) -> str:
    text = fold("" if value is None or value == [] else str(value))
    return "".join(char for char in text if char.isalnum())


def _tell_bands(judged: Sequence[Judged]) -> None:
    for low, high in pairwise(BANDS):
        inside = [one for one in judged if low <= one.confidence < high]
        if inside:
            upper = min(high, 1.0)
            print(f"  {low:.2f}–{upper:.2f}  {len(inside):6}  right {_share(inside):.3f}")


def _tell_thresholds(judged: Sequence[Judged]) -> None:
    for threshold in THRESHOLDS:
        slipped = sum(one.confidence >= threshold and not one.right for one in judged)
        vain = [one for one in judged if one.right and one.confidence < threshold]
        mark = "in use" if threshold == REVIEW_BELOW else ""
        silent, in_vain = slipped / len(judged), len(vain) / len(judged)
        print(
            f"  review below {threshold:.2f}: slip through {silent:.2%}, in vain {in_vain:.2%} {mark}"
        )


def _share(judged: Sequence[Judged]) -> float:
    return sum(one.right for one in judged) / max(1, len(judged))


if __name__ == "__main__":
    main()
