"""The same paper in another shape is one notice; a second child's is always another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.journal.office_day import (
    NOW,
    arrival,
    read,
    register,
    registered,
    unpack,
    values,
)

pytestmark = pytest.mark.both_databases

TYPED = dict.fromkeys(("content", "subject", "sender", "address"), 0.99)
SCANNED = dict.fromkeys(("content", "subject", "sender", "address"), 0.8)
# What a machine makes of the same lines on paper.
MISREAD = {
    "sender": "Гімназія с. Вигадапе",
    "content": "Дитина два тижні не відвілує заняття.",
    "address": "с. Вигадане, вул. Нопа, буд. 5",
}
TWINS: list[dict[str, Any]] = [
    {"name": "Вигаданюк Марія Петрівна", "birth_date": None, "age": 7},
    {"name": "Вигаданюк Марина Петрівна", "birth_date": None, "age": 7},
]


def of(person: dict[str, Any], **changes: Any) -> dict[str, Any]:
    subject = f"{person['name']}, {person['age']} років"
    return values(persons=[person], subject=subject, **changes)


def came(form: dict[str, Any], confidence: dict[str, float], box: str | None = "ssd") -> Any:
    """A mail, or a scan in the folder, with this form; register it."""
    from journal import steps
    from journal.models import Form

    one = arrival(box)
    (file,) = unpack(one, [("attachment", f"file {one}")])
    steps.save_read(file, steps.NewReading("т", [steps.NewForm(form, confidence)]), now=NOW)
    return register(Form.objects.get(file=file).pk)


def current(entry_id: int) -> Any:
    from journal.models import Revision

    return Revision.objects.filter(entry=entry_id).order_by("-ordinal")[0]


def test_a_file_and_its_scan_are_one_entry_that_keeps_what_was_typed(data: Path) -> None:
    first = came(values(), TYPED)
    scan = came(values(**MISREAD), SCANNED, None)
    assert (scan.entry_id, scan.outcome) == (first.entry_id, "duplicate")
    now = current(first.entry_id)
    assert now.values == values()
    assert set(now.review) == set(MISREAD)
    again = came(values(**MISREAD), SCANNED, "css")
    assert (again.outcome, current(first.entry_id).pk) == ("duplicate", now.pk)


def test_a_typed_file_after_its_scan_takes_the_place_of_what_was_misread(data: Path) -> None:
    scan = came(values(**MISREAD), SCANNED, None)
    typed = came(values(), TYPED)
    assert (typed.entry_id, typed.outcome) == (scan.entry_id, "revision")
    assert current(scan.entry_id).values == values()


def test_a_file_and_its_scan_in_one_mail_are_one_entry_whatever_became_of_the_sender(
    data: Path,
) -> None:
    one = arrival()
    docx, scan = unpack(one, [("attachment", "docx"), ("attachment", "scan")])
    first = register(read(docx, values())[0])
    second = register(read(scan, values(sender="Гімн зія"))[0])
    assert second.entry_id == first.entry_id


@pytest.mark.parametrize(
    ("new", "figures"),
    [
        ("Дитина три роки не відвідує заняття.", False),
        ("Дитина 12 днів не відвідує заняття зовсім.", True),
    ],
)
def test_other_words_or_figures_are_a_correction_however_badly_read(
    data: Path, new: str, figures: bool
) -> None:
    old = "Дитина 2 дні не відвідує заняття зовсім." if figures else values()["content"]
    first = came(values(content=old), TYPED)
    second = came(values(content=new), SCANNED)
    assert (second.entry_id, second.outcome) == (first.entry_id, "revision")
    assert current(first.entry_id).values["content"] == new


@pytest.mark.parametrize(
    "twin",
    [
        of(TWINS[1]),
        of(TWINS[1], **MISREAD),
        of({**TWINS[0], "name": "Вигаданюк Марія Павлівна"}),
        of(TWINS[0], outgoing_number="01-15/8"),
        of(TWINS[0], outgoing_date="2026-03-02"),
        of(TWINS[0], outgoing_date=None, outgoing_number=None),
        of(TWINS[0], outgoing_number=None, content="Інше."),
        of(TWINS[0], sender="Ліцей с. Інакшого району"),
        of(TWINS[0], sender="Гімназія № 2 с. Вигадане"),
        of({**TWINS[0], "name": "Вигаданюк Марія"}),
        {**of(TWINS[0]), "persons": TWINS},
        {**of(TWINS[0]), "persons": [], "subject": "сім’я Вигаданюків"},
    ],
    ids=[
        "twin sister",
        "twin sister, scanned",
        "cousin",
        "next number",
        "another day",
        "no number",
        "date alone",
        "another school",
        "another school's number",
        "without patronymic",
        "both sisters",
        "the whole family",
    ],
)
@pytest.mark.parametrize("way", ["ssd", "css", None])
def test_a_near_twin_has_an_entry_of_its_own(
    data: Path, twin: dict[str, Any], way: str | None
) -> None:
    first = came(of(TWINS[0]), TYPED)
    second = came(twin, SCANNED, way)
    assert (second.outcome, second.number) == ("registered", "2")
    assert second.entry_id != first.entry_id


def test_two_forms_about_sisters_in_one_mail_are_two_entries(data: Path) -> None:
    one = arrival()
    files = unpack(one, [("attachment", "a"), ("attachment", "b")])
    found = [register(read(file, of(twin))[0]) for file, twin in zip(files, TWINS, strict=True)]
    assert [(result.outcome, result.number) for result in found] == [
        ("registered", "1"),
        ("registered", "2"),
    ]


def test_a_whole_class_under_one_number_is_a_whole_class(data: Path) -> None:
    names = ["Марія", "Марина", "Марта", "Мар’яна", "Максим", "Макар", "Матвій", "Марко"]
    found = {
        came(of({"name": f"Однаковенко {name} Іванівна", "age": 7}), SCANNED).number
        for name in names
    }
    assert found == {str(number) for number in range(1, len(names) + 1)}


def test_what_is_alike_is_proposed_for_a_person_to_confirm(data: Path) -> None:
    from journal.models import Link

    first = registered(of(TWINS[0]))
    second = registered(of(TWINS[1]))
    link = Link.objects.get(newer=second.entry_id)
    assert (link.older_id, link.state) == (first.entry_id, "proposed")
    assert link.why == "те саме прізвище; та сама адреса"


def test_the_history_holds_what_a_scan_changed(data: Path) -> None:
    from journal.comparing import entry_faults

    came(values(), TYPED)
    came(values(**MISREAD), SCANNED, None)
    came(values(content="Зовсім інше."), SCANNED)
    assert list(entry_faults(data)) == []
