"""Fit what each hint adds to a suspicion of danger: `python -m bench.danger_fit`.

It reads the labelled texts of bench.danger.TUNED_ON, fits a logistic regression with a penalty on
the squares of the points, and writes `enough`, `figure_points`, [points] and [beginnings] into
catalogues/indicators.toml. Nothing in it is random: the same texts and words give the same points.

`enough` is chosen on texts that did not take part: each tenth is judged by points of the other
nine, and it is the highest sum with which signs and hints together still find RECALL of the
threats. Those figures are printed; they are kinder than a hold-out, for the words of the catalogue
were chosen with these texts in sight.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.danger import ROOT, TUNED_ON, labelled, wilson
from rules.danger import judge, load_indicators
from rules.danger_catalogue import TOGETHER, Catalogue
from rules.danger_points import FIGURES, beginnings
from rules.danger_text import Text

CATALOGUE = ROOT / "catalogues" / "indicators.toml"
RECALL = 0.975  # share of the threats that signs and hints together must find
_PENALTY = 0.001
_STEPS = 300
_TURNS = 30
_FOLDS = 10
_SEEN = 2  # texts in which a hint must stand to get points
_SCALE = 20  # points for one unit of the regression
_CLASS = "@"
_HINTS = ("п-", "д-")  # how the names of classes begin that are hints

Array = NDArray[np.float64]


def hints(text: str, catalogue: Catalogue) -> set[str]:
    """The hints of a text: its classes, how its words start, whether it holds figures."""
    read = Text(text, catalogue.language)
    read.hide(sign for _, sign in catalogue.figures.possible(read.words))
    whole = range(len(read.tokens) + 1)
    classes = (name for name in catalogue.language.classes if name.startswith(_HINTS))
    said = {_CLASS + name for name in classes if read.says(name)}
    return said | set(beginnings(read, whole)) | ({FIGURES} if read.has_figures else set())


def names_of(told: list[set[str]]) -> list[str]:
    """The hints that stand in more than one text, in order."""
    counts = Counter(name for hints in told for name in hints)
    return sorted(name for name, count in counts.items() if count >= _SEEN)


def table(told: list[set[str]], names: list[str]) -> Array:
    """A row for each text, a column for each hint, 1 where the text holds it."""
    column = {name: number for number, name in enumerate(names)}
    result = np.zeros((len(told), len(names)))
    for row, found in zip(result, told, strict=True):
        row[[column[name] for name in found if name in column]] = 1
    return result


def spread(rows: Array) -> float:
    """The greatest eigenvalue of the rows' products with each other, a little overstated."""
    direction = np.ones(rows.shape[1])
    for _ in range(_TURNS):
        direction = rows.T @ (rows @ direction)
        direction /= np.linalg.norm(direction)
    return 1.05 * float(np.linalg.norm(rows @ direction) ** 2)


def fit(rows: Array, urgent: Array) -> tuple[Array, float]:
    """The weights of a penalised logistic regression and its constant (accelerated descent)."""
    count = len(rows)
    rows = np.hstack([rows, np.ones((count, 1))])
    penalty = np.full(rows.shape[1], _PENALTY)
    penalty[-1] = 0
    step = 1 / (0.25 * spread(rows) / count + _PENALTY)
    weights = ahead = np.zeros(rows.shape[1])
    pace = 1.0
    for _ in range(_STEPS):
        error = 1 / (1 + np.exp(-(rows @ ahead))) - urgent
        after = ahead - step * (rows.T @ error / count + penalty * ahead)
        faster = (1 + np.sqrt(1 + 4 * pace**2)) / 2
        ahead = after + (pace - 1) / faster * (after - weights)
        weights, pace = after, faster
    return weights[:-1], float(weights[-1])


def sums_unseen(told: list[set[str]], urgent: Array) -> Array:
    """What each text's hints add up to by points that were fitted without it."""
    sums = np.zeros(len(told))
    for fold in range(_FOLDS):
        out = np.arange(len(told)) % _FOLDS == fold
        known = [found for found, left in zip(told, out, strict=True) if not left]
        names = names_of(known)
        weights, constant = fit(table(known, names), urgent[~out])
        rest = [found for found, left in zip(told, out, strict=True) if left]
        sums[out] = table(rest, names) @ weights + constant
    return sums


def threshold(sums: Array, urgent: Array, signs: NDArray[np.bool_]) -> float:
    """The highest sum from which hints, with the signs, still find RECALL of the threats."""
    silent = np.sort(sums[(urgent == 1) & ~signs])
    may_miss = int((1 - RECALL) * urgent.sum())
    return float(silent[min(may_miss, len(silent) - 1)])


def has_sign(text: str, catalogue: Catalogue) -> bool:
    """Whether a sign, not hints, makes the text urgent."""
    threats = {entry.id for entry in catalogue.entries if entry.threat} - {TOGETHER}
    return any(seen.id in threats for seen in judge(text, catalogue).indicators)


def written(weights: dict[str, float], enough: float) -> tuple[str, str]:
    """The numbers and the two tables as the catalogue writes them."""
    points = {name: round(weight * _SCALE) for name, weight in weights.items()}
    figures = points.pop(FIGURES, 0)
    lines = [
        f'"{name[1:]}" = {value}' for name, value in points.items() if name[0] == _CLASS and value
    ]
    starts: dict[int, list[str]] = {}
    for name, value in points.items():
        if name[0] != _CLASS and value:
            starts.setdefault(value, []).append(name)
    words = [f'"{value}" = "{"|".join(starts[value])}"' for value in sorted(starts, reverse=True)]
    numbers = f"enough = {round(enough * _SCALE)}\n"
    tables = "\n".join(["[points]", *lines, "", "[beginnings]", *words, "", ""])
    return f"{numbers}|figure_points = {figures}\n", tables


def write(path: Path, numbers: str, tables: str) -> None:
    """Put the points into the catalogue; everything else in it stays."""
    source = path.read_text("utf-8")
    enough, figures = numbers.split("|")
    source = re.sub(r"(?m)^enough = .*\n", enough, source, count=1)
    source = re.sub(r"(?m)^figure_points = .*\n", figures, source, count=1)
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
    told = [hints(row[0], catalogue) for row in rows]
    signs = np.array([has_sign(row[0], catalogue) for row in rows])
    sums = sums_unseen(told, urgent)
    least = threshold(sums, urgent, signs)
    report("signs alone", signs, urgent)
    report(
        "signs and hints, each text judged by points of the others", signs | (sums >= least), urgent
    )
    names = names_of(told)
    weights, constant = fit(table(told, names), urgent)
    write(CATALOGUE, *written(dict(zip(names, weights, strict=True)), least - constant))


if __name__ == "__main__":
    main()
