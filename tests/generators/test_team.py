"""The order, the invitation and the minutes of the team: what these alone say and must not say."""

import io
from dataclasses import replace
from typing import Any

from docx import Document

from generators import team_invitation, team_minutes
from generators.kind import Body, Directory
from generators.kinds import KINDS
from generators.layout import paragraphs
from generators.people import numbered, signature
from generators.to_fill import places_to_fill
from tests.generators.sample_cards import CENTRE, SCHOOL, card, happened, requisites
from tests.generators.test_kinds import made

TEAM = replace(card(), events=(happened("team_formed", number="6", dated="2026-03-13"),))
DIRECTORY = (Body("css", "css", CENTRE), Body("school", "school", SCHOOL))
MEETING = {
    "дата_засідання": "2026-03-20",
    "час": "10:00",
    "де": "м. Вигадане, кабінет 5",
    "запрошені": "school; Ткач Олені Іванівні, психологу; css; polise",
}


def text(kind: str, entry: Any, told: dict[str, Any], **changes: Any) -> str:
    """Every paragraph of a document, those of its tables too."""
    whole = dict.fromkeys(KINDS[kind].DETAILS) | told
    document = Document(io.BytesIO(made(kind, entry, whole, **changes)))
    return "\n".join(one.text for one in paragraphs(document) if one.text)


def test_order_has_a_row_for_each_member_and_names_the_children_in_the_genitive() -> None:
    told = {
        "склад": "Гай Петро Ілліч – лікар; Ткач Ольга Петрівна – волонтерка",
        "дитина": "Озерчук Назар Зразкович; Озерчук Ганна Зразківна",
    }
    order = text("team_order", TEAM, told)
    assert "дітей – Озерчука Назара Зразковича та Озерчук Ганни Зразківни – у" in order
    assert "Гай Петро Ілліч\nлікар\n2\nТкач Ольга Петрівна\nволонтерка" in order
    assert "меморандум про співпрацю (п. 21): вкажіть" in order
    known = text("team_order", TEAM, told | {"меморандум": "від 02.02.2026 № 3"})
    assert "на умовах меморандуму про співпрацю: від 02.02.2026 № 3." in known
    assert "вкажіть" not in known
    without = text("team_order", TEAM, {"склад": "Гай Петро Ілліч"})
    assert "посада: вкажіть" in without and "меморандум" not in without


def test_invitation_says_when_and_where_and_nothing_of_the_family() -> None:
    letter = text("team_invitation", TEAM, MEETING)
    assert "відбудеться 20 березня 2026 року; початок – 10:00, місце – м. Вигадане" in letter
    assert "утвореної наказом № 6 від 13.03.2026" in letter
    for secret in ("Озерчук", "Зразкове", "шість днів", "Вишняковець", "Ткач"):
        assert secret not in letter
    late = team_invitation.context(TEAM, requisites(), MEETING | {"час": "25:00"})
    assert list(places_to_fill(late)) == ["час засідання: вкажіть час=10:00"]


def test_each_who_is_invited_gets_a_letter_of_this_meeting() -> None:
    found = team_invitation.addressees(TEAM, Directory(DIRECTORY, MEETING))
    assert [one.key for one in found] == [f"2026-03-20:{n}" for n in ("school", "2", "css", "4")]
    assert found[0].addressee == SCHOOL
    assert found[1].addressee.lines == ("Ткач Олені Іванівні, психологу",)
    assert list(places_to_fill(found[3].addressee.lines)) == ["невідомий адресат «polise»"]
    twice = Directory(DIRECTORY, MEETING | {"запрошені": "school; school"})
    assert len(team_invitation.addressees(TEAM, twice)) == 1


def test_minutes_put_together_what_belongs_to_each_item() -> None:
    told = {
        "дата_засідання": "2026-03-20",
        "присутні": "Гай Петро Ілліч – лікар",
        "порядок_денний": "Про план; Про школу; Про строк",
        "слухали": "Гай П. І.; Ткач О. П.; Гай П. І.",
        "виступили": "Ткач О. П.; –",
        "вирішили": "Схвалити; Повідомити",
    }
    minutes = text("team_minutes", TEAM, told)
    assert "20.03.2026\tм. Вигадане\t№ 01-12/7" in minutes
    first = "1. Про план\nСЛУХАЛИ: Гай П. І..\nВИСТУПИЛИ: Ткач О. П..\nВИРІШИЛИ: Схвалити."
    assert first.replace("..", ".") in minutes
    assert "2. Про школу\nСЛУХАЛИ: Ткач О. П.\nВИРІШИЛИ: Повідомити.\n3. Про строк" in minutes
    values = team_minutes.context(TEAM, requisites(), told)
    assert list(places_to_fill(values["питання"])) == [
        "вкажіть виступили=«…, питання 3»",
        "вкажіть вирішили=«…, питання 3»",
    ]
    assert minutes.endswith("Голова засідання\tОлена ТЕСТОВЕЦЬ\nСекретар\tМарія ПРИКЛАДЕНКО")
    second = team_minutes.addressees(TEAM, Directory((), {"дата_засідання": "2026-04-20"}))
    assert [one.key for one in second] == ["2026-04-20"]


def test_signature_takes_a_name_in_either_order_and_asks_where_it_is_not_whole() -> None:
    for name in ("Гай Петро Ілліч", "Петро Ілліч Гай", "Петро Гай", "Гай Петро", "Петро ГАЙ"):
        assert signature(name, "хто") == "Петро ГАЙ"
    assert signature("Гай", "хто") == signature("", "хто") == "[? хто ?]"


def test_list_ends_with_a_stop_and_has_semicolons_before() -> None:
    assert numbered(["перше;", "друге."]) == ["1) перше;", "2) друге."]
    assert numbered([]) == []
