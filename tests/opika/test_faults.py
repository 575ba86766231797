"""All promises at once: everything goes wrong in every pass, and the journal ends as in peace."""

from __future__ import annotations

import pytest

from bench.disturbed.storm import AT_STEP, KILLED, MIDNIGHT
from bench.faults import LONG, Size, run


@pytest.mark.parametrize(
    ("size", "seed"),
    [
        pytest.param(Size(arrivals=12, scans=0, kills=8), 2, id="small"),
        pytest.param(LONG, 1, id="whole", marks=pytest.mark.long),
    ],
)
def test_killed_cut_off_refused_and_full_the_office_holds_what_it_holds_in_peace(
    size: Size, seed: int
) -> None:
    result = run(size, seed)
    assert (result.lost, result.doubled, result.faults) == ([], [], [])
    assert result.survived == result.injected
    assert result.injected[KILLED] + result.injected[AT_STEP] >= size.kills
    assert result.injected[MIDNIGHT] == 1
    assert result.entries > size.arrivals // 3
