from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opika.errors import NotFoundError
from tests.journal.by_hand import bring_to
from tests.journal.office_day import KYIV, NOW, bring, read, register, registered, unpack, values
from tests.journal.office_day import arrival as new_arrival

pytestmark = pytest.mark.both_databases

LATER = NOW + timedelta(hours=3)


def _entry(entry_id: int) -> Any:
    from journal.models import Entry

    return Entry.objects.get(pk=entry_id)


def _clocks(entry_id: int) -> dict[str, Any]:
    from journal.models import Deadline

    rows = Deadline.objects.filter(entry=entry_id)
    return {f"{row.key} {row.start_kind}".strip(): row for row in rows}


def test_a_form_gets_the_next_number_and_its_index(data: Path) -> None:
    first = registered(values())
    second = register(bring(values(outgoing_number="8")), mask="№{number}/01-17")
    assert (first.outcome, first.number, first.year) == ("registered", "1", 2026)
    assert (second.outcome, second.number) == ("registered", "2")
    assert [_entry(one.entry_id).index for one in (first, second)] == ["1/01-17", "№2/01-17"]


def test_the_number_is_of_the_year_in_kyiv(data: Path) -> None:
    new_year = datetime(2027, 1, 1, 0, 30, tzinfo=KYIV)
    registered(values())
    entry = register(bring(values(outgoing_number="9")), now=new_year)
    assert (entry.number, entry.year) == ("1", 2027)


def test_a_form_registered_again_says_what_became_of_it(data: Path) -> None:
    from journal.models import Entry, History

    form = bring(values())
    first = register(form)
    rows = History.objects.count()
    assert register(form, now=LATER) == first
    assert (Entry.objects.count(), History.objects.count()) == (1, rows)


def test_a_form_that_is_not_there_is_not_found(data: Path) -> None:
    with pytest.raises(NotFoundError):
        register(999)


def test_registering_starts_the_clocks_and_ends_that_of_registration(data: Path) -> None:
    clocks = _clocks(registered(values()).entry_id)
    assert set(clocks) == {"register", "assessment_request"}
    assert clocks["register"].done_at == NOW
    assert clocks["assessment_request"].due_on.isoformat() == "2026-03-05"
    assert clocks["assessment_request"].rule == "п. 14"


@pytest.mark.parametrize("urgent", [True, None])
def test_what_is_or_may_be_urgent_starts_the_urgent_clock(data: Path, urgent: bool | None) -> None:
    clock = _clocks(registered(values(), urgent=urgent).entry_id)["urgent_visit"]
    assert (clock.starts_at, clock.due_on) == (NOW, None)


def test_the_same_form_in_both_boxes_is_one_entry_with_both_clocks(data: Path) -> None:
    first = registered(values(recipient="Служба у справах дітей"), attachment="A")
    again = registered(values(recipient="Центр соціальних служб"), "css", received_at=LATER)
    assert (again.outcome, again.entry_id) == ("duplicate", first.entry_id)
    assert _clocks(first.entry_id)["needs_assessment notification"].starts_at == LATER


def test_the_same_attachment_is_the_same_notice_however_it_was_read(data: Path) -> None:
    first = registered(values(), attachment="scan")
    again = registered(values(subject="Вигадaнюк", outgoing_number=None), attachment="scan")
    assert (again.outcome, again.entry_id) == ("duplicate", first.entry_id)
    assert _entry(first.entry_id).revisions.count() == 1


def test_a_corrected_notice_is_a_revision_and_its_changes_are_to_be_looked_at(data: Path) -> None:
    from journal.models import HistoryValue

    first = registered(values())
    corrected = values(address="с. Вигадане, вул. Нова, буд. 7", content="Уточнюємо адресу.")
    again = registered(corrected, received_at=LATER)
    assert (again.outcome, again.number) == ("revision", first.number)
    newest = _entry(first.entry_id).revisions.get(ordinal=2)
    assert newest.values["address"].endswith("7")
    assert newest.review == ["address", "content"]
    change: Any = HistoryValue.objects.get(field="revision:2")
    assert change.old["values"]["address"].endswith("5")


def test_corrected_birth_dates_take_the_place_of_the_wrong_ones(data: Path) -> None:
    from journal.models import Person

    registered(values())
    born = [{**values()["persons"][0], "birth_date": "2014-05-06"}]
    assert registered(values(persons=born), received_at=LATER).outcome == "revision"
    assert [str(person.birth_date) for person in Person.objects.all()] == ["2014-05-06"]


def test_a_poorer_copy_takes_nothing_away(data: Path) -> None:
    first = registered(values())
    again = registered(values(address=None, content=""), received_at=LATER)
    assert (again.outcome, again.entry_id) == ("duplicate", first.entry_id)


def test_an_old_version_that_comes_late_does_not_undo_the_correction(data: Path) -> None:
    first = registered(values())
    registered(values(content="Виправлено."), received_at=LATER)
    late = registered(values(), "css", received_at=NOW + timedelta(hours=1))
    assert late.outcome == "duplicate"
    assert _entry(first.entry_id).revisions.count() == 2


def test_a_correction_taken_back_is_a_revision_too(data: Path) -> None:
    first = registered(values())
    registered(values(content="Виправлено."), received_at=LATER)
    back = registered(values(), received_at=LATER + timedelta(hours=1))
    assert back.outcome == "revision"
    assert _entry(first.entry_id).revisions.count() == 3


@pytest.mark.parametrize(
    ("before", "after", "becomes"),
    [
        (False, True, True),
        (None, True, True),
        (True, False, True),
        (None, False, None),
        (False, None, False),
    ],
)
def test_urgency_only_rises(
    data: Path, before: bool | None, after: bool | None, becomes: bool | None
) -> None:
    sign = {"id": "bruises", "group": "violence_threat", "quote": "синці"}
    first = registered(values(), urgent=before)
    registered(values(content="Синці."), urgent=after, indicators=[sign], received_at=LATER)
    entry = _entry(first.entry_id)
    assert entry.urgent is becomes
    assert entry.indicators == [sign]
    assert ("urgent_visit" in _clocks(entry.pk)) is (becomes is not False)


def test_a_change_has_the_letters_drafted_anew(data: Path) -> None:
    from journal import documents, steps

    first = registered(values())
    documents.drafted(first.entry_id, now=NOW)
    registered(values(), "css")
    assert steps.entries_to_draft(NOW) == []
    registered(values(content="Виправлено."), received_at=LATER)
    assert steps.entries_to_draft(NOW) == [first.entry_id]


def test_a_docx_and_its_pdf_in_one_mail_are_one_notice_even_without_a_number(data: Path) -> None:
    form = values(outgoing_number=None, outgoing_date=None)
    docx, pdf = unpack(new_arrival(), [("attachment", "docx"), ("attachment", "pdf")])
    first, second = register(read(docx, form)[0]), register(read(pdf, form)[0])
    assert (first.outcome, second.outcome) == ("registered", "duplicate")
    assert registered(form).outcome == "registered"


NEAR = st.fixed_dictionaries(
    {},
    optional={
        "outgoing_number": st.sampled_from(["01-15/7", "01-15/8", None]),
        "outgoing_date": st.sampled_from(["2026-03-03", "2026-03-02", None]),
        "persons": st.sampled_from(
            [
                [{"name": "Вигаданюк Іван Петрович", "age": 11}],
                [{"name": "Вигаданюк Марія Петрівна", "age": 7}],
            ]
        ),
    },
)


@given(changes=NEAR)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_near_twin_is_never_swallowed(data: Path, changes: dict[str, Any]) -> None:
    """Another child, or another letter, always has an entry of its own."""
    school = f"Школа {bring(values(outgoing_number=None))}"
    first = registered(values(sender=school))
    again = registered(values(sender=school, **changes), received_at=LATER)
    twin = values(**changes)
    keys = ("outgoing_number", "outgoing_date")
    same = all(twin[key] == values()[key] for key in keys)
    same = same and twin["persons"][0]["name"] == values()["persons"][0]["name"]
    assert (again.entry_id == first.entry_id) is same


def test_a_new_fact_about_a_family_is_a_new_entry_with_a_proposed_link(data: Path) -> None:
    from journal.models import Link

    first = registered(values())
    stranger = values(
        outgoing_number="2",
        subject="Незнайко Олег",
        persons=[{"name": "Незнайко Олег Ігорович"}],
        address="с. Інше, вул. Стара, буд. 1",
    )
    registered(stranger)
    third = registered(values(outgoing_number="3", subject="сім’я Вигаданюків", persons=[]))
    link = Link.objects.get()
    assert (link.newer_id, link.older_id, link.state) == (
        third.entry_id,
        first.entry_id,
        "proposed",
    )
    assert link.why == "те саме прізвище; та сама адреса"


def test_a_journal_of_another_office_knows_nothing_of_this_one(data: Path) -> None:
    first = registered(values(), attachment="A")
    form = bring(values(), attachment="A")
    bring_to("css", form)
    second = register(form)
    assert (second.outcome, second.office, second.number) == ("registered", "css", "1")
    assert second.entry_id != first.entry_id


def _queries(form: int) -> int:
    with CaptureQueriesContext(connection) as captured:
        register(form)
    return len(captured)


def test_registering_costs_the_same_few_queries_however_full_the_journal_is(data: Path) -> None:
    register(bring(values(outgoing_number="first")))
    few = _queries(bring(values(outgoing_number="second")))
    for number in range(30):
        registered(values(outgoing_number=f"n{number}"))
    many = _queries(bring(values(outgoing_number="last")))
    # One of them puts the entry on the list of those that the search has to look at.
    assert many == few <= 24
