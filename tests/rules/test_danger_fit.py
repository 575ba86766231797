"""The points of hints are fitted, not guessed: the same texts always give the same points."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np

from bench import danger_fit
from bench.danger import labelled
from rules.danger import load_indicators
from rules.danger_points import FIGURES

CATALOGUE = load_indicators(danger_fit.CATALOGUE)
TOLD = [
    danger_fit.Told([(frozenset(hints), 0)])
    for hints in ({"замок", "дитина"}, {"замок", "ніч"}, {"гурток", "дитина"}, {"гурток", "ніч"})
] * 3
URGENT = np.array([1.0, 1, 0, 0] * 3)


def test_what_stands_in_threats_speaks_of_danger_and_what_stands_in_both_does_not() -> None:
    names, weights = danger_fit.fitted(TOLD, URGENT)
    fitted = dict(zip(names, weights, strict=False))
    assert fitted["замок"] > 1 > -1 > fitted["гурток"]
    assert abs(fitted["ніч"] - fitted["дитина"]) < 0.01
    assert abs(weights[-1]) < 0.5


def test_a_hint_of_a_single_text_gets_no_points() -> None:
    assert danger_fit.names_of([frozenset(("замок", "ніч")), frozenset(("замок",))]) == ["замок"]


def test_the_same_texts_give_the_same_points() -> None:
    rows = labelled("tune5")[:40]
    urgent = np.array([urgent for _, urgent, _ in rows], float)
    first, second = (
        danger_fit.fitted([danger_fit.told_by(text, CATALOGUE) for text, _, _ in rows], urgent)
        for _ in range(2)
    )
    assert first[0] == second[0]
    assert np.array_equal(first[1], second[1])


def test_a_text_is_judged_by_points_that_were_fitted_without_it() -> None:
    alone = [danger_fit.Told([(frozenset((word,)), 0)]) for word in ["замок", *["гурток"] * 19]]
    sums = danger_fit.sums_unseen(alone, np.array([1.0] + [0] * 19))
    assert sums[0] < 0  # nothing else says that «замок» is a hint


def test_a_text_is_judged_by_the_run_that_speaks_most_of_danger() -> None:
    told = danger_fit.Told([(frozenset(("замок",)), 0), (frozenset(("замок", "ніч")), 2.5)])
    names, weights = ["замок", "ніч"], np.array([1.0, 2.0, 0.0])
    assert danger_fit.most(told, names, weights) == 1


def test_few_threats_that_a_sign_tells_lie_where_hints_calm() -> None:
    sums = np.arange(1000.0)
    urgent, signs = np.ones(1000), np.ones(1000, bool)
    below = (sums < danger_fit.calm_below(sums, urgent, signs)).mean()
    assert 0 < below <= danger_fit.LOST


def test_the_threshold_still_finds_the_share_asked_for() -> None:
    sums = np.arange(1000.0)
    urgent, signs = np.ones(1000), np.zeros(1000, bool)
    found = sums >= danger_fit.threshold(sums, urgent, signs)
    assert danger_fit.RECALL <= found.mean() <= danger_fit.RECALL + 0.002


def test_points_are_written_and_nothing_else_changes(tmp_path: Path) -> None:
    path = tmp_path / "indicators.toml"
    source = danger_fit.CATALOGUE.read_text("utf-8")
    path.write_text(source, "utf-8")
    weights = {"@п-ніч": 0.5, "$бити": 0.1, "замок": 1.0, "гурток": -0.25, FIGURES: -1.0}
    danger_fit.write(path, *danger_fit.written(weights, 0.4, -2.0))
    after, before = tomllib.loads(path.read_text("utf-8")), tomllib.loads(source)
    assert (after["enough"], after["calm"], after["figure_points"]) == (8, -40, -20)
    assert after["word_points"] == {"2": "бити"}
    assert after["points"] == {"п-ніч": 10}
    assert after["beginnings"] == {"20": "замок", "-5": "гурток"}
    fitted = ("enough", "calm", "figure_points", "points", "word_points", "beginnings")
    assert {k: v for k, v in after.items() if k not in fitted} == {
        k: v for k, v in before.items() if k not in fitted
    }
    load_indicators(path)
