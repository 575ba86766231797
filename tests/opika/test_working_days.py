"""The calendar's file is edited while the office works: open clocks follow, stopped ones stay."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from opika.config import PROJECT
from opika.flow import run_once
from opika.pipeline import Pipeline
from opika.status import status_of
from tests.opika.office import Office, mail
from tests.opika.test_flow import form

_OFF = '2026-03-05 = "перенесено за розпорядженням"\n'


@pytest.fixture
def calendar(office: Office) -> Path:
    """The office's own lists, and its calendar among them."""
    shutil.copytree(PROJECT / "catalogues", office.folder / "catalogues")
    config = office.folder / "pipeline.toml"
    own = config.read_text().replace("[opika]\n", '[opika]\ncatalogues = "catalogues"\n')
    config.write_text(own)
    return office.folder / "catalogues" / "calendar.toml"


def _add_day_off(calendar: Path) -> None:
    calendar.write_text(calendar.read_text().replace("[days_off]\n", f"[days_off]\n{_OFF}"))


def _clocks() -> dict[str, tuple[Any, str]]:
    from journal.models import Deadline

    rows = Deadline.objects.order_by("pk")
    return {row.key: (row.due_on or row.due_at, row.steps) for row in rows}


def _again(pipeline: Pipeline) -> None:
    run_once(pipeline, pipeline.config.sources)


def test_a_day_off_added_while_the_service_runs_moves_the_open_clocks(
    office: Office, calendar: Path
) -> None:
    office.mail("ssd", mail(("Повідомлення.docx", form(1))))
    with office.open() as pipeline:
        from journal import listing, verify
        from journal.models import History

        _again(pipeline)
        before = _clocks()
        _add_day_off(calendar)
        _again(pipeline)
        after = _clocks()
        assert (str(before["assessment_request"][0]), str(after["assessment_request"][0])) == (
            "2026-03-05",
            "2026-03-06",
        )
        assert "перенесено за розпорядженням" in after["assessment_request"][1]
        assert after["register"] == before["register"]
        assert History.objects.filter(action="recounted").count() == 1
        told = listing.shown_json(listing.entry(1))["history"]
        assert "змінено календар або строки" in [one["why"] for one in told]
        assert verify.verify(pipeline.originals, pipeline.data).first_fault is None
        _again(pipeline)
        assert History.objects.filter(action="recounted").count() == 1


def test_a_day_off_added_while_nothing_runs_is_seen_at_the_next_pass(
    office: Office, calendar: Path
) -> None:
    office.mail("ssd", mail(("Повідомлення.docx", form(1))))
    office.once()
    _add_day_off(calendar)
    office.once()
    with office.open():
        assert str(_clocks()["assessment_request"][0]) == "2026-03-06"


def test_terms_changed_in_the_configuration_move_the_open_clocks(office: Office) -> None:
    office.mail("ssd", mail(("Повідомлення.docx", form(1))))
    office.once()
    config = office.folder / "pipeline.toml"
    config.write_text(config.read_text() + "\n[terms]\nassessment_request = 3\n")
    office.once()
    with office.open():
        assert str(_clocks()["assessment_request"][0]) == "2026-03-09"


def test_a_spoilt_calendar_stops_nothing_and_is_told(office: Office, calendar: Path) -> None:
    office.mail("ssd", mail(("Повідомлення.docx", form(1))))
    whole = calendar.read_text()
    with office.open() as pipeline:
        calendar.write_text(whole.replace('"03-08"', '"03-38"'))
        _again(pipeline)
        assert str(_clocks()["assessment_request"][0]) == "2026-03-05"
        (fault,) = [one for one in status_of(pipeline).faults if one.subject == "calendar"]
        assert "03-38" in fault.words
        calendar.unlink()
        _again(pipeline)
        assert [one.subject for one in status_of(pipeline).faults].count("calendar") == 1
        calendar.write_text(whole)
        _again(pipeline)
        assert "calendar" not in [one.subject for one in status_of(pipeline).faults]
