"""The journals that the bench measures are true ones: whole, searchable, and going on."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.grown.families import COMMON
from bench.grown.filling import RUNNING, YEARS, Filling, check_index
from tests.journal.office_day import NOW, registered, stored, values

_SIZE = 600


@pytest.mark.long
@pytest.mark.both_databases
def test_a_journal_made_of_copies_is_whole_and_goes_on(data: Path) -> None:
    from journal.due import due
    from journal.models import Entry
    from journal.searching import search
    from journal.verify import verify

    filling = Filling(_SIZE, data)
    filling.write()
    check_index(filling.entries)
    found = verify(stored(data), data)
    assert (found.first_fault, found.entries) == (None, _SIZE)
    assert len(filling.entries) == _SIZE - 2
    assert filling.entries[0][1] == NOW.year - YEARS
    assert search(f"{COMMON}м").hits
    assert len({(card.year, card.number) for card in due(NOW)}) == RUNNING + 2
    numbers = Entry.objects.filter(year=NOW.year).order_by("-number")
    (last,) = numbers.values_list("number", flat=True)[:1]
    assert registered(values()).number == str(last + 1)
    assert verify(stored(data), data).first_fault is None
