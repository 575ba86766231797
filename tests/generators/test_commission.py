"""The papers of the Commission's meeting: laid out, true to the journal, silent about the reporter."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from generators import commission
from generators.check import check_template
from generators.commission import PAPERS, Item, Material, Meeting, Member
from generators.docx import render
from generators.letterhead import Letterhead
from generators.lint import lint_docx
from generators.to_fill import places_to_fill
from journal.cards import DeadlineCard, EventCard
from journal.cards_commission import CaseCard
from tests.generators.sample_cards import KYIV, OFFICE, card
from tests.generators.small_templates import words

TEMPLATES = Path(__file__).parents[2] / "templates"
CAME = datetime(2026, 3, 9, 11, 0, tzinfo=KYIV)
MEMBERS = (
    Member("Головенко Зоряна Вигадівна", "заступниця міського голови", "head"),
    Member("Марта ПИСАРЕНКО", "головна спеціалістка служби", "secretary"),
    Member("Остап ЧЛЕНЕНКО", "лікар-педіатр", "member"),
)
MEETING = Meeting(date(2026, 3, 20), OFFICE, MEMBERS, "10:00", "каб. 12", clocks={"x": "строк"})
BARE = Meeting(date(2026, 3, 20), Letterhead(name="Вигаданська міська рада"))

MATERIALS = [
    Material("Висновок оцінки потреб", date(2026, 3, 9), first=6, pages=3),
    Material("Запит про оцінку потреб № 7", None, first=9, pages=1),
    Material("Акт оцінки потреб", date(2026, 3, 6), why_not="файлу немає"),
]


def event(n: int, kind: str, at: datetime, **details: Any) -> EventCard:
    return EventCard(n, kind, at, at, details)


def item(number: int = 1, **values: Any) -> Item:
    clock = DeadlineCard("x", CAME, date(2026, 3, 6), CAME, "п. 18", "")
    happened = (
        event(2, "conclusion_received", CAME),
        event(1, "visited", CAME - timedelta(days=4), **{"with": ["police"]}),
        event(3, "commission_decided", CAME + timedelta(days=11), decision="надати послуги"),
        replace(event(4, "enrolled", CAME), undone=CAME),
    )
    one = replace(card(True, **values), events=happened, deadlines=(clock,), index="12/01-17")
    return Item(number, CaseCard(7, (one,)), CAME)


def made(meeting: Meeting, items: list[Item]) -> dict[str, bytes]:
    """Every paper of a meeting, by its template."""
    values = {
        "commission_agenda": commission.agenda(meeting, items),
        "commission_brief": commission.brief(meeting, items[0]),
        "commission_decision": commission.decision(meeting, items[0]),
        "commission_attendance": commission.attendance(meeting),
        "commission_minutes": commission.minutes(meeting, items),
        "commission_materials": commission.materials(meeting, items[0], MATERIALS),
        "commission_contents": commission.contents(meeting, [("Зміст", 1), ("Довідка", 2)], 5),
    }
    assert set(values) == set(PAPERS)
    for name, context in values.items():
        assert set(context) == set(PAPERS[name].variables)
    return {name: render(TEMPLATES / f"{name}.docx", told) for name, told in values.items()}


@pytest.mark.parametrize("name", PAPERS)
def test_shipped_template_has_no_fault(name: str) -> None:
    assert check_template(TEMPLATES / f"{name}.docx", PAPERS[name].variables) == []


def test_every_paper_is_laid_out_by_the_standard_whatever_is_known() -> None:
    nothing: dict[str, Any] = dict.fromkeys(card().values)
    empty = item(1, **nothing)
    for meeting, items in ((MEETING, [item(), item(2)]), (BARE, [empty])):
        for name, data in made(meeting, items).items():
            assert lint_docx(data) == [], name
            assert not any("None" in line for line in words(data)), name


def test_brief_tells_the_case_in_order_and_what_was_late() -> None:
    text = words(made(MEETING, [item()])["commission_brief"])
    visit = next(
        n for n, line in enumerate(text) if line.startswith("05.03.2026 – візит; разом із")
    )
    assert text[visit + 1].startswith("09.03.2026 – висновок оцінки потреб отримано")
    assert "строк (п. 18), до 06.03.2026: виконано 09.03.2026, із запізненням." in text
    # What the meeting decides itself, and what was undone, is not what it is told.
    assert not any("надати послуги" in line or "взято на облік" in line for line in text)


def test_signs_and_fifteen_cases_stand_as_they_are() -> None:
    hard = item(subject="О’Нілл & Сини <b> " + "Довгопрізвищенко-" * 18)
    text = " ".join(
        words(made(MEETING, [replace(hard, number=n) for n in range(1, 16)])["commission_agenda"])
    )
    assert "15. Про розгляд справи № 12/01-17: О’Нілл & Сини <b>" in text
    assert "винесено 15 справ." in text


def test_published_agenda_names_nobody() -> None:
    told = commission.public_agenda(MEETING, [item()])
    assert told["питання"] == ["1. Про розгляд справи № 12/01-17."]
    text = " ".join(words(render(TEMPLATES / "commission_agenda.docx", told)))
    assert not any(word in text for word in ("Озерчук", "Зразков", "13 років"))


def test_minutes_have_a_place_for_votes_quorum_and_conflicts_of_each_case() -> None:
    text = words(made(MEETING, [item(), item(2)])["commission_minutes"])
    for line in ("СЛУХАЛИ", "ВИСТУПИЛИ", "ВИРІШИЛИ", "Про конфлікт інтересів", "Голосували"):
        assert sum(line in one for one in text) == 2, line
    assert "Склад Комісії – 3, присутні – ____; кворум: є / немає." in text
    assert text[-2:] == ["Голова Комісії\tЗоряна ГОЛОВЕНКО", "Секретар Комісії\tМарта ПИСАРЕНКО"]


def test_decision_is_left_to_the_commission() -> None:
    told = commission.decision(MEETING, item())
    assert next(places_to_fill(told)).startswith("рішення Комісії")


def test_materials_have_pages_and_sheets_and_say_what_is_not_printed() -> None:
    told = commission.materials(MEETING, item(), MATERIALS)
    rows = [(row["назва"], row["сторінки"], row["аркушів"]) for row in told["документи"]]
    assert rows == [
        ("Висновок оцінки потреб", "6–8", 3),
        ("Запит про оцінку потреб № 7", "9", 1),
        ("Акт оцінки потреб (файлу немає)", "–", "–"),
    ]
    assert told["скільки"] == "4 аркуші"
