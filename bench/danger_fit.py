"""Fit what each hint adds to a suspicion of danger: `python -m bench.danger_fit`.

It reads the labelled texts of bench.danger.TUNED_ON, fits a logistic regression with a penalty on
the squares of the points, and writes `enough`, `calm`, `figure_points`, [points], [word_points] and [beginnings] into
catalogues/indicators.toml. Nothing in it is random: the same texts and words give the same points.

`enough` is chosen on texts that did not take part: each tenth is judged by points of the other
nine, and it is the highest sum with which signs and hints together still find RECALL of the
threats. `calm` is chosen on the same sums: of all threats that a sign tells, LOST at most lie below
it. Those figures are printed; they are kinder than a hold-out, for the words of the catalogue
were chosen with these texts in sight.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.danger import ROOT, TUNED_ON, labelled, wilson
from rules.danger import judge, load_indicators, runs
from rules.danger_catalogue import TOGETHER, Catalogue
from rules.danger_points import FIGURES, beginning, words
from rules.danger_text import Text

CATALOGUE = ROOT / "catalogues" / "indicators.toml"
RECALL = 0.97  # share of the threats that signs and hints together must find
LOST = 0.003  # share of the threats that may be lost where hints calm a sign
_PENALTY = 0.0002
_NEVER = -(10**6)  # points; no hints calm so much
_STEPS = 300
_TURNS = 30
_FOLDS = 10
_SEEN = 2  # texts in which a hint must stand to get points
_SCALE = 20  # points for one unit of the regression
_CLASS, _WORD = "@", "$"
_HINTS = ("п-", "д-")  # how the names of classes begin that are hints

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Told:
    """The hints of a text, run by run as the judge adds them up, and what a run needs more."""

    runs: list[tuple[frozenset[str], float]]

    @property
    def whole(self) -> frozenset[str]:
        """All hints of the text."""
        return frozenset().union(*(hints for hints, _ in self.runs))


def told_by(text: str, catalogue: Catalogue) -> Told:
    """The hints of a text: its classes and words, how others start, whether it holds figures."""
    read = Text(text, catalogue.language)
    read.hide(sign for _, sign in catalogue.figures.possible(read.words))
    by_clause: list[set[str]] = [set() for _ in range(read.clause[-1] + 1)]
    for place, number in enumerate(read.clause):
        by_clause[number] |= {_WORD + word for word in words(read, place)}
        by_clause[number] |= set(beginning(read, place))
    for name in catalogue.language.classes:
        for place in read.places_saying(name) if name.startswith(_HINTS) else ():
            by_clause[read.clause[place]].add(_CLASS + name)
    figures = {FIGURES} if read.has_figures else set()
    return Told(
        [
            (frozenset(figures.union(*by_clause[run.start : run.stop])), more / _SCALE)
            for run, more in runs(read)
        ]
    )


def names_of(told: Iterable[frozenset[str]]) -> list[str]:
    """The hints that stand in more than one text, in order."""
    counts = Counter(name for hints in told for name in hints)
    return sorted(name for name, count in counts.items() if count >= _SEEN)


class Table:
    """A row for each set of hints and a column for each name, 1 where the set holds it.

    The last column is 1 everywhere. Only what is 1 is kept.
    """

    def __init__(self, rows: Sequence[frozenset[str]], names: Sequence[str]) -> None:
        column = {name: number for number, name in enumerate(names)}
        found = [[*(column[n] for n in sorted(row) if n in column), len(names)] for row in rows]
        self.lengths = np.array([len(row) for row in found])
        self._starts = np.cumsum(self.lengths) - self.lengths
        self._columns = np.array([number for row in found for number in row])
        self.width = len(names) + 1

    def sums(self, weights: Array) -> Array:
        """What each row's columns add up to."""
        sums: Array = np.add.reduceat(weights[self._columns], self._starts)
        return sums

    def spread_back(self, values: Array) -> Array:
        """What the rows' values add up to, column by column."""
        values = np.repeat(values, self.lengths)
        return np.bincount(self._columns, values, self.width).astype(np.float64)


def greatest(table: Table) -> float:
    """The greatest eigenvalue of the rows' products with each other, a little overstated."""
    direction = np.ones(table.width)
    for _ in range(_TURNS):
        direction = table.spread_back(table.sums(direction))
        direction /= np.linalg.norm(direction)
    return 1.05 * float(np.linalg.norm(table.sums(direction)) ** 2)


def fit(table: Table, urgent: Array) -> Array:
    """The weights of a penalised logistic regression, its constant last (accelerated descent)."""
    count = len(table.lengths)
    penalty = np.full(table.width, _PENALTY)
    penalty[-1] = 0
    step = 1 / (0.25 * greatest(table) / count + _PENALTY)
    weights = ahead = np.zeros(table.width)
    pace = 1.0
    for _ in range(_STEPS):
        error = 1 / (1 + np.exp(-table.sums(ahead))) - urgent
        after = ahead - step * (table.spread_back(error) / count + penalty * ahead)
        faster = (1 + np.sqrt(1 + 4 * pace**2)) / 2
        ahead = after + (pace - 1) / faster * (after - weights)
        weights, pace = after, faster
    return weights


def fitted(told: Sequence[Told], urgent: Array) -> tuple[list[str], Array]:
    """The hints that get points, and their weights; each text is told by all its hints."""
    names = names_of(text.whole for text in told)
    return names, fit(Table([text.whole for text in told], names), urgent)


def most(text: Told, names: Sequence[str], weights: Array) -> float:
    """The sum by which the judge decides: that of the run which speaks most of danger."""
    sums = Table([hints for hints, _ in text.runs], names).sums(weights)
    return float(max(sums - [more for _, more in text.runs]))


def sums_unseen(told: Sequence[Told], urgent: Array) -> Array:
    """What each text's hints add up to by points that were fitted without it."""
    sums = np.zeros(len(told))
    for fold in range(_FOLDS):
        out = np.arange(len(told)) % _FOLDS == fold
        known = [text for text, left in zip(told, out, strict=True) if not left]
        names, weights = fitted(known, urgent[~out])
        sums[out] = [most(told[number], names, weights) for number in map(int, np.flatnonzero(out))]
    return sums


def threshold(sums: Array, urgent: Array, signs: NDArray[np.bool_]) -> float:
    """The highest sum from which hints, with the signs, still find RECALL of the threats."""
    silent = np.sort(sums[(urgent == 1) & ~signs])
    may_miss = int((1 - RECALL) * urgent.sum())
    return float(silent[min(may_miss, len(silent) - 1)])


def has_sign(text: str, catalogue: Catalogue) -> bool:
    """Whether a sign, not hints, makes the text urgent as long as nothing calms."""
    catalogue = replace(catalogue, points=replace(catalogue.points, calm=_NEVER))
    threats = {entry.id for entry in catalogue.entries if entry.threat} - {TOGETHER}
    return any(seen.id in threats for seen in judge(text, catalogue).indicators)


def calm_below(sums: Array, urgent: Array, signs: NDArray[np.bool_]) -> float:
    """The sum below which hints calm a sign: of all threats, LOST at most are told below it."""
    loud = np.sort(sums[(urgent == 1) & signs])
    return float(loud[min(int(LOST * urgent.sum()), len(loud) - 1)])


def written(weights: dict[str, float], enough: float, calm: float) -> tuple[dict[str, int], str]:
    """The numbers by their names and the tables as the catalogue writes them."""
    points = {name: round(weight * _SCALE) for name, weight in weights.items()}
    numbers = {"enough": round(enough * _SCALE), "calm": round(calm * _SCALE)}
    numbers[FIGURES] = points.pop(FIGURES, 0)
    classes = [f'"{name[1:]}" = {value}' for name, value in points.items()
               if name[0] == _CLASS and value]  # fmt: skip
    for_words = {name[1:]: value for name, value in points.items() if name[0] == _WORD}
    starts = {name: value for name, value in points.items() if name[0] not in (_CLASS, _WORD)}
    lines = ["[points]", *classes, "", "[word_points]", *_listed(for_words)]
    return numbers, "\n".join([*lines, "", "[beginnings]", *_listed(starts), "", ""])


def _listed(points: dict[str, int]) -> list[str]:
    """One line for each number of points, with all that it is given to."""
    given: dict[int, list[str]] = {}
    for name, value in points.items():
        given.setdefault(value, []).append(name)
    given.pop(0, None)
    return [f'"{value}" = "{"|".join(given[value])}"' for value in sorted(given, reverse=True)]


def write(path: Path, numbers: dict[str, int], tables: str) -> None:
    """Put the points into the catalogue; everything else in it stays."""
    source = path.read_text("utf-8")
    for name, value in numbers.items():
        source = re.sub(rf"(?m)^{name} = .*\n", f"{name} = {value}\n", source, count=1)
    source = re.sub(r"(?ms)^\[points\]\n.*?(?=^# )", lambda _: tables, source, count=1)
    path.write_text(source, "utf-8")


def report(what: str, found: NDArray[np.bool_], urgent: Array) -> None:
    """Print recall and precision."""
    hits = int((found & (urgent == 1)).sum())
    print(f"{what}: recall {wilson(hits, int(urgent.sum()))}")
    print(f"{what}: precision {wilson(hits, int(found.sum()))}")


def main() -> None:
    """Fit the points and write them."""
    catalogue: Any = load_indicators(CATALOGUE)
    rows = [row for part in TUNED_ON for row in labelled(part)]
    urgent = np.array([row[1] for row in rows], float)
    told = [told_by(row[0], catalogue) for row in rows]
    signs = np.array([has_sign(row[0], catalogue) for row in rows])
    sums = sums_unseen(told, urgent)
    least = threshold(sums, urgent, signs)
    calm = calm_below(sums, urgent, signs)
    report("signs alone", signs, urgent)
    report("signs and hints, each text judged by points of the others",
           (signs & (sums >= calm)) | (sums >= least), urgent)  # fmt: skip
    names, weights = fitted(told, urgent)
    constant = float(weights[-1])
    given = dict(zip(names, weights[:-1], strict=True))
    write(CATALOGUE, *written(given, least - constant, calm - constant))


if __name__ == "__main__":
    main()
