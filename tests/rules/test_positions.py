"""Whose name stands over a letter: positions and bodies in the genitive and dative."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.naming import Names
from rules.positions import PlaceCase, in_case

TABLE = [
    [cell.strip() for cell in line.split(" | ")]
    for line in (Path(__file__).parent / "data/positions.txt").read_text("utf-8").splitlines()
    if line[0] != "#"
]


def test_positions_and_bodies_are_right_or_left_to_a_clerk(
    record_property: Callable[[str, object], None],
) -> None:
    right, surely_wrong, unsure = 0, [], []
    for nominative, *forms in TABLE:
        for case, form in zip(get_args(PlaceCase), forms, strict=True):
            found = in_case(nominative, case)
            right += (found.form == form) if found.sure else form == "?"
            if found.sure and found.form != form:
                surely_wrong.append((nominative, found.form))
            if not found.sure:
                unsure.append(nominative)
                assert found.form == nominative
    score = f"{right} of {2 * len(TABLE)} forms of positions right"
    record_property("positions", score)
    print(score)  # noqa: T201
    assert len(TABLE) >= 80
    assert surely_wrong == []
    assert {name for name, form, _ in TABLE if form == "?"} <= set(unsure)
    assert right >= 0.98 * 2 * len(TABLE)


@pytest.mark.parametrize(
    ("written", "dative"),
    [
        ("директорка гімназії Ткач Ганна Іванівна", "директорці гімназії Ткач Ганні Іванівні"),
        ("Староста округу, Іван Петренко", "Старості округу, Івану Петренку"),
        ("Ткач Ганна Іванівна", "Ткач Ганні Іванівні"),
        ("Рожищенський  ліцей № 4", "Рожищенському ліцею № 4"),
        ("Лiцей № 4", "Ліцею № 4"),
    ],
)
def test_a_person_behind_a_position_is_put_into_the_case_too(written: str, dative: str) -> None:
    assert Names().official(written, "dat") == dative


def test_what_is_not_sure_stays_and_asks_until_it_is_confirmed() -> None:
    doubtful = "Комунальний заклад Рожищенський ліцей"
    asked = f"{doubtful} [? перевірте давальний відмінок: {doubtful} ?]"
    assert Names().official(doubtful, "dat") == asked
    known = Names({(doubtful, "dat"): "Комунальному закладу «Рожищенський ліцей»"})
    assert known.official(doubtful, "dat") == "Комунальному закладу «Рожищенський ліцей»"
    assert "[? " in Names().official("директор Петренко І. П.", "dat")
    assert "[? " in Names().official("Гімн зія Ткач Ганна Іванівна", "dat")


@given(st.text(alphabet="абвгіїйьяАБ'’-.,«»() №1\n", max_size=25) | st.text(max_size=12))
def test_garbage_never_raises(text: str) -> None:
    for case in get_args(PlaceCase):
        in_case(text, case)
    Names().official(text, "dat")
